//! What rtcpdump asks of the operating system.

pub mod interfaces;
pub mod names;
pub mod privileges;
pub mod signals;
