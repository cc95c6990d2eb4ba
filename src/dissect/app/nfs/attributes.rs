//! A file's attributes: those it has, those it had before, and those it is to get.

use super::names::FILE_TYPES;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::dissect::put::{Hex, Octal, Pad0};
use crate::put;

/// Octets of the attributes in versions 2 and 3.
const LENGTH_V2: usize = 68;
const LENGTH_V3: usize = 84;
/// Octets of the attributes before an operation: size and two times.
const BEFORE_LENGTH: usize = 24;
/// A time that the client sets; other values say that it does not, or that the server does.
const CLIENT_TIME: u32 = 2;

/// Seconds, and what each version adds to them.
fn put_time(cx: &mut Context, data: &Cursor, at: usize) -> Outcome {
    put!(cx, " ", data.be32_at(at)?, ".", Pad0(data.be32_at(at + 4)?, 6));
    Ok(())
}

/// Takes a file's attributes from the front; more of them are printed the more verbose it is.
pub fn put(cx: &mut Context, data: &mut Cursor, verbose: u8, v3: bool) -> Result<(), Stop> {
    let file = *data;
    *data = data.skip(if v3 { LENGTH_V3 } else { LENGTH_V2 });
    file.need(20).map_err(|_| Stop::Incomplete)?;
    if verbose > 0 {
        let kind = file.be32_at(0)?;
        match lookup(FILE_TYPES, kind) {
            Some(name) => put!(cx, " ", name),
            None => put!(cx, " unk-ft ", kind, " "),
        }
        put!(cx, " ", Octal(file.be32_at(4)?));
        // Signed, since -2 is the traditional user "nobody".
        put!(cx, " ids ", file.be32_at(12)? as i32, "/", file.be32_at(16)? as i32);
        match v3 {
            true => put!(cx, " sz ", file.be64_at(20)?),
            false => put!(cx, " sz ", file.be32_at(20)?),
        }
    }
    if verbose > 1 {
        file.need(if v3 { LENGTH_V3 } else { LENGTH_V2 }).map_err(|_| Stop::Incomplete)?;
        put!(cx, " nlink ", file.be32_at(8)?);
        if v3 { put_rest_v3(cx, &file)? } else { put_rest_v2(cx, &file)? }
    }
    Ok(())
}

fn put_rest_v2(cx: &mut Context, file: &Cursor) -> Outcome {
    put!(cx, " rdev 0x", Hex(file.be32_at(28)?));
    put!(cx, " fsid 0x", Hex(file.be32_at(36)?), " nodeid 0x", Hex(file.be32_at(40)?));
    put_times(cx, &file.skip(44))
}

fn put_rest_v3(cx: &mut Context, file: &Cursor) -> Outcome {
    put!(cx, " rdev ", file.be32_at(36)?, "/", file.be32_at(40)?);
    put!(cx, " fsid ", Hex(file.be64_at(44)?), " fileid ", Hex(file.be64_at(52)?));
    put_times(cx, &file.skip(60))
}

/// When the file was read, written and changed.
fn put_times(cx: &mut Context, times: &Cursor) -> Outcome {
    put!(cx, " a/m/ctime");
    for at in [0, 8, 16] {
        put_time(cx, times, at)?;
    }
    Ok(())
}

/// Takes the attributes that version 3 may send with any reply; `-v` prints them.
pub fn put_after(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    let verbose = cx.style.verbose;
    if data.be32()? == 0 {
        return Ok(());
    }
    if verbose > 0 {
        return put(cx, data, verbose, true);
    }
    *data = data.skip(LENGTH_V3);
    Ok(())
}

/// Takes a file's attributes before and after an operation (RFC 1813 section 2.6, `wcc_data`).
pub fn put_before_and_after(cx: &mut Context, data: &mut Cursor) -> Result<(), Stop> {
    let verbose = cx.style.verbose;
    if verbose > 1 {
        put!(cx, " PRE:");
    }
    if data.be32()? != 0 {
        let before = *data;
        data.bytes(BEFORE_LENGTH).map_err(|_| Stop::Incomplete)?;
        if verbose > 1 {
            put!(cx, " sz ", before.be64_at(0)?, " mtime");
            put_time(cx, &before, 8)?;
            put!(cx, " ctime");
            put_time(cx, &before, 16)?;
        }
    }
    if verbose > 0 {
        put!(cx, " POST:");
    }
    put_after(cx, data)
}

/// Attributes that a call asks for (RFC 1813 section 2.6, `sattr3`).
#[derive(Default)]
pub struct NewAttributes {
    mode: Option<u32>,
    user: Option<u32>,
    group: Option<u32>,
    access_time: Option<(u32, u32)>,
    modification_time: Option<(u32, u32)>,
}

impl NewAttributes {
    /// Takes the attributes from the front. tcpdump takes the size for one word, where it has two.
    pub fn read(data: &mut Cursor) -> Outcome<Self> {
        let mut attributes = NewAttributes {
            mode: read_optional(data)?,
            user: read_optional(data)?,
            group: read_optional(data)?,
            ..NewAttributes::default()
        };
        let _size = read_optional(data)?;
        attributes.access_time = read_optional_time(data)?;
        attributes.modification_time = read_optional_time(data)?;
        Ok(attributes)
    }

    /// Prints the attributes at `-v`, and the times at `-vv`.
    pub fn put(&self, cx: &mut Context) {
        if cx.style.verbose == 0 {
            return;
        }
        if let Some(mode) = self.mode {
            put!(cx, " mode ", Octal(mode));
        }
        if let Some(user) = self.user {
            put!(cx, " uid ", user);
        }
        if let Some(group) = self.group {
            put!(cx, " gid ", group);
        }
        if cx.style.verbose > 1 {
            for (name, time) in [(" atime ", self.access_time), (" mtime ", self.modification_time)] {
                if let Some((seconds, fraction)) = time {
                    put!(cx, name, seconds, ".", Pad0(fraction, 6));
                }
            }
        }
    }
}

fn read_optional(data: &mut Cursor) -> Outcome<Option<u32>> {
    if data.be32()? == 0 { Ok(None) } else { data.be32().map(Some) }
}

fn read_optional_time(data: &mut Cursor) -> Outcome<Option<(u32, u32)>> {
    if data.be32()? == CLIENT_TIME { Ok(Some((data.be32()?, data.be32()?))) } else { Ok(None) }
}
