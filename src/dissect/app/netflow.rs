//! Cisco's NetFlow, versions 1, 5 and 6, where `-T cnfp` says so (Cisco, "NetFlow Export Datagram Format").

use crate::dissect::address::Ipv4;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::put_bits;
use crate::dissect::net::protocol;
use crate::dissect::put::{Hex, Pad, Pad0, Put};
use crate::dissect::transport::tcp_flags;
use crate::put;

/// Where a version's records differ from another's.
struct Layout {
    header_length: usize,
    record_length: usize,
    has_sequence: bool,
    /// Offsets in a record.
    tcp_flags: usize,
    protocol: usize,
    service: usize,
    /// Whether there are masks and AS numbers, and what of encapsulations there is.
    has_routing: bool,
    has_encapsulations: bool,
}

const VERSION_1: Layout = Layout {
    header_length: 16,
    record_length: 48,
    has_sequence: false,
    tcp_flags: 40,
    protocol: 38,
    service: 39,
    has_routing: false,
    has_encapsulations: false,
};
const VERSION_5: Layout = Layout {
    header_length: 24,
    record_length: 52,
    has_sequence: true,
    tcp_flags: 37,
    protocol: 38,
    service: 39,
    has_routing: true,
    has_encapsulations: false,
};
const VERSION_6: Layout = Layout { has_encapsulations: true, ..VERSION_5 };

/// Milliseconds, as seconds.
struct Milliseconds(u32);

impl Put for Milliseconds {
    fn put(&self, out: &mut Vec<u8>) {
        (self.0 / 1000).put(out);
        '.'.put(out);
        Pad0(self.0 % 1000, 3).put(out);
    }
}

/// Prints a datagram.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "cnfp";
    let version = data.be16_at(0)?;
    let layout = match version {
        1 => VERSION_1,
        5 => VERSION_5,
        6 => VERSION_6,
        _ => {
            put!(cx, "NetFlow v", Hex(version));
            return Ok(());
        }
    };
    // tcpdump takes the number of records and the beginning of what follows for one number.
    let records = data.be32_at(2)?;
    let (uptime, seconds, nanoseconds) = (data.be32_at(4)?, data.be32_at(8)?, data.be32_at(12)?);
    put!(cx, "NetFlow v", Hex(version), ", ", Milliseconds(uptime), " uptime, ", seconds, ".");
    put!(cx, Pad0(nanoseconds, 9), ", ");
    if layout.has_sequence {
        put!(cx, "#", data.be32_at(16)?, ", ");
        data.need(layout.header_length)?;
    }
    put!(cx, Pad(records, 2), " recs");
    let mut rest = data.skip(layout.header_length);
    for _ in 0..records {
        put_record(cx, &rest, &layout)?;
        rest.bytes(layout.record_length)?;
    }
    Ok(())
}

fn put_record(cx: &mut Context, record: &Cursor, layout: &Layout) -> Outcome {
    let (first, last) = (record.be32_at(24)?, record.be32_at(28)?);
    put!(cx, "\n  started ", Milliseconds(first), ", last ", Milliseconds(last));
    put_end(cx, "\n    ", record, layout, 0)?;
    put_end(cx, "> ", record, layout, 1)?;
    put!(cx, ">> ", Ipv4(record.array_at(8)?), "\n    ");
    let number = record.u8_at(layout.protocol)?;
    match cx.names.ip_protocol(number) {
        Some(name) => put!(cx, name, " "),
        None => put!(cx, number, " "),
    }
    if number == protocol::TCP {
        let bits = record.u8_at(layout.tcp_flags)?;
        if bits != 0 {
            put_bits(&mut cx.out, tcp_flags::NAMES, bits.into(), "", "");
            put!(cx, " ");
        }
    }
    let (service, packets, octets) = (record.u8_at(layout.service)?, record.be32_at(16)?, record.be32_at(20)?);
    if !layout.has_encapsulations {
        put!(cx, "tos ", service, ", ", packets, " (", octets, " octets)");
        return Ok(());
    }
    let [from, to] = record.array_at(46)?;
    put!(cx, "tos ", service, ", ", packets, " (", octets, " octets) (", from, "<>", to, " encaps)");
    Ok(())
}

/// The source (0) or the destination (1) of a flow.
fn put_end(cx: &mut Context, label: &str, record: &Cursor, layout: &Layout, end: usize) -> Outcome {
    let (address, port) = (Ipv4(record.array_at(4 * end)?), record.be16_at(32 + 2 * end)?);
    if !layout.has_routing {
        put!(cx, label, address, ":", port, " ");
        return Ok(());
    }
    let (mask, number) = (record.u8_at(44 + end)?, record.be16_at(40 + 2 * end)?);
    put!(cx, label, address, "/", mask, ":", number, ":", port, " ");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::context::Context;
    use crate::dissect::cursor::Cursor;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_version_5_record_has_masks_and_as_numbers() {
        let datagram = octets(
            "0005 0000 00010005 4d9e1a2c 00000001 00000007 00 00 0000 \
             0a000001 0a000002 0a000003 0001 0002 00000003 00000004 000003e9 000007d2 1388 0050 00 12 06 08 \
             0001 0002 18 10 0000 00000000",
        );
        let mut cx = Context::new(Style::default(), Names::numeric());
        assert_eq!(super::print(&mut cx, Cursor::new(&datagram, datagram.len() as u32)), Ok(()));
        assert_eq!(
            String::from_utf8_lossy(&cx.out),
            "NetFlow v5, 65.541 uptime, 1302207020.000000001, #7,  1 recs\
             \n  started 1.001, last 2.002\n    10.0.0.1/24:1:5000 > 10.0.0.2/16:2:80 >> 10.0.0.3\
             \n    6 S. tos 8, 3 (4 octets)"
        );
    }
}
