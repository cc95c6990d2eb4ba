//! `-T`: the user says what the payload is, whatever its port.

/// The payload types that `-T` names and rtcpdump decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketType {
    /// DNS, on any port.
    Domain,
    /// RESP, the Redis protocol.
    Resp,
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
            ("resp", PacketType::Resp),
            ("vxlan", PacketType::Vxlan),
            ("zmtp1", PacketType::Zmtp1),
        ];
        types.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, packet_type)| packet_type)
    }
}
