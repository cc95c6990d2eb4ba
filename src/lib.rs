//! rtcpdump prints packets as tcpdump does, fast and safe against any packet.
//!
//! ```text
//! source ──Frame──▶ filter ──▶ session loop ──▶ sink
//! live │ savefile    BPF        count, stop,     text │ json │ savefile │ summary
//!                               signals, idle     │      │
//!                                                 │   observer: layers ▶ segment ▶ verdict, asked by fields
//!                                              dissect: bytes ▶ text, one protocol a file
//!                                              tcp:     what is known of each connection
//! ```
//!
//! One packet crosses the house once, left to right, without going back and without a heap allocation:
//!
//! 1. A [`source`] lends a [`source::Frame`]: it borrows the buffer of libpcap or of our savefile reader, which lends
//!    several at a time.
//! 2. The filter is libpcap's BPF: in the kernel for a device, here for a savefile.
//! 3. The [`session`] owns the loop: count and skip, signals, and when held back output goes out. It
//!    knows nothing of protocols.
//! 4. A [`sink`] takes the frame: as text or JSON into one reused buffer that goes out in large writes, or as a
//!    record of a savefile. Where it takes longer to follow connections than all else, another thread makes the text.
//! 5. [`dissect`] turns bytes into text, one protocol a file, through a cursor whose reads are checked. What nearly all
//!    frames are, TCP in IP in Ethernet, has its headers read once, by [`layers::usual`], for all who look at them.
//! 6. Where an option wants more than text, the [`observer`] looks at the frame: [`layers`] finds its headers, and
//!    [`fields`] asks them by name. So does a [`display_filter`], which decides whether the frame goes to the sinks.
//! 7. [`tcp`] holds what outlives a packet: where relative sequence numbers count from, and, only if it is asked for,
//!    what is known of each connection: remarks behind a line and the summary at the end tell it.
//!
//! The command line is in [`cli`] (each option once), [`settings`] (what the options mean together),
//! [`opening`] (opens what they name), [`run`] (starts the session), [`show`] (what is shown instead of packets) and
//! [`usage`] (how its words are read, and what is said to a wrong one).
//! Keys that open what is encrypted are in [`secrets`].
//! Messages for the person at the terminal are in [`report`] and [`progress`], failures in [`error`];
//! [`os`] is what we ask of the operating system.

pub mod cli;
pub mod display_filter;
pub mod dissect;
pub mod error;
pub mod fields;
pub mod layers;
pub mod observer;
pub mod opening;
pub mod os;
pub mod progress;
pub mod report;
pub mod run;
pub mod secrets;
pub mod session;
pub mod settings;
pub mod show;
pub mod sink;
pub mod source;
pub mod tcp;
pub mod usage;
