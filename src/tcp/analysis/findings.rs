//! What is found in one segment, in Wireshark's terms.

macro_rules! findings {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)*) => {
        /// One thing to say of a segment.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Finding {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl Finding {
            /// Every finding.
            pub const ALL: &[Finding] = &[$(Finding::$variant,)*];

            /// Its name, behind `tcp.analysis.`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Finding::$variant => $name,)*
                }
            }

            /// What it says.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Finding::$variant => concat!($($doc,)+),)*
                }
            }
        }
    };
}

findings! {
    /// Octets that were sent before.
    Retransmission = "retransmission";
    /// Octets that were sent before, again after duplicate acknowledgements.
    FastRetransmission = "fast_retransmission";
    /// Octets that were acknowledged before.
    SpuriousRetransmission = "spurious_retransmission";
    /// Octets that were overtaken by later ones.
    OutOfOrder = "out_of_order";
    /// Something between this segment and the ones before was not captured.
    LostSegment = "lost_segment";
    /// An acknowledgement of something that was not captured.
    AckLostSegment = "ack_lost_segment";
    /// An acknowledgement that says the same as the one before: something is missing there.
    DuplicateAck = "duplicate_ack";
    /// An acknowledgement that changes only the window.
    WindowUpdate = "window_update";
    /// The segment fills the window of the other end to its last octet.
    WindowFull = "window_full";
    /// The sender can take no more data.
    ZeroWindow = "zero_window";
    /// One octet that finds out whether the window is open again.
    ZeroWindowProbe = "zero_window_probe";
    /// The answer to such a probe: the window is still closed.
    ZeroWindowProbeAck = "zero_window_probe_ack";
    /// A segment that only finds out whether the other end is still there.
    KeepAlive = "keep_alive";
    /// The answer to a keep-alive.
    KeepAliveAck = "keep_alive_ack";
    /// A new connection between ends that had one before.
    ReusedPorts = "reused_ports";
    /// A frame that was captured twice, or doubled on its way. Only by evidence.
    DuplicateFrame = "duplicate_frame";
}

/// Some findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingSet(u16);

const _: () = assert!(Finding::ALL.len() <= u16::BITS as usize, "each finding has a bit");

impl FindingSet {
    /// None.
    pub const EMPTY: FindingSet = FindingSet(0);

    /// These, of which each says whether it is there.
    #[inline]
    pub fn of(findings: [(bool, Finding); 2]) -> FindingSet {
        FindingSet(findings.into_iter().fold(0, |set, (is_there, finding)| set | u16::from(is_there) << finding as u32))
    }

    /// Adds one.
    #[inline]
    pub fn add(&mut self, finding: Finding) {
        self.0 |= 1 << finding as u32;
    }

    /// Whether one is in it.
    #[inline]
    pub fn has(self, finding: Finding) -> bool {
        self.0 & 1 << finding as u32 != 0
    }

    /// Whether none is in it.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are in it.
    pub fn iter(self) -> impl Iterator<Item = Finding> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let finding = Finding::ALL.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*finding)
        })
    }
}

/// What is found in a segment. Times are in nanoseconds; what is `None` is not known or means nothing here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What there is to say.
    pub set: FindingSet,
    /// Of a duplicate acknowledgement: how many of them there were, and the frame that was the first to say so.
    pub duplicate_of: Option<(u32, u64)>,
    /// The frame with the segment that is acknowledged.
    pub acks_frame: Option<u64>,
    /// The time since that frame; see RFC 7323 section 4 for what else is in it.
    pub ack_rtt: Option<i64>,
    /// The handshake's round-trip time.
    pub initial_rtt: Option<i64>,
    /// Octets that are sent and not acknowledged.
    pub bytes_in_flight: Option<u32>,
    /// Octets since the sender last pushed.
    pub push_bytes_sent: Option<u32>,
    /// Of a retransmission: the time since the oldest segment that is not acknowledged, and its frame.
    pub rto: Option<(i64, u64)>,
    /// Of a retransmission: the frame that carried these octets last, and the time since then.
    pub original: Option<(u64, i64)>,
    /// The window is open again; it was closed for this time.
    pub window_was_closed: Option<i64>,
    /// The SYN asks for the connection again: how often it has, this one included.
    pub requests: Option<u16>,
    /// Of a lost segment: the octets between what was seen before and this segment.
    pub missing: Option<u32>,
}
