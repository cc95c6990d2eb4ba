//! SNMP's protocol data units (RFC 3416 section 3; the trap of version 1: RFC 1157 section 4.1.6).

use super::asn1::{self, Value};
use super::{Kind, Version, asn1_text, put_bracket, put_extra, take, take_integer};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const GET_REQUEST: u8 = 0;
const GET_NEXT_REQUEST: u8 = 1;
const GET_RESPONSE: u8 = 2;
const TRAP: u8 = 4;
const GET_BULK: u8 = 5;
const INFORM: u8 = 6;
const TRAP_VERSION_2: u8 = 7;
const REPORT: u8 = 8;

const ERRORS: [&str; 19] = [
    "noError",
    "tooBig",
    "noSuchName",
    "badValue",
    "readOnly",
    "genErr",
    "noAccess",
    "wrongType",
    "wrongLength",
    "wrongEncoding",
    "wrongValue",
    "noCreation",
    "inconsistentValue",
    "resourceUnavailable",
    "commitFailed",
    "undoFailed",
    "authorizationError",
    "notWritable",
    "inconsistentName",
];

const ENTERPRISE_SPECIFIC: i32 = 6;
const GENERIC_TRAPS: [&str; 7] =
    ["coldStart", "warmStart", "linkDown", "linkUp", "authenticationFailure", "egpNeighborLoss", "enterpriseSpecific"];

/// Prints a PDU.
pub(super) fn print(cx: &mut Context, mut rest: Cursor, version: Version) -> Outcome {
    let Some(element) = asn1::parse(cx, &mut rest)? else { return Ok(()) };
    let Value::Pdu(kind) = element.value else {
        put!(cx, "[no PDU]");
        return Ok(());
    };
    put_extra(cx, &rest, "PDU");
    put_bracket(cx, "{ ");
    asn1_text::print(cx, &element);
    put!(cx, " ");
    match (version, kind) {
        (Version::One, GET_BULK | INFORM | TRAP_VERSION_2 | REPORT) => {
            put!(cx, "[v2 PDU in v1 message]");
            return Ok(());
        }
        (Version::Two, TRAP) => {
            put!(cx, "[v1 PDU in v2 message]");
            return Ok(());
        }
        (_, TRAP) => print_trap(cx, element.contents)?,
        _ => print_contents(cx, element.contents, kind)?,
    }
    put_bracket(cx, " } ");
    Ok(())
}

/// All PDUs but the trap of version 1.
fn print_contents(cx: &mut Context, mut rest: Cursor, kind: u8) -> Outcome {
    let Some(request) = take_integer(cx, &mut rest, "[reqId!=INT]")? else { return Ok(()) };
    if cx.style.verbose > 0 {
        put!(cx, "R=", request, " ");
    }
    let Some(status) = take_integer(cx, &mut rest, "[errorStatus!=INT]")? else { return Ok(()) };
    put_error_status(cx, kind, status);
    let Some(index) = take_integer(cx, &mut rest, "[errorIndex!=INT]")? else { return Ok(()) };
    put_error_index(cx, kind, status, index);
    print_bindings(cx, rest, kind)
}

/// The first number after the request's: of a bulk request, how many objects do not repeat.
fn put_error_status(cx: &mut Context, kind: u8, status: i32) {
    let (before, after) = match kind {
        GET_BULK => return put!(cx, " N=", status),
        _ if status == 0 => return,
        GET_RESPONSE => (" ", ""),
        _ => ("[errorStatus(", ")!=0]"),
    };
    put!(cx, before);
    match usize::try_from(status).ok().and_then(|status| ERRORS.get(status)) {
        Some(name) => put!(cx, name),
        None => put!(cx, "err=", status as u32),
    }
    put!(cx, after);
}

/// The second: of a bulk request, how often the others repeat.
fn put_error_index(cx: &mut Context, kind: u8, status: i32, index: i32) {
    match kind {
        GET_BULK => put!(cx, " M=", index),
        GET_RESPONSE if index != 0 && status == 0 => put!(cx, "[errorIndex(", index, ") w/o errorStatus]"),
        GET_RESPONSE if index != 0 => put!(cx, "@", index),
        GET_RESPONSE if status != 0 => put!(cx, "[errorIndex==0]"),
        _ if index != 0 => put!(cx, "[errorIndex(", index, ")!=0]"),
        _ => (),
    }
}

fn print_trap(cx: &mut Context, mut rest: Cursor) -> Outcome {
    put!(cx, " ");
    let Some(enterprise) = take(cx, &mut rest, Kind::ObjectId, "[enterprise!=OID]")? else { return Ok(()) };
    asn1_text::print(cx, &enterprise);
    put!(cx, " ");
    let Some(agent) = take(cx, &mut rest, Kind::IpAddress, "[agent-addr!=INETADDR]")? else { return Ok(()) };
    asn1_text::print(cx, &agent);
    let Some(generic) = take_integer(cx, &mut rest, "[generic-trap!=INT]")? else { return Ok(()) };
    match usize::try_from(generic).ok().and_then(|generic| GENERIC_TRAPS.get(generic)) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " gt=", generic),
    }
    let Some(specific) = take_integer(cx, &mut rest, "[specific-trap!=INT]")? else { return Ok(()) };
    if generic == ENTERPRISE_SPECIFIC {
        put!(cx, " s=", specific);
    } else if specific != 0 {
        put!(cx, "[specific-trap(", specific, ")!=0]");
    }
    put!(cx, " ");
    let Some(time) = take(cx, &mut rest, Kind::Unsigned, "[time-stamp!=TIMETICKS]")? else { return Ok(()) };
    asn1_text::print(cx, &time);
    print_bindings(cx, rest, TRAP)
}

/// Objects and their values; a request names objects only.
fn print_bindings(cx: &mut Context, mut rest: Cursor, kind: u8) -> Outcome {
    let is_request = matches!(kind, GET_REQUEST | GET_NEXT_REQUEST | GET_BULK);
    let Some(bindings) = take(cx, &mut rest, Kind::Sequence, "[!SEQ of varbind]")? else { return Ok(()) };
    put_extra(cx, &rest, "SEQ of varbind");
    let mut rest = bindings.contents;
    while rest.length() > 0 {
        put!(cx, " ");
        let Some(binding) = take(cx, &mut rest, Kind::Sequence, "[!varbind]")? else { return Ok(()) };
        let mut binding = binding.contents;
        let Some(name) = take(cx, &mut binding, Kind::ObjectId, "[objName!=OID]")? else { return Ok(()) };
        asn1_text::print(cx, &name);
        if !is_request {
            put!(cx, "=");
        }
        let Some(value) = asn1::parse(cx, &mut binding)? else { return Ok(()) };
        if is_request && value.value != Value::Null {
            put!(cx, "[objVal!=NULL]");
        }
        asn1_text::print(cx, &value);
    }
    Ok(())
}
