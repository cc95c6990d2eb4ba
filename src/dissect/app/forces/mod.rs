//! Forwarding and Control Element Separation (RFC 5810), in SCTP.

mod names;
mod operations;
mod path_data;
mod redirect;
mod tlv;
mod values;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{name_or, name_or_number};
use crate::dissect::put::{Hex, Hex0};
use crate::put;
use names::{ACKNOWLEDGEMENTS, ATOMICITIES, EXECUTION_MODES, PHASES, TEARDOWN_REASONS, TLVS, name};
use tlv::{Tlv, put_dump};

/// Octets of a message's header.
const HEADER_LENGTH: u32 = 24;
/// Blanks in front of what top-level TLVs hold.
const INDENT: u8 = 9;
/// The verbosity from which on everything is shown.
const VERBOSE_ALL: u8 = 3;

/// Operations as bits, by their number less one.
const SET: u16 = 1 << 0;
const SET_PROPERTY: u16 = 1 << 1;
const SET_RESPONSE: u16 = 1 << 2;
const SET_PROPERTY_RESPONSE: u16 = 1 << 3;
const DELETE: u16 = 1 << 4;
const DELETE_RESPONSE: u16 = 1 << 5;
const GET: u16 = 1 << 6;
const GET_PROPERTY: u16 = 1 << 7;
const GET_RESPONSE: u16 = 1 << 8;
const GET_PROPERTY_RESPONSE: u16 = 1 << 9;
const REPORT: u16 = 1 << 10;
const COMMIT: u16 = 1 << 11;
const COMMIT_RESPONSE: u16 = 1 << 12;
const TRANSACTION_COMPLETE: u16 = 1 << 13;

/// How many TLVs a message has: none, any number, or at least one; and at most so many, in the high 4 bits.
const NO_TLV: u16 = 0x01;
const ANY_TLVS: u16 = 0x02;
const SOME_TLVS: u16 = 0x04;

/// Prints what a top-level TLV holds; `false` where it contradicts itself. The length is the TLV's, with its header.
type Print = fn(&mut Context, Cursor, u16) -> Outcome<bool>;

/// A kind of message.
struct Message {
    kind: u8,
    name: &'static str,
    /// How many TLVs it has, as the bits above.
    tlvs: u16,
    /// The operations that it may hold.
    operations: u16,
    print: Print,
}

const fn message(kind: u8, name: &'static str, tlvs: u16, operations: u16, print: Print) -> Message {
    Message { kind, name, tlvs, operations, print }
}

const MESSAGES: &[Message] = &[
    message(0x01, "Association Setup", ANY_TLVS | 0x20, REPORT, operations::put),
    message(0x02, "Association TearDown", SOME_TLVS | 0x10, 0, put_teardown),
    message(
        0x03,
        "Config",
        SOME_TLVS | 0xf0,
        SET | SET_PROPERTY | DELETE | COMMIT | TRANSACTION_COMPLETE,
        operations::put,
    ),
    message(0x04, "Query", SOME_TLVS | 0xf0, GET | GET_PROPERTY, operations::put),
    message(0x05, "Event Notification", SOME_TLVS | 0x10, REPORT, operations::put),
    message(0x06, "Packet Redirect", SOME_TLVS | 0xf0, 0, redirect::put),
    message(0x0f, "HeartBeat", NO_TLV, 0, put_nothing),
    message(0x11, "Association Response", SOME_TLVS | 0x10, 0, put_setup_response),
    message(
        0x13,
        "Config Response",
        SOME_TLVS | 0xf0,
        SET_RESPONSE | SET_PROPERTY_RESPONSE | DELETE_RESPONSE | COMMIT_RESPONSE,
        operations::put,
    ),
    message(0x14, "Query Response", SOME_TLVS | 0xf0, GET_RESPONSE | GET_PROPERTY_RESPONSE, operations::put),
];

/// Prints a message.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "forces";
    packet.need(HEADER_LENGTH as usize)?;
    let kind = packet.u8_at(1)?;
    if !matches!(kind, 0x01..=0x06 | 0x0f | 0x11..=0x14) {
        put!(cx, "Invalid ForCES message type ", kind, "\n");
        return cx.invalid();
    }
    let Some(message) = MESSAGES.iter().find(|message| message.kind == kind) else {
        put!(cx, "\n\tUnknown ForCES message type=0x", Hex(kind));
        return cx.invalid();
    };
    put!(cx, "\n\tForCES ", message.name, " ");
    let length = u32::from(packet.be16_at(2)?) * 4;
    if length < HEADER_LENGTH || length != packet.length() {
        put!(cx, "Illegal ForCES pkt len - min ", HEADER_LENGTH, ", total recvd ", packet.length());
        put!(cx, ", advertised ", length, " ");
        return cx.invalid();
    }
    put_header(cx, &packet)?;
    if !print_tlvs(cx, packet.skip(HEADER_LENGTH as usize), message)? {
        put!(cx, " [rc ", u32::MAX, " < 0]");
        return cx.invalid();
    }
    if cx.style.verbose > VERBOSE_ALL {
        put!(cx, "\n\t  Raw ForCES message\n\t [");
        put_dump(cx, "\n\t ", &packet)?;
        put!(cx, "\n\t ]");
    }
    Ok(())
}

/// The header's fields, the more the more often `-v` was given (section 6.1).
fn put_header(cx: &mut Context, packet: &Cursor) -> Outcome {
    let bits = packet.be32_at(20)?;
    if cx.style.verbose > 0 {
        let (source, destination) = (packet.be32_at(4)?, packet.be32_at(8)?);
        put!(cx, "\n\tForCES Version ", packet.u8_at(0)? >> 4, " len ", packet.length());
        put!(cx, "B flags 0x", Hex0(bits, 8), " ");
        put!(cx, "\n\tSrcID 0x", Hex(source), "(", node(source), ") DstID 0x", Hex(destination));
        put!(cx, "(", node(destination), ") Correlator 0x", Hex(packet.be64_at(12)?));
    }
    if cx.style.verbose > 1 {
        let (acknowledgement, priority) = (bits >> 30, bits >> 27 & 7);
        let (mode, atomicity, phase) = (bits >> 22 & 3, bits >> 21 & 1, bits >> 19 & 3);
        put!(cx, "\n\tForCES flags:\n\t  ", name_or(ACKNOWLEDGEMENTS, acknowledgement, "ACKUnknown"));
        put!(cx, "(0x", Hex(acknowledgement), "), prio=", priority, ", ");
        put!(cx, name_or(EXECUTION_MODES, mode, "EMUnknown"), "(0x", Hex(mode), "),\n\t  ");
        put!(cx, name_or(ATOMICITIES, atomicity, "ATUnknown"), "(0x", Hex(atomicity), "), ");
        put!(cx, name_or(PHASES, phase, "TPUnknown"), "(0x", Hex(phase), ")\n");
        put!(cx, "\t  Extra flags: rsv(b5-7) 0x", Hex(bits >> 24 & 7), " rsv(b13-31) 0x", Hex(bits & 0x7_ffff), "\n");
    }
    Ok(())
}

/// What kind of element has this number.
fn node(number: u32) -> &'static str {
    match number {
        0..=0x3fff_ffff => "FE",
        0x4000_0000..=0x7fff_ffff => "CE",
        0xc000_0000..=0xffff_ffef => "AllMulticast",
        0xffff_fffd => "AllCEsBroadcast",
        0xffff_fffe => "AllFEsBroadcast",
        u32::MAX => "AllBroadcast",
        _ => "ForCESreserved",
    }
}

/// The top-level TLVs; `false` where they contradict the message or themselves.
fn print_tlvs(cx: &mut Context, mut rest: Cursor, message: &Message) -> Outcome<bool> {
    if rest.length() > tlv::HEADER_LENGTH {
        if message.tlvs & NO_TLV != 0 {
            put!(cx, "<0x", Hex(message.tlvs), ">Illegal Top level TLV!\n");
            return Ok(false);
        }
    } else if message.tlvs & ANY_TLVS != 0 {
        return Ok(true);
    } else if message.tlvs & SOME_TLVS != 0 {
        put!(cx, "\tTop level TLV Data missing!\n");
        return Ok(false);
    }
    if message.tlvs & NO_TLV != 0 {
        return Ok(true);
    }
    for _ in 0..message.tlvs >> 4 {
        if rest.length() == 0 {
            break;
        }
        let Tlv { kind, length, .. } = Tlv::at(&rest)?;
        if tlv::error(length.into(), rest.length()).is_some() {
            break;
        }
        if !tlv::is_valid_kind(kind) {
            put!(cx, "\n\tInvalid ForCES Top TLV type=0x", Hex(kind));
            return Ok(false);
        }
        if cx.style.verbose >= VERBOSE_ALL {
            put!(cx, "\t", name(TLVS, kind), ", length ", length);
            put!(cx, " (data length ", u32::from(length) - tlv::HEADER_LENGTH, " Bytes)");
        }
        let data = rest.skip(tlv::HEADER_LENGTH as usize).with_length(length.into());
        if !(message.print)(cx, data, message.operations)? {
            put!(cx, " [rc ", u32::MAX, " < 0]");
            return Ok(false);
        }
        rest = tlv::skip(&rest, length.into());
    }
    if rest.length() > 0 {
        put!(cx, "\tMess TopTLV header: min ", tlv::HEADER_LENGTH, ", total ", rest.length());
        put!(cx, " advertised ", rest.be16_at(2)?, " ");
        return Ok(false);
    }
    Ok(true)
}

fn put_nothing(_: &mut Context, _: Cursor, _: u16) -> Outcome<bool> {
    Ok(true)
}

/// Why an association ends (section 7.5.3).
fn put_teardown(cx: &mut Context, data: Cursor, _: u16) -> Outcome<bool> {
    const REASON_MAX: u32 = 255;
    let length = data.length() - tlv::HEADER_LENGTH;
    if length != 4 {
        put!(cx, "illegal ASTresult-TLV: ", length, " bytes!\n");
        return Ok(false);
    }
    let reason = data.be32_at(0)?;
    if reason > REASON_MAX {
        put!(cx, "illegal ASTresult result code: ", reason, "!\n");
        return Ok(false);
    }
    if cx.style.verbose >= VERBOSE_ALL {
        put!(cx, "Teardown reason:\n");
        tlv::indent(cx, INDENT);
        put!(cx, name_or_number(TEARDOWN_REASONS, reason, "unknown (", ")"));
        put!(cx, "(", Hex(reason), ")\n");
        tlv::indent(cx, INDENT);
    }
    Ok(true)
}

/// Whether an association was set up (section 7.5.2).
fn put_setup_response(cx: &mut Context, data: Cursor, _: u16) -> Outcome<bool> {
    const RESULT_MAX: u32 = 3;
    let length = data.length() - tlv::HEADER_LENGTH;
    if length != 4 {
        put!(cx, "illegal ASRresult-TLV: ", length, " bytes!\n");
        return Ok(false);
    }
    let result = data.be32_at(0)?;
    if result > RESULT_MAX {
        put!(cx, "illegal ASRresult result code: ", result, "!\n");
        return Ok(false);
    }
    if cx.style.verbose >= VERBOSE_ALL {
        put!(cx, "\n");
        tlv::indent(cx, INDENT);
        put!(
            cx,
            match result {
                0 => "Success ",
                1 => "FE ID invalid ",
                2 => "permission denied ",
                _ => "Unknown ",
            }
        );
        put!(cx, "(", Hex(result), ")\n");
        tlv::indent(cx, INDENT);
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
