//! Elements of ASN.1 as text.

use super::asn1::{CONTEXT, Element, MORE, Value};
use super::mib::Place;
use crate::dissect::context::Context;
use crate::dissect::put::Hex0;
use crate::put;

const IPV4_LENGTH: u32 = 4;

/// Prints an element.
pub(super) fn print(cx: &mut Context, element: &Element) {
    let octets = element.contents.captured();
    match element.value {
        Value::Null => (),
        Value::Octets => put_octets(cx, octets),
        Value::ObjectId => put_object_id(cx, octets),
        Value::Integer(number) => put!(cx, number),
        Value::Unsigned(number) => put!(cx, number),
        Value::Unsigned64(number) => put!(cx, number),
        Value::String => put_string(cx, octets),
        Value::Sequence => put!(cx, "Seq(", element.contents.length(), ")"),
        Value::IpAddress => put_ip_address(cx, octets),
        Value::Pdu(number) => {
            put!(cx, CONTEXT.get(usize::from(number)).copied().unwrap_or_default());
            put!(cx, "(", element.contents.length(), ")");
        }
        Value::Exception(name) => put!(cx, "[", name, "]"),
        Value::Unknown => put!(cx, "[BE_ANY!?]"),
    }
}

/// Octets in hexadecimal, `_` in front of each.
pub(super) fn put_octets(cx: &mut Context, octets: &[u8]) {
    for octet in octets {
        put!(cx, "_", Hex0(*octet, 2));
    }
}

/// A string in quotes, or in hexadecimal if any of it is not printable.
pub(super) fn put_string(cx: &mut Context, octets: &[u8]) {
    if octets.iter().all(|octet| matches!(octet, b' '..=b'~')) {
        put!(cx, "\"");
        cx.escaped(octets);
        put!(cx, "\"");
        return;
    }
    let mut separator = "";
    for octet in octets {
        put!(cx, separator, Hex0(*octet, 2));
        separator = "_";
    }
}

fn put_ip_address(cx: &mut Context, octets: &[u8]) {
    if octets.len() != IPV4_LENGTH as usize {
        put!(cx, "[inetaddr len!=", IPV4_LENGTH, "]");
    }
    let mut separator = "";
    for octet in octets {
        put!(cx, separator, *octet);
        separator = ".";
    }
}

/// Branches whose path is abbreviated: the encoded path, its numbers, and what stands for them.
const ABBREVIATIONS: [(&[u8], &[u32], &str); 4] = [
    (&[43, 6, 1, 2, 1], &[1, 3, 6, 1, 2, 1], ""),
    (&[43, 6, 1, 4, 1], &[1, 3, 6, 1, 4, 1], "E:"),
    (&[43, 6, 1, 3], &[1, 3, 6, 1, 3], "X:"),
    (&[43, 6, 1, 6, 3], &[1, 3, 6, 1, 6, 3], "S:"),
];

/// An object identifier (X.690 section 8.19), by names as far as there are any.
fn put_object_id(cx: &mut Context, octets: &[u8]) {
    let named = !cx.names.is_numeric();
    let mut place = named.then(Place::default);
    let mut separator = ".";
    let mut rest = octets;
    let mut at_start = true;
    let abbreviation = ABBREVIATIONS.iter().find(|(encoded, ..)| octets.len() > 2 && octets.starts_with(encoded));
    if let Some((encoded, path, prefix)) = abbreviation.filter(|_| named) {
        put!(cx, prefix);
        place = Place::of(path);
        separator = "";
        rest = octets.get(encoded.len()..).unwrap_or_default();
        at_start = false;
    }
    let mut number: u32 = 0;
    for octet in rest {
        number = (number << 7).wrapping_add(u32::from(octet & !MORE));
        if octet & MORE != 0 {
            continue;
        }
        if at_start {
            // The first number holds two: the first times 40, and the second.
            let first = (number / 40).min(2);
            put_arc(cx, &mut place, separator, first);
            number -= first * 40;
            at_start = false;
        }
        put_arc(cx, &mut place, separator, number);
        separator = ".";
        number = 0;
    }
}

fn put_arc(cx: &mut Context, place: &mut Option<Place>, separator: &str, number: u32) {
    match place.and_then(|place| place.child(number)) {
        Some((name, child)) => {
            put!(cx, separator, name);
            *place = Some(child);
        }
        None => {
            put!(cx, separator, number);
            *place = None;
        }
    }
}
