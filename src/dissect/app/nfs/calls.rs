//! The calls seen last: a reply does not say what it answers.

use crate::dissect::address::IpAddress;
use crate::dissect::net::IpHeader;

/// Calls that are remembered.
const CALLS_MAX: usize = 64;

/// What a call asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// The procedure's number in its version.
    pub number: u32,
    /// The program's version.
    pub version: u32,
}

#[derive(Clone, Copy)]
struct Call {
    transaction: u32,
    client: IpAddress,
    server: IpAddress,
    procedure: Procedure,
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
    pub fn enter(&mut self, transaction: u32, ip: &IpHeader, procedure: Procedure) {
        if let Some(call) = self.calls.get_mut(self.next) {
            *call = Some(Call { transaction, client: ip.source, server: ip.destination, procedure });
        }
        self.next = (self.next + 1) % CALLS_MAX;
    }

    /// What the reply with this transaction number answers.
    pub fn find(&mut self, transaction: u32, ip: &IpHeader) -> Option<Procedure> {
        let is_answered =
            |call: &Call| call.transaction == transaction && call.client == ip.destination && call.server == ip.source;
        let at = (0..CALLS_MAX)
            .map(|step| (self.found + step) % CALLS_MAX)
            .find(|&at| self.calls.get(at).is_some_and(|call| call.as_ref().is_some_and(is_answered)))?;
        self.found = at;
        self.calls.get(at)?.map(|call| call.procedure)
    }
}
