//! Where frames go: to standard output as text ([`text`]) or JSON ([`json`]), to savefiles ([`savefile`], one
//! after the other by the rules of [`rotation`]), or both.

pub mod json;
pub mod output;
pub mod rotation;
pub mod savefile;
pub mod text;

use std::ops::ControlFlow;
use std::os::fd::BorrowedFd;
use std::time::Instant;

use crate::error::Error;
use crate::layers::Reassembled;
use crate::observer::Observer;
use crate::source::Frame;

/// Why a sink takes no more frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// The savefiles have the size that the user wanted.
    Size,
    /// There are as many savefiles as the user wanted.
    Files(u64),
}

/// The sinks of one run.
#[derive(Default)]
pub struct Sinks {
    /// `-w`.
    pub savefiles: Option<rotation::Savefiles>,
    /// Text on standard output.
    pub text: Option<text::Text>,
    /// JSON on standard output, and who looks at packets for it.
    pub json: Option<(Observer, json::Json)>,
}

impl Sinks {
    /// Hands a frame to each sink. It is written raw before anything can fail on its contents.
    #[inline]
    pub fn frame(&mut self, frame: &Frame, number: u64) -> Result<ControlFlow<Full>, Error> {
        let mut flow = ControlFlow::Continue(());
        if let Some(savefiles) = &mut self.savefiles {
            flow = savefiles.frame(frame)?;
        }
        if let Some(text) = &mut self.text {
            text.frame(frame, number)?;
        }
        if let Some((observer, json)) = &mut self.json {
            let reassembled = Reassembled::default();
            json.frame(&observer.observe(frame, number, &reassembled))?;
        }
        Ok(flow)
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
        if let Some(text) = &mut self.text {
            text.flush()?;
        }
        Ok(())
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
        if let Some(text) = &mut self.text {
            text.flush()?;
        }
        if let Some((_, json)) = &mut self.json {
            json.flush()?;
        }
        Ok(())
    }

    /// Where packets are printed.
    pub fn printed_to(&self) -> Option<BorrowedFd<'_>> {
        let text = self.text.as_ref().map(text::Text::descriptor);
        text.or_else(|| self.json.as_ref().map(|(_, json)| json.descriptor()))
    }
}
