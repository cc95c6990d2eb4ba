//! PIM's Bootstrap and Candidate-RP-Advertisement (RFC 5059 section 4).

use super::Step;
use super::address::Reader;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::duration::Seconds;
use crate::dissect::put::Hex;
use crate::put;

/// Prints who is the bootstrap router, and the rendezvous points of each group.
pub(super) fn put(cx: &mut Context, mut body: Reader) -> Step {
    body.need_claimed(2)?;
    put!(cx, " tag=", Hex(body.data.be16()?));
    body.need_claimed(1)?;
    put!(cx, " hashmlen=", body.data.u8_at(0)?);
    // The octet behind the two must be there too.
    body.need_claimed(2)?;
    if !body.data.has(3) {
        return Err(Stop::Incomplete);
    }
    put!(cx, " BSRprio=", body.data.u8_at(1)?);
    body.data = body.data.skip(2);
    body.put_host(cx, " BSR=")?;
    let mut number = 0u32;
    while body.data.length() > 0 {
        put!(cx, " (group", number);
        put_group(cx, &mut body)?;
        put!(cx, ")");
        number += 1;
    }
    Ok(())
}

/// A group and those of its rendezvous points that are in this fragment.
fn put_group(cx: &mut Context, body: &mut Reader) -> Step {
    body.put_group(cx, ": ")?;
    body.need_claimed(1)?;
    put!(cx, " RPcnt=", body.data.u8_at(0)?);
    body.need_claimed(2)?;
    let count = body.data.u8_at(1)?;
    put!(cx, " FRPcnt=", count);
    body.need_claimed(4)?;
    body.data = body.data.skip(4);
    for number in 0..count {
        if body.data.length() == 0 {
            break;
        }
        put!(cx, " RP", number);
        body.put_host(cx, "=")?;
        body.need_claimed(2)?;
        put!(cx, ",holdtime=");
        put!(cx, Seconds(body.data.be16_at(0)?.into()));
        body.need_claimed(3)?;
        put!(cx, ",prio=", body.data.u8_at(2)?);
        body.need_claimed(4)?;
        body.data = body.data.skip(4);
    }
    Ok(())
}

/// Prints which groups a router would be the rendezvous point of.
pub(super) fn put_candidate(cx: &mut Context, mut body: Reader) -> Step {
    body.need_claimed(1)?;
    let prefixes = body.data.u8_at(0)?;
    put!(cx, " prefix-cnt=", prefixes);
    body.need_claimed(2)?;
    put!(cx, " prio=", body.data.u8_at(1)?);
    body.need_claimed(4)?;
    put!(cx, " holdtime=");
    put!(cx, Seconds(body.data.be16_at(2)?.into()));
    body.data = body.data.skip(4);
    body.put_host(cx, " RP=")?;
    for number in 0..prefixes {
        if body.data.length() == 0 {
            break;
        }
        put!(cx, " Group", number);
        body.put_group(cx, "=")?;
    }
    Ok(())
}
