//! The connections seen so far: found by their ends in constant time, bounded in number, forgotten by age.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::ages::{Ages, Index};
use super::connection::{Both, Connection, Side};
use super::ledger::Ledger;
use super::segment::{Endpoint, Segment};
use super::unacked::{self, Budget};

/// Connections that are remembered by default. Each takes about a kilobyte, only once there is one.
pub const CONNECTIONS_MAX: usize = 1_000_000;

/// Connections by their ends.
#[derive(Debug)]
pub struct Connections {
    limit: usize,
    #[expect(clippy::vec_box, reason = "a vector that grows would copy half a gigabyte, and need both at once")]
    connections: Vec<Box<Connection>>,
    /// Where the newest connection of two ends is.
    index: HashTable<Index>,
    hasher: RandomState,
    ages: Ages,
    /// How many connections there were: the number of the next one.
    streams: u64,
    /// How many were forgotten to make room.
    evicted: u64,
    budget: Budget,
    /// What is kept of those that were forgotten.
    ledger: Option<Box<Ledger>>,
}

/// The two ends of a segment in the table's order, and which of them sent it. Where both are the same,
/// there is one direction.
#[inline]
pub fn in_order(source: Endpoint, destination: Endpoint) -> (Both<Endpoint>, Side) {
    if (source.1, source.0) <= (destination.1, destination.0) {
        (Both { low: source, high: destination }, Side::Low)
    } else {
        (Both { low: destination, high: source }, Side::High)
    }
}

impl Connections {
    /// A table for at most `limit` connections.
    pub fn new(limit: usize) -> Connections {
        Connections {
            limit: limit.clamp(1, Index::MAX as usize - 1),
            connections: Vec::new(),
            index: HashTable::new(),
            hasher: RandomState::default(),
            ages: Ages::default(),
            streams: 0,
            evicted: 0,
            budget: Budget(unacked::TOTAL_MAX),
            ledger: None,
        }
    }

    /// Keeps account of connections that are forgotten, from now on. With a choice, only of those that are chosen.
    pub fn keep_ledger(&mut self, has_choice: bool) {
        self.ledger = Some(Box::new(Ledger::new(self.limit, has_choice)));
    }

    /// The connections that are to be told of, in no order.
    pub fn told(&self) -> impl Iterator<Item = &Connection> {
        let has_choice = self.ledger.as_ref().is_some_and(|ledger| ledger.has_choice);
        self.iter().filter(move |connection| connection.is_told(has_choice))
    }

    /// The account of all connections, those that were forgotten included; none if it is not kept.
    pub fn ledger(&self) -> Option<Ledger> {
        let mut ledger = Ledger::clone(self.ledger.as_ref()?);
        self.iter().for_each(|connection| ledger.enter(connection));
        Some(ledger)
    }

    /// The newest connection between two ends, which counts as used now.
    #[inline]
    pub fn find(&mut self, ends: &Both<Endpoint>) -> Option<Index> {
        let connections = &self.connections;
        let is_it = |&index: &Index| connections.get(index as usize).is_some_and(|found| found.ends == *ends);
        let index = *self.index.find(self.hasher.hash_one(ends), is_it)?;
        self.ages.touch(index);
        Some(index)
    }

    /// A new connection between two ends; segments between them belong to it from now on. The one that was
    /// silent for longest makes room.
    pub fn create(&mut self, ends: Both<Endpoint>, segment: &Segment, side: Side) -> Index {
        let connection = Connection::new(self.streams, ends, segment, side);
        self.streams += 1;
        let index = match self.ages.oldest() {
            Some(oldest) if self.connections.len() >= self.limit => self.replace(oldest, connection),
            _ => {
                self.connections.push(Box::new(connection));
                self.ages.add()
            }
        };
        self.point_to(index, &ends);
        index
    }

    /// Puts a connection in the place of another one.
    fn replace(&mut self, index: Index, connection: Connection) -> Index {
        let Some(place) = self.connections.get_mut(index as usize) else { return index };
        let mut old = std::mem::replace(&mut **place, connection);
        if let Some(ledger) = &mut self.ledger {
            ledger.enter(&old);
        }
        old.flows.low.unacked.forget(&mut self.budget);
        old.flows.high.unacked.forget(&mut self.budget);
        let hash = self.hasher.hash_one(old.ends);
        // A newer connection between the same ends stays.
        if let Ok(entry) = self.index.find_entry(hash, |&entry| entry == index) {
            entry.remove();
        }
        self.evicted += 1;
        self.ages.touch(index);
        index
    }

    fn point_to(&mut self, index: Index, ends: &Both<Endpoint>) {
        let (connections, hasher) = (&self.connections, &self.hasher);
        let ends_of = |index: Index| connections.get(index as usize).map(|connection| &connection.ends);
        let is_it = |&other: &Index| other != index && ends_of(other) == Some(ends);
        let hash = hasher.hash_one(ends);
        match self.index.find_mut(hash, is_it) {
            Some(entry) => *entry = index,
            None => {
                let hash_of = |&index: &Index| ends_of(index).map_or(0, |ends| hasher.hash_one(ends));
                self.index.insert_unique(hash, index, hash_of);
            }
        }
    }

    /// A connection, to be changed, and what is left for unacknowledged segments.
    #[inline]
    pub fn get_mut(&mut self, index: Index) -> Option<(&mut Connection, &mut Budget)> {
        Some((self.connections.get_mut(index as usize)?, &mut self.budget))
    }

    /// A connection.
    #[inline]
    pub fn get(&self, index: Index) -> Option<&Connection> {
        self.connections.get(index as usize).map(|connection| &**connection)
    }

    /// The connections that are remembered, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Connection> {
        self.connections.iter().map(|connection| &**connection)
    }

    /// How many connections there were.
    pub fn streams(&self) -> u64 {
        self.streams
    }

    /// How many of them are forgotten.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::{IpAddress, Ipv4};
    use crate::tcp::segment::testing::segment;

    fn create(table: &mut Connections, port: u16) -> Index {
        table.create(ends(port), &segment("S", 0, 0, 0), Side::Low)
    }

    fn ends(port: u16) -> Both<Endpoint> {
        let address = |last| IpAddress::V4(Ipv4([10, 0, 0, last]));
        in_order((address(1), port), (address(2), 80)).0
    }

    #[test]
    fn a_connection_takes_no_more_than_is_said() {
        let each = size_of::<Connection>() + 2 * size_of::<u64>() + size_of::<usize>();
        assert!(each <= 900, "{each} octets: docs/analysis.md and the help of --max-connections say less");
    }

    #[test]
    fn both_directions_find_the_same_connection() {
        let (a, b) = ((IpAddress::V4(Ipv4([10, 0, 0, 9])), 5), (IpAddress::V4(Ipv4([10, 0, 0, 1])), 5));
        let (forth, back) = (in_order(a, b), in_order(b, a));
        assert_eq!(forth.0, back.0);
        assert_eq!(forth.1, back.1.other());
    }

    #[test]
    fn the_connection_silent_for_longest_makes_room() {
        let mut table = Connections::new(3);
        let first = [1, 2, 3].map(|port| create(&mut table, port));
        assert_eq!(table.find(&ends(1)), Some(first[0]));
        create(&mut table, 4);
        assert_eq!(table.find(&ends(2)), None);
        assert_eq!(table.find(&ends(1)), Some(first[0]));
        assert_eq!((table.streams(), table.evicted(), table.iter().count()), (4, 1, 3));
    }

    #[test]
    fn a_new_connection_of_the_same_ends_is_found_also_when_the_old_one_is_forgotten() {
        let mut table = Connections::new(2);
        let old = create(&mut table, 1);
        let new = create(&mut table, 1);
        assert_ne!(old, new);
        assert_eq!(table.find(&ends(1)), Some(new));
        let third = create(&mut table, 3);
        assert_eq!(third, old);
        assert_eq!(table.find(&ends(1)), Some(new));
        assert_eq!(table.find(&ends(3)), Some(third));
    }

    #[test]
    fn a_flood_of_connections_takes_no_more_than_the_limit() {
        let mut table = Connections::new(100);
        for port in 0..60_000 {
            create(&mut table, port);
        }
        assert_eq!((table.connections.len(), table.index.len(), table.evicted()), (100, 100, 59_900));
    }
}
