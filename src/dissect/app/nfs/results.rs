//! The results of NFS calls.

use super::attributes::{self, put_after, put_before_and_after};
use super::calls::Procedure;
use super::names::*;
use super::reply::successful;
use super::request::put_write_mode;
use super::{VERSION_3, handle, put_file_name, put_procedure};
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::names_table::lookup;
use crate::dissect::put::{Hex, Hex0, Pad0};
use crate::put;

/// Prints the procedure's name and its results.
pub fn print(cx: &mut Context, message: Cursor, procedure: Procedure) -> Result<(), Stop> {
    let number = put_procedure(cx, procedure);
    if !matches!(number, GETATTR..=COMMIT) {
        return Ok(());
    }
    let Some(mut data) = successful(cx, &message)? else { return Ok(()) };
    let status = data.be32()?;
    if status != 0 {
        put!(cx, " ERROR: ");
        match lookup(STATUSES, status) {
            Some(text) => put!(cx, text),
            None => put!(cx, "unk ", status),
        }
    }
    let failed = status != 0;
    let outcome = match procedure.version {
        VERSION_3 => put_v3(cx, number, &mut data, failed),
        _ => put_v2(cx, number, &mut data, failed),
    };
    match outcome {
        // After an error there need be nothing else, so what is missing is not complained of.
        Err(Stop::Incomplete) if failed => Ok(()),
        outcome => outcome,
    }
}

/// Version 2 sends nothing with an error.
fn put_v2(cx: &mut Context, number: u32, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    if failed {
        return Ok(());
    }
    match number {
        GETATTR | SETATTR => attributes::put(cx, data, 1, false),
        READ | WRITE => attributes::put(cx, data, cx.style.verbose, false),
        LOOKUP | CREATE | MKDIR => {
            handle::put(cx, data, false)?;
            attributes::put(cx, data, cx.style.verbose, false)
        }
        READLINK => {
            put!(cx, " ");
            put_file_name(cx, data)
        }
        READDIR => {
            put!(cx, " offset 0x", Hex(data.be32_at(0)?), " size ", data.be32_at(4)?, " ");
            put!(cx, if data.be32_at(8)? != 0 { " eof" } else { "" });
            Ok(())
        }
        FSSTAT => {
            data.need(20).map_err(|_| Stop::Incomplete)?;
            put!(cx, " tsize ", data.be32()?, " bsize ", data.be32()?, " blocks ", data.be32()?);
            put!(cx, " bfree ", data.be32()?, " bavail ", data.be32()?);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn put_v3(cx: &mut Context, number: u32, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    match number {
        GETATTR if failed => Ok(()),
        GETATTR => attributes::put(cx, data, 1, true),
        SETATTR | REMOVE | RMDIR => put_before_and_after(cx, data),
        LOOKUP => put_lookup(cx, data, failed),
        CREATE | MKDIR | SYMLINK | MKNOD if failed => put_before_and_after(cx, data),
        CREATE | MKDIR | SYMLINK | MKNOD => put_created(cx, data),
        READLINK if failed => Ok(()),
        READLINK => {
            put_after(cx, data)?;
            put!(cx, " ");
            put_file_name(cx, data)
        }
        READ | ACCESS => put_read(cx, number, data, failed),
        WRITE | COMMIT => put_written(cx, number, data, failed),
        RENAME | LINK => put_renamed(cx, number, data),
        READDIR | READDIRPLUS => put_directory(cx, data, failed),
        _ => put_file_system(cx, number, data, failed),
    }
}

/// Prints a label at `-v`.
fn put_label(cx: &mut Context, label: &str) {
    if cx.style.verbose > 0 {
        put!(cx, label);
    }
}

fn put_lookup(cx: &mut Context, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    if !failed {
        handle::put(cx, data, true)?;
        put_after(cx, data)?;
    }
    if cx.style.verbose > 1 {
        put!(cx, " post dattr:");
        put_after(cx, data)?;
    }
    Ok(())
}

fn put_created(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    if data.be32()? == 0 {
        return Ok(());
    }
    handle::put(cx, data, true)?;
    if cx.style.verbose > 0 {
        put_after(cx, data)?;
    }
    if cx.style.verbose > 1 {
        put!(cx, " dir attr:");
        put_before_and_after(cx, data)?;
    }
    Ok(())
}

fn put_read(cx: &mut Context, number: u32, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    if number == ACCESS {
        put_label(cx, " attr:");
    }
    put_after(cx, data)?;
    if failed {
        return Ok(());
    }
    if number == ACCESS {
        put!(cx, " c ", Hex0(data.be32()?, 4));
    } else if cx.style.verbose > 0 {
        put!(cx, " ", data.be32()?, " bytes");
        put!(cx, if data.be32()? != 0 { " EOF" } else { "" });
    }
    Ok(())
}

fn put_written(cx: &mut Context, number: u32, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    put_before_and_after(cx, data)?;
    if number == WRITE {
        if failed || cx.style.verbose == 0 {
            return Ok(());
        }
        put!(cx, " ", data.be32()?, " bytes");
    }
    if cx.style.verbose > 1 {
        if number == WRITE {
            put_write_mode(cx, data.be32()?);
        }
        put!(cx, " verf ", Hex(data.be64()?));
    }
    Ok(())
}

fn put_renamed(cx: &mut Context, number: u32, data: &mut Cursor) -> Result<(), Stop> {
    if cx.style.verbose == 0 {
        return Ok(());
    }
    if number == RENAME {
        put!(cx, " from:");
        put_before_and_after(cx, data)?;
        put!(cx, " to:");
    } else {
        put!(cx, " file POST:");
        put_after(cx, data)?;
        put!(cx, " dir:");
    }
    put_before_and_after(cx, data)
}

fn put_directory(cx: &mut Context, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    put_label(cx, " POST:");
    put_after(cx, data)?;
    if !failed && cx.style.verbose > 0 {
        put!(cx, " verf ", Hex0(data.be64()?, 16));
    }
    Ok(())
}

fn put_file_system(cx: &mut Context, number: u32, data: &mut Cursor, failed: bool) -> Result<(), Stop> {
    put_label(cx, " POST:");
    put_after(cx, data)?;
    // tcpdump reads the statistics of a file system even after an error.
    if failed && number != FSSTAT {
        return Ok(());
    }
    let length = match number {
        FSSTAT => 52,
        FSINFO => 48,
        _ => 24,
    };
    data.need(length).map_err(|_| Stop::Incomplete)?;
    match number {
        FSSTAT => put_statistics(cx, data),
        FSINFO => put_limits(cx, data),
        _ => {
            put!(cx, " linkmax ", data.be32()?, " namemax ", data.be32()?);
            for name in ["notrunc", "chownres", "igncase", "keepcase"] {
                put!(cx, " ", if data.be32()? != 0 { name } else { "" });
            }
            Ok(())
        }
    }
}

fn put_statistics(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    put!(cx, " tbytes ", data.be64()?, " fbytes ", data.be64()?, " abytes ", data.be64()?);
    if cx.style.verbose > 0 {
        put!(cx, " tfiles ", data.be64()?, " ffiles ", data.be64()?, " afiles ", data.be64()?);
        put!(cx, " invar ", data.be32()?);
    }
    Ok(())
}

fn put_limits(cx: &mut Context, data: &Cursor) -> Result<(), Stop> {
    put!(cx, " rtmax ", data.be32_at(0)?, " rtpref ", data.be32_at(4)?);
    put!(cx, " wtmax ", data.be32_at(12)?, " wtpref ", data.be32_at(16)?, " dtpref ", data.be32_at(24)?);
    if cx.style.verbose > 0 {
        put!(cx, " rtmult ", data.be32_at(8)?, " wtmult ", data.be32_at(20)?);
        put!(cx, " maxfsz ", data.be64_at(28)?);
        put!(cx, " delta ", data.be32_at(36)?, ".", Pad0(data.be32_at(40)?, 6), " ");
    }
    Ok(())
}
