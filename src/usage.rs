//! From the words of the command line to options, and what is said to a wrong one, in tcpdump's words.

mod getopt;
mod values;

use std::error::Error as _;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use crate::cli::Cli;
use crate::{report, show};

const PROGRAM: &str = "rtcpdump";

/// Why a command line gives no options to run with.
#[derive(Debug)]
pub enum Answer {
    /// The help that was asked for.
    Help(clap::Error),
    /// A value that makes no sense.
    Refusal(String),
    /// Words that are no options, or lack something.
    Fault {
        /// What is wrong.
        text: String,
        /// The option that may have been meant.
        suggestion: Option<String>,
    },
}

/// Reads the words behind the program's name. Of several mistakes, the first on the line is told.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Cli, Answer> {
    let command = values::with_checks(Cli::command());
    let reading = getopt::read(&command, words);
    let words = std::iter::once(PROGRAM.into()).chain(reading.words);
    let matches = command.try_get_matches_from(words).map_err(answer)?;
    match reading.fault {
        Some(fault) => Err(Answer::Fault { suggestion: fault.unknown.and_then(suggestion), text: fault.text }),
        None => Cli::from_arg_matches(&matches).map_err(answer),
    }
}

impl Answer {
    /// Prints the help, or what is wrong. The status is 0 or 1.
    pub fn give(&self) -> ExitCode {
        match self {
            Answer::Help(help) => {
                // The reader may have gone away: `rtcpdump -h | head`.
                let _ = write!(std::io::stdout().lock(), "{}", show::version()).and_then(|()| help.print());
                return ExitCode::SUCCESS;
            }
            Answer::Refusal(text) => report::note(text),
            Answer::Fault { text, suggestion } => {
                report::note(text);
                let hint = suggestion.as_ref().map(|option| format!("Did you mean '{option}'? ")).unwrap_or_default();
                report::line(&format!("{hint}Try 'rtcpdump -h' for the options."));
            }
        }
        ExitCode::FAILURE
    }
}

fn answer(error: clap::Error) -> Answer {
    match (error.kind(), context(&error, ContextKind::Custom)) {
        (ErrorKind::DisplayHelp, _) => Answer::Help(error),
        (_, Some(message)) => Answer::Refusal(message),
        _ => Answer::Refusal(error.source().map_or_else(|| first_line(&error), ToString::to_string)),
    }
}

/// The option whose name is near to that of one which does not exist.
fn suggestion(unknown: OsString) -> Option<String> {
    let error = Cli::command().try_get_matches_from([PROGRAM.into(), unknown]).err()?;
    context(&error, ContextKind::SuggestedArg)
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        _ => None,
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

    fn answer_to(words: &[&str]) -> String {
        match parse(words.iter().map(OsString::from)) {
            Err(Answer::Refusal(text)) => text,
            Err(Answer::Fault { text, suggestion }) => {
                text + &suggestion.map(|option| format!(" [{option}?]")).unwrap_or_default()
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn wrong_options_are_answered_as_getopt_does() {
        assert_eq!(answer_to(&["-k"]), "invalid option -- 'k'");
        assert_eq!(answer_to(&["--zzz"]), "unrecognized option '--zzz'");
        assert_eq!(answer_to(&["--cuont"]), "unrecognized option '--cuont' [--count?]");
        assert_eq!(answer_to(&["-c"]), "option requires an argument -- 'c'");
        assert_eq!(answer_to(&["--skip"]), "option '--skip' requires an argument");
    }

    #[test]
    fn the_first_mistake_is_told_whatever_its_kind() {
        let bad_count = "invalid packet count \"x\" (not a valid number)";
        assert_eq!(answer_to(&["-c", "x", "-k"]), bad_count);
        assert_eq!(answer_to(&["-k", "-c", "x"]), "invalid option -- 'k'");
        assert_eq!(answer_to(&["-c", "x", "-T", "y"]), bad_count);
        assert_eq!(answer_to(&["-T", "y", "-c", "x"]), "unknown packet type 'y'");
        assert_eq!(answer_to(&["-y", "y", "-C", "5x"]), "invalid data link type y");
        assert_eq!(answer_to(&["-C", "5x", "-y", "y"]), "invalid file size 5x (invalid units)");
        assert_eq!(answer_to(&["-c", "x", "-h"]), bad_count);
        assert!(parse(["-h".into(), "-k".into()]).is_err_and(|answer| matches!(answer, Answer::Help(_))));
        assert!(parse(["--version".into(), "-c".into(), "x".into()]).is_ok_and(|cli| cli.version));
    }

    #[test]
    fn values_may_be_empty_or_begin_with_a_minus_sign() {
        let cli = parse(["-w", "", "-r=x", "-i", "-1", "-F", "-n"].map(OsString::from)).unwrap();
        assert_eq!(cli.write.as_deref(), Some("".as_ref()));
        assert_eq!(cli.read.as_deref(), Some("=x".as_ref()));
        assert_eq!(
            (cli.interface.first().map(String::as_str), cli.filter_file.as_deref()),
            (Some("-1"), Some("-n".as_ref()))
        );
    }
}
