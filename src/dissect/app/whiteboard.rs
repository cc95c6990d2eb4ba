//! The distributed whiteboard of LBL (`wb`, Floyd, Jacobson and others, 1995).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or_number;
use crate::dissect::names_table::Name;
use crate::put;

/// Octets of a packet's header, of a drawing operation's, and of a source with its position.
const HEADER_LENGTH: usize = 12;
const OPERATION_LENGTH: u32 = 8;
const POSITION_LENGTH: usize = 8;

const DRAWING: u8 = 0;
const IDENTITY: u8 = 1;
const REPAIR_REQUEST: u8 = 2;
const REPAIR: u8 = 3;
const KILL: u8 = 4;
const PAGE_REQUEST: u8 = 5;
const PAGES: u8 = 7;

const SKIP: u8 = 14;
const HOLE: u8 = 15;
const OPERATIONS: &[Name] = &[
    (2, "RECT"),
    (3, "LINE"),
    (4, "ML"),
    (5, "DEL"),
    (6, "XFORM"),
    (7, "ELL"),
    (8, "CHAR"),
    (9, "STR"),
    (10, "NOP"),
    (11, "PSCODE"),
    (12, "PSCOMP"),
    (13, "REF"),
    (SKIP as u32, "SKIP"),
    (HOLE as u32, "HOLE"),
];

/// Prints a packet.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome {
    cx.protocol = "wb";
    if packet.length() < HEADER_LENGTH as u32 {
        return cx.invalid();
    }
    packet.need(HEADER_LENGTH)?;
    let [kind, flags] = packet.array_at(10)?;
    put!(cx, if flags != 0 { "*" } else { "" });
    let body = packet.skip(HEADER_LENGTH);
    let (name, length) = match kind {
        DRAWING => (" wb-dop:", 16),
        IDENTITY => (" wb-id:", 28),
        REPAIR_REQUEST => (" wb-rreq:", 20),
        REPAIR => (" wb-rrep:", 20),
        KILL => (" wb-kill", 0),
        PAGE_REQUEST => (" wb-preq:", 16),
        PAGES => (" wb-prep:", 4),
        _ => {
            put!(cx, " wb-", kind, "!");
            return cx.invalid();
        }
    };
    put!(cx, name);
    if body.length() < length {
        return cx.invalid();
    }
    match kind {
        DRAWING => put_drawing(cx, &body),
        IDENTITY => put_identity(cx, body),
        REPAIR_REQUEST => put_repair_request(cx, &body),
        REPAIR => put_repair(cx, &body),
        PAGE_REQUEST => put_page_request(cx, &body),
        PAGES => put_pages(cx, body),
        _ => Ok(()),
    }
}

/// A page by who made it, and its number.
fn put_page(cx: &mut Context, data: &Cursor, offset: usize) -> Outcome {
    cx.ipv4_at(data, offset)?;
    put!(cx, ":", data.be32_at(offset + 4)?);
    Ok(())
}

/// A page in a list of them.
fn put_slot(cx: &mut Context, data: &Cursor, slot: usize, page: usize) -> Outcome {
    put!(cx, data.be32_at(slot)?, "/");
    put_page(cx, data, page)
}

/// Sources and how far each has come, behind the first character.
fn put_positions(cx: &mut Context, rest: &mut Cursor, count: u32) -> Outcome {
    let mut separator = "<";
    for _ in 0..count {
        rest.need(POSITION_LENGTH)?;
        put!(cx, separator);
        put_page(cx, rest, 0)?;
        *rest = rest.skip(POSITION_LENGTH);
        separator = ",";
    }
    Ok(())
}

fn put_identity(cx: &mut Context, body: Cursor) -> Outcome {
    body.need(24)?;
    put!(cx, " ");
    put_slot(cx, &body, 12, 16)?;
    put!(cx, " (max ");
    put_slot(cx, &body, 0, 4)?;
    put!(cx, ") ");
    body.need(28)?;
    let count = u32::from(body.be16_at(24)?);
    let mut rest = body.skip(28);
    if rest.length() < count * POSITION_LENGTH as u32 {
        return cx.invalid();
    }
    put_positions(cx, &mut rest, count)?;
    put!(cx, "> \"");
    cx.escaped_padded_field(&rest, rest.length() as usize)?;
    put!(cx, "\"");
    Ok(())
}

fn put_repair_request(cx: &mut Context, body: &Cursor) -> Outcome {
    body.need(20)?;
    put!(cx, " please repair ");
    cx.ipv4_at(body, 0)?;
    put!(cx, " ");
    put_page(cx, body, 4)?;
    put!(cx, "<", body.be32_at(12)?, ":", body.be32_at(16)?, ">");
    Ok(())
}

fn put_page_request(cx: &mut Context, body: &Cursor) -> Outcome {
    body.need(12)?;
    put!(cx, " need ");
    put_slot(cx, body, 8, 0)?;
    body.need(16)
}

fn put_pages(cx: &mut Context, mut rest: Cursor) -> Outcome {
    for _ in 0..rest.be32()? {
        rest.need(12)?;
        put!(cx, " ");
        put_slot(cx, &rest, 0, 4)?;
        rest.need(16)?;
        // The number of sources has two octets, of which tcpdump takes the first.
        let count = rest.u8_at(12)?;
        rest = rest.skip(16);
        put_positions(cx, &mut rest, count.into())?;
        put!(cx, ">");
    }
    Ok(())
}

fn put_repair(cx: &mut Context, body: &Cursor) -> Outcome {
    body.need(20)?;
    put!(cx, " for ");
    cx.ipv4_at(body, 0)?;
    put_drawing(cx, &body.skip(4))
}

fn put_drawing(cx: &mut Context, body: &Cursor) -> Outcome {
    body.need(16)?;
    put!(cx, " ");
    put_page(cx, body, 0)?;
    let (first, last) = (body.be32_at(8)?, body.be32_at(12)?);
    put!(cx, "<", first, ":", last, ">");
    if cx.style.verbose > 0 { put_operations(cx, body.skip(16), first, last) } else { Ok(()) }
}

/// The operations of these numbers. A hole stands for all up to another number.
fn put_operations(cx: &mut Context, mut rest: Cursor, first: u32, last: u32) -> Outcome {
    put!(cx, " <");
    let mut number = first;
    while number <= last {
        let kind = rest.u8_at(7)?;
        put!(cx, " ", name_or_number(OPERATIONS, kind, "dop-", "!"));
        if matches!(kind, SKIP | HOLE) {
            let until = rest.be32_at(0)?;
            put!(cx, until.wrapping_sub(number).wrapping_add(1));
            if number > until || until > last {
                put!(cx, "[|]");
            }
            if until < number {
                return Ok(());
            }
            number = until;
        }
        let length = u32::from(rest.be16_at(4)?) + OPERATION_LENGTH;
        rest = rest.skip(length.next_multiple_of(4) as usize);
        number = number.wrapping_add(1);
    }
    put!(cx, " >");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    #[test]
    fn operations_that_are_not_there_are_counted() {
        let text = |length: &str, body: &str| {
            payload_text(1, 17, &octets(&format!("03e8 11d7 {length} 0000 0a000001 00000000 0001 {body}")))
        };
        assert_eq!(
            text("0034", "00 00 0a000001 00000002 00000005 00000007 00000006 0000 00 0e 00000007 0000 00 02"),
            " wb-dop: 10.0.0.1:2<5:7> < SKIP2 RECT >"
        );
        assert_eq!(
            text("002c", "00 01 0a000001 00000002 00000005 00000007 00000004 0000 00 0f"),
            "* wb-dop: 10.0.0.1:2<5:7> < HOLE0[|]"
        );
    }
}
