//! The protocols that a walk through a frame knows, by Wireshark's names.

macro_rules! protocols {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)*) => {
        /// A protocol whose header is kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Protocol {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Protocol {
            /// Every protocol.
            pub const ALL: &[Protocol] = &[$(Protocol::$variant,)*];

            /// Its name in Wireshark's display filters.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Protocol::$variant => $name,)*
                }
            }

            /// What it is, for people.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Protocol::$variant => concat!($($doc,)+),)*
                }
            }
        }
    };
}

protocols! {
    /// Ethernet.
    Ethernet = "eth";
    /// A VLAN tag (IEEE 802.1Q).
    Vlan = "vlan";
    /// Linux cooked capture, of either version.
    Cooked = "sll";
    /// BSD loopback.
    Loopback = "null";
    /// IEEE 802.11.
    Wifi = "wlan";
    /// IEEE 802.2 logical link control.
    Llc = "llc";
    /// Point-to-Point Protocol.
    Ppp = "ppp";
    /// PPP over Ethernet, with a session.
    Pppoe = "pppoes";
    /// An MPLS label.
    Mpls = "mpls";
    /// Address Resolution Protocol.
    Arp = "arp";
    /// Internet Protocol version 4.
    Ipv4 = "ip";
    /// Internet Protocol version 6.
    Ipv6 = "ipv6";
    /// Internet Control Message Protocol.
    Icmp = "icmp";
    /// Internet Control Message Protocol for IPv6.
    Icmpv6 = "icmpv6";
    /// Internet Group Management Protocol.
    Igmp = "igmp";
    /// Transmission Control Protocol.
    Tcp = "tcp";
    /// User Datagram Protocol.
    Udp = "udp";
    /// Stream Control Transmission Protocol.
    Sctp = "sctp";
    /// Generic Routing Encapsulation.
    Gre = "gre";
    /// Virtual eXtensible Local Area Network.
    Vxlan = "vxlan";
    /// Generic Network Virtualization Encapsulation.
    Geneve = "geneve";
    /// GPRS Tunnelling Protocol, user plane.
    Gtp = "gtp";
    /// Domain Name System, by port.
    Dns = "dns";
    /// Dynamic Host Configuration Protocol, by port.
    Dhcp = "dhcp";
    /// Network Time Protocol, by port.
    Ntp = "ntp";
    /// Transport Layer Security, by its record header.
    Tls = "tls";
    /// Hypertext Transfer Protocol 1, by its first words.
    Http = "http";
    /// Secure Shell, by port.
    Ssh = "ssh";
}

impl Protocol {
    /// Its bit in a set.
    #[inline]
    pub const fn bit(self) -> u64 {
        1 << self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_fit_into_a_set() {
        assert!(Protocol::ALL.len() <= 64);
    }
}
