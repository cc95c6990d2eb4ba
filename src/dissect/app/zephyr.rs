//! The Zephyr notification service of MIT's project Athena (DellaFera and others, 1988).

use crate::dissect::context::{Context, put_visible};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

/// Strings that tcpdump makes are cut here.
const MADE_LENGTH_MAX: usize = 255;

const SERVER_ACK: i32 = 5;
const KINDS: &[Name] = &[
    (0, "unsafe"),
    (1, "unacked"),
    (2, "acked"),
    (3, "hm-ack"),
    (4, "hm-ctl"),
    (SERVER_ACK as u32, "serv-ack"),
    (6, "serv-nak"),
    (7, "client-ack"),
    (8, "stat"),
];

const REALM_OPCODES: &[(&[u8], &str)] = &[
    (b"ADD_SUBSCRIBE", " realm add-subs"),
    (b"REQ_SUBSCRIBE", " realm req-subs"),
    (b"RLM_SUBSCRIBE", " realm rlm-sub"),
    (b"RLM_UNSUBSCRIBE", " realm rlm-unsub"),
];
const EXPOSURES: &[&[u8]] =
    &[b"NONE", b"OPSTAFF", b"REALM-VISIBLE", b"REALM-ANNOUNCED", b"NET-VISIBLE", b"NET-ANNOUNCED"];

/// The fields of a notice that tell what it is about.
struct Notice<'p> {
    version: &'p [u8],
    kind: i32,
    class: &'p [u8],
    instance: &'p [u8],
    opcode: &'p [u8],
    sender: &'p [u8],
    recipient: &'p [u8],
}

/// Prints a notice.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "zephyr";
    let mut rest = data;
    let Some(version) = take_field(&mut rest)? else { return cx.invalid() };
    let Some(version) = version.strip_prefix(b"ZEPH") else { return Ok(()) };
    let Some(notice) = take_notice(&mut rest, version)? else { return cx.invalid() };
    put!(cx, " zephyr");
    if !notice.version.starts_with(b"0.2") {
        put!(cx, " v");
        cx.escaped(notice.version);
        return Ok(());
    }
    match lookup(KINDS, notice.kind as u32) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, " type ", notice.kind),
    }
    if notice.kind == SERVER_ACK
        && let Some(text) = take_field(&mut rest)?
        && text != b"SENT"
    {
        put_lower(cx, "/", text);
    }
    if !notice.sender.is_empty() {
        put!(cx, " ");
        cx.escaped(notice.sender);
    }
    if !put_known(cx, &notice, &mut rest)? {
        put!(cx, " to ");
        put_triple(cx, notice.class, notice.instance, notice.recipient);
        if !notice.opcode.is_empty() {
            put!(cx, " op ");
            cx.escaped(notice.opcode);
        }
    }
    Ok(())
}

/// The octets up to a NUL, which is stepped over; nothing where there is none.
fn take_field<'p>(rest: &mut Cursor<'p>) -> Outcome<Option<&'p [u8]>> {
    let within = rest.limit(rest.length()).captured();
    let Some(length) = within.iter().position(|&octet| octet == 0) else {
        // What was not captured might hold it.
        let length = rest.length() as usize;
        rest.need(length)?;
        *rest = rest.skip(length);
        return Ok(None);
    };
    *rest = rest.skip(length + 1);
    Ok(within.get(..length))
}

fn take_notice<'p>(rest: &mut Cursor<'p>, version: &'p [u8]) -> Outcome<Option<Notice<'p>>> {
    let mut fields: [&[u8]; 16] = [b""; 16];
    for field in &mut fields {
        match take_field(rest)? {
            Some(octets) => *field = octets,
            None => return Ok(None),
        }
    }
    let [_, kind, _, _, _, _, _, class, instance, opcode, sender, recipient, ..] = fields;
    Ok(Some(Notice { version, kind: hexadecimal(kind), class, instance, opcode, sender, recipient }))
}

/// A number as C's `strtol` with base 16 reads it, cut to 32 bits.
fn hexadecimal(text: &[u8]) -> i32 {
    let blanks = text.iter().take_while(|octet| matches!(octet, b' ' | b'\t'..=b'\r')).count();
    let text = text.get(blanks..).unwrap_or_default();
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let text = match text {
        [b'0', b'x' | b'X', rest @ ..] if rest.first().is_some_and(u8::is_ascii_hexdigit) => rest,
        _ => text,
    };
    let mut value = 0i128;
    for digit in text.iter().map_while(|&octet| char::from(octet).to_digit(16)) {
        value = (value * 16 + i128::from(digit)).min(i128::from(u64::MAX));
    }
    let value = if negative { -value } else { value };
    value.clamp(i64::MIN.into(), i64::MAX.into()) as i32
}

/// Text in lower case behind `label`.
fn put_lower(cx: &mut Context, label: &str, text: &[u8]) {
    put!(cx, label);
    for octet in text.iter().take(MADE_LENGTH_MAX) {
        put_visible(octet.to_ascii_lowercase(), &mut cx.out);
    }
}

/// Whom a notice is for.
fn put_triple(cx: &mut Context, class: &[u8], instance: &[u8], recipient: &[u8]) {
    let recipient = if recipient.is_empty() { b"*" } else { recipient };
    let parts: [&[u8]; 7] = [b"<", class, b",", instance, b",", recipient, b">"];
    for &octet in parts.into_iter().flatten().take(MADE_LENGTH_MAX) {
        put_visible(octet, &mut cx.out);
    }
}

/// Notices of the service itself; `false` for those of its users.
fn put_known(cx: &mut Context, notice: &Notice, rest: &mut Cursor) -> Outcome<bool> {
    match (notice.class, notice.instance, notice.opcode) {
        (b"USER_LOCATE", _, b"USER_HIDE") => put!(cx, " hide"),
        (b"USER_LOCATE", _, b"USER_UNHIDE") => put!(cx, " unhide"),
        (b"USER_LOCATE", instance, _) => {
            put!(cx, " locate ");
            cx.escaped(instance);
        }
        (b"ZEPHYR_ADMIN", _, opcode) => put_lower(cx, " zephyr-admin ", opcode),
        (b"ZEPHYR_CTL", b"CLIENT", opcode) => put_client(cx, notice.kind, opcode, rest)?,
        (b"ZEPHYR_CTL", b"HM", opcode) => put_lower(cx, " ", opcode),
        (b"ZEPHYR_CTL", b"REALM", opcode) => {
            if let Some((_, text)) = REALM_OPCODES.iter().find(|(known, _)| *known == opcode) {
                put!(cx, text);
            }
        }
        (b"HM_CTL", instance, opcode) => {
            put_lower(cx, " hm_ctl ", instance);
            put_lower(cx, " ", opcode);
        }
        (b"HM_STAT", b"HMST_CLIENT", b"GIMMESTATS") => put!(cx, " get-client-stats"),
        (b"WG_CTL", instance, opcode) => {
            put_lower(cx, " wg_ctl ", instance);
            put_lower(cx, " ", opcode);
        }
        (b"LOGIN", _, b"USER_FLUSH") => put!(cx, " flush_locs"),
        (b"LOGIN", _, opcode) if EXPOSURES.contains(&opcode) => put_lower(cx, " set-exposure ", opcode),
        _ => return Ok(false),
    }
    Ok(true)
}

/// What a client wants of the server.
fn put_client(cx: &mut Context, kind: i32, opcode: &[u8], rest: &mut Cursor) -> Outcome {
    match opcode {
        b"SUBSCRIBE" => put!(cx, " sub"),
        b"SUBSCRIBE_NODEFS" => put!(cx, " unsub-nodefs"),
        b"UNSUBSCRIBE" => put!(cx, " unsub"),
        b"GIMME" => {
            put!(cx, " ret");
            return Ok(());
        }
        b"GIMMEDEFS" => {
            put!(cx, " gimme-defs");
            return Ok(());
        }
        b"CLEARSUB" => {
            put!(cx, " clear-subs");
            return Ok(());
        }
        _ => {
            put_lower(cx, " ", opcode);
            return Ok(());
        }
    }
    if kind != SERVER_ACK
        && let (Some(class), Some(instance), Some(recipient)) =
            (take_field(rest)?, take_field(rest)?, take_field(rest)?)
    {
        put!(cx, " ");
        put_triple(cx, class, instance, recipient);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(fields: &[&str]) -> String {
        let mut data = fields.join("\0").into_bytes();
        data.push(0);
        let mut cx = Context::new(Style::default(), Names::numeric());
        if print(&mut cx, Cursor::new(&data, data.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn what_a_notice_is_about_depends_on_its_class() {
        let notice = |kind, class, instance, opcode, more: &[&str]| {
            let fields = [
                "ZEPH0.2", "0x11", kind, "uid", "0x1", "0x0", "0x0", "", class, instance, opcode, "me", "", "fmt",
                "0x0", "0x0", "uid",
            ];
            text(&[&fields, more].concat())
        };
        assert_eq!(notice("0x2", "ZEPHYR_CTL", "CLIENT", "SUBSCRIBE", &["c", "i", ""]), " zephyr acked me sub <c,i,*>");
        assert_eq!(
            notice("0x5", "MESSAGE", "x", "PING", &["LOST"]),
            " zephyr serv-ack/lost me to <MESSAGE,x,*> op PING"
        );
        assert_eq!(notice("-1", "LOGIN", "x", "NONE", &[]), " zephyr type -1 me set-exposure none");
    }

    #[test]
    fn a_notice_without_all_its_fields_is_invalid() {
        assert_eq!((text(&["ZEPH0.2", "0x11"]), text(&["SMTP"])), (" (invalid)".into(), String::new()));
    }

    #[test]
    fn numbers_are_read_as_c_reads_them() {
        let numbers = [&b"0x1F"[..], b" -10", b"0x", b"xyz", b"ffffffffffffffffff", b"80000000"];
        assert_eq!(numbers.map(hexadecimal), [31, -16, 0, 0, -1, i32::MIN]);
    }
}
