//! Which connections have a row, and in which order.

use super::row::Row;
use crate::tcp::connection::Connection;
use crate::tcp::table::Connections;

/// What rows are sorted by. The largest comes first, but for the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Octets on the wire, both ways.
    Bytes,
    /// Packets, both ways.
    Packets,
    /// From the first packet to the last.
    Duration,
    /// When the first packet came: the first one first.
    Start,
    /// Octets that were sent again.
    Retransmitted,
    /// The longer one of both median round-trip times, or the handshake's where there is none.
    Rtt,
    /// Segments that were overtaken.
    OutOfOrder,
    /// How often a window closed.
    ZeroWindows,
}

/// The first `top` connections in an order, and how many more there are; those that are equal are in the order in which
/// they appeared. The others are only parted from them, so that a million take no longer than a look at each.
pub fn select(connections: &Connections, order: Order, top: usize) -> (Vec<&Connection>, u64) {
    let mut rows: Vec<(u64, u64, &Connection)> =
        connections.told().map(|connection| (rank(connection, order), connection.stream, connection)).collect();
    let left_out = rows.len().saturating_sub(top) as u64;
    let key = |&(rank, stream, _): &(u64, u64, &Connection)| (rank, stream);
    if top < rows.len() {
        if top > 0 {
            rows.select_nth_unstable_by_key(top - 1, key);
        }
        rows.truncate(top);
    }
    rows.sort_unstable_by_key(key);
    (rows.into_iter().map(|(.., connection)| connection).collect(), left_out)
}

/// What comes first has the lowest one.
fn rank(connection: &Connection, order: Order) -> u64 {
    let row = Row(connection);
    let both = row.both();
    let most = |count: u64| u64::MAX - count;
    match order {
        Order::Bytes => most(both.wire_bytes),
        Order::Packets => most(both.packets),
        Order::Duration => most(row.duration().max(0).unsigned_abs()),
        // The lowest negative number becomes the lowest one.
        Order::Start => connection.first_time.wrapping_sub(i64::MIN) as u64,
        Order::Retransmitted => most(both.retransmitted_bytes),
        Order::Rtt => most(row.longest_rtt().unwrap_or(0).max(0).unsigned_abs()),
        Order::OutOfOrder => most(both.out_of_order.into()),
        Order::ZeroWindows => most(both.zero_windows.into()),
    }
}
