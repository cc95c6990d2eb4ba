//! Who began an exchange: IKEv1's messages do not say it.

use crate::dissect::address::IpAddress;
use crate::dissect::net::IpHeader;

/// Exchanges that are remembered.
const EXCHANGES_MAX: usize = 20;

#[derive(Clone, Copy, Default)]
struct Exchange {
    /// The initiator's cookie, by which the exchange is told.
    cookie: [u8; 8],
    /// The initiator and the responder.
    hosts: Option<(IpAddress, IpAddress)>,
}

/// The exchanges seen last, in a ring.
#[derive(Default)]
pub struct Initiators {
    exchanges: [Exchange; EXCHANGES_MAX],
    /// Where the next exchange goes.
    next: usize,
}

impl Initiators {
    /// The side that a message is from: `I`, `R`, or `?` where it is not known. The first message of an
    /// exchange, which has no responder's cookie, is remembered.
    pub(super) fn side(&mut self, initiator: [u8; 8], responder: [u8; 8], ip: &IpHeader) -> &'static str {
        let known = self.exchanges.iter().find(|exchange| exchange.cookie == initiator);
        match known.map(|exchange| exchange.hosts) {
            Some(Some((host, _))) if host == ip.source => "I",
            Some(Some((_, host))) if host == ip.source => "R",
            None if responder == [0; 8] => {
                if let Some(place) = self.exchanges.get_mut(self.next) {
                    *place = Exchange { cookie: initiator, hosts: Some((ip.source, ip.destination)) };
                }
                self.next = (self.next + 1) % EXCHANGES_MAX;
                "I"
            }
            _ => "?",
        }
    }
}
