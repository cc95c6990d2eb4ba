//! What `-C`, `-G`, `-W` and `-z` mean together.

use std::path::Path;

use super::units;
use crate::cli::Cli;
use crate::error::Error;
use crate::sink::rotation::Rules;

/// Checks the options and resolves them.
pub fn resolve(cli: &Cli) -> Result<Rules, Error> {
    let rules = Rules {
        size: cli.file_size.as_deref().map(|text| units::octets("file size", text)).transpose()?,
        // 0 seconds mean no rotation, as in tcpdump.
        period: cli.rotate_seconds.filter(|&seconds| seconds > 0),
        files: cli.file_count.map(|count| count.unsigned_abs()),
        command: cli.postrotate_command.clone(),
    };
    validate(cli, &rules)?;
    Ok(rules)
}

fn validate(cli: &Cli, rules: &Rules) -> Result<(), Error> {
    let path = cli.write.as_deref();
    let fault = if rules.size.is_some() && path.is_none() {
        "-C cannot be used without -w."
    } else if rules.period.is_some() && path.is_none() {
        "-G cannot be used without -w."
    } else if rules.command.is_some() && (path.is_none() || !rules.rotates()) {
        "-z cannot be used without -w and (-C or -G)."
    } else if cli.until_size.is_some() && path.is_none() {
        "--until-size cannot be used without -w."
    } else if rules.rotates() && path == Some(Path::new("-")) {
        "-C and -G need a file: standard output (-w -) cannot be rotated."
    } else if path.is_some_and(|path| path.as_os_str().is_empty()) {
        "an empty string is not a valid file name"
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
        resolve(&Cli::parse_from(words)).map_err(|error| error.to_string())
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
