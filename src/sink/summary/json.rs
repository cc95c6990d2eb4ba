//! The summary as one JSON object; docs/connections.md says what is in it.

use super::Report;
use super::row::{Row, began_word, ended_word};
use crate::dissect::put::Put;
use crate::error::Error;
use crate::sink::json::writer::put_seconds;
use crate::tcp::connection::Side;
use crate::tcp::ledger::totals::Totals;
use crate::tcp::ledger::trouble::{Entry, Kind, Place};
use crate::tcp::outcome::Began;
use crate::tcp::segment::Endpoint;

/// Elements of a list of places.
const PLACES_MAX: usize = 1000;

/// Writes nested objects and lists: keeps the commas in order.
struct Writer<'o> {
    out: &'o mut Vec<u8>,
}

impl Writer<'_> {
    /// A comma, unless something was just opened.
    fn separate(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(b',');
        }
    }

    fn key(&mut self, key: &str) {
        self.separate();
        self.out.push(b'"');
        key.put(self.out);
        "\":".put(self.out);
    }

    fn open(&mut self, bracket: u8) {
        self.separate();
        self.out.push(bracket);
    }

    fn number(&mut self, key: &str, value: impl Into<u64>) {
        self.key(key);
        value.into().put(self.out);
    }

    /// A text without anything that would have to be escaped.
    fn word(&mut self, key: &str, word: impl Put) {
        self.key(key);
        self.out.push(b'"');
        word.put(self.out);
        self.out.push(b'"');
    }

    /// Nanoseconds as seconds.
    fn seconds(&mut self, key: &str, nanos: i64) {
        self.key(key);
        put_seconds(nanos < 0, nanos.unsigned_abs(), self.out);
    }

    fn endpoint(&mut self, (address, port): Endpoint) {
        self.word("address", address);
        self.number("port", port);
    }
}

/// Writes the object and the line's end. `offer` takes text that is long enough.
pub fn write(
    report: &Report,
    out: &mut Vec<u8>,
    offer: &mut dyn FnMut(&mut Vec<u8>) -> Result<(), Error>,
) -> Result<(), Error> {
    Writer { out }.open(b'{');
    "\"connections\":[".put(out);
    let mut is_first = true;
    for connection in &report.rows {
        // What stands in front may have been taken.
        if !std::mem::take(&mut is_first) {
            out.push(b',');
        }
        let mut writer = Writer { out };
        writer.out.push(b'{');
        put_row(&mut writer, &Row(connection));
        writer.out.push(b'}');
        offer(out)?;
    }
    "],\"totals\":{".put(out);
    let mut writer = Writer { out };
    put_totals(&mut writer, &report.ledger.totals);
    writer.number("left_out", report.left_out);
    writer.number("forgotten", report.forgotten);
    writer.out.push(b'}');
    let entries = report.ledger.trouble.entries();
    for (key, kind) in [("half_open", Kind::HalfOpen), ("refused", Kind::Refused), ("reset", Kind::Reset)] {
        writer.key(key);
        writer.open(b'[');
        let places = entries.iter().filter(|((of, _), _)| *of == kind).take(PLACES_MAX);
        places.for_each(|entry| put_place(&mut writer, entry));
        writer.out.push(b']');
    }
    writer.key("lower_bounds");
    (if report.ledger.trouble.is_incomplete { "true" } else { "false" }).put(writer.out);
    "}\n".put(out);
    Ok(())
}

fn put_row(writer: &mut Writer, row: &Row) {
    let (connection, [client, server]) = (row.0, row.sides());
    writer.number("stream", connection.stream);
    writer.seconds("start", connection.first_time);
    writer.seconds("duration", row.duration());
    let began = connection.life.began();
    writer.word("began", began_word(began));
    if let Began::Request(requests) = began {
        writer.number("requests", requests);
    }
    let (ended, who) = ended_word(connection.life.ended());
    writer.word("ended", ended);
    if let Some(side) = who {
        writer.word("ended_by", row.name(side));
    }
    if let Some(rtt) = row.handshake_rtt() {
        writer.seconds("handshake_rtt", rtt);
    }
    for side in [client, server] {
        writer.key(row.name(side));
        writer.open(b'{');
        put_end(writer, row, side);
        writer.out.push(b'}');
    }
}

/// One end, and what it has sent.
fn put_end(writer: &mut Writer, row: &Row, side: Side) {
    writer.endpoint(*row.0.ends.of(side));
    writer.word("state", row.0.life.states().of(side).name());
    let counters = row.counters(side);
    writer.number("packets", counters.packets);
    writer.number("bytes", counters.wire_bytes);
    writer.number("data_bytes", counters.bytes);
    writer.number("retransmitted_bytes", counters.retransmitted_bytes);
    let counts = [
        ("retransmissions", counters.retransmissions),
        ("spurious_retransmissions", counters.spurious),
        ("out_of_order", counters.out_of_order),
        ("lost_segments", counters.gaps),
        ("duplicate_acks", counters.duplicate_acks),
        ("zero_windows", counters.zero_windows),
        ("resets", counters.resets),
    ];
    counts.iter().for_each(|(key, count)| writer.number(key, *count));
    if let Some(times) = row.0.round_trips(side) {
        writer.key("rtt");
        writer.open(b'{');
        writer.number("count", times.count);
        writer.seconds("min", times.shortest);
        writer.seconds("median", times.median().unwrap_or(0));
        writer.seconds("max", times.longest);
        writer.seconds("smoothed", times.smoothed);
        writer.out.push(b'}');
    }
}

fn put_totals(writer: &mut Writer, totals: &Totals) {
    let counters = &totals.counters;
    let numbers = [
        ("connections", totals.connections),
        ("with_handshake", totals.with_handshake),
        ("midstream", totals.midstream),
        ("not_established", totals.not_established),
        ("closed", totals.closed),
        ("reset", totals.reset),
        ("refused", totals.refused),
        ("closing", totals.closing),
        ("open", totals.open),
        ("half_open", totals.half_open),
        ("unanswered", totals.unanswered),
        ("packets", counters.packets),
        ("bytes", counters.wire_bytes),
        ("data_bytes", counters.bytes),
        ("retransmitted_bytes", counters.retransmitted_bytes),
        ("retransmissions", counters.retransmissions.into()),
        ("spurious_retransmissions", counters.spurious.into()),
        ("out_of_order", counters.out_of_order.into()),
        ("lost_segments", counters.gaps.into()),
        ("duplicate_acks", counters.duplicate_acks.into()),
        ("zero_windows", counters.zero_windows.into()),
        ("resets", counters.resets.into()),
    ];
    numbers.iter().for_each(|(key, number)| writer.number(key, *number));
}

fn put_place(writer: &mut Writer, ((kind, target), entry): &(Place, Entry)) {
    writer.open(b'{');
    writer.endpoint(*target);
    writer.number("connections", entry.connections);
    match kind {
        Kind::HalfOpen => writer.number("unanswered", entry.part),
        Kind::Reset => {
            writer.number("by_client", entry.part);
            writer.number("by_server", entry.connections - entry.part);
        }
        Kind::Refused => {}
    }
    writer.number("addresses", entry.sources);
    writer.key("first_addresses");
    writer.open(b'[');
    for address in entry.first_sources.iter().flatten() {
        writer.open(b'"');
        address.put(writer.out);
        writer.out.push(b'"');
    }
    "]}".put(writer.out);
}
