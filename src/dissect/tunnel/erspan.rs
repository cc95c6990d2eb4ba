//! Encapsulated Remote Switched Port Analyzer, types I, II and III (draft-foschiano-erspan-03).

use super::{falls_short, print_frame};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const VERSION_TYPE_2: u32 = 1;
const VERSION_TYPE_3: u32 = 2;

/// How the mirrored frame was tagged (type II).
const ENCAPSULATION_ISL: u32 = 1;
const ENCAPSULATION_802_1Q: u32 = 2;
const ENCAPSULATION_IN_PAYLOAD: u32 = 3;

/// Whether the mirrored frame was bad, short or oversized (type III).
const FRAME_CONDITIONS: &[Name] = &[(0, "Good/unknown"), (3, "Bad"), (1, "Short"), (2, "Oversized")];

const FRAME_ETHERNET: u32 = 0;
const FRAME_TYPES: &[Name] = &[(FRAME_ETHERNET, "Ethernet"), (2, "IP")];

/// The header's first word, which types II and III share but for the meaning of bits 11 and 12.
struct Header(u32);

impl Header {
    fn version(&self) -> u32 {
        self.0 >> 28
    }
    fn vlan(&self) -> u32 {
        self.0 >> 16 & 0xfff
    }
    fn class_of_service(&self) -> u32 {
        self.0 >> 13 & 7
    }
    /// Type II: the encapsulation; type III: the frame's condition.
    fn condition(&self) -> u32 {
        self.0 >> 11 & 3
    }
    fn is_truncated(&self) -> bool {
        self.0 & 0x400 != 0
    }
    fn session(&self) -> u32 {
        self.0 & 0x3ff
    }
}

/// Prints a packet of type I, which is the mirrored frame as it was, or II, which GRE has numbered.
pub fn print_type_1_or_2(cx: &mut Context, mut data: Cursor, numbered: bool) -> Outcome {
    cx.protocol = "erspan";
    put!(cx, "erspan");
    if !numbered {
        put!(cx, " type1: ");
        return print_frame(cx, data);
    }
    let Some(header) = start_header(cx, &mut data, VERSION_TYPE_2, " type2")? else { return Ok(()) };
    match header.condition() {
        ENCAPSULATION_ISL => put!(cx, " isl ", header.vlan()),
        ENCAPSULATION_802_1Q => put!(cx, " vlan ", header.vlan()),
        ENCAPSULATION_IN_PAYLOAD => put!(cx, " vlan payload"),
        _ => (),
    }
    put_class(cx, &header);
    if falls_short(cx, &data, 4)? {
        return Ok(());
    }
    let index = data.be32()? & 0xf_ffff;
    if cx.style.verbose > 0 {
        put!(cx, " index ", index);
    }
    put!(cx, ": ");
    print_frame(cx, data)
}

/// Prints a packet of type III.
pub fn print_type_3(cx: &mut Context, mut data: Cursor) -> Outcome {
    cx.protocol = "erspan";
    put!(cx, "erspan");
    let Some(header) = start_header(cx, &mut data, VERSION_TYPE_3, " type3")? else { return Ok(()) };
    put!(cx, " bso ", lookup(FRAME_CONDITIONS, header.condition()).unwrap_or_default());
    put_class(cx, &header);
    // The time stamp and the security group tag.
    for width in [4, 2] {
        if falls_short(cx, &data, width)? {
            return Ok(());
        }
        data.bytes(width as usize)?;
    }
    if falls_short(cx, &data, 2)? {
        return Ok(());
    }
    let fields = u32::from(data.be16()?);
    let frame_type = fields >> 10 & 0x1f;
    match lookup(FRAME_TYPES, frame_type) {
        Some(name) => put!(cx, " ft ", name),
        None => put!(cx, " ft unknown ", Hex(frame_type)),
    }
    let has_platform_fields = fields & 1 != 0;
    if has_platform_fields {
        if falls_short(cx, &data, 8)? {
            return Ok(());
        }
        data.bytes(8)?;
    }
    put!(cx, ": ");
    if frame_type == FRAME_ETHERNET {
        return print_frame(cx, data);
    }
    put!(cx, "Frame type unknown");
    Ok(())
}

/// The first word up to the session, if it is of this version; says what it is if not.
fn start_header(cx: &mut Context, data: &mut Cursor, version: u32, name: &str) -> Outcome<Option<Header>> {
    if falls_short(cx, data, 4)? {
        return Ok(None);
    }
    let header = Header(data.be32()?);
    if header.version() != version {
        put!(cx, " erspan-unknown-version-", Hex(header.version()));
        return Ok(None);
    }
    if cx.style.verbose > 0 {
        put!(cx, name);
    }
    put!(cx, " session ", header.session());
    Ok(Some(header))
}

fn put_class(cx: &mut Context, header: &Header) {
    if cx.style.verbose > 0 {
        put!(cx, " cos ", header.class_of_service());
        if header.is_truncated() {
            put!(cx, " truncated");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_version_of_another_type_is_named() {
        let mut cx = Context::new(Style::default(), Names::numeric());
        let outcome = print_type_3(&mut cx, Cursor::new(&[0x10, 0, 0, 1, 0, 0, 0, 0], 8));
        assert_eq!((outcome, &cx.out[..]), (Ok(()), &b"erspan erspan-unknown-version-1"[..]));
    }

    #[test]
    fn the_header_is_checked_against_the_length_that_gre_leaves() {
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        let outcome = print_type_1_or_2(&mut cx, Cursor::new(&[0x10, 5, 0x34, 2, 0, 0], 6), true);
        let expected = "erspan type2 session 2 vlan 5 cos 1 truncated [len 2 < 4] (invalid)";
        assert_eq!((outcome, &cx.out[..]), (Ok(()), expected.as_bytes()));
    }
}
