//! What the user asked of the text: the options that dissectors look at.

use super::packet_type::PacketType;

/// Which time stamp stands in front of a line (`-t` to `-ttttt`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeFormat {
    /// Local time of day.
    #[default]
    TimeOfDay,
    /// None (`-t`).
    None,
    /// Seconds since the epoch (`-tt`).
    Epoch,
    /// Since the packet before (`-ttt`).
    SincePrevious,
    /// Local date and time of day (`-tttt`).
    DateAndTime,
    /// Since the first packet (`-ttttt`).
    SinceFirst,
}

/// What follows a packet's text (`-x`, `-X`, `-A`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dump {
    /// Nothing.
    #[default]
    None,
    /// The packet in hexadecimal.
    Hex {
        /// With the link-layer header (`-xx`).
        link_header: bool,
    },
    /// The packet in hexadecimal and ASCII.
    HexAscii {
        /// With the link-layer header (`-XX`).
        link_header: bool,
    },
    /// The packet in ASCII.
    Ascii {
        /// With the link-layer header (`-AA`).
        link_header: bool,
    },
}

/// The options that shape the text. The default is tcpdump's without options but `-n`.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// How often `-q` was given: less protocol detail.
    pub quiet: u8,
    /// How often `-v` was given: more protocol detail.
    pub verbose: u8,
    /// `-e`: the link-layer header too.
    pub link_header: bool,
    /// `-S`: TCP sequence numbers as they are on the wire.
    pub absolute_sequence_numbers: bool,
    /// `-b`: AS numbers above 65535 in two halves, `1.10` for 65546 (RFC 5396).
    pub as_dot: bool,
    /// `-K`: leave checksums unchecked.
    pub leave_checksums: bool,
    /// `-g`: no line break after the IP header at `-v`.
    pub ip_oneline: bool,
    /// `-t` and its repetitions.
    pub time: TimeFormat,
    /// `--nano`: nine digits of a second instead of six.
    pub nanoseconds: bool,
    /// `-x`, `-X`, `-A`.
    pub dump: Dump,
    /// `-#`: the packet's number in front.
    pub packet_number: bool,
    /// `--lengths`: captured and wire length in front.
    pub lengths: bool,
    /// `--print-sampling`: print every n-th packet only; 0 and 1 print all.
    pub sampling: u64,
    /// `-H`: look for mesh headers in IEEE 802.11 data frames.
    pub mesh_headers: bool,
    /// `-u`: NFS file handles as they are, not as what they seem to mean.
    pub raw_file_handles: bool,
    /// `-T`: what the payload is, whatever the port says.
    pub packet_type: Option<PacketType>,
    /// `-E`: keys in the user's words, which are read when a packet needs one.
    pub esp_keys: Option<Vec<u8>>,
    /// `-M`: the secret that the ends of a TCP connection sign with (RFC 2385).
    pub md5_secret: Option<Vec<u8>>,
}

impl Style {
    /// Whether nothing but a line is printed of each packet, which begins with the time stamp, and in which headers below
    /// the transport layer are shown as addresses.
    pub fn is_plain(&self) -> bool {
        let has_line = self.sampling <= 1 && self.dump == Dump::None;
        has_line && !self.packet_number && !self.lengths && !self.link_header && self.verbose == 0
    }

    /// Whether payload that no dissector knows is left out: with `-q`, and where it is dumped anyway.
    pub fn leaves_out_unknown_payload(&self) -> bool {
        self.quiet > 0 || matches!(self.dump, Dump::Hex { .. } | Dump::HexAscii { .. })
    }
}
