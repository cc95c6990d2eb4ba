//! PIM's Join/Prune, and Graft and Graft-Ack, which look the same (RFC 7761 section 4.9.5).

use super::Step;
use super::address::Reader;
use crate::dissect::context::Context;
use crate::dissect::duration::Seconds;
use crate::put;

/// A hold time that does not end.
const FOREVER: u16 = 0xffff;

/// Prints the groups with their sources, behind the neighbour and the hold time if the message has them.
pub(super) fn put(cx: &mut Context, mut body: Reader, has_neighbor: bool) -> Step {
    if has_neighbor {
        body.put_host(cx, ", upstream-neighbor: ")?;
    }
    body.need(4)?;
    let (groups, hold_time) = (body.data.u8_at(1)?, body.data.be16_at(2)?);
    body.data = body.data.skip(4);
    put!(cx, "\n\t  ", groups, " group(s)");
    match hold_time {
        _ if !has_neighbor => {}
        FOREVER => put!(cx, ", holdtime: infinite"),
        seconds => put!(cx, ", holdtime: ", Seconds(seconds.into())),
    }
    for number in 1..=groups {
        put!(cx, "\n\t    group #", number);
        body.put_group(cx, ": ")?;
        body.need(4)?;
        let (joined, pruned) = (body.data.be16()?, body.data.be16()?);
        put!(cx, ", joined sources: ", joined, ", pruned sources: ", pruned);
        put_sources(cx, &mut body, "joined", joined)?;
        put_sources(cx, &mut body, "pruned", pruned)?;
    }
    Ok(())
}

fn put_sources(cx: &mut Context, body: &mut Reader, what: &str, count: u16) -> Step {
    for number in 1..=count {
        put!(cx, "\n\t      ", what, " source #", number);
        body.put_source(cx, ": ")?;
    }
    Ok(())
}
