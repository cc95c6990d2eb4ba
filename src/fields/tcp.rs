//! Fields of the TCP header and its options.

use super::Kind::{Bool, Bytes, Duration, Signed, Unsigned};
use super::read::{be16, be32, bit16, bits16, payload};
use super::{Field, Value, View, alias, each, of, presence, whole};
use crate::layers::Protocol::Tcp;
use crate::tcp::analysis::Verdict;
use crate::tcp::flow::Scale;
use crate::tcp::segment::{Flags, Options, Segment};
use crate::tcp::sequence::Sequence;

fn verdict<'v, T: Into<Value<'v>>>(view: &View, get: fn(&Verdict) -> T) -> Option<Value<'v>> {
    view.verdict.map(|verdict| get(verdict).into())
}

fn option<'v, T: Into<Value<'v>>>(view: &View, get: fn(&Options) -> Option<T>) -> Option<Value<'v>> {
    view.segment.and_then(|segment| get(&segment.options)).map(T::into)
}

/// The same, where the header is as long as it says.
fn sound<'v, T: Into<Value<'v>>>(view: &View, get: fn(&Verdict) -> T) -> Option<Value<'v>> {
    verdict(view, get).filter(|_| view.segment.is_some_and(|segment| !segment.header.is_wrong()))
}

/// Octets of the header without options.
const HEADER_LENGTH_MIN: usize = 20;

/// What Wireshark shows: 2 to the shift; -1 while it is not known, -2 where windows are not scaled.
fn scale_factor(view: &View) -> Option<i64> {
    let segment = view.segment?;
    let is_shown = !segment.flags.any(Flags::SYN) && !segment.header.is_wrong();
    is_shown.then_some(match view.verdict?.scale {
        Scale::Unknown => -1,
        Scale::Off => -2,
        Scale::Shift(shift) => 1 << shift,
    })
}

/// What edges of SACK ranges count from: the same as the acknowledgement number.
fn sack_origin(segment: &Segment, verdict: &Verdict) -> Sequence {
    segment.acknowledgement.minus(verdict.acknowledgement)
}

/// One edge of each SACK range, counted from the connection's start.
fn edges<'v>(view: &View, edge: fn(&(Sequence, Sequence)) -> Sequence, take: &mut dyn FnMut(Value<'v>)) {
    let (Some(segment), Some(verdict)) = (view.segment, view.verdict) else { return };
    let origin = sack_origin(segment, verdict);
    segment.options.sack.as_slice().iter().for_each(|range| take(edge(range).since(origin).into()));
}

/// The fields in front of those of the analysis.
pub const FIELDS: &[Field] = &[
    presence(Tcp),
    of(Tcp, "tcp.srcport", Unsigned, "The sender's port.", |layer| be16(layer, 0)),
    of(Tcp, "tcp.dstport", Unsigned, "The port it is for.", |layer| be16(layer, 2)),
    alias("tcp.port", Unsigned, "Either port.", &["tcp.srcport", "tcp.dstport"]),
    whole("tcp.stream", Unsigned, "The connection's number, from 0.", |view| verdict(view, |verdict| verdict.stream)),
    whole(
        "tcp.completeness",
        Unsigned,
        "Seen of the connection before: 1 SYN, 2 SYN and ACK, 4 ACK, 8 data, 16 FIN, 32 RST.",
        |view| verdict(view, |verdict| verdict.completeness),
    ),
    whole("tcp.len", Unsigned, "Octets of data, by the IP header.", |view| {
        view.segment.map(|segment| segment.length.into())
    }),
    whole("tcp.seq", Unsigned, "Sequence number, counted from the connection's start.", |view| {
        verdict(view, |verdict| verdict.sequence)
    }),
    of(Tcp, "tcp.seq_raw", Unsigned, "Sequence number.", |layer| be32(layer, 4)),
    whole("tcp.nxtseq", Unsigned, "The next sequence number, counted from the connection's start.", |view| {
        let (segment, verdict) = (view.segment?, view.verdict?);
        Some(verdict.sequence.wrapping_add(segment.next().since(segment.sequence)).into())
    }),
    whole(
        "tcp.ack",
        Unsigned,
        "Acknowledgement number, counted from the connection's start; as it is without ACK.",
        |view| sound(view, |verdict| verdict.acknowledgement),
    ),
    of(Tcp, "tcp.ack_raw", Unsigned, "Acknowledgement number.", |layer| be32(layer, 8)),
    of(Tcp, "tcp.hdr_len", Unsigned, "Octets of the header.", |layer| Some(layer.header_length.into())),
    of(Tcp, "tcp.flags", Unsigned, "All flags.", |layer| bits16(layer, 12, 0, 0xfff)),
    of(Tcp, "tcp.flags.res", Bool, "Reserved.", |layer| bit16(layer, 12, 0xe00)),
    of(Tcp, "tcp.flags.ae", Bool, "Accurate explicit congestion notification.", |layer| bit16(layer, 12, 0x100)),
    of(Tcp, "tcp.flags.cwr", Bool, "Congestion window reduced.", |layer| bit16(layer, 12, 0x080)),
    of(Tcp, "tcp.flags.ece", Bool, "Congestion was told.", |layer| bit16(layer, 12, 0x040)),
    of(Tcp, "tcp.flags.urg", Bool, "The urgent pointer counts.", |layer| bit16(layer, 12, 0x020)),
    of(Tcp, "tcp.flags.ack", Bool, "The acknowledgement number counts.", |layer| bit16(layer, 12, 0x010)),
    of(Tcp, "tcp.flags.push", Bool, "Hand the data to the application.", |layer| bit16(layer, 12, 0x008)),
    of(Tcp, "tcp.flags.reset", Bool, "The connection is reset.", |layer| bit16(layer, 12, 0x004)),
    of(Tcp, "tcp.flags.syn", Bool, "Sequence numbers start here.", |layer| bit16(layer, 12, 0x002)),
    of(Tcp, "tcp.flags.fin", Bool, "The sender has no more data.", |layer| bit16(layer, 12, 0x001)),
    of(Tcp, "tcp.window_size_value", Unsigned, "The window as it is in the header.", |layer| be16(layer, 14)),
    whole("tcp.window_size", Unsigned, "The window, scaled, in octets.", |view| sound(view, |verdict| verdict.window)),
    whole(
        "tcp.window_size_scalefactor",
        Signed,
        "What the window was multiplied with; -1 not known, -2 not scaled.",
        |view| scale_factor(view).map(Value::Signed),
    ),
    of(Tcp, "tcp.checksum", Unsigned, "Checksum.", |layer| be16(layer, 16)),
    of(Tcp, "tcp.urgent_pointer", Unsigned, "End of urgent data, in octets from the sequence number.", |layer| {
        be16(layer, 18)
    }),
    of(Tcp, "tcp.options", Bytes, "The options' octets.", |layer| {
        let header = layer.data.captured().get(..layer.header_length as usize)?;
        header.get(HEADER_LENGTH_MIN..).filter(|options| !options.is_empty()).map(Value::Bytes)
    }),
    alias("tcp.options.mss", Unsigned, "The same as tcp.options.mss_val.", &["tcp.options.mss_val"]),
    alias("tcp.options.wscale", Unsigned, "The same as tcp.options.wscale.shift.", &["tcp.options.wscale.shift"]),
    alias("tcp.options.sack", Unsigned, "Edges of SACK ranges.", &["tcp.options.sack_le", "tcp.options.sack_re"]),
    alias(
        "tcp.options.timestamp",
        Unsigned,
        "Both time stamps.",
        &["tcp.options.timestamp.tsval", "tcp.options.timestamp.tsecr"],
    ),
    whole("tcp.options.mss_val", Unsigned, "Maximum segment size, in octets.", |view| {
        option(view, |options| options.mss)
    }),
    whole("tcp.options.wscale.shift", Unsigned, "Shift of the sender's windows from now on.", |view| {
        option(view, |options| options.window_scale)
    }),
    whole("tcp.options.sack_perm", Bool, "Selective acknowledgements may be sent.", |view| {
        option(view, |options| options.sack_permitted.then_some(true))
    }),
    each(
        "tcp.options.sack_le",
        Unsigned,
        "Beginnings of SACK ranges, counted from the connection's start.",
        |view, take| {
            edges(view, |range| range.0, take);
        },
    ),
    each("tcp.options.sack_re", Unsigned, "Ends of SACK ranges, counted from the connection's start.", |view, take| {
        edges(view, |range| range.1, take);
    }),
    whole("tcp.options.timestamp.tsval", Unsigned, "The sender's time stamp.", |view| {
        option(view, |options| options.timestamps.map(|(value, _)| value))
    }),
    whole("tcp.options.timestamp.tsecr", Unsigned, "The other end's time stamp that is echoed.", |view| {
        option(view, |options| options.timestamps.map(|(_, echo)| echo))
    }),
    whole("tcp.time_relative", Duration, "Seconds since the connection's first frame.", |view| {
        view.verdict.map(|verdict| Value::Duration(verdict.since_first))
    }),
    whole("tcp.time_delta", Duration, "Seconds since the connection's frame before.", |view| {
        view.verdict.map(|verdict| Value::Duration(verdict.since_previous))
    }),
    of(Tcp, "tcp.payload", Bytes, "The data, as far as it was captured.", payload),
];
