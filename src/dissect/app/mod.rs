//! Protocols of applications, found by port.

pub mod m3ua;
