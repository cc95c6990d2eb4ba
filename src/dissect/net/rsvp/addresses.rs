//! Objects that name hosts: sessions, senders, hops.

use super::objects::{Object, Shown};
use crate::dissect::address::IpAddress;
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::put::Hex0;
use crate::put;

const CONFIRM: u8 = 15;
const SUB_PATH: u8 = 50;

const V4: usize = 4;
const V6: usize = 16;

/// The host at `offset`, whose address is so many octets wide, behind `label`.
fn put_at(cx: &mut Context, label: &str, object: &Object, offset: usize, width: usize) -> Outcome {
    let address = match width {
        V4 => IpAddress::v4_at(&object.value, offset)?,
        _ => IpAddress::v6_at(&object.value, offset)?,
    };
    put!(cx, label);
    cx.host(address);
    Ok(())
}

fn put_session(cx: &mut Context, object: &Object, label: &str, width: usize) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, object.indent, label);
    put_at(cx, "DestAddress: ", object, 0, width)?;
    put!(cx, ", Protocol ID: 0x", Hex0(value.u8_at(width)?, 2));
    put!(cx, object.indent, "  Flags: [0x", Hex0(value.u8_at(width + 1)?, 2), "]");
    put!(cx, ", DestPort ", value.be16_at(width + 2)?);
    Ok(Shown::Whole)
}

/// Prints a session of RFC 2205, appendix A.1.
pub(super) fn put_session_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_session(cx, object, "  IPv4 ", V4)
}

/// Prints the same for IPv6.
pub(super) fn put_session_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_session(cx, object, "  IPv6 ", V6)
}

/// Prints a session that is a tunnel (RFC 3209 section 4.6.1).
pub(super) fn put_tunnel_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  IPv4 Tunnel EndPoint: ", object, 0, V4)?;
    put!(cx, ", Tunnel ID: 0x", Hex0(object.value.be16_at(6)?, 4));
    put_at(cx, ", Extended Tunnel ID: ", object, 8, V4)?;
    Ok(Shown::Whole)
}

/// Prints the same for IPv6.
pub(super) fn put_tunnel_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  IPv6 Tunnel EndPoint: ", object, 0, V6)?;
    put!(cx, ", Tunnel ID: 0x", Hex0(object.value.be16_at(18)?, 4));
    put_at(cx, ", Extended Tunnel ID: ", object, 20, V6)?;
    Ok(Shown::Whole)
}

/// Prints a session with several destinations (RFC 4875 section 19.1).
pub(super) fn put_multipoint_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  IPv4 P2MP LSP ID: ", object, 0, V4)?;
    put!(cx, ", Tunnel ID: 0x", Hex0(object.value.be16_at(6)?, 4));
    put_at(cx, ", Extended Tunnel ID: ", object, 8, V4)?;
    Ok(Shown::Whole)
}

/// Prints the same for IPv6.
pub(super) fn put_multipoint_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent, "  IPv6 P2MP LSP ID: 0x", Hex0(object.value.be32_at(0)?, 8));
    put!(cx, ", Tunnel ID: 0x", Hex0(object.value.be16_at(6)?, 4));
    put_at(cx, ", Extended Tunnel ID: ", object, 8, V6)?;
    Ok(Shown::Whole)
}

fn put_hop(cx: &mut Context, object: &Object, width: usize) -> Outcome {
    put!(cx, object.indent);
    put_at(cx, "  Previous/Next Interface: ", object, 0, width)?;
    put!(cx, ", Logical Interface Handle: 0x", Hex0(object.value.be32_at(width)?, 8));
    Ok(())
}

/// Prints the hop that sent the message (RFC 2205 appendix A.2); further values may follow (RFC 3473 section 8.1.1).
pub(super) fn put_hop_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_hop(cx, object, V4)?;
    Ok(if object.value.length() > 8 { Shown::AsOctets } else { Shown::Whole })
}

/// Prints the same for IPv6.
pub(super) fn put_hop_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_hop(cx, object, V6)?;
    Ok(Shown::AsOctets)
}

/// Prints a sender, or a filter that picks it out (RFC 2205 appendix A.9).
pub(super) fn put_source_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  Source Address: ", object, 0, V4)?;
    put!(cx, ", Source Port: ", object.value.be16_at(6)?);
    Ok(Shown::Whole)
}

/// Prints the same for IPv6.
pub(super) fn put_source_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  Source Address: ", object, 0, V6)?;
    put!(cx, ", Source Port: ", object.value.be16_at(18)?);
    Ok(Shown::Whole)
}

/// Prints a filter by flow label.
pub(super) fn put_flow_label(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  Source Address: ", object, 0, V6)?;
    put!(cx, ", Flow Label: ", object.value.be24_at(17)?);
    Ok(Shown::Whole)
}

/// Prints the sender of a label switched path, or its filter (RFC 3209 section 4.6.2).
pub(super) fn put_path_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    const SENDER_TEMPLATE: u8 = 11;
    let is_template = object.class == SENDER_TEMPLATE;
    put!(cx, object.indent);
    put_at(cx, if is_template { "  IPv4 Tunnel Sender Address: " } else { "  Source Address: " }, object, 0, V4)?;
    put!(cx, ", LSP-ID: 0x", Hex0(object.value.be16_at(6)?, 4));
    Ok(Shown::Whole)
}

/// Prints the filter for IPv6, of whose address tcpdump shows the beginning as one of IPv4.
pub(super) fn put_path_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, "  Source Address: ", object, 0, V4)?;
    put!(cx, ", LSP-ID: 0x", Hex0(object.value.be16_at(18)?, 4));
    Ok(Shown::Whole)
}

fn put_branch(cx: &mut Context, object: &Object, label: &str, width: usize) -> Outcome<Shown> {
    put!(cx, object.indent);
    put_at(cx, label, object, 0, width)?;
    put!(cx, ", LSP ID: 0x", Hex0(object.value.be16_at(width + 2)?, 4));
    put!(cx, object.indent);
    put_at(cx, "  Sub-Group Originator ID: ", object, width + 4, width)?;
    // tcpdump leaves the padding out of account for IPv4.
    let at = if width == V4 { 12 } else { 38 };
    put!(cx, ", Sub-Group ID: 0x", Hex0(object.value.be16_at(at)?, 4));
    Ok(Shown::Whole)
}

/// Prints the sender of a path with several destinations, or its filter (RFC 4875 section 19.2).
pub(super) fn put_branch_v4(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_branch(cx, object, "  IPv4 Tunnel Sender Address: ", V4)
}

/// Prints the same for IPv6.
pub(super) fn put_branch_v6(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put_branch(cx, object, "  IPv6 Tunnel Sender Address: ", V6)
}

/// Prints who is to be told, or where a path ends.
pub(super) fn put_host(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let width = if object.kind == 1 { V4 } else { V6 };
    let label = match (object.class, width) {
        (CONFIRM, V4) => "  IPv4 Receiver Address: ",
        (CONFIRM, _) => "  IPv6 Receiver Address: ",
        (SUB_PATH, _) => "  Sub-LSP destination address: ",
        (_, V4) => "  IPv4 Notify Node Address: ",
        _ => "  IPv6 Notify Node Address: ",
    };
    put!(cx, object.indent);
    put_at(cx, label, object, 0, width)?;
    Ok(Shown::Whole)
}

/// Prints where detours start, and what they avoid (RFC 4090 section 4.2).
pub(super) fn put_detours(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    for at in (0..object.value.length() as usize / 8).map(|index| index * 8) {
        put!(cx, object.indent);
        put_at(cx, "  PLR-ID: ", object, at, V4)?;
        put_at(cx, ", Avoid-Node-ID: ", object, at + 4, V4)?;
    }
    Ok(Shown::Whole)
}
