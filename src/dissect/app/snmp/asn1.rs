//! ASN.1's Basic Encoding Rules (X.690), as far as SNMP needs them (RFC 3417 section 8): from octets to
//! elements.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const IDENTIFIER_MASK: u8 = 0x1f;
const CONSTRUCTED: u8 = 0x20;
/// The identifier is in the octets that follow.
const IDENTIFIER_EXTENDED: u8 = 0x1f;
/// More octets follow, in an identifier or a length.
pub(super) const MORE: u8 = 0x80;

/// The names of each class's identifiers.
const UNIVERSAL: [&str; 18] = [
    "U-0",
    "Boolean",
    "Integer",
    "Bitstring",
    "String",
    "Null",
    "ObjID",
    "ObjectDes",
    "U-8",
    "U-9",
    "U-10",
    "U-11",
    "U-12",
    "U-13",
    "U-14",
    "U-15",
    "Sequence",
    "Set",
];
const APPLICATION: [&str; 7] = ["IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"];
pub(super) const CONTEXT: [&str; 9] =
    ["GetRequest", "GetNextRequest", "GetResponse", "SetRequest", "Trap", "GetBulk", "Inform", "V2Trap", "Report"];
const PRIVATE: [&str; 1] = ["P-0"];
const EXCEPTIONS: [&str; 3] = ["noSuchObject", "noSuchInstance", "endOfMibView"];

#[derive(Clone, Copy)]
enum Class {
    Universal,
    Application,
    Context,
    Private,
}

impl Class {
    fn of(tag: u8) -> Self {
        match tag >> 6 {
            0 => Class::Universal,
            1 => Class::Application,
            2 => Class::Context,
            _ => Class::Private,
        }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Class::Universal => &UNIVERSAL,
            Class::Application => &APPLICATION,
            Class::Context => &CONTEXT,
            Class::Private => &PRIVATE,
        }
    }
}

/// What an element holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Octets,
    ObjectId,
    Integer(i32),
    Unsigned(u32),
    Unsigned64(u64),
    String,
    Sequence,
    IpAddress,
    /// A protocol data unit and its number.
    Pdu(u8),
    Exception(&'static str),
    Unknown,
}

/// An element: its value and its contents' octets, which are all captured.
#[derive(Clone, Copy)]
pub(super) struct Element<'p> {
    pub value: Value,
    pub contents: Cursor<'p>,
}

/// What stands in front of an element's contents.
struct Header {
    class: Class,
    constructed: bool,
    identifier: u8,
    name: &'static str,
}

/// Takes an element from the front; says what is wrong if there is none.
pub(super) fn parse<'p>(cx: &mut Context, rest: &mut Cursor<'p>) -> Outcome<Option<Element<'p>>> {
    if rest.length() == 0 {
        put!(cx, "[nothing to parse]");
        return Ok(None);
    }
    let tag = rest.u8()?;
    let Some(identifier) = parse_identifier(cx, tag, rest)? else { return Ok(None) };
    let Some(length) = parse_length(cx, rest)? else { return Ok(None) };
    let class = Class::of(tag);
    let constructed = tag & CONSTRUCTED != 0;
    let Some(name) = class.names().get(usize::from(identifier)) else {
        put!(cx, "[id?", if constructed { "C" } else { "P" }, "/x/", identifier, "]");
        return Ok(None);
    };
    rest.need(length as usize)?;
    let contents = rest.limit(length);
    *rest = rest.skip(length as usize);
    let value = value(cx, &Header { class, constructed, identifier, name }, contents);
    Ok(value.map(|value| Element { value, contents }))
}

/// X.690 section 8.1.2.4; an identifier of more than 8 bits loses the upper ones.
fn parse_identifier(cx: &mut Context, tag: u8, rest: &mut Cursor) -> Outcome<Option<u8>> {
    if tag & IDENTIFIER_MASK != IDENTIFIER_EXTENDED {
        return Ok(Some(tag & IDENTIFIER_MASK));
    }
    let mut identifier: u8 = 0;
    loop {
        let octet = rest.u8_at(0)?;
        if rest.length() == 0 {
            put!(cx, "[Xtagfield?]");
            return Ok(None);
        }
        *rest = rest.skip(1);
        identifier = identifier << 7 | octet & !MORE;
        if octet & MORE == 0 {
            return Ok(Some(identifier));
        }
    }
}

/// X.690 section 8.1.3.
fn parse_length(cx: &mut Context, rest: &mut Cursor) -> Outcome<Option<u32>> {
    if rest.length() == 0 {
        put!(cx, "[no asnlen]");
        return Ok(None);
    }
    let first = rest.u8()?;
    let mut length = u32::from(first);
    if first & MORE != 0 {
        let octets = u32::from(first & !MORE);
        if rest.length() < octets {
            put!(cx, "[asnlen? ", rest.length(), "<", octets, "]");
            return Ok(None);
        }
        length = 0;
        for _ in 0..octets {
            length = length << 8 | u32::from(rest.u8()?);
        }
    }
    if rest.length() < length {
        put!(cx, "[len", rest.length(), "<asnlen", length, "]");
        return Ok(None);
    }
    Ok(Some(length))
}

/// The value; what SNMP does not use is named on the spot and kept as octets.
fn value(cx: &mut Context, header: &Header, contents: Cursor) -> Option<Value> {
    let octets = contents.captured();
    Some(match (header.constructed, header.class, header.identifier) {
        (false, Class::Universal, 2) => match octets.first() {
            Some(first) => {
                let sign = if first & 0x80 != 0 { -1 } else { 0 };
                Value::Integer(octets.iter().fold(sign, |value, octet| value << 8 | i32::from(*octet)))
            }
            None => {
                put!(cx, "[asnlen=0]");
                return None;
            }
        },
        (false, Class::Universal, 4) => Value::String,
        (false, Class::Universal, 5) => Value::Null,
        (false, Class::Universal, 6) => Value::ObjectId,
        (false, Class::Application, 0) => Value::IpAddress,
        (false, Class::Application, 1..=3) => {
            Value::Unsigned(octets.iter().fold(0, |value, octet| value << 8 | u32::from(*octet)))
        }
        (false, Class::Application, 6) => {
            Value::Unsigned64(octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet)))
        }
        (false, Class::Context, identifier) => match EXCEPTIONS.get(usize::from(identifier)) {
            Some(name) => Value::Exception(name),
            None => Value::Unknown,
        },
        (true, Class::Universal, 16) => Value::Sequence,
        (true, Class::Context, identifier) => Value::Pdu(identifier),
        (constructed, class, _) => {
            put_unexpected(cx, constructed, class, header.name);
            Value::Octets
        }
    })
}

fn put_unexpected(cx: &mut Context, constructed: bool, class: Class, name: &str) {
    let class = match class {
        Class::Universal => "U/",
        Class::Application if !constructed => "A/",
        _ => "x/",
    };
    if constructed {
        put!(cx, "C/", class, name);
    } else {
        put!(cx, "[P/", class, name, "]");
    }
}
