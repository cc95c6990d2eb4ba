//! What pcapng files are made of: blocks with options, in this machine's byte order.

use crate::source::{Frame, Timestamp};

/// Block types (section 11.1).
pub mod kind {
    /// Section Header Block.
    pub const SECTION: u32 = 0x0a0d_0d0a;
    /// Interface Description Block.
    pub const INTERFACE: u32 = 1;
    /// Interface Statistics Block.
    pub const STATISTICS: u32 = 5;
    /// Enhanced Packet Block.
    pub const ENHANCED_PACKET: u32 = 6;
}

/// Option codes (sections 3.5, 4.1, 4.2 and 4.6).
pub mod option {
    /// `opt_endofopt`
    pub const END: u16 = 0;
    /// `shb_hardware`
    pub const SECTION_HARDWARE: u16 = 2;
    /// `shb_os`
    pub const SECTION_SYSTEM: u16 = 3;
    /// `shb_userappl`
    pub const SECTION_APPLICATION: u16 = 4;
    /// `if_name`
    pub const INTERFACE_NAME: u16 = 2;
    /// `if_description`
    pub const INTERFACE_DESCRIPTION: u16 = 3;
    /// `if_tsresol`
    pub const INTERFACE_RESOLUTION: u16 = 9;
    /// `if_filter`
    pub const INTERFACE_FILTER: u16 = 11;
    /// `if_os`
    pub const INTERFACE_SYSTEM: u16 = 12;
    /// `isb_starttime`
    pub const STATISTICS_BEGUN: u16 = 2;
    /// `isb_endtime`
    pub const STATISTICS_ENDED: u16 = 3;
    /// `isb_ifrecv`
    pub const STATISTICS_RECEIVED: u16 = 4;
    /// `isb_ifdrop`
    pub const STATISTICS_INTERFACE_DROPPED: u16 = 5;
    /// `isb_filteraccept`
    pub const STATISTICS_ACCEPTED: u16 = 6;
    /// `isb_osdrop`
    pub const STATISTICS_KERNEL_DROPPED: u16 = 7;
    /// `isb_usrdeliv`
    pub const STATISTICS_DELIVERED: u16 = 8;
}

/// What a section header begins with: it tells the byte order.
pub const MAGIC: u32 = 0x1a2b_3c4d;
/// What a filter's first octet says when libpcap's language follows.
pub const FILTER_LIBPCAP: u8 = 0;

/// What an enhanced packet has around the frame: type, two lengths, and what is told of it.
const AROUND_PACKET: usize = 32;

/// A point in time, in an interface's ticks.
#[derive(Clone, Copy, Debug)]
pub struct Stamp(u64);

impl Stamp {
    /// The ticks since 1970 are nano- or microseconds.
    #[inline]
    pub fn new(time: Timestamp, nanoseconds: bool) -> Stamp {
        let (per_second, fraction) =
            if nanoseconds { (1_000_000_000, time.nanos) } else { (1_000_000, time.nanos / 1000) };
        Stamp(time.seconds.wrapping_mul(per_second).wrapping_add(fraction) as u64)
    }

    /// The upper half comes first, whatever the byte order.
    #[inline]
    pub fn octets(self) -> [u8; 8] {
        let [a, b, c, d] = ((self.0 >> 32) as u32).to_ne_bytes();
        let [e, f, g, h] = (self.0 as u32).to_ne_bytes();
        [a, b, c, d, e, f, g, h]
    }
}

/// Writes a block with what `fill` puts into it.
pub fn put_block(out: &mut Vec<u8>, kind: u32, fill: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&kind.to_ne_bytes());
    out.extend_from_slice(&[0; 4]);
    fill(out);
    let length = ((out.len() - start + 4) as u32).to_ne_bytes();
    out.extend_from_slice(&length);
    if let Some(place) = out.get_mut(start + 4..start + 8) {
        place.copy_from_slice(&length);
    }
}

/// Writes an option and its padding; nothing, if the format cannot hold it.
pub fn put_option(out: &mut Vec<u8>, code: u16, value: &[u8]) {
    let Ok(length) = u16::try_from(value.len()) else { return };
    out.extend_from_slice(&code.to_ne_bytes());
    out.extend_from_slice(&length.to_ne_bytes());
    out.extend_from_slice(value);
    pad(out, value.len());
}

/// Writes an option if there is something to tell.
pub fn put_text(out: &mut Vec<u8>, code: u16, text: Option<&str>) {
    if let Some(text) = text {
        put_option(out, code, text.as_bytes());
    }
}

/// Writes a packet without options (section 4.3).
#[inline]
pub fn put_packet(out: &mut Vec<u8>, interface: u32, stamp: Stamp, frame: &Frame) {
    let captured = frame.bytes.len();
    let length = ((AROUND_PACKET + captured.next_multiple_of(4)) as u32).to_ne_bytes();
    out.extend_from_slice(&kind::ENHANCED_PACKET.to_ne_bytes());
    out.extend_from_slice(&length);
    out.extend_from_slice(&interface.to_ne_bytes());
    out.extend_from_slice(&stamp.octets());
    out.extend_from_slice(&(captured as u32).to_ne_bytes());
    out.extend_from_slice(&frame.wire_length.to_ne_bytes());
    out.extend_from_slice(frame.bytes);
    pad(out, captured);
    out.extend_from_slice(&length);
}

#[inline]
fn pad(out: &mut Vec<u8>, length: usize) {
    let padding = length.next_multiple_of(4) - length;
    out.extend_from_slice([0; 3].get(..padding).unwrap_or_default());
}
