//! Values whose meaning is not the command line's to know are checked while it is read all the same:
//! a wrong one has to be told before a mistake behind it.

use std::path::PathBuf;

use clap::builder::{OsStringValueParser, StringValueParser, TypedValueParser};

use crate::error::Error;
use crate::settings;
use crate::show;

/// Checks a value, by the field of [`crate::cli::Cli`] it goes to.
type Check = (&'static str, fn(&str) -> Result<(), Error>);

const CHECKS: [Check; 6] = [
    ("duration", |text| settings::duration(text).map(drop)),
    ("file_size", |text| settings::file_size(text).map(drop)),
    ("linktype", |name| show::link_type_named(name).map(drop)),
    ("packet_type", |name| settings::packet_type(name).map(drop)),
    ("time_stamp_precision", |name| settings::precision(name).map(drop)),
    ("until_size", |text| settings::until_size(text).map(drop)),
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
