//! The connection identifiers that QUIC's long headers named, for the short headers that hold one
//! without saying how long it is.

/// The longest identifier of version 1 (RFC 9000 section 17.2).
pub(super) const ID_LENGTH_MAX: usize = 20;

/// How many identifiers are remembered; then the oldest places are taken again.
const CAPACITY: usize = 512;

/// A connection identifier; an empty one marks a free place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConnectionId {
    octets: [u8; ID_LENGTH_MAX],
    length: u8,
}

impl ConnectionId {
    fn new(id: &[u8]) -> Self {
        let mut octets = [0; ID_LENGTH_MAX];
        for (slot, octet) in octets.iter_mut().zip(id) {
            *slot = *octet;
        }
        ConnectionId { octets, length: id.len().min(ID_LENGTH_MAX) as u8 }
    }

    /// The identifier without padding.
    pub fn octets(&self) -> &[u8] {
        self.octets.get(..self.length.into()).unwrap_or_default()
    }
}

/// The identifiers seen lately; one that is found moves to the front.
#[derive(Debug)]
pub struct Connections {
    ids: Box<[ConnectionId]>,
    next: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Connections { ids: vec![ConnectionId::default(); CAPACITY].into(), next: 0 }
    }
}

impl Connections {
    /// Enters an identifier unless it, or a prefix of it, is known.
    pub fn remember(&mut self, id: &[u8]) {
        if id.is_empty() || self.find(id).is_some() {
            return;
        }
        if let Some(place) = self.ids.get_mut(self.next) {
            *place = ConnectionId::new(id);
        }
        self.next = (self.next + 1) % CAPACITY;
    }

    /// The first identifier that the octets start with.
    pub fn find(&mut self, octets: &[u8]) -> Option<&ConnectionId> {
        let index = self.ids.iter().take_while(|id| id.length > 0).position(|id| octets.starts_with(id.octets()))?;
        self.ids.swap(0, index);
        self.ids.first()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_identifiers_than_places_replace_the_oldest() {
        let mut connections = Connections::default();
        for number in 0..=CAPACITY as u16 {
            connections.remember(&number.to_be_bytes());
        }
        assert_eq!(connections.find(&[0, 0, 9]), None);
        assert_eq!(connections.find(&[2, 0, 9]).map(ConnectionId::octets), Some(&[2, 0][..]));
        assert_eq!(connections.find(&[]), None);
    }
}
