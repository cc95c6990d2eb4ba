//! Where frames go: text on standard output ([`text`]), a savefile ([`savefile`]), or both.

pub mod savefile;
pub mod text;

use crate::error::Error;
use crate::source::Frame;

/// The sinks of one run.
#[derive(Default)]
pub struct Sinks {
    /// `-w`.
    pub savefile: Option<savefile::Savefile>,
    /// Standard output.
    pub text: Option<text::Text>,
}

impl Sinks {
    /// Hands a frame to each sink. It is written raw before anything can fail on its contents.
    #[inline]
    pub fn frame(&mut self, frame: &Frame, number: u64) -> Result<(), Error> {
        if let Some(savefile) = &mut self.savefile {
            savefile.frame(frame)?;
        }
        if let Some(text) = &mut self.text {
            text.frame(frame, number)?;
        }
        Ok(())
    }

    /// Writes out what is still held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        if let Some(savefile) = &mut self.savefile {
            savefile.flush()?;
        }
        if let Some(text) = &mut self.text {
            text.flush()?;
        }
        Ok(())
    }
}
