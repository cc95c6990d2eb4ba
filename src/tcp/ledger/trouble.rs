//! Connections that did not come about or broke, by where they went: a flood of them is one entry.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

use foldhash::fast::RandomState;

use crate::dissect::address::IpAddress;
use crate::tcp::connection::Connection;
use crate::tcp::outcome::Ended;
use crate::tcp::segment::Endpoint;

/// Addresses that an entry names.
pub const SOURCES_NAMED: usize = 3;

/// What happened to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It was asked for, and not established.
    HalfOpen,
    /// It was refused.
    Refused,
    /// It was reset.
    Reset,
}

/// Where connections went, and what happened to them there.
pub type Place = (Kind, Endpoint);

/// What happened in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Connections.
    pub connections: u64,
    /// Of half-open ones, those that nobody answered. Of reset ones, those that the client reset.
    pub part: u64,
    /// Addresses that they came from.
    pub sources: u64,
    /// The first of these.
    pub first_sources: [Option<IpAddress>; SOURCES_NAMED],
}

/// What happened, by place.
#[derive(Clone, Debug)]
pub struct Trouble {
    limit: usize,
    entries: HashMap<Place, Entry, RandomState>,
    /// Hashes of places and the addresses seen there: a tenth of what they would take themselves. Among a million,
    /// two are the same once in forty million times.
    seen: HashSet<u64, RandomState>,
    hasher: RandomState,
    /// There were more places or addresses than could be told apart.
    pub is_incomplete: bool,
}

impl Trouble {
    /// Tells apart so many places, and as many pairs of a place and an address.
    pub fn new(limit: usize) -> Trouble {
        Trouble {
            limit,
            entries: HashMap::default(),
            seen: HashSet::default(),
            hasher: RandomState::default(),
            is_incomplete: false,
        }
    }

    /// Enters a connection, if anything is wrong with it.
    pub fn enter(&mut self, connection: &Connection) {
        let client = connection.life.client;
        let (kind, is_part) = match connection.life.ended() {
            Ended::HalfOpen => (Kind::HalfOpen, false),
            Ended::Unanswered => (Kind::HalfOpen, true),
            Ended::Refused(_) => (Kind::Refused, false),
            Ended::Reset(side) => (Kind::Reset, side == client),
            Ended::Closed(_) | Ended::Closing(_) | Ended::Open => return,
        };
        let place = (kind, *connection.ends.of(client.other()));
        let (source, _) = *connection.ends.of(client);
        let is_full = self.entries.len() >= self.limit && !self.entries.contains_key(&place);
        if is_full {
            self.is_incomplete = true;
            return;
        }
        let is_new = self.is_new(&(place, source));
        let entry = self.entries.entry(place).or_default();
        entry.connections += 1;
        entry.part += u64::from(is_part);
        if is_new {
            if let Some(slot) = entry.first_sources.get_mut(entry.sources as usize) {
                *slot = Some(source);
            }
            entry.sources += 1;
        }
    }

    fn is_new(&mut self, what: &impl Hash) -> bool {
        let hash = self.hasher.hash_one(what);
        if self.seen.len() >= self.limit && !self.seen.contains(&hash) {
            self.is_incomplete = true;
            return false;
        }
        self.seen.insert(hash)
    }

    /// What happened, the most frequent first within a kind.
    pub fn entries(&self) -> Vec<(Place, Entry)> {
        let mut entries: Vec<_> = self.entries.iter().map(|(place, entry)| (*place, *entry)).collect();
        entries.sort_unstable_by_key(|((kind, target), entry)| (*kind, u64::MAX - entry.connections, *target));
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::Ipv4;
    use crate::tcp::analysis::{Analysis, Rules};
    use crate::tcp::segment::Segment;
    use crate::tcp::segment::testing::segment;

    /// SYNs from so many addresses, two from each, to port 80 of one host.
    fn flood(analysis: &mut Analysis, addresses: u32) {
        for number in 0..addresses * 2 {
            let source = IpAddress::V4(Ipv4((0x0b00_0000 + number / 2).to_be_bytes()));
            let flood = Segment { source: (source, 1000 + number as u16 % 2), ..segment("S", number, 0, 0) };
            analysis.verdict_of(&flood);
        }
    }

    fn trouble(analysis: &Analysis) -> Trouble {
        analysis.connections().ledger().unwrap().trouble
    }

    #[test]
    fn a_flood_is_one_entry_also_when_its_connections_are_forgotten() {
        let mut analysis = Analysis::new(Rules::Evidence, 5000);
        analysis.keep_ledger(false);
        flood(&mut analysis, 4000);
        let all = trouble(&analysis);
        let entries = all.entries();
        assert_eq!((entries.len(), entries[0].0.0, entries[0].0.1.1), (1, Kind::HalfOpen, 80));
        assert_eq!((entries[0].1.connections, entries[0].1.part, entries[0].1.sources), (8000, 8000, 4000));
        assert_eq!((analysis.connections().evicted(), all.is_incomplete), (3000, false));
    }

    #[test]
    fn what_cannot_be_told_apart_is_counted_and_said() {
        let mut analysis = Analysis::new(Rules::Evidence, 100);
        analysis.keep_ledger(false);
        flood(&mut analysis, 4000);
        let all = trouble(&analysis);
        assert_eq!((all.entries()[0].1.connections, all.entries()[0].1.sources), (8000, 100));
        assert!(all.is_incomplete);
        let totals = analysis.connections().ledger().unwrap().totals;
        assert_eq!((totals.connections, totals.unanswered, totals.counters.packets), (8000, 8000, 8000));
    }
}
