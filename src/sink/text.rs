//! Packets as lines of text on standard output.

use std::mem;
use std::os::fd::BorrowedFd;
use std::sync::{Arc, Mutex};

use super::output::{Output, Pace, Pen};
use super::remarks::{self, Remarks};
use crate::dissect::context::Context;
use crate::dissect::{self, style::Style};
use crate::error::Error;
use crate::fields::View;
use crate::layers::usual::Usual;
use crate::os::names::Names;
use crate::source::Frame;
use crate::tcp::connection::Connection;
use crate::tcp::ends::Key;
use crate::tcp::segment::Segment;

/// Writes packets as text.
pub struct Text {
    context: Context,
    output: Output,
    with_remarks: bool,
}

impl Text {
    /// A sink that writes to standard output, perhaps with what there is to say of segments.
    pub fn stdout(style: Style, names: Names, pace: Pace, with_remarks: bool) -> Result<Text, Error> {
        let (mut context, output) = (Context::new(style, names), Output::stdout(pace)?);
        output.reserve(&mut context.out);
        Ok(Text { context, output, with_remarks })
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

    /// Prints a packet, perhaps with what there is to say of its segment. `usual` are its headers, if it is a usual one.
    pub fn packet<'c>(
        &mut self,
        view: &View,
        usual: Option<&Usual>,
        connection: impl Fn() -> Option<&'c Connection>,
    ) -> Result<(), Error> {
        let start = self.context.out.len();
        self.context.segment_at = None;
        dissect::frame_with(&mut self.context, view.frame, view.number, usual);
        let is_printed = self.with_remarks && self.context.out.len() > start;
        if is_printed
            && let (Some(segment), Some(verdict)) = (view.segment, view.verdict)
            && remarks::are_due(segment, verdict)
            && let Some(connection) = connection()
        {
            let from = self.context.segment_at.unwrap_or(start);
            remarks::insert(&mut self.context.out, from, &Remarks { segment, verdict, connection });
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
