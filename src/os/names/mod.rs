//! Names of hosts, ports, protocols and stations; numbers where the user wants those (`-n`).

mod hosts;
mod system_files;

use std::time::Duration;

use crate::dissect::address::{IpAddress, Mac};
use crate::dissect::names_table::lookup;
use crate::dissect::net::protocol_names;
use crate::dissect::oui;
use crate::source::libpcap::Network;
use hosts::{Hosts, system_name};
use system_files::{Table, ethers, services};

/// The names in use.
#[derive(Debug)]
pub struct Names {
    tables: Option<Box<Tables>>,
}

/// What the system says: tables that are read once, and hosts, which are asked for one by one.
#[derive(Debug)]
struct Tables {
    tcp: Table<u16>,
    udp: Table<u16>,
    ethers: Table<[u8; 6]>,
    hosts: Hosts,
    /// `-N`: the host's name without its domain.
    no_domain: bool,
    /// `-f`: the IPv4 networks outside of which hosts have no names.
    local: Vec<Network>,
}

impl Names {
    /// No names at all: every number stays a number.
    pub fn numeric() -> Self {
        Names { tables: None }
    }

    /// The system's names; with `no_domain`, those of hosts end at the first dot. A host's name is waited
    /// for up to `patience`, and not again while answers do not come in time.
    pub fn system(no_domain: bool, patience: Duration) -> Self {
        let (tcp, udp) = services();
        let hosts = Hosts::new(system_name, patience);
        let ethers = ethers();
        // Every address is in a network whose mask has no bits.
        let local = vec![Network { address: 0, mask: 0 }];
        Names { tables: Some(Box::new(Tables { tcp, udp, ethers, hosts, no_domain, local })) }
    }

    /// Leaves IPv4 addresses outside of some networks as they are.
    pub fn only_in(&mut self, networks: Vec<Network>) {
        if let Some(tables) = &mut self.tables {
            tables.local = networks;
        }
    }

    /// Whether every number stays a number.
    pub fn is_numeric(&self) -> bool {
        self.tables.is_none()
    }

    /// A host's name, by the system's rules (hosts file, DNS).
    #[inline]
    pub fn host(&mut self, address: IpAddress) -> Option<&str> {
        let tables = self.tables.as_mut()?;
        if let IpAddress::V4(address) = address
            && !tables.local.iter().any(|network| network.contains(address.0))
        {
            return None;
        }
        let name = tables.hosts.name(address)?;
        if tables.no_domain { name.split('.').next() } else { Some(name) }
    }

    /// A TCP service's name.
    #[inline]
    pub fn tcp_port(&self, port: u16) -> Option<&str> {
        self.tables.as_ref()?.tcp.get(&port).map(AsRef::as_ref)
    }

    /// A UDP service's name.
    #[inline]
    pub fn udp_port(&self, port: u16) -> Option<&str> {
        self.tables.as_ref()?.udp.get(&port).map(AsRef::as_ref)
    }

    /// An IP protocol's name.
    pub fn ip_protocol(&self, number: u8) -> Option<&'static str> {
        self.tables.as_ref()?;
        lookup(protocol_names::NAMES, number)
    }

    /// A station's name.
    pub fn ethernet(&self, address: Mac) -> Option<&str> {
        self.tables.as_ref()?.ethers.get(&address.0).map(AsRef::as_ref)
    }

    /// The maker of a station's hardware, by the first octets of its address.
    pub fn maker(&self, address: Mac) -> Option<&str> {
        self.tables.as_ref()?;
        let [a, b, c, ..] = address.0;
        Some(lookup(oui::NAMES, u32::from_be_bytes([0, a, b, c])).unwrap_or("Unknown"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::Ipv4;

    #[test]
    fn loopback_has_a_name_and_numbers_stay_numbers_without_names() {
        let loopback = IpAddress::V4(Ipv4([127, 0, 0, 1]));
        assert_eq!(Names::system(true, Duration::from_secs(5)).host(loopback), Some("localhost"));
        assert_eq!(Names::numeric().host(loopback), None);
    }

    #[test]
    fn foreign_hosts_have_no_names_when_only_those_of_a_network_have() {
        let mut names = Names::system(false, Duration::from_secs(5));
        names.only_in(vec![Network { address: 0, mask: !0 }, Network { address: 0x7f00_0000, mask: 0xffff_0000 }]);
        assert_eq!(names.host(IpAddress::V4(Ipv4([127, 0, 0, 1]))), Some("localhost"));
        names.only_in(vec![Network { address: 0x7f01_0000, mask: 0xffff_0000 }]);
        assert_eq!(names.host(IpAddress::V4(Ipv4([127, 0, 0, 1]))), None);
    }

    #[test]
    fn makers_are_told_by_the_first_octets() {
        assert_eq!(Names::system(false, Duration::ZERO).maker(Mac([0, 0, 0, 1, 2, 3])), Some("Ethernet"));
        assert_eq!(Names::system(false, Duration::ZERO).maker(Mac([2, 0xff, 0xff, 1, 2, 3])), Some("Unknown"));
        assert_eq!(Names::numeric().maker(Mac([0; 6])), None);
    }
}
