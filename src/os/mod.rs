//! What rtcpdump asks of the operating system.

pub mod interfaces;
pub mod local_time;
pub mod names;
pub mod priority;
pub mod privileges;
pub mod signals;
pub mod system;
