//! The connections seen so far: found by their ends in constant time, bounded in number, forgotten by age.

use super::ages::{Ages, Index};
use super::chunks::Chunks;
use super::connection::{Connection, Side};
use super::ends::{Key, Keys};
use super::ledger::Ledger;
use super::lines::Lines;
use super::segment::Segment;
use super::unacked::{self, Budget};

/// Connections that are remembered by default. Each takes about 430 octets, only once there is one.
pub const CONNECTIONS_MAX: usize = 1_000_000;

/// Connections by their ends.
#[derive(Debug)]
pub struct Connections {
    limit: usize,
    connections: Chunks<Connection>,
    /// Where the newest connection of two ends is.
    index: Lines,
    keys: Keys,
    ages: Ages,
    /// How many connections there were: the number of the next one.
    streams: u64,
    /// How many were forgotten to make room.
    evicted: u64,
    budget: Budget,
    /// More is kept of each than what there is to say of its segments.
    keeps_extra: bool,
    /// What is kept of those that were forgotten.
    ledger: Option<Box<Ledger>>,
}

impl Connections {
    /// A table for at most `limit` connections.
    pub fn new(limit: usize) -> Connections {
        Connections {
            limit: limit.clamp(1, Index::MAX as usize - 1),
            connections: Chunks::default(),
            index: Lines::default(),
            keys: Keys::default(),
            ages: Ages::default(),
            streams: 0,
            evicted: 0,
            budget: Budget(unacked::TOTAL_MAX),
            keeps_extra: false,
            ledger: None,
        }
    }

    /// Whether more is kept of connections than what there is to say of their segments, from now on.
    pub fn keep_extra(&mut self, keeps_extra: bool) {
        self.keeps_extra = keeps_extra;
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

    /// The key of a segment's connection, and which end has sent it.
    #[inline]
    pub fn key(&self, segment: &Segment) -> Key {
        self.keys.key(&segment.source, &segment.destination)
    }

    /// Fetches what tells where the connection with this key is. [`Connections::fetch`] does the rest, and between the two
    /// there should be work that takes as long as memory does.
    #[inline]
    pub fn foresee(&self, (key, _): Key) {
        self.index.foresee(key);
    }

    /// Fetches the connection with this key.
    #[inline]
    pub fn fetch(&self, (key, side): Key) -> Option<&Connection> {
        let [index, _] = self.index.get(key)?;
        let connection = self.get(index)?;
        connection.fetch(side, self.keeps_extra);
        Some(connection)
    }

    /// Fetches what a connection has elsewhere, once it has come itself.
    #[inline]
    pub fn fetch_others(&self, connection: &Connection) {
        connection.fetch_others(self.keeps_extra);
    }

    /// The newest connection with this key, which counts as used now.
    #[inline]
    pub fn find(&mut self, key: u64) -> Option<Index> {
        let [index, _] = self.index.get(key)?;
        self.ages.touch(index);
        Some(index)
    }

    /// A new connection that begins with a segment; those with its key belong to it from now on. One that was silent
    /// for long makes room.
    pub fn create(&mut self, key: u64, segment: &Segment, side: Side) -> Index {
        let next = if self.connections.count() < self.limit { None } else { self.ages.take_next() };
        let index = match next {
            Some(index) => self.replace(index),
            None => {
                self.connections.push(Connection::NEW);
                self.ages.add()
            }
        };
        if let Some(connection) = self.connections.get_mut(index as usize) {
            connection.begin(self.streams, segment, side);
            if self.keeps_extra {
                connection.extra = Some(Box::default());
            }
        }
        self.streams += 1;
        self.index.insert(key, [index, 0]);
        index
    }

    /// Puts a new connection in the place of another one.
    fn replace(&mut self, index: Index) -> Index {
        let Some(place) = self.connections.get_mut(index as usize) else { return index };
        let mut old = std::mem::replace(place, Connection::NEW);
        if let Some(ledger) = &mut self.ledger {
            ledger.enter(&old);
        }
        old.flows.low.unacked.forget(&mut self.budget);
        old.flows.high.unacked.forget(&mut self.budget);
        let (key, _) = self.keys.key(&old.ends.low, &old.ends.high);
        // A newer connection between the same ends stays.
        if self.index.get(key).is_some_and(|[newest, _]| newest == index) {
            self.index.remove(key);
        }
        self.evicted += 1;
        index
    }

    /// A connection, to be changed, and what is left for unacknowledged segments.
    #[inline]
    pub fn get_mut(&mut self, index: Index) -> Option<(&mut Connection, &mut Budget)> {
        Some((self.connections.get_mut(index as usize)?, &mut self.budget))
    }

    /// A connection.
    #[inline]
    pub fn get(&self, index: Index) -> Option<&Connection> {
        self.connections.get(index as usize)
    }

    /// The connections that are remembered, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Connection> {
        self.connections.iter()
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

    fn syn(port: u16) -> Segment {
        let address = |last| IpAddress::V4(Ipv4([10, 0, 0, last]));
        Segment { source: (address(1), port), destination: (address(2), 80), ..segment("S", 0, 0, 0) }
    }

    fn create(table: &mut Connections, port: u16) -> Index {
        let (key, side) = table.key(&syn(port));
        table.create(key, &syn(port), side)
    }

    fn find(table: &mut Connections, port: u16) -> Option<Index> {
        let (key, _) = table.key(&syn(port));
        table.find(key)
    }

    #[test]
    fn a_connection_takes_no_more_than_is_said() {
        let each = size_of::<Connection>() + size_of::<[u64; 2]>() * 8 / 3;
        assert!(each <= 432, "{each} octets: docs/analysis.md and the help of --max-connections say less");
    }

    #[test]
    fn the_connection_silent_for_longest_makes_room() {
        let mut table = Connections::new(3);
        let first = [1, 2, 3].map(|port| create(&mut table, port));
        assert_eq!(find(&mut table, 1), Some(first[0]));
        create(&mut table, 4);
        assert_eq!(find(&mut table, 2), None);
        assert_eq!(find(&mut table, 1), Some(first[0]));
        assert_eq!((table.streams(), table.evicted(), table.iter().count()), (4, 1, 3));
    }

    #[test]
    fn a_new_connection_of_the_same_ends_is_found_also_when_the_old_one_is_forgotten() {
        let mut table = Connections::new(2);
        let old = create(&mut table, 1);
        let new = create(&mut table, 1);
        assert_ne!(old, new);
        assert_eq!(find(&mut table, 1), Some(new));
        let third = create(&mut table, 3);
        assert_eq!(third, old);
        assert_eq!(find(&mut table, 1), Some(new));
        assert_eq!(find(&mut table, 3), Some(third));
    }

    #[test]
    fn a_flood_of_connections_takes_no_more_than_the_limit() {
        let mut table = Connections::new(100);
        for port in 0..60_000 {
            create(&mut table, port);
        }
        assert_eq!((table.connections.count(), table.index.count(), table.evicted()), (100, 100, 59_900));
    }
}
