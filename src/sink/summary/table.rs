//! The summary as a table for people.

use super::row::{Row, put_endpoint};
use super::{Report, trouble};
use crate::dissect::put::Put;
use crate::dissect::style::TimeFormat;
use crate::dissect::time::Clock;
use crate::error::Error;
use crate::os::names::Names;
use crate::put;
use crate::sink::units::{Count, Counted, Elapsed, Octets, Percent};
use crate::source::Timestamp;
use crate::tcp::ledger::totals::Totals;
use crate::tcp::outcome::{Began, Ended};

const NANOS_PER_SECOND: i64 = 1_000_000_000;

/// The columns: their heads, and whether they are numbers, which stand at the right. `>` is from the client, `<`
/// from the server.
const COLUMNS: [(&str, bool); 18] = [
    ("start", false),
    ("client", false),
    ("server", false),
    ("state", false),
    ("began", false),
    ("ended", false),
    ("duration", true),
    ("packets>", true),
    ("<packets", true),
    ("bytes>", true),
    ("<bytes", true),
    ("handshake", true),
    ("rtt>", true),
    ("<rtt", true),
    ("resent", true),
    ("resent%", true),
    ("reordered", true),
    ("zerowin", true),
];

/// Blanks between two columns.
const GAP: &str = "  ";

/// Text that was not written out.
struct Text<'o> {
    out: &'o mut Vec<u8>,
}

/// The cells of one row: their text, and where each ends.
#[derive(Default)]
struct Cells {
    out: Vec<u8>,
    ends: [usize; COLUMNS.len()],
    count: usize,
}

impl Cells {
    fn clear(&mut self) {
        self.out.clear();
        self.count = 0;
    }

    fn end_cell(&mut self) {
        if let Some(end) = self.ends.get_mut(self.count) {
            *end = self.out.len();
            self.count += 1;
        }
    }

    fn cell(&mut self, value: impl Put) {
        value.put(&mut self.out);
        self.end_cell();
    }

    /// A time; `-` where there is none.
    fn time(&mut self, nanos: Option<i64>) {
        match nanos {
            Some(nanos) => self.cell(Elapsed(nanos)),
            None => self.cell("-"),
        }
    }

    /// The text of each cell.
    fn texts(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.iter().take(self.count);
        ends.scan(0, |start, &end| Some(self.out.get(std::mem::replace(start, end)..end).unwrap_or_default()))
    }
}

/// What the rows need beside connections.
struct Table<'n> {
    clock: Clock,
    names: &'n mut Names,
    cells: Cells,
    widths: [usize; COLUMNS.len()],
}

/// Writes the table, the totals and what is wrong. `offer` takes text that is long enough.
pub fn write(
    report: &Report,
    (format, nanoseconds): (TimeFormat, bool),
    names: &mut Names,
    out: &mut Vec<u8>,
    offer: &mut dyn FnMut(&mut Vec<u8>) -> Result<(), Error>,
) -> Result<(), Error> {
    let widths = COLUMNS.map(|(head, _)| head.len());
    let mut table = Table { clock: Clock::new(format, nanoseconds), names, cells: Cells::default(), widths };
    // A first look at each row finds out how wide the columns are.
    for connection in &report.rows {
        table.fill(&Row(connection));
        for (width, text) in table.widths.iter_mut().zip(table.cells.texts()) {
            *width = (*width).max(text.len());
        }
    }
    if !report.rows.is_empty() {
        table.cells.clear();
        COLUMNS.iter().for_each(|(head, _)| table.cells.cell(*head));
        table.put_line(out);
    }
    for connection in &report.rows {
        table.fill(&Row(connection));
        table.put_line(out);
        offer(out)?;
    }
    put_missing(report, out);
    put_totals(&report.ledger.totals, out);
    trouble::put(&report.ledger.trouble, table.names, out);
    Ok(())
}

impl Table<'_> {
    fn fill(&mut self, row: &Row) {
        let Table { clock, names, cells, .. } = self;
        let (connection, both, [client, server]) = (row.0, row.both(), row.sides());
        cells.clear();
        let time = connection.first_time;
        let (seconds, nanos) = (time.div_euclid(NANOS_PER_SECOND), time.rem_euclid(NANOS_PER_SECOND));
        clock.put(Timestamp { seconds, nanos }, &mut cells.out);
        // The blank behind it.
        cells.out.pop();
        cells.end_cell();
        for side in [client, server] {
            put_endpoint(*connection.ends.of(side), names, &mut cells.out);
            cells.end_cell();
        }
        put_states(row, cells);
        put_began(connection.life.began(), cells);
        put_ended(row, connection.life.ended(), cells);
        cells.time(Some(row.duration()));
        let (from_client, from_server) = (row.counters(client), row.counters(server));
        [from_client, from_server].iter().for_each(|counters| cells.cell(Count(counters.packets)));
        [from_client, from_server].iter().for_each(|counters| cells.cell(Octets(counters.wire_bytes)));
        [row.handshake_rtt(), row.rtt(client), row.rtt(server)].into_iter().for_each(|rtt| cells.time(rtt));
        cells.cell(Octets(both.retransmitted_bytes));
        cells.cell(Percent(both.retransmitted_bytes, both.bytes.max(1)));
        cells.cell(Count(both.out_of_order.into()));
        cells.cell(Count(both.zero_windows.into()));
    }

    /// The cells in a line, each as wide as its column.
    fn put_line(&self, out: &mut Vec<u8>) {
        let columns = self.widths.iter().zip(COLUMNS).zip(self.cells.texts());
        for (index, ((&width, (_, is_number)), text)) in columns.enumerate() {
            let padding = width.saturating_sub(text.len());
            if index > 0 {
                GAP.put(out);
            }
            if is_number {
                out.resize(out.len() + padding, b' ');
            }
            out.extend_from_slice(text);
            if !is_number {
                out.resize(out.len() + padding, b' ');
            }
        }
        out.push(b'\n');
    }
}

/// One state where both ends are in the same, else the client's and the server's.
fn put_states(row: &Row, cells: &mut Cells) {
    let [client, server] = row.states();
    put!(cells, client.name());
    if client != server {
        put!(cells, "/", server.name());
    }
    cells.end_cell();
}

fn put_began(began: Began, cells: &mut Cells) {
    match began {
        Began::Handshake => put!(cells, "handshake"),
        Began::Request(requests) => put!(cells, Counted(requests.into(), "SYN")),
        Began::Answer => put!(cells, "SYN,ACK"),
        Began::Midstream => put!(cells, "midstream"),
    }
    cells.end_cell();
}

fn put_ended(row: &Row, ended: Ended, cells: &mut Cells) {
    match ended {
        Ended::Closed(side) => put!(cells, "FIN by ", row.name(side)),
        Ended::Reset(side) => put!(cells, "RST by ", row.name(side)),
        Ended::Refused(side) => put!(cells, "refused by ", row.name(side)),
        Ended::Closing(side) => put!(cells, "closing by ", row.name(side)),
        Ended::Open => put!(cells, "open"),
        Ended::HalfOpen => put!(cells, "half-open"),
        Ended::Unanswered => put!(cells, "unanswered"),
    }
    cells.end_cell();
}

/// Connections that have no row, and why.
fn put_missing(report: &Report, out: &mut Vec<u8>) {
    let mut text = Text { out };
    if report.left_out > 0 {
        put!(text, "and ", Counted(report.left_out, "connection"), " more (--top)\n");
    }
    if report.forgotten > 0 {
        put!(text, "and ", Counted(report.forgotten, "connection"), " forgotten to make room for newer ones");
        put!(text, " (--max-connections); the numbers below hold them too\n");
    }
    if !report.rows.is_empty() {
        put!(text, "\n");
    }
}

fn put_totals(totals: &Totals, out: &mut Vec<u8>) {
    let mut text = Text { out };
    put!(text, Counted(totals.connections, "connection"));
    put_parts(
        &mut text,
        &[
            (totals.with_handshake, "with handshake"),
            (totals.midstream, "midstream"),
            (totals.not_established, "not established"),
        ],
    );
    put_parts(
        &mut text,
        &[
            (totals.closed, "closed"),
            (totals.reset, "reset"),
            (totals.refused, "refused"),
            (totals.closing, "closing"),
            (totals.open, "open"),
            (totals.half_open, "half-open"),
            (totals.unanswered, "unanswered"),
        ],
    );
    let counters = &totals.counters;
    put!(text, "\n", Counted(counters.packets, "packet"), ", ", Octets(counters.wire_bytes), " on the wire, ");
    put!(text, Octets(counters.bytes), " of data; ", Octets(counters.retransmitted_bytes), " of data sent again");
    if counters.bytes > 0 {
        put!(text, " (", Percent(counters.retransmitted_bytes, counters.bytes), ")");
    }
    put!(text, " in ", Counted(counters.retransmissions.into(), "segment"));
    put!(text, ", ", Count(counters.out_of_order.into()), " reordered, ");
    put!(text, Counted(counters.zero_windows.into(), "zero window"), "\n");
}

/// What some connections are: `: 3 closed, 1 open`. What none is, is left out.
fn put_parts(text: &mut Text, parts: &[(u64, &str)]) {
    let mut separator = "; ";
    for (count, name) in parts {
        if *count > 0 {
            put!(text, separator, Count(*count), " ", *name);
            separator = ", ";
        }
    }
}
