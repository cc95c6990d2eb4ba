//! Opens what the options name: the source and the sinks of a run.

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::cli::{Cli, SNAPSHOT_LENGTH_MAX};
use crate::display_filter::DisplayFilter;
use crate::error::Error;
use crate::observer::Observer;
use crate::os::deadline::Deadline;
use crate::os::names::Names;
use crate::os::system;
use crate::report;
use crate::settings::{Form, Settings};
use crate::show;
use crate::sink::output::Pace;
use crate::sink::summary::Summary;
use crate::sink::{Sinks, json, rotation, savefile, text};
use crate::source::live::{self, Live};
use crate::source::merged::{self, Merged};
use crate::source::savefile::Savefile;
use crate::source::{Source, device, libpcap};
use crate::tcp::analysis::Wanted;

/// How long a host's name is waited for while packets come in: the kernel's buffer holds them meanwhile.
const NAME_PATIENCE_LIVE: Duration = Duration::from_millis(50);
/// The same for a file, which does not run away.
const NAME_PATIENCE_FILE: Duration = Duration::from_secs(2);

/// Opens the savefile or the devices.
pub fn source(cli: &Cli, settings: &Settings) -> Result<Source, Error> {
    if let Some(path) = &settings.read {
        show::wanted_link_type(cli)?;
        // Nothing is written yet, and a pipe may never say what it holds.
        let _deadline = settings.duration.map(Deadline::start);
        let source = Source::Savefile(savefile(settings, path)?);
        report::reading(&path.display().to_string(), source.link_type(), source.snapshot_length());
        report::doubt_interface_names(source.link_type());
        return Ok(source);
    }
    let devices = device::choose_all(&cli.interface)?;
    if let [device] = devices.as_slice() {
        return open_device(cli, settings, device, live::BLOCK_TIMEOUT_MS).map(Source::Live);
    }
    let lives = devices.iter().map(|device| open_device(cli, settings, device, merged::BLOCK_TIMEOUT_MS));
    let lives = lives.collect::<Result<Vec<Live>, Error>>()?;
    Ok(Source::Merged(Merged::new(lives, wants_immediate(cli, settings))))
}

/// Opens a savefile. To write dumps takes longer than to read packets and to make their text: a third thread that read ahead
/// would only pay if it had a processor of its own.
pub fn savefile(settings: &Settings, path: &Path) -> Result<Savefile, Error> {
    let mut savefile = Savefile::open(path, settings.follow)?;
    if !settings.prints_dumps() || system::processors() > 2 {
        savefile.read_ahead();
    }
    Ok(savefile)
}

/// Whether the kernel is to hand over each frame at once.
fn wants_immediate(cli: &Cli, settings: &Settings) -> bool {
    cli.immediate_mode || (settings.print && io::IsTerminal::is_terminal(&io::stdout()))
}

fn open_device(cli: &Cli, settings: &Settings, device: &str, block_timeout: i32) -> Result<Live, Error> {
    let link_type = show::wanted_link_type(cli)?;
    let mut live = Live::open(&live::Settings {
        device: device.to_owned(),
        snapshot_length: settings.capture_length(),
        promiscuous: !cli.no_promiscuous_mode,
        monitor: cli.monitor_mode,
        buffer_size: settings.buffer_size,
        immediate: wants_immediate(cli, settings),
        block_timeout,
        nanoseconds: settings.nanoseconds == Some(true),
        time_stamp_type: settings.time_stamp_type,
        direction: settings.direction,
    })?;
    for warning in &live.warnings {
        report::warning(warning);
    }
    if let (Some(link_type), false) = (link_type, cli.list_data_link_types) {
        live.set_link_type(link_type)?;
        report::note(&format!("data link type {}", link_type.name().unwrap_or_default()));
    }
    let length = live.snapshot_length();
    if let Some(wanted) = settings.snapshot_length.filter(|&wanted| wanted != length) {
        let change = if wanted < length { "raised" } else { "lowered" };
        report::warning(&format!("snaplen {change} from {wanted} to {length}"));
    }
    Ok(live)
}

/// Opens the sinks that the options ask for. `expression` is the filter's.
pub fn sinks(
    cli: &Cli,
    settings: &Settings,
    source: &Source,
    expression: &str,
    display_filter: Option<DisplayFilter>,
) -> Result<Sinks, Error> {
    let mut sinks = Sinks::default();
    (sinks.display_filter, sinks.with_remarks) = (display_filter, settings.remarks);
    if let Some(path) = &settings.write {
        if path.as_os_str().is_empty() {
            return Err(Error::Usage("an empty string is not a valid file name".into()));
        }
        if !settings.format.is_pcapng {
            validate_link_types(source, path)?;
        }
        let description = savefile::Description {
            format: settings.format,
            link_type: source.link_type(),
            snapshot_length: source.snapshot_length().min(SNAPSHOT_LENGTH_MAX as i32),
            nanoseconds: settings.nanoseconds,
            interfaces: source.interfaces(),
            filter: expression.to_owned(),
        };
        let (rules, until_size) = (&settings.rotation, settings.until_size);
        let pace = pace(cli.packet_buffered, source);
        let savefiles = rotation::Savefiles::create(path, &description, pace, rules, until_size)?;
        sinks.savefiles = Some(savefiles);
    }
    if settings.print {
        let names = choose_names(cli, settings, source);
        open_output(cli, settings, names, source, &mut sinks)?;
    }
    if let Some(rules) = settings.summary {
        sinks.summary = Some(Summary::stdout(rules, &settings.style, choose_names(cli, settings, source))?);
    }
    sinks.observer = observer(settings, &sinks);
    Ok(sinks)
}

/// Compiles the display filter.
pub fn display_filter(cli: &Cli) -> Result<Option<DisplayFilter>, Error> {
    cli.display_filter.as_deref().map(DisplayFilter::compile).transpose().map_err(Error::Filter)
}

/// Who looks at packets, if somebody asks for it; connections are followed only for those who need it.
fn observer(settings: &Settings, sinks: &Sinks) -> Option<Observer> {
    let filter = sinks.display_filter.as_ref();
    let has_remarks = sinks.text.is_some() && settings.remarks;
    let prints_more = sinks.json.is_some() || sinks.summary.is_some() || has_remarks;
    let follows = prints_more || filter.is_some_and(DisplayFilter::needs_analysis);
    let has_choice = filter.is_some();
    let mut analysis = follows.then(|| settings.following.analysis(has_choice));
    let wanted = Wanted { fields: sinks.json.is_some() || has_choice, round_trips: sinks.summary.is_some() };
    if let Some(analysis) = &mut analysis {
        analysis.limit_to(wanted);
    }
    let mut observer = (follows || has_choice).then(|| Observer::new(analysis))?;
    observer.only_segments = !wanted.fields;
    Some(observer)
}

/// The sink that prints packets, of several devices if they are merged.
fn open_output(cli: &Cli, settings: &Settings, names: Names, source: &Source, sinks: &mut Sinks) -> Result<(), Error> {
    let style = settings.style.clone();
    let pace = match pace(cli.line_buffered || cli.packet_buffered, source) {
        Pace::Beside if settings.prints_dumps() => Pace::InTurns,
        pace => pace,
    };
    let is_merged = matches!(source, Source::Merged(_));
    match settings.form {
        Form::Text => {
            let text = sinks.text.insert(text::Text::stdout(style, names, pace)?);
            if is_merged {
                text.name_interfaces();
            }
        }
        Form::Json => {
            let json = sinks.json.insert(json::Json::stdout(style, names, pace)?);
            if is_merged {
                json.name_interfaces();
            }
        }
    }
    Ok(())
}

/// How packets go out. While they come in, the other processors belong to the kernel, which receives them.
fn pace(unbuffered: bool, source: &Source) -> Pace {
    if unbuffered {
        Pace::Unbuffered
    } else if source.is_live() || !system::has_processor_to_spare() {
        Pace::Held
    } else {
        Pace::Beside
    }
}

/// A pcap file holds frames of one link type.
fn validate_link_types(source: &Source, file: &Path) -> Result<(), Error> {
    let devices = source.devices();
    let Some(first) = devices.first() else { return Ok(()) };
    let Some(other) = devices.iter().find(|other| other.link_type() != first.link_type()) else { return Ok(()) };
    let [a, b] = [first, other].map(|live| {
        let link_type = live.link_type();
        format!("{} of {}", link_type.name().unwrap_or_else(|| link_type.0.to_string()), live.device())
    });
    let file = file.display();
    Err(Error::Usage(format!(
        "{file}: a pcap file holds packets of one link-type, not both {a} and {b}; a file in pcapng format \
         (--format pcapng) holds them all"
    )))
}

/// The names that are printed for numbers.
fn choose_names(cli: &Cli, settings: &Settings, source: &Source) -> Names {
    let patience = if source.is_live() { NAME_PATIENCE_LIVE } else { NAME_PATIENCE_FILE };
    let mut names = if settings.names { Names::system(cli.no_domain, patience) } else { Names::numeric() };
    if cli.foreign_numeric {
        let mut networks = Vec::new();
        for live in source.devices() {
            match libpcap::network(live.device()) {
                Ok(network) => networks.push(network),
                Err(reason) => report::warning(&format!("foreign (-f) flag used but: {reason}")),
            }
        }
        if !networks.is_empty() {
            names.only_in(networks);
        }
    }
    names
}
