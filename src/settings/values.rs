//! Values of options that have a meaning of their own, each by itself.

use std::time::Duration;

use pcap::Direction;

use super::units;
use crate::dissect::packet_type::PacketType;
use crate::error::Error;
use crate::source::LinkType;
use crate::source::libpcap::inactive::TimeStampType;

/// The size of `-C`, in octets.
pub fn file_size(text: &str) -> Result<u64, Error> {
    units::octets("file size", text)
}

/// The size of `--until-size`, in octets.
pub fn until_size(text: &str) -> Result<u64, Error> {
    units::octets("size", text)
}

/// The time of `--duration`.
pub fn duration(text: &str) -> Result<Duration, Error> {
    units::duration("duration", text)
}

/// Whether a resolution of `--time-stamp-precision` is one of nanoseconds. What stands behind the name does
/// not matter, as in tcpdump.
pub fn precision(name: &str) -> Result<bool, Error> {
    match (name.starts_with("nano"), name.starts_with("micro")) {
        (false, false) => Err(Error::Usage("unsupported time stamp precision".into())),
        (nano, _) => Ok(nano),
    }
}

/// The payload of `-T`.
pub fn packet_type(name: &str) -> Result<PacketType, Error> {
    PacketType::from_name(name).ok_or_else(|| Error::Usage(format!("unknown packet type '{name}'")))
}

/// The link type of `-y`.
pub fn link_type(name: &str) -> Result<LinkType, Error> {
    LinkType::from_name(name).ok_or_else(|| Error::Usage(format!("invalid data link type {name}")))
}

/// The direction of `-Q`.
pub fn direction(name: &str) -> Result<Direction, Error> {
    match name.to_ascii_lowercase().as_str() {
        "in" => Ok(Direction::In),
        "out" => Ok(Direction::Out),
        "inout" => Ok(Direction::InOut),
        _ => Err(Error::Usage(format!("unknown capture direction '{name}'"))),
    }
}

/// The source of time stamps of `-j`.
pub fn time_stamp_type(name: &str) -> Result<TimeStampType, Error> {
    TimeStampType::from_name(name).ok_or_else(|| Error::Usage(format!("invalid time stamp type {name}")))
}
