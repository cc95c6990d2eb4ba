//! What rtcpdump asks of the operating system.

pub mod names;
pub mod signals;
