//! Precision Time Protocol (IEEE 1588-2019 clause 13), over UDP and over Ethernet.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::{Hex, Pad0};
use crate::put;

/// Octets of the header that all messages have.
const HEADER_LENGTH: u32 = 34;

const SYNC: u8 = 0x0;
const DELAY_REQUEST: u8 = 0x1;
const PEER_DELAY_REQUEST: u8 = 0x2;
const PEER_DELAY_RESPONSE: u8 = 0x3;
const FOLLOW_UP: u8 = 0x8;
const DELAY_RESPONSE: u8 = 0x9;
const PEER_DELAY_RESPONSE_FOLLOW_UP: u8 = 0xa;
const ANNOUNCE: u8 = 0xb;
const SIGNALING: u8 = 0xc;
const MANAGEMENT: u8 = 0xd;
const TYPES: &[Name] = &[
    (SYNC as u32, "sync msg"),
    (DELAY_REQUEST as u32, "delay req msg"),
    (PEER_DELAY_REQUEST as u32, "peer delay req msg"),
    (PEER_DELAY_RESPONSE as u32, "peer delay resp msg"),
    (FOLLOW_UP as u32, "follow up msg"),
    (DELAY_RESPONSE as u32, "delay resp msg"),
    (PEER_DELAY_RESPONSE_FOLLOW_UP as u32, "pdelay resp fup msg"),
    (ANNOUNCE as u32, "announce msg"),
    (SIGNALING as u32, "signaling msg"),
    (MANAGEMENT as u32, "management msg"),
];

/// What version 1 called the type, in a field that version 2 keeps.
const CONTROLS: &[Name] =
    &[(0, "Sync"), (1, "Delay_Req"), (2, "Follow_Up"), (3, "Delay_Resp"), (4, "Management"), (5, "Other")];

const FLAGS: &[Name] = &[
    (0x0001, "l1 61"),
    (0x0002, "l1 59"),
    (0x0004, "utc reasonable"),
    (0x0008, "timescale"),
    (0x0010, "time tracable"),
    (0x0020, "frequency tracable"),
    (0x0100, "alternate master"),
    (0x0200, "two step"),
    (0x0400, "unicast"),
    (0x1000, "profile specific 1"),
    (0x2000, "profile specific 2"),
    (0x4000, "security mask"),
    (0x18c0, "unknown"),
];

const ORIGIN: &str = "originTimeStamp";
const PRECISE_ORIGIN: &str = "preciseOriginTimeStamp";
const RECEIVE: &str = "receiveTimeStamp";

const NANOSECONDS_PER_SECOND: u32 = 1_000_000_000;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "ptp";
    cx.protocol_caps();
    if message.length() < HEADER_LENGTH {
        return cx.invalid_because("length", message.length(), "<", HEADER_LENGTH);
    }
    let octets: [u8; 2] = message.array_at(0)?;
    let version = octets[1];
    put!(cx, "v", version & 0xf);
    if version >> 4 != 0 {
        put!(cx, ".", version >> 4);
    }
    match version & 0xf {
        1 => put!(cx, " (not implemented)"),
        2 => return print_version_2(cx, message),
        _ => put!(cx, " (unsupported)"),
    }
    Ok(())
}

fn print_version_2(cx: &mut Context, message: Cursor) -> Outcome {
    let kind = message.u8_at(0)? & 0xf;
    put_header(cx, &message)?;
    let mut body = message.skip(HEADER_LENGTH as usize);
    match kind {
        SYNC | DELAY_REQUEST => put_timestamp(cx, &mut body, ORIGIN),
        FOLLOW_UP => put_timestamp(cx, &mut body, PRECISE_ORIGIN),
        PEER_DELAY_REQUEST | PEER_DELAY_RESPONSE_FOLLOW_UP => {
            put_timestamp(cx, &mut body, PRECISE_ORIGIN)?;
            put_port(cx, &mut body)
        }
        PEER_DELAY_RESPONSE | DELAY_RESPONSE => {
            put_timestamp(cx, &mut body, RECEIVE)?;
            put_port(cx, &mut body)
        }
        ANNOUNCE => put_announcement(cx, body),
        SIGNALING => put_port(cx, &mut body),
        MANAGEMENT => put_management(cx, body),
        _ => Ok(()),
    }
}

fn put_header(cx: &mut Context, message: &Cursor) -> Outcome {
    let first = message.u8_at(0)?;
    put!(cx, ", majorSdoId: 0x", Hex(first >> 4));
    put!(cx, ", msg type: ", lookup(TYPES, first & 0xf).unwrap_or("Reserved"));
    put!(cx, ", length: ", message.be16_at(2)?);
    let [domain, reserved]: [u8; 2] = message.array_at(4)?;
    put!(cx, ", domain: ", domain, ", reserved1: ", reserved);
    let flags = message.be16_at(6)?;
    put!(cx, ", Flags [");
    put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
    put!(cx, ", NS correction: ", be48_at(message, 8)?);
    put!(cx, ", sub NS correction: ", message.be16_at(14)?);
    put!(cx, ", reserved2: ", message.be32_at(16)?);
    put!(cx, ", clock identity: 0x", Hex(message.be64_at(20)?));
    put!(cx, ", port id: ", message.be16_at(28)?);
    put!(cx, ", seq id: ", message.be16_at(30)?);
    let control = message.u8_at(32)?;
    put!(cx, ", control: ", control, " (", lookup(CONTROLS, control).unwrap_or("Reserved"), ")");
    put!(cx, ", log message interval: ", message.u8_at(33)?);
    Ok(())
}

/// The 6-octet number at `offset`.
fn be48_at(data: &Cursor, offset: usize) -> Outcome<u64> {
    let [a, b, c, d, e, f] = data.array_at(offset)?;
    Ok(u64::from_be_bytes([0, 0, a, b, c, d, e, f]))
}

/// Takes a time stamp.
fn put_timestamp(cx: &mut Context, body: &mut Cursor, name: &str) -> Outcome {
    put!(cx, ", ", name, ":");
    put!(cx, " ", be48_at(body, 0)?, ".");
    let nanoseconds = body.be32_at(6)?;
    put!(cx, Pad0(nanoseconds, 9), " seconds");
    if nanoseconds >= NANOSECONDS_PER_SECOND {
        put!(cx, " (invalid ns)");
    }
    *body = body.skip(10);
    Ok(())
}

/// Takes the identity of a port.
fn put_port(cx: &mut Context, body: &mut Cursor) -> Outcome {
    put!(cx, ", port identity: 0x", Hex(body.be64()?));
    put!(cx, ", port id: ", body.be16()?);
    Ok(())
}

/// What a master says of the clock that it takes the time from.
fn put_announcement(cx: &mut Context, mut body: Cursor) -> Outcome {
    put_timestamp(cx, &mut body, ORIGIN)?;
    put!(cx, ", origin cur utc:", body.be16()?);
    put!(cx, ", rsvd: ", body.u8()?);
    put!(cx, ", gm priority_1: ", body.u8()?);
    put!(cx, ", gm clock class: ", body.u8()?);
    put!(cx, ", gm clock accuracy: ", body.u8()?);
    put!(cx, ", gm clock variance: ", body.be16()?);
    put!(cx, ", gm priority_2: ", body.u8()?);
    put!(cx, ", gm clock id: 0x", Hex(body.be64()?));
    put!(cx, ", steps removed: ", body.be16()?);
    put!(cx, ", time source: 0x", Hex(body.u8()?));
    Ok(())
}

fn put_management(cx: &mut Context, mut body: Cursor) -> Outcome {
    put_port(cx, &mut body)?;
    put!(cx, ", start boundary hops: ", body.u8()?);
    put!(cx, ", boundary hops: ", body.u8()?);
    put!(cx, ", flags: 0x", Hex(body.u8()?));
    put!(cx, ", reserved: 0x", Hex(body.u8()?));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::net::testing::{octets, payload_text};

    /// A message of this type behind UDP's header.
    fn text(version: &str, kind: &str, flags: &str, body: &str) -> String {
        let header =
            format!("0{kind} {version} 0000 07 00 {flags} 000000000001 8000 00000000 00000000000000ff 0001 0002 05 7f");
        let message = [octets(&header), octets(body)].concat();
        let length = (8 + message.len() as u16).to_be_bytes();
        let datagram = [&octets("013f013f")[..], &length, &[0, 0], &message].concat();

        payload_text(0, 17, &datagram)
    }

    #[test]
    fn the_body_depends_on_the_type() {
        let ends = |kind: &str, body: &str, end: &str| {
            let text = text("02", kind, "0000", body);
            assert!(text.ends_with(&format!(", log message interval: 127{end}")), "{text}");
        };
        let stamp = "000000000001 00000005";
        ends("0", stamp, ", originTimeStamp: 1.000000005 seconds");
        ends("8", "000000000001 3b9aca00", ", preciseOriginTimeStamp: 1.1000000000 seconds (invalid ns)");
        ends("7", stamp, "");
        ends(
            "9",
            &format!("{stamp} 00000000000000aa 0003"),
            ", receiveTimeStamp: 1.000000005 seconds, port identity: 0xaa, port id: 3",
        );
        ends(
            "d",
            "00000000000000aa 0003 01 02 03 04",
            ", port identity: 0xaa, port id: 3, start boundary hops: 1, boundary hops: 2, flags: 0x3, reserved: 0x4",
        );
    }

    #[test]
    fn a_time_stamp_that_is_cut_off_keeps_its_name() {
        assert!(text("02", "0", "0000", "0000").ends_with(", originTimeStamp: [|ptp]"));
    }

    #[test]
    fn only_version_2_is_decoded() {
        assert!(
            text("12", "0", "1a00", "").contains("PTPv2.1, majorSdoId: 0x0, msg type: sync msg, length: 0, domain: 7")
        );
        assert!(text("02", "0", "18c0", "").contains(", Flags [profile specific 1, unknown], NS correction: 1,"));
        assert!(text("01", "0", "0000", "").ends_with("PTPv1 (not implemented)"));
        assert!(text("03", "0", "0000", "").ends_with("PTPv3 (unsupported)"));
    }
}
