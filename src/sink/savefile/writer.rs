//! Makes records of frames, in either format.

use std::sync::Arc;

use super::form::Measure;
use super::format::Format;
use super::pcap::{self, Pcap};
use super::pcapng::{self, Pcapng, Statistics};
use crate::source::interface::Interface;
use crate::source::{Frame, LinkType};

/// What a savefile says of itself.
#[derive(Clone, Debug)]
pub struct Description {
    /// How it is written.
    pub format: Format,
    /// What frames start with, in a format that has room for one answer.
    pub link_type: LinkType,
    /// How much of each frame was captured at most, in octets, where there is room for one answer.
    pub snapshot_length: i32,
    /// Whether time stamps have nanoseconds, if the user wants it so or so.
    pub nanoseconds: Option<bool>,
    /// What frames are captured on, as far as it is known.
    pub interfaces: Vec<Arc<Interface>>,
    /// The filter that chooses them.
    pub filter: String,
}

/// A record, a block or a header in a savefile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its length, in octets.
    pub length: usize,
    /// Whether it holds a packet.
    pub is_packet: bool,
}

/// Writes one file after the other into memory.
pub enum Writer {
    /// libpcap's format.
    Pcap(Pcap),
    /// The one with blocks.
    Pcapng(Box<Pcapng>),
}

impl Writer {
    /// A writer of files that say this of themselves.
    pub fn new(description: &Description) -> Writer {
        let Description { link_type, snapshot_length, nanoseconds, .. } = *description;
        if description.format.is_pcapng {
            let pcapng = Pcapng::new(nanoseconds, &description.filter, &description.interfaces);
            return Writer::Pcapng(Box::new(pcapng));
        }
        // Nothing of a time stamp is lost unless the user asks for it.
        let has_nanoseconds = || description.interfaces.iter().any(|interface| interface.nanoseconds);
        let nanoseconds = nanoseconds.unwrap_or_else(has_nanoseconds);
        Writer::Pcap(Pcap { link_type, snapshot_length, nanoseconds })
    }

    /// What measures its records.
    pub fn measure(&self) -> Measure {
        match self {
            Writer::Pcap(_) => pcap::unit,
            Writer::Pcapng(_) => pcapng::unit,
        }
    }

    /// Whether files have room for the counts of interfaces.
    pub fn holds_statistics(&self) -> bool {
        matches!(self, Writer::Pcapng(_))
    }

    /// Begins a file.
    pub fn begin(&self, out: &mut Vec<u8>) {
        match self {
            Writer::Pcap(pcap) => pcap.begin(out),
            Writer::Pcapng(pcapng) => pcapng.begin(out),
        }
    }

    /// Writes a frame as it was captured. The error is what the format does not allow.
    #[inline]
    pub fn frame(&mut self, frame: &Frame, out: &mut Vec<u8>) -> Result<(), String> {
        match self {
            Writer::Pcap(pcap) => pcap.frame(frame, out),
            Writer::Pcapng(pcapng) => pcapng.frame(frame, out),
        }
    }

    /// Ends a file, with the counts of the interfaces if there is room for them.
    pub fn end(&mut self, statistics: &Statistics, out: &mut Vec<u8>) -> Result<(), String> {
        match self {
            Writer::Pcap(_) => Ok(()),
            Writer::Pcapng(pcapng) => pcapng.end(statistics, out),
        }
    }
}
