//! Protocol Independent Multicast, version 1 (draft-ietf-idmr-pim-arch), in IGMP messages.

use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::duration::Seconds;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const QUERY: u8 = 0;
const REGISTER: u8 = 1;
const REGISTER_STOP: u8 = 2;
const JOIN_PRUNE: u8 = 3;
const RENDEZVOUS_POINT_REACHABILITY: u8 = 4;
const ASSERT: u8 = 5;
const GRAFT: u8 = 6;
const GRAFT_ACK: u8 = 7;
const NAMES: &[Name] = &[
    (QUERY as u32, "Query"),
    (REGISTER as u32, "Register"),
    (REGISTER_STOP as u32, "Register-Stop"),
    (JOIN_PRUNE as u32, "Join/Prune"),
    (RENDEZVOUS_POINT_REACHABILITY as u32, "RP-reachable"),
    (ASSERT as u32, "Assert"),
    (GRAFT as u32, "Graft"),
    (GRAFT_ACK as u32, "Graft-ACK"),
];

/// Octets of the IGMP header.
const HEADER_LENGTH: usize = 8;
/// The mask of a single host, which goes without saying.
const HOST_MASK: u32 = u32::MAX;
/// The hold time of a join or prune that goes without saying, in seconds.
const HOLD_TIME_DEFAULT: u16 = 180;

/// Flags of a source in a join or prune.
const SPARSE: u8 = 0x01;
const WILDCARD: u8 = 0x80;
const RENDEZVOUS_POINT: u8 = 0x40;
const MASK_LENGTH: u8 = 0x3f;

/// Prints a message from its IGMP header on.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "pimv1";
    let verbose = cx.style.verbose > 0;
    let kind = message.u8_at(1)?;
    match lookup(NAMES, kind) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " [type ", kind, "]"),
    }
    match kind {
        QUERY => put_query(cx, &message)?,
        REGISTER => {
            if !message.has(HEADER_LENGTH + 20) {
                cx.truncated();
                return Ok(());
            }
            put_for(cx, &message, 20, 24)?;
        }
        REGISTER_STOP => put_for(cx, &message, 8, 12)?,
        RENDEZVOUS_POINT_REACHABILITY if verbose => put_reachability(cx, &message)?,
        ASSERT => put_assert(cx, &message)?,
        JOIN_PRUNE | GRAFT | GRAFT_ACK if verbose => {
            if message.length() < HEADER_LENGTH as u32 {
                cx.truncated();
                return Ok(());
            }
            let data = message.skip(HEADER_LENGTH);
            if !put_single_join(cx, &data)? && !put_joins(cx, data)? {
                cx.truncated();
            }
        }
        _ => {}
    }
    match message.u8_at(4)? >> 4 {
        1 => {}
        version => put!(cx, " [v", version, "]"),
    }
    Ok(())
}

fn put_query(cx: &mut Context, message: &Cursor) -> Outcome {
    match message.u8_at(8).map(|octet| octet >> 4) {
        Ok(0) => put!(cx, " Dense-mode"),
        Ok(1) => put!(cx, " Sparse-mode"),
        Ok(2) => put!(cx, " Sparse-Dense-mode"),
        Ok(mode) => put!(cx, " mode-", mode),
        Err(_) => {}
    }
    if cx.style.verbose > 0 {
        put!(cx, " (Hold-time ");
        put!(cx, Seconds(message.be16_at(10)?.into()), ")");
    }
    Ok(())
}

/// Source and group, at these offsets.
fn put_for(cx: &mut Context, message: &Cursor, source: usize, group: usize) -> Outcome {
    message.need(source.max(group) + 4)?;
    put!(cx, " for ");
    cx.ipv4_at(message, source)?;
    put!(cx, " > ");
    cx.ipv4_at(message, group)
}

/// A netmask, unless it is a single host's.
fn put_mask(cx: &mut Context, data: &Cursor, offset: usize) -> Outcome {
    if data.be32_at(offset)? != HOST_MASK {
        put!(cx, "/");
        cx.ipv4_at(data, offset)?;
    }
    Ok(())
}

fn put_reachability(cx: &mut Context, message: &Cursor) -> Outcome {
    let group = IpAddress::V4(Ipv4(message.array_at(8)?));
    put!(cx, " group ");
    cx.host(group);
    put_mask(cx, message, 12)?;
    let point = IpAddress::V4(Ipv4(message.array_at(16)?));
    put!(cx, " RP ");
    cx.host(point);
    put!(cx, " hold ");
    put!(cx, Seconds(message.be16_at(22)?.into()));
    Ok(())
}

fn put_assert(cx: &mut Context, message: &Cursor) -> Outcome {
    put_for(cx, message, 16, 8)?;
    put_mask(cx, message, 12)?;
    let (preference, metric) = (message.be32_at(20)?, message.be32_at(24)?);
    put!(cx, if preference >> 31 != 0 { " RP-tree" } else { " SPT" });
    put!(cx, " pref ", preference & 0x7fff_ffff, " metric ", metric);
    Ok(())
}

/// A message of one group and one source, on one line; `false` if there are more.
fn put_single_join(cx: &mut Context, data: &Cursor) -> Outcome<bool> {
    if !data.has(30) || data.u8_at(11)? != 1 {
        return Ok(false);
    }
    let joins = data.be16_at(20)?;
    if u32::from(joins) + u32::from(data.be16_at(22)?) != 1 {
        return Ok(false);
    }
    put!(cx, " RPF ");
    cx.ipv4_at(data, 0)?;
    put!(cx, " ");
    match data.be16_at(6)? {
        HOLD_TIME_DEFAULT => {}
        hold => put!(cx, "Hold ", Seconds(hold.into())),
    }
    let flags = data.u8_at(25)?;
    put!(cx, if joins > 0 { "Join (" } else { "Prune (" });
    cx.ipv4_at(data, 26)?;
    put!(cx, "/", flags & MASK_LENGTH, ", ");
    cx.ipv4_at(data, 12)?;
    put_mask(cx, data, 16)?;
    put!(cx, if data.u8_at(24)? & SPARSE != 0 { ") Sparse" } else { ") Dense" });
    put!(cx, if flags & WILDCARD != 0 { " WC " } else { " " });
    put!(cx, if flags & RENDEZVOUS_POINT != 0 { "RP" } else { "SPT" });
    Ok(true)
}

/// Who is to forward, and at `-vv` each group with its sources; `false` when the message ends early.
fn put_joins(cx: &mut Context, mut data: Cursor) -> Outcome<bool> {
    let very_verbose = cx.style.verbose > 1;
    let line_end = if very_verbose { "\n" } else { "" };
    if data.length() < 4 {
        return Ok(false);
    }
    put!(cx, line_end);
    let neighbor = IpAddress::V4(Ipv4(data.array()?));
    put!(cx, " Upstream Nbr: ");
    cx.host(neighbor);
    if data.length() < 4 {
        return Ok(false);
    }
    put!(cx, line_end, " Hold time: ");
    put!(cx, Seconds(data.be32()? & 0xffff));
    if !very_verbose {
        return Ok(true);
    }
    if data.length() < 4 {
        return Ok(false);
    }
    let groups = data.be32()? & 0xff;
    for _ in 0..groups {
        if !put_group(cx, &mut data)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A group and the sources that are joined or pruned.
fn put_group(cx: &mut Context, data: &mut Cursor) -> Outcome<bool> {
    if data.length() < 4 {
        return Ok(false);
    }
    let group = IpAddress::V4(Ipv4(data.array()?));
    put!(cx, "\n\tGroup: ");
    cx.host(group);
    if data.length() < 4 {
        return Ok(false);
    }
    put_mask(cx, data, 0)?;
    *data = data.skip(4);
    if data.length() < 4 {
        return Ok(false);
    }
    let (joined, pruned) = (u32::from(data.be16()?), u32::from(data.be16()?));
    put!(cx, " joined: ", joined, " pruned: ", pruned);
    for source in 0..joined + pruned {
        if data.length() < 6 {
            return Ok(false);
        }
        let (mode, flags) = (data.u8()?, data.u8()?);
        let address = IpAddress::V4(Ipv4(data.array()?));
        put!(cx, if source < joined { "\n\tJoin  " } else { "\n\tPrune " });
        put!(cx, if mode & SPARSE != 0 { "Sparse " } else { "Dense " });
        put!(cx, if flags & WILDCARD != 0 { "WC " } else { "" });
        put!(cx, if flags & RENDEZVOUS_POINT != 0 { "RP " } else { "SPT " });
        cx.host(address);
        put!(cx, "/", flags & MASK_LENGTH);
    }
    Ok(true)
}
