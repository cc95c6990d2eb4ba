//! Packets as JSON on standard output, one object a line.
//!
//! An object holds every field of [`fields`](crate::fields) that the packet has, nested so that the path of a
//! value is the field's name: `{"tcp":{"flags":{"syn":true}}}`. [`layout`] says where a field goes, [`writer`]
//! writes it. A field that a packet does not have is left out.

pub mod layout;
pub mod writer;

use std::os::fd::BorrowedFd;

use super::output::{Output, Pace};
use crate::dissect::context::Context;
use crate::dissect::{self, style::Style};
use crate::error::Error;
use crate::fields::{Get, View};
use crate::layers::{Layer, Protocol};
use crate::os::names::Names;
use crate::tcp::segment::Segment;
use layout::Place;
use writer::Writer;

/// Writes packets as JSON.
pub struct Json {
    places: Vec<Place>,
    writer: Writer,
    /// Makes the line of text.
    context: Context,
    output: Output,
}

impl Json {
    /// A sink that writes to standard output; lines of text are in this style.
    pub fn stdout(style: Style, names: Names, pace: Pace) -> Result<Json, Error> {
        let mut json = Json {
            places: layout::places(),
            writer: Writer::default(),
            context: Context::new(style, names),
            output: Output::stdout(pace)?,
        };
        json.output.reserve(&mut json.writer.out);
        Ok(json)
    }

    /// The text of each frame has its interface, from now on.
    pub fn name_interfaces(&mut self) {
        self.context.names_interfaces = true;
    }

    /// Writes a packet.
    pub fn frame(&mut self, view: &View) -> Result<(), Error> {
        let sampling = self.context.style.sampling;
        if sampling > 1 && !view.number.is_multiple_of(sampling) {
            return Ok(());
        }
        self.context.out.clear();
        dissect::frame(&mut self.context, view.frame, view.number);
        if let Some(error) = self.context.failure.take() {
            return Err(error);
        }
        let text = self.context.out.trim_ascii_end();
        object(&mut self.writer, &self.places, &View { text: Some(text), ..*view });
        self.output.offer(&mut self.writer.out)
    }

    /// Notes a segment that is not printed.
    #[inline]
    pub fn pass_over(&mut self, segment: &Segment) {
        self.context.pass_over(segment);
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.output.flush(&mut self.writer.out)
    }

    /// Where the text goes.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.output.descriptor()
    }
}

/// One packet's object and the line's end.
fn object<'v>(writer: &mut Writer, places: &[Place], view: &'v View<'_>) {
    writer.begin();
    // Fields of one header stand together: it is looked for once.
    let mut header: (Option<Protocol>, Option<&Layer<'v>>) = (None, None);
    for place in places {
        match place.field.get {
            Get::Layer(protocol, get) => {
                if header.0 != Some(protocol) {
                    header = (Some(protocol), view.layers.innermost(protocol));
                }
                if let Some(value) = header.1.and_then(get) {
                    writer.value(place, value);
                }
            }
            Get::View(get) => {
                if let Some(value) = get(view) {
                    writer.value(place, value);
                }
            }
            Get::Each(each) => {
                let mut count = 0;
                each(view, &mut |value| {
                    writer.element(place, value, count);
                    count += 1;
                });
                if count > 0 {
                    writer.end_elements();
                }
            }
            Get::AnyOf(_) => {}
        }
    }
    writer.end();
}
