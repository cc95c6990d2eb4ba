//! Bootstrap Protocol (RFC 951) and DHCP (RFC 2131) on top of it.

mod names;
mod options;
mod special;

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const REQUEST: u8 = 1;
const REPLY: u8 = 2;
const FLAGS: &[Name] = &[(0x8000, "Broadcast")];

const HARDWARE_ETHERNET: u8 = 1;
const MAC_LENGTH: u8 = 6;

/// Addresses that are shown where they are not zero, and where they stand.
const ADDRESSES: [(usize, &str); 4] = [(12, "Client-IP"), (16, "Your-IP"), (20, "Server-IP"), (24, "Gateway-IP")];
const HARDWARE_ADDRESS_AT: usize = 28;
const SERVER_NAME_AT: usize = 44;
const SERVER_NAME_LENGTH: usize = 64;
const FILE_AT: usize = 108;
const FILE_LENGTH: usize = 128;
const VENDOR_AT: usize = 236;

/// What the vendor area starts with: options (RFC 1497), or the format of CMU's own.
const COOKIE_OPTIONS: u32 = 0x6382_5363;
const COOKIE_CMU: u32 = u32::from_be_bytes(*b"CMU\0");
/// The bit of CMU's flags that says that the subnet mask is valid.
const CMU_SUBNET_MASK: u8 = 1;

/// Prints a message: in one line, or all of it at `-v`.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "bootp";
    let operation = data.u8_at(0)?;
    put!(cx, "BOOTP/DHCP, ");
    match operation {
        REQUEST => put!(cx, "Request"),
        REPLY => put!(cx, "Reply"),
        _ => put!(cx, "unknown (0x", Hex0(operation, 2), ")"),
    }
    let (hardware, address_length) = (data.u8_at(1)?, data.u8_at(2)?);
    let ethernet = hardware == HARDWARE_ETHERNET && address_length == MAC_LENGTH;
    if ethernet && operation == REQUEST {
        let station = Mac(data.array_at(HARDWARE_ADDRESS_AT)?);
        put!(cx, " from ");
        cx.mac(station);
    }
    put!(cx, ", length ", data.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    put_numbers(cx, &data, hardware, address_length)?;
    for (at, name) in ADDRESSES {
        if data.be32_at(at)? != 0 {
            put!(cx, "\n\t  ", name, " ");
            cx.ipv4_at(&data, at)?;
        }
    }
    if ethernet {
        let station = Mac(data.array_at(HARDWARE_ADDRESS_AT)?);
        put!(cx, "\n\t  Client-Ethernet-Address ");
        cx.mac(station);
    }
    let names = [("sname", SERVER_NAME_AT, SERVER_NAME_LENGTH), ("file", FILE_AT, FILE_LENGTH)];
    for (title, at, length) in names {
        if !put_name(cx, &data, title, at, length)? {
            return cx.invalid();
        }
    }
    print_vendor_area(cx, data.skip(VENDOR_AT))
}

/// The numbers that are not as usual, and the flags.
fn put_numbers(cx: &mut Context, data: &Cursor, hardware: u8, address_length: u8) -> Outcome {
    data.need(10)?;
    if hardware != HARDWARE_ETHERNET {
        put!(cx, ", htype ", hardware);
    }
    if hardware != HARDWARE_ETHERNET || address_length != MAC_LENGTH {
        put!(cx, ", hlen ", address_length);
    }
    let (hops, transaction, seconds) = (data.u8_at(3)?, data.be32_at(4)?, data.be16_at(8)?);
    if hops != 0 {
        put!(cx, ", hops ", hops);
    }
    if transaction != 0 {
        put!(cx, ", xid 0x", Hex(transaction));
    }
    if seconds != 0 {
        put!(cx, ", secs ", seconds);
    }
    let flags = data.be16_at(10)?;
    put!(cx, ", Flags [");
    put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    if cx.style.verbose > 1 {
        put!(cx, " (0x", Hex0(flags, 4), ")");
    }
    Ok(())
}

/// A name in a field of its own, if there is one; `false` when the field does not end with a NUL.
fn put_name(cx: &mut Context, data: &Cursor, title: &str, at: usize, length: usize) -> Outcome<bool> {
    if data.u8_at(at)? == 0 {
        return Ok(true);
    }
    put!(cx, "\n\t  ", title, " \"");
    let field = data.skip(at);
    let complete = cx.escaped_terminated(&field, length).is_some();
    if !complete {
        field.need(length)?;
    }
    put!(cx, "\"");
    Ok(complete)
}

fn print_vendor_area(cx: &mut Context, area: Cursor) -> Outcome {
    match area.be32_at(0)? {
        COOKIE_OPTIONS => {
            put!(cx, "\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x", Hex0(COOKIE_OPTIONS, 8));
            options::print(cx, area.skip(4))
        }
        COOKIE_CMU => print_cmu(cx, &area),
        0 => Ok(()),
        cookie => {
            put!(cx, "\n\t  Vendor-#0x", Hex(cookie));
            Ok(())
        }
    }
}

/// The vendor area as Carnegie Mellon University had it.
fn print_cmu(cx: &mut Context, area: &Cursor) -> Outcome {
    put!(cx, " vend-cmu");
    area.need(8)?;
    let flags = area.u8_at(4)?;
    if flags & !CMU_SUBNET_MASK != 0 {
        put!(cx, " F:0x", Hex(flags));
    }
    let mask = if flags & CMU_SUBNET_MASK != 0 { "SM" } else { "SM*" };
    let addresses =
        [(12, "DG"), (8, mask), (16, "NS1"), (20, "NS2"), (24, "IEN1"), (28, "IEN2"), (32, "TS1"), (36, "TS2")];
    for (at, name) in addresses {
        if area.be32_at(at)? != 0 {
            put!(cx, " ", name, ":");
            cx.ipv4_at(area, at)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
