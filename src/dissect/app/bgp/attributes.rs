//! Path attributes (RFC 4271 section 4.3): which there are, and those of a single value.

use super::{
    as_path, attribute_set, bgpsec, communities, extended_communities, metric, multiprotocol, provider_tunnel,
};
use super::{need, need_within, put_undecoded};
use crate::dissect::app::route_distinguisher::AsNumber;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex;
use crate::put;

const ORIGIN: u8 = 1;
const AS_PATH: u8 = 2;
const NEXT_HOP: u8 = 3;
const MULTI_EXIT_DISCRIMINATOR: u8 = 4;
const LOCAL_PREFERENCE: u8 = 5;
const ATOMIC_AGGREGATE: u8 = 6;
const AGGREGATOR: u8 = 7;
const COMMUNITIES: u8 = 8;
const ORIGINATOR_ID: u8 = 9;
const CLUSTER_LIST: u8 = 10;
const MP_REACH_NLRI: u8 = 14;
const MP_UNREACH_NLRI: u8 = 15;
const EXTENDED_COMMUNITIES: u8 = 16;
/// The AS path in numbers of four octets (RFC 6793).
pub const AS4_PATH: u8 = 17;
const AS4_AGGREGATOR: u8 = 18;
const PMSI_TUNNEL: u8 = 22;
const AIGP: u8 = 26;
const LARGE_COMMUNITY: u8 = 32;
const BGPSEC_PATH: u8 = 33;
const ONLY_TO_CUSTOMER: u8 = 35;
const ATTRIBUTE_SET: u8 = 128;
/// Path attributes (IANA "BGP Path Attributes").
const ATTRIBUTES: &[Name] = &[
    (ORIGIN as u32, "Origin"),
    (AS_PATH as u32, "AS Path"),
    (AS4_PATH as u32, "AS4 Path"),
    (NEXT_HOP as u32, "Next Hop"),
    (MULTI_EXIT_DISCRIMINATOR as u32, "Multi Exit Discriminator"),
    (LOCAL_PREFERENCE as u32, "Local Preference"),
    (ATOMIC_AGGREGATE as u32, "Atomic Aggregate"),
    (AGGREGATOR as u32, "Aggregator"),
    (AS4_AGGREGATOR as u32, "Aggregator4"),
    (COMMUNITIES as u32, "Community"),
    (ORIGINATOR_ID as u32, "Originator ID"),
    (CLUSTER_LIST as u32, "Cluster List"),
    (MP_REACH_NLRI as u32, "Multi-Protocol Reach NLRI"),
    (MP_UNREACH_NLRI as u32, "Multi-Protocol Unreach NLRI"),
    (EXTENDED_COMMUNITIES as u32, "Extended Community"),
    (PMSI_TUNNEL as u32, "PMSI Tunnel"),
    (23, "Tunnel Encapsulation"),
    (24, "Traffic Engineering"),
    (25, "IPv6 Extended Community"),
    (AIGP as u32, "Accumulated IGP Metric"),
    (27, "PE Distinguisher Label"),
    (28, "Entropy Label"),
    (LARGE_COMMUNITY as u32, "Large Community"),
    (BGPSEC_PATH as u32, "BGPsec Path"),
    (ONLY_TO_CUSTOMER as u32, "Only to Customer (OTC)"),
    (ATTRIBUTE_SET as u32, "Attribute Set"),
    (255, "Reserved for development"),
];

const EXTENDED_LENGTH: u8 = 0x10;
const FLAGS: &[Name] = &[(0x80, "O"), (0x40, "T"), (0x20, "P"), (EXTENDED_LENGTH as u32, "E")];
/// Bits of the flags that have no meaning.
const FLAGS_UNUSED: u8 = 0x0f;

const ORIGINS: &[Name] = &[(0, "IGP"), (1, "EGP"), (2, "Incomplete")];

/// What stands in front of an attribute's value.
pub struct Header {
    pub flags: u8,
    pub kind: u8,
    /// Octets of the value.
    pub value_length: u32,
    /// Octets of this header.
    pub length: u32,
}

impl Header {
    /// The header at the front of what is left of the message, of which `left` octets are attributes; `None` where
    /// they are too few for a header.
    pub fn read(data: &Cursor, left: u32) -> Result<Option<Self>, Stop> {
        need_within(data, 2)?;
        if left < 2 {
            return Ok(None);
        }
        let (flags, kind) = (data.u8_at(0)?, data.u8_at(1)?);
        let length = if flags & EXTENDED_LENGTH != 0 { 4 } else { 3 };
        need_within(data, length)?;
        if left < length {
            return Ok(None);
        }
        let value_length = if length == 4 { data.be16_at(2)?.into() } else { u32::from(data.u8_at(2)?) };
        Ok(Some(Header { flags, kind, value_length, length }))
    }

    /// Appends the attribute's name, length and flags, if there are any.
    pub fn put(&self, cx: &mut Context, indent: &str) {
        let name = lookup(ATTRIBUTES, self.kind).unwrap_or("Unknown Attribute");
        put!(cx, indent, name, " (", self.kind, "), length: ", self.value_length);
        if self.flags != 0 {
            put!(cx, ", Flags [");
            put_bits(&mut cx.out, FLAGS, self.flags.into(), "", "");
            if self.flags & FLAGS_UNUSED != 0 {
                put!(cx, "+", Hex(self.flags & FLAGS_UNUSED));
            }
            put!(cx, "]");
        }
    }
}

/// Prints an attribute's value, which is in `depth` attribute sets; its octets too at `-vv`.
pub fn print(cx: &mut Context, kind: u8, value: &Cursor, depth: u8) -> Result<(), Stop> {
    let mut length = value.length();
    match kind {
        BGPSEC_PATH if !bgpsec::print(cx, value)? => return Ok(()),
        BGPSEC_PATH => {}
        ATTRIBUTE_SET => length = attribute_set::print(cx, value, depth)?,
        // Large communities that were printed are not shown again.
        LARGE_COMMUNITY if communities::print_large(cx, value)? => return Ok(()),
        LARGE_COMMUNITY => {}
        _ => print_value(cx, kind, value)?,
    }
    if cx.style.verbose > 1 && length > 0 {
        need(value, length as usize)?;
        put_hex_lines(cx, "\n\t    ", value, length);
    }
    Ok(())
}

fn print_value(cx: &mut Context, kind: u8, value: &Cursor) -> Result<(), Stop> {
    let length = value.length();
    if !is_possible(kind, length) {
        put!(cx, "invalid len");
        return Ok(());
    }
    match kind {
        ORIGIN => put!(cx, lookup(ORIGINS, value.u8_at(0)?).unwrap_or("Unknown Origin Typecode")),
        AS_PATH | AS4_PATH => return as_path::print(cx, kind, value),
        NEXT_HOP | ORIGINATOR_ID => cx.ipv4_at(value, 0)?,
        MULTI_EXIT_DISCRIMINATOR | LOCAL_PREFERENCE => put!(cx, value.be32_at(0)?),
        ATOMIC_AGGREGATE => {}
        AGGREGATOR => {
            need(value, length as usize)?;
            put_aggregator(cx, value)?;
        }
        AS4_AGGREGATOR => put_aggregator(cx, value)?,
        COMMUNITIES => return communities::print(cx, value),
        CLUSTER_LIST => put_clusters(cx, value)?,
        MP_REACH_NLRI => return multiprotocol::print_reachable(cx, value),
        MP_UNREACH_NLRI => return multiprotocol::print_unreachable(cx, value),
        EXTENDED_COMMUNITIES => return extended_communities::print(cx, value),
        PMSI_TUNNEL => return provider_tunnel::print(cx, value),
        AIGP => return metric::print(cx, value),
        ONLY_TO_CUSTOMER => put!(cx, "\n\t    OTC ", value.be32_at(0)?),
        _ => {
            need(value, length as usize)?;
            put!(cx, "\n\t    no Attribute ", kind, " decoder");
            put_undecoded(cx, "\n\t    ", value, length);
        }
    }
    Ok(())
}

/// Whether an attribute may have this length, of those where it tells.
fn is_possible(kind: u8, length: u32) -> bool {
    match kind {
        ORIGIN => length == 1,
        AS_PATH | AS4_PATH => length.is_multiple_of(2),
        NEXT_HOP | MULTI_EXIT_DISCRIMINATOR | LOCAL_PREFERENCE | ORIGINATOR_ID => length == 4,
        ATOMIC_AGGREGATE => length == 0,
        AGGREGATOR => length == 6 || length == 8,
        AS4_AGGREGATOR => length == 8,
        COMMUNITIES | CLUSTER_LIST => length.is_multiple_of(4),
        EXTENDED_COMMUNITIES => length.is_multiple_of(8),
        ONLY_TO_CUSTOMER => length >= 4,
        _ => true,
    }
}

/// The AS that aggregated routes, in two octets or four, and its speaker.
fn put_aggregator(cx: &mut Context, value: &Cursor) -> Outcome {
    let (system, speaker) =
        if value.length() == 6 { (u32::from(value.be16_at(0)?), 2) } else { (value.be32_at(0)?, 4) };
    value.need(speaker + 4)?;
    put!(cx, " AS #", AsNumber::new(cx, system), ", origin ");
    cx.ipv4_at(value, speaker)
}

fn put_clusters(cx: &mut Context, value: &Cursor) -> Outcome {
    let mut rest = *value;
    while rest.length() > 0 {
        cx.ipv4_at(&rest, 0)?;
        rest = rest.skip(4);
        put!(cx, if rest.length() > 0 { ", " } else { "" });
    }
    Ok(())
}
