//! PPTP's control messages, field by field (RFC 2637 section 2).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

use Field::{
    BearerCapabilities, Code, FramingCapabilities, Mask, Number16, Number32, Reserved8, Reserved16, Text, TextAsLongAs,
    Type, Version,
};

/// A field of a message and how it is labelled; fields follow each other without gaps.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Number16(&'static str),
    Number32(&'static str),
    /// 32 bits in hexadecimal.
    Mask(&'static str),
    /// Major and minor number.
    Version(&'static str),
    FramingCapabilities,
    BearerCapabilities,
    /// 32 bits with a name for each value.
    Type(&'static str, &'static [Name]),
    /// 8 bits with a name for each value, shown at `-v`.
    Code(&'static str, &'static [Name]),
    /// Text in a field of so many octets, up to the first NUL.
    Text(&'static str, u16),
    /// Text in a field of 64 octets, whose length is in the message at this offset.
    TextAsLongAs(&'static str, usize),
    Reserved8,
    Reserved16,
}

const TEXT_WIDTH: u16 = 64;

const FRAMINGS: &[Name] = &[(1, "A"), (2, "S")];
const BEARERS: &[Name] = &[(2, "D"), (1, "A")];
const FRAMING_TYPE: Field = Type(" FRAME_TYPE(", &[(1, "A"), (2, "S"), (3, "E")]);
const BEARER_TYPE: Field = Type(" BEARER_TYPE(", &[(1, "A"), (2, "D"), (3, "Any")]);
const CALL_ID: Field = Number16(" CALL_ID(");
const PEER_CALL_ID: Field = Number16(" PEER_CALL_ID(");
const CALL_SERIAL_NUMBER: Field = Number16(" CALL_SER_NUM(");
const RECEIVE_WINDOW: Field = Number16(" RECV_WIN(");
const PROCESSING_DELAY: Field = Number16(" PROC_DELAY(");
const CAUSE_CODE: Field = Number16(" CAUSE_CODE(");
const CONNECT_SPEED: Field = Number32(" CONN_SPEED(");
const PHYSICAL_CHANNEL: Field = Number32(" PHY_CHAN_ID(");
const IDENTIFIER: Field = Number32(" ID(");
const SUB_ADDRESS: Field = Text(" SUB_ADDR(", TEXT_WIDTH);
const ERROR_CODE: Field = Code(
    " ERR_CODE(",
    &[
        (0, "None"),
        (1, "Not-Connected"),
        (2, "Bad-Format"),
        (3, "Bad-Value"),
        (4, "No-Resource"),
        (5, "Bad-Call-ID"),
        (6, "PAC-Error"),
    ],
);
const START_RESULTS: &[Name] = &[
    (1, "Successful channel establishment"),
    (2, "General error"),
    (3, "Command channel already exists"),
    (4, "Requester is not authorized to establish a command channel"),
    (5, "The protocol version of the requester is not supported"),
];
const ECHO_RESULTS: &[Name] = &[(1, "OK"), (2, "General Error")];
const OUTGOING_CALL_RESULTS: &[Name] = &[
    (1, "Connected"),
    (2, "General Error"),
    (3, "No Carrier"),
    (4, "Busy"),
    (5, "No Dial Tone"),
    (6, "Time-out"),
    (7, "Do Not Accept"),
];
const INCOMING_CALL_RESULTS: &[Name] = &[(1, "Connect"), (2, "General Error"), (3, "Do Not Accept")];
const DISCONNECT_RESULTS: &[Name] = &[(1, "Lost Carrier"), (2, "General Error"), (3, "Admin Shutdown"), (4, "Request")];
const STOP_REASONS: &[Name] = &[(1, "None"), (2, "Stop-Protocol"), (3, "Stop-Local-Shutdown")];

const fn result_code(names: &'static [Name]) -> Field {
    Code(" RESULT_CODE(", names)
}

/// Messages by type: their names and what they consist of behind the header.
static MESSAGES: [(&str, &[Field]); 16] = [
    ("NOT_DEFINED", &[]),
    (
        "SCCRQ",
        &[
            Version(" PROTO_VER("),
            Reserved16,
            FramingCapabilities,
            BearerCapabilities,
            Number16(" MAX_CHAN("),
            Number16(" FIRM_REV("),
            Text(" HOSTNAME(", TEXT_WIDTH),
            Text(" VENDOR(", TEXT_WIDTH),
        ],
    ),
    (
        "SCCRP",
        &[
            Version(" PROTO_VER("),
            result_code(START_RESULTS),
            ERROR_CODE,
            FramingCapabilities,
            BearerCapabilities,
            Number16(" MAX_CHAN("),
            Number16(" FIRM_REV("),
            Text(" HOSTNAME(", TEXT_WIDTH),
            Text(" VENDOR(", TEXT_WIDTH),
        ],
    ),
    ("StopCCRQ", &[Code(" REASON(", STOP_REASONS), Reserved8, Reserved16]),
    ("StopCCRP", &[result_code(ECHO_RESULTS), ERROR_CODE, Reserved16]),
    ("ECHORQ", &[IDENTIFIER]),
    ("ECHORP", &[IDENTIFIER, result_code(ECHO_RESULTS), ERROR_CODE, Reserved16]),
    (
        "OCRQ",
        &[
            CALL_ID,
            CALL_SERIAL_NUMBER,
            Number32(" MIN_BPS("),
            Number32(" MAX_BPS("),
            BEARER_TYPE,
            FRAMING_TYPE,
            RECEIVE_WINDOW,
            PROCESSING_DELAY,
            Number16(" PHONE_NO_LEN("),
            Reserved16,
            TextAsLongAs(" PHONE_NO(", 24),
            SUB_ADDRESS,
        ],
    ),
    (
        "OCRP",
        &[
            CALL_ID,
            PEER_CALL_ID,
            result_code(OUTGOING_CALL_RESULTS),
            ERROR_CODE,
            CAUSE_CODE,
            CONNECT_SPEED,
            RECEIVE_WINDOW,
            PROCESSING_DELAY,
            PHYSICAL_CHANNEL,
        ],
    ),
    (
        "ICRQ",
        &[
            CALL_ID,
            CALL_SERIAL_NUMBER,
            BEARER_TYPE,
            PHYSICAL_CHANNEL,
            Number16(" DIALED_NO_LEN("),
            Number16(" DIALING_NO_LEN("),
            TextAsLongAs(" DIALED_NO(", 12),
            TextAsLongAs(" DIALING_NO(", 14),
            SUB_ADDRESS,
        ],
    ),
    (
        "ICRP",
        &[
            CALL_ID,
            PEER_CALL_ID,
            result_code(INCOMING_CALL_RESULTS),
            ERROR_CODE,
            RECEIVE_WINDOW,
            PROCESSING_DELAY,
            Reserved16,
        ],
    ),
    ("ICCN", &[PEER_CALL_ID, Reserved16, CONNECT_SPEED, RECEIVE_WINDOW, PROCESSING_DELAY, FRAMING_TYPE]),
    ("CCRQ", &[CALL_ID, Reserved16]),
    ("CDN", &[CALL_ID, result_code(DISCONNECT_RESULTS), ERROR_CODE, CAUSE_CODE, Reserved16, Text(" CALL_STATS(", 128)]),
    (
        "WEN",
        &[
            PEER_CALL_ID,
            Reserved16,
            Number32(" CRC_ERR("),
            Number32(" FRAMING_ERR("),
            Number32(" HARDWARE_OVERRUN("),
            Number32(" BUFFER_OVERRUN("),
            Number32(" TIMEOUT_ERR("),
            Number32(" ALIGN_ERR("),
        ],
    ),
    ("SLI", &[PEER_CALL_ID, Reserved16, Mask(" SEND_ACCM(0x"), Mask(" RECV_ACCM(0x")]),
];

/// A message's name and fields.
pub(super) fn find(kind: u16) -> Option<&'static (&'static str, &'static [Field])> {
    MESSAGES.get(usize::from(kind))
}

/// Prints a message's fields.
pub(super) fn print(cx: &mut Context, fields: &[Field], message: Cursor) -> Outcome {
    let mut rest = message;
    for field in fields {
        print_field(cx, *field, &mut rest, &message)?;
    }
    Ok(())
}

fn print_field(cx: &mut Context, field: Field, rest: &mut Cursor, message: &Cursor) -> Outcome {
    match field {
        Number16(label) => put!(cx, label, rest.be16()?, ")"),
        Number32(label) => put!(cx, label, rest.be32()?, ")"),
        Mask(label) => put!(cx, label, Hex0(rest.be32()?, 8), ")"),
        Version(label) => {
            let [major, minor] = rest.be16()?.to_be_bytes();
            put!(cx, label, major, ".", minor, ")");
        }
        FramingCapabilities => {
            put!(cx, " FRAME_CAP(");
            put_bits(&mut cx.out, FRAMINGS, rest.be32()?, "", "");
            put!(cx, ")");
        }
        BearerCapabilities => {
            let bits = rest.be32()?;
            put!(cx, " BEARER_CAP(");
            put_bits(&mut cx.out, BEARERS, bits, "", "");
            put!(cx, ")");
        }
        Type(label, names) => put!(cx, label, lookup(names, rest.be32()?).unwrap_or("?"), ")"),
        Code(label, names) => {
            let code = rest.u8()?;
            put!(cx, label, code);
            if cx.style.verbose > 0 {
                put!(cx, ":", lookup(names, code).unwrap_or("?"));
            }
            put!(cx, ")");
        }
        Text(label, width) => return put_text(cx, label, width, width, rest),
        TextAsLongAs(label, at) => {
            let length = message.be16_at(at)?.min(TEXT_WIDTH);
            return put_text(cx, label, length, TEXT_WIDTH, rest);
        }
        Reserved8 => put_reserved(cx, rest.u8()?.into()),
        Reserved16 => put_reserved(cx, rest.be16()?),
    }
    Ok(())
}

/// At most `length` octets of a text, in a field of `width`.
fn put_text(cx: &mut Context, label: &str, length: u16, width: u16, rest: &mut Cursor) -> Outcome {
    put!(cx, label);
    let captured = rest.captured();
    let text = captured.get(..length.into()).unwrap_or(captured);
    match text.iter().position(|&octet| octet == 0) {
        Some(end) => cx.escaped(text.get(..end).unwrap_or_default()),
        None => {
            cx.escaped(text);
            rest.need(length.into())?;
        }
    }
    put!(cx, ")");
    *rest = rest.skip(width.into());
    Ok(())
}

/// Says so where a reserved field is not zero.
pub(super) fn put_reserved(cx: &mut Context, value: u16) {
    if value != 0 {
        put!(cx, " [ERROR: reserved=", value, " must be zero]");
    }
}
