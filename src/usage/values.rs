//! Values whose meaning is not the command line's to know are checked while it is read all the same:
//! a wrong one has to be told before a mistake behind it.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, StringValueParser, TypedValueParser};

use crate::error::Error;
use crate::settings::values;
use crate::sink::savefile::format::Format;

/// Checks a value, by the field of [`crate::cli::Cli`] it goes to.
type Check = (&'static str, fn(&str) -> Result<(), Error>);

const CHECKS: [Check; 9] = [
    ("direction", |name| values::direction(name).map(drop)),
    ("duration", |text| values::duration(text).map(drop)),
    ("file_size", |text| values::file_size(text).map(drop)),
    ("format", |word| Format::of_word(word).map(drop)),
    ("linktype", |name| values::link_type(name).map(drop)),
    ("packet_type", |name| values::packet_type(name).map(drop)),
    ("time_stamp_precision", |name| values::precision(name).map(drop)),
    ("time_stamp_type", |name| values::time_stamp_type(name).map(drop)),
    ("until_size", |text| values::until_size(text).map(drop)),
];

/// Names of files may be empty: what opens them says what is wrong.
const FILES: [&str; 4] = ["filter_file", "read", "read_list", "write"];

/// The command with these checks.
pub fn with_checks(command: clap::Command) -> clap::Command {
    let command = CHECKS.into_iter().fold(command, |command, (field, check)| {
        let checked = StringValueParser::new().try_map(move |text| check(&text).map(|()| text));
        command.mut_arg(field, |argument| argument.value_parser(checked))
    });
    FILES.into_iter().fold(command, |command, field| {
        command.mut_arg(field, |argument| argument.value_parser(OsStringValueParser::new().map(PathBuf::from)))
    })
}
