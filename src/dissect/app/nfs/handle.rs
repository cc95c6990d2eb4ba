//! File handles, which mean something to the server alone: from their looks, tcpdump guesses which
//! system made them, and so where they hold the device and the file's number.

use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex;
use crate::put;

/// Octets of a handle in version 2.
const LENGTH_V2: u32 = 32;
/// Octets of the longest handle that version 3 allows.
const LENGTH_MAX: usize = 64;
/// Octets of a handle of unknown make that are shown.
const SHOWN_MAX: usize = 32;

/// Whose handle it seems to be.
enum System {
    Auspex,
    Bsd,
    HpUx,
    Irix,
    Osf,
    SunOs4,
    SunOs5,
    Ultrix,
    Vms,
    Unknown,
}

/// Takes a file handle from the front.
pub fn put(cx: &mut Context, data: &mut Cursor, v3: bool) -> Result<(), Stop> {
    let length = if v3 { data.be32()? & !3 } else { LENGTH_V2 };
    let octets = data.bytes(length as usize).map_err(|_| Stop::Incomplete)?;
    let handle = Cursor::new(octets, length);
    if cx.style.raw_file_handles {
        put_raw(cx, handle)?
    } else {
        put_guess(cx, &handle)?
    }
    Ok(())
}

fn put_raw(cx: &mut Context, mut handle: Cursor) -> Outcome {
    let mut separator = "";
    put!(cx, " fh[");
    while handle.length() > 0 {
        put!(cx, separator, Hex(handle.be32()?));
        separator = ":";
    }
    put!(cx, "]");
    Ok(())
}

/// Prints device and file number as the system lays them out.
fn put_guess(cx: &mut Context, handle: &Cursor) -> Outcome {
    let octet = |at| handle.u8_at(at).map(u32::from);
    let (major, minor, file) = match guess(handle.captured()) {
        System::Auspex => (octet(6)?, octet(7)?, handle.be32_at(12)?),
        System::Bsd => (octet(1)?, octet(0)?, handle.le32_at(12)?),
        System::HpUx => (octet(0)?, handle.be24_at(1)?, handle.be32_at(12)?),
        System::Irix => (octet(2)?, octet(3)?, handle.be32_at(8)?),
        System::Osf => {
            let device = handle.le32_at(0)?;
            (device >> 20, device & 0x000f_ffff, handle.le32_at(12)?)
        }
        System::SunOs4 => (octet(2)?, octet(3)?, handle.be32_at(12)?),
        System::SunOs5 => {
            let device = handle.be32_at(0)?;
            (device >> 18, device & 0x0003_ffff, handle.be32_at(12)?)
        }
        System::Ultrix => (octet(1)?, octet(0)?, handle.le32_at(4)?),
        System::Vms => {
            put_name(cx, handle.captured().get(1..).unwrap_or_default(), handle);
            let file = octet(26)? << 24 | octet(27)? << 16 | u32::from(handle.le16_at(22)?);
            put!(cx, file);
            return Ok(());
        }
        System::Unknown => {
            put_name(cx, b"Unknown", handle);
            put_upper_hex(cx, handle.captured());
            return Ok(());
        }
    };
    put!(cx, " fh ", major, ",", minor, "/", file);
    Ok(())
}

/// The file system's name. tcpdump shows as many characters of it as the handle has words.
fn put_name(cx: &mut Context, name: &[u8], handle: &Cursor) {
    let length_max = (handle.captured().len() / 4).min(LENGTH_MAX);
    let length = name.iter().take(length_max).take_while(|octet| !matches!(octet, 0 | b' ')).count();
    put!(cx, " fh ");
    cx.escaped(name.get(..length).unwrap_or_default());
    put!(cx, "/");
}

fn put_upper_hex(cx: &mut Context, octets: &[u8]) {
    for octet in octets.iter().take(SHOWN_MAX) {
        for digit in [octet >> 4, octet & 0xf] {
            cx.out.push(digit + if digit < 10 { b'0' } else { b'A' - 10 });
        }
    }
}

/// Which system lays out its handles in this way.
fn guess(handle: &[u8]) -> System {
    let Some(start) = handle.first_chunk::<16>() else { return System::Unknown };
    match start {
        [0, 0, 0, 0, ..] => System::Auspex,
        [0, 0, _, _, kind, 0, _, _, 12, 0, ..] if *kind != 0 => System::Osf,
        [0, 0, _, _, 0, 8, 0, 0, ..] => System::Irix,
        [0, 0, ..] => System::SunOs4,
        [_, _, 0, 0, _, _, 0, 0, ..] => System::Bsd,
        [_, _, 0, 0, ..] if handle.get(21) == Some(&0) && handle.get(23) == Some(&0) => System::Ultrix,
        [_, _, 0, 0, _, _, _, _, _, 10, ..] => System::SunOs5,
        [_, _, 0, 0, ..] => System::Unknown,
        [_, _, _, _, _, _, _, _, 12, 0, ..] => System::Osf,
        [_, _, _, _, 0, 0, 0, 0, 0, 10, ..] => System::HpUx,
        [_, _, _, _, _, _, _, _, 0, 10, ..] => System::SunOs5,
        _ if names_a_device(handle) => System::Vms,
        _ => System::Unknown,
    }
}

/// Whether a name, padded with zeros, stands where VMS has the device's.
fn names_a_device(handle: &[u8]) -> bool {
    let Some(name) = handle.get(1..14) else { return false };
    let length = name.iter().take_while(|octet| matches!(octet, b' '..=b'~')).count();
    handle.len() >= 28 && name.iter().skip(length).all(|&octet| octet == 0)
}
