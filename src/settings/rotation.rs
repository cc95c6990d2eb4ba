//! What `-C`, `-G`, `-W` and `-z` mean together.

use std::path::Path;

use crate::cli::Cli;
use crate::error::Error;
use crate::sink::rotation::Rules;

/// Resolves the options.
pub fn resolve(cli: &Cli) -> Result<Rules, Error> {
    Ok(Rules {
        size: cli.file_size.as_deref().map(super::values::file_size).transpose()?,
        period: period(cli),
        files: cli.file_count.map(|count| count.unsigned_abs()),
        command: cli.postrotate_command.clone(),
    })
}

/// 0 seconds mean no rotation, as in tcpdump.
fn period(cli: &Cli) -> Option<i64> {
    cli.rotate_seconds.filter(|&seconds| seconds > 0)
}

/// Finds options that lack another or contradict each other.
pub fn validate(cli: &Cli) -> Result<(), Error> {
    let path = cli.write.as_deref();
    let rotates = cli.file_size.is_some() || period(cli).is_some();
    let fault = if cli.file_size.is_some() && path.is_none() {
        "-C cannot be used without -w."
    } else if period(cli).is_some() && path.is_none() {
        "-G cannot be used without -w."
    } else if cli.postrotate_command.is_some() && (path.is_none() || !rotates) {
        "-z cannot be used without -w and (-C or -G)."
    } else if cli.until_size.is_some() && path.is_none() {
        "--until-size cannot be used without -w."
    } else if rotates && path == Some(Path::new("-")) {
        "-C and -G need a file: standard output (-w -) cannot be rotated."
    } else {
        return Ok(());
    };
    Err(Error::Usage(fault.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn rules(words: &str) -> Result<Rules, String> {
        let words = std::iter::once("rtcpdump").chain(words.split(' '));
        let cli = Cli::parse_from(words);
        validate(&cli).and_then(|()| resolve(&cli)).map_err(|error| error.to_string())
    }

    #[test]
    fn options_that_need_each_other_are_told_in_tcpdumps_words() {
        let rows = [
            ("-C 1", "-C cannot be used without -w."),
            ("-C 1 -z gzip", "-C cannot be used without -w."),
            ("-G 1", "-G cannot be used without -w."),
            ("-z gzip -w x", "-z cannot be used without -w and (-C or -G)."),
            ("-z gzip -w x -G 0", "-z cannot be used without -w and (-C or -G)."),
            ("--until-size 1k", "--until-size cannot be used without -w."),
            ("-w - -C 1", "-C and -G need a file: standard output (-w -) cannot be rotated."),
            ("-C 5x -w x", "invalid file size 5x (invalid units)"),
        ];
        for (words, message) in rows {
            assert_eq!(rules(words).map(|_| ()), Err(message.to_owned()), "{words}");
        }
    }

    #[test]
    fn a_count_of_files_alone_and_no_seconds_rotate_nothing() {
        assert!(!rules("-W 3").unwrap().rotates());
        assert!(!rules("-G 0").unwrap().rotates());
        assert!(rules("-w x -C 1k -W 3 -z gzip").unwrap().rotates());
    }
}
