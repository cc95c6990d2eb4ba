//! The system's tables of names: services(5), ethers(5).

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::RandomState;

use crate::dissect::address::Mac;

/// A table from numbers to names. The first line of a number counts.
pub type Table<Key> = HashMap<Key, Box<str>, RandomState>;

/// The lines of a table file as words, comments left out. A file that is not there has no lines.
fn lines(path: &str) -> Vec<Vec<String>> {
    let text = std::fs::read(Path::new(path)).unwrap_or_default();
    let words = |line: &str| -> Vec<String> {
        line.split('#').next().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    String::from_utf8_lossy(&text).lines().map(words).collect()
}

/// The names of TCP and of UDP services, by port.
pub fn services() -> (Table<u16>, Table<u16>) {
    let (mut tcp, mut udp) = (Table::default(), Table::default());
    for line in lines("/etc/services") {
        let [name, service, ..] = line.as_slice() else { continue };
        let Some((port, protocol)) = service.split_once('/') else { continue };
        let Ok(port) = port.parse() else { continue };
        match protocol {
            "tcp" => tcp.entry(port).or_insert_with(|| name.as_str().into()),
            "udp" => udp.entry(port).or_insert_with(|| name.as_str().into()),
            _ => continue,
        };
    }
    (tcp, udp)
}

/// The names of stations, by MAC address.
pub fn ethers() -> Table<[u8; 6]> {
    let mut table = Table::default();
    for line in lines("/etc/ethers") {
        if let [address, name, ..] = line.as_slice()
            && let Some(Mac(address)) = parse_mac(address)
        {
            table.entry(address).or_insert_with(|| name.as_str().into());
        }
    }
    table.entry([0xff; 6]).or_insert_with(|| "Broadcast".into());
    table
}

/// Six hexadecimal numbers with colons between them.
fn parse_mac(text: &str) -> Option<Mac> {
    let octets: Result<Vec<u8>, _> = text.split(':').map(|octet| u8::from_str_radix(octet, 16)).collect();
    Some(Mac(octets.ok()?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mac_addresses_may_lack_leading_zeros() {
        assert_eq!(parse_mac("0:1b:2:ff:a0:9"), Some(Mac([0, 0x1b, 2, 0xff, 0xa0, 9])));
        assert_eq!(parse_mac("0:1b:2:ff:a0"), None);
        assert_eq!(parse_mac("nonsense"), None);
    }

    #[test]
    fn the_broadcast_address_has_a_name() {
        assert_eq!(ethers().get(&[0xff; 6]).map(AsRef::as_ref), Some("Broadcast"));
    }
}
