//! What a port announces. The first entry that matches either port counts.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};

/// Prints what a TCP segment carries, if its ports are known; a protocol of plain text brings its `: `.
pub fn tcp(_cx: &mut Context, _data: Cursor, _source: u16, _destination: u16) -> Outcome {
    Ok(())
}

/// Prints what a UDP datagram carries; `false` when no dissector is entered for its ports.
pub fn udp(_cx: &mut Context, _data: Cursor, _source: u16, _destination: u16) -> Outcome<bool> {
    Ok(false)
}
