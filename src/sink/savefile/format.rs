//! Which format a savefile is written in: by the ending of its name, or as the user says.

use std::path::Path;

use super::encoder::Encoder;
use crate::error::Error;
pub use crate::source::compression::Compression;

/// The endings, and the values of `--format`.
const FORMATS: [&str; 2] = ["pcap", "pcapng"];

/// The format of a savefile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// Whether it is pcapng (draft-ietf-opsawg-pcapng) instead of pcap.
    pub is_pcapng: bool,
    /// How the file is compressed as a whole.
    pub compression: Option<Compression>,
}

impl Format {
    /// The format by a file's name: `x.pcapng`, `x.pcap.zst`, `x.pcapng.gz`. Any other is pcap.
    pub fn of_name(path: &Path) -> Format {
        let name = path.to_string_lossy().to_ascii_lowercase();
        let (name, compression) = split_compression(&name);
        Format { is_pcapng: name.ends_with(".pcapng"), compression }
    }

    /// The format that the user names, in the same words.
    pub fn of_word(word: &str) -> Result<Format, Error> {
        let (format, compression) = split_compression(word);
        if !FORMATS.contains(&format) {
            return Err(Error::Usage(format!("unknown format '{word}': pcap or pcapng, with .gz or .zst behind it")));
        }
        Ok(Format { is_pcapng: format == "pcapng", compression })
    }

    /// What compresses it.
    pub fn encoder(self) -> std::io::Result<Option<Encoder>> {
        self.compression.map(Encoder::new).transpose()
    }
}

fn split_compression(name: &str) -> (&str, Option<Compression>) {
    let endings = [(".gz", Compression::Gzip), (".zst", Compression::Zstd)];
    let found = endings.iter().find_map(|(ending, kind)| Some((name.strip_suffix(ending)?, *kind)));
    found.map_or((name, None), |(name, compression)| (name, Some(compression)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_format_by_its_ending_only() {
        let of = |name: &str| {
            let format = Format::of_name(Path::new(name));
            (format.is_pcapng, format.compression)
        };
        assert_eq!(of("x.pcap"), (false, None));
        assert_eq!(of("-"), (false, None));
        assert_eq!(of("pcapng"), (false, None), "a name, not an ending");
        assert_eq!(of("x.pcapng.pcap"), (false, None));
        assert_eq!(of("X-%F.PCAPNG"), (true, None));
        assert_eq!(of("x.pcapng.gz"), (true, Some(Compression::Gzip)));
        assert_eq!(of("x.pcap.zst"), (false, Some(Compression::Zstd)));
        assert_eq!(of("x.zst"), (false, Some(Compression::Zstd)));
    }

    #[test]
    fn a_word_has_to_be_a_format() {
        let zstd = Some(Compression::Zstd);
        assert_eq!(Format::of_word("pcapng.zst").unwrap(), Format { is_pcapng: true, compression: zstd });
        assert_eq!(Format::of_word("pcap").unwrap(), Format::default());
        for word in ["", "gz", ".gz", "pcapng.bz2", "PCAP"] {
            let error = Format::of_word(word).unwrap_err().to_string();
            assert!(error.starts_with(&format!("unknown format '{word}'")), "{error}");
        }
    }
}
