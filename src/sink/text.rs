//! Packets as lines of text on standard output.

use std::mem;
use std::os::fd::BorrowedFd;
use std::sync::{Arc, Mutex};

use super::output::{Output, Pace, Pen};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::{self, style::Style};
use crate::error::Error;
use crate::layers::usual::Usual;
use crate::os::names::Names;
use crate::source::Frame;
use crate::tcp::ends::Key;
use crate::tcp::segment::Segment;

/// Writes packets as text.
pub struct Text {
    context: Context,
    output: Output,
}

impl Text {
    /// A sink that writes to standard output.
    pub fn stdout(style: Style, names: Names, pace: Pace) -> Result<Text, Error> {
        let (mut context, output) = (Context::new(style, names), Output::stdout(pace)?);
        output.reserve(&mut context.out);
        Ok(Text { context, output })
    }

    /// Prints each frame with its interface, from now on.
    pub fn name_interfaces(&mut self) {
        self.context.names_interfaces = true;
    }

    /// Whether usual frames have usual lines.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.context.is_plain()
    }

    /// Prints a frame, which has these headers if it is a usual one; `number` counts from 1.
    #[inline]
    pub fn frame(&mut self, frame: &Frame, usual: Option<&Usual>, number: u64) -> Result<(), Error> {
        dissect::frame_with(&mut self.context, frame, number, usual);
        self.offer()
    }

    /// Prints a frame, and what there is to say of its segment at the end of the segment's line.
    #[inline]
    pub fn packet(&mut self, frame: &Frame, usual: Option<&Usual>, number: u64, remarks: &[u8]) -> Result<(), Error> {
        let start = self.context.out.len();
        self.context.segment_at = None;
        dissect::frame_with(&mut self.context, frame, number, usual);
        if !remarks.is_empty() && self.context.out.len() > start {
            insert_at_line_end(&mut self.context.out, self.context.segment_at.unwrap_or(start), remarks);
        }
        self.offer()
    }

    #[inline]
    fn offer(&mut self) -> Result<(), Error> {
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

    /// Fetches what a segment with this key will need.
    #[inline]
    pub fn foresee(&self, key: Key) {
        self.context.relative.foresee(key);
    }

    /// Notes a segment that is not printed.
    #[inline]
    pub fn pass_over(&mut self, segment: &Segment) {
        self.context.pass_over(segment);
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.output.flush(&mut self.context.out)
    }

    /// The headers of a frame, if it is a usual one and usual lines are made.
    #[inline]
    pub fn usual<'f>(&self, frame: &Frame<'f>) -> Option<Usual<'f>> {
        let data = Cursor::new(frame.bytes, frame.wire_length);
        if self.is_plain() { Usual::of(frame.link_type, data, self.context.relative.keys()) } else { None }
    }

    /// Whether another thread may make the text: nobody waits for single lines, and there is a processor for it.
    pub fn may_be_lent(&self) -> bool {
        self.output.is_written_beside()
    }

    /// Whether text is left to whoever runs the loop, who writes it with [`Text::pen`].
    #[inline]
    pub fn leaves_piece(&self) -> bool {
        self.output.leaves_piece(&self.context.out)
    }

    /// Exchanges the text that is held back for an empty buffer.
    pub fn swap_piece(&mut self, empty: &mut Vec<u8>) {
        self.output.reserve(empty);
        mem::swap(&mut self.context.out, empty);
    }

    /// What other threads write with.
    pub fn pen(&self) -> Arc<Mutex<Pen>> {
        self.output.pen()
    }

    /// Where the text goes.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.output.descriptor()
    }
}

/// Puts text at the end of the line in which `from` lies.
fn insert_at_line_end(out: &mut Vec<u8>, from: usize, text: &[u8]) {
    let end = out.len();
    let rest = out.get(from..).unwrap_or_default();
    let line_end = memchr::memchr(b'\n', rest).map_or(end, |length| from + length);
    out.extend_from_slice(text);
    if let Some(behind) = out.get_mut(line_end..) {
        behind.rotate_right(text.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_to_say_stands_at_the_end_of_the_line_that_was_named() {
        let mut out = b"one\ntwo\nthree\n".to_vec();
        insert_at_line_end(&mut out, 5, b" [a]");
        insert_at_line_end(&mut out, 0, b" [b]");
        insert_at_line_end(&mut out, 17, b" [c]");
        assert_eq!(String::from_utf8(out).unwrap(), "one [b]\ntwo [a]\nthree [c]\n");
        let mut unended = b"four".to_vec();
        insert_at_line_end(&mut unended, 0, b" [d]");
        assert_eq!(unended, b"four [d]");
    }
}
