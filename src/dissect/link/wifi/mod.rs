//! IEEE 802.11 frames: as they are (`DLT_IEEE802_11`), or behind a header in which the driver describes
//! the reception: [`radiotap`], Prism's or AVS's.

mod codes;
mod control;
mod elements;
mod frame_control;
mod header;
mod management;
pub mod radiotap;

use super::{Stations, llc};
use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;
use frame_control::{FrameControl, Kind};

const FRAME_CONTROL_LENGTH: usize = 2;
/// Where a header's addresses are, as far as it has them.
const ADDRESSES: [usize; 4] = [4, 10, 16, 24];

const PRISM_HEADER_LENGTH: usize = 144;
/// The version and the length of an AVS header.
const AVS_HEADER_LENGTH_MIN: u32 = 8;
/// How an AVS header starts. Linux gave it the link type of Prism's.
const AVS_VERSIONS: [u32; 2] = [0x8021_1001, 0x8021_1002];

/// How a driver changed the frame.
#[derive(Clone, Copy, Default)]
struct Framing {
    /// The header is padded to a multiple of four octets.
    padded: bool,
    /// Octets of the frame check sequence behind the body.
    check_sequence: u32,
}

/// Prints a frame; returns the length of its header.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    print_frame(cx, frame, Framing::default())
}

/// Prints a frame behind a Prism or an AVS header; returns the length of both headers.
pub fn prism(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "prism";
    if packet.be32_at(0).is_ok_and(|version| AVS_VERSIONS.contains(&version)) {
        return avs(cx, packet);
    }
    if !packet.has(PRISM_HEADER_LENGTH) {
        cx.truncated();
        return Ok(packet.captured().len());
    }
    Ok(PRISM_HEADER_LENGTH + print(cx, packet.skip(PRISM_HEADER_LENGTH))?)
}

/// Prints a frame behind an AVS header; returns the length of both headers.
pub fn avs(cx: &mut Context, packet: Cursor) -> Outcome<usize> {
    cx.protocol = "802.11_radio_avs";
    match packet.be32_at(4) {
        Ok(length) if length >= AVS_HEADER_LENGTH_MIN && packet.has(length as usize) => {
            Ok(length as usize + print(cx, packet.skip(length as usize))?)
        }
        _ => {
            cx.truncated();
            Ok(packet.captured().len())
        }
    }
}

fn print_frame(cx: &mut Context, frame: Cursor, framing: Framing) -> Outcome<usize> {
    cx.protocol = "802.11";
    let captured = frame.captured().len();
    let Some(length) = frame.length().checked_sub(framing.check_sequence) else {
        cx.truncated();
        return Ok(captured);
    };
    let frame = frame.limit(length);
    if !frame.has(FRAME_CONTROL_LENGTH) {
        cx.truncated();
        return Ok(captured);
    }
    let control = FrameControl(frame.le16_at(0)?);
    let Some(mut header_length) = control.header_length() else {
        put_unknown(cx, control);
        return Ok(0);
    };
    if framing.padded {
        header_length = header_length.next_multiple_of(4);
    }
    let mesh = cx.style.mesh_headers && control.has_qos();
    let mesh_length = if mesh { header::mesh_length(&frame.skip(header_length)) } else { Ok(0) };
    header_length += mesh_length.unwrap_or_default();
    if mesh_length.is_err() || !frame.has(header_length) {
        cx.truncated();
        return Ok(header_length);
    }
    if cx.style.link_header {
        header::print(cx, control, &frame, header_length - mesh_length?, header_length)?;
    }
    let body = frame.skip(header_length);
    let printed = match control.kind() {
        Kind::Management => management::print(cx, control, &frame, &body),
        Kind::Control => control::print(cx, control, &frame),
        _ if control.lacks_data() => Ok(()),
        _ if control.protected() => {
            put!(cx, "Data");
            put_encryption(cx, &body)
        }
        _ => return Ok(header_length + data(cx, control, &frame, body)?),
    };
    if printed.is_err() {
        cx.truncated();
    }
    Ok(header_length)
}

fn put_unknown(cx: &mut Context, control: FrameControl) {
    match control.kind() {
        Kind::Control => put!(cx, "unknown 802.11 ctrl frame subtype (", control.subtype(), ")"),
        _ => put!(cx, "unknown 802.11 frame type (3)"),
    }
}

/// What a data frame carries; returns the length of the LLC header.
fn data(cx: &mut Context, control: FrameControl, frame: &Cursor, body: Cursor) -> Outcome<usize> {
    let [first, second, third, fourth] = ADDRESSES;
    let (source, destination) = match control.distribution() {
        (false, false) => (second, first),
        (false, true) => (third, first),
        (true, false) => (second, third),
        (true, true) => (fourth, third),
    };
    let stations = Stations::macs(frame, source, destination)?;
    llc::payload(cx, body, Some(&stations))
}

/// An encrypted body's initialization vector and key identifier, as WEP has them (section 12.3.2.2).
fn put_encryption(cx: &mut Context, body: &Cursor) -> Outcome {
    let field = body.le32_at(0)?;
    let vector = field & 0x00ff_ffff;
    let blanks = match vector {
        0..=0xf => "  ",
        0x10..=0xff => " ",
        _ => "",
    };
    put!(cx, " IV:", blanks, Hex(vector), " Pad ", Hex(field >> 24 & 0x3f), " KeyID ", Hex(field >> 30));
    Ok(())
}

/// The station at an offset of the frame, behind `label`.
fn put_station(cx: &mut Context, label: &str, frame: &Cursor, offset: usize) -> Outcome {
    let station = Mac(frame.array_at(offset)?);
    put!(cx, label);
    cx.mac(station);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::{styled, text};
    use crate::dissect::style::Style;
    use crate::source::LinkType;

    #[test]
    fn control_frames_name_one_station() {
        let text = |frame: &str| text(0, LinkType::IEEE802_11, frame);
        assert_eq!(
            text("8400 0000 001122334455 66778899aabb 0500 1000"),
            "BAR RA:00:11:22:33:44:55 TA:66:77:88:99:aa:bb CTL(5) SEQ(16) "
        );
        assert_eq!(text("a400 01c0 001122334455 66778899aabb"), "Power Save-Poll AID(c001)");
        assert_eq!(text("0400 0000"), "unknown 802.11 ctrl frame subtype (0)");
        assert_eq!(text("0800"), " [|802.11]");
    }

    #[test]
    fn four_addresses_are_in_the_order_of_the_header() {
        let style = Style { link_header: true, verbose: 1, ..Style::default() };
        assert_eq!(
            styled(
                style,
                LinkType::IEEE802_11,
                "8843 2c00 001122334455 66778899aabb 010203040506 0708 0a0b0c0d0e0f 0000 0a000080"
            ),
            "Protected 44us CF +QoS RA:00:11:22:33:44:55 TA:66:77:88:99:aa:bb DA:01:02:03:04:05:06 \
             SA:0a:0b:0c:0d:0e:0f Data IV:  a Pad 0 KeyID 2"
        );
    }

    #[test]
    fn a_mesh_header_is_looked_for_when_asked_for() {
        let style = Style { link_header: true, mesh_headers: true, ..Style::default() };
        let frame = "c801 2c00 001122334455 66778899aabb 010203040506 0000 0000 01 05 07000000 0a0b0c0d0e0f";
        assert_eq!(
            styled(style, LinkType::IEEE802_11, frame),
            "MeshData (AE 1 TTL 5 seq 7 A4:0a:0b:0c:0d:0e:0f) CF +QoS BSSID:00:11:22:33:44:55 SA:66:77:88:99:aa:bb \
             DA:01:02:03:04:05:06 "
        );
    }

    #[test]
    fn prisms_link_type_holds_avs_headers_too() {
        let text = |packet: &str| text(0, LinkType::PRISM_HEADER, packet);
        let acknowledgement = "d400 0000 001122334455";
        assert_eq!(
            text(&["80211001 0000000c 01020304", acknowledgement].concat()),
            "Acknowledgment RA:00:11:22:33:44:55 "
        );
        assert_eq!(text(&["80211001 00000007 01020304", acknowledgement].concat()), " [|802.11_radio_avs]");
        assert_eq!(text("80211000 0000000c"), " [|prism]");
    }
}
