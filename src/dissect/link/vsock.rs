//! Linux's sockets between virtual machines and their host (`DLT_VSOCK`), as vsockmon reports them.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::Hex;
use crate::put;

const HEADER_LENGTH: usize = 32;
const VIRTIO_HEADER_LENGTH: usize = 44;

const VIRTIO: u16 = 2;
const TRANSPORTS: &[Name] = &[(0, "UNKNOWN"), (1, "NO_INFO"), (VIRTIO as u32, "VIRTIO")];

const PAYLOAD: u16 = 4;
const OPERATIONS: &[Name] =
    &[(0, "UNKNOWN"), (1, "CONNECT"), (2, "DISCONNECT"), (3, "CONTROL"), (PAYLOAD as u32, "PAYLOAD")];

const VIRTIO_TYPES: &[Name] = &[(1, "STREAM")];
const VIRTIO_OPERATIONS: &[Name] = &[
    (0, "INVALID"),
    (1, "REQUEST"),
    (2, "RESPONSE"),
    (3, "RST"),
    (4, "SHUTDOWN"),
    (5, "RW"),
    (6, "CREDIT UPDATE"),
    (7, "CREDIT REQUEST"),
];

/// Prints a packet; returns the length of vsockmon's header.
pub fn print(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "vsock";
    packet.need(HEADER_LENGTH)?;
    let captured = packet.captured().len();
    let transport = packet.le16_at(26)?;
    put_or_number(cx, TRANSPORTS, transport, "Invalid transport (");
    let virtio_length = if transport == VIRTIO { VIRTIO_HEADER_LENGTH } else { 0 };
    let data = packet.skip(HEADER_LENGTH + virtio_length);
    let complete = cx.style.verbose == 0 || packet.has(HEADER_LENGTH + virtio_length);
    if cx.style.verbose == 0 {
        put!(cx, " ");
    } else if complete {
        if transport == VIRTIO {
            put_virtio(cx, &packet.skip(HEADER_LENGTH))?;
        }
        put!(cx, "\n\t");
    }
    put!(cx, packet.le64_at(0)?, ".", packet.le32_at(16)?, " > ", packet.le64_at(8)?, ".", packet.le32_at(20)?, " ");
    let operation = packet.le16_at(24)?;
    put_or_number(cx, OPERATIONS, operation, " invalid op (");
    put!(cx, ", length ", captured);
    let show_data = cx.style.verbose > 1 && operation == PAYLOAD;
    if !complete || (show_data && data.captured().is_empty()) {
        cx.truncated();
    } else if show_data {
        put!(cx, "\n");
        put_hex_lines(cx, "\t", &data, data.length());
    }
    Ok(HEADER_LENGTH)
}

/// The header of the virtio transport, without the addresses it repeats.
fn put_virtio(cx: &mut Context, header: &Cursor) -> Outcome {
    put!(cx, " (len ", header.le32_at(24)?, ", type ");
    put_or_number(cx, VIRTIO_TYPES, header.le16_at(28)?, "Invalid type (");
    put!(cx, ", op ");
    put_or_number(cx, VIRTIO_OPERATIONS, header.le16_at(30)?, "Invalid op (");
    put!(cx, ", flags ", Hex(header.le32_at(32)?), ", buf_alloc ", header.le32_at(36)?);
    put!(cx, ", fwd_cnt ", header.le32_at(40)?, ")");
    Ok(())
}

fn put_or_number(cx: &mut Context, names: &[Name], number: u16, unknown: &str) {
    match lookup(names, number) {
        Some(name) => put!(cx, name),
        None => put!(cx, unknown, number, ")"),
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    const HEADER: &str = "0300000000000000 0200000000000000 01000000 02000000 0400";

    #[test]
    fn a_cut_transport_header_is_left_out_and_told_at_the_end() {
        let packet = [HEADER, "0200 2c000000"].concat();
        assert_eq!(text(0, LinkType::VSOCK, &packet), "VIRTIO 3.1 > 2.2 PAYLOAD, length 32");
        assert_eq!(text(1, LinkType::VSOCK, &packet), "VIRTIO3.1 > 2.2 PAYLOAD, length 32 [|vsock]");
    }

    #[test]
    fn payload_is_dumped_when_very_verbose() {
        let packet = [HEADER, "0100 00000000 4142"].concat();
        assert_eq!(text(2, LinkType::VSOCK, &packet), "NO_INFO\n\t3.1 > 2.2 PAYLOAD, length 34\n\t0x0000:  4142");
    }
}
