//! Which parts of a complete connection were seen, as Wireshark counts them.

use crate::tcp::segment::{Flags, Segment};

const SYN: u8 = 1;
const SYN_ACK: u8 = 2;
const ACK: u8 = 4;
const DATA: u8 = 8;
const FIN: u8 = 16;
const RST: u8 = 32;

/// What the first segment of a connection is worth.
pub fn first(segment: &Segment) -> u8 {
    match (segment.flags.opens(), segment.length > 0) {
        (false, _) => 0,
        (true, false) => SYN,
        (true, true) => SYN | DATA,
    }
}

/// What a later one adds.
pub fn later(segment: &Segment) -> u8 {
    let flags = segment.flags;
    let mut parts = 0;
    if flags.accepts() {
        parts |= SYN_ACK;
    } else if flags.any(Flags::ACK) {
        parts |= if segment.length > 0 { DATA } else { ACK };
    }
    if flags.any(Flags::FIN) && flags.any(Flags::ACK) {
        parts |= FIN;
    }
    if flags.any(Flags::RST) {
        parts |= RST;
    }
    parts
}
