//! What can end a run, told to the person at the terminal: what failed, on what, why, what to do.

use std::fmt;
use std::io;

/// Why rtcpdump stops before its time. The text is tcpdump's where it has one.
#[derive(Debug)]
pub enum Error {
    /// Options that contradict each other, or a value that makes no sense.
    Usage(String),
    /// A device that cannot be found, opened or set up.
    Device {
        /// Its name.
        device: String,
        /// libpcap's reason.
        reason: String,
        /// What the user can do about it.
        advice: Option<&'static str>,
    },
    /// The filter expression does not compile.
    Filter(String),
    /// A file of ours that cannot be opened or read: a savefile, or the filter of `-F`.
    Open(String),
    /// Capturing or reading broke off.
    Read {
        /// libpcap's reason.
        reason: String,
        /// Frames that were read before, when they came from a savefile.
        frames_before: Option<u64>,
    },
    /// The savefile of `-w` cannot be created or written.
    Savefile {
        /// Its name as the user gave it.
        file: String,
        /// The system's reason.
        reason: io::Error,
        /// Frames that are lost because of it; 0 when the file could not even be created.
        frames_lost: u64,
    },
    /// A file of keys (`-E`) cannot be read.
    Secrets {
        /// Its name as the user gave it.
        file: String,
        /// The system's reason.
        reason: io::Error,
    },
    /// Standard output cannot be written.
    Output(io::Error),
    /// Something the operating system denied, named by the text.
    System(String, io::Error),
}

impl Error {
    /// The same, when a packet that was not yet handed over to a savefile is lost too.
    pub fn with_packet_at_hand(self) -> Error {
        match self {
            Error::Savefile { file, reason, frames_lost } => {
                Error::Savefile { file, reason, frames_lost: frames_lost.saturating_add(1) }
            }
            other => other,
        }
    }

    /// The process's exit status, as tcpdump's (`status-exit-codes.h`): 13 for keys that cannot be
    /// read, 14 for output that cannot be written, 1 for the rest.
    pub fn status(&self) -> u8 {
        match self {
            Error::Secrets { .. } => 13,
            Error::Output(_) => 14,
            _ => 1,
        }
    }

    /// Whether the reader of our output went away, which is no error: `rtcpdump | head`.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Output(reason) if reason.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// A system error without the number that the standard library appends.
pub fn reason_text(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text.get(..end).unwrap_or(&text).to_owned(),
        None => text,
    }
}

/// `1 packet`, `2 packets`.
pub fn packets(count: u64) -> String {
    format!("{count} packet{}", if count == 1 { "" } else { "s" })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage(text) | Error::Filter(text) | Error::Open(text) => f.write_str(text),
            Error::Device { device, reason, advice } => {
                write!(f, "{device}: {reason}")?;
                advice.map_or(Ok(()), |advice| write!(f, "\n{advice}"))
            }
            Error::Read { reason, frames_before: None } => write!(f, "pcap_loop: {reason}"),
            Error::Read { reason, frames_before: Some(frames) } => {
                write!(f, "pcap_loop: {reason} (after {})", packets(*frames))
            }
            Error::Savefile { file, reason, frames_lost: 0 } => write!(f, "{file}: {}", reason_text(reason)),
            Error::Savefile { file, reason, frames_lost } => {
                write!(f, "{file}: {}; {} could not be written", reason_text(reason), packets(*frames_lost))
            }
            Error::Secrets { file, reason } => {
                write!(f, "esp_print_decode_onesecret: can't open {file}: {}", reason_text(reason))
            }
            Error::Output(reason) => write!(f, "Unable to write output: {}", reason_text(reason)),
            Error::System(what, reason) => write!(f, "{what}: {}", reason_text(reason)),
        }
    }
}

impl std::error::Error for Error {}

/// The text of an error of the `pcap` crate without the words it puts around libpcap's own.
pub fn libpcap_text(error: pcap::Error) -> String {
    match error {
        pcap::Error::PcapError(text) => text,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_file_reason_and_loss() {
        let full = || io::Error::from_raw_os_error(28);
        let error = Error::Savefile { file: "out.pcap".into(), reason: full(), frames_lost: 1 };
        assert_eq!(error.to_string(), "out.pcap: No space left on device; 1 packet could not be written");
        assert_eq!(error.status(), 1);
        let error = Error::Output(full());
        assert_eq!(
            (error.to_string().as_str(), error.status()),
            ("Unable to write output: No space left on device", 14)
        );
        let error = Error::Read { reason: "truncated dump file".into(), frames_before: Some(3) };
        assert_eq!(error.to_string(), "pcap_loop: truncated dump file (after 3 packets)");
    }
}
