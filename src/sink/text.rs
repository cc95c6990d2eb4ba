//! Packets as lines of text on standard output.

use std::os::fd::BorrowedFd;

use super::output::Output;
use crate::dissect::context::Context;
use crate::dissect::{self, style::Style};
use crate::error::Error;
use crate::os::names::Names;
use crate::source::Frame;

/// Writes packets as text.
pub struct Text {
    context: Context,
    output: Output,
}

impl Text {
    /// A sink that writes to standard output.
    pub fn stdout(style: Style, names: Names, unbuffered: bool) -> Result<Text, Error> {
        let mut context = Context::new(style, names);
        Output::reserve(&mut context.out);
        Ok(Text { context, output: Output::stdout(unbuffered)? })
    }

    /// Prints a frame; `number` counts from 1.
    #[inline]
    pub fn frame(&mut self, frame: &Frame, number: u64) -> Result<(), Error> {
        dissect::frame(&mut self.context, frame, number);
        if self.context.failure.is_some()
            && let Some(error) = self.context.failure.take()
        {
            return Err(error);
        }
        self.output.offer(&mut self.context.out)
    }

    /// Ends a line that an interrupted terminal shows, as tcpdump does after Ctrl-C.
    pub fn end_line(&mut self) {
        self.context.out.push(b'\n');
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.output.flush(&mut self.context.out)
    }

    /// Where the text goes.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.output.descriptor()
    }
}
