//! The frame's header, as `-e` shows it (IEEE 802.11-2020 sections 9.2.4 and 9.3).

use super::frame_control::{FrameControl, Kind, control_subtype};
use super::{ADDRESSES, control, put_station};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, put_bits};
use crate::put;

/// In the order of the text.
const FLAGS: &[Name] = &[
    (0x2000, "More Data "),
    (0x0400, "More Fragments "),
    (0x1000, "Pwr Mgmt "),
    (0x0800, "Retry "),
    (0x8000, "+HTC "),
    (0x4000, "Protected "),
];

/// Bits of a data frame's subtype.
const CONTENTION_FREE_ACK: u8 = 0x1;
const CONTENTION_FREE_POLL: u8 = 0x2;

/// The mesh flags' bits that count the addresses that follow; other bits mean that this is none.
const ADDRESS_EXTENSION: u8 = 0x03;

/// Prints the header. A mesh control header stands at `mesh_start`, unless the header ends there.
pub fn print(cx: &mut Context, control: FrameControl, frame: &Cursor, mesh_start: usize, end: usize) -> Outcome {
    if cx.style.verbose > 0 {
        put_bits(&mut cx.out, FLAGS, control.0.into(), "", "");
        if control.kind() != Kind::Control || control.subtype() != control_subtype::POWER_SAVE_POLL {
            put!(cx, frame.le16_at(2)?, "us ");
        }
    }
    if mesh_start != end {
        put_mesh(cx, &frame.skip(mesh_start))?;
    }
    match control.kind() {
        Kind::Management => {
            let [destination, source, bssid, _] = ADDRESSES;
            put_station(cx, "BSSID:", frame, bssid)?;
            put_station(cx, " DA:", frame, destination)?;
            put_station(cx, " SA:", frame, source)?;
            put!(cx, " ");
            Ok(())
        }
        Kind::Control => control::put_header(cx, control, frame),
        _ => put_data_header(cx, control, frame),
    }
}

fn put_data_header(cx: &mut Context, control: FrameControl, frame: &Cursor) -> Outcome {
    let subtype = control.subtype();
    let (ack, poll) = (subtype & CONTENTION_FREE_ACK != 0, subtype & CONTENTION_FREE_POLL != 0);
    if ack || poll || control.has_qos() {
        let name = match (ack, poll) {
            (true, true) => "Ack/Poll",
            (true, false) => "Ack",
            (false, true) => "Poll",
            (false, false) => "",
        };
        put!(cx, "CF ", name, if control.has_qos() { "+QoS " } else { " " });
    }
    let labels: &[&str] = match control.distribution() {
        (false, false) => &["DA:", " SA:", " BSSID:"],
        (false, true) => &["DA:", " BSSID:", " SA:"],
        (true, false) => &["BSSID:", " SA:", " DA:"],
        (true, true) => &["RA:", " TA:", " DA:", " SA:"],
    };
    for (label, offset) in labels.iter().zip(ADDRESSES) {
        put_station(cx, label, frame, offset)?;
    }
    put!(cx, " ");
    Ok(())
}

/// Octets of the mesh control header that is there if its flags make sense. The draft that tcpdump
/// follows had six octets more for each address.
pub fn mesh_length(data: &Cursor) -> Outcome<usize> {
    let flags = data.u8_at(0)?;
    let addresses = usize::from(flags & ADDRESS_EXTENSION);
    Ok(if flags & !ADDRESS_EXTENSION != 0 { 0 } else { 6 * (1 + addresses) })
}

fn put_mesh(cx: &mut Context, mesh: &Cursor) -> Outcome {
    let addresses = mesh.u8_at(0)? & ADDRESS_EXTENSION;
    put!(cx, "MeshData (AE ", addresses, " TTL ", mesh.u8_at(1)?, " seq ", mesh.le32_at(2)?);
    let labels = [" A4:", " A5:", " A6:"];
    for (index, label) in labels.iter().take(addresses.into()).enumerate() {
        put_station(cx, label, mesh, 6 + 6 * index)?;
    }
    put!(cx, ") ");
    Ok(())
}
