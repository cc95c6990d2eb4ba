//! Where frames come from: a device or a savefile.

/// When a frame was captured, since the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Whole seconds.
    pub seconds: i64,
    /// Nanoseconds; a damaged savefile can hold more than a second of them.
    pub nanos: i64,
}

/// A link type: the number libpcap gives to the protocol that frames start with (`DLT_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkType(pub i32);

impl LinkType {
    /// BSD loopback: the address family in the capturing machine's byte order.
    pub const NULL: LinkType = LinkType(0);
    /// Ethernet.
    pub const ETHERNET: LinkType = LinkType(1);
    /// PPP.
    pub const PPP: LinkType = LinkType(9);
    /// IPv4 or IPv6, by the version field. libpcap gives this number to 14 and 101 too.
    pub const RAW: LinkType = LinkType(12);
    /// PPP in HDLC-like framing.
    pub const PPP_SERIAL: LinkType = LinkType(50);
    /// PPP over Ethernet, without the Ethernet header.
    pub const PPP_ETHER: LinkType = LinkType(51);
    /// OpenBSD loopback: the address family in network byte order.
    pub const LOOP: LinkType = LinkType(108);
    /// Cisco HDLC.
    pub const C_HDLC: LinkType = LinkType(104);
    /// Linux cooked capture.
    pub const LINUX_SLL: LinkType = LinkType(113);
    /// PPP with the packet's direction in front.
    pub const PPP_PPPD: LinkType = LinkType(166);
    /// IPv4.
    pub const IPV4: LinkType = LinkType(228);
    /// IPv6.
    pub const IPV6: LinkType = LinkType(229);
    /// IP over InfiniBand.
    pub const IPOIB: LinkType = LinkType(242);
    /// Linux cooked capture, version 2.
    pub const LINUX_SLL2: LinkType = LinkType(276);
}

/// A captured frame. It borrows the source's buffer and is gone when the next one is read.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'s> {
    /// When it was captured.
    pub timestamp: Timestamp,
    /// What was captured of it, at most the snapshot length.
    pub bytes: &'s [u8],
    /// Its length on the wire, in octets.
    pub wire_length: u32,
    /// What it starts with.
    pub link_type: LinkType,
}
