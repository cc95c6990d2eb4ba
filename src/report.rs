//! What rtcpdump tells the person at the terminal, on standard error.

#![allow(clippy::print_stderr)]

use std::io;

use crate::error::{Error, packets};
use crate::source::live::Counts;
use crate::source::{LinkType, Source};

const PROGRAM: &str = "rtcpdump";

/// An error, after which nothing more comes.
pub fn error(error: &Error) {
    eprintln!("{PROGRAM}: {error}");
}

/// Something that is not as it should be, although the run goes on.
pub fn warning(text: &str) {
    eprintln!("{PROGRAM}: WARNING: {text}");
}

/// Ciphertext that cannot be decrypted; `place` is where tcpdump says that it found it.
pub fn not_blocks(place: &str, length: usize, block: usize) {
    warning(&format!("{place}: ciphertext size {length} is not a multiple of the cipher block size {block}"));
}

/// Ends a line in which a terminal shows that the user pressed Ctrl-C.
pub fn end_line() {
    if io::IsTerminal::is_terminal(&io::stderr()) {
        eprintln!();
    }
}

/// A line that carries the program's name.
pub fn note(text: &str) {
    eprintln!("{PROGRAM}: {text}");
}

/// A line that does not.
pub fn line(text: &str) {
    eprintln!("{text}");
}

/// `EN10MB (Ethernet)`, or the number where libpcap has no name.
pub fn link_type_text(link_type: LinkType) -> String {
    match (link_type.name(), link_type.description()) {
        (Some(name), Some(description)) => format!("{name} ({description})"),
        (Some(name), None) => name,
        _ => link_type.0.to_string(),
    }
}

/// The banner of a capture.
pub fn listening(device: &str, link_type: LinkType, snapshot_length: i32, hint_at_verbose: bool) {
    if hint_at_verbose {
        note("verbose output suppressed, use -v[v]... for full protocol decode");
    } else {
        eprint!("{PROGRAM}: ");
    }
    let link_type = link_type_text(link_type);
    line(&format!("listening on {device}, link-type {link_type}, snapshot length {snapshot_length} bytes"));
}

/// The banner of a savefile.
pub fn reading(file: &str, link_type: LinkType, snapshot_length: i32) {
    let link_type = link_type_text(link_type);
    line(&format!("reading from file {file}, link-type {link_type}, snapshot length {snapshot_length}"));
}

/// A savefile has interface numbers; their names are this machine's. Told once a run, as in tcpdump.
pub fn doubt_interface_names(link_type: LinkType) {
    if link_type == LinkType::LINUX_SLL2 {
        line("Warning: interface names might be incorrect");
    }
}

/// The counts of a capture, a line each.
pub fn final_counts(source: &mut Source, frames: u64) {
    if let Some(counts) = live_counts(source) {
        line(&count_texts(frames, &counts).join("\n"));
    }
}

/// The counts of a capture in one line, while it goes on.
pub fn running_counts(source: &mut Source, frames: u64) {
    match live_counts(source) {
        Some(counts) => note(&count_texts(frames, &counts).join(", ")),
        None => note(&format!("{} read", packets(frames))),
    }
}

/// The number of packets so far, written over the one before.
pub fn progress(frames: u64) {
    eprint!("Got {frames}\r");
}

fn live_counts(source: &mut Source) -> Option<Counts> {
    let Source::Live(live) = source else { return None };
    match live.counts() {
        Ok(counts) => Some(counts),
        Err(reason) => {
            line(&format!("pcap_stats: {reason}"));
            None
        }
    }
}

fn count_texts(frames: u64, counts: &Counts) -> Vec<String> {
    let mut texts = vec![
        format!("{} captured", packets(frames)),
        format!("{} received by filter", packets(counts.received.into())),
        format!("{} dropped by kernel", packets(counts.dropped.into())),
    ];
    if counts.interface_dropped > 0 {
        texts.push(format!("{} dropped by interface", packets(counts.interface_dropped.into())));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interface_drops_are_told_only_where_there_are_any() {
        let counts = Counts { received: 1, dropped: 0, interface_dropped: 0 };
        assert_eq!(
            count_texts(2, &counts),
            ["2 packets captured", "1 packet received by filter", "0 packets dropped by kernel"]
        );
        let counts = Counts { interface_dropped: 7, ..counts };
        assert_eq!(count_texts(2, &counts).last().map(String::as_str), Some("7 packets dropped by interface"));
    }
}
