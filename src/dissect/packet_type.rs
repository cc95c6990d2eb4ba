//! `-T`: the user says what the payload is, whatever its port.

/// The payload types that `-T` names and rtcpdump decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketType {
    /// DNS, on any port.
    Domain,
    /// RESP, the Redis protocol.
    Resp,
    /// TFTP, on any port.
    Tftp,
    /// VXLAN.
    Vxlan,
    /// ZeroMQ's ZMTP/1.0.
    Zmtp1,
}
