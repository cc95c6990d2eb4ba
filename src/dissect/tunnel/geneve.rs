//! Geneve, Generic Network Virtualization Encapsulation (RFC 8926 section 3).

use super::{geneve_options, print_frame, put_separator};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::link::ethertype;
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const HEADER_LENGTH: u32 = 8;
/// Low bits of the first octet: words of options.
const OPTIONS_MASK: u8 = 0x3f;
const FLAGS: &[Name] =
    &[(0x80, "O"), (0x40, "C"), (0x20, "R1"), (0x10, "R2"), (0x08, "R3"), (0x04, "R4"), (0x02, "R5"), (0x01, "R6")];
const ETHERNET: u16 = 0x6558;

/// Prints a packet and what it carries.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "geneve";
    put!(cx, "Geneve");
    let length = packet.length();
    if length < HEADER_LENGTH {
        return cx.invalid_because("len", length, "<", HEADER_LENGTH);
    }
    let first = packet.u8_at(0)?;
    let version = first >> 6;
    if version != 0 {
        put!(cx, " ERROR: unknown-version ", version);
        return cx.invalid();
    }
    let protocol = put_header(cx, &packet)?;
    let data = packet.skip(HEADER_LENGTH as usize);
    let options_length = u32::from(first & OPTIONS_MASK) * 4;
    if data.length() < options_length {
        put!(cx, " (opts_len ", options_length, " > ", data.length());
        return cx.invalid();
    }
    if options_length > 0 && !put_options(cx, data.with_length(options_length))? {
        return cx.invalid();
    }
    put_separator(cx, "\n\t");
    payload(cx, protocol, data.skip(options_length as usize))
}

/// The fields of fixed length; the result is the type of the payload.
fn put_header(cx: &mut Context, packet: &Cursor) -> Outcome<u16> {
    let (flags, protocol) = (packet.u8_at(1)?, packet.be16_at(2)?);
    let (network, reserved) = (packet.be24_at(4)?, packet.u8_at(7)?);
    put!(cx, ", Flags [");
    put_bits(&mut cx.out, FLAGS, flags.into(), "", "none");
    put!(cx, "], vni 0x", Hex(network));
    if reserved != 0 {
        put!(cx, ", rsvd 0x", Hex(reserved));
    }
    if cx.style.link_header {
        let name = lookup(ethertype::NAMES, protocol).unwrap_or("unknown");
        put!(cx, ", proto ", name, " (0x", Hex0(protocol, 4), ")");
    }
    Ok(protocol)
}

/// The options, or only how many octets they are; `false` when they contradict themselves.
fn put_options(cx: &mut Context, options: Cursor) -> Outcome<bool> {
    put!(cx, ", options [");
    if cx.style.verbose > 0 {
        if !geneve_options::print(cx, options)? {
            return Ok(false);
        }
    } else {
        options.need(options.length() as usize)?;
        put!(cx, options.length(), " bytes");
    }
    put!(cx, "]");
    Ok(true)
}

fn payload(cx: &mut Context, protocol: u16, data: Cursor) -> Outcome {
    if ethertype::print(cx, protocol, data, None)? {
        return Ok(());
    }
    if protocol == ETHERNET {
        return print_frame(cx, data);
    }
    put!(cx, "geneve-proto-0x", Hex(protocol));
    data.need(data.length() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn an_option_longer_than_the_options_is_invalid() {
        let bytes = [1, 0x40, 0xff, 0, 0, 0, 9, 0, 1, 2, 0x81, 1];
        assert_eq!(
            text(1, &bytes),
            "Geneve, Flags [C], vni 0x9, options [class Open Virtual Networking (OVN) (0x102) \
             type 0x81(C) len 8 [bad length] (invalid)"
        );
    }

    #[test]
    fn options_are_counted_without_v_and_shown_word_by_word_at_vv() {
        let bytes = [2, 0, 0xff, 0, 0, 0, 9, 0, 0xff, 0xff, 1, 1, 1, 2, 3, 4];
        assert_eq!(text(0, &bytes), "Geneve, Flags [none], vni 0x9, options [8 bytes]: geneve-proto-0xff00");
        let expected = "Geneve, Flags [none], vni 0x9, options [class Experimental (0xffff) type 0x1 len 8 \
                        data 01020304]\n\tgeneve-proto-0xff00";
        assert_eq!(text(2, &bytes), expected);
    }
}
