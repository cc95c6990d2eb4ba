//! The keys that are known, and what they open.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::cipher::Cipher;
use super::list;
use crate::dissect::address::IpAddress;
use crate::error::Error;

/// Keys that are kept at most: key schedules take up to some kilobytes each.
pub(super) const KEYS_MAX: usize = 4096;

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Association {
    /// ESP to a host.
    Esp {
        /// The security parameter index.
        spi: u32,
        /// Whom it is sent to.
        destination: IpAddress,
    },
    /// One direction of an IKEv2 exchange.
    Ike {
        /// Whether the messages are from who began the exchange.
        from_initiator: bool,
        /// The initiator's SPI and the responder's.
        cookies: [[u8; 8]; 2],
    },
}

/// What opens a payload.
pub struct Key {
    pub(super) cipher: Cipher,
    /// Octets of the integrity check value at the end, which is not checked.
    pub(super) check_length: usize,
}

/// Why something stays closed.
#[derive(Debug, PartialEq, Eq)]
pub enum Sealed {
    /// There is no key for it.
    NoKey,
    /// It does not even have room for what is around the ciphertext.
    TooShort,
    /// The ciphertext is not a whole number of blocks.
    NotBlocks {
        /// Its octets.
        length: usize,
        /// Those of a block.
        block: usize,
    },
}

/// The keys of `-E`.
#[derive(Default)]
pub struct Keys {
    /// The user's words, until they are needed.
    unread: Option<Vec<u8>>,
    keys: HashMap<Association, Key, RandomState>,
    /// The key for ESP that has no key of its own.
    default: Option<Key>,
}

impl Keys {
    /// Keys that are read when they are needed.
    pub fn unread(words: Option<&[u8]>) -> Keys {
        Keys { unread: words.map(<[u8]>::to_vec), ..Keys::default() }
    }

    /// Reads the user's words, the first time. What cannot be understood is told to `warn`.
    #[inline]
    pub fn read(&mut self, warn: &mut dyn FnMut(&str)) -> Result<(), Error> {
        match self.unread.take() {
            Some(words) => list::read(&words, self, warn),
            None => Ok(()),
        }
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.default.is_none()
    }

    /// Adds a key, for all ESP without a key of its own if it is for nobody in particular. The last one
    /// counts. `false` means that there are too many.
    pub(super) fn add(&mut self, association: Option<Association>, key: Key) -> bool {
        match association {
            None => self.default = Some(key),
            Some(_) if self.keys.len() >= KEYS_MAX => return false,
            Some(association) => drop(self.keys.insert(association, key)),
        }
        true
    }

    /// Opens ESP from its initialization vector on. What comes out is in `plain`.
    pub fn open_esp(&self, spi: u32, destination: IpAddress, sealed: &[u8], plain: &mut Vec<u8>) -> Result<(), Sealed> {
        let key = self.keys.get(&Association::Esp { spi, destination }).or(self.default.as_ref());
        key.ok_or(Sealed::NoKey)?.open(sealed, plain)
    }

    /// Opens the encrypted payload of IKEv2 from its initialization vector on.
    pub fn open_ike(
        &self,
        from_initiator: bool,
        cookies: [[u8; 8]; 2],
        sealed: &[u8],
        plain: &mut Vec<u8>,
    ) -> Result<(), Sealed> {
        let key = self.keys.get(&Association::Ike { from_initiator, cookies });
        key.ok_or(Sealed::NoKey)?.open(sealed, plain)
    }
}

impl Key {
    fn open(&self, sealed: &[u8], plain: &mut Vec<u8>) -> Result<(), Sealed> {
        let end = sealed.len().checked_sub(self.check_length).ok_or(Sealed::TooShort)?;
        let sealed = sealed.get(..end).unwrap_or_default();
        let length = end.checked_sub(self.cipher.vector_length()).ok_or(Sealed::TooShort)?;
        let block = self.cipher.block_length();
        if !length.is_multiple_of(block) {
            return Err(Sealed::NotBlocks { length, block });
        }
        self.cipher.decrypt(sealed, plain);
        Ok(())
    }
}
