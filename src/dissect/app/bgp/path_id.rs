//! Path identifiers in front of prefixes (RFC 7911). Nothing in an UPDATE message tells whether they are
//! there, and the OPEN messages that do may not have been captured.

use crate::dissect::app::prefix::Version;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::put;

/// Octets of a path identifier.
pub const LENGTH: u32 = 4;

/// Whether prefixes have path identifiers: if they make sense with them, and do not without.
pub fn detect(prefixes: &Cursor, version: Version) -> bool {
    prefixes.length() > LENGTH
        && fits(prefixes, version, LENGTH as usize, 0)
        // A default route would be the only one.
        && !fits(prefixes, version, 0, 1)
}

/// Whether prefixes of `least` bits or more, each behind `skipped` octets, fill the field, as far as was captured.
fn fits(prefixes: &Cursor, version: Version, skipped: usize, least: usize) -> bool {
    let length = prefixes.length() as usize;
    let mut offset = 0;
    while offset < length {
        offset += skipped;
        let Ok(bits) = prefixes.u8_at(offset) else { break };
        let bits = usize::from(bits);
        if bits < least || bits > version.bits() {
            return false;
        }
        offset += 1 + bits.div_ceil(8);
    }
    offset <= length
}

/// Appends a path identifier behind its prefix.
pub fn put(cx: &mut Context, path_id: Option<u32>) {
    if let Some(path_id) = path_id {
        put!(cx, "   Path Id: ", path_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detects(octets: &[u8]) -> bool {
        detect(&Cursor::new(octets, octets.len() as u32), Version::V4)
    }

    #[test]
    fn prefixes_that_make_sense_without_path_ids_have_none() {
        assert!(detects(&[0, 0, 0, 1, 8, 10]));
        assert!(!detects(&[8, 10, 8, 11, 16, 1, 2]));
        assert!(detects(&[0, 0, 0, 1, 0]));
        assert!(!detects(&[0]));
        assert!(!detects(&[0, 0, 0, 1, 33, 1, 2, 3, 4, 5]));
    }
}
