//! What an operator has to know: connections that did not come about or broke, a line for each place.

use super::row::put_endpoint;
use crate::dissect::put::Put;
use crate::os::names::Names;
use crate::put;
use crate::sink::units::{Count, Counted};
use crate::tcp::ledger::trouble::{Entry, Kind, Place, SOURCES_NAMED, Trouble};

/// Lines of a kind.
const LINES_MAX: usize = 20;

struct Text<'o> {
    out: &'o mut Vec<u8>,
}

/// Writes what there is to know; nothing if all is well.
pub fn put(trouble: &Trouble, names: &mut Names, out: &mut Vec<u8>) {
    let entries = trouble.entries();
    if !entries.is_empty() {
        out.push(b'\n');
    }
    for lines in entries.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
        lines.iter().take(LINES_MAX).for_each(|entry| put_line(entry, names, out));
        put_rest(lines.get(LINES_MAX..).unwrap_or_default(), out);
    }
    if trouble.is_incomplete {
        "There were more of these than can be told apart (--max-connections): all numbers here are lower bounds\n"
            .put(out);
    }
}

fn put_line(((kind, target), entry): &(Place, Entry), names: &mut Names, out: &mut Vec<u8>) {
    put_endpoint(*target, names, out);
    let mut text = Text { out };
    put!(text, ": ");
    put_what(*kind, entry.connections, &mut text);
    put!(text, " from ");
    put_sources(entry, names, &mut text);
    let rest = entry.connections - entry.part;
    match kind {
        Kind::HalfOpen if rest == 0 => put!(text, ", not answered"),
        Kind::HalfOpen if entry.part > 0 => put!(text, ", ", Count(entry.part), " not answered"),
        Kind::Reset if rest == 0 => put!(text, ", by the client"),
        Kind::Reset if entry.part == 0 => put!(text, ", by the server"),
        Kind::Reset => put!(text, ", ", Count(entry.part), " by the client, ", Count(rest), " by the server"),
        Kind::HalfOpen | Kind::Refused => {}
    }
    put!(text, "\n");
}

fn put_what(kind: Kind, count: u64, text: &mut Text) {
    match kind {
        Kind::HalfOpen => put!(text, Counted(count, "half-open connection")),
        Kind::Refused => put!(text, Counted(count, "refused connection")),
        Kind::Reset => put!(text, Counted(count, "reset connection")),
    }
}

/// Few addresses by name, many by number.
fn put_sources(entry: &Entry, names: &mut Names, text: &mut Text) {
    if entry.sources > SOURCES_NAMED as u64 {
        return put!(text, Counted(entry.sources, "address"));
    }
    for (index, source) in entry.first_sources.iter().flatten().enumerate() {
        if index > 0 {
            put!(text, ", ");
        }
        match names.host(*source) {
            Some(name) => put!(text, name),
            None => put!(text, *source),
        }
    }
}

/// What the lines that are left out come to.
fn put_rest(entries: &[(Place, Entry)], out: &mut Vec<u8>) {
    let Some(((kind, _), _)) = entries.first() else { return };
    let mut text = Text { out };
    put!(text, "and ");
    put_what(*kind, entries.iter().map(|(_, entry)| entry.connections).sum(), &mut text);
    put!(text, " in ", Counted(entries.len() as u64, "other place"), "\n");
}
