//! The user's words of `-E`: keys with commas or line ends between them, each in one of four forms.
//!
//! ```text
//! SPI@ADDRESS ALGORITHM:SECRET                 ESP to this host
//! ALGORITHM:SECRET                             all other ESP
//! ikev2 I|R COOKIE COOKIE HASH:SECRET ALGORITHM:SECRET   one direction of an IKEv2 exchange
//! file NAME                                    a file with more, one a line
//! ```
//!
//! A secret is text, or hexadecimal behind `0x`. `-hmac96` behind an algorithm means that an integrity check
//! value of 96 bits follows the ciphertext.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::os::unix::ffi::OsStrExt;

use super::cipher::Algorithm;
use super::keys::{Association, KEYS_MAX, Key, Keys};
use super::words::{hexadecimal, is_blank, leading_number, split_once, strip_suffix, text};
use crate::dissect::address::{IpAddress, Ipv4, Ipv6};
use crate::error::Error;

/// Octets of an integrity check value of 96 bits.
const CHECK_LENGTH: usize = 12;
/// Octets that are read of a file.
const FILE_MAX: usize = 1 << 20;
/// Files that are read, those that files name included.
const FILES_MAX: usize = 16;

/// Reads the words into `keys`. What is wrong with them is told to `warn`, and the rest is read all the same.
pub(super) fn read(words: &[u8], keys: &mut Keys, warn: &mut dyn FnMut(&str)) -> Result<(), Error> {
    let mut reader = Reader { keys, warn, files: 0 };
    let mut lines = words.split(|&octet| matches!(octet, b'\n' | b',')).peekable();
    while let Some(line) = lines.next() {
        // Nothing behind the last comma is no key that is wrong.
        if !line.is_empty() || lines.peek().is_some() {
            reader.line(line, Place { file: "cmdline", line: 0 })?;
        }
    }
    Ok(())
}

/// Where words stand.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    line: usize,
}

struct Reader<'a> {
    keys: &'a mut Keys,
    warn: &'a mut dyn FnMut(&str),
    /// How many were opened.
    files: usize,
}

impl Reader<'_> {
    fn line(&mut self, line: &[u8], place: Place) -> Result<(), Error> {
        let Some((first, rest)) = split_once(line, is_blank) else {
            self.add(None, line);
            return Ok(());
        };
        if first.eq_ignore_ascii_case(b"file") {
            return self.file(rest);
        }
        if first.eq_ignore_ascii_case(b"ikev2") {
            self.ike(rest, place);
        } else if let Some(association) = self.esp(first) {
            self.add(Some(association), rest);
        }
        Ok(())
    }

    /// A file with a key on each line.
    fn file(&mut self, name: &[u8]) -> Result<(), Error> {
        let file = text(name);
        if self.files == FILES_MAX {
            self.warn(&format!("{file}: not read, because {FILES_MAX} files of keys were read before"));
            return Ok(());
        }
        self.files += 1;
        let mut octets = Vec::new();
        File::open(OsStr::from_bytes(name))
            .and_then(|opened| opened.take(FILE_MAX as u64 + 1).read_to_end(&mut octets))
            .map_err(|reason| Error::Secrets { file: file.clone(), reason })?;
        if octets.len() > FILE_MAX {
            self.warn(&format!("{file}: only the first {FILE_MAX} bytes are read"));
            octets.truncate(FILE_MAX);
        }
        for (index, line) in octets.split(|&octet| octet == b'\n').enumerate() {
            if !line.is_empty() && !line.starts_with(b"#") {
                self.line(line, Place { file: &file, line: index + 1 })?;
            }
        }
        Ok(())
    }

    /// Whom ESP is for: `SPI@ADDRESS`.
    fn esp(&mut self, words: &[u8]) -> Option<Association> {
        let (number, address) = match split_once(words, |octet| octet == b'@') {
            Some((number, address)) => (number, Some(address)),
            None => (words, None),
        };
        let (spi, rest) = leading_number(number);
        let (Some(spi), Some(address)) = (spi, address) else {
            self.warn(&format!("print_esp: failed to decode spi# {}", text(rest)));
            return None;
        };
        let address = text(address);
        let destination = if let Ok(address) = address.parse::<Ipv6Addr>() {
            IpAddress::V6(Ipv6(address.octets()))
        } else if let Ok(address) = address.parse::<Ipv4Addr>() {
            IpAddress::V4(Ipv4(address.octets()))
        } else {
            self.warn(&format!("print_esp: can not decode IP# {address}"));
            return None;
        };
        Some(Association::Esp { spi, destination })
    }

    /// The key of an exchange of IKEv2, behind the word.
    fn ike(&mut self, line: &[u8], place: Place) {
        let Place { file, line: number } = place;
        let mut fields = line.splitn(6, |&octet| is_blank(octet));
        let mut next = || fields.next();
        let (Some(side), Some(initiator), Some(responder), Some(hash), Some(secret)) =
            (next(), next(), next(), next(), next())
        else {
            return self.warn(&format!("print_esp: failed to find all fields for ikev2 at {file}:{number}"));
        };
        let is_cookie = |cookie: &[u8]| cookie.len() == 18 && cookie.starts_with(b"0x");
        if !matches!(side.first(), Some(b'I' | b'R')) || !is_cookie(initiator) || !is_cookie(responder) {
            self.warn(&format!("print_esp: line {file}:{number} improperly formatted."));
            let [side, i, r] = [side, initiator, responder].map(text);
            return self.warn(&format!(
                "init={side} icookie={i}({}) rcookie={r}({})",
                initiator.len(),
                responder.len()
            ));
        }
        let from_initiator = side.first() == Some(&b'I');
        let (Some(initiator), Some(responder)) = (self.cookie(initiator), self.cookie(responder)) else { return };
        if let Some(key) = self.ike_key(hash, secret) {
            self.keep(Some(Association::Ike { from_initiator, cookies: [initiator, responder] }), key);
        }
    }

    fn cookie(&mut self, words: &[u8]) -> Option<[u8; 8]> {
        self.hexadecimal(words.strip_prefix(b"0x")?)?.try_into().ok()
    }

    /// The key, behind which a value of the hash follows: its length is all that is wanted of it.
    fn ike_key(&mut self, hash: &[u8], secret: &[u8]) -> Option<Key> {
        let mut key = self.key(secret)?;
        let Some((hash, _)) = split_once(hash, |octet| octet == b':') else {
            self.warn(&format!("failed to decode espsecret: {}", text(hash)));
            return None;
        };
        if hash.eq_ignore_ascii_case(b"sha1") || hash.eq_ignore_ascii_case(b"md5") {
            key.check_length = CHECK_LENGTH;
        }
        Some(key)
    }

    fn add(&mut self, association: Option<Association>, secret: &[u8]) {
        if let Some(key) = self.key(secret.trim_ascii_start()) {
            self.keep(association, key);
        }
    }

    fn keep(&mut self, association: Option<Association>, key: Key) {
        if !self.keys.add(association, key) {
            self.warn(&format!("a key is left out, because there are {KEYS_MAX} already"));
        }
    }

    /// An algorithm and a secret: `ALGORITHM:SECRET`.
    fn key(&mut self, words: &[u8]) -> Option<Key> {
        let Some((algorithm, secret)) = split_once(words, |octet| octet == b':') else {
            self.warn(&format!("failed to decode espsecret: {}", text(words)));
            return None;
        };
        let without_check = strip_suffix(algorithm, b"-hmac96");
        let check_length = if without_check.len() < algorithm.len() { CHECK_LENGTH } else { 0 };
        let name = strip_suffix(without_check, b"-cbc");
        let Some(algorithm) = Algorithm::named(name) else {
            self.warn(&format!("failed to find cipher algo {}", text(name)));
            return None;
        };
        let cipher = match secret.strip_prefix(b"0x") {
            Some(digits) => algorithm.with_secret(&self.hexadecimal(digits)?),
            None => algorithm.with_secret(secret),
        };
        cipher.map(|cipher| Key { cipher, check_length })
    }

    fn hexadecimal(&mut self, digits: &[u8]) -> Option<Vec<u8>> {
        hexadecimal(digits).map_err(|fault| self.warn(&fault)).ok()
    }

    fn warn(&mut self, text: &str) {
        (self.warn)(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading these words says, with whether there are keys then.
    fn reading(words: &str) -> (Vec<String>, bool) {
        let (mut keys, mut warnings) = (Keys::default(), Vec::new());
        read(words.as_bytes(), &mut keys, &mut |text| warnings.push(text.to_owned())).unwrap();
        (warnings, !keys.is_empty())
    }

    #[test]
    fn what_is_wrong_is_told_in_tcpdumps_words() {
        let rows = [
            ("a", "failed to decode espsecret: a"),
            ("a,", "failed to decode espsecret: a"),
            (",", "failed to decode espsecret: "),
            ("file", "failed to decode espsecret: file"),
            (" 3des:x", "print_esp: failed to decode spi# "),
            ("3des:a key", "print_esp: failed to decode spi# des:a"),
            ("1 3des:x", "print_esp: failed to decode spi# "),
            ("@1.1.1.1 3des:x", "print_esp: failed to decode spi# "),
            ("x@1.1.1.1 3des:x", "print_esp: failed to decode spi# x"),
            ("1@host 3des:x", "print_esp: can not decode IP# host"),
            ("1@1.1.1.01 3des:x", "print_esp: can not decode IP# 1.1.1.01"),
            ("1@1.1.1.1 3des", "failed to decode espsecret: 3des"),
            ("rc3-cbc:x", "failed to find cipher algo rc3"),
            ("aes-128-cbc-hmac96:x", "failed to find cipher algo aes-128"),
            ("-cbc:x", "failed to find cipher algo -cbc"),
            ("3des:0x434g", "invalid hex digit g in espsecret"),
            ("3des:0x4", "a secret in hexadecimal is empty"),
            ("ikev2 I 1 2 sha1:x", "print_esp: failed to find all fields for ikev2 at cmdline:0"),
            ("ikev2 I 0x0001020304050607 0x0001020304050607 sha1 aes128:x", "failed to decode espsecret: sha1"),
            ("ikev2 I 0x0001020304050607 0x000102030405060g md5:x aes128:x", "invalid hex digit g in espsecret"),
        ];
        for (words, warning) in rows {
            assert_eq!(reading(words), (vec![warning.to_owned()], false), "{words}");
        }
        let (warnings, _) = reading("ikev2 X 0x01 2 md5:x aes128:x");
        assert_eq!(
            warnings,
            ["print_esp: line cmdline:0 improperly formatted.", "init=X icookie=0x01(4) rcookie=2(1)"]
        );
        let (warnings, _) = reading(&format!("3des:0x{}", "00".repeat(257)));
        assert_eq!(warnings, ["secret is too big: 257"]);
    }

    #[test]
    fn every_form_is_understood() {
        for words in [
            "3des:x",
            "AES-256-CBC-hmac96:0x00",
            "none:",
            "0x1@1.1.1.1 des-cbc:x",
            "017@::1\t \t des-cbc:x",
            "-1x@1.1.1.1 3des-cbc:text with blanks",
            "IKEv2 Ra 0x0001020304050607 0x0001020304050607 SHA1:x aes128:x more",
        ] {
            assert_eq!(reading(words), (vec![], true), "{words}");
        }
        assert_eq!(reading(""), (vec![], false));
        assert_eq!(reading("wrong,\nnone:x").0.len(), 2);
    }

    /// A file that is gone when the test ends.
    struct Scratch(std::path::PathBuf);

    impl Scratch {
        fn new(name: &str) -> Scratch {
            Scratch(std::env::temp_dir().join(format!("rtcpdump-{}-{name}", std::process::id())))
        }

        fn words(&self, octets: &[u8]) -> String {
            std::fs::write(&self.0, octets).unwrap();
            format!("file {}", self.0.display())
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    #[test]
    fn a_file_has_comments_and_its_lines_are_counted() {
        let file = Scratch::new("keys");
        let words = file.words(b"# a comment, with: words\n\n1@1.1.1.1  3des:0x00\r\nikev2 I");
        let (warnings, any) = reading(&words);
        let name = file.0.display();
        assert_eq!(warnings, [format!("print_esp: failed to find all fields for ikev2 at {name}:4")]);
        assert!(any);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error_with_tcpdumps_words_and_status() {
        let error = read(b"none:x,file /nonexistent", &mut Keys::default(), &mut |_| ()).unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.status()),
            ("esp_print_decode_onesecret: can't open /nonexistent: No such file or directory", 13)
        );
    }

    #[test]
    fn files_that_name_each_other_many_keys_and_endless_files_come_to_an_end() {
        let file = Scratch::new("loop");
        let words = format!("file {}", file.0.display());
        file.words(format!("{words}\n{words}\nnone:x\n").as_bytes());
        let (warnings, any) = reading(&words);
        assert!(any && warnings.iter().all(|text| text.contains("not read")), "{warnings:?}");
        let many: String = (0..=KEYS_MAX).map(|spi| format!("{spi}@::1 none:x\n")).collect();
        assert_eq!(reading(&many).0, [format!("a key is left out, because there are {KEYS_MAX} already")]);
        assert_eq!(reading("file /dev/zero").0.first().unwrap(), "/dev/zero: only the first 1048576 bytes are read");
    }
}
