//! What the options mean together: checked against each other and turned into what the parts take.

mod rotation;
mod units;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::{Cli, SNAPSHOT_LENGTH_MAX};
use crate::dissect::packet_type::PacketType;
use crate::dissect::style::{Dump, Style, TimeFormat};
use crate::error::Error;
use crate::sink::rotation::Rules;

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
    /// When to go on in another savefile.
    pub rotation: Rules,
    /// Stop when the savefiles have this size, in octets.
    pub until_size: Option<u64>,
    /// Stop after this time.
    pub duration: Option<Duration>,
    /// Whether packets are printed.
    pub print: bool,
    /// Whether names are looked up.
    pub names: bool,
    /// Snapshot length of a capture, in octets; `None` where the user left it to us.
    pub snapshot_length: Option<i32>,
    /// Size of the kernel's buffer, in octets.
    pub buffer_size: Option<i32>,
    /// The resolution asked for; `None` where the user left it to us.
    pub nanoseconds: Option<bool>,
    /// Stop after this many frames, those passed over not counted.
    pub limit: Option<u64>,
    /// Frames to pass over.
    pub skip: u64,
}

impl Settings {
    /// Resolves the options, after [`validate`].
    pub fn new(cli: &Cli) -> Result<Settings, Error> {
        let nanoseconds = resolve_precision(cli)?;
        let style = resolve_style(cli, nanoseconds == Some(true))?;
        validate_read(cli)?;
        let read = cli.read.clone();
        let write = cli.write.clone();
        Ok(Settings {
            style,
            print: (write.is_none() || cli.print) && !cli.count,
            names: cli.numeric == 0,
            snapshot_length: cli.snapshot_length.filter(|&octets| octets != 0).map(|octets| octets as i32),
            buffer_size: resolve_buffer_size(cli)?,
            nanoseconds,
            limit: cli.count_limit.map(|count| count as u64),
            skip: cli.skip.unwrap_or(0) as u64,
            until_size: cli.until_size.as_deref().map(until_size).transpose()?,
            duration: cli.duration.as_deref().map(duration).transpose()?,
            rotation: rotation::resolve(cli)?,
            read,
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
        (Some(_), Some(_)) => usage("-V and -r are mutually exclusive."),
        (None, _) if cli.follow_file => usage("--follow-file cannot be used without -r."),
        _ => Ok(()),
    }
}

fn resolve_precision(cli: &Cli) -> Result<Option<bool>, Error> {
    match cli.time_stamp_precision.as_deref() {
        Some(name) => precision(name).map(Some),
        None => Ok((cli.micro || cli.nano).then_some(cli.nano)),
    }
}

fn resolve_buffer_size(cli: &Cli) -> Result<Option<i32>, Error> {
    let Some(kib) = cli.buffer_size else { return Ok(None) };
    match i32::try_from(kib * 1024) {
        Ok(octets) => Ok(Some(octets)),
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

/// The size of `-C`, in octets.
pub fn file_size(text: &str) -> Result<u64, Error> {
    units::octets("file size", text)
}

/// The size of `--until-size`, in octets.
pub fn until_size(text: &str) -> Result<u64, Error> {
    units::octets("size", text)
}

/// The time of `--duration`.
pub fn duration(text: &str) -> Result<Duration, Error> {
    units::duration("duration", text)
}

/// Whether a resolution of `--time-stamp-precision` is one of nanoseconds. What stands behind the name does
/// not matter, as in tcpdump.
pub fn precision(name: &str) -> Result<bool, Error> {
    match (name.starts_with("nano"), name.starts_with("micro")) {
        (false, false) => usage("unsupported time stamp precision"),
        (nano, _) => Ok(nano),
    }
}

/// The payload of `-T`.
pub fn packet_type(name: &str) -> Result<PacketType, Error> {
    match PacketType::from_name(name) {
        Some(packet_type) => Ok(packet_type),
        None => usage(format!("unknown packet type '{name}'")),
    }
}

fn resolve_style(cli: &Cli, nanoseconds: bool) -> Result<Style, Error> {
    Ok(Style {
        quiet: cli.quiet,
        verbose: cli.verbose,
        link_header: cli.link_header,
        absolute_sequence_numbers: cli.absolute_tcp_sequence_numbers,
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
        packet_type: cli.packet_type.as_deref().map(packet_type).transpose()?,
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
            ("--count", "--count cannot be used without -r or -V."),
            ("-c 2147483647 --skip 1", "Overflow (-c count) 2147483647 + (--skip count) 1"),
            ("-tttttt", "only -t, -tt, -ttt, -tttt and -ttttt are supported"),
            ("-B 2097152", "packet buffer size 2097152 is too large"),
            ("--time-stamp-precision=pico", "unsupported time stamp precision"),
            ("-T nonsense", "unknown packet type 'nonsense'"),
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
    fn print_goes_with_write_only_when_asked_for() {
        assert!(settings("").unwrap().print);
        assert!(!settings("-w x").unwrap().print);
        assert!(settings("-w x --print").unwrap().print);
        assert!(!settings("-r x --count").unwrap().print);
    }
}
