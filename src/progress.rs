//! How far the reading of a long savefile is, on the terminal of somebody who waits for it.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crate::error::packets;
use crate::report;

/// How long nothing is said: most files are read by then.
const SILENCE: Duration = Duration::from_secs(2);
/// How often it is said from then on.
const INTERVAL: Duration = Duration::from_millis(200);

/// A line at the bottom of the terminal, which is gone when the reading ends.
pub struct Progress {
    file: String,
    next: Instant,
    is_shown: bool,
}

impl Progress {
    /// Where somebody can see it: on a terminal to which no packets are printed.
    pub fn of(file: String, prints_packets: bool) -> Option<Progress> {
        let would_disturb = prints_packets && std::io::stdout().is_terminal();
        let is_seen = std::io::stderr().is_terminal() && !would_disturb;
        is_seen.then(|| Progress { file, next: Instant::now() + SILENCE, is_shown: false })
    }

    /// Shows how many octets of how many have been read, and how many packets, if it is time to.
    pub fn show(&mut self, (read, length): (u64, u64), frames: u64) {
        let now = Instant::now();
        if now < self.next {
            return;
        }
        self.next = now + INTERVAL;
        self.is_shown = true;
        report::tell(&format!("\r{}\x1b[K", text(&self.file, read, length, frames)));
    }

    /// Takes the line away, for other lines or for good.
    pub fn erase(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            report::tell("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.erase();
    }
}

fn text(file: &str, read: u64, length: u64, frames: u64) -> String {
    let percent = read.min(length) * 100 / length.max(1);
    format!("reading {file}: {percent} %, {}", packets(frames))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grows_or_is_empty_is_never_more_than_read() {
        assert_eq!(text("x", 50, 200, 1), "reading x: 25 %, 1 packet");
        assert_eq!(text("x", 300, 200, 2), "reading x: 100 %, 2 packets");
        assert_eq!(text("x", 0, 0, 0), "reading x: 0 %, 0 packets");
    }
}
