//! Simple Network Management Protocol: versions 1 (RFC 1157), 2c (RFC 1901) and 3 (RFC 3412).

mod asn1;
mod asn1_text;
mod mib;
mod pdu;
mod version_3;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;
use asn1::{Element, Value};

/// The community that is not worth mentioning.
const COMMUNITY_DEFAULT: &[u8] = b"public";

/// Versions that print; there was a 2u between the second and the third.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    One,
    Two,
    Three,
}

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "snmp";
    put!(cx, " ");
    let mut rest = message;
    let Some(sequence) = take(cx, &mut rest, Kind::Sequence, "[!init SEQ]")? else { return Ok(()) };
    put_extra(cx, &rest, "iSEQ");
    let mut rest = sequence.contents;
    let Some(number) = take_integer(cx, &mut rest, "[version!=INT]")? else { return Ok(()) };
    let (version, name) = match number {
        0 => (Version::One, "{ SNMPv1 "),
        1 => (Version::Two, "{ SNMPv2c "),
        3 => (Version::Three, "{ SNMPv3 "),
        _ => {
            put!(cx, "SNMP [version = ", number, "]");
            return Ok(());
        }
    };
    put_bracket(cx, name);
    match version {
        Version::Three => version_3::print(cx, rest)?,
        _ => print_community(cx, rest, version)?,
    }
    put_bracket(cx, "} ");
    Ok(())
}

/// The community and the PDU of versions 1 and 2c.
fn print_community(cx: &mut Context, mut rest: Cursor, version: Version) -> Outcome {
    let Some(community) = take(cx, &mut rest, Kind::String, "[comm!=STR]")? else { return Ok(()) };
    let community = community.contents.captured();
    if community != COMMUNITY_DEFAULT {
        put!(cx, "C=");
        asn1_text::put_string(cx, community);
        put!(cx, " ");
    }
    pdu::print(cx, rest, version)
}

/// A brace that shows the message's structure at `-v`.
fn put_bracket(cx: &mut Context, bracket: &str) {
    if cx.style.verbose > 0 {
        put!(cx, bracket);
    }
}

/// Says how many octets are left where there should be none.
fn put_extra(cx: &mut Context, rest: &Cursor, after: &str) {
    if rest.length() > 0 {
        put!(cx, "[", rest.length(), " extra after ", after, "]");
    }
}

/// Which element has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sequence,
    String,
    ObjectId,
    IpAddress,
    Unsigned,
    Integer,
}

impl Kind {
    fn fits(self, value: Value) -> bool {
        match self {
            Kind::Sequence => value == Value::Sequence,
            Kind::String => value == Value::String,
            Kind::ObjectId => value == Value::ObjectId,
            Kind::IpAddress => value == Value::IpAddress,
            Kind::Unsigned => matches!(value, Value::Unsigned(_)),
            Kind::Integer => matches!(value, Value::Integer(_)),
        }
    }
}

/// Takes an element of this kind; prints the complaint and the element if it is of another.
fn take<'p>(cx: &mut Context, rest: &mut Cursor<'p>, kind: Kind, complaint: &str) -> Outcome<Option<Element<'p>>> {
    let Some(element) = asn1::parse(cx, rest)? else { return Ok(None) };
    if kind.fits(element.value) {
        return Ok(Some(element));
    }
    put!(cx, complaint);
    asn1_text::print(cx, &element);
    Ok(None)
}

/// Takes an integer, as [`take`] does.
fn take_integer(cx: &mut Context, rest: &mut Cursor, complaint: &str) -> Outcome<Option<i32>> {
    Ok(take(cx, rest, Kind::Integer, complaint)?.and_then(|element| match element.value {
        Value::Integer(number) => Some(number),
        _ => None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(names: Names, verbose: u8, bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, names);
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    const GET_DESCRIPTION: &[u8] = &[
        0x30, 0x26, 2, 1, 0, 4, 6, b'p', b'u', b'b', b'l', b'i', b'c', 0xa0, 0x19, 2, 1, 38, 2, 1, 0, 2, 1, 0, 0x30,
        0x0e, 0x30, 0x0c, 6, 8, 43, 6, 1, 2, 1, 1, 2, 0, 5, 0,
    ];

    #[test]
    fn object_identifiers_are_named_unless_numbers_are_asked_for() {
        assert_eq!(text(Names::numeric(), 0, GET_DESCRIPTION), " GetRequest(25)  .1.3.6.1.2.1.1.2.0");
        let expected = " { SNMPv1 { GetRequest(25) R=38  system.sysObjectID.0 } } ";
        assert_eq!(text(Names::system(false, std::time::Duration::ZERO), 1, GET_DESCRIPTION), expected);
    }

    #[test]
    fn lengths_that_contradict_each_other_are_said() {
        assert_eq!(text(Names::numeric(), 0, &[0x30, 5, 2, 1]), " [len2<asnlen5]");
        assert_eq!(text(Names::numeric(), 0, &[0x30, 0x84, 0]), " [asnlen? 1<4]");
        assert_eq!(text(Names::numeric(), 0, &[0x30, 3, 2, 1, 9]), " SNMP [version = 9]");
        assert_eq!(text(Names::numeric(), 0, &[2, 2, 0xff, 0xfe, 7]), " [!init SEQ]-2");
        assert_eq!(text(Names::numeric(), 0, &[]), " [nothing to parse]");
    }
}
