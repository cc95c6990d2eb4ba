//! Block ciphers in cipher block chaining mode (RFC 2451, RFC 3602, RFC 4312), by the names that OpenSSL has
//! for them, which are tcpdump's.

use cipher::{Block, BlockCipherDecrypt, KeyInit};

/// A kind of cipher.
pub struct Algorithm {
    /// Its names, from which `-cbc` has been taken off.
    names: &'static [&'static str],
    /// Octets of a key.
    key_length: usize,
    /// The cipher with a key of that length.
    with_key: fn(&[u8]) -> Option<Cipher>,
}

/// The algorithms. Names that end in `-cbc` are there for those who write them in capitals, which are not
/// taken off. `cast128` and `none` are in tcpdump's manual, though not in OpenSSL.
const ALGORITHMS: &[Algorithm] = &[
    Algorithm { names: &["des", "des-cbc"], key_length: 8, with_key: with_key::<des::Des> },
    Algorithm {
        names: &["3des", "des3", "des-ede3", "des-ede3-cbc"],
        key_length: 24,
        with_key: with_key::<des::TdesEde3>,
    },
    Algorithm { names: &["aes128", "aes-128-cbc"], key_length: 16, with_key: with_key::<aes::Aes128> },
    Algorithm { names: &["aes192", "aes-192-cbc"], key_length: 24, with_key: with_key::<aes::Aes192> },
    Algorithm { names: &["aes256", "aes-256-cbc"], key_length: 32, with_key: with_key::<aes::Aes256> },
    Algorithm { names: &["blowfish", "bf", "bf-cbc"], key_length: 16, with_key: with_key::<blowfish::Blowfish> },
    Algorithm {
        names: &["cast128", "cast", "cast-cbc", "cast5-cbc"],
        key_length: 16,
        with_key: with_key::<cast5::Cast5>,
    },
    Algorithm {
        names: &["camellia128", "camellia-128-cbc"],
        key_length: 16,
        with_key: with_key::<camellia::Camellia128>,
    },
    Algorithm {
        names: &["camellia192", "camellia-192-cbc"],
        key_length: 24,
        with_key: with_key::<camellia::Camellia192>,
    },
    Algorithm {
        names: &["camellia256", "camellia-256-cbc"],
        key_length: 32,
        with_key: with_key::<camellia::Camellia256>,
    },
    Algorithm { names: &["none"], key_length: 0, with_key: |_| Some(Cipher { blocks: None }) },
];

impl Algorithm {
    /// The algorithm of this name.
    pub fn named(name: &[u8]) -> Option<&'static Algorithm> {
        let is_it = |known: &&str| known.as_bytes().eq_ignore_ascii_case(name);
        ALGORITHMS.iter().find(|algorithm| algorithm.names.iter().any(is_it))
    }

    /// The cipher with as much of the secret as it takes, or with zeros where the secret ends.
    pub fn with_secret(&self, secret: &[u8]) -> Option<Cipher> {
        let mut key = secret.to_vec();
        key.resize(self.key_length, 0);
        (self.with_key)(&key)
    }
}

/// A cipher with its key.
pub struct Cipher {
    /// `None` encrypts nothing (RFC 2410).
    blocks: Option<Box<dyn DecryptBlocks>>,
}

/// A block cipher, whichever it is.
trait DecryptBlocks: Send {
    fn block_length(&self) -> usize;
    /// Decrypts each block by itself.
    fn decrypt(&self, octets: &mut [u8]);
}

impl<C: BlockCipherDecrypt + Send> DecryptBlocks for C {
    fn block_length(&self) -> usize {
        C::block_size()
    }

    fn decrypt(&self, octets: &mut [u8]) {
        let (blocks, _) = Block::<C>::slice_as_chunks_mut(octets);
        self.decrypt_blocks(blocks);
    }
}

fn with_key<C: BlockCipherDecrypt + KeyInit + Send + 'static>(key: &[u8]) -> Option<Cipher> {
    let blocks = C::new_from_slice(key).ok()?;
    Some(Cipher { blocks: Some(Box::new(blocks)) })
}

impl Cipher {
    /// Octets of a block, of which ciphertext is a whole number.
    pub fn block_length(&self) -> usize {
        self.blocks.as_ref().map_or(1, |blocks| blocks.block_length())
    }

    /// Octets of the initialization vector in front of the ciphertext.
    pub fn vector_length(&self) -> usize {
        self.blocks.as_ref().map_or(0, |blocks| blocks.block_length())
    }

    /// Decrypts what stands behind the initialization vector into `plain`. It must be whole blocks.
    pub fn decrypt(&self, sealed: &[u8], plain: &mut Vec<u8>) {
        plain.clear();
        plain.extend_from_slice(sealed.get(self.vector_length()..).unwrap_or_default());
        let Some(blocks) = &self.blocks else { return };
        blocks.decrypt(plain);
        // Each block was mixed with the one before it, the first with the vector.
        for (octet, before) in plain.iter_mut().zip(sealed) {
            *octet ^= before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;

    #[test]
    fn every_algorithm_decrypts_what_openssl_encrypted() {
        let key: Vec<u8> = (0x40..0x60).collect();
        for (names, vector, sealed) in [
            ("des DES-CBC", 8, "2c080e0e2613f46fc2cfa108fd687c6ce27902c870b9d708d71515c78ea692c0"),
            ("3des des3 DES-EDE3-CBC", 8, "02c333c934208f92715b44dba29d502b9f80b23fee81e4d524314141c77605b8"),
            ("aes128 AES-128-CBC", 16, "9d2fbef83d877727a846044f888ea667efd5c28cd1fba4aa7cf29e5970b587c2"),
            ("aes192 AES-192-CBC", 16, "fcb2c33868c02c934240109ff8ebd00ec073296c4f9eb85c1bf8b98bde1d87f1"),
            ("aes256 AES-256-CBC", 16, "73ecb0951411964a60f6cfef0315e68803ef5f5c0515be4e592de3f84d790690"),
            ("blowfish bf BF-CBC", 8, "3bc6bc62212f8dbc0953b2c93ad280914aae8e01b2b3dd9ff806b9b53de8eab5"),
            ("cast cast128 CAST5-CBC", 8, "9fac601b655444e755f8a56f788678e0fb7d2668051b06916bac3e742fbfc20a"),
            ("camellia128", 16, "66bc7aaa01f3beac556d703ad7dc6b9fc3dc84ed5436229cb7be43111fa5096c"),
            ("camellia192", 16, "0554dd5a417774a68e7b26a0fc5f329041af0b6d84d3d58503daaf41fc1f9646"),
            ("camellia256", 16, "1f21b31ecb14659b80e362ce3b1851fd471fcdb1e7c75cc0e5061b6d2e920d9d"),
        ] {
            for name in names.split(' ') {
                let cipher = Algorithm::named(name.as_bytes()).unwrap().with_secret(&key).unwrap();
                assert_eq!((cipher.block_length(), cipher.vector_length()), (vector, vector), "{name}");
                let sealed: Vec<u8> = (0..vector as u8).chain(octets(sealed)).collect();
                let mut plain = vec![9; 3];
                cipher.decrypt(&sealed, &mut plain);
                assert_eq!(plain, b"sixteen octets!!sixteen octets!!", "{name}");
            }
        }
    }

    #[test]
    fn a_secret_of_another_length_is_cut_or_filled_up_with_zeros() {
        let plain_with = |secret: &[u8]| {
            let cipher = Algorithm::named(b"des").unwrap().with_secret(secret).unwrap();
            let mut plain = Vec::new();
            cipher.decrypt(&[7; 16], &mut plain);
            plain
        };
        assert_eq!(plain_with(b"secret"), plain_with(b"secret\0\0more"));
        assert!(plain_with(b"secret") != plain_with(b"secre"));
        assert_eq!(plain_with(b"").len(), 8);
    }
}
