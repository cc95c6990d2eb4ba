//! What is known of TCP connections across packets.
//!
//! [`relative`] is tcpdump's rule for relative sequence numbers. Its table is a [`bounded`] one of [`lines`]:
//! it forgets the connections that were silent longest, and a look-up costs the same at any size.
//!
//! [`analysis`] is the observer's view, which is only paid for when an option asks for it: a [`segment`] goes
//! to its [`connection`] in the [`table`] and comes back with a verdict. A connection knows its ends' [`states`],
//! its [`outcome`], and what each end has sent, a [`flow`]: what was [`seen`] of it and is [`unacked`], its
//! [`round_trips`] and its [`counters`]. A [`ledger`] keeps account of all. A frame that was [`captured`] a moment ago is
//! known again.

pub mod ages;
pub mod analysis;
pub mod bounded;
pub mod captured;
pub mod chunks;
pub mod connection;
pub mod counters;
pub mod ends;
pub mod flow;
pub mod ledger;
pub mod lines;
pub mod outcome;
pub mod relative;
pub mod round_trips;
pub mod seen;
pub mod segment;
pub mod sequence;
pub mod states;
pub mod table;
pub mod unacked;
