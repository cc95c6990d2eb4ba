//! Names of payloads, exchanges, transforms and what they can be.

use crate::dissect::context::Context;
use crate::dissect::put::Put;
use crate::put;

/// Names by number; those that are empty do not exist.
pub(super) type Names = &'static [&'static str];

/// A name, or `#` and the number where there is none.
pub(super) struct NameOrNumber(pub(super) Names, pub(super) u32);

impl Put for NameOrNumber {
    fn put(&self, out: &mut Vec<u8>) {
        match self.0.get(self.1 as usize).copied() {
            None | Some("") => {
                out.push(b'#');
                self.1.put(out);
            }
            Some(name) => name.put(out),
        }
    }
}

const PAYLOADS_1: Names = &["none", "sa", "p", "t", "ke", "id", "cert", "cr", "hash", "sig", "nonce", "n", "d", "vid"];
/// Payloads of version 2, from 33 on.
const PAYLOADS_2: Names = &[
    "v2sa", "v2ke", "v2IDi", "v2IDr", "v2cert", "v2cr", "v2auth", "v2nonce", "v2n", "v2d", "v2vid", "v2TSi", "v2TSr",
    "v2e", "v2cp", "v2eap",
];

/// A payload's name.
pub(super) fn put_payload_name(cx: &mut Context, kind: u8) {
    match kind {
        14..=32 => put!(cx, "pay", kind),
        33..=48 => put!(cx, NameOrNumber(PAYLOADS_2, u32::from(kind - 33))),
        _ => put!(cx, NameOrNumber(PAYLOADS_1, kind.into())),
    }
}

pub(super) const EXCHANGES: Names = &[
    "none",
    "base",
    "ident",
    "auth",
    "agg",
    "inf",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "oakley-quick",
    "oakley-newgroup",
    "ikev2_init",
    "ikev2_auth",
    "child_sa",
    "inf2",
];

pub(super) const PROTOCOLS: Names = &["", "isakmp", "ipsec-ah", "ipsec-esp", "ipcomp"];

pub(super) const TRANSFORMS_IKE: Names = &["", "ike"];
pub(super) const TRANSFORMS_AH: Names = &["", "(reserved)", "md5", "sha", "1des", "sha2-256", "sha2-384", "sha2-512"];
pub(super) const TRANSFORMS_ESP: Names =
    &["", "1des-iv64", "1des", "3des", "rc5", "idea", "cast", "blowfish", "3idea", "1des-iv32", "rc4", "null", "aes"];
pub(super) const TRANSFORMS_IPCOMP: Names = &["", "oui", "deflate", "lzs"];

/// Kinds of transforms of version 2.
pub(super) const TRANSFORM_TYPES: Names = &["", "encr", "prf", "integ", "dh", "esn"];
pub(super) const RANDOM_FUNCTIONS: Names = &["", "hmac-md5", "hmac-sha", "hmac-tiger", "aes128_xcbc"];
pub(super) const INTEGRITIES: Names = &["", "hmac-md5", "hmac-sha", "dec-mac", "kpdk-md5", "aes-xcbc"];
pub(super) const SEQUENCE_NUMBERS: Names = &["no-esn", "esn"];
/// Groups of the Diffie-Hellman exchange.
pub(super) const GROUPS: Names = &[
    "",
    "modp768",
    "modp1024",
    "EC2N 2^155",
    "EC2N 2^185",
    "modp1536",
    "iana-grp06",
    "iana-grp07",
    "iana-grp08",
    "iana-grp09",
    "iana-grp10",
    "iana-grp11",
    "iana-grp12",
    "iana-grp13",
    "modp2048",
    "modp3072",
    "modp4096",
    "modp6144",
    "modp8192",
];

/// Encodings of certificates.
pub(super) const CERTIFICATES: Names =
    &["none", "pkcs7", "pgp", "dns", "x509sign", "x509ke", "kerberos", "crl", "arl", "spki", "x509attr"];
