//! What is known of the interface that packets were captured on.

use super::LinkType;
use super::stations::Station;

/// An interface, as a capture or a savefile describes it. A savefile's texts may be anything: they are to
/// be escaped where they are printed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interface {
    /// Its number in its capture or savefile, from 0.
    pub number: u32,
    /// Its name.
    pub name: Option<String>,
    /// What it is, in its system's words.
    pub description: Option<String>,
    /// The filter that chose its packets before they came here.
    pub filter: Option<String>,
    /// The operating system it is part of.
    pub system: Option<String>,
    /// Its own MAC address, where it is one of this machine's.
    pub station: Option<Station>,
    /// What its frames start with.
    pub link_type: LinkType,
    /// How much of each frame is captured at most, in octets.
    pub snapshot_length: i32,
    /// Whether its time stamps are finer than microseconds.
    pub nanoseconds: bool,
}

impl Interface {
    /// One of which nothing is known but what its frames are like.
    pub fn unknown(link_type: LinkType, snapshot_length: i32, nanoseconds: bool) -> Interface {
        let (number, name, description, filter, system, station) = (0, None, None, None, None, None);
        Interface { number, name, description, filter, system, station, link_type, snapshot_length, nanoseconds }
    }
}
