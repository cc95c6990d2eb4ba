//! Protocols of applications, found by port.
