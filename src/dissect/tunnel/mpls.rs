//! Multiprotocol Label Switching: the label stack (RFC 3032 section 2.1), also over UDP (RFC 7510).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::{ipv4, ipv6, osi};
use crate::dissect::nlpid;
use crate::dissect::payload::put_unknown;
use crate::put;

const ENTRY_LENGTH: u32 = 4;
/// Labels below this have a meaning of their own.
const RESERVED_LABELS: u32 = 16;
const IPV4_EXPLICIT_NULL: u32 = 0;
const IPV6_EXPLICIT_NULL: u32 = 2;
const IMPLICIT_NULL: u32 = 3;

fn reserved_label_name(label: u32) -> &'static str {
    match label {
        IPV4_EXPLICIT_NULL => "IPv4 explicit NULL",
        1 => "router alert",
        IPV6_EXPLICIT_NULL => "IPv6 explicit NULL",
        IMPLICIT_NULL => "implicit NULL",
        _ => "rsvd",
    }
}

/// Prints the label stack and the packet behind it.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "mpls";
    cx.protocol_caps();
    let mut rest = packet;
    let mut separator = " ";
    loop {
        if rest.length() < ENTRY_LENGTH {
            cx.invalid()?;
            return rest.need(rest.length() as usize);
        }
        let entry = rest.be32()?;
        put!(cx, separator);
        put_entry(cx, entry);
        if cx.style.verbose > 0 {
            separator = "\n\t";
        }
        let is_bottom = entry & 0x100 != 0;
        if is_bottom {
            return payload(cx, entry >> 12, rest);
        }
    }
}

fn put_entry(cx: &mut Context, entry: u32) {
    let label = entry >> 12;
    put!(cx, "(label ", label);
    if cx.style.verbose > 0 && label < RESERVED_LABELS {
        put!(cx, " (", reserved_label_name(label), ")");
    }
    put!(cx, ", tc ", entry >> 9 & 7);
    if entry & 0x100 != 0 {
        put!(cx, ", [S]");
    }
    put!(cx, ", ttl ", entry & 0xff, ")");
}

/// The labels rarely tell what they are in front of; its first octet has to. That of an IP header holds
/// the version and a length, and OSI protocols are numbered so that they cannot be taken for it.
fn payload(cx: &mut Context, label: u32, data: Cursor) -> Outcome {
    let first = match label {
        IPV4_EXPLICIT_NULL | IMPLICIT_NULL => 0x45,
        IPV6_EXPLICIT_NULL => 0x60,
        _ if data.length() == 0 => return Ok(()),
        _ => data.u8_at(0)?,
    };
    let print = match first {
        0x45..=0x4f => ipv4::print,
        0x60..=0x6f => ipv6::print,
        nlpid::CLNP..=nlpid::IS_IS => osi::print,
        _ => return put_unknown(cx, &data),
    };
    put!(cx, if cx.style.verbose > 0 { "\n\t" } else { " " });
    print(cx, data)
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
    fn a_stack_without_a_bottom_is_invalid() {
        assert_eq!(text(0, &[0, 1, 0x04, 9, 0]), "MPLS (label 16, tc 2, ttl 9) (invalid)");
    }

    #[test]
    fn reserved_labels_are_named_at_v_and_each_has_a_line() {
        let expected = "MPLS (label 1 (router alert), tc 0, ttl 2)\n\t(label 16, tc 0, [S], ttl 1)";
        assert_eq!(text(1, &[0, 0, 0x10, 2, 0, 1, 1, 1]), expected);
    }
}
