//! The elements of management frames that are shown (IEEE 802.11-2020 section 9.4.2).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::put;

const SSID: u8 = 0;
const SUPPORTED_RATES: u8 = 1;
const DSSS_PARAMETERS: u8 = 3;
const TRAFFIC_INDICATION_MAP: u8 = 5;
const CHALLENGE_TEXT: u8 = 16;
const MESH_ID: u8 = 114;

/// Octets of data that an element holds at most; a longer one ends the list.
const IDENTIFIER_MAX: usize = 32;
const RATES_MAX: usize = 16;
const TRAFFIC_INDICATION_MAP_MAX: usize = 254;
const CHALLENGE_TEXT_MAX: usize = 253;

/// The high bit of a rate: every station of the network must support it.
const BASIC_RATE: u8 = 0x80;

/// The first element of each kind.
pub struct Elements<'p> {
    ssid: Option<&'p [u8]>,
    rates: Option<&'p [u8]>,
    channel: Option<u8>,
    mesh_id: Option<&'p [u8]>,
    /// Whether the list was read to its end; what it holds up to there is printed either way.
    pub complete: Outcome,
}

impl<'p> Elements<'p> {
    /// Reads a list of elements.
    pub fn read(list: Cursor<'p>) -> Self {
        let mut elements = Elements { ssid: None, rates: None, channel: None, mesh_id: None, complete: Ok(()) };
        elements.complete = elements.read_list(list);
        elements
    }

    fn read_list(&mut self, mut list: Cursor<'p>) -> Outcome {
        while list.length() > 0 {
            let (identifier, length) = (list.u8()?, list.u8()?);
            let data = list.bytes(length.into())?;
            let longest = match identifier {
                SSID | MESH_ID => IDENTIFIER_MAX,
                SUPPORTED_RATES => RATES_MAX,
                TRAFFIC_INDICATION_MAP => TRAFFIC_INDICATION_MAP_MAX,
                CHALLENGE_TEXT => CHALLENGE_TEXT_MAX,
                _ => usize::MAX,
            };
            if data.len() > longest {
                return Err(Truncated);
            }
            match (identifier, data) {
                (SSID, _) => self.ssid = self.ssid.or(Some(data)),
                (MESH_ID, _) => self.mesh_id = self.mesh_id.or(Some(data)),
                // Some devices send an empty element first.
                (SUPPORTED_RATES, [_, ..]) => self.rates = self.rates.or(Some(data)),
                (DSSS_PARAMETERS, &[channel]) => self.channel = self.channel.or(Some(channel)),
                _ => {}
            }
        }
        Ok(())
    }

    /// The network's name.
    pub fn put_ssid(&self, cx: &mut Context) {
        if let Some(ssid) = self.ssid {
            put!(cx, " (");
            cx.escaped_padded(ssid);
            put!(cx, ")");
        }
    }

    /// The mesh's name.
    pub fn put_mesh_id(&self, cx: &mut Context) {
        if let Some(mesh_id) = self.mesh_id {
            put!(cx, " (MESHID: ");
            cx.escaped_padded(mesh_id);
            put!(cx, ")");
        }
    }

    /// The rates, which come in units of 500 kbit/s.
    pub fn put_rates(&self, cx: &mut Context) {
        let Some(rates) = self.rates else { return };
        let mut separator = " [";
        for rate in rates {
            let halves = rate & !BASIC_RATE;
            put!(cx, separator, halves / 2, if halves.is_multiple_of(2) { ".0" } else { ".5" });
            put!(cx, if rate & BASIC_RATE != 0 { "*" } else { "" });
            separator = " ";
        }
        put!(cx, " Mbit]");
    }

    /// The channel.
    pub fn put_channel(&self, cx: &mut Context) {
        if let Some(channel) = self.channel {
            put!(cx, " CH: ", channel);
        }
    }
}
