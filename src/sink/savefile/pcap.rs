//! libpcap's format (pcap-savefile(5)): a header, then a record for each frame.

use super::writer::Unit;
use crate::source::{Frame, LinkType};

const MAGIC_MICROSECONDS: u32 = 0xa1b2_c3d4;
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;
const FILE_HEADER_LENGTH: usize = 24;
const RECORD_HEADER_LENGTH: usize = 16;

/// Writes files of one link type.
#[derive(Debug)]
pub struct Pcap {
    /// What frames start with.
    pub link_type: LinkType,
    /// How much of each frame was captured at most, in octets.
    pub snapshot_length: i32,
    /// Whether time stamps have nanoseconds instead of microseconds.
    pub nanoseconds: bool,
}

impl Pcap {
    /// Begins a file.
    pub fn begin(&self, out: &mut Vec<u8>) {
        let magic = if self.nanoseconds { MAGIC_NANOSECONDS } else { MAGIC_MICROSECONDS };
        out.extend_from_slice(&magic.to_ne_bytes());
        // Version 2.4; then the time zone's offset and the time stamps' accuracy, which nobody fills in.
        out.extend_from_slice(&2u16.to_ne_bytes());
        out.extend_from_slice(&4u16.to_ne_bytes());
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(&self.snapshot_length.to_ne_bytes());
        out.extend_from_slice(&self.link_type.savefile_number().to_ne_bytes());
    }

    /// Writes a frame as it was captured.
    #[inline]
    pub fn frame(&self, frame: &Frame, out: &mut Vec<u8>) -> Result<(), String> {
        if frame.link_type != self.link_type {
            return Err(self.other_link_type(frame.link_type));
        }
        let fraction = if self.nanoseconds { frame.timestamp.nanos } else { frame.timestamp.nanos / 1000 };
        // The format has 32 bits for each, seconds wrap in 2106.
        let fields = [frame.timestamp.seconds as u32, fraction as u32, frame.bytes.len() as u32, frame.wire_length];
        for field in fields {
            out.extend_from_slice(&field.to_ne_bytes());
        }
        out.extend_from_slice(frame.bytes);
        Ok(())
    }

    /// The format has one link type for all frames, but a file that is read may have several.
    #[cold]
    fn other_link_type(&self, other: LinkType) -> String {
        let [ours, other] = [self.link_type, other].map(|link_type| link_type.name().unwrap_or_default());
        format!(
            "a pcap file holds packets of one link-type: this one {ours}, but there is one of {other} \
             (a name that ends in .pcapng makes a file that holds both)"
        )
    }
}

/// The file's header or the record that `octets` begins with.
pub fn unit(octets: &[u8], at_file_start: bool) -> Option<Unit> {
    if at_file_start {
        return Some(Unit { length: FILE_HEADER_LENGTH, is_packet: false });
    }
    let captured = octets.get(8..)?.first_chunk::<4>()?;
    Some(Unit { length: RECORD_HEADER_LENGTH + u32::from_ne_bytes(*captured) as usize, is_packet: true })
}
