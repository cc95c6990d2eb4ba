//! Network File System, versions 2 (RFC 1094) and 3 (RFC 1813), over Sun RPC (RFC 5531).
//!
//! Offsets count from the RPC message's transaction number.

mod attributes;
mod calls;
mod handle;
mod names;
mod reply;
mod request;
mod results;

pub use calls::Calls;

use super::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::net::IpHeader;
use crate::put;

/// NFS's port, which tells requests from replies too.
pub const PORT: u16 = 2049;

const VERSION_3: u32 = 3;

/// Where the message says whether it is a call or a reply.
const DIRECTION_AT: usize = 4;
const CALL: u32 = 0;
const REPLY: u32 = 1;

/// The mark of a record that goes on in another fragment (RFC 5531 section 11).
const LENGTH_MASK: u32 = 0x7fff_ffff;

/// Prints the RPC message that a TCP segment starts with; nothing where it starts with none.
pub fn print_segment(cx: &mut Context, data: Cursor, ports: (u16, u16), ip: &IpHeader) -> Outcome {
    if data.length() < 4 {
        return Ok(());
    }
    let length = data.be32_at(0)? & LENGTH_MASK;
    let message = data.skip(4);
    let message = message.with_length(length.min(message.length()));
    print_message(cx, ": ", message, ports, ip).map(drop)
}

/// Prints the RPC message that a UDP datagram carries; `false` where it carries none.
pub fn print_datagram(cx: &mut Context, data: Cursor, ports: (u16, u16), ip: &IpHeader) -> Outcome<bool> {
    if ports.0 != PORT && ports.1 != PORT {
        return Ok(false);
    }
    print_message(cx, "", data, ports, ip)
}

/// Prints a reply as from the server's port, whatever the port was.
pub fn print_reply(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    cx.protocol = "nfs";
    let transaction = message.be32_at(0)?;
    cx.host(ip.source);
    if cx.names.is_numeric() {
        put!(cx, ".", PORT)
    } else {
        put!(cx, ".nfs")
    }
    put!(cx, " > ");
    cx.host(ip.destination);
    put!(cx, ".", transaction, ": ");
    reply::print(cx, message, ip).or_else(|stop| stop.settle(cx))
}

fn print_message(
    cx: &mut Context,
    prefix: &str,
    message: Cursor,
    (source, destination): (u16, u16),
    ip: &IpHeader,
) -> Outcome<bool> {
    let Ok(direction) = message.be32_at(DIRECTION_AT) else { return Ok(false) };
    let outcome = if destination == PORT && direction == CALL {
        put!(cx, prefix, "NFS request xid ", message.be32_at(0)?, " ");
        cx.protocol = "nfs";
        request::print(cx, message, ip)
    } else if source == PORT && direction == REPLY {
        put!(cx, prefix, "NFS reply xid ", message.be32_at(0)?, " ");
        cx.protocol = "nfs";
        reply::print(cx, message, ip)
    } else {
        return Ok(false);
    };
    match outcome {
        Ok(()) => Ok(true),
        Err(stop) => stop.settle(cx).map(|()| true),
    }
}

/// The procedure's name; of version 2's procedures, that of the one in version 3.
fn put_procedure(cx: &mut Context, procedure: calls::Procedure) -> u32 {
    let renumbered = match procedure.version {
        VERSION_3 => None,
        _ => names::FROM_VERSION_2.get(procedure.number as usize).copied(),
    };
    let number = renumbered.unwrap_or(procedure.number);
    match lookup(names::PROCEDURES, number) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " proc-", number),
    }
    number
}

/// The length of `count` octets with what pads them to a multiple of 4.
fn padded(count: u32) -> usize {
    count as usize + (count.wrapping_neg() & 3) as usize
}

/// Takes a file name or a path, in quotes.
fn put_file_name(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    let length = data.be32()?;
    if length > u32::MAX - 3 {
        put!(cx, "[cannot pad to 32-bit boundaries]");
        cx.invalid()?;
        return Err(Stop::Incomplete);
    }
    let name = data.bytes(padded(length)).map_err(|_| Stop::Incomplete)?;
    put!(cx, "\"");
    cx.escaped(name.get(..length as usize).unwrap_or(name));
    put!(cx, "\"");
    Ok(())
}

#[cfg(test)]
mod tests;
