//! Names of hosts, ports, protocols and stations; numbers where the user wants those (`-n`).

use crate::dissect::address::{IpAddress, Mac};

/// The names in use.
#[derive(Debug, Default)]
pub struct Names {}

impl Names {
    /// No names at all: every number stays a number.
    pub fn numeric() -> Self {
        Names {}
    }

    /// A host's name.
    #[inline]
    pub fn host(&mut self, _address: IpAddress) -> Option<&str> {
        None
    }

    /// A TCP service's name.
    #[inline]
    pub fn tcp_port(&self, _port: u16) -> Option<&str> {
        None
    }

    /// A UDP service's name.
    #[inline]
    pub fn udp_port(&self, _port: u16) -> Option<&str> {
        None
    }

    /// An IP protocol's name.
    pub fn ip_protocol(&self, _number: u8) -> Option<&str> {
        None
    }

    /// A station's name.
    pub fn ethernet(&self, _address: Mac) -> Option<&str> {
        None
    }

    /// The maker of a station's hardware, by the first octets of its address.
    pub fn maker(&self, _address: Mac) -> Option<&str> {
        None
    }
}
