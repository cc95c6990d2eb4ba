//! `-T`: the user says what the payload is, whatever its port.

/// The payload types that `-T` names and rtcpdump decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketType {
    /// AODV, on any port.
    Aodv,
    /// CARP instead of VRRP.
    Carp,
    /// DNS, on any port.
    Domain,
    /// Cisco NetFlow.
    Cnfp,
    /// The Link Management Protocol.
    Lmp,
    /// PGM, in UDP.
    Pgm,
    /// PGM with ZeroMQ's frames.
    PgmZmtp1,
    /// PTP.
    Ptp,
    /// QUIC.
    Quic,
    /// RADIUS.
    Radius,
    /// RESP, the Redis protocol.
    Resp,
    /// Sun RPC's port mapper, or NFS replies.
    Rpc,
    /// RTP's control protocol.
    Rtcp,
    /// RTP.
    Rtp,
    /// SNMP.
    Snmp,
    /// SOME/IP.
    Someip,
    /// TFTP, on any port.
    Tftp,
    /// The Visual Audio Tool.
    Vat,
    /// VXLAN.
    Vxlan,
    /// The distributed whiteboard.
    Whiteboard,
    /// ZeroMQ's ZMTP/1.0.
    Zmtp1,
}

impl PacketType {
    /// The type of a name, in either case.
    pub fn from_name(name: &str) -> Option<PacketType> {
        let types = [
            ("aodv", PacketType::Aodv),
            ("carp", PacketType::Carp),
            ("cnfp", PacketType::Cnfp),
            ("domain", PacketType::Domain),
            ("lmp", PacketType::Lmp),
            ("pgm", PacketType::Pgm),
            ("pgm_zmtp1", PacketType::PgmZmtp1),
            ("ptp", PacketType::Ptp),
            ("quic", PacketType::Quic),
            ("radius", PacketType::Radius),
            ("resp", PacketType::Resp),
            ("rpc", PacketType::Rpc),
            ("rtcp", PacketType::Rtcp),
            ("rtp", PacketType::Rtp),
            ("snmp", PacketType::Snmp),
            ("someip", PacketType::Someip),
            ("tftp", PacketType::Tftp),
            ("vat", PacketType::Vat),
            ("vxlan", PacketType::Vxlan),
            ("wb", PacketType::Whiteboard),
            ("zmtp1", PacketType::Zmtp1),
        ];
        types.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, packet_type)| packet_type)
    }
}
