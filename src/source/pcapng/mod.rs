//! Savefiles in the pcapng format (draft-ietf-opsawg-pcapng), as Wireshark writes them.
//!
//! libpcap refuses files whose interfaces differ in link type or snapshot length, or whose sections differ
//! in byte order; here each packet has those of its own interface and section. Blocks without packets are
//! passed over. Memory is bounded by the largest block and the number of interfaces that are believed.

mod block;
mod interface;
mod packet;
mod ready;

use std::sync::Arc;

use block::{Body, ByteOrder, kind};
use interface::Interface;
use packet::Packet;
pub use ready::Ready;

use super::input::{Input, Record, Step, Supply};
use super::interface::Interface as Description;
use super::{Frame, LinkType, pseudo_header};

/// Type and length in front of a block's contents, and the length again behind them.
const HEADER: usize = 8;
const TRAILER: usize = 4;
/// The shortest section header, the longest one that is believed, and how much of it tells the byte order.
const SECTION_MIN: u32 = 28;
const SECTION_MAX: u32 = 1 << 20;
const SECTION_HEAD: usize = 12;
/// The longest block that is believed, unless an interface's packets may be longer.
const BLOCK_MAX: usize = 16 << 20;
/// What a packet's block has at most besides the packet.
const AROUND_PACKET: usize = HEADER + 20 + 131_072 + TRAILER;
/// Interfaces of a section that are believed.
const INTERFACES_MAX: usize = 1 << 16;

/// The only major version, and the minor ones that mean the same.
const VERSION: u16 = 1;
const MINOR_VERSIONS: [u16; 2] = [0, 2];

/// Reads packets one by one.
#[derive(Debug)]
pub struct Pcapng {
    /// The octets.
    pub input: Input,
    order: ByteOrder,
    /// Those of the present section.
    interfaces: Vec<Interface>,
    /// The interface of the last packet.
    present: Arc<Description>,
    block_max: usize,
    /// The file's first interface, which speaks for the file where one has to.
    first: Option<Interface>,
}

/// A whole block that is in the buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Block {
    kind: u32,
    length: usize,
}

impl Pcapng {
    /// Whether a file begins as one in this format does.
    pub fn is_head(head: [u8; SECTION_HEAD]) -> bool {
        let [a, b, c, d, _, _, _, _, magic @ ..] = head;
        u32::from_ne_bytes([a, b, c, d]) == kind::SECTION && ByteOrder::of(magic).is_some()
    }

    /// Reads up to the first interface.
    pub fn open(input: Input) -> Result<Pcapng, String> {
        let order = ByteOrder { swapped: false };
        let (interfaces, block_max) = (Vec::new(), BLOCK_MAX);
        let present = Arc::new(Description::unknown(LinkType::ETHERNET, 0, false));
        let mut file = Pcapng { input, order, interfaces, present, block_max, first: None };
        file.open_section()?;
        while file.first.is_none() {
            match file.read_block()? {
                Supply::Later => file.input.wait(),
                Supply::Only(_) => return Err("the capture file has no Interface Description Blocks".to_owned()),
                Supply::Enough => {
                    let block = file.present_block();
                    if packet::is_packet(block.kind) {
                        let text = "the capture file has a packet block before any Interface Description Blocks";
                        return Err(text.to_owned());
                    }
                    file.heed(block)?;
                }
            }
        }
        file.look_ahead();
        Ok(file)
    }

    /// The file's header is judged more strictly than those of later sections.
    fn open_section(&mut self) -> Result<(), String> {
        self.input.wait_for(SECTION_HEAD)?;
        self.order = self.input.octets(8).and_then(ByteOrder::of).unwrap_or(self.order);
        let length = self.order.word(self.input.octets(4).unwrap_or_default());
        if !(SECTION_MIN..=SECTION_MAX).contains(&length) {
            return Err(format!(
                "Section Header Block in pcapng dump file has invalid length \
                 {SECTION_MIN} < _{length}_ < {SECTION_MAX} (BT_SHB_INSANE_MAX)"
            ));
        }
        if let Supply::Only(got) = self.input.wait_for(length as usize)? {
            return Err(cut_short(length as usize - SECTION_HEAD, got.saturating_sub(SECTION_HEAD)));
        }
        let [major, minor] = [12, 14].map(|at| self.order.half(self.input.octets(at).unwrap_or_default()));
        if major != VERSION || !MINOR_VERSIONS.contains(&minor) {
            return Err(format!("unsupported pcapng savefile version {major}.{minor}"));
        }
        self.input.take(length as usize);
        Ok(())
    }

    /// Takes the interfaces that stand behind the first one and are there already, so that the file's
    /// resolution is known before its first packet.
    fn look_ahead(&mut self) {
        while self.input.buffered().len() >= HEADER {
            let [kind, length] = [0, 4].map(|at| self.order.word(self.input.octets(at).unwrap_or_default()));
            let whole = self.input.buffered().len() >= length as usize;
            // What is wrong with a block is told when its turn comes.
            if kind != kind::INTERFACE || !whole || self.read_block() != Ok(Supply::Enough) {
                return;
            }
            let block = self.present_block();
            let octets = self.input.buffered().get(HEADER..block.length - TRAILER).unwrap_or_default();
            let body = &mut Body::new(octets, block.kind, self.order);
            if Interface::read(body, self.order, 0).is_err() || self.heed(block).is_err() {
                return;
            }
        }
    }

    /// What the file's first packets start with.
    pub fn link_type(&self) -> LinkType {
        self.first.as_ref().map_or(LinkType::ETHERNET, |interface| interface.link_type)
    }

    /// How much of each frame was captured at most, in octets.
    pub fn snapshot_length(&self) -> i32 {
        self.first.as_ref().map_or(0, |interface| interface.snapshot_length as i32)
    }

    /// The interfaces of the present section that were described so far.
    pub fn interfaces(&self) -> impl Iterator<Item = Arc<Description>> {
        self.interfaces.iter().map(|interface| Arc::clone(&interface.description))
    }

    /// The frame of the last packet.
    #[inline]
    pub fn frame(&self) -> Frame<'_> {
        self.input.frame(&self.present)
    }

    /// Reads the next packet. The error is in libpcap's words where it has any.
    pub fn next_record(&mut self) -> Result<Step, String> {
        loop {
            match self.read_block()? {
                Supply::Later => return Ok(Step::Later),
                Supply::Only(_) => return Ok(Step::End),
                Supply::Enough => {}
            }
            let block = self.present_block();
            if packet::is_packet(block.kind) {
                return self.packet(block).map(|()| Step::Frame);
            }
            self.heed(block)?;
        }
    }

    /// Makes a whole block available. `Only` stands for the file's end, between two blocks.
    #[inline]
    fn read_block(&mut self) -> Result<Supply, String> {
        match self.input.supply(HEADER)? {
            Supply::Enough => {}
            Supply::Only(got) if got > 0 => return Err(cut_short(HEADER, got)),
            other => return Ok(other),
        }
        let [type_octets, length_octets] = [0, 4].map(|at| self.input.octets::<4>(at).unwrap_or_default());
        // A section may change the byte order, and its header's length is in the new one already.
        let order = if u32::from_ne_bytes(type_octets) == kind::SECTION {
            match self.input.supply(SECTION_HEAD)? {
                Supply::Enough => self.section_order()?,
                Supply::Later => return Ok(Supply::Later),
                Supply::Only(_) => self.order,
            }
        } else {
            self.order
        };
        let length = order.word(length_octets);
        if let Some(error) = self.implausible(length) {
            return Err(error);
        }
        match self.input.supply(length as usize)? {
            Supply::Enough => {}
            Supply::Later => return Ok(Supply::Later),
            Supply::Only(got) => return Err(cut_short(length as usize - HEADER, got.saturating_sub(HEADER))),
        }
        let trailer = self.input.octets(length as usize - TRAILER).unwrap_or_default();
        if order.word(trailer) != length {
            return Err("block total length in header and trailer don't match".to_owned());
        }
        self.order = order;
        Ok(Supply::Enough)
    }

    #[cold]
    fn section_order(&self) -> Result<ByteOrder, String> {
        let magic = self.input.octets(8).unwrap_or_default();
        ByteOrder::of(magic).ok_or_else(|| "the file has a section with a bad byte order magic field".to_owned())
    }

    #[inline]
    fn implausible(&self, length: u32) -> Option<String> {
        const MIN: u32 = (HEADER + TRAILER) as u32;
        if length < MIN {
            return Some(format!("block in pcapng dump file has a length of {length} < {MIN}"));
        }
        if !length.is_multiple_of(4) {
            return Some(format!("block in pcapng dump file has a length of {length} that is not a multiple of 4"));
        }
        let max = self.block_max;
        (length as usize > max).then(|| format!("pcapng block size {length} > maximum {max}"))
    }

    /// The block that was read.
    #[inline]
    fn present_block(&self) -> Block {
        let [kind, length] = [0, 4].map(|at| self.order.word(self.input.octets(at).unwrap_or_default()));
        Block { kind, length: length as usize }
    }

    /// Takes note of a block that holds no packet.
    #[cold]
    fn heed(&mut self, block: Block) -> Result<(), String> {
        let octets = self.input.take(block.length);
        let octets = self.input.slice(octets.start + HEADER..octets.end.saturating_sub(TRAILER));
        let mut body = Body::new(octets, block.kind, self.order);
        match block.kind {
            kind::SECTION => {
                let (_magic, major) = (body.word()?, body.half()?);
                // Minor version and the section's length.
                body.octets(10)?;
                if major != VERSION {
                    return Err(format!("unknown pcapng savefile major version number {major}"));
                }
                self.interfaces.clear();
            }
            kind::INTERFACE => {
                let interface = Interface::read(&mut body, self.order, self.interfaces.len() as u32)?;
                self.add(interface)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, interface: Interface) -> Result<(), String> {
        if self.interfaces.len() >= INTERFACES_MAX {
            return Err(format!("more than {INTERFACES_MAX} interfaces in the file"));
        }
        self.block_max = self.block_max.max(AROUND_PACKET + interface.link_type.plausible_length());
        self.first.get_or_insert_with(|| interface.clone());
        self.interfaces.push(interface);
        Ok(())
    }

    /// The packet of a block, which is consumed.
    #[inline]
    fn packet(&mut self, block: Block) -> Result<(), String> {
        let octets = self.input.buffered().get(HEADER..block.length - TRAILER).unwrap_or_default();
        let mut body = Body::new(octets, block.kind, self.order);
        let packet = Packet::read(&mut body)?;
        let Some(interface) = self.interfaces.get(packet.interface as usize) else {
            return Err(no_interface(packet.interface));
        };
        let bound = interface.snapshot_length;
        let captured = packet.captured.unwrap_or(packet.length.min(bound));
        if captured > bound {
            return Err(format!("invalid packet capture length {captured}, bigger than snaplen of {bound}"));
        }
        if body.left() < captured as usize {
            return Err(body.too_short());
        }
        let frame_at = HEADER + octets.len() - body.left();
        let start = self.input.take(block.length).start + frame_at;
        self.input.record = Record {
            timestamp: interface.time(packet.ticks),
            wire_length: packet.length,
            link_type: interface.link_type,
            octets: start..start + captured as usize,
        };
        if !Arc::ptr_eq(&self.present, &interface.description) {
            self.present = Arc::clone(&interface.description);
        }
        if interface.has_numbers {
            pseudo_header::correct(&mut self.input, self.order.swapped);
        }
        Ok(())
    }
}

#[cold]
fn no_interface(number: u32) -> String {
    format!("a packet arrived on interface {number}, but there's no Interface Description Block for that interface")
}

#[cold]
fn cut_short(wanted: usize, got: usize) -> String {
    format!("truncated pcapng dump file; tried to read {wanted} bytes, only got {got}")
}

#[cfg(test)]
mod tests;
