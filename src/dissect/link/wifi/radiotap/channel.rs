//! A channel: its frequency and which physical layers use it.

use super::fields::MCS;
use crate::dissect::context::Context;
use crate::put;

const TURBO: u32 = 0x0000_0010;
const CCK: u32 = 0x0000_0020;
const OFDM: u32 = 0x0000_0040;
const TWO_GHZ: u32 = 0x0000_0080;
const FIVE_GHZ: u32 = 0x0000_0100;
const DYNAMIC: u32 = 0x0000_0400;
const GFSK: u32 = 0x0000_0800;
const HALF_RATE: u32 = 0x0000_4000;
const QUARTER_RATE: u32 = 0x0000_8000;
const HT_20: u32 = 0x0001_0000;
const HT_40_ABOVE: u32 = 0x0002_0000;
const HT_40_BELOW: u32 = 0x0004_0000;

/// Prints a channel. `present` is the word of bits that announced it.
pub fn put_channel(cx: &mut Context, frequency: u16, flags: u32, present: u32) {
    let has = |bits| flags & bits == bits;
    put!(cx, frequency, " MHz");
    // With an MCS field the frame is of 802.11n, whatever the flags say.
    if present & 1 << MCS != 0 {
        put!(cx, " 11n");
    } else {
        put_layers(cx, flags);
    }
    let width = if has(HT_20) {
        " ht/20"
    } else if has(HT_40_BELOW) {
        " ht/40-"
    } else if has(HT_40_ABOVE) {
        " ht/40+"
    } else {
        ""
    };
    put!(cx, width, " ");
}

/// The physical layers before 802.11n.
fn put_layers(cx: &mut Context, flags: u32) {
    let has = |bits| flags & bits == bits;
    let fraction = if has(HALF_RATE) {
        "/10Mhz"
    } else if has(QUARTER_RATE) {
        "/5Mhz"
    } else {
        ""
    };
    if has(TWO_GHZ | GFSK) {
        put!(cx, " FHSS");
    }
    if has(FIVE_GHZ | OFDM) {
        put!(cx, " 11a", fraction);
    }
    if has(TWO_GHZ | OFDM) || has(TWO_GHZ | DYNAMIC) {
        put!(cx, " 11g", fraction);
    } else if has(TWO_GHZ | CCK) {
        put!(cx, " 11b");
    }
    if has(TURBO) {
        put!(cx, " Turbo");
    }
}
