//! `-T`: the user says what the payload is, whatever its port.

/// The payload types that `-T` names and rtcpdump decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketType {
    /// DNS, on any port.
    Domain,
    /// QUIC.
    Quic,
    /// RADIUS.
    Radius,
    /// RESP, the Redis protocol.
    Resp,
    /// RTP's control protocol.
    Rtcp,
    /// RTP.
    Rtp,
    /// SNMP.
    Snmp,
    /// TFTP, on any port.
    Tftp,
    /// The Visual Audio Tool.
    Vat,
    /// VXLAN.
    Vxlan,
    /// ZeroMQ's ZMTP/1.0.
    Zmtp1,
}

impl PacketType {
    /// The type of a name, in either case.
    pub fn from_name(name: &str) -> Option<PacketType> {
        let types = [
            ("domain", PacketType::Domain),
            ("quic", PacketType::Quic),
            ("radius", PacketType::Radius),
            ("resp", PacketType::Resp),
            ("rtcp", PacketType::Rtcp),
            ("rtp", PacketType::Rtp),
            ("snmp", PacketType::Snmp),
            ("tftp", PacketType::Tftp),
            ("vat", PacketType::Vat),
            ("vxlan", PacketType::Vxlan),
            ("zmtp1", PacketType::Zmtp1),
        ];
        types.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, packet_type)| packet_type)
    }
}
