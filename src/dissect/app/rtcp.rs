//! RTP's control protocol (RFC 3550 section 6), for `-T rtcp`.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Hex, Pad0};
use crate::put;

const HEADER_LENGTH: usize = 8;
const SENDER_INFORMATION_LENGTH: usize = 20;
const REPORT_LENGTH: usize = 24;

const SENDER_REPORT: u16 = 200;
const RECEIVER_REPORT: u16 = 201;
const SOURCE_DESCRIPTION: u16 = 202;
const GOODBYE: u16 = 203;

/// Prints all packets of a datagram, which its own length does not bound, only the capture.
pub fn print(cx: &mut Context, datagram: Cursor) -> Outcome {
    let mut rest = datagram;
    while rest.has(1) {
        cx.protocol = "rtcp";
        let length = (usize::from(rest.be16_at(2)?) + 1) * 4;
        print_packet(cx, &rest, length)?;
        rest = rest.skip(length);
    }
    Ok(())
}

fn print_packet(cx: &mut Context, packet: &Cursor, length: usize) -> Outcome {
    let flags = packet.be16_at(0)?;
    let source = packet.be32_at(4)?;
    let kind = flags & 0xff;
    let reports = usize::from(flags >> 8 & 0x1f);
    match kind {
        SENDER_REPORT => {
            put_start(cx, " sr", length, HEADER_LENGTH + SENDER_INFORMATION_LENGTH + reports * REPORT_LENGTH, source);
            put_sender_information(cx, packet)?;
            put_reports(cx, packet.skip(HEADER_LENGTH + SENDER_INFORMATION_LENGTH), reports)?;
        }
        RECEIVER_REPORT => {
            put_start(cx, " rr", length, HEADER_LENGTH + reports * REPORT_LENGTH, source);
            put_reports(cx, packet.skip(HEADER_LENGTH), reports)?;
        }
        SOURCE_DESCRIPTION | GOODBYE => {
            put!(cx, if kind == GOODBYE { " bye " } else { " sdes " }, length);
            put_source(cx, source);
        }
        _ => put!(cx, " type-0x", Hex(kind), " ", length),
    }
    Ok(())
}

/// The name of a report, and its length if that is not what the reports in it take.
fn put_start(cx: &mut Context, name: &str, length: usize, expected: usize, source: u32) {
    put!(cx, name);
    if length != expected {
        put!(cx, " [", length, "]");
    }
    put_source(cx, source);
}

fn put_source(cx: &mut Context, source: u32) {
    if cx.style.verbose > 0 {
        put!(cx, " ", source);
    }
}

/// RFC 3550 section 6.4.1: the sender's clock and its packets and octets so far.
fn put_sender_information(cx: &mut Context, packet: &Cursor) -> Outcome {
    let (seconds, fraction) = (packet.be32_at(8)?, packet.be32_at(12)?);
    let (timestamp, packets, octets) = (packet.be32_at(16)?, packet.be32_at(20)?, packet.be32_at(24)?);
    put!(cx, " @");
    put_hundredths(cx, f64::from(seconds) + f64::from(fraction) / 4_294_967_296.0);
    put!(cx, " ", timestamp, " ", packets, "p ", octets, "b");
    Ok(())
}

/// What was received of the first source, once for each: tcpdump does not step to the next.
fn put_reports(cx: &mut Context, report: Cursor, count: usize) -> Outcome {
    if count > 1 {
        put!(cx, " c", count);
    }
    for _ in 0..count {
        if cx.style.verbose > 0 {
            put!(cx, " ", report.be32_at(0)?);
        }
        let (last, delay) = (report.be32_at(16)?, report.be32_at(20)?);
        put!(cx, " ", report.be24_at(5)?, "l ", report.be32_at(8)?, "s ", report.be32_at(12)?, "j @");
        put_hundredths(cx, f64::from(last) / 65536.0);
        put!(cx, "+");
        put_hundredths(cx, f64::from(delay) / 65536.0);
    }
    Ok(())
}

/// A number that is not negative, with two digits behind the point, rounded as C rounds: what is
/// exactly between two goes to the even one.
fn put_hundredths(cx: &mut Context, value: f64) {
    const BITS: u32 = 53;
    let whole = value.trunc();
    // Exact: what is left of a double behind the point is a multiple of 2 to the minus 53, or of a
    // smaller power that is a fraction of 32 bits.
    let scaled = ((value - whole) * (1_u64 << BITS) as f64) as u128 * 100;
    let (floor, remainder, half) = (scaled >> BITS, scaled & ((1 << BITS) - 1), 1_u128 << (BITS - 1));
    let is_up = remainder > half || remainder == half && floor % 2 == 1;
    let hundredths = whole as u64 * 100 + floor as u64 + u64::from(is_up);
    put!(cx, hundredths / 100, ".", Pad0(hundredths % 100, 2));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn context() -> Context {
        Context::new(Style::default(), Names::numeric())
    }

    #[test]
    fn halves_are_rounded_to_the_even_hundredth() {
        for (value, expected) in [(0.125, "0.12"), (0.375, "0.38"), (1.999, "2.00"), (4_294_967_295.5, "4294967295.50")]
        {
            let mut cx = context();
            put_hundredths(&mut cx, value);
            assert_eq!(String::from_utf8_lossy(&cx.out), expected);
        }
    }

    #[test]
    fn a_length_that_does_not_fit_the_reports_is_shown() {
        let mut cx = context();
        let mut bytes = vec![0x80, 201, 0, 2, 0, 0, 0, 7, 9, 9, 9, 9];
        bytes.extend_from_slice(&[0x80, 203, 0, 1, 0, 0, 0, 7]);
        assert_eq!(print(&mut cx, Cursor::new(&bytes, 20)), Ok(()));
        assert_eq!(String::from_utf8_lossy(&cx.out), " rr [12] bye 8");
    }
}
