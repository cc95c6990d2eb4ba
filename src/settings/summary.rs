//! What is printed of connections at the end.

use crate::cli::{Cli, SortKey, TOP_DEFAULT};
use crate::error::Error;
use crate::sink::summary::Rules;
use crate::sink::summary::order::Order;

/// What the options say of it; nothing if it is not wanted.
pub fn resolve(cli: &Cli) -> Result<Option<Rules>, Error> {
    if !cli.connections {
        let named = [("--sort", cli.sort.is_some()), ("--top", cli.top.is_some())];
        return match named.iter().find(|(_, is_given)| *is_given) {
            Some((option, _)) => super::usage(format!("{option} cannot be used without --connections.")),
            None => Ok(None),
        };
    }
    let top = match cli.top.unwrap_or(TOP_DEFAULT) {
        0 => usize::MAX,
        rows => usize::try_from(rows).unwrap_or(usize::MAX),
    };
    Ok(Some(Rules { order: order(cli.sort.unwrap_or(SortKey::Bytes)), top, as_json: cli.json }))
}

fn order(key: SortKey) -> Order {
    match key {
        SortKey::Bytes => Order::Bytes,
        SortKey::Packets => Order::Packets,
        SortKey::Duration => Order::Duration,
        SortKey::Start => Order::Start,
        SortKey::Retransmitted => Order::Retransmitted,
        SortKey::Rtt => Order::Rtt,
        SortKey::OutOfOrder => Order::OutOfOrder,
        SortKey::ZeroWindows => Order::ZeroWindows,
    }
}
