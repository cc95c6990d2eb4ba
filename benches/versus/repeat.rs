//! A savefile again and again, as one that is longer: each time later than the time before.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

/// The file header, and that of a packet, in octets.
const FILE_HEADER: usize = 24;
const PACKET_HEADER: usize = 16;

/// What is known of a savefile in pcap format.
struct Summary {
    packets: u64,
    /// Seconds from the first packet to behind the last one.
    span: u32,
}

/// Writes the packets of one savefile in pcap format so many times into another one; 0 is until there are `wanted`.
pub fn write(from: &Path, to: &Path, times: u32, wanted: u32) -> io::Result<()> {
    let mut head = [0; FILE_HEADER];
    File::open(from)?.read_exact(&mut head)?;
    let summary = summarize(from)?;
    let until_wanted = u64::from(wanted).div_ceil(summary.packets.max(1)).max(1);
    let times = if times == 0 { u32::try_from(until_wanted).unwrap_or(u32::MAX) } else { times };
    let mut out = BufWriter::with_capacity(1 << 20, File::create(to)?);
    out.write_all(&head)?;
    for round in 0..times {
        let later = round.wrapping_mul(summary.span);
        each(from, |header, octets| {
            let mut header = *header;
            let seconds = u32::from_ne_bytes(header[..4].try_into().unwrap()).wrapping_add(later);
            header[..4].copy_from_slice(&seconds.to_ne_bytes());
            out.write_all(&header)?;
            out.write_all(octets)
        })?;
    }
    out.flush()
}

fn summarize(path: &Path) -> io::Result<Summary> {
    let (mut packets, mut first, mut last) = (0, None, 0);
    each(path, |header, _| {
        let seconds = u32::from_ne_bytes(header[..4].try_into().unwrap());
        first.get_or_insert(seconds);
        (packets, last) = (packets + 1, seconds.max(last));
        Ok(())
    })?;
    Ok(Summary { packets, span: last.saturating_sub(first.unwrap_or(last)) + 1 })
}

/// Goes through the packets of a file that this machine has written: the order of octets is its own.
fn each(path: &Path, mut work: impl FnMut(&[u8; PACKET_HEADER], &[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    file.read_exact(&mut [0; FILE_HEADER])?;
    let (mut header, mut octets) = ([0; PACKET_HEADER], Vec::new());
    loop {
        match file.read_exact(&mut header) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        octets.resize(u32::from_ne_bytes(header[8..12].try_into().unwrap()) as usize, 0);
        file.read_exact(&mut octets)?;
        work(&header, &octets)?;
    }
}
