//! `--connections`: what became of each connection ([`table`] or [`json`]), what all of them come to, and what an
//! operator has to know ([`trouble`]). It is printed at the end, and when SIGUSR1 asks for it.

pub mod json;
pub mod order;
pub mod row;
pub mod table;
pub mod trouble;

use std::os::fd::BorrowedFd;

use super::output::{Output, Pace};
use crate::dissect::style::{Style, TimeFormat};
use crate::error::Error;
use crate::os::names::Names;
use crate::tcp::connection::Connection;
use crate::tcp::ledger::Ledger;
use crate::tcp::table::Connections;
use order::Order;

/// Which connections have a row, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What comes first.
    pub order: Order,
    /// How many rows there are at most.
    pub top: usize,
    /// JSON instead of a table.
    pub as_json: bool,
}

/// Everything there is to print.
pub struct Report<'c> {
    /// The connections that have a row, in order.
    pub rows: Vec<&'c Connection>,
    /// How many more have none, because so many rows are enough.
    pub left_out: u64,
    /// What all connections come to.
    pub ledger: Ledger,
    /// How many were forgotten, and have no row for that reason.
    pub forgotten: u64,
}

/// Prints what is known of all connections.
pub struct Summary {
    rules: Rules,
    names: Names,
    times: (TimeFormat, bool),
    output: Output,
    out: Vec<u8>,
}

impl Summary {
    /// A summary on standard output; times are in this style.
    pub fn stdout(rules: Rules, style: &Style, names: Names) -> Result<Summary, Error> {
        let format = match style.time {
            absolute @ (TimeFormat::Epoch | TimeFormat::DateAndTime) => absolute,
            // Rows are in no order of time.
            _ => TimeFormat::TimeOfDay,
        };
        let times = (format, style.nanoseconds);
        Ok(Summary { rules, names, times, output: Output::stdout(Pace::Held)?, out: Vec::new() })
    }

    /// Prints what is known now.
    pub fn print(&mut self, connections: &Connections) -> Result<(), Error> {
        let Some(ledger) = connections.ledger() else { return Ok(()) };
        let (rows, left_out) = order::select(connections, self.rules.order, self.rules.top);
        let report = Report { rows, left_out, ledger, forgotten: connections.evicted() };
        if self.rules.as_json {
            json::write(&report, &mut self.out, &mut |out| self.output.offer(out))?;
        } else {
            let Summary { names, times, output, out, .. } = self;
            table::write(&report, *times, names, out, &mut |out| output.offer(out))?;
        }
        self.output.flush(&mut self.out)
    }

    /// Where it goes.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.output.descriptor()
    }
}
