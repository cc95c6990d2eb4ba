//! What an NFS server answers: whether it does at all, and then the results.

use super::{padded, results};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::IpHeader;
use crate::put;

const STATUS_AT: usize = 8;
const ACCEPTED: u32 = 0;
const DENIED: u32 = 1;

/// Where a denial says why.
const REJECTION_AT: usize = 12;
const VERSION_MISMATCH: u32 = 0;
const AUTHENTICATION_ERROR: u32 = 1;
const AUTHENTICATION_STATUSES: &[Name] = &[
    (0, "OK"),
    (1, "Bogus Credentials (seal broken)"),
    (2, "Rejected Credentials (client should begin new session)"),
    (3, "Bogus Verifier (seal broken)"),
    (4, "Verifier expired or was replayed"),
    (5, "Credentials are too weak"),
    (6, "Bogus response verifier"),
    (7, "Unknown failure"),
];

/// Where an accepted reply has the server's verifier.
const VERIFIER_AT: usize = 12;
const SUCCESS: u32 = 0;
const ACCEPT_STATUSES: &[Name] =
    &[(1, "PROG_UNAVAIL"), (2, "PROG_MISMATCH"), (3, "PROC_UNAVAIL"), (4, "GARBAGE_ARGS"), (5, "SYSTEM_ERR")];

/// Prints a reply, with its results if its call was seen.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Result<(), Stop> {
    let length = message.length();
    match message.be32_at(STATUS_AT).map_err(|_| Stop::Incomplete)? {
        ACCEPTED => {
            put!(cx, "reply ok ", length);
            match cx.nfs_calls.find(message.be32_at(0)?, ip) {
                Some(procedure) => results::print(cx, message, procedure),
                None => Ok(()),
            }
        }
        DENIED => {
            put!(cx, "reply ERR ", length, ": ");
            put_denial(cx, &message.skip(REJECTION_AT)).map_err(|_| Stop::Incomplete)
        }
        status => {
            put!(cx, "reply Unknown rpc response code=", status, " ", length);
            Ok(())
        }
    }
}

fn put_denial(cx: &mut Context, rejection: &Cursor) -> Outcome {
    match rejection.be32_at(0)? {
        VERSION_MISMATCH => {
            let (low, high) = (rejection.be32_at(4)?, rejection.be32_at(8)?);
            put!(cx, "RPC Version mismatch (", low, "-", high, ")");
        }
        AUTHENTICATION_ERROR => {
            let status = rejection.be32_at(4)?;
            put!(cx, "Auth ");
            match lookup(AUTHENTICATION_STATUSES, status) {
                Some(text) => put!(cx, text),
                None => put!(cx, "Invalid failure code ", status),
            }
        }
        reason => put!(cx, "Unknown reason for rejecting rpc message ", reason),
    }
    Ok(())
}

/// The results of a call that succeeded; nothing if it did not, which is then said.
pub fn successful<'p>(cx: &mut Context, message: &Cursor<'p>) -> Result<Option<Cursor<'p>>, Stop> {
    let verifier = message.skip(VERIFIER_AT);
    let verifier_length = verifier.be32_at(4)?;
    if verifier_length >= message.length() {
        return Err(Stop::Incomplete);
    }
    let mut data = verifier.skip(8 + padded(verifier_length));
    let status = data.be32()?;
    if status == SUCCESS {
        return Ok(Some(data));
    }
    match lookup(ACCEPT_STATUSES, status) {
        Some(text) => put!(cx, " ", text),
        None => put!(cx, " ar_stat ", status),
    }
    Ok(None)
}
