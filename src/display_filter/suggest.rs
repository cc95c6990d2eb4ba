//! What was meant by a name that there is not.

use super::functions;
use crate::fields;

/// What users of other tools write.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("host", "ip.addr"),
    ("net", "ip.addr == 10.0.0.0/8"),
    ("src", "ip.src"),
    ("dst", "ip.dst"),
    ("port", "tcp.port"),
    ("ether", "eth.addr"),
    ("ip.host", "ip.addr"),
    ("ip.src_host", "ip.src"),
    ("ip.dst_host", "ip.dst"),
    ("ip6", "ipv6"),
    ("tcp.flags.rst", "tcp.flags.reset"),
    ("tcp.flags.psh", "tcp.flags.push"),
    ("ssl", "tls"),
    ("bootp", "dhcp"),
    ("wlan_radio", "wlan"),
    ("xor", "a && !b || !a && b"),
];

/// The name that is nearest, if one is near.
pub fn field(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let known = OTHER_WORDS.iter().find(|(word, _)| *word == lower).map(|&(_, meant)| meant);
    known.or_else(|| {
        let candidates = fields::all().map(|field| (distance(&lower, field.name), field.name));
        candidates.min().filter(|&(distance, found)| is_near(distance, &lower, found)).map(|(_, found)| found)
    })
}

/// The function that is nearest.
pub fn function(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let candidates = functions::NAMES.iter().map(|&(found, _)| (distance(&lower, found), found));
    candidates.min().filter(|&(distance, _)| distance <= 2).map(|(_, found)| found)
}

/// A third of the letters may be wrong; of a short name, not the first.
fn is_near(distance: usize, name: &str, found: &str) -> bool {
    let is_short = name.len() <= 4;
    (!is_short || name.get(..1) == found.get(..1)) && distance <= name.len().max(found.len()).div_ceil(3).min(6)
}

/// How many letters are to be put in, taken out or changed, or swapped with the next. A step of the path that
/// is left out (`tcp.retransmission`) or one too many counts as one letter.
fn distance(name: &str, found: &str) -> usize {
    let (first, last) = (ends(name), ends(found));
    if first == last && name.contains('.') {
        return usize::from(name != found);
    }
    edits(name.as_bytes(), found.as_bytes())
}

/// The first and the last step of a name.
fn ends(name: &str) -> (&str, &str) {
    let first = name.split('.').next().unwrap_or_default();
    (first, name.rsplit('.').next().unwrap_or_default())
}

/// Letters that differ (optimal string alignment).
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, &x) in a.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &y) in b.iter().enumerate() {
            let of = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best =
                (of(&above, column) + usize::from(x != y)).min(of(&above, column + 1) + 1).min(of(&line, column) + 1);
            let is_swap = row > 0 && column > 0 && a.get(row - 1) == Some(&y) && b.get(column - 1) == Some(&x);
            if is_swap {
                best = best.min(of(&before, column - 1) + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_found() {
        for (name, meant) in [
            ("tcp.prt", "tcp.port"),
            ("tcp.srcprot", "tcp.srcport"),
            ("TCP.Port", "tcp.port"),
            ("ip.adr", "ip.addr"),
            ("ipaddr", "ip.addr"),
            ("tcp.flag.syn", "tcp.flags.syn"),
            ("tcp.flags.rst", "tcp.flags.reset"),
            ("tcp.retransmission", "tcp.analysis.retransmission"),
            ("tcp.analysis.retransmissions", "tcp.analysis.retransmission"),
            ("frame.length", "frame.len"),
            ("port", "tcp.port"),
            ("ssl", "tls"),
        ] {
            assert_eq!(field(name), Some(meant), "{name}");
        }
    }

    #[test]
    fn what_is_near_to_nothing_is_not_guessed() {
        assert_eq!(field("zigbee.security.key"), None);
        assert_eq!(field(&"a".repeat(10_000)), None);
        assert_eq!(function("uper"), Some("upper"));
        assert_eq!(function("frobnicate"), None);
    }
}
