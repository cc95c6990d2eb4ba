//! The blocks that hold a packet: enhanced, simple and obsolete ones.

use super::block::{Body, kind};

/// What a block says of a packet.
pub struct Packet {
    /// The number of its interface in its section.
    pub interface: u32,
    /// When it was captured, in the interface's ticks.
    pub ticks: u64,
    /// How much of it there is; as much as the interface captures, where the block does not say.
    pub captured: Option<u32>,
    /// Its length on the wire.
    pub length: u32,
}

impl Packet {
    /// Reads what stands in front of a packet (sections 4.3 and 4.4, appendix A).
    #[inline]
    pub fn read(body: &mut Body) -> Result<Packet, String> {
        let interface = match body.kind {
            kind::ENHANCED_PACKET => body.word()?,
            kind::OBSOLETE_PACKET => {
                let (interface, _drops) = (body.half()?, body.half()?);
                interface.into()
            }
            // A simple packet has no time, and belongs to the first interface.
            _ => return Ok(Packet { interface: 0, ticks: 0, captured: None, length: body.word()? }),
        };
        let ticks = u64::from(body.word()?) << 32 | u64::from(body.word()?);
        let (captured, length) = (Some(body.word()?), body.word()?);
        Ok(Packet { interface, ticks, captured, length })
    }
}

/// Whether blocks of this type hold a packet.
#[inline]
pub fn is_packet(kind: u32) -> bool {
    [kind::ENHANCED_PACKET, kind::SIMPLE_PACKET, kind::OBSOLETE_PACKET].contains(&kind)
}
