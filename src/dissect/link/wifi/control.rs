//! Control frames (IEEE 802.11-2020 section 9.3.1). They have a header only.

use super::frame_control::{FrameControl, control_subtype as subtype};
use super::put_station;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const NAMES: &[Name] = &[
    (subtype::WRAPPER as u32, "Control Wrapper"),
    (subtype::BLOCK_ACK_REQUEST as u32, "BAR"),
    (subtype::BLOCK_ACK as u32, "BA"),
    (subtype::POWER_SAVE_POLL as u32, "Power Save-Poll"),
    (subtype::REQUEST_TO_SEND as u32, "Request-To-Send"),
    (subtype::CLEAR_TO_SEND as u32, "Clear-To-Send"),
    (subtype::ACKNOWLEDGEMENT as u32, "Acknowledgment"),
    (subtype::CONTENTION_FREE_END as u32, "CF-End"),
    (subtype::CONTENTION_FREE_END_ACK as u32, "CF-End+CF-Ack"),
];

/// Where the two stations are.
const FIRST: usize = 4;
const SECOND: usize = 10;

/// `-e`: the stations that the frame names.
pub fn put_header(cx: &mut Context, control: FrameControl, frame: &Cursor) -> Outcome {
    match control.subtype() {
        subtype::BLOCK_ACK_REQUEST => return put_request(cx, frame),
        subtype::BLOCK_ACK | subtype::REQUEST_TO_SEND => put_stations(cx, "RA:", " TA:", frame)?,
        subtype::POWER_SAVE_POLL => put_stations(cx, "BSSID:", " TA:", frame)?,
        subtype::CLEAR_TO_SEND | subtype::ACKNOWLEDGEMENT => put_station(cx, "RA:", frame, FIRST)?,
        subtype::CONTENTION_FREE_END | subtype::CONTENTION_FREE_END_ACK => {
            put_stations(cx, "RA:", " BSSID:", frame)?;
        }
        _ => return Ok(()),
    }
    put!(cx, " ");
    Ok(())
}

/// Prints what the frame is, and one station where its header was not printed.
pub fn print(cx: &mut Context, control: FrameControl, frame: &Cursor) -> Outcome {
    put!(cx, lookup(NAMES, control.subtype()).unwrap_or_default());
    match control.subtype() {
        subtype::POWER_SAVE_POLL => {
            put!(cx, " AID(", Hex(frame.le16_at(2)?), ")");
            return Ok(());
        }
        subtype::WRAPPER => return Ok(()),
        _ if cx.style.link_header => return Ok(()),
        subtype::BLOCK_ACK_REQUEST => return put_request(cx, frame),
        subtype::REQUEST_TO_SEND => put_station(cx, " TA:", frame, SECOND)?,
        _ => put_station(cx, " RA:", frame, FIRST)?,
    }
    put!(cx, " ");
    Ok(())
}

fn put_stations(cx: &mut Context, first: &str, second: &str, frame: &Cursor) -> Outcome {
    put_station(cx, first, frame, FIRST)?;
    put_station(cx, second, frame, SECOND)
}

/// All fields of a block acknowledgement request.
fn put_request(cx: &mut Context, frame: &Cursor) -> Outcome {
    put_stations(cx, " RA:", " TA:", frame)?;
    put!(cx, " CTL(", Hex(frame.le16_at(16)?), ") SEQ(", frame.le16_at(18)?, ") ");
    Ok(())
}
