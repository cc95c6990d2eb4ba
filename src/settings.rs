//! What the options mean together: checked against each other and turned into what the parts take.

pub mod following;
mod rotation;
mod summary;
mod units;
pub mod values;

use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pcap::Direction;

use crate::cli::{Cli, SNAPSHOT_LENGTH_MAX};
use crate::dissect::style::{Dump, Style, TimeFormat};
use crate::error::Error;
use crate::sink::rotation::Rules;
use crate::sink::savefile::format::Format;
use crate::sink::summary::Rules as SummaryRules;
use crate::source::libpcap::inactive::TimeStampType;
use following::Following;

/// The kernel's buffer where the user says nothing, in octets: twice the smallest in which nothing was dropped of the
/// fastest flood that could be made (docs/performance.md). Much larger ones are slower: they fill the processor's caches.
const BUFFER_SIZE: i32 = 4 << 20;

/// Options that do not contradict each other.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How packets look.
    pub style: Style,
    /// The savefile to read, in place of a device.
    pub read: Option<PathBuf>,
    /// The list of savefiles to read, in place of one.
    pub read_list: Option<PathBuf>,
    /// Whether more is waited for at the savefile's end.
    pub follow: bool,
    /// The savefile to write.
    pub write: Option<PathBuf>,
    /// The format that it is written in.
    pub format: Format,
    /// When to go on in another savefile.
    pub rotation: Rules,
    /// Stop when the savefiles have this size, in octets.
    pub until_size: Option<u64>,
    /// Stop after this time.
    pub duration: Option<Duration>,
    /// Whether packets are printed.
    pub print: bool,
    /// Whether it is said what there is to say of their segments.
    pub remarks: bool,
    /// What is printed of connections at the end.
    pub summary: Option<SummaryRules>,
    /// As what they are printed.
    pub form: Form,
    /// How TCP connections are followed, where something asks for it.
    pub following: Following,
    /// Whether names are looked up.
    pub names: bool,
    /// Frames that come in, go out, or both, where the user said which.
    pub direction: Option<Direction>,
    /// Where time stamps come from, where the user said it.
    pub time_stamp_type: Option<TimeStampType>,
    /// Snapshot length of a capture, in octets; `None` where the user left it to us.
    pub snapshot_length: Option<i32>,
    /// Size of the kernel's buffer, in octets.
    pub buffer_size: i32,
    /// The resolution asked for; `None` where the user left it to us.
    pub nanoseconds: Option<bool>,
    /// Stop after this many frames, those passed over not counted.
    pub limit: Option<u64>,
    /// Frames to pass over.
    pub skip: u64,
}

/// What a packet is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// tcpdump's text.
    Text,
    /// A JSON object.
    Json,
}

impl Settings {
    /// Whether packets are dumped, whose text is several times as long as they are.
    pub fn prints_dumps(&self) -> bool {
        self.print && self.form == Form::Text && self.style.dump != Dump::None
    }

    /// Resolves the options, after [`validate`].
    pub fn new(cli: &Cli) -> Result<Settings, Error> {
        let nanoseconds = resolve_precision(cli)?;
        let style = resolve_style(cli, nanoseconds == Some(true))?;
        validate_read(cli)?;
        let read = cli.read.clone();
        let write = cli.write.clone();
        Ok(Settings {
            style,
            print: prints_packets(cli),
            remarks: cli.analyze,
            summary: summary::resolve(cli)?,
            form: if cli.json { Form::Json } else { Form::Text },
            following: Following::of(cli),
            names: cli.numeric == 0,
            direction: cli.direction.as_deref().map(values::direction).transpose()?,
            time_stamp_type: cli.time_stamp_type.as_deref().map(values::time_stamp_type).transpose()?,
            snapshot_length: cli.snapshot_length.filter(|&octets| octets != 0).map(|octets| octets as i32),
            buffer_size: resolve_buffer_size(cli)?,
            nanoseconds,
            limit: cli.count_limit.map(|count| count as u64),
            skip: cli.skip.unwrap_or(0) as u64,
            until_size: cli.until_size.as_deref().map(values::until_size).transpose()?,
            duration: cli.duration.as_deref().map(values::duration).transpose()?,
            rotation: rotation::resolve(cli)?,
            read,
            format: resolve_format(cli)?,
            read_list: cli.read_list.clone(),
            follow: cli.follow_file,
            write,
        })
    }

    /// The snapshot length to capture with.
    pub fn capture_length(&self) -> i32 {
        self.snapshot_length.unwrap_or(SNAPSHOT_LENGTH_MAX as i32)
    }

    /// Whether the savefile to read is standard input.
    pub fn reads_stdin(&self) -> bool {
        self.read.as_deref() == Some(Path::new("-"))
    }
}

/// Finds options that contradict each other. tcpdump looks for these before it lists its interfaces (`-D`),
/// and for the others, which [`Settings::new`] finds, after that.
pub fn validate(cli: &Cli) -> Result<(), Error> {
    validate_dump(cli)?;
    rotation::validate(cli)?;
    validate_count(cli)
}

/// A table of connections stands for their packets, unless they are wanted too.
fn prints_packets(cli: &Cli) -> bool {
    let is_asked_for = cli.print || cli.print_sampling.is_some();
    let goes_without_saying = (cli.write.is_none() || cli.json) && !cli.connections;
    (is_asked_for || goes_without_saying) && !cli.count
}

fn usage<T>(text: impl Into<String>) -> Result<T, Error> {
    Err(Error::Usage(text.into()))
}

/// A packet is dumped in one way.
fn validate_dump(cli: &Cli) -> Result<(), Error> {
    match (cli.ascii > 0, cli.hex > 0, cli.hex_ascii > 0) {
        (true, true, _) => usage("-A and -x[x] are mutually exclusive."),
        (true, _, true) => usage("-A and -X[X] are mutually exclusive."),
        (_, true, true) => usage("-x[x] and -X[X] are mutually exclusive."),
        _ => Ok(()),
    }
}

/// Counting is for files.
fn validate_count(cli: &Cli) -> Result<(), Error> {
    if cli.count && cli.read.is_none() && cli.read_list.is_none() {
        return usage("--count cannot be used without -r or -V.");
    }
    let (limit, skip) = (cli.count_limit.unwrap_or(0), cli.skip.unwrap_or(0));
    if limit + skip > i64::from(i32::MAX) {
        return usage(format!("Overflow (-c count) {limit} + (--skip count) {skip}"));
    }
    Ok(())
}

/// Packets come from one place.
fn validate_read(cli: &Cli) -> Result<(), Error> {
    match (&cli.read, &cli.read_list) {
        (Some(_), _) | (_, Some(_)) if cli.foreign_numeric => usage("-f cannot be used with -V or -r."),
        (Some(_), Some(_)) => usage("-V and -r are mutually exclusive."),
        (None, _) if cli.follow_file => usage("--follow-file cannot be used without -r."),
        _ => Ok(()),
    }
}

/// The format that the user names, or that the file's name ends in.
fn resolve_format(cli: &Cli) -> Result<Format, Error> {
    match (&cli.format, &cli.write) {
        (Some(_), None) => usage("--format cannot be used without -w."),
        (Some(word), _) => Format::of_word(word),
        (None, path) => Ok(path.as_deref().map(Format::of_name).unwrap_or_default()),
    }
}

fn resolve_precision(cli: &Cli) -> Result<Option<bool>, Error> {
    match cli.time_stamp_precision.as_deref() {
        Some(name) => values::precision(name).map(Some),
        None => Ok((cli.micro || cli.nano).then_some(cli.nano)),
    }
}

fn resolve_buffer_size(cli: &Cli) -> Result<i32, Error> {
    let Some(kib) = cli.buffer_size else { return Ok(BUFFER_SIZE) };
    match i32::try_from(kib * 1024) {
        Ok(octets) => Ok(octets),
        Err(_) => usage(format!("packet buffer size {kib} is too large")),
    }
}

fn resolve_time(cli: &Cli) -> Result<TimeFormat, Error> {
    Ok(match cli.time {
        0 => TimeFormat::TimeOfDay,
        1 => TimeFormat::None,
        2 => TimeFormat::Epoch,
        3 => TimeFormat::SincePrevious,
        4 => TimeFormat::DateAndTime,
        5 => TimeFormat::SinceFirst,
        _ => return usage("only -t, -tt, -ttt, -tttt and -ttttt are supported"),
    })
}

fn resolve_dump(cli: &Cli) -> Dump {
    match (cli.hex, cli.hex_ascii, cli.ascii) {
        (0, 0, 0) => Dump::None,
        (0, 0, times) => Dump::Ascii { link_header: times > 1 },
        (0, times, _) => Dump::HexAscii { link_header: times > 1 },
        (times, ..) => Dump::Hex { link_header: times > 1 },
    }
}

fn resolve_style(cli: &Cli, nanoseconds: bool) -> Result<Style, Error> {
    Ok(Style {
        quiet: cli.quiet,
        verbose: cli.verbose,
        link_header: cli.link_header,
        // What is left out by sampling may be where a connection's numbers would count from.
        absolute_sequence_numbers: cli.absolute_tcp_sequence_numbers || cli.print_sampling.is_some(),
        as_dot: cli.as_dot,
        leave_checksums: cli.dont_verify_checksums,
        ip_oneline: cli.ip_oneline,
        mesh_headers: cli.mesh_headers,
        raw_file_handles: cli.raw_file_handles,
        time: resolve_time(cli)?,
        nanoseconds,
        dump: resolve_dump(cli),
        packet_number: cli.number,
        lengths: cli.lengths,
        sampling: cli.print_sampling.unwrap_or(0) as u64,
        packet_type: cli.packet_type.as_deref().map(values::packet_type).transpose()?,
        esp_keys: cli.esp_keys.clone().map(OsStringExt::into_vec),
        md5_secret: cli.md5_secret.clone().map(OsStringExt::into_vec),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn settings(words: &str) -> Result<Settings, String> {
        let words = std::iter::once("rtcpdump").chain(words.split_whitespace());
        let cli = Cli::parse_from(words);
        validate(&cli).and_then(|()| Settings::new(&cli)).map_err(|error| error.to_string())
    }

    #[test]
    fn contradictions_are_told_in_tcpdumps_words() {
        let rows = [
            ("-A -x", "-A and -x[x] are mutually exclusive."),
            ("-A -XX", "-A and -X[X] are mutually exclusive."),
            ("-x -X", "-x[x] and -X[X] are mutually exclusive."),
            ("-r x -V y", "-V and -r are mutually exclusive."),
            ("--follow-file -V y", "--follow-file cannot be used without -r."),
            ("--format pcapng", "--format cannot be used without -w."),
            ("--format gif -w x", "unknown format 'gif': pcap or pcapng, with .gz or .zst behind it"),
            ("--count", "--count cannot be used without -r or -V."),
            ("-c 2147483647 --skip 1", "Overflow (-c count) 2147483647 + (--skip count) 1"),
            ("-tttttt", "only -t, -tt, -ttt, -tttt and -ttttt are supported"),
            ("-B 2097152", "packet buffer size 2097152 is too large"),
            ("--top 3", "--top cannot be used without --connections."),
            ("--sort rtt", "--sort cannot be used without --connections."),
            ("--time-stamp-precision=pico", "unsupported time stamp precision"),
            ("-T nonsense", "unknown packet type 'nonsense'"),
            ("-Q up", "unknown capture direction 'up'"),
            ("-j sundial", "invalid time stamp type sundial"),
            ("-f -r x", "-f cannot be used with -V or -r."),
            ("-f -V x", "-f cannot be used with -V or -r."),
        ];
        for (words, message) in rows {
            assert_eq!(settings(words).map(|_| ()), Err(message.to_owned()), "{words}");
        }
    }

    #[test]
    fn the_last_precision_counts() {
        assert_eq!(settings("--nano --micro").unwrap().nanoseconds, Some(false));
        assert_eq!(settings("--micro --time-stamp-precision nano").unwrap().nanoseconds, Some(true));
        assert_eq!(settings("").unwrap().nanoseconds, None);
    }

    #[test]
    fn directions_may_be_written_in_any_case() {
        assert_eq!(settings("-Q in -Q INout").unwrap().direction, Some(Direction::InOut));
        assert_eq!(settings("").unwrap().direction, None);
    }

    #[test]
    fn sampling_prints_with_absolute_sequence_numbers() {
        let sampled = settings("-w x --print-sampling 2").unwrap();
        assert!(sampled.print && sampled.style.absolute_sequence_numbers);
    }

    #[test]
    fn a_format_that_is_named_counts_more_than_the_files_name() {
        let is_pcapng = |words| settings(words).unwrap().format.is_pcapng;
        assert!(is_pcapng("-w x.pcapng") && is_pcapng("-w - --format pcapng"));
        assert!(!is_pcapng("-w x.pcapng --format pcap"));
    }

    #[test]
    fn print_goes_with_write_only_when_asked_for() {
        assert!(settings("").unwrap().print);
        assert!(!settings("-w x").unwrap().print);
        assert!(settings("-w x --print").unwrap().print);
        assert!(!settings("-r x --count").unwrap().print);
        assert!(!settings("-r x --connections").unwrap().print);
        assert!(!settings("-w x --connections --json").unwrap().print);
        assert!(settings("--connections --print").unwrap().print);
    }
}
