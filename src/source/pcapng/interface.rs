//! Interface Description Blocks (section 4.2): what the packets of an interface start with, and what
//! their time stamps mean.

use super::block::{BlockOption, Body, ByteOrder};
use crate::source::interface::Interface as Description;
use crate::source::{LinkType, Timestamp, pseudo_header};
use std::sync::Arc;

const OPTION_END: u16 = 0;
const OPTION_NAME: u16 = 2;
const OPTION_DESCRIPTION: u16 = 3;
const OPTION_RESOLUTION: u16 = 9;
const OPTION_FILTER: u16 = 11;
const OPTION_SYSTEM: u16 = 12;
const OPTION_OFFSET: u16 = 14;

/// A text that is longer is not kept, in octets.
const TEXT_MAX: u16 = 4096;
/// What a filter's first octet says when libpcap's language follows.
const FILTER_LIBPCAP: u8 = 0;

/// The flag of a resolution that is a power of two, not of ten.
const BINARY: u8 = 0x80;
/// The finest resolutions whose ticks in a second still fit 64 bits.
const FINEST_BINARY: u8 = 63;
const FINEST_DECIMAL: u8 = 19;

const MICROSECONDS: u64 = 1_000_000;
const NANOSECONDS: u64 = 1_000_000_000;

/// How ticks become nanoseconds. The resolutions that are in use need no division by a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resolution {
    Micro,
    Nano,
    /// So many ticks a second.
    Other(u64),
}

/// What an interface's packets have in common.
#[derive(Clone, Debug)]
pub struct Interface {
    /// What frames start with.
    pub link_type: LinkType,
    /// How much of each frame was captured at most, in octets.
    pub snapshot_length: u32,
    /// Frames begin with numbers that have to be set right.
    pub has_numbers: bool,
    resolution: Resolution,
    /// Seconds to add to each time stamp.
    offset: u64,
    /// What the block tells of it.
    pub description: Arc<Description>,
}

impl Interface {
    /// Reads the block of the section's interface of this number. Errors are in libpcap's words.
    pub fn read(body: &mut Body, order: ByteOrder, number: u32) -> Result<Interface, String> {
        let (link_type, _reserved, snapshot_length) = (body.half()?, body.half()?, body.word()?);
        let link_type = LinkType::from_savefile_number(link_type.into());
        let snapshot_length = link_type.believable_snapshot_length(snapshot_length);
        let mut interface = Interface {
            link_type,
            snapshot_length: snapshot_length as u32,
            has_numbers: pseudo_header::needs_care(link_type, order.swapped),
            resolution: Resolution::Micro,
            offset: 0,
            description: Arc::new(Description { number, ..Description::unknown(link_type, snapshot_length, false) }),
        };
        interface.read_options(body, order)?;
        Ok(interface)
    }

    fn read_options(&mut self, body: &mut Body, order: ByteOrder) -> Result<(), String> {
        let (mut resolution, mut offset) = (None, None);
        let description = Arc::make_mut(&mut self.description);
        while let Some(BlockOption { code, length, value }) = body.option()? {
            match code {
                OPTION_END => {
                    expect_length("opt_endofopt", length, 0)?;
                    break;
                }
                OPTION_RESOLUTION => {
                    expect_length("if_tsresol", length, 1)?;
                    expect_first("if_tsresol", resolution)?;
                    resolution = Some(ticks(value.first().copied().unwrap_or_default())?);
                }
                OPTION_OFFSET => {
                    expect_length("if_tsoffset", length, 8)?;
                    expect_first("if_tsoffset", offset)?;
                    offset = value.first_chunk().map(|octets| order.double(*octets));
                }
                _ => describe(description, code, value.get(..length.into()).unwrap_or_default()),
            }
        }
        description.nanoseconds = resolution.is_some_and(|ticks| ticks > MICROSECONDS);
        self.resolution = match resolution.unwrap_or(MICROSECONDS) {
            MICROSECONDS => Resolution::Micro,
            NANOSECONDS => Resolution::Nano,
            other => Resolution::Other(other),
        };
        self.offset = offset.unwrap_or_default();
        Ok(())
    }

    /// The time that so many ticks stand for.
    #[inline]
    pub fn time(&self, ticks: u64) -> Timestamp {
        let (seconds, nanos) = match self.resolution {
            Resolution::Micro => (ticks / MICROSECONDS, ticks % MICROSECONDS * 1000),
            Resolution::Nano => (ticks / NANOSECONDS, ticks % NANOSECONDS),
            Resolution::Other(second) => {
                let second = second.max(1);
                let nanos = u128::from(ticks % second) * u128::from(NANOSECONDS) / u128::from(second);
                (ticks / second, nanos as u64)
            }
        };
        // A negative offset wraps to where it belongs.
        Timestamp { seconds: seconds.wrapping_add(self.offset) as i64, nanos: nanos as i64 }
    }
}

/// Keeps what an option says in words.
fn describe(interface: &mut Description, code: u16, value: &[u8]) {
    if value.len() > TEXT_MAX.into() {
        return;
    }
    let text = |octets| Some(String::from_utf8_lossy(octets).into_owned()).filter(|text| !text.is_empty());
    match (code, value) {
        (OPTION_NAME, name) => interface.name = text(name),
        (OPTION_DESCRIPTION, description) => interface.description = text(description),
        (OPTION_FILTER, [FILTER_LIBPCAP, filter @ ..]) => interface.filter = text(filter),
        (OPTION_SYSTEM, system) => interface.system = text(system),
        _ => {}
    }
}

fn expect_length(name: &str, length: u16, expected: u16) -> Result<(), String> {
    if length == expected {
        return Ok(());
    }
    Err(format!("Interface Description Block has {name} option with length {length} != {expected}"))
}

fn expect_first(name: &str, before: Option<u64>) -> Result<(), String> {
    match before {
        None => Ok(()),
        Some(_) => Err(format!("Interface Description Block has more than one {name} option")),
    }
}

/// Ticks in a second, by the option's octet.
fn ticks(octet: u8) -> Result<u64, String> {
    let exponent = octet & !BINARY;
    let too_high = |base: u8| {
        Err(format!("Interface Description Block if_tsresol option resolution {base}^-{exponent} is too high"))
    };
    match octet & BINARY != 0 {
        true if exponent > FINEST_BINARY => too_high(2),
        true => Ok(1 << exponent),
        false if exponent > FINEST_DECIMAL => too_high(10),
        false => Ok(10u64.pow(exponent.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIG: ByteOrder = ByteOrder { swapped: cfg!(target_endian = "little") };

    /// An interface with these options, in big-endian.
    fn interface(options: &[u8]) -> Result<Interface, String> {
        let mut octets = vec![0, 101, 0, 0, 0, 0, 0, 0];
        octets.extend_from_slice(options);
        Interface::read(&mut Body::new(&octets, 1, BIG), BIG, 0)
    }

    fn time(options: &[u8], ticks: u64) -> (i64, i64) {
        let time = interface(options).unwrap().time(ticks);
        (time.seconds, time.nanos)
    }

    #[test]
    fn ticks_are_micros_unless_an_option_says_otherwise() {
        assert_eq!(time(&[], 5_000_007), (5, 7000));
        assert_eq!(time(&[0, 9, 0, 1, 9, 0, 0, 0], 5_000_000_007), (5, 7));
        assert_eq!(time(&[0, 9, 0, 1, 3, 0, 0, 0], 5_007), (5, 7_000_000));
        assert_eq!(time(&[0, 9, 0, 1, 0, 0, 0, 0], 5), (5, 0));
        assert_eq!(time(&[0, 9, 0, 1, 12, 0, 0, 0], 5_000_000_007_999), (5, 7));
        assert_eq!(time(&[0, 9, 0, 1, 0x81, 0, 0, 0], 11), (5, 500_000_000));
        assert_eq!(time(&[0, 9, 0, 1, 0xbf, 0, 0, 0], 3 << 62), (1, 500_000_000), "2^-63 overflows 64 bits");
    }

    #[test]
    fn an_offset_may_be_negative() {
        assert_eq!(time(&[0, 14, 0, 8, 0, 0, 0, 0, 0, 0, 0, 100], 5_000_000), (105, 0));
        assert_eq!(time(&[0, 14, 0, 8, 255, 255, 255, 255, 255, 255, 255, 254], 5_000_000), (3, 0));
    }

    #[test]
    fn options_behind_the_end_do_not_count() {
        let description = |options| interface(options).unwrap().description;
        assert!(!description(&[0, 0, 0, 0, 0, 9, 0, 1, 9, 0, 0, 0]).nanoseconds);
        let lo0 = description(&[0, 2, 0, 3, b'l', b'o', b'0', 0, 0, 9, 0, 1, 9, 0, 0, 0]);
        assert_eq!((lo0.name.as_deref(), lo0.nanoseconds), (Some("lo0"), true));
    }

    #[test]
    fn texts_are_kept_without_padding_and_within_bounds() {
        let options = [
            &[0, 3, 0, 2, b'u', b'p', 0, 0, 0, 11, 0, 4, 0, b't', b'c', b'p', 0, 12, 0, 1, 0xff, 0, 0, 0][..],
            &[0, 2, 0x10, 1],
            &[b'x'; 4100],
        ];
        let kept = interface(&options.concat()).unwrap().description;
        assert_eq!(kept.description.as_deref(), Some("up"));
        assert_eq!(kept.filter.as_deref(), Some("tcp"));
        assert_eq!(kept.system.as_deref(), Some("\u{fffd}"));
        assert_eq!(kept.name, None);
        let bytecode = interface(&[0, 11, 0, 2, 1, 6, 0, 0]).unwrap().description;
        assert_eq!(bytecode.filter, None);
    }

    #[test]
    fn wrong_options_are_told_in_libpcaps_words() {
        let rows: [(&[u8], &str); 7] = [
            (&[0, 9, 0, 1, 20, 0, 0, 0], "if_tsresol option resolution 10^-20 is too high"),
            (&[0, 9, 0, 1, 0xc0, 0, 0, 0], "if_tsresol option resolution 2^-64 is too high"),
            (&[0, 9, 0, 2, 6, 6, 0, 0], "has if_tsresol option with length 2 != 1"),
            (&[0, 9, 0, 1, 6, 0, 0, 0, 0, 9, 0, 1, 6, 0, 0, 0], "has more than one if_tsresol option"),
            (&[0, 14, 0, 4, 0, 0, 0, 0], "has if_tsoffset option with length 4 != 8"),
            (&[0, 0, 0, 4, 0, 0, 0, 0], "has opt_endofopt option with length 4 != 0"),
            (&[0, 2, 0, 9, 0, 0, 0, 0], "block of type 1 in pcapng dump file is too short"),
        ];
        for (options, words) in rows {
            let error = interface(options).map(drop).unwrap_err();
            assert!(error == words || error == format!("Interface Description Block {words}"), "{error}");
        }
    }

    #[test]
    fn link_types_are_those_of_files() {
        let interface = interface(&[]).unwrap();
        assert_eq!((interface.link_type, interface.snapshot_length), (LinkType::RAW, 262_144));
    }
}
