//! Call control (ITU-T Q.931, Q.933; ANSI T1.617 annex D): on frame relay, the state of circuits.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex0, HexBytes, Pad};
use crate::put;

const REFERENCE_LENGTH_MASK: u8 = 0x0f;

const MESSAGES: &[Name] = &[
    (0x00, "ESC to National"),
    (0x01, "Alert"),
    (0x02, "Call proceeding"),
    (0x07, "Connect"),
    (0x0f, "Connect ACK"),
    (0x03, "Progress"),
    (0x05, "Setup"),
    (0x45, "Disconnect"),
    (0x4d, "Release"),
    (0x5a, "Release Complete"),
    (0x46, "Restart"),
    (0x4e, "Restart ACK"),
    (0x7d, "Status Reply"),
    (0x75, "Status Enquiry"),
];

/// An element of one octet.
const SINGLE: u8 = 0x80;
/// A shift to another code set: for all elements to come, or for the next (Q.931 section 4.5.2).
const SHIFT_MASK: u8 = 0xf0;
const SHIFT: u8 = 0x90;
const SHIFT_ONCE: u8 = 0x08;
const CODE_SET_MASK: u8 = 0x07;
/// The national one, which ANSI uses.
const NATIONAL: u8 = 5;

const REPORT_TYPE: u8 = 0x01;
const LINK_VERIFICATION: u8 = 0x03;
const LINK_VERIFICATION_1991: u8 = 0x19;
const CIRCUIT_STATUS: u8 = 0x07;
const REPORT_TYPE_CCITT: u8 = 0x51;
const LINK_VERIFICATION_CCITT: u8 = 0x53;
const CIRCUIT_STATUS_CCITT: u8 = 0x57;
/// The elements of code sets 0 and 5.
const ELEMENTS: &[Name] = &[
    (REPORT_TYPE as u32, "ANSI Report Type"),
    (LINK_VERIFICATION_1991 as u32, "ANSI Link Verify"),
    (LINK_VERIFICATION as u32, "ANSI Link Verify"),
    (CIRCUIT_STATUS as u32, "ANSI PVC Status"),
    (REPORT_TYPE_CCITT as u32, "CCITT Report Type"),
    (LINK_VERIFICATION_CCITT as u32, "CCITT Link Verify"),
    (CIRCUIT_STATUS_CCITT as u32, "CCITT PVC Status"),
];
const REPORT_TYPES: &[Name] = &[(0, "Full Status"), (1, "Link verify"), (2, "Async PVC Status")];

/// The last octet of a field, in the elements.
const LAST: u8 = 0x80;

/// The front of a message.
struct Header<'p> {
    reference: &'p [u8],
    kind: u8,
    shift: Option<u8>,
}

/// Which code set the next element is of.
struct CodeSet {
    number: u8,
    /// The one to go back to, and how many elements from now.
    back: Option<(u8, u8)>,
}

/// How a list of elements ends.
enum End {
    Complete,
    /// Before the end of an element.
    Cut,
    /// At an element that cannot be.
    Broken,
}

/// Prints a message from its call reference on.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "q.933";
    let length = message.length();
    let separator = if cx.style.link_header { "" } else { ", " };
    put!(cx, if cx.style.link_header { "" } else { "Q.933" }, separator);
    let mut rest = message;
    let Some(header) = header(&mut rest) else {
        put!(cx, "length ", length);
        cx.truncated();
        return Ok(());
    };
    let mut code_set = CodeSet { number: 0, back: None };
    if let Some(shift) = header.shift {
        code_set.shift(shift);
    }
    let ansi = code_set.number == NATIONAL && code_set.back.is_none();
    put!(cx, if ansi { "ANSI" } else { "CCITT" }, ", codeset ", code_set.number);
    // tcpdump takes what follows the header for the octet that says that there is no call.
    if !header.reference.is_empty() && (header.reference.len() > 1 || rest.u8_at(0)? != 0) {
        put!(cx, ", Call Ref: 0x", HexBytes(header.reference));
    }
    put_message(cx, header.kind, length);
    let end = elements(cx, rest, code_set)?;
    if cx.style.verbose == 0 && !matches!(end, End::Broken) {
        put!(cx, ", length ", length);
    }
    if matches!(end, End::Cut) {
        cx.truncated();
    }
    Ok(())
}

/// Takes an octet if there is one, captured and by the message's length.
fn octet(rest: &mut Cursor) -> Option<u8> {
    if rest.length() == 0 { None } else { rest.u8().ok() }
}

/// Takes call reference and message type, and a shift that comes first.
fn header<'p>(rest: &mut Cursor<'p>) -> Option<Header<'p>> {
    let count = octet(rest)? & REFERENCE_LENGTH_MASK;
    let reference = rest.limit(rest.length()).bytes_at(0, count.into()).ok()?;
    *rest = rest.skip(count.into());
    let kind = octet(rest)?;
    let shift = match rest.length() {
        0 => None,
        _ => Some(rest.u8_at(0).ok()?).filter(|first| first & SHIFT_MASK == SHIFT),
    };
    *rest = rest.skip(usize::from(shift.is_some()));
    Some(Header { reference, kind, shift })
}

impl CodeSet {
    fn shift(&mut self, shift: u8) {
        self.back = if shift & SHIFT_ONCE != 0 { Some((self.number, 1)) } else { None };
        self.number = shift & CODE_SET_MASK;
    }

    /// Makes ready for the next element.
    fn next(&mut self) {
        match self.back {
            Some((number, 0)) => *self = CodeSet { number, back: None },
            Some((number, elements)) => self.back = Some((number, elements - 1)),
            None => {}
        }
    }
}

fn put_message(cx: &mut Context, kind: u8, length: u32) {
    let name = lookup(MESSAGES, kind);
    match cx.style.verbose {
        0 => match name {
            Some(name) => put!(cx, ", ", name),
            None => put!(cx, ", unknown message 0x", Hex0(kind, 2)),
        },
        _ => put!(cx, ", ", name.unwrap_or("unknown message"), " (0x", Hex0(kind, 2), "), length ", length),
    }
}

fn elements(cx: &mut Context, mut rest: Cursor, mut code_set: CodeSet) -> Outcome<End> {
    while rest.length() > 0 {
        code_set.next();
        let Some(kind) = octet(&mut rest) else { return Ok(End::Cut) };
        if kind & SINGLE != 0 {
            if kind & SHIFT_MASK == SHIFT {
                code_set.shift(kind);
            }
            continue;
        }
        let Some(length) = octet(&mut rest) else { return Ok(End::Cut) };
        let known = matches!(code_set.number, 0 | NATIONAL);
        if cx.style.verbose > 0 {
            let name = if known { name_or(ELEMENTS, kind, "unknown") } else { "unknown" };
            put!(cx, "\n\t", name, " IE (0x", Hex0(kind, 2), "), length ", length, ": ");
        }
        if kind == 0 || length == 0 {
            return Ok(End::Broken);
        }
        let element = rest.limit(length.into());
        if element.captured().len() < length.into() || element.length() < length.into() {
            return Ok(End::Cut);
        }
        if known && put_element(cx, kind, element.captured()) {
            if cx.style.verbose > 1 {
                put_hex_lines(cx, "\n\t  ", &element, length.into());
            }
        } else if cx.style.verbose > 0 {
            put_hex_lines(cx, "\n\t", &element, length.into());
        }
        rest = rest.skip(length.into());
    }
    Ok(End::Complete)
}

/// Prints the value of an element; `false` where there is no dissector for it.
fn put_element(cx: &mut Context, kind: u8, value: &[u8]) -> bool {
    let verbose = cx.style.verbose > 0;
    let separator = if verbose { "" } else { ", " };
    match (kind, value) {
        (REPORT_TYPE | REPORT_TYPE_CCITT, &[report, ..]) => {
            if verbose {
                put!(cx, name_or(REPORT_TYPES, report, "unknown"), " (", report, ")");
            }
        }
        (LINK_VERIFICATION | LINK_VERIFICATION_CCITT | LINK_VERIFICATION_1991, &[sent, received, ..]) => {
            put!(cx, separator, "TX Seq: ", Pad(sent, 3), ", RX Seq: ", Pad(received, 3));
        }
        (LINK_VERIFICATION | LINK_VERIFICATION_CCITT | LINK_VERIFICATION_1991, _) => {
            put!(cx, separator, "Invalid LINK VERIFY IE");
        }
        (CIRCUIT_STATUS | CIRCUIT_STATUS_CCITT, value) => match circuit(value) {
            Some((circuit, status)) => {
                put!(cx, separator, "DLCI ", circuit, ": status ", if status & 0x08 != 0 { "New, " } else { "" });
                put!(cx, if status & 0x02 != 0 { "Active" } else { "Inactive" });
            }
            None => put!(cx, separator, "Invalid DLCI in PVC STATUS IE"),
        },
        _ => return false,
    }
    true
}

/// A circuit's number (Q.933 section A.3.3) of 10, 16 or 23 bits, and its status.
fn circuit(value: &[u8]) -> Option<(u32, u8)> {
    let (status, circuit) = value.split_last()?;
    let (last, others) = circuit.split_last()?;
    let ends_once = status & LAST != 0 && last & LAST != 0 && others.iter().all(|octet| octet & LAST == 0);
    let bits = |octet: u8, mask: u8| u32::from(octet & mask);
    let short = |first: u8, second: u8| bits(first, 0x3f) << 4 | bits(second, 0x78) >> 3;
    let number = match *circuit {
        _ if !ends_once => return None,
        [first, second] => short(first, second),
        [first, second, third] => short(first, second) << 6 | bits(third, 0x7e) >> 1,
        // tcpdump puts both octets in the same place.
        [first, second, third, fourth] => short(first, second) << 13 | bits(third, 0x7f) | bits(fourth, 0x7e) >> 1,
        _ => return None,
    };
    Some((number, *status))
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    fn q933(verbose: u8, hex: &str) -> String {
        text(verbose, LinkType::FRAME_RELAY, &["0001 03 08", hex].concat())
    }

    #[test]
    fn a_status_of_circuits_is_worth_its_line() {
        assert_eq!(
            q933(0, "00 7d 95 0101 00 0302 0508 0703 0680 8a"),
            "Q.933, ANSI, codeset 5, Status Reply, TX Seq:   5, RX Seq:   8, DLCI 96: status New, Active, length 15"
        );
        assert!(
            q933(1, "00 7d 57 0404 80 8082").ends_with("PVC Status IE (0x57), length 4: Invalid DLCI in PVC STATUS IE")
        );
        assert!(q933(1, "00 7d 57 0404 80 80").ends_with("PVC Status IE (0x57), length 4:  [|q.933]"));
    }

    #[test]
    fn a_shift_for_one_element_goes_back() {
        assert_eq!(
            q933(1, "00 75 9e 0101 41 0101 00"),
            "Q.933, CCITT, codeset 6, Status Enquiry (0x75), length 9\n\tunknown IE (0x01), length 1: \
             \n\t0x0000:  41\n\tANSI Report Type IE (0x01), length 1: Full Status (0)"
        );
    }

    #[test]
    fn circuits_have_three_widths() {
        assert_eq!(super::circuit(&[0x06, 0x88, 0x82]), Some((97, 0x82)));
        assert_eq!(super::circuit(&[0x06, 0x08, 0x82, 0x82]), Some((97 << 6 | 1, 0x82)));
        assert_eq!(super::circuit(&[0x06, 0x88, 0x82, 0x82]), None);
        assert_eq!(super::circuit(&[0x06, 0x08, 2, 0x82, 0x80]), Some((97 << 13 | 3, 0x80)));
    }
}
