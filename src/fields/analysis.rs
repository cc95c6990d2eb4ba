//! Fields of the connection analysis.

use super::Kind::{Bool, Duration, Unsigned};
use super::{Field, Value, View, alias, whole};
use crate::tcp::analysis::findings::{Finding, Findings};

fn findings<'v>(view: &'v View) -> Option<&'v Findings> {
    view.verdict.map(|verdict| &verdict.findings)
}

/// True, or not there.
fn flag<'v>(view: &View, finding: Finding) -> Option<Value<'v>> {
    findings(view)?.set.has(finding).then_some(Value::Bool(true))
}

fn number<'v, T: Into<Value<'v>>>(view: &View, get: fn(&Findings) -> Option<T>) -> Option<Value<'v>> {
    findings(view).and_then(get).map(T::into)
}

fn duration<'v>(view: &View, get: fn(&Findings) -> Option<i64>) -> Option<Value<'v>> {
    findings(view).and_then(get).map(Value::Duration)
}

/// The fields.
pub const FIELDS: &[Field] = &[
    alias(
        "tcp.analysis.flags",
        Bool,
        "Any finding: a retransmission, a closed window and the like.",
        &[
            "tcp.analysis.retransmission",
            "tcp.analysis.out_of_order",
            "tcp.analysis.lost_segment",
            "tcp.analysis.ack_lost_segment",
            "tcp.analysis.duplicate_ack",
            "tcp.analysis.window_update",
            "tcp.analysis.window_full",
            "tcp.analysis.zero_window",
            "tcp.analysis.zero_window_probe",
            "tcp.analysis.zero_window_probe_ack",
            "tcp.analysis.keep_alive",
            "tcp.analysis.keep_alive_ack",
            "tcp.analysis.reused_ports",
        ],
    ),
    whole(
        "tcp.analysis.retransmission",
        Bool,
        "Octets that were sent before. Also with the two kinds below.",
        |view| {
            const KINDS: [Finding; 3] =
                [Finding::Retransmission, Finding::FastRetransmission, Finding::SpuriousRetransmission];
            KINDS.into_iter().find_map(|kind| flag(view, kind))
        },
    ),
    whole(
        "tcp.analysis.fast_retransmission",
        Bool,
        "Octets that were sent before, again after duplicate acknowledgements.",
        |view| flag(view, Finding::FastRetransmission),
    ),
    whole("tcp.analysis.spurious_retransmission", Bool, "Octets that were acknowledged before.", |view| {
        flag(view, Finding::SpuriousRetransmission)
    }),
    whole("tcp.analysis.out_of_order", Bool, "Octets that were overtaken by later ones.", |view| {
        flag(view, Finding::OutOfOrder)
    }),
    whole(
        "tcp.analysis.lost_segment",
        Bool,
        "Something between this segment and the ones before was not captured.",
        |view| flag(view, Finding::LostSegment),
    ),
    whole("tcp.analysis.ack_lost_segment", Bool, "An acknowledgement of something that was not captured.", |view| {
        flag(view, Finding::AckLostSegment)
    }),
    whole(
        "tcp.analysis.duplicate_ack",
        Bool,
        "An acknowledgement that says the same as the one before: something is missing there.",
        |view| flag(view, Finding::DuplicateAck),
    ),
    whole("tcp.analysis.window_update", Bool, "An acknowledgement that changes only the window.", |view| {
        flag(view, Finding::WindowUpdate)
    }),
    whole(
        "tcp.analysis.window_full",
        Bool,
        "The segment fills the window of the other end to its last octet.",
        |view| flag(view, Finding::WindowFull),
    ),
    whole("tcp.analysis.zero_window", Bool, "The sender can take no more data.", |view| {
        flag(view, Finding::ZeroWindow)
    }),
    whole(
        "tcp.analysis.zero_window_probe",
        Bool,
        "One octet that finds out whether the window is open again.",
        |view| flag(view, Finding::ZeroWindowProbe),
    ),
    whole(
        "tcp.analysis.zero_window_probe_ack",
        Bool,
        "The answer to such a probe: the window is still closed.",
        |view| flag(view, Finding::ZeroWindowProbeAck),
    ),
    whole(
        "tcp.analysis.keep_alive",
        Bool,
        "A segment that only finds out whether the other end is still there.",
        |view| flag(view, Finding::KeepAlive),
    ),
    whole("tcp.analysis.keep_alive_ack", Bool, "The answer to a keep-alive.", |view| flag(view, Finding::KeepAliveAck)),
    whole("tcp.analysis.reused_ports", Bool, "A new connection between ends that had one before.", |view| {
        flag(view, Finding::ReusedPorts)
    }),
    whole(
        "tcp.analysis.duplicate_frame",
        Bool,
        "A frame that was captured twice, or doubled on its way. Only by evidence; Wireshark has no name for it.",
        |view| flag(view, Finding::DuplicateFrame),
    ),
    whole(
        "tcp.analysis.duplicate_ack_num",
        Unsigned,
        "Which duplicate acknowledgement in a row it is, from 1.",
        |view| number(view, |findings| findings.duplicate_of.map(|(number, _)| number)),
    ),
    whole("tcp.analysis.duplicate_ack_frame", Unsigned, "The frame that said it first.", |view| {
        number(view, |findings| findings.duplicate_of.map(|(_, frame)| frame))
    }),
    whole("tcp.analysis.acks_frame", Unsigned, "The frame with the segment that is acknowledged.", |view| {
        number(view, |findings| findings.acks_frame)
    }),
    whole("tcp.analysis.ack_rtt", Duration, "Seconds since that frame.", |view| {
        duration(view, |findings| findings.ack_rtt)
    }),
    whole("tcp.analysis.initial_rtt", Duration, "The handshake's round-trip time, in seconds.", |view| {
        duration(view, |findings| findings.initial_rtt)
    }),
    whole(
        "tcp.analysis.bytes_in_flight",
        Unsigned,
        "Octets that the sender has sent and that are not acknowledged.",
        |view| number(view, |findings| findings.bytes_in_flight),
    ),
    whole("tcp.analysis.push_bytes_sent", Unsigned, "Octets since the sender's last segment with PSH.", |view| {
        number(view, |findings| findings.push_bytes_sent)
    }),
    whole(
        "tcp.analysis.rto",
        Duration,
        "Of a retransmission: seconds since the oldest segment that is not acknowledged.",
        |view| duration(view, |findings| findings.rto.map(|(time, _)| time)),
    ),
    whole("tcp.analysis.rto_frame", Unsigned, "The frame with that segment.", |view| {
        number(view, |findings| findings.rto.map(|(_, frame)| frame))
    }),
];
