//! What rtcpdump tells the person at the terminal, on standard error.

use std::io::{self, Write};

use crate::error::{Error, packets};
use crate::session::Failures;
use crate::source::live::{Counts, Live};
use crate::source::{LinkType, Source};

const PROGRAM: &str = "rtcpdump";

/// Writes to standard error. Where that fails there is nobody left to be told.
pub fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// An error, after which nothing more comes.
pub fn error(error: &Error) {
    tell(&format!("{PROGRAM}: {error}\n"));
}

/// Something that is not as it should be, although the run goes on.
pub fn warning(text: &str) {
    tell(&format!("{PROGRAM}: WARNING: {text}\n"));
}

/// Ciphertext that cannot be decrypted; `place` is where tcpdump says that it found it.
pub fn not_blocks(place: &str, length: usize, block: usize) {
    warning(&format!("{place}: ciphertext size {length} is not a multiple of the cipher block size {block}"));
}

/// Ends a line in which a terminal shows that the user pressed Ctrl-C.
pub fn end_line() {
    if io::IsTerminal::is_terminal(&io::stderr()) {
        tell("\n");
    }
}

/// A line that carries the program's name.
pub fn note(text: &str) {
    tell(&format!("{PROGRAM}: {text}\n"));
}

/// A line that does not.
pub fn line(text: &str) {
    tell(&format!("{text}\n"));
}

/// `EN10MB (Ethernet)`, or the number where libpcap has no name.
pub fn link_type_text(link_type: LinkType) -> String {
    match (link_type.name(), link_type.description()) {
        (Some(name), Some(description)) => format!("{name} ({description})"),
        (Some(name), None) => name,
        _ => link_type.0.to_string(),
    }
}

/// The banner of a capture: a line for each device.
pub fn listening(devices: &[&Live], hint_at_verbose: bool) {
    if hint_at_verbose {
        note("verbose output suppressed, use -v[v]... for full protocol decode");
    }
    for live in devices {
        if !hint_at_verbose {
            tell(&format!("{PROGRAM}: "));
        }
        let (device, link_type, length) = (live.device(), link_type_text(live.link_type()), live.snapshot_length());
        line(&format!("listening on {device}, link-type {link_type}, snapshot length {length} bytes"));
    }
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

/// The counts of a capture, a line each; of files, only what could not be read.
pub fn final_counts(source: &mut Source, frames: u64, failures: Failures) {
    let mut texts = loss_texts(told_counts(source), failures, false);
    if source.is_live() {
        texts.insert(0, format!("{} captured", packets(frames)));
    }
    if !texts.is_empty() {
        line(&texts.join("\n"));
    }
}

/// The counts in one line, while the run goes on.
pub fn running_counts(source: &mut Source, frames: u64, failures: Failures) {
    let mut texts = loss_texts(told_counts(source), failures, true);
    texts.insert(0, format!("{} {}", packets(frames), if source.is_live() { "captured" } else { "read" }));
    note(&texts.join(", "));
}

/// The number of packets so far, written over the one before.
pub fn progress(frames: u64) {
    tell(&format!("Got {frames}\r"));
}

/// The counts of all interfaces together. libpcap's reason is told where it knows none; a file has none.
fn told_counts(source: &mut Source) -> Option<Counts> {
    let mut sum = None;
    match source.counts() {
        Ok(counts) => counts.iter().for_each(|(_, counts)| *sum.get_or_insert_default() += *counts),
        Err(reason) => line(&format!("pcap_stats: {reason}")),
    }
    sum
}

/// What came and what was lost, in tcpdump's words; with `shares`, each loss as a part of what it was lost from.
fn loss_texts(counts: Option<Counts>, failures: Failures, shares: bool) -> Vec<String> {
    let share = |part, whole| if shares { format!(" ({})", percentage(part, whole)) } else { String::new() };
    let mut texts = Vec::new();
    if let Some(Counts { received, dropped, interface_dropped }) = counts {
        texts.push(format!("{} received by filter", packets(received)));
        texts.push(format!("{} dropped by kernel{}", packets(dropped), share(dropped, received)));
        if interface_dropped > 0 {
            let arrived = received.saturating_add(interface_dropped);
            let share = share(interface_dropped, arrived);
            texts.push(format!("{} dropped by interface{share}", packets(interface_dropped)));
        }
    }
    if failures.unreadable > 0 {
        texts.push(format!("{} could not be read", packets(failures.unreadable)));
    }
    texts
}

/// `3.7%`: a loss that is there never looks like none, and a part never like the whole.
fn percentage(part: u64, whole: u64) -> String {
    let tenths = (u128::from(part) * 1000).checked_div(u128::from(whole)).unwrap_or(0);
    match tenths {
        0 if part > 0 => "<0.1%".to_owned(),
        _ => format!("{}.{}%", tenths / 10, tenths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTS: Counts = Counts { received: 1, dropped: 0, interface_dropped: 0 };

    #[test]
    fn what_did_not_happen_is_not_told() {
        let texts = loss_texts(Some(COUNTS), Failures::default(), false);
        assert_eq!(texts, ["1 packet received by filter", "0 packets dropped by kernel"]);
        let failures = Failures { unreadable: 1, ..Failures::default() };
        let texts = loss_texts(Some(Counts { interface_dropped: 7, ..COUNTS }), failures, false);
        assert_eq!(texts[2..], ["7 packets dropped by interface", "1 packet could not be read"]);
        assert!(loss_texts(None, Failures::default(), false).is_empty());
    }

    #[test]
    fn losses_are_told_as_parts_on_request() {
        let counts = Counts { received: 3000, dropped: 1110, interface_dropped: 1000 };
        let texts = loss_texts(Some(counts), Failures::default(), true);
        assert_eq!(texts[1..], ["1110 packets dropped by kernel (37.0%)", "1000 packets dropped by interface (25.0%)"]);
        assert_eq!(percentage(0, 0), "0.0%");
        assert_eq!(percentage(1, 1_000_000), "<0.1%");
        assert_eq!(percentage(999_999, 1_000_000), "99.9%");
        assert_eq!(percentage(u64::MAX, u64::MAX), "100.0%");
    }
}
