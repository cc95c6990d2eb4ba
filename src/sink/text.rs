//! Packets as lines of text on standard output.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};

use crate::dissect::context::Context;
use crate::dissect::{self, style::Style};
use crate::error::Error;
use crate::os::names::Names;
use crate::source::Frame;

/// Text that is held back at most, in octets: large writes are what makes output cheap.
const HELD_BACK: usize = 64 * 1024;

/// Writes packets as text.
pub struct Text {
    context: Context,
    output: File,
    /// Each packet is written out at once (`-l`, `-U`).
    unbuffered: bool,
}

impl Text {
    /// A sink that writes to standard output.
    pub fn stdout(style: Style, names: Names, unbuffered: bool) -> Result<Text, Error> {
        // The standard library's handle would look for line ends in every write.
        let output = File::from(io::stdout().as_fd().try_clone_to_owned().map_err(Error::Output)?);
        let mut context = Context::new(style, names);
        context.out.reserve(2 * HELD_BACK);
        Ok(Text { context, output, unbuffered })
    }

    /// Prints each frame with its interface, from now on.
    pub fn name_interfaces(&mut self) {
        self.context.names_interfaces = true;
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
        if self.context.out.len() >= HELD_BACK || self.unbuffered { self.flush() } else { Ok(()) }
    }

    /// Ends a line that an interrupted terminal shows, as tcpdump does after Ctrl-C.
    pub fn end_line(&mut self) {
        self.context.out.push(b'\n');
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        let written = self.output.write_all(&self.context.out);
        self.context.out.clear();
        written.map_err(Error::Output)
    }

    /// Where the text goes.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.output.as_fd()
    }
}
