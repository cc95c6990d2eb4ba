//! What is shown instead of packets: versions, the man page, a filter's program, devices and what they can do.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::cli::{Cli, Generate};
use crate::dissect::link;
use crate::error::Error;
use crate::report;
use crate::settings::{Settings, values};
use crate::source::libpcap::inactive::Inactive;
use crate::source::libpcap::{self, Filter};
use crate::source::live::Live;
use crate::source::{LinkType, device, filter};

/// Writes to standard output.
pub fn print(text: &str) -> Result<(), Error> {
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)
}

/// What is asked of the program itself: nothing is opened for it.
pub fn about(cli: &Cli) -> Option<Cow<'static, str>> {
    match cli {
        Cli { version: true, .. } => Some(version().into()),
        Cli { generate: Some(what), .. } => Some(generated(*what).into()),
        Cli { fp_type: true, .. } => Some(floating_point_type().into()),
        Cli { time_t_size: true, .. } => Some(time_size().into()),
        _ => None,
    }
}

/// The name and version of rtcpdump and of libpcap, a line each.
pub fn version() -> String {
    format!("rtcpdump version {}\n{}\n", env!("CARGO_PKG_VERSION"), libpcap::version())
}

/// What build.rs made from the option definitions.
fn generated(what: Generate) -> &'static str {
    match what {
        Generate::Man => include_str!(concat!(env!("OUT_DIR"), "/rtcpdump.1")),
        Generate::Bash => include_str!(concat!(env!("OUT_DIR"), "/rtcpdump.bash")),
        Generate::Zsh => include_str!(concat!(env!("OUT_DIR"), "/_rtcpdump")),
        Generate::Fish => include_str!(concat!(env!("OUT_DIR"), "/rtcpdump.fish")),
    }
}

/// `--fp-type`: the number that tcpdump's tests know machines by whose arithmetic is not IEEE 754's.
fn floating_point_type() -> String {
    format!("{:.3}\n", f32::from_bits(0x4e93_312d) * 8.0 / 1_000_000.0)
}

/// `--time-t-size`: how many bits the system's times have.
fn time_size() -> String {
    format!("{}\n", libc::time_t::BITS)
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
    cli.linktype.as_deref().map(values::link_type).transpose()
}

/// `-D`: the devices there are.
pub fn devices() -> Result<(), Error> {
    device::print_list(&device::list()?, &mut io::stdout().lock()).map_err(Error::Output)
}

/// `-L`: the link types of each interface that is open. `monitor`: in monitor mode.
pub fn link_types(devices: &[&Live], monitor: bool) -> Result<(), Error> {
    devices.iter().try_for_each(|live| link_types_of(live, monitor))
}

fn link_types_of(live: &Live, monitor: bool) -> Result<(), Error> {
    // A wireless interface may have others in monitor mode.
    let mode = match (live.supports_monitor_mode, monitor) {
        (false, _) => "",
        (true, true) => " when in monitor mode",
        (true, false) => " when not in monitor mode",
    };
    let mut text = format!("Data link types for {}{mode} (use option -y to set):\n", live.device());
    for link_type in live.link_types()? {
        let decoded = link::printer(link_type).is_some();
        let mark = if decoded { "" } else { " (printing not supported)" };
        text += &match link_type.name() {
            Some(_) => format!("  {}{mark}\n", report::link_type_text(link_type)),
            None => format!("  DLT {} (printing not supported)\n", link_type.0),
        };
    }
    print(&text)
}

/// `-J`: where an interface's time stamps can come from.
pub fn time_stamp_types(device: &str) -> Result<(), Error> {
    let types = Inactive::create(device).and_then(|inactive| inactive.time_stamp_types()).map_err(Error::Usage)?;
    if types.is_empty() {
        report::line(&format!("Time stamp type cannot be set for {device}"));
        return Ok(());
    }
    let mut text = format!("Time stamp types for {device} (use option -j to set):\n");
    for time_stamp_type in types {
        let name = time_stamp_type.name();
        text += &if name.is_empty() {
            format!("  {}\n", time_stamp_type.0)
        } else {
            format!("  {name} ({})\n", time_stamp_type.description())
        };
    }
    print(&text)
}
