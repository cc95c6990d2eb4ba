//! Extension headers of IPv6 (RFC 8200 section 4).

use super::{IpHeader, ipv6};
use crate::dissect::address::Ipv6;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};

/// Where the walk along the extension headers ended, and what it found on the way.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// What follows the last extension header.
    pub next_header: u8,
    /// Octets of the IPv6 header and the extension headers.
    pub header_length: u32,
    /// Octets from the IPv6 header on, by the length field.
    pub claimed: u32,
    /// The length field; 0 for a jumbogram.
    pub payload_length: u32,
    /// The length of a jumbogram (RFC 2675), from its option.
    pub jumbo_payload_length: Option<u32>,
    /// Whether there was an extension header.
    pub has_extensions: bool,
    /// Whether there was a fragment header.
    pub fragmented: bool,
}

/// The last address of a routing header, if there is one: upper layers sum this instead of the
/// header's destination (RFC 8200 section 8.1).
pub fn final_destination(_packet: &Cursor) -> Outcome<Option<Ipv6>> {
    Ok(None)
}

/// Prints the extension headers. `None` means that they ended the packet and nothing is left to print.
pub fn walk(_cx: &mut Context, ip: &IpHeader, claimed: u32, payload_length: u32) -> Outcome<Option<Walk>> {
    Ok(Some(Walk {
        next_header: ip.protocol,
        header_length: ipv6::HEADER_LENGTH,
        claimed,
        payload_length,
        jumbo_payload_length: None,
        has_extensions: false,
        fragmented: false,
    }))
}
