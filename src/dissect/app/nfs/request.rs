//! What a client asks an NFS server.

use super::attributes::NewAttributes;
use super::calls::Procedure;
use super::names::*;
use super::{VERSION_3, handle, padded, put_file_name, put_procedure};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::names_table::{lookup, put_bits};
use crate::dissect::net::IpHeader;
use crate::dissect::put::Hex0;
use crate::put;

const VERSION_AT: usize = 16;
const PROCEDURE_AT: usize = 20;
const CREDENTIALS_AT: usize = 24;

/// All rights that version 3 knows.
const ACCESS_FULL: u32 = 0x3f;

/// Prints a call, and remembers it for its reply.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Result<(), Stop> {
    put!(cx, message.length());
    let number = message.be32_at(PROCEDURE_AT).map_err(|_| Stop::Incomplete)?;
    let procedure = Procedure { number, version: message.be32_at(VERSION_AT)? };
    cx.nfs_calls.enter(message.be32_at(0)?, ip, procedure);
    let v3 = procedure.version == VERSION_3;
    let number = put_procedure(cx, procedure);
    if !matches!(number, GETATTR..=COMMIT) {
        return Ok(());
    }
    let mut data = arguments(cx, &message)?;
    handle::put(cx, &mut data, v3)?;
    match number {
        LOOKUP | CREATE | MKDIR | REMOVE | RMDIR => put_name_behind(cx, &mut data),
        SYMLINK | MKNOD | RENAME => {
            put_name_behind(cx, &mut data)?;
            put_second_name(cx, number, &mut data, v3)
        }
        LINK => {
            put!(cx, " ->");
            handle::put(cx, &mut data, v3)?;
            put_name_behind(cx, &mut data)
        }
        ACCESS => {
            put_access(cx, data.be32()?);
            Ok(())
        }
        READ | WRITE | READDIR | READDIRPLUS | COMMIT => put_range(cx, number, &data, v3),
        _ => Ok(()),
    }
}

/// The procedure's arguments, behind the caller's credentials and their verifier.
fn arguments<'p>(cx: &mut Context, message: &Cursor<'p>) -> Result<Cursor<'p>, Stop> {
    let mut data = message.skip(CREDENTIALS_AT);
    // The length is the whole message's, as tcpdump counts it.
    let mut length = message.length();
    for (field, may_be_last) in [("credentials", true), ("verifier", false)] {
        if length < 8 {
            return Err(Stop::Incomplete);
        }
        let count = data.be32_at(4)?;
        if count > length {
            put!(cx, " [", field, " length ", count, " > ", length, "]");
            cx.invalid()?;
            return Err(Stop::Incomplete);
        }
        let count = 8 + padded(count);
        data.need(count).map_err(|_| Stop::Incomplete)?;
        let left = (length as usize).checked_sub(count).ok_or(Stop::Incomplete)?;
        if left == 0 && !may_be_last {
            return Err(Stop::Incomplete);
        }
        data = data.skip(count);
        length = left as u32;
    }
    Ok(data)
}

fn put_name_behind(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    put!(cx, " ");
    put_file_name(cx, data)
}

/// Where a link points, what a special file is, how a file is to be called.
fn put_second_name(cx: &mut Context, number: u32, data: &mut Cursor, v3: bool) -> Result<(), Stop> {
    match number {
        SYMLINK => {
            put!(cx, " ->");
            let attributes = if v3 { Some(NewAttributes::read(data)?) } else { None };
            put_file_name(cx, data)?;
            if let Some(attributes) = attributes {
                attributes.put(cx);
            }
        }
        MKNOD => {
            let kind = data.be32()?;
            let attributes = NewAttributes::read(data)?;
            match lookup(FILE_TYPES, kind) {
                Some(name) => put!(cx, " ", name),
                None => put!(cx, " unk-ft ", kind),
            }
            if cx.style.verbose > 0 && matches!(kind, CHARACTER_DEVICE | BLOCK_DEVICE) {
                put!(cx, " ", data.be32_at(0)?, "/", data.be32_at(4)?);
            }
            attributes.put(cx);
        }
        _ => {
            put!(cx, " ->");
            handle::put(cx, data, v3)?;
            put_name_behind(cx, data)?;
        }
    }
    Ok(())
}

fn put_access(cx: &mut Context, rights: u32) {
    match rights {
        0 => {}
        ACCESS_FULL => put!(cx, " NFS_ACCESS_FULL"),
        _ if rights & !ACCESS_FULL != 0 => put!(cx, " ", Hex0(rights, 4)),
        _ => {
            put!(cx, " ");
            put_bits(&mut cx.out, ACCESS_RIGHTS, rights, "|", "");
        }
    }
}

/// Which part of a file or directory is meant.
fn put_range(cx: &mut Context, number: u32, data: &Cursor, v3: bool) -> Result<(), Stop> {
    match number {
        READ if v3 => put!(cx, " ", data.be32_at(8)?, " bytes @ ", data.be64_at(0)?),
        READ => put!(cx, " ", data.be32_at(4)?, " bytes @ ", data.be32_at(0)?),
        WRITE if v3 => {
            put!(cx, " ", data.be32_at(16)?, " (", data.be32_at(8)?, ") bytes @ ", data.be64_at(0)?);
            if cx.style.verbose > 0 {
                put_write_mode(cx, data.be32_at(12)?);
            }
        }
        WRITE => {
            put!(cx, " ", data.be32_at(12)?, " (", data.be32_at(8)?, ") bytes @ ");
            put!(cx, data.be32_at(4)?, " (", data.be32_at(0)?, ")");
        }
        READDIR if !v3 => put!(cx, " ", data.be32_at(4)?, " bytes @ ", data.be32_at(0)?),
        READDIR | READDIRPLUS => {
            put!(cx, " ", data.be32_at(16)?, " bytes @ ", data.be64_at(0)? as i64);
            if cx.style.verbose > 0 {
                if number == READDIRPLUS {
                    put!(cx, " max ", data.be32_at(20)?);
                }
                put!(cx, " verf ", Hex0(data.be64_at(8)?, 16));
            }
        }
        _ => put!(cx, " ", data.be32_at(8)?, " bytes @ ", data.be64_at(0)?),
    }
    Ok(())
}

/// Whether written data must reach the disk at once.
pub fn put_write_mode(cx: &mut Context, mode: u32) {
    match lookup(WRITE_MODES, mode) {
        Some(name) => put!(cx, " <", name, ">"),
        None => put!(cx, " <#", mode as i32, ">"),
    }
}
