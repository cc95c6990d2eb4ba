//! The signed path of BGPsec (RFC 8205 section 3).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex0;
use crate::put;

const FLAGS: &[Name] = &[
    (0x01, "MBZ-0"),
    (0x02, "MBZ-1"),
    (0x04, "MBZ-2"),
    (0x08, "MBZ-3"),
    (0x10, "MBZ-4"),
    (0x20, "MBZ-5"),
    (0x40, "MBZ-6"),
    (0x80, "C"),
];

const PATH_LENGTH_MIN: u32 = 8;
const SEGMENT_LENGTH: u32 = 6;
const BLOCK_HEADER_LENGTH: u32 = 3;
/// Octets of a subject key identifier.
const KEY_LENGTH: u32 = 20;

const INDENT: &str = "\n\t          ";

/// Prints the path and its signatures; says whether they are valid in form.
pub fn print(cx: &mut Context, attribute: &Cursor) -> Outcome<bool> {
    let length = u32::from(attribute.be16_at(0)?);
    if length < PATH_LENGTH_MIN {
        return invalid(cx, "secure path length", length, PATH_LENGTH_MIN);
    }
    put!(cx, "\n\t    Secure Path Length: ", length);
    let segments_length = length - 2;
    if !segments_length.is_multiple_of(SEGMENT_LENGTH) {
        put!(cx, " [total segments length ", segments_length, " != N x 6]");
        return cx.invalid().map(|()| false);
    }
    let mut segments = attribute.skip(2).with_length(segments_length);
    while segments.length() > 0 {
        put_segment(cx, &mut segments)?;
    }
    // What the path's length claims was captured, or the segments would not have been read.
    print_signatures(cx, attribute.skip(length as usize))
}

fn put_segment(cx: &mut Context, segments: &mut Cursor) -> Outcome {
    let (count, flags, system) = (segments.u8()?, segments.u8()?, segments.be32()?);
    put!(cx, "\n\t      Secure Path Segment: pCount: ", count, ", Flags: [");
    put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
    put!(cx, "] (0x", Hex0(flags, 2), "), AS: ", system);
    Ok(())
}

/// A signature block: signatures, each with the identifier of its key.
fn print_signatures(cx: &mut Context, block: Cursor) -> Outcome<bool> {
    let length = u32::from(block.be16_at(0)?);
    put!(cx, "\n\t    Signature Block: Length: ", length, ", Algo ID: ", block.u8_at(2)?);
    if length < BLOCK_HEADER_LENGTH {
        return invalid(cx, "length", length, BLOCK_HEADER_LENGTH);
    }
    let mut rest = block.skip(BLOCK_HEADER_LENGTH as usize).with_length(length - BLOCK_HEADER_LENGTH);
    while rest.length() > 0 {
        put!(cx, "\n\t      Signature Segment:\n\t        SKI: ");
        if rest.length() < KEY_LENGTH {
            return invalid(cx, "remaining length", rest.length(), KEY_LENGTH);
        }
        put_octets(cx, &mut rest, KEY_LENGTH)?;
        if rest.length() < 2 {
            return invalid(cx, "remaining length", rest.length(), 2);
        }
        let signature_length = u32::from(rest.be16()?);
        put!(cx, "\n\t        Length: ", signature_length);
        if rest.length() < signature_length {
            return invalid(cx, "remaining length", rest.length(), signature_length);
        }
        put!(cx, "\n\t        Signature:");
        put_octets(cx, &mut rest, signature_length)?;
    }
    Ok(true)
}

fn invalid(cx: &mut Context, field: &str, value: u32, bound: u32) -> Outcome<bool> {
    cx.invalid_because(field, value, "<", bound).map(|()| false)
}

/// Prints octets and steps over them.
fn put_octets(cx: &mut Context, rest: &mut Cursor, length: u32) -> Outcome {
    put_hex_lines(cx, INDENT, rest, length);
    rest.bytes(length as usize).map(drop)
}
