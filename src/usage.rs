//! Answers to a command line that cannot be parsed, in tcpdump's words, and to `-h`.

use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::{report, show};

/// Prints help, or what is wrong with the command line. The status is 0 or 1.
pub fn answer(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::DisplayHelp {
        // The reader may have gone away: `rtcpdump -h | head`.
        let _ = write!(std::io::stdout().lock(), "{}", show::version()).and_then(|()| error.print());
        return ExitCode::SUCCESS;
    }
    report::note(&message(error));
    report::line("Try 'rtcpdump -h' for the options.");
    ExitCode::FAILURE
}

fn message(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        Some(ContextValue::Strings(texts)) => texts.first().map(String::as_str),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let suggestion = text(ContextKind::SuggestedArg);
            let hint = suggestion.map(|name| format!("; did you mean '{name}'?")).unwrap_or_default();
            format!("{}{hint}", unknown_option(argument))
        }
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_none_or(str::is_empty) => missing_value(argument),
        ErrorKind::ValueValidation => match text(ContextKind::Custom) {
            Some(message) => message.to_owned(),
            None => first_line(error),
        },
        _ => first_line(error),
    }
}

fn unknown_option(argument: &str) -> String {
    match argument.strip_prefix('-') {
        Some(letter) if !letter.starts_with('-') => format!("invalid option -- '{letter}'"),
        _ => format!("unrecognized option '{argument}'"),
    }
}

/// An option that lacks its value. `argument` is clap's form, such as `-i, --interface <INTERFACE>`.
fn missing_value(argument: &str) -> String {
    let name = argument.split([' ', ',']).next().unwrap_or(argument);
    match name.strip_prefix('-') {
        Some(letter) if !letter.starts_with('-') => format!("option requires an argument -- '{letter}'"),
        _ => format!("option '{name}' requires an argument"),
    }
}

/// clap's own words, without its prefix.
fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::Parser;

    fn answer_to(words: &[&str]) -> String {
        let words = std::iter::once("rtcpdump").chain(words.iter().copied());
        message(&Cli::try_parse_from(words).unwrap_err())
    }

    #[test]
    fn wrong_options_are_answered_as_getopt_does() {
        assert_eq!(answer_to(&["-k"]), "invalid option -- 'k'");
        assert_eq!(answer_to(&["--zzz"]), "unrecognized option '--zzz'");
        assert_eq!(answer_to(&["--cuont"]), "unrecognized option '--cuont'; did you mean '--count'?");
        assert_eq!(answer_to(&["-c"]), "option requires an argument -- 'c'");
        assert_eq!(answer_to(&["--skip"]), "option '--skip' requires an argument");
        assert_eq!(answer_to(&["-c", "x"]), "invalid packet count \"x\" (not a valid number)");
        assert_eq!(answer_to(&["-s", "-1"]), "invalid snaplen -1 (must be >= 0 and <= 262144)");
    }
}
