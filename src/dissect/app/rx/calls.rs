//! The calls seen last: a reply does not say what it answers.

use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::net::IpHeader;

/// Calls that are remembered.
const CALLS_MAX: usize = 64;

/// Where an IPv4 header has its addresses. IPv6's are told apart by the same octets, as tcpdump does it.
const SOURCE_AT: usize = 12;
const DESTINATION_AT: usize = 16;

/// What tells calls apart, and the operation that one asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Call {
    number: u32,
    client: u32,
    server: u32,
    port: u16,
    service: u16,
    operation: u32,
}

impl Call {
    /// The call in a packet to a service's port, if its operation was captured.
    pub(super) fn read(packet: &Cursor, port: u16, ip: &IpHeader) -> Outcome<Option<Call>> {
        let Ok(operation) = packet.be32_at(super::HEADER_LENGTH) else { return Ok(None) };
        Ok(Some(Call {
            number: packet.be32_at(8)?,
            client: ip.packet.be32_at(SOURCE_AT)?,
            server: ip.packet.be32_at(DESTINATION_AT)?,
            port,
            service: packet.be16_at(26)?,
            operation,
        }))
    }
}

/// The last calls, in a ring.
pub struct Calls {
    calls: [Option<Call>; CALLS_MAX],
    /// Where the next call goes.
    next: usize,
    /// Where the last answered call was found, and the next search starts.
    found: usize,
}

impl Default for Calls {
    fn default() -> Self {
        Calls { calls: [None; CALLS_MAX], next: 0, found: 0 }
    }
}

impl Calls {
    /// Remembers a call in place of the oldest.
    pub(super) fn enter(&mut self, call: Call) {
        if let Some(place) = self.calls.get_mut(self.next) {
            *place = Some(call);
        }
        self.next = (self.next + 1) % CALLS_MAX;
    }

    /// The operation that a packet from a service's port answers.
    pub(super) fn find(&mut self, packet: &Cursor, port: u16, ip: &IpHeader) -> Outcome<Option<u32>> {
        let answered = Call {
            number: packet.be32_at(8)?,
            client: ip.packet.be32_at(DESTINATION_AT)?,
            server: ip.packet.be32_at(SOURCE_AT)?,
            port,
            service: packet.be16_at(26)?,
            operation: 0,
        };
        let is_answered = |call: &Call| Call { operation: 0, ..*call } == answered;
        let at = (0..CALLS_MAX)
            .map(|step| (self.found + step) % CALLS_MAX)
            .find(|&at| self.calls.get(at).is_some_and(|call| call.as_ref().is_some_and(is_answered)));
        let Some(at) = at else { return Ok(None) };
        self.found = at;
        Ok(self.calls.get(at).copied().flatten().map(|call| call.operation))
    }
}
