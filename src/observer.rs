//! Looks at a packet: its headers, its segment, and the segment's place in its connection.

use crate::fields::View;
use crate::layers::fragments::Fragments;
use crate::layers::{self, Layers, Protocol, Reassembled};
use crate::source::{Frame, Timestamp};
use crate::tcp::analysis::{Analysis, Verdict};
use crate::tcp::connection::Connection;
use crate::tcp::segment::{self, Segment};

/// What is remembered from one packet to the next.
#[derive(Debug, Default)]
pub struct Observer {
    fragments: Fragments,
    /// The connections, if they are followed.
    pub analysis: Option<Analysis>,
    first_time: Option<i64>,
    previous_time: Option<i64>,
}

impl Observer {
    /// An observer of packets, and of connections if there is an analysis.
    pub fn new(analysis: Option<Analysis>) -> Observer {
        Observer { analysis, ..Observer::default() }
    }

    /// Looks at the next frame; `number` counts from 1. What fragments make up is kept in `reassembled`.
    #[inline]
    pub fn observe<'f>(&mut self, frame: &'f Frame<'f>, number: u64, reassembled: &'f Reassembled) -> View<'f> {
        let time = segment::nanoseconds(frame.timestamp);
        let first = *self.first_time.get_or_insert(time);
        let previous = self.previous_time.replace(time).unwrap_or(time);
        let layers = layers::walk(frame, &mut self.fragments, reassembled);
        let segment = Segment::of(&layers, number, frame.timestamp)
            .map(|segment| Segment { frame_length: frame.wire_length, ..segment });
        View {
            frame,
            number,
            since_first: time.wrapping_sub(first),
            since_previous: time.wrapping_sub(previous),
            verdict: self.judge(segment.as_ref(), &layers, number, frame.timestamp),
            layers,
            segment,
            text: None,
        }
    }

    /// What is known of the connection that a packet was just found to belong to.
    #[inline]
    pub fn connection(&self, verdict: Option<&Verdict>) -> Option<&Connection> {
        self.analysis.as_ref()?.connections().get(verdict?.connection)
    }

    fn judge(&mut self, segment: Option<&Segment>, layers: &Layers, number: u64, time: Timestamp) -> Option<Verdict> {
        let analysis = self.analysis.as_mut()?;
        if let Some(segment) = segment {
            return analysis.segment(segment);
        }
        if layers.has(Protocol::Tcp)
            && let Some(quoted) = Segment::quoted(layers, number, time)
        {
            analysis.quoted(&quoted);
        }
        None
    }
}
