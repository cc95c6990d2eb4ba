//! From options to a run: opens what they name, puts the parts together, and tells how it ended.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::cli::{Cli, SNAPSHOT_LENGTH_MAX};
use crate::error::{Error, packets};
use crate::observer::Observer;
use crate::os::names::Names;
use crate::os::privileges;
use crate::os::signals::Signals;
use crate::progress::Progress;
use crate::report;
use crate::session::{End, Limits, Reporter, Session};
use crate::settings::following::Following;
use crate::settings::{Form, Settings};
use crate::show;
use crate::sink::summary::Summary;
use crate::sink::{Full, Sinks, json, rotation, savefile, text};
use crate::source::libpcap::{self, Filter};
use crate::source::list::List;
use crate::source::live::{self, Live};
use crate::source::savefile::Savefile;
use crate::source::{Source, device, filter};

/// How long a host's name is waited for while packets come in: the kernel's buffer holds them meanwhile.
const NAME_PATIENCE_LIVE: Duration = Duration::from_millis(50);
/// The same for a file, which does not run away.
const NAME_PATIENCE_FILE: Duration = Duration::from_secs(2);

/// The exit status of a run that did what it should.
const SUCCESS: u8 = 0;

/// Does what the options say, and returns the exit status. Frames and lists go to standard output,
/// everything else to standard error.
pub fn run(cli: &Cli) -> u8 {
    match start(cli) {
        Ok(status) => status,
        Err(error) => status_of(&error),
    }
}

/// Tells what failed. That nobody reads our output any more is no failure.
fn status_of(error: &Error) -> u8 {
    if error.is_closed_pipe() {
        return SUCCESS;
    }
    report::error(error);
    error.status()
}

fn start(cli: &Cli) -> Result<u8, Error> {
    if let Some(text) = show::about(cli) {
        return show::print(&text).map(|()| SUCCESS);
    }
    privileges::never_gain();
    answer_what_cannot_be_had(cli)?;
    let mut settings = Settings::new(cli)?;
    if cli.list_interfaces {
        return show::devices().map(|()| SUCCESS);
    }
    if cli.list_remote_interfaces.is_some() {
        return Err(Error::Usage("Remote capture not supported".into()));
    }
    // The first file of a list is as good as that of -r.
    let mut list = None;
    if let Some(path) = &settings.read_list {
        let (rest, first) = List::open(path)?;
        (list, settings.read) = (Some(rest), Some(first));
    }
    if cli.dump_filter > 0 && settings.read.is_none() && cli.interface.is_none() {
        return show::filter_for_link_type(cli, &settings).map(|()| SUCCESS);
    }
    if cli.list_time_stamp_types && settings.read.is_none() {
        return show::time_stamp_types(&device::choose(cli.interface.as_deref())?).map(|()| SUCCESS);
    }
    let (mut source, device) = open_source(cli, &settings)?;
    if let (true, Source::Live(live)) = (cli.list_data_link_types, &source) {
        return show::link_types(live, &device, cli.monitor_mode).map(|()| SUCCESS);
    }
    let filter = compile_filter(cli, &source, &device)?;
    if cli.dump_filter > 0 {
        filter::dump(&filter, cli.dump_filter, &mut io::stdout().lock()).map_err(Error::Output)?;
        return Ok(SUCCESS);
    }
    let expression = filter.expression().to_owned();
    source.install(filter)?;
    let sinks = open_sinks(cli, &settings, &source, &device, &expression)?;
    capture(cli, &settings, source, sinks, list, &device)
}

/// What libraries that are not there would do. A module of -m is not missed: SNMP is printed without.
fn answer_what_cannot_be_had(cli: &Cli) -> Result<(), Error> {
    for module in &cli.mib_modules {
        report::note(&format!("ignoring option '-m {module}' (no libsmi support)"));
    }
    if cli.debug_filter_parser && !libpcap::debug_parser() {
        return Err(Error::Usage("unrecognized option '--debug-filter-parser' (this libpcap lacks it)".into()));
    }
    Ok(())
}

/// Opens the savefile or the device; the device's name with it.
fn open_source(cli: &Cli, settings: &Settings) -> Result<(Source, String), Error> {
    let link_type = show::wanted_link_type(cli)?;
    if let Some(path) = &settings.read {
        let source = Source::Savefile(Savefile::open(path, settings.follow)?);
        report::reading(&path.display().to_string(), source.link_type(), source.snapshot_length());
        report::doubt_interface_names(source.link_type());
        return Ok((source, String::new()));
    }
    let device = device::choose(cli.interface.as_deref())?;
    let mut live = Live::open(&live::Settings {
        device: device.clone(),
        snapshot_length: settings.capture_length(),
        promiscuous: !cli.no_promiscuous_mode,
        monitor: cli.monitor_mode,
        buffer_size: settings.buffer_size,
        immediate: cli.immediate_mode || (settings.print && io::IsTerminal::is_terminal(&io::stdout())),
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
    let source = Source::Live(live);
    let length = source.snapshot_length();
    if let Some(wanted) = settings.snapshot_length.filter(|&wanted| wanted != length) {
        let change = if wanted < length { "raised" } else { "lowered" };
        report::warning(&format!("snaplen {change} from {wanted} to {length}"));
    }
    Ok((source, device))
}

fn compile_filter(cli: &Cli, source: &Source, device: &str) -> Result<Filter, Error> {
    let expression = filter::expression(cli.filter_file.as_deref(), &cli.expression)?;
    let mask = match source {
        Source::Live(_) => libpcap::netmask(device),
        Source::Savefile(_) => 0,
    };
    source.compile(&expression, !cli.no_optimize, mask)
}

/// The sinks that the options ask for.
fn open_sinks(cli: &Cli, settings: &Settings, source: &Source, device: &str, expression: &str) -> Result<Sinks, Error> {
    let mut sinks = Sinks::default();
    if let Some(path) = &settings.write {
        let description = savefile::Description {
            format: settings.format,
            link_type: source.link_type(),
            snapshot_length: source.snapshot_length().min(SNAPSHOT_LENGTH_MAX as i32),
            nanoseconds: settings.nanoseconds,
            interfaces: source.interfaces(),
            filter: expression.to_owned(),
        };
        let (rules, until_size) = (&settings.rotation, settings.until_size);
        let savefiles = rotation::Savefiles::create(path, &description, cli.packet_buffered, rules, until_size)?;
        sinks.savefiles = Some(savefiles);
    }
    if settings.print {
        let names = choose_names(cli, settings, source, device);
        open_output(cli, settings, names, &mut sinks)?;
    }
    if let Some(rules) = settings.summary {
        let names = choose_names(cli, settings, source, device);
        sinks.summary = Some(Summary::stdout(rules, &settings.style, names)?);
    }
    if sinks.json.is_some() || sinks.summary.is_some() || (settings.remarks && sinks.text.is_some()) {
        sinks.observer = Some(Observer::new(settings.following.as_ref().map(Following::analysis)));
    }
    Ok(sinks)
}

/// The sink that prints packets.
fn open_output(cli: &Cli, settings: &Settings, names: Names, sinks: &mut Sinks) -> Result<(), Error> {
    let (style, unbuffered) = (settings.style.clone(), cli.line_buffered || cli.packet_buffered);
    match settings.form {
        Form::Text => sinks.text = Some(text::Text::stdout(style, names, unbuffered, settings.remarks)?),
        Form::Json => sinks.json = Some(json::Json::stdout(style, names, unbuffered)?),
    }
    Ok(())
}

/// The names that are printed for numbers.
fn choose_names(cli: &Cli, settings: &Settings, source: &Source, device: &str) -> Names {
    let patience = if matches!(source, Source::Live(_)) { NAME_PATIENCE_LIVE } else { NAME_PATIENCE_FILE };
    let mut names = if settings.names { Names::system(cli.no_domain, patience) } else { Names::numeric() };
    if cli.foreign_numeric {
        match libpcap::network(device) {
            Ok(network) => names.only_in(network),
            Err(reason) => report::warning(&format!("foreign (-f) flag used but: {reason}")),
        }
    }
    names
}

/// Runs the session, and tells the counts at its end.
fn capture(
    cli: &Cli,
    settings: &Settings,
    source: Source,
    sinks: Sinks,
    list: Option<List>,
    device: &str,
) -> Result<u8, Error> {
    if let Some(user) = privileges::account(cli.relinquish_privileges.as_deref())? {
        let file = sinks.savefiles.as_ref().and_then(|savefiles| savefiles.created_file());
        privileges::become_user(&user, file, settings.rotation.rotates() || list.is_some())?;
    }
    let is_live = matches!(source, Source::Live(_));
    let signals = Signals::install()?;
    if is_live {
        let hint = cli.verbose == 0 && settings.write.is_none();
        report::listening(device, source.link_type(), source.snapshot_length(), hint);
    }
    if let (Some(duration), false) = (settings.duration, is_live) {
        signals.end_parked_after(duration);
    }
    let end = settings.duration.and_then(|duration| Instant::now().checked_add(duration));
    let shows_progress = is_live && cli.verbose > 0 && settings.write.is_some() && !settings.print;
    let mut session = Session {
        source,
        sinks,
        signals,
        limits: Limits { skip: settings.skip, count: settings.limit, end },
        frames: 0,
        reporter: Reporter {
            counts: report::running_counts,
            progress: shows_progress.then_some(report::progress as fn(u64)),
            file: file_progress(settings, settings.read.as_deref()),
        },
    };
    let outcome = read_all(cli, settings, &mut session, list);
    // What was written is completed, whatever else has failed.
    let finished = session.finish().map_or_else(|error| status_of(&error), |()| SUCCESS);
    let summarized = session.sinks.summarize().map_or_else(|error| status_of(&error), |()| SUCCESS);
    let status = outcome?.max(finished).max(summarized);
    if is_live {
        report::final_counts(&mut session.source, session.frames);
    }
    if cli.count {
        show::print(&format!("{}\n", packets(session.frames)))?;
    }
    Ok(status)
}

/// Reads the source to its end, and then the other files of the list.
fn read_all(cli: &Cli, settings: &Settings, session: &mut Session, mut list: Option<List>) -> Result<u8, Error> {
    let mut status = SUCCESS;
    loop {
        let (file_status, goes_on) = run_session(session);
        status = status.max(file_status);
        let next = match &mut list {
            Some(list) if goes_on && session.wants_more() => list.next_name()?,
            _ => None,
        };
        let Some(path) = next else { return Ok(status) };
        open_next(cli, settings, session, &path)?;
    }
}

/// Reads the source to its end. The status with it, and whether another file can be read then.
fn run_session(session: &mut Session) -> (u8, bool) {
    let mut outcome = session.run();
    if let (Ok(End::Interrupted), Some(text)) = (&outcome, &mut session.sinks.text) {
        text.end_line();
        outcome = session.sinks.flush().map(|()| End::Interrupted);
    } else if matches!(outcome, Ok(End::Interrupted)) && session.sinks.summary.is_some() {
        report::end_line();
    }
    if let Ok(End::Full(Full::Files(count))) = &outcome {
        report::line(&format!("Maximum file limit reached: {count}"));
    }
    let goes_on = matches!(outcome, Ok(End::Complete) | Err(Error::Read { .. }));
    // What failed is told before the counts, which are told all the same.
    (outcome.map_or_else(|error| status_of(&error), |_| SUCCESS), goes_on)
}

/// Goes on with the next file of a list.
fn open_next(cli: &Cli, settings: &Settings, session: &mut Session, path: &Path) -> Result<(), Error> {
    let mut source = Source::Savefile(Savefile::open(path, false)?);
    let has_one_link_type = settings.write.is_some() && !settings.format.is_pcapng;
    if has_one_link_type && source.link_type() != session.source.link_type() {
        return Err(Error::Usage(format!("{}: new dlt does not match original", path.display())));
    }
    source.install(compile_filter(cli, &source, "")?)?;
    report::reading(&path.display().to_string(), source.link_type(), source.snapshot_length());
    session.source = source;
    session.reporter.file = file_progress(settings, Some(path));
    Ok(())
}

/// The line that shows how far a file has been read. One that is followed has no end to come nearer to.
fn file_progress(settings: &Settings, file: Option<&Path>) -> Option<Progress> {
    let file = file.filter(|_| !settings.follow)?;
    Progress::of(file.display().to_string(), settings.print)
}
