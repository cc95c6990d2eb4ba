//! Which way a frame went, by the addresses of its stations.
//!
//! libpcap tells the direction only where it makes up the link layer itself, as on `any`. Elsewhere the
//! Ethernet header tells whether the interface is the sender or the receiver.

use super::{Frame, LinkType};

/// A MAC address.
pub type Station = [u8; 6];

const NOBODY: Station = [0; 6];
const EVERYBODY: Station = [0xff; 6];
/// The bit of a destination's first octet that makes it a group.
const GROUP: u8 = 1;

/// Which way a frame went, seen from the interface it was captured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Nothing tells.
    Unknown,
    /// It came, for this host alone.
    In,
    /// It came, for everybody.
    Broadcast,
    /// It came, for a group.
    Multicast,
    /// It came, for another host.
    OtherHost,
    /// It was sent.
    Out,
}

/// The direction of a frame.
pub fn direction(frame: &Frame) -> Direction {
    let (Some(own), LinkType::ETHERNET) = (frame.interface.station, frame.link_type) else { return Direction::Unknown };
    let [Some(destination), Some(source)] = [0, 6].map(|at| frame.bytes.get(at..).and_then(|tail| tail.first_chunk()))
    else {
        return Direction::Unknown;
    };
    match destination {
        // Loopback has no addresses, and libpcap leaves out what was sent.
        _ if own == NOBODY => Direction::In,
        _ if *source == own => Direction::Out,
        &EVERYBODY => Direction::Broadcast,
        [first, ..] if first & GROUP != 0 => Direction::Multicast,
        destination if *destination == own => Direction::In,
        _ => Direction::OtherHost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Timestamp;
    use crate::source::interface::Interface;
    use std::sync::Arc;

    const OWN: Station = [2, 0, 0, 0, 0, 1];
    const OTHER: Station = [2, 0, 0, 0, 0, 2];
    const THIRD: Station = [2, 0, 0, 0, 0, 3];
    const GROUP_OF_SOME: Station = [1, 0, 0x5e, 0, 0, 1];

    fn of_frame(station: Option<Station>, link_type: LinkType, bytes: &[u8]) -> Direction {
        let interface = &Arc::new(Interface { station, ..Interface::unknown(link_type, 0, false) });
        direction(&Frame { timestamp: Timestamp::default(), bytes, wire_length: 0, link_type, interface })
    }

    fn of(own: Option<Station>, destination: Station, source: Station) -> Direction {
        of_frame(own, LinkType::ETHERNET, &[destination, source].concat())
    }

    #[test]
    fn directions_are_those_of_the_kernel() {
        assert_eq!(of(Some(OWN), OTHER, OWN), Direction::Out);
        assert_eq!(of(Some(OWN), EVERYBODY, OWN), Direction::Out);
        assert_eq!(of(Some(OWN), OWN, OTHER), Direction::In);
        assert_eq!(of(Some(OWN), EVERYBODY, OTHER), Direction::Broadcast);
        assert_eq!(of(Some(OWN), GROUP_OF_SOME, OTHER), Direction::Multicast);
        assert_eq!(of(Some(OWN), THIRD, OTHER), Direction::OtherHost);
        assert_eq!(of(Some(NOBODY), NOBODY, NOBODY), Direction::In);
    }

    #[test]
    fn what_no_address_tells_is_not_guessed() {
        assert_eq!(of(None, OTHER, OWN), Direction::Unknown);
        assert_eq!(of_frame(Some(OWN), LinkType::RAW, &[0x45; 20]), Direction::Unknown);
        assert_eq!(of_frame(Some(OWN), LinkType::ETHERNET, &[2; 11]), Direction::Unknown);
    }
}
