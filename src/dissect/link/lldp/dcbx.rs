//! Data Center Bridging Exchange, before IEEE 802.1 took it over: values within a value.

use super::{Value, put_subtype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Caps, Hex, Hex0, Put, hex_octet};
use crate::put;

/// The first revision, whose values are not decoded.
const REVISION_1: u8 = 1;
const SUBTYPES: &[Name] =
    &[(REVISION_1 as u32, "DCB Capability Exchange Protocol Rev 1"), (2, "DCB Capability Exchange Protocol Rev 1.01")];

const CONTROL: u16 = 1;
const PRIORITY_GROUPS: u16 = 2;
const FLOW_CONTROL: u16 = 3;
const APPLICATION: u16 = 4;

/// Octets of an entry in the table of applications.
const APPLICATION_LENGTH: u32 = 6;

/// Prints a value, from the organization's identifier on.
pub(super) fn print(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    match put_subtype(cx, SUBTYPES, value, 4)? {
        None => return Ok(Value::Printed),
        Some(REVISION_1) => return Ok(Value::Unknown),
        Some(_) => {}
    }
    let mut rest = value.skip(4);
    let mut outcome = Value::Printed;
    while rest.length() >= 2 {
        let header = rest.be16()?;
        let (kind, length) = (header >> 9, u32::from(header & 0x01ff));
        outcome = Value::Printed;
        let least = match kind {
            CONTROL => 10,
            PRIORITY_GROUPS => 17,
            FLOW_CONTROL => 6,
            APPLICATION => 4,
            _ => 0,
        };
        if kind == 0 || length == 0 || rest.length() < length || length < least {
            break;
        }
        let data = rest.limit(length);
        if least == 0 {
            outcome = Value::Unknown;
        } else {
            put_feature(cx, kind, &data)?;
        }
        if cx.style.verbose > 1 || least == 0 {
            put_hex_lines(cx, "\n\t    ", &data, length);
        }
        rest = rest.skip(length as usize);
    }
    Ok(outcome)
}

fn put_feature(cx: &mut Context, kind: u16, data: &Cursor) -> Outcome {
    let name = match kind {
        CONTROL => "Control - Protocol Control",
        PRIORITY_GROUPS => "Feature - Priority Group",
        FLOW_CONTROL => "Feature - Priority Flow Control",
        _ => "Feature - Application",
    };
    put!(cx, "\n\t    ", name, " (type 0x", Hex(kind), ", length ", data.length(), ")");
    put!(cx, "\n\t      Oper_Version: ", data.u8_at(0)?, "\n\t      Max_Version: ", data.u8_at(1)?);
    if kind == CONTROL {
        put!(cx, "\n\t      Sequence Number: ", data.be32_at(2)?);
        put!(cx, "\n\t      Acknowledgement Number: ", data.be32_at(6)?);
        return Ok(());
    }
    let bits = data.u8_at(2)?;
    put!(cx, "\n\t      Info block(0x");
    put_hex_caps(cx, bits);
    put!(cx, "): Enable bit: ", bits >> 7, ", Willing bit: ", bits >> 6 & 1, ", Error Bit: ", bits >> 5 & 1);
    put!(cx, "\n\t      SubType: ", data.u8_at(3)?);
    let data = data.skip(4);
    match kind {
        PRIORITY_GROUPS => put_groups(cx, &data),
        FLOW_CONTROL => put_flow_control(cx, &data),
        _ => put_applications(cx, data),
    }
}

/// Two capital hexadecimal digits.
fn put_hex_caps(cx: &mut Context, octet: u8) {
    if let Ok(digits) = std::str::from_utf8(&hex_octet(octet)) {
        Caps(digits).put(&mut cx.out);
    }
}

fn put_groups(cx: &mut Context, data: &Cursor) -> Outcome {
    put!(cx, "\n\t      Priority Allocation");
    let groups = data.be32_at(0)?;
    for index in 0..8u32 {
        put!(cx, "\n\t          PgId_", index, ": ", groups >> (28 - 4 * index) & 0x0f);
    }
    put!(cx, "\n\t      Priority Group Allocation");
    for (index, percentage) in data.bytes_at(4, 8)?.iter().enumerate() {
        put!(cx, "\n\t          Pg percentage[", index, "]: ", *percentage);
    }
    put!(cx, "\n\t      NumTCsSupported: ", data.u8_at(12)?);
    Ok(())
}

fn put_flow_control(cx: &mut Context, data: &Cursor) -> Outcome {
    let bits = data.u8_at(0)?;
    put!(cx, "\n\t      PFC Config (0x");
    put_hex_caps(cx, bits);
    put!(cx, ")");
    for index in 0..8u32 {
        let state = if bits >> index & 1 != 0 { "Enabled" } else { "Disabled" };
        put!(cx, "\n\t          Priority Bit ", index, ": ", state);
    }
    put!(cx, "\n\t      NumTCPFCSupported: ", data.u8_at(1)?);
    Ok(())
}

fn put_applications(cx: &mut Context, mut table: Cursor) -> Outcome {
    while table.length() >= APPLICATION_LENGTH {
        let (protocol, entry, priorities) = (table.be16()?, table.be24()?, table.u8()?);
        let selector = entry >> 22;
        put!(cx, "\n\t      Application Value\n\t          Application Protocol ID: 0x", Hex0(protocol, 4));
        let kind = if selector != 0 { "Socket Number" } else { "L2 EtherType" };
        put!(cx, "\n\t          SF (0x", Hex(selector), ") Application Protocol ID is ", kind);
        put!(cx, "\n\t          OUI: 0x", Hex0(entry & 0x003f_ffff, 6));
        put!(cx, "\n\t          User Priority Map: 0x", Hex0(priorities, 2));
    }
    Ok(())
}
