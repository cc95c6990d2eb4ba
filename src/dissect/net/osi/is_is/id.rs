//! Identifiers (ISO 10589 section 7.1.1): of systems, of nodes with a pseudonode number, of link state
//! packets with a fragment number.

use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::{Put, hex_octet};

pub(super) const SYSTEM_ID_LENGTH: usize = 6;
pub(super) const NODE_ID_LENGTH: usize = SYSTEM_ID_LENGTH + 1;
pub(super) const LSP_ID_LENGTH: usize = NODE_ID_LENGTH + 1;

/// An identifier of any kind: `1921.6800.1001.00-00`.
pub(super) struct Id<'p>(&'p [u8]);

/// The identifier of `length` octets at an offset.
pub(super) fn id_at<'p>(data: &Cursor<'p>, at: usize, length: usize) -> Outcome<Id<'p>> {
    data.bytes_at(at, length).map(Id)
}

impl Put for Id<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        for (at, &octet) in self.0.iter().enumerate() {
            match at {
                2 | 4 | SYSTEM_ID_LENGTH => out.push(b'.'),
                NODE_ID_LENGTH => out.push(b'-'),
                _ => {}
            }
            out.extend_from_slice(&hex_octet(octet));
        }
    }
}
