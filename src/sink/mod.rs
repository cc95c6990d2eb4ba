//! Where frames go: to standard output as text ([`text`], perhaps with [`remarks`]) or JSON ([`json`]), to
//! savefiles ([`savefile`], one after the other by the rules of [`rotation`]), or both. A display filter may hold
//! frames back from all of them. What is known of all connections at the end is a [`summary`]. Frames come one by one, or
//! several in a [`burst`]; their text may be made [`behind`] by another thread.

mod aside;
mod behind;
pub mod burst;
pub mod json;
pub mod output;
pub mod remarks;
pub mod rotation;
pub mod savefile;
mod sheet;
pub mod summary;
pub mod text;
pub mod units;

use std::ops::ControlFlow;
use std::os::fd::BorrowedFd;
use std::time::Instant;

use behind::Behind;
use remarks::Remarks;

use crate::display_filter::DisplayFilter;
use crate::dissect::cursor::Cursor;
use crate::error::Error;
use crate::layers::usual::Usual;
use crate::layers::{Layers, Reassembled};
use crate::observer::Observer;
use crate::source::Frame;
use crate::tcp::ends::Keys;

/// Why a sink takes no more frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The savefiles have the size that the user wanted.
    Size,
    /// There are as many savefiles as the user wanted.
    Files(u64),
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It passed, and went to the sinks or was to be passed over.
    Passed,
    /// The display filter held it back.
    Held,
    /// It passed and was the last: a sink takes no more.
    Full(Full),
}

/// The sinks of one run.
#[derive(Default)]
pub struct Sinks {
    /// Looks at packets, where more is wanted than their text.
    pub observer: Option<Observer>,
    /// `-Y`.
    pub display_filter: Option<DisplayFilter>,
    /// `-w`.
    pub savefiles: Option<rotation::Savefiles>,
    /// Text on standard output.
    pub text: Option<text::Text>,
    /// JSON on standard output.
    pub json: Option<json::Json>,
    /// What is known of all connections, on standard output.
    pub summary: Option<summary::Summary>,
    /// Makes the keys of connections.
    pub keys: Keys,
    /// Whether there is text to be made of what is to be said of segments.
    pub with_remarks: bool,
    /// The remarks on the latest segment.
    said: Vec<u8>,
    /// The thread that makes text, once there was one.
    behind: Option<Behind>,
}

impl Sinks {
    /// Whether frames are only counted.
    pub fn want_no_frames(&self) -> bool {
        self.observer.is_none() && self.savefiles.is_none() && self.text.is_none() && self.json.is_none()
    }

    /// The headers of a frame, if it is a usual one and somebody looks for those.
    #[inline(always)]
    pub fn usual<'f>(&self, frame: &Frame<'f>) -> Option<Usual<'f>> {
        let are_looked_for = match (&self.observer, &self.text) {
            (Some(observer), _) => observer.only_segments,
            (None, Some(text)) => text.is_plain(),
            (None, None) => false,
        };
        let data = Cursor::new(frame.bytes, frame.wire_length);
        if are_looked_for { Usual::of(frame.link_type, data, &self.keys) } else { None }
    }

    /// Fetches what tells where the connection of a usual frame is, and whether the frame was captured before.
    #[inline]
    fn foresee(&self, usual: &Usual) {
        if let Some(analysis) = self.observer.as_ref().and_then(|observer| observer.analysis.as_ref()) {
            analysis.foresee(usual);
        }
        if let Some(text) = &self.text {
            text.foresee(usual.key);
        }
    }

    /// Looks at a frame, which has these headers if it is a usual one, and hands it to the sinks if it passes the display
    /// filter and is not to be `skipped`.
    #[inline(always)]
    pub fn frame(&mut self, frame: &Frame, usual: Option<&Usual>, number: u64, skipped: bool) -> Result<Taken, Error> {
        if self.observer.is_some() {
            return self.packet(frame, usual, number, skipped);
        }
        if skipped {
            return Ok(Taken::Passed);
        }
        let taken = if self.savefiles.is_some() { self.save(frame)? } else { Taken::Passed };
        if let Some(text) = &mut self.text {
            text.frame(frame, usual, number)?;
        }
        Ok(taken)
    }

    /// The same where more is wanted than the text.
    #[inline(never)]
    fn packet(&mut self, frame: &Frame, usual: Option<&Usual>, number: u64, skipped: bool) -> Result<Taken, Error> {
        let Some(observer) = &mut self.observer else { return Ok(Taken::Passed) };
        let reassembled = Reassembled::default();
        let mut layers = Layers::default();
        match usual {
            Some(usual) => observer.observe_usual(frame, number, usual),
            None => observer.observe(frame, number, &reassembled, &mut layers),
        }
        if let Some(filter) = &self.display_filter {
            if !filter.passes(&observer.view(frame, number, &layers)) {
                self.hold_back();
                return Ok(Taken::Held);
            }
            if self.summary.is_some() {
                observer.pass();
            }
        }
        if skipped {
            return Ok(Taken::Passed);
        }
        let taken = if self.savefiles.is_some() { self.save(frame)? } else { Taken::Passed };
        self.print(frame, number, &layers, usual)?;
        Ok(taken)
    }

    /// Writes a frame raw, before anything can fail on its contents.
    fn save(&mut self, frame: &Frame) -> Result<Taken, Error> {
        let Some(savefiles) = &mut self.savefiles else { return Ok(Taken::Passed) };
        Ok(savefiles.frame(frame)?.break_value().map_or(Taken::Passed, Taken::Full))
    }

    /// Prints the packet that was looked at.
    #[inline]
    fn print(&mut self, frame: &Frame, number: u64, layers: &Layers, usual: Option<&Usual>) -> Result<(), Error> {
        let Some(observer) = &self.observer else { return Ok(()) };
        let remark = |out: &mut Vec<u8>| {
            if self.with_remarks {
                put_remarks(observer, out);
            }
        };
        if let Some(text) = &mut self.text {
            self.said.clear();
            remark(&mut self.said);
            text.packet(frame, usual, number, &self.said)?;
        } else if let Some(behind) = &mut self.behind {
            behind.sheet.add(frame, number, remark);
        }
        if let Some(json) = &mut self.json {
            json.frame(&observer.view(frame, number, layers))?;
        }
        Ok(())
    }

    /// How many connections have been followed.
    pub fn connections(&self) -> u64 {
        let analysis = self.observer.as_ref().and_then(|observer| observer.analysis.as_ref());
        analysis.map_or(0, |analysis| analysis.connections().streams())
    }

    /// Lets the sinks of text know of a segment that is not printed: later ones count from its numbers.
    fn hold_back(&mut self) {
        let Some(segment) = self.observer.as_ref().and_then(Observer::segment) else { return };
        if let Some(text) = &mut self.text {
            text.pass_over(segment);
        }
        if let Some(json) = &mut self.json {
            json.pass_over(segment);
        }
    }

    /// Prints what is known of all connections so far, behind the packets.
    pub fn summarize(&mut self) -> Result<(), Error> {
        if self.summary.is_none() {
            return Ok(());
        }
        self.flush_printed()?;
        let analysis = self.observer.as_ref().and_then(|observer| observer.analysis.as_ref());
        match (&mut self.summary, analysis) {
            (Some(summary), Some(analysis)) => summary.print(analysis.connections()),
            _ => Ok(()),
        }
    }

    /// Whether a sink is about to write the counts of the interfaces.
    #[inline]
    pub fn wants_statistics(&self) -> bool {
        self.savefiles.as_ref().is_some_and(rotation::Savefiles::wants_statistics)
    }

    /// Notes the counts of the interfaces.
    pub fn set_statistics(&mut self, statistics: savefile::Statistics) {
        if let Some(savefiles) = &mut self.savefiles {
            savefiles.set_statistics(statistics);
        }
    }

    /// When a sink wants [`Sinks::tick`] to be called, whether frames come or not.
    pub fn next_tick(&self) -> Option<Instant> {
        self.savefiles.as_ref()?.next_tick()
    }

    /// Lets sinks do what they do at their time.
    pub fn tick(&mut self) -> Result<ControlFlow<Full>, Error> {
        self.savefiles.as_mut().map_or(Ok(ControlFlow::Continue(())), rotation::Savefiles::tick)
    }

    /// There are no frames for the moment: what is held back goes out, perhaps not all of it at once.
    pub fn rest(&mut self) -> Result<(), Error> {
        if let Some(savefiles) = &mut self.savefiles {
            savefiles.rest()?;
        }
        self.flush_printed()
    }

    /// Whether text is left to whoever runs the loop.
    #[inline]
    pub fn leave_piece(&self) -> bool {
        self.text.as_ref().is_some_and(text::Text::leaves_piece)
    }

    /// Completes what was written. Nothing more is taken.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.savefiles.as_mut().map_or(Ok(()), rotation::Savefiles::finish)
    }

    /// Writes out what is still held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        if let Some(savefiles) = &mut self.savefiles {
            savefiles.flush()?;
        }
        self.flush_printed()
    }

    /// Writes out packets whose text is still held back.
    fn flush_printed(&mut self) -> Result<(), Error> {
        if let Some(text) = &mut self.text {
            text.flush()?;
        }
        if let Some(json) = &mut self.json {
            json.flush()?;
        }
        Ok(())
    }

    /// Where packets are printed.
    pub fn printed_to(&self) -> Option<BorrowedFd<'_>> {
        let text = self.text.as_ref().map(text::Text::descriptor);
        let json = || self.json.as_ref().map(json::Json::descriptor);
        text.or_else(json).or_else(|| self.summary.as_ref().map(summary::Summary::descriptor))
    }
}

/// What there is to say of the segment that was looked at.
#[inline]
fn put_remarks(observer: &Observer, out: &mut Vec<u8>) {
    if let (Some(segment), Some(verdict)) = (observer.segment(), observer.verdict())
        && remarks::are_due(segment, verdict)
        && let Some(connection) = observer.connection()
    {
        Remarks { segment, verdict, connection }.put(out);
    }
}
