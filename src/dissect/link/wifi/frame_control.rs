//! The Frame Control field (IEEE 802.11-2020 section 9.2.4.1), and how long a header it announces.

const TO_DISTRIBUTION_SYSTEM: u16 = 0x0100;
const FROM_DISTRIBUTION_SYSTEM: u16 = 0x0200;
const PROTECTED: u16 = 0x4000;
/// In management and QoS data frames: an HT Control field ends the header.
const HT_CONTROL: u16 = 0x8000;
const HT_CONTROL_LENGTH: usize = 4;

/// Bits of a data frame's subtype.
const NO_DATA: u8 = 0x4;
const QOS: u8 = 0x8;

/// Subtypes of control frames.
pub mod control_subtype {
    pub const WRAPPER: u8 = 0x7;
    pub const BLOCK_ACK_REQUEST: u8 = 0x8;
    pub const BLOCK_ACK: u8 = 0x9;
    pub const POWER_SAVE_POLL: u8 = 0xa;
    pub const REQUEST_TO_SEND: u8 = 0xb;
    pub const CLEAR_TO_SEND: u8 = 0xc;
    pub const ACKNOWLEDGEMENT: u8 = 0xd;
    pub const CONTENTION_FREE_END: u8 = 0xe;
    pub const CONTENTION_FREE_END_ACK: u8 = 0xf;
}

/// The field.
#[derive(Clone, Copy)]
pub struct FrameControl(pub u16);

/// What sort of frame it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Management,
    Control,
    Data,
    /// An extension, which tcpdump does not look into.
    Extension,
}

impl FrameControl {
    /// The type.
    pub fn kind(self) -> Kind {
        match self.0 >> 2 & 3 {
            0 => Kind::Management,
            1 => Kind::Control,
            2 => Kind::Data,
            _ => Kind::Extension,
        }
    }

    /// The subtype; its meaning depends on the type.
    pub fn subtype(self) -> u8 {
        (self.0 >> 4 & 0xf) as u8
    }

    /// Whether a data frame is for, and whether it is from the distribution system.
    pub fn distribution(self) -> (bool, bool) {
        (self.0 & TO_DISTRIBUTION_SYSTEM != 0, self.0 & FROM_DISTRIBUTION_SYSTEM != 0)
    }

    /// Whether the body is encrypted.
    pub fn protected(self) -> bool {
        self.0 & PROTECTED != 0
    }

    /// Whether this is a data frame with QoS Control.
    pub fn has_qos(self) -> bool {
        self.kind() == Kind::Data && self.subtype() & QOS != 0
    }

    /// Whether this is a data frame without data.
    pub fn lacks_data(self) -> bool {
        self.kind() == Kind::Data && self.subtype() & NO_DATA != 0
    }

    /// Octets of the header; `None` when the type or subtype is unknown.
    pub fn header_length(self) -> Option<usize> {
        let ht_control = if self.0 & HT_CONTROL != 0 { HT_CONTROL_LENGTH } else { 0 };
        Some(match self.kind() {
            Kind::Management => 24 + ht_control,
            Kind::Data => {
                let addresses = if self.distribution() == (true, true) { 30 } else { 24 };
                addresses + if self.has_qos() { 2 + ht_control } else { 0 }
            }
            Kind::Control => match self.subtype() {
                control_subtype::WRAPPER | control_subtype::POWER_SAVE_POLL => 16,
                control_subtype::BLOCK_ACK_REQUEST => 20,
                control_subtype::BLOCK_ACK | control_subtype::REQUEST_TO_SEND => 16,
                control_subtype::CLEAR_TO_SEND | control_subtype::ACKNOWLEDGEMENT => 10,
                control_subtype::CONTENTION_FREE_END | control_subtype::CONTENTION_FREE_END_ACK => 16,
                _ => return None,
            },
            Kind::Extension => return None,
        })
    }
}
