//! Reading a savefile: pcap and pcapng, in either byte order, from a file or a pipe, compressed or not.

use std::os::fd::BorrowedFd;
use std::path::Path;
use std::sync::Arc;

use super::compression::{self, Compression};
use super::filters::Filters;
use super::input::{Input, Step, Supply};
use super::interface::Interface;
use super::libpcap::Filter;
use super::pcapng::Pcapng;
use super::ready::Ready;
use super::records::{FILE_HEADER_LENGTH, Format, Records};
use super::through;
use super::{Event, Frame, LinkType};
use crate::error::Error;

/// How many frames in a row may fail to pass the filter, before the session looks at signals.
const PASSED_OVER_MAX: u32 = 4096;

/// A savefile that is being read.
pub struct Savefile {
    reader: Reader,
    filters: Option<Filters>,
}

/// Who reads the records.
enum Reader {
    Pcap(Records),
    Pcapng(Box<Pcapng>),
}

impl Savefile {
    /// Opens a savefile; `-` is standard input. With `follow`, its end is where more will come.
    pub fn open(path: &Path, follow: bool) -> Result<Savefile, Error> {
        let mut input = Input::open(path, follow)?;
        if input.wait_for(compression::HEAD_LENGTH).map_err(Error::Open)? == Supply::Enough
            && let Some(compression) = input.octets(0).and_then(Compression::of)
        {
            let failed = |reason| Error::System(path.display().to_string(), reason);
            input = compression.decode(input).map_err(failed)?;
        }
        Ok(Savefile { reader: Reader::of(input)?, filters: None })
    }

    /// Lets a thread read the rest of a long file ahead.
    pub fn read_ahead(&mut self) {
        self.input_mut().read_ahead();
    }

    /// Goes on in the next piece of a file that is read ahead, and hands out the one before.
    pub fn next_piece(&mut self) -> Option<Vec<u8>> {
        if self.filters.is_some() { None } else { self.input_mut().next_piece() }
    }

    /// Takes back a piece that was handed out.
    pub fn give_back(&mut self, piece: Vec<u8>) {
        self.input_mut().give_back(piece);
    }

    /// The piece in which the frames lie that were lent last.
    pub fn piece(&self) -> &[u8] {
        self.input().piece()
    }

    /// Lets only frames through that pass the filter.
    pub fn install(&mut self, filter: Filter) {
        self.filters = Filters::new(filter, self.link_type(), self.snapshot_length());
    }

    /// Compiles a filter for the file's link type.
    pub fn compile(&self, expression: &str, optimize: bool) -> Result<Filter, String> {
        Filter::compile_for_savefile(self.link_type(), self.snapshot_length(), expression, optimize)
    }

    /// The next frames that are there already.
    #[inline]
    pub fn ready(&self) -> Option<Ready<'_>> {
        match (&self.reader, &self.filters) {
            (Reader::Pcap(records), None) => Some(Ready::Pcap(records.ready())),
            (Reader::Pcapng(pcapng), None) => Some(Ready::Pcapng(pcapng.ready())),
            (_, Some(_)) => None,
        }
    }

    /// Consumes frames that were ready: all but the last `rest` octets that are there.
    #[inline]
    pub fn consume(&mut self, rest: usize) {
        self.input_mut().consume(rest);
    }

    /// The next frame that passes the filter.
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        match &mut self.reader {
            Reader::Pcap(records) => next_passing(records, &mut self.filters),
            Reader::Pcapng(pcapng) => next_passing(&mut **pcapng, &mut self.filters),
        }
    }

    /// Passes over frames that nobody wants, as far as that is quick: how many, up to `most`.
    pub fn pass_over(&mut self, most: u64) -> u64 {
        match (&mut self.reader, &self.filters) {
            (Reader::Pcap(records), None) => records.pass_over(most),
            _ => 0,
        }
    }

    /// What becomes readable when there are frames, where that can be waited for.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.input().descriptor()
    }

    /// Whether a read that failed had begun with a packet: there are octets that make none.
    pub fn is_within_packet(&self) -> bool {
        !self.input().buffered().is_empty()
    }

    /// How much of the file has been read, and its length.
    pub fn position(&self) -> Option<(u64, u64)> {
        self.input().position()
    }

    /// What frames start with: the first interface's, where there are several.
    pub fn link_type(&self) -> LinkType {
        match &self.reader {
            Reader::Pcap(records) => records.format().link_type,
            Reader::Pcapng(pcapng) => pcapng.link_type(),
        }
    }

    /// What frames were captured on, as far as it was read.
    pub fn interfaces(&self) -> Vec<Arc<Interface>> {
        match &self.reader {
            Reader::Pcap(records) => vec![Arc::clone(records.interface())],
            Reader::Pcapng(pcapng) => pcapng.interfaces().collect(),
        }
    }

    /// How much of each frame was captured at most, in octets.
    pub fn snapshot_length(&self) -> i32 {
        match &self.reader {
            Reader::Pcap(records) => records.format().snapshot_length,
            Reader::Pcapng(pcapng) => pcapng.snapshot_length(),
        }
    }

    #[inline]
    fn input_mut(&mut self) -> &mut Input {
        match &mut self.reader {
            Reader::Pcap(records) => &mut records.input,
            Reader::Pcapng(pcapng) => &mut pcapng.input,
        }
    }

    fn input(&self) -> &Input {
        match &self.reader {
            Reader::Pcap(records) => &records.input,
            Reader::Pcapng(pcapng) => &pcapng.input,
        }
    }
}

impl Reader {
    /// The reader for what `input` begins with.
    fn of(mut input: Input) -> Result<Reader, Error> {
        input.wait_for(FILE_HEADER_LENGTH).map_err(Error::Open)?;
        if let Some(format) = input.octets(0).and_then(Format::of) {
            return Ok(Reader::Pcap(Records::new(input, format)));
        }
        if input.octets(0).is_some_and(Pcapng::is_head) {
            return Pcapng::open(input).map(|pcapng| Reader::Pcapng(Box::new(pcapng))).map_err(Error::Open);
        }
        // What libpcap reads comes in today's format.
        Reader::of(through::translate(input)?)
    }
}

/// What reads records, as far as filtering them is concerned.
trait ReadRecords {
    fn next_record(&mut self) -> Result<Step, String>;
    fn frame(&self) -> Frame<'_>;
}

impl ReadRecords for Records {
    #[inline]
    fn next_record(&mut self) -> Result<Step, String> {
        Records::next_record(self)
    }

    #[inline]
    fn frame(&self) -> Frame<'_> {
        Records::frame(self)
    }
}

impl ReadRecords for Pcapng {
    #[inline]
    fn next_record(&mut self) -> Result<Step, String> {
        Pcapng::next_record(self)
    }

    #[inline]
    fn frame(&self) -> Frame<'_> {
        Pcapng::frame(self)
    }
}

/// The next record that passes the filter, unless too many in a row do not.
fn next_passing<'r, R: ReadRecords>(reader: &'r mut R, filters: &mut Option<Filters>) -> Result<Event<'r>, String> {
    for _ in 0..PASSED_OVER_MAX {
        match reader.next_record()? {
            Step::Frame => {
                let passes = match filters {
                    Some(filters) => filters.passes(&reader.frame())?,
                    None => true,
                };
                if passes {
                    return Ok(Event::Frame(reader.frame()));
                }
            }
            Step::Later => return Ok(Event::Idle),
            Step::End => return Ok(Event::End),
        }
    }
    Ok(Event::PassedOver)
}
