//! CALM FAST (ISO 29281): vehicles without IP.

use super::Stations;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::payload::put_dump;
use crate::put;

/// Prints a packet.
pub fn print(cx: &mut Context, mut packet: Cursor, stations: Option<&Stations>) -> Outcome {
    cx.protocol = "calm_fast";
    put!(cx, "CALM FAST");
    if let Some(stations) = stations {
        put!(cx, " src:");
        stations.source.put(cx);
    }
    put!(cx, "; ");
    if packet.length() < 2 {
        put!(cx, " (length ", packet.length(), " < 2)");
        return cx.invalid_rest(&packet);
    }
    put!(cx, "SrcNwref:", packet.u8()?, "; ");
    put!(cx, "DstNwref:", packet.u8()?, "; ");
    if cx.style.verbose > 0 { put_dump(cx, &packet) } else { Ok(()) }
}
