//! Compares what two programs have printed, packet by packet.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// How many packets have not the same text in two files. One line more of a packet is one packet's difference, not that
/// of all that follow.
pub fn differing(paths: [&Path; 2]) -> usize {
    let [mut left, mut right] = paths.map(Texts::open);
    let mut differing = 0;
    loop {
        match [left.next(), right.next()] {
            [None, None] => return differing,
            [left, right] => differing += usize::from(left != right),
        }
    }
}

/// The texts of packets, one after the other.
struct Texts {
    file: BufReader<File>,
    /// The first line of the next packet; empty behind the last one.
    first: Vec<u8>,
    /// Packets begin with a time stamp.
    is_stamped: bool,
}

/// With `-ttt`, there is a space in front of it. tcpdump 4 has words for times that it cannot tell.
fn has_stamp(line: &[u8]) -> bool {
    line.starts_with(b"[Error converting time]")
        || line.strip_prefix(b" ").unwrap_or(line).first().is_some_and(u8::is_ascii_digit)
}

impl Texts {
    fn open(path: &Path) -> Texts {
        let file = BufReader::with_capacity(1 << 20, File::open(path).unwrap());
        let mut texts = Texts { file, first: Vec::new(), is_stamped: false };
        texts.first = texts.line();
        texts.is_stamped = has_stamp(&texts.first);
        texts
    }

    /// The text of the next packet.
    fn next(&mut self) -> Option<Vec<u8>> {
        let mut text = std::mem::take(&mut self.first);
        self.first = self.line();
        while !self.first.is_empty() && !self.begins_packet() {
            text.append(&mut self.first);
            self.first = self.line();
        }
        (!text.is_empty()).then_some(text)
    }

    /// Whether the line begins a packet. A packet within another one has lines that are not indented, but no time stamp.
    fn begins_packet(&self) -> bool {
        if self.is_stamped {
            has_stamp(&self.first)
        } else {
            !self.first.starts_with(b" ") && !self.first.starts_with(b"\t")
        }
    }

    fn line(&mut self) -> Vec<u8> {
        let mut line = Vec::new();
        self.file.read_until(b'\n', &mut line).unwrap();
        line
    }
}
