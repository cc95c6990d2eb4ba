//! What rtcpdump asks of the operating system.

pub mod deadline;
pub mod interfaces;
pub mod link_state;
pub mod local_time;
pub mod memory;
pub mod names;
pub mod pages;
pub mod priority;
pub mod privileges;
pub mod signals;
pub mod system;
