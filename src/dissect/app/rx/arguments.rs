//! What calls and replies are made of.

use super::super::stop::Stop;
use super::acl;
use crate::dissect::address::Ipv4;
use crate::dissect::context::{Context, put_visible};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::local_time::LocalTime;
use crate::dissect::put::{Hex0, Octal};
use crate::put;

/// The longest name of a file or volume, of a user, a volume in its database, a principal, and of
/// what the overseer of servers keeps.
pub(super) const FILE_NAME_MAX: u32 = 256;
pub(super) const USER_NAME_MAX: u32 = 64;
pub(super) const VOLUME_NAME_MAX: u32 = 65;
pub(super) const PRINCIPAL_NAME_MAX: u32 = 64;
pub(super) const OVERSEER_NAME_MAX: u32 = 256;

/// Octets of a UUID, each of whose parts has a word.
const UUID_LENGTH: usize = 44;

/// One argument of a call, or one result, or a word that is printed in between.
pub(super) enum Argument {
    /// Words, with the blank in front.
    Text(&'static str),
    Signed,
    Unsigned,
    Unsigned64,
    /// Seconds since 1970.
    Date,
    /// A string of at most so many octets.
    String(u32),
    /// A string of so many octets, each in a word of its own.
    Characters(usize),
    /// A file's identifier.
    File,
    /// What of a file's status is to be stored.
    StoreStatus,
    AccessList,
    /// A version of a replicated database, or a transaction.
    Version,
    Uuid,
    /// A volume server.
    Server,
    /// The kind of a volume.
    VolumeType,
    /// The servers and the partitions where a volume is.
    Sites(Sites),
    /// Octets with their length in front, which are not printed.
    Opaque,
    /// Whether this is the synchronization site.
    SyncSite,
    /// So many octets that are not printed and need not be there.
    Skip(usize),
    /// One word that is not printed.
    Word,
    /// Arguments that are repeated, with their number in front and this text in between.
    List(&'static str, &'static [Argument]),
    /// What tells a callback's files from their callbacks, and these.
    Callbacks(&'static [Argument]),
}

/// How the entry of a volume names its servers.
#[derive(Clone, Copy)]
pub(super) struct Sites {
    /// How many the entry has room for.
    pub(super) room: usize,
    /// They are named by UUID, not by address.
    pub(super) by_uuid: bool,
    /// An unused word stands in front of them.
    pub(super) after_word: bool,
}

/// Takes and prints arguments.
pub(super) fn put_arguments(cx: &mut Context, body: &mut Cursor, arguments: &[Argument]) -> Result<(), Stop> {
    for argument in arguments {
        put_argument(cx, body, argument)?;
    }
    Ok(())
}

fn put_argument(cx: &mut Context, body: &mut Cursor, argument: &Argument) -> Result<(), Stop> {
    match argument {
        Argument::Text(text) => put!(cx, *text),
        Argument::Signed => put!(cx, " ", body.be32()? as i32),
        Argument::Unsigned => put!(cx, " ", body.be32()?),
        Argument::Unsigned64 => put!(cx, " ", body.be64()?),
        Argument::Date => put_date(cx, body)?,
        Argument::String(length_max) => put_string(cx, body, *length_max)?,
        Argument::Characters(count) => put_characters(cx, body, *count)?,
        Argument::File => put_triple(cx, body, " fid ", "/")?,
        Argument::Server => put_triple(cx, body, " server ", ":")?,
        Argument::StoreStatus => put_store_status(cx, body)?,
        Argument::AccessList => {
            let length = body.be32()? as usize;
            need(body, length)?;
            acl::print(cx, body.bytes(length)?);
        }
        Argument::Version => {
            need(body, 8)?;
            put!(cx, " ", body.be32()?, ".", body.be32()?);
        }
        Argument::Uuid => put_uuid(cx, body)?,
        Argument::VolumeType => put_volume_type(cx, body.be32()?),
        Argument::Sites(sites) => put_sites(cx, body, *sites)?,
        Argument::Opaque => {
            let length = body.be32()? as usize;
            need(body, length)?;
            *body = body.skip(length);
        }
        Argument::SyncSite => put!(cx, " syncsite ", if body.be32()? != 0 { "yes" } else { "no" }),
        Argument::Skip(count) => *body = body.skip(*count),
        Argument::Word => drop(body.be32()?),
        Argument::List(separator, arguments) => put_list(cx, body, separator, arguments)?,
        Argument::Callbacks(arguments) => {
            let count = body.be32()?;
            put!(cx, if count != 0 { ";" } else { "" });
            for _ in 0..count {
                put_arguments(cx, body, arguments)?;
            }
        }
    }
    Ok(())
}

/// Stops where so many octets are not all there, other than a read does: the packet goes on.
fn need(body: &Cursor, count: usize) -> Result<(), Stop> {
    if body.has(count) { Ok(()) } else { Err(Stop::Incomplete) }
}

fn put_date(cx: &mut Context, body: &mut Cursor) -> Outcome {
    put!(cx, " ", LocalTime(i64::from(body.be32()? as i32)));
    Ok(())
}

fn put_string(cx: &mut Context, body: &mut Cursor, length_max: u32) -> Result<(), Stop> {
    let length = body.be32()?;
    if length > length_max {
        return Err(Stop::Incomplete);
    }
    put!(cx, " \"");
    let length = length as usize;
    let captured = body.captured();
    cx.escaped(captured.get(..length).unwrap_or(captured));
    need(body, length)?;
    put!(cx, "\"");
    *body = body.skip(length.next_multiple_of(4));
    Ok(())
}

fn put_characters(cx: &mut Context, body: &mut Cursor, count: usize) -> Result<(), Stop> {
    need(body, count * 4)?;
    put!(cx, " \"");
    let words = body.bytes(count * 4)?.as_chunks::<4>().0;
    for &[.., character] in words.iter().take_while(|[.., character]| *character != 0) {
        put_visible(character, &mut cx.out);
    }
    put!(cx, "\"");
    Ok(())
}

fn put_triple(cx: &mut Context, body: &mut Cursor, name: &str, separator: &str) -> Result<(), Stop> {
    need(body, 12)?;
    put!(cx, name, body.be32()?, separator, body.be32()?, separator, body.be32()?);
    Ok(())
}

fn put_list(cx: &mut Context, body: &mut Cursor, separator: &str, arguments: &[Argument]) -> Result<(), Stop> {
    let count = body.be32()?;
    for number in 0..count {
        put_arguments(cx, body, arguments)?;
        if number + 1 < count {
            put!(cx, separator);
        }
    }
    if count == 0 {
        put!(cx, " <none!>");
    }
    Ok(())
}

fn put_store_status(cx: &mut Context, body: &mut Cursor) -> Result<(), Stop> {
    need(body, 24)?;
    let mask = body.be32()?;
    put!(cx, if mask != 0 { " StoreStatus" } else { "" });
    if mask & 1 != 0 {
        put!(cx, " date");
        put_date(cx, body)?;
    } else {
        *body = body.skip(4);
    }
    let (owner, group, mode, segment_size) = (body.be32()?, body.be32()?, body.be32()?, body.be32()?);
    if mask & 2 != 0 {
        put!(cx, " owner ", owner);
    }
    if mask & 4 != 0 {
        put!(cx, " group ", group);
    }
    if mask & 8 != 0 {
        put!(cx, " mode ", Octal(mode & 0o7777));
    }
    if mask & 16 != 0 {
        put!(cx, " segsize ", segment_size);
    }
    if mask & 1024 != 0 {
        put!(cx, " fsync");
    }
    Ok(())
}

fn put_uuid(cx: &mut Context, body: &mut Cursor) -> Result<(), Stop> {
    need(body, UUID_LENGTH)?;
    put!(cx, " ", Hex0(body.be32()?, 8), Hex0(body.be32()?, 4), Hex0(body.be32()?, 4));
    for _ in 0..8 {
        put!(cx, Hex0(body.be32()? as u8, 2));
    }
    Ok(())
}

fn put_volume_type(cx: &mut Context, kind: u32) {
    match kind {
        0 => put!(cx, " type read-write"),
        1 => put!(cx, " type read-only"),
        2 => put!(cx, " type backup"),
        _ => {}
    }
}

/// Servers and partitions, as many as there are, out of the room for them; flags follow that are not printed.
fn put_sites(cx: &mut Context, body: &mut Cursor, Sites { room, by_uuid, after_word }: Sites) -> Result<(), Stop> {
    if after_word {
        need(body, 4)?;
        *body = body.skip(4);
    }
    put!(cx, " numservers");
    let count = body.be32()? as usize;
    put!(cx, " ", count, " servers");
    for number in 0..room {
        let exists = number < count;
        if by_uuid && exists {
            put!(cx, " afsuuid");
            put_uuid(cx, body)?;
        } else if by_uuid {
            need(body, UUID_LENGTH)?;
            *body = body.skip(UUID_LENGTH);
        } else {
            need(body, 4)?;
            let address = Ipv4(body.array()?);
            if exists {
                put!(cx, " ", address);
            }
        }
    }
    if by_uuid {
        need(body, 4 * room)?;
        *body = body.skip(4 * room);
    }
    put!(cx, " partitions");
    for number in 0..room {
        match body.be32()? {
            _ if number >= count => {}
            partition @ 0..=26 => put!(cx, " ", char::from(b'a' + partition as u8)),
            partition => put!(cx, " ", partition),
        }
    }
    need(body, 4 * room)?;
    *body = body.skip(4 * room);
    Ok(())
}
