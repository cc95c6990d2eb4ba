//! What is known of TCP connections across packets.
//!
//! [`relative`] is tcpdump's rule for relative sequence numbers. Its table is a [`bounded`] one: it
//! forgets the connections that were silent longest, and a look-up costs the same at any size.

pub mod bounded;
pub mod relative;
