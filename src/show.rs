//! What is shown instead of packets: versions, the man page, a filter's program, link types.

use std::io::{self, Write};

use crate::cli::{Cli, Generate};
use crate::dissect::link;
use crate::error::Error;
use crate::report;
use crate::settings::Settings;
use crate::source::libpcap::{self, Filter};
use crate::source::live::Live;
use crate::source::{LinkType, filter};

/// Writes to standard output.
pub fn print(text: &str) -> Result<(), Error> {
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)
}

/// The name and version of rtcpdump and of libpcap, a line each.
pub fn version() -> String {
    format!("rtcpdump version {}\n{}\n", env!("CARGO_PKG_VERSION"), libpcap::version())
}

/// What build.rs made from the option definitions.
pub fn generated(what: Generate) -> &'static str {
    match what {
        Generate::Man => include_str!(concat!(env!("OUT_DIR"), "/rtcpdump.1")),
        Generate::Bash => include_str!(concat!(env!("OUT_DIR"), "/rtcpdump.bash")),
        Generate::Zsh => include_str!(concat!(env!("OUT_DIR"), "/_rtcpdump")),
        Generate::Fish => include_str!(concat!(env!("OUT_DIR"), "/rtcpdump.fish")),
    }
}

/// `-d` without anything to capture or read: for the link type of `-y`, or Ethernet.
pub fn filter_for_link_type(cli: &Cli, settings: &Settings) -> Result<(), Error> {
    let link_type = match wanted_link_type(cli)? {
        Some(link_type) => link_type,
        None => {
            report::line("Warning: assuming Ethernet");
            LinkType::ETHERNET
        }
    };
    let expression = filter::expression(cli.filter_file.as_deref(), &cli.expression)?;
    let length = settings.capture_length();
    let filter =
        Filter::compile_for_link_type(link_type.0, length, &expression, !cli.no_optimize).map_err(Error::Filter)?;
    filter::dump(&filter, cli.dump_filter, &mut io::stdout().lock()).map_err(Error::Output)
}

/// The link type of `-y`.
pub fn wanted_link_type(cli: &Cli) -> Result<Option<LinkType>, Error> {
    cli.linktype.as_deref().map(link_type_named).transpose()
}

/// The link type of a name, in either case.
pub fn link_type_named(name: &str) -> Result<LinkType, Error> {
    LinkType::from_name(name).ok_or_else(|| Error::Usage(format!("invalid data link type {name}")))
}

/// `-L`.
pub fn link_types(live: &Live, device: &str) -> Result<(), Error> {
    let mut text = format!("Data link types for {device} (use option -y to set):\n");
    for link_type in live.link_types()? {
        let decoded = link::printer(link_type).is_some();
        let mark = if decoded { "" } else { " (printing not supported)" };
        text += &format!("  {}{mark}\n", report::link_type_text(link_type));
    }
    print(&text)
}
