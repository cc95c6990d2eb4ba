//! A packet as fields see it, and the fields of the frame itself.

use super::Kind::{Bool, Duration, Protocol as Octets, Text, Time, Unsigned};
use super::{Field, Value, alias, each, whole};
use crate::layers::{Layer, Layers, Protocol};
use crate::source::Frame;
use crate::tcp::analysis::Verdict;
use crate::tcp::segment::Segment;

/// A packet, with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct View<'f> {
    /// The frame.
    pub frame: &'f Frame<'f>,
    /// Its number, from 1.
    pub number: u64,
    /// Since the first frame, in nanoseconds.
    pub since_first: i64,
    /// Since the frame before, in nanoseconds.
    pub since_previous: i64,
    /// Its headers.
    pub layers: &'f Layers<'f>,
    /// Its TCP segment.
    pub segment: Option<&'f Segment>,
    /// What is known of the segment, if connections are followed.
    pub verdict: Option<&'f Verdict>,
    /// The line that tcpdump prints, if it was made.
    pub text: Option<&'f [u8]>,
}

impl<'f> View<'f> {
    /// The header of the packet's segment.
    pub fn tcp(&self) -> Option<&Layer<'f>> {
        self.layers.innermost(Protocol::Tcp)
    }
}

/// Of the frame.
pub const FIELDS: &[Field] = &[
    whole("frame", Octets, "The frame.", |view| Some(Value::Bytes(view.frame.bytes))),
    whole("frame.number", Unsigned, "Its number in the capture, from 1.", |view| Some(view.number.into())),
    whole("frame.time_epoch", Time, "When it was captured, in seconds since 1970.", |view| {
        Some(Value::Time(view.frame.timestamp))
    }),
    alias("frame.time", Time, "When it was captured, as a date and time.", &["frame.time_epoch"]),
    whole("frame.time_relative", Duration, "Seconds since the first frame.", |view| {
        Some(Value::Duration(view.since_first))
    }),
    whole("frame.time_delta", Duration, "Seconds since the frame before.", |view| {
        Some(Value::Duration(view.since_previous))
    }),
    whole("frame.len", Unsigned, "Its length on the wire, in octets.", |view| Some(view.frame.wire_length.into())),
    whole("frame.cap_len", Unsigned, "Octets of it that were captured.", |view| {
        Some(Value::Unsigned(view.frame.bytes.len() as u64))
    }),
    whole("frame.interface_id", Unsigned, "The interface's number in the capture, from 0.", |view| {
        Some(view.frame.interface.number.into())
    }),
    whole("frame.interface_name", Text, "The interface's name.", |view| {
        view.frame.interface.name.as_deref().map(Value::from)
    }),
    each("frame.protocols", Text, "Its protocols, outermost first.", |view, take| {
        view.layers.own().iter().for_each(|layer| take(layer.protocol.name().into()));
    }),
];

/// The state of one of the ends.
fn state<'v>(view: &View, of_client: bool) -> Option<Value<'v>> {
    let verdict = view.verdict?;
    let side = if of_client { verdict.client } else { verdict.client.other() };
    Some(verdict.states.of(side).name().into())
}

/// What Wireshark has no name for.
pub const OWN_FIELDS: &[Field] = &[
    whole("rtcpdump.from_client", Bool, "The segment is from the end that asked for the connection.", |view| {
        view.verdict.map(|verdict| (verdict.side == verdict.client).into())
    }),
    whole("rtcpdump.client_state", Text, "State of the end that asked for the connection (RFC 9293).", |view| {
        state(view, true)
    }),
    whole("rtcpdump.server_state", Text, "State of the other end.", |view| state(view, false)),
    whole("rtcpdump.text", Text, "The packet as tcpdump prints it, without the line end.", |view| {
        view.text.map(Value::Text)
    }),
];
