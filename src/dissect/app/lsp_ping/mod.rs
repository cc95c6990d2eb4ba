//! Ping of label switched paths (RFC 4379).

mod downstream;
mod fec_stack;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::enterprise;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::ntp_time::NtpTime;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u16 = 1;
const HEADER_LENGTH: usize = 32;
const TLV_HEADER_LENGTH: u32 = 4;

const MESSAGES: &[Name] = &[(1, "MPLS Echo Request"), (2, "MPLS Echo Reply")];
const REPLY_MODES: &[Name] = &[
    (1, "Do not reply"),
    (2, "Reply via an IPv4/IPv6 UDP packet"),
    (3, "Reply via an IPv4/IPv6 UDP packet with Router Alert"),
    (4, "Reply via application level control channel"),
];
const RETURN_CODES: &[Name] = &[
    (0, "No return code or return code contained in the Error Code TLV"),
    (1, "Malformed echo request received"),
    (2, "One or more of the TLVs was not understood"),
    (3, "Replying router is an egress for the FEC at stack depth"),
    (4, "Replying router has no mapping for the FEC at stack depth"),
    (5, "Reserved"),
    (6, "Reserved"),
    (7, "Reserved"),
    (8, "Label switched at stack-depth"),
    (9, "Label switched but no MPLS forwarding at stack-depth"),
    (10, "Mapping for this FEC is not the given label at stack depth"),
    (11, "No label entry at stack-depth"),
    (12, "Protocol not associated with interface at FEC stack depth"),
    (13, "Premature termination of ping due to label stack shrinking to a single label"),
];

const TARGET_FEC_STACK: u16 = 1;
const DOWNSTREAM_MAPPING: u16 = 2;
const VENDOR_ENTERPRISE: u16 = 5;
const BFD_DISCRIMINATOR: u16 = 15;
const TLVS: &[Name] = &[
    (TARGET_FEC_STACK as u32, "Target FEC Stack"),
    (DOWNSTREAM_MAPPING as u32, "Downstream Mapping"),
    (3, "Pad"),
    (9, "Error Code"),
    (VENDOR_ENTERPRISE as u32, "Vendor Enterprise Code"),
    (7, "Interface Label Stack"),
    (10, "Reply TOS Byte"),
    (BFD_DISCRIMINATOR as u32, "BFD Discriminator"),
    (0xfc00, "Vendor Private Code"),
];

/// What the octets of a TLV are worth once its fields are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    /// All is said.
    Printed,
    /// The fields do not say all, or not what they should.
    ShowOctets,
    /// Nothing behind the TLV is to be printed.
    Stop,
}

/// Prints an echo request or reply; its fields at `-v`.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "lspping";
    if (message.length() as usize) < HEADER_LENGTH {
        too_short(cx);
        return Ok(());
    }
    message.need(HEADER_LENGTH)?;
    let version = message.be16_at(0)?;
    if version != VERSION {
        put!(cx, "LSP-PING version ", version, " packet not supported");
        return Ok(());
    }
    let (kind, sequence, length) = (message.u8_at(4)?, message.be32_at(12)?, message.length());
    let name = lookup(MESSAGES, kind);
    if cx.style.verbose == 0 {
        put!(cx, "LSP-PINGv", version, ", ");
        match name {
            Some(name) => put!(cx, name),
            None => put!(cx, "unknown (", kind, ")"),
        }
        put!(cx, ", seq ", sequence, ", length: ", length);
        return Ok(());
    }
    put!(cx, "\n\tLSP-PINGv", version, ", msg-type: ", name.unwrap_or("unknown"), " (", kind, "), length: ", length);
    put_header(cx, &message)?;
    print_tlvs(cx, message.skip(HEADER_LENGTH))
}

fn too_short(cx: &mut Context) {
    put!(cx, "\n\t\t packet is too short");
}

fn put_header(cx: &mut Context, message: &Cursor) -> Outcome {
    let (mode, code, subcode) = (message.u8_at(5)?, message.u8_at(6)?, message.u8_at(7)?);
    put!(cx, "\n\t  reply-mode: ", lookup(REPLY_MODES, mode).unwrap_or("unknown"), " (", mode, ")");
    put!(cx, "\n\t  Return Code: ", lookup(RETURN_CODES, code).unwrap_or("unknown"));
    // Their texts end in a stack depth.
    if matches!(code, 3 | 4 | 8 | 10 | 11 | 12) {
        put!(cx, " ", subcode);
    }
    put!(cx, " (", code, ")\n\t  Return Subcode: (", subcode, ")");
    put!(cx, "\n\t  Sender Handle: 0x", Hex0(message.be32_at(8)?, 8), ", Sequence: ", message.be32_at(12)?);
    put!(cx, "\n\t  TimeStamp Sent: ", NtpTime::read(message, 16)?);
    put!(cx, "\n\t  TimeStamp Received: ");
    match NtpTime::read(message, 24)? {
        NtpTime { seconds: 0, fraction: 0 } => put!(cx, "no timestamp"),
        time => put!(cx, time),
    }
    Ok(())
}

/// TLVs, padded to multiples of four octets.
fn print_tlvs(cx: &mut Context, mut rest: Cursor) -> Outcome {
    while rest.length() > 0 {
        if rest.length() < TLV_HEADER_LENGTH {
            too_short(cx);
            return Ok(());
        }
        let (kind, length) = (rest.be16_at(0)?, u32::from(rest.be16_at(2)?));
        put!(cx, "\n\t  ", lookup(TLVS, kind).unwrap_or("Unknown"), " TLV (", kind, "), length: ", length);
        if rest.length() < TLV_HEADER_LENGTH + length {
            too_short(cx);
            return Ok(());
        }
        if length > 0 && print_tlv(cx, kind, &rest.skip(TLV_HEADER_LENGTH as usize).with_length(length))? == Value::Stop
        {
            return Ok(());
        }
        let padded = TLV_HEADER_LENGTH + length.next_multiple_of(4);
        if rest.length() < padded {
            too_short(cx);
            return Ok(());
        }
        rest = rest.skip(padded as usize);
    }
    Ok(())
}

/// Prints a TLV's value, and its octets if there is more to them.
fn print_tlv(cx: &mut Context, kind: u16, value: &Cursor) -> Outcome<Value> {
    value.need(value.length() as usize)?;
    let printed = match kind {
        TARGET_FEC_STACK => fec_stack::print(cx, *value)?,
        DOWNSTREAM_MAPPING => downstream::print(cx, value)?,
        BFD_DISCRIMINATOR | VENDOR_ENTERPRISE if value.length() < 4 => too_short_tlv(cx),
        BFD_DISCRIMINATOR => {
            put!(cx, "\n\t    BFD Discriminator 0x", Hex0(value.be32_at(0)?, 8));
            Value::Printed
        }
        VENDOR_ENTERPRISE => {
            let vendor = value.be32_at(0)?;
            let name = lookup(enterprise::NAMES, vendor).unwrap_or("Unknown");
            put!(cx, "\n\t    Vendor: ", name, " (0x", Hex0(vendor, 4), ")");
            Value::Printed
        }
        _ => Value::ShowOctets,
    };
    if printed == Value::ShowOctets || printed == Value::Printed && cx.style.verbose > 1 {
        put_hex_lines(cx, "\n\t    ", value, value.length());
    }
    Ok(printed)
}

fn too_short_tlv(cx: &mut Context) -> Value {
    put!(cx, "\n\t      TLV is too short");
    Value::ShowOctets
}

#[cfg(test)]
mod tests;
