//! rtcpdump: tcpdump for people who debug TCP.

pub mod dissect;
pub mod os;
pub mod source;
pub mod tcp;
