//! The fields of radiotap's own namespace, by the number of their bit.

use super::channel::put_channel;
use super::packed::Packed;
use super::rates;
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::names_table::{Name, put_bits};
use crate::put;

const TIMER: u32 = 0;
const FLAGS: u32 = 1;
const RATE: u32 = 2;
const CHANNEL: u32 = 3;
const HOPPING: u32 = 4;
const SIGNAL_DBM: u32 = 5;
const NOISE_DBM: u32 = 6;
const LOCK_QUALITY: u32 = 7;
const ATTENUATION: u32 = 8;
const ATTENUATION_DB: u32 = 9;
const POWER_DBM: u32 = 10;
const ANTENNA: u32 = 11;
const SIGNAL_DB: u32 = 12;
const NOISE_DB: u32 = 13;
const RECEPTION_FLAGS: u32 = 14;
const EXTENDED_CHANNEL: u32 = 18;
/// Modulation and coding scheme of 802.11n.
pub const MCS: u32 = 19;
const AGGREGATE_STATUS: u32 = 20;
const VHT: u32 = 21;

const FLAG_NAMES: &[Name] =
    &[(0x01, "cfp "), (0x02, "short preamble "), (0x04, "wep "), (0x08, "fragmented "), (0x40, "bad-fcs ")];

/// Rates that are an MCS and this: what FreeBSD means, where others have rates that do not exist.
const RATE_IS_MCS: std::ops::RangeInclusive<u8> = 0x80..=0x8f;

/// Which parts of the MCS field are known.
const MCS_BANDWIDTH: u8 = 0x01;
const MCS_INDEX: u8 = 0x02;
const MCS_GUARD_INTERVAL: u8 = 0x04;
const MCS_FORMAT: u8 = 0x08;
const MCS_CODING: u8 = 0x10;
const MCS_STBC: u8 = 0x20;
/// Its bandwidths, and the bandwidth of 40 MHz.
const MCS_BANDWIDTHS: [&str; 4] = ["20 MHz ", "40 MHz ", "20 MHz (L) ", "20 MHz (U) "];
const MCS_40_MHZ: u8 = 1;

/// Which parts of the VHT field are known.
const VHT_GUARD_INTERVAL: u16 = 0x0004;
const VHT_BANDWIDTH: u16 = 0x0040;
const VHT_BANDWIDTHS: [&str; 32] = [
    "20 MHz",
    "40 MHz",
    "20 MHz (L)",
    "20 MHz (U)",
    "80 MHz",
    "80 MHz (L)",
    "80 MHz (U)",
    "80 MHz (LL)",
    "80 MHz (LU)",
    "80 MHz (UL)",
    "80 MHz (UU)",
    "160 MHz",
    "160 MHz (L)",
    "160 MHz (U)",
    "160 MHz (LL)",
    "160 MHz (LU)",
    "160 MHz (UL)",
    "160 MHz (UU)",
    "160 MHz (LLL)",
    "160 MHz (LLU)",
    "160 MHz (LUL)",
    // tcpdump's slip: this one is LUU.
    "160 MHz (UUU)",
    "160 MHz (ULL)",
    "160 MHz (ULU)",
    "160 MHz (UUL)",
    "160 MHz (UUU)",
    "unknown (26)",
    "unknown (27)",
    "unknown (28)",
    "unknown (29)",
    "unknown (30)",
    "unknown (31)",
];

/// In the flags of both MCS and VHT.
const SHORT_GUARD_INTERVAL: u8 = 0x04;

/// Prints the field of a bit; `false` for one of unknown length. `present` is the bit's word, `flags` takes
/// the flags field's value.
pub fn print(cx: &mut Context, fields: &mut Packed, bit: u32, present: u32, flags: &mut u8) -> Outcome<bool> {
    match bit {
        TIMER => put!(cx, fields.u64()?, "us tsft "),
        FLAGS => {
            *flags = fields.u8()?;
            put_bits(&mut cx.out, FLAG_NAMES, (*flags).into(), "", "");
        }
        RATE => match fields.u8()? {
            rate if RATE_IS_MCS.contains(&rate) => put!(cx, "MCS ", rate & 0x7f, " "),
            rate => put!(cx, rate / 2, if rate.is_multiple_of(2) { ".0 Mb/s " } else { ".5 Mb/s " }),
        },
        CHANNEL => {
            let (frequency, channel_flags) = (fields.u16()?, fields.u16()?);
            if present & 1 << EXTENDED_CHANNEL == 0 {
                put_channel(cx, frequency, channel_flags.into(), present);
            }
        }
        HOPPING => put!(cx, "fhset ", fields.u8()?, " fhpat ", fields.u8()?, " "),
        SIGNAL_DBM => put!(cx, fields.i8()?, "dBm signal "),
        NOISE_DBM => put!(cx, fields.i8()?, "dBm noise "),
        LOCK_QUALITY => put!(cx, fields.u16()?, " sq "),
        ATTENUATION => put!(cx, -i32::from(fields.u16()?.cast_signed()), " tx power "),
        ATTENUATION_DB => put!(cx, -i32::from(fields.i8()?), "dB tx attenuation "),
        POWER_DBM => put!(cx, fields.i8()?, "dBm tx power "),
        ANTENNA => put!(cx, "antenna ", fields.u8()?, " "),
        SIGNAL_DB => put!(cx, fields.u8()?, "dB signal "),
        NOISE_DB => put!(cx, fields.u8()?, "dB noise "),
        RECEPTION_FLAGS => drop(fields.u16()?),
        EXTENDED_CHANNEL => {
            let (channel_flags, frequency) = (fields.u32()?, fields.u16()?);
            let (_channel, _power) = (fields.u8()?, fields.u8()?);
            put_channel(cx, frequency, channel_flags, present);
        }
        MCS => put_mcs(cx, fields.u8()?, fields.u8()?, fields.u8()?),
        AGGREGATE_STATUS => {
            let (_reference, _flags) = (fields.u32()?, fields.u16()?);
            let (_delimiter, _reserved) = (fields.u8()?, fields.u8()?);
        }
        VHT => put_vht(cx, fields)?,
        _ => {
            put!(cx, "[bit ", bit, "] ");
            return Ok(false);
        }
    }
    Ok(true)
}

/// How an 802.11n frame was sent, as far as it is known.
fn put_mcs(cx: &mut Context, known: u8, flags: u8, index: u8) {
    let is_known = |part| known & part != 0;
    let bandwidth = flags & 0x03;
    if is_known(MCS_INDEX) {
        let rate = rates::rate(index, bandwidth == MCS_40_MHZ, flags & SHORT_GUARD_INTERVAL != 0);
        if let (Some(rate), true) = (rate, is_known(MCS_BANDWIDTH | MCS_GUARD_INTERVAL)) {
            put!(cx, rate / 10, ".", rate % 10, " Mb/s ");
        }
        put!(cx, "MCS ", index, " ");
    }
    if is_known(MCS_BANDWIDTH) {
        put!(cx, MCS_BANDWIDTHS.get(usize::from(bandwidth)).copied().unwrap_or_default());
    }
    if is_known(MCS_GUARD_INTERVAL) {
        put_guard_interval(cx, flags);
    }
    if is_known(MCS_FORMAT) {
        put!(cx, if flags & 0x08 != 0 { "greenfield " } else { "mixed " });
    }
    if is_known(MCS_CODING) {
        put_coding(cx, flags & 0x10 != 0);
    }
    if is_known(MCS_STBC) {
        put!(cx, "RX-STBC", flags >> 5 & 0x03, " ");
    }
}

/// How an 802.11ac frame was sent, to up to four users.
fn put_vht(cx: &mut Context, fields: &mut Packed) -> Outcome {
    let (known, flags, bandwidth) = (fields.u16()?, fields.u8()?, fields.u8()?);
    let users = [fields.u8()?, fields.u8()?, fields.u8()?, fields.u8()?];
    let (coding, _group, _partial_association) = (fields.u8()?, fields.u8()?, fields.u16()?);
    for (index, user) in users.iter().enumerate() {
        let spatial_streams = user & 0x0f;
        if spatial_streams > 0 {
            put!(cx, "User ", index, " MCS ", user >> 4, " ");
            put_coding(cx, coding >> index & 1 != 0);
        }
    }
    if known & VHT_BANDWIDTH != 0 {
        put!(cx, VHT_BANDWIDTHS.get(usize::from(bandwidth & 0x1f)).copied().unwrap_or_default(), " ");
    }
    if known & VHT_GUARD_INTERVAL != 0 {
        put_guard_interval(cx, flags);
    }
    Ok(())
}

fn put_guard_interval(cx: &mut Context, flags: u8) {
    put!(cx, if flags & SHORT_GUARD_INTERVAL != 0 { "short GI " } else { "long GI " });
}

/// The error correction: low-density parity check or binary convolutional code.
fn put_coding(cx: &mut Context, low_density: bool) {
    put!(cx, if low_density { "LDPC FEC " } else { "BCC FEC " });
}
