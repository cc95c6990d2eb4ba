//! From options to a run: has opened what they name, puts the parts together, and tells how it ended.

use std::io;
use std::path::Path;
use std::time::Instant;

use crate::cli::Cli;
use crate::error::{Error, packets};
use crate::opening;
use crate::os::privileges;
use crate::os::signals::Signals;
use crate::progress::Progress;
use crate::report;
use crate::session::links::Links;
use crate::session::pieces::Pieces;
use crate::session::{End, Failures, Limits, Reporter, Session};
use crate::settings::{self, Settings};
use crate::show;
use crate::sink::{Full, Sinks};
use crate::source::list::List;
use crate::source::{Source, device, filter, libpcap};

/// The exit status of a run that did what it should.
const SUCCESS: u8 = 0;
/// That of a run in which a device was lost while others went on.
const LOST_DEVICE: u8 = 1;

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
    settings::validate(cli)?;
    if cli.list_interfaces {
        return show::devices().map(|()| SUCCESS);
    }
    if cli.list_remote_interfaces.is_some() {
        return Err(Error::Usage("Remote capture not supported".into()));
    }
    let mut settings = Settings::new(cli)?;
    let display_filter = opening::display_filter(cli)?;
    // The first file of a list is as good as that of -r.
    let mut list = None;
    if let Some(path) = &settings.read_list {
        let (rest, first) = List::open(path)?;
        (list, settings.read) = (Some(rest), Some(first));
    }
    if cli.dump_filter > 0 && settings.read.is_none() && cli.interface.is_empty() {
        return show::filter_for_link_type(cli, &settings).map(|()| SUCCESS);
    }
    if cli.list_time_stamp_types && settings.read.is_none() {
        let devices = device::choose_all(&cli.interface)?;
        return devices.iter().try_for_each(|device| show::time_stamp_types(device)).map(|()| SUCCESS);
    }
    let end = settings.duration.and_then(|duration| Instant::now().checked_add(duration));
    let mut source = opening::source(cli, &settings)?;
    if cli.list_data_link_types && source.is_live() {
        return show::link_types(&source.devices(), cli.monitor_mode).map(|()| SUCCESS);
    }
    let expression = filter::expression(cli.filter_file.as_deref(), &cli.expression)?;
    let filters = source.compile(&expression, !cli.no_optimize)?;
    if cli.dump_filter > 0 {
        let mut out = io::stdout().lock();
        let dumped = filters.iter().try_for_each(|filter| filter::dump(filter, cli.dump_filter, &mut out));
        return dumped.map(|()| SUCCESS).map_err(Error::Output);
    }
    source.install(filters)?;
    let sinks = opening::sinks(cli, &settings, &source, &expression, display_filter)?;
    capture(cli, &settings, source, sinks, list, end)
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

/// Runs the session, and tells the counts at its end.
fn capture(
    cli: &Cli,
    settings: &Settings,
    source: Source,
    sinks: Sinks,
    list: Option<List>,
    end: Option<Instant>,
) -> Result<u8, Error> {
    if let Some(user) = privileges::account(cli.relinquish_privileges.as_deref())? {
        let file = sinks.savefiles.as_ref().and_then(|savefiles| savefiles.created_file());
        privileges::become_user(&user, file, settings.rotation.rotates() || list.is_some())?;
    }
    let is_live = source.is_live();
    let signals = Signals::install()?;
    let links = Links::watch(source.devices().iter().map(|live| live.device()));
    if is_live {
        let hint = cli.verbose == 0 && settings.write.is_none();
        report::listening(&source.devices(), hint);
    }
    let shows_progress = is_live && cli.verbose > 0 && settings.write.is_some() && !settings.print;
    let mut session = Session {
        source,
        sinks,
        signals,
        limits: Limits { skip: settings.skip, count: settings.limit, end },
        frames: 0,
        passed: 0,
        failures: Failures::default(),
        links,
        pieces: Pieces::default(),
        reporter: Reporter {
            counts: report::running_counts,
            warning: report::warning,
            progress: shows_progress.then_some(report::progress as fn(u64)),
            file: file_progress(settings, settings.read.as_deref()),
        },
    };
    let outcome = read_all(cli, settings, &mut session, list);
    // What was written is completed, whatever else has failed.
    let finished = session.finish().map_or_else(|error| status_of(&error), |()| SUCCESS);
    let summarized = session.sinks.summarize().map_or_else(|error| status_of(&error), |()| SUCCESS);
    // The process ends: a million connections are not given back one by one.
    std::mem::forget(session.sinks.observer.take());
    let lost = if session.failures.lost_devices > 0 { LOST_DEVICE } else { SUCCESS };
    let status = outcome?.max(finished).max(lost).max(summarized);
    report::final_counts(&mut session.source, session.passed, session.failures);
    if cli.count {
        show::print(&format!("{}\n", packets(session.passed)))?;
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
    let mut source = Source::Savefile(opening::savefile(settings, path)?);
    let has_one_link_type = settings.write.is_some() && !settings.format.is_pcapng;
    if has_one_link_type && source.link_type() != session.source.link_type() {
        return Err(Error::Usage(format!("{}: new dlt does not match original", path.display())));
    }
    let expression = filter::expression(cli.filter_file.as_deref(), &cli.expression)?;
    source.install(source.compile(&expression, !cli.no_optimize)?)?;
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
