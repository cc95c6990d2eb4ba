//! Fields of UDP and SCTP.

use super::Kind::{Bytes, Unsigned};
use super::read::{be16, payload};
use super::{Field, alias, of, presence};
use crate::layers::Protocol::{Sctp, Udp};

/// The fields.
pub const FIELDS: &[Field] = &[
    presence(Udp),
    of(Udp, "udp.srcport", Unsigned, "The sender's port.", |layer| be16(layer, 0)),
    of(Udp, "udp.dstport", Unsigned, "The port it is for.", |layer| be16(layer, 2)),
    alias("udp.port", Unsigned, "Either port.", &["udp.srcport", "udp.dstport"]),
    of(Udp, "udp.length", Unsigned, "Octets of header and payload.", |layer| be16(layer, 4)),
    of(Udp, "udp.checksum", Unsigned, "Checksum; 0 where there is none.", |layer| be16(layer, 6)),
    of(Udp, "udp.payload", Bytes, "What it carries, as far as it was captured.", payload),
    presence(Sctp),
    of(Sctp, "sctp.srcport", Unsigned, "The sender's port.", |layer| be16(layer, 0)),
    of(Sctp, "sctp.dstport", Unsigned, "The port it is for.", |layer| be16(layer, 2)),
    alias("sctp.port", Unsigned, "Either port.", &["sctp.srcport", "sctp.dstport"]),
];
