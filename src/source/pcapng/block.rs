//! The pieces that blocks are made of: numbers in the section's byte order, and options.

/// Block types (section 11.1).
pub mod kind {
    /// Section Header Block: the same in either byte order.
    pub const SECTION: u32 = 0x0a0d_0d0a;
    /// Interface Description Block.
    pub const INTERFACE: u32 = 1;
    /// Packet Block, which is obsolete.
    pub const OBSOLETE_PACKET: u32 = 2;
    /// Simple Packet Block.
    pub const SIMPLE_PACKET: u32 = 3;
    /// Enhanced Packet Block.
    pub const ENHANCED_PACKET: u32 = 6;
}

/// What a section header's magic number reads as in the right byte order.
pub const MAGIC: u32 = 0x1a2b_3c4d;

/// The order in which a section's writer puts octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteOrder {
    /// Whether it is not ours.
    pub swapped: bool,
}

impl ByteOrder {
    /// The order by a section header's magic number.
    pub fn of(magic: [u8; 4]) -> Option<ByteOrder> {
        match u32::from_ne_bytes(magic) {
            MAGIC => Some(ByteOrder { swapped: false }),
            other if other.swap_bytes() == MAGIC => Some(ByteOrder { swapped: true }),
            _ => None,
        }
    }

    /// A number of 16 bits.
    #[inline]
    pub fn half(self, octets: [u8; 2]) -> u16 {
        let number = u16::from_ne_bytes(octets);
        if self.swapped { number.swap_bytes() } else { number }
    }

    /// A number of 32 bits.
    #[inline]
    pub fn word(self, octets: [u8; 4]) -> u32 {
        let number = u32::from_ne_bytes(octets);
        if self.swapped { number.swap_bytes() } else { number }
    }

    /// A number of 64 bits.
    pub fn double(self, octets: [u8; 8]) -> u64 {
        let number = u64::from_ne_bytes(octets);
        if self.swapped { number.swap_bytes() } else { number }
    }
}

/// What a block has between its two lengths, read from front to back.
pub struct Body<'b> {
    octets: &'b [u8],
    /// The block's type.
    pub kind: u32,
    order: ByteOrder,
}

/// An option of a block.
pub struct BlockOption<'b> {
    /// What it is about.
    pub code: u16,
    /// The length of its value, in octets.
    pub length: u16,
    /// Its value, with padding.
    pub value: &'b [u8],
}

impl<'b> Body<'b> {
    /// The body of a block of this type.
    #[inline]
    pub fn new(octets: &'b [u8], kind: u32, order: ByteOrder) -> Body<'b> {
        Body { octets, kind, order }
    }

    /// How much is left.
    #[inline]
    pub fn left(&self) -> usize {
        self.octets.len()
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        match self.octets.split_first_chunk::<N>() {
            Some((octets, rest)) => {
                self.octets = rest;
                Ok(*octets)
            }
            None => Err(self.too_short()),
        }
    }

    /// A number of 16 bits.
    #[inline]
    pub fn half(&mut self) -> Result<u16, String> {
        Ok(self.order.half(self.array()?))
    }

    /// A number of 32 bits.
    #[inline]
    pub fn word(&mut self) -> Result<u32, String> {
        Ok(self.order.word(self.array()?))
    }

    /// Some octets as they are.
    pub fn octets(&mut self, count: usize) -> Result<&'b [u8], String> {
        match self.octets.split_at_checked(count) {
            Some((octets, rest)) => {
                self.octets = rest;
                Ok(octets)
            }
            None => Err(self.too_short()),
        }
    }

    /// The next option; `None` behind the last one.
    pub fn option(&mut self) -> Result<Option<BlockOption<'b>>, String> {
        if self.octets.is_empty() {
            return Ok(None);
        }
        let (code, length) = (self.half()?, self.half()?);
        let value = self.octets(usize::from(length).next_multiple_of(4))?;
        Ok(Some(BlockOption { code, length, value }))
    }

    /// libpcap's words for a block that ends before its contents.
    #[cold]
    pub fn too_short(&self) -> String {
        format!("block of type {} in pcapng dump file is too short", self.kind)
    }
}
