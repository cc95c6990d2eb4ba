//! The words of a command line as getopt_long(3) reads them, so that scripts which were written for
//! tcpdump mean the same here.
//!
//! clap has rules of its own for what a value may look like and for which of several mistakes it tells. So
//! the words are read here first, by the option definitions, and clap gets each option in a form that has
//! one meaning. The first mistake on the line is the one that is told.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// tcpdump's long options, in its order. Shortened, they mean what they mean there, whatever options are
/// added here.
pub const LONG_NAMES: [&str; 33] = [
    "buffer-size",
    "list-interfaces",
    "list-remote-interfaces",
    "help",
    "interface",
    "monitor-mode",
    "time-stamp-type",
    "list-time-stamp-types",
    "micro",
    "nano",
    "time-stamp-precision",
    "dont-verify-checksums",
    "list-data-link-types",
    "no-optimize",
    "no-promiscuous-mode",
    "direction",
    "snapshot-length",
    "absolute-tcp-sequence-numbers",
    "packet-buffered",
    "linktype",
    "immediate-mode",
    "debug-filter-parser",
    "relinquish-privileges",
    "count",
    "fp-type",
    "number",
    "print",
    "print-sampling",
    "lengths",
    "time-t-size",
    "ip-oneline",
    "skip",
    "version",
];

/// Options that are answered as soon as they are read: what stands behind them does not matter.
const ANSWERED_AT_ONCE: [&str; 3] = ["version", "fp-type", "time-t-size"];

/// A command line, or its beginning up to the first mistake.
#[derive(Debug, Default)]
pub struct Reading {
    /// The words for clap.
    pub words: Vec<OsString>,
    /// What is wrong behind them.
    pub fault: Option<Fault>,
}

/// A mistake, in the words of glibc's getopt_long(3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub text: String,
    /// The word, if it is an option that does not exist.
    pub unknown: Option<OsString>,
}

/// An option of the program.
struct Known {
    short: Option<char>,
    long: Option<String>,
    takes_value: bool,
}

/// Reads the words behind the program's name.
pub fn read(command: &clap::Command, words: impl IntoIterator<Item = OsString>) -> Reading {
    let mut reader = Reader { known: known_options(command), options: Vec::new(), operands: Vec::new(), done: false };
    let fault = reader.read_all(&mut words.into_iter()).err();
    let mut words = reader.options;
    words.push("--".into());
    words.append(&mut reader.operands);
    Reading { words, fault }
}

fn known_options(command: &clap::Command) -> Vec<Known> {
    let mut command = command.clone();
    // Adds clap's own: -h.
    command.build();
    let options = command.get_arguments().filter(|argument| !argument.is_positional());
    let known = options.map(|option| Known {
        short: option.get_short(),
        long: option.get_long().map(str::to_owned),
        takes_value: option.get_action().takes_values(),
    });
    known.collect()
}

struct Reader {
    known: Vec<Known>,
    options: Vec<OsString>,
    operands: Vec<OsString>,
    done: bool,
}

impl Reader {
    fn read_all(&mut self, words: &mut impl Iterator<Item = OsString>) -> Result<(), Fault> {
        while let Some(word) = words.next() {
            match word.as_bytes() {
                b"--" => self.operands.extend(words.by_ref()),
                [b'-', b'-', long @ ..] => self.long(long, words)?,
                [b'-', short @ ..] if !short.is_empty() => self.short(short, words)?,
                _ => self.operands.push(word),
            }
            if self.done {
                break;
            }
        }
        Ok(())
    }

    /// `--name`, `--name=value`, `--name value`, with the name perhaps shortened.
    fn long(&mut self, text: &[u8], words: &mut impl Iterator<Item = OsString>) -> Result<(), Fault> {
        let equals = text.iter().position(|&octet| octet == b'=');
        let (name, value) = text.split_at(equals.unwrap_or(text.len()));
        let (name, shown) = (String::from_utf8_lossy(name), String::from_utf8_lossy(text));
        let (long, takes_value) = self.find(&name, &shown)?;
        let mut word = OsString::from(format!("--{long}"));
        let attached = value.strip_prefix(b"=").map(OsStr::from_bytes);
        match (takes_value, attached) {
            (false, Some(_)) => return fault(format!("option '--{long}' doesn't allow an argument")),
            (false, None) => self.done = ANSWERED_AT_ONCE.contains(&long.as_str()),
            (true, attached) => {
                let value = match attached {
                    Some(value) => value.to_owned(),
                    None => words.next().ok_or_else(|| Fault::of(format!("option '--{long}' requires an argument")))?,
                };
                word.push("=");
                word.push(value);
            }
        }
        self.options.push(word);
        Ok(())
    }

    /// The long option that a name means, and whether it takes a value.
    fn find(&self, name: &str, shown: &str) -> Result<(String, bool), Fault> {
        let named = |known: &&Known| known.long.as_deref() == Some(name);
        if let Some(Known { long: Some(long), takes_value, .. }) = self.known.iter().find(named) {
            return Ok((long.clone(), *takes_value));
        }
        let starts =
            |known: &Known| Some((known.long.clone().filter(|long| long.starts_with(name))?, known.takes_value));
        let mut meant: Vec<(String, bool)> = self.known.iter().filter_map(starts).collect();
        let place = |long: &str| LONG_NAMES.iter().position(|name| *name == long);
        if meant.iter().any(|(long, _)| place(long).is_some()) {
            meant.retain(|(long, _)| place(long).is_some());
        }
        meant.sort_by_key(|(long, _)| place(long));
        match &meant[..] {
            [] => {
                let unknown = Some(format!("--{name}").into());
                Err(Fault { text: format!("unrecognized option '--{shown}'"), unknown })
            }
            [only] => Ok(only.clone()),
            several => {
                let names: String = several.iter().map(|(long, _)| format!(" '--{long}'")).collect();
                fault(format!("option '--{shown}' is ambiguous; possibilities:{names}"))
            }
        }
    }

    /// `-x`, `-xyz`, `-cvalue`, `-c value`.
    fn short(&mut self, letters: &[u8], words: &mut impl Iterator<Item = OsString>) -> Result<(), Fault> {
        let mut rest = letters;
        while let Some(letter) = first_character(rest) {
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            let Some(known) = self.known.iter().find(|known| known.short == Some(letter)) else {
                let unknown = Some(format!("-{letter}").into());
                return Err(Fault { text: format!("invalid option -- '{letter}'"), unknown });
            };
            let mut word = OsString::from(format!("-{letter}"));
            if known.takes_value {
                let value = if rest.is_empty() { words.next() } else { Some(OsString::from_vec(rest.to_vec())) };
                let missing = || Fault::of(format!("option requires an argument -- '{letter}'"));
                word.push("=");
                word.push(value.ok_or_else(missing)?);
                rest = &[];
            }
            self.options.push(word);
        }
        Ok(())
    }
}

impl Fault {
    fn of(text: String) -> Fault {
        Fault { text, unknown: None }
    }
}

fn fault<T>(text: String) -> Result<T, Fault> {
    Err(Fault::of(text))
}

/// The first character; what is no UTF-8 counts as one that nobody uses.
fn first_character(octets: &[u8]) -> Option<char> {
    let chunk = octets.utf8_chunks().next()?;
    chunk.valid().chars().next().or(Some(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    fn reading(words: &[&str]) -> (String, Option<String>) {
        let reading = read(&Cli::command(), words.iter().map(OsString::from));
        let words: Vec<String> = reading.words.into_iter().map(|word| word.into_string().unwrap()).collect();
        (words.join(" "), reading.fault.map(|fault| fault.text))
    }

    #[test]
    fn values_are_whatever_follows() {
        let rows: [(&[&str], &str); 9] = [
            (&["-nc", "5"], "-n -c=5 --"),
            (&["-c5", "-w", "-n"], "-c=5 -w=-n --"),
            (&["-i", "-1"], "-i=-1 --"),
            (&["-w", ""], "-w= --"),
            (&["-w=x"], "-w==x --"),
            (&["--skip", "-1", "--int=lo"], "--skip=-1 --interface=lo --"),
            (&["tcp", "-n", "--", "-c"], "-n -- tcp -c"),
            (&["-", "-r", "-"], "-r=- -- -"),
            (&["--version", "-k"], "--version --"),
        ];
        for (words, expected) in rows {
            assert_eq!(reading(words), (expected.to_owned(), None), "{words:?}");
        }
    }

    #[test]
    fn the_first_mistake_ends_the_reading() {
        let rows: [(&[&str], &str, &str); 8] = [
            (&["-c", "0", "-nk", "-l"], "-c=0 -n --", "invalid option -- 'k'"),
            (&["-é"], "--", "invalid option -- 'é'"),
            (&["-nc"], "-n --", "option requires an argument -- 'c'"),
            (&["--skip"], "--", "option '--skip' requires an argument"),
            (&["--count=5"], "--", "option '--count' doesn't allow an argument"),
            (&["--zzz=5"], "--", "unrecognized option '--zzz=5'"),
            (&["--nu=5"], "--", "option '--number' doesn't allow an argument"),
            (&["--mi", "--n"], "--micro --", ""),
        ];
        for (words, expected, message) in rows {
            let (words, fault) = reading(words);
            assert_eq!(words, expected);
            assert!(fault.as_deref().unwrap_or_default().starts_with(message), "{fault:?}");
        }
    }

    #[test]
    fn tcpdumps_names_can_be_shortened_as_there() {
        let command = Cli::command();
        for whole in LONG_NAMES {
            let known = command.get_arguments().any(|argument| argument.get_long() == Some(whole));
            for length in 1..=whole.len() {
                let shortened = &whole[..length];
                let others = LONG_NAMES.iter().filter(|other| other.starts_with(shortened)).count();
                if known && (others == 1 || length == whole.len()) {
                    let reading = read(&command, [format!("--{shortened}").into(), "x".into()]);
                    let word = reading.words[0].to_str().unwrap();
                    assert!(word.starts_with(&format!("--{whole}")), "--{shortened}: {reading:?}");
                }
            }
        }
    }
}
