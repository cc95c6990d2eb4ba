//! Attribute-value pairs of L2TP control messages (RFC 2661 section 4.1, RFC 3145).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

const HEADER_LENGTH: u32 = 6;
const LENGTH_MASK: u16 = 0x03ff;
const MANDATORY: u16 = 0x8000;
const HIDDEN: u16 = 0x4000;

const MESSAGE_TYPES: &[Name] = &[
    (1, "SCCRQ"),
    (2, "SCCRP"),
    (3, "SCCCN"),
    (4, "StopCCN"),
    (6, "HELLO"),
    (7, "OCRQ"),
    (8, "OCRP"),
    (9, "OCCN"),
    (10, "ICRQ"),
    (11, "ICRP"),
    (12, "ICCN"),
    (14, "CDN"),
    (15, "WEN"),
    (16, "SLI"),
];
const AUTHENTICATION_TYPES: &[Name] =
    &[(0, "Reserved"), (1, "Textual"), (2, "CHAP"), (3, "PAP"), (4, "No Auth"), (5, "MS-CHAPv1")];
const FRAMING: &[Name] = &[(2, "A"), (1, "S")];
const BEARERS: &[Name] = &[(2, "A"), (1, "D")];
const DIRECTIONS: &[Name] = &[(0, "global error"), (1, "at peer"), (2, "at local")];
const CALL_ERRORS: &[&str] = &["CRCErr=", "FrameErr=", "HardOver=", "BufOver=", "Timeout=", "AlignErr="];
const CONTROL_CHARACTER_MAPS: &[&str] = &["send=", "recv="];

/// How an attribute's value is printed.
enum Value {
    None,
    Obsolete,
    Number16,
    /// The low octet of 16 bits.
    Identifier,
    Number32,
    Version,
    Text,
    Octets,
    OctetsOf(usize),
    Bits(&'static [Name]),
    Named(&'static [Name], &'static str),
    ResultCode,
    CauseCode,
    CallErrors,
    ControlCharacterMaps,
    DisconnectCause,
}

/// The attributes by number, up to the last of RFC 2661.
static ATTRIBUTES: [(&str, Value); 40] = [
    ("MSGTYPE", Value::Named(MESSAGE_TYPES, "MSGTYPE-#")),
    ("RESULT_CODE", Value::ResultCode),
    ("PROTO_VER", Value::Version),
    ("FRAMING_CAP", Value::Bits(FRAMING)),
    ("BEARER_CAP", Value::Bits(BEARERS)),
    ("TIE_BREAKER", Value::OctetsOf(8)),
    ("FIRM_VER", Value::Number16),
    ("HOST_NAME", Value::Text),
    ("VENDOR_NAME", Value::Text),
    ("ASSND_TUN_ID", Value::Number16),
    ("RECV_WIN_SIZE", Value::Number16),
    ("CHALLENGE", Value::Octets),
    ("Q931_CC", Value::CauseCode),
    ("CHALLENGE_RESP", Value::OctetsOf(16)),
    ("ASSND_SESS_ID", Value::Number16),
    ("CALL_SER_NUM", Value::Number32),
    ("MINIMUM_BPS", Value::Number32),
    ("MAXIMUM_BPS", Value::Number32),
    ("BEARER_TYPE", Value::Bits(BEARERS)),
    ("FRAMING_TYPE", Value::Bits(FRAMING)),
    ("PACKET_PROC_DELAY", Value::Obsolete),
    ("CALLED_NUMBER", Value::Text),
    ("CALLING_NUMBER", Value::Text),
    ("SUB_ADDRESS", Value::Text),
    ("TX_CONN_SPEED", Value::Number32),
    ("PHY_CHANNEL_ID", Value::Number32),
    ("INI_RECV_LCP", Value::Octets),
    ("LAST_SENT_LCP", Value::Octets),
    ("LAST_RECV_LCP", Value::Octets),
    ("PROXY_AUTH_TYPE", Value::Named(AUTHENTICATION_TYPES, "AuthType-#")),
    ("PROXY_AUTH_NAME", Value::Text),
    ("PROXY_AUTH_CHAL", Value::Octets),
    ("PROXY_AUTH_ID", Value::Identifier),
    ("PROXY_AUTH_RESP", Value::Octets),
    ("CALL_ERRORS", Value::CallErrors),
    ("ACCM", Value::ControlCharacterMaps),
    ("RANDOM_VECTOR", Value::Octets),
    ("PRIVATE_GRP_ID", Value::Text),
    ("RX_CONN_SPEED", Value::Number32),
    ("SEQ_REQUIRED", Value::None),
];
const PPP_DISCONNECT_CAUSE: u16 = 46;
static DISCONNECT: (&str, Value) = ("PPP_DISCON_CC", Value::DisconnectCause);

/// Prints the first attribute; the result is its length, unless that is wrong.
pub(super) fn print(cx: &mut Context, attributes: Cursor) -> Outcome<Option<usize>> {
    put!(cx, " ");
    let flags = attributes.be16_at(0)?;
    let length = u32::from(flags & LENGTH_MASK);
    if length < HEADER_LENGTH {
        put!(cx, " [AVP length ", length, " < ", HEADER_LENGTH, "]");
        return Ok(None);
    }
    if length > attributes.length() {
        put!(cx, " (len > ", attributes.length(), ")");
        return Ok(None);
    }
    attributes.need(length as usize)?;
    put!(cx, if flags & MANDATORY != 0 { "*" } else { "" }, if flags & HIDDEN != 0 { "?" } else { "" });
    let (vendor, number) = (attributes.be16_at(2)?, attributes.be16_at(4)?);
    let value = attributes.limit(length).skip(HEADER_LENGTH as usize);
    if vendor != 0 {
        put!(cx, "VENDOR", Hex0(vendor, 4), ":ATTR", Hex0(number, 4), "(", HexBytes(value.captured()), ")");
        return Ok(Some(length as usize));
    }
    let known = if number == PPP_DISCONNECT_CAUSE { Some(&DISCONNECT) } else { ATTRIBUTES.get(usize::from(number)) };
    match known {
        Some((name, _)) => put!(cx, name, "("),
        None => put!(cx, "AVP-#", number, "("),
    }
    if flags & HIDDEN != 0 {
        put!(cx, "???");
    } else if let Some((_, kind)) = known {
        // All of the attribute was captured: a read that fails ran into its end.
        if put_value(cx, kind, value).is_err() {
            put!(cx, "AVP too short");
        }
    }
    put!(cx, ")");
    Ok(Some(length as usize))
}

fn put_value(cx: &mut Context, kind: &Value, value: Cursor) -> Outcome {
    match kind {
        Value::None => (),
        Value::Obsolete => put!(cx, "obsolete"),
        Value::Number16 => put!(cx, value.be16_at(0)?),
        Value::Identifier => put!(cx, value.be16_at(0)? & 0xff),
        Value::Number32 => put!(cx, value.be32_at(0)?),
        Value::Version => {
            value.need(2)?;
            put!(cx, value.u8_at(0)?, ".", value.u8_at(1)?);
        }
        Value::Text => cx.escaped(value.captured()),
        Value::Octets => put!(cx, HexBytes(value.captured())),
        Value::OctetsOf(count) => put!(cx, HexBytes(value.bytes_at(0, *count)?)),
        Value::Bits(names) => {
            let bits = value.be32_at(0)?;
            put_bits(&mut cx.out, names, bits, "", "");
        }
        Value::Named(names, unknown) => put_name(cx, names, unknown, value.be16_at(0)?),
        Value::ResultCode => return put_result_code(cx, value),
        Value::CauseCode => {
            value.need(3)?;
            put!(cx, value.be16_at(0)?, ", ", Hex0(value.u8_at(2)?, 2));
            put_message(cx, &value.skip(3));
        }
        Value::CallErrors => return put_counters(cx, value, CALL_ERRORS, |cx, count| put!(cx, count)),
        Value::ControlCharacterMaps => {
            return put_counters(cx, value, CONTROL_CHARACTER_MAPS, |cx, map| put!(cx, Hex0(map, 8)));
        }
        Value::DisconnectCause => {
            value.need(5)?;
            put!(cx, Hex0(value.be16_at(0)?, 4), ", ", Hex0(value.be16_at(2)?, 4), " ");
            put_name(cx, DIRECTIONS, "Direction-#", value.u8_at(4)?.into());
            put_message(cx, &value.skip(5));
        }
    }
    Ok(())
}

fn put_name(cx: &mut Context, names: &[Name], unknown: &str, value: u16) {
    match lookup(names, value) {
        Some(name) => put!(cx, name),
        None => put!(cx, unknown, value),
    }
}

/// A text for humans behind a code, if there is one.
fn put_message(cx: &mut Context, message: &Cursor) {
    if message.length() > 0 {
        put!(cx, " ");
        cx.escaped(message.captured());
    }
}

/// The result, an optional error and an optional text (RFC 2661 section 4.4.2).
fn put_result_code(cx: &mut Context, mut value: Cursor) -> Outcome {
    put!(cx, value.be16()?);
    if value.length() == 0 {
        return Ok(());
    }
    if value.length() == 1 {
        put!(cx, " ");
        return Err(Truncated);
    }
    put!(cx, "/", value.be16()?);
    put_message(cx, &value);
    Ok(())
}

/// Words with a label each, behind 16 reserved bits.
fn put_counters(cx: &mut Context, mut value: Cursor, labels: &[&str], show: fn(&mut Context, u32)) -> Outcome {
    value.be16()?;
    for label in labels {
        let word = value.be32()?;
        put!(cx, label);
        show(cx, word);
        put!(cx, " ");
    }
    Ok(())
}
