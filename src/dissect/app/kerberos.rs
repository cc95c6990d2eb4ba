//! Kerberos: version 4 (Athena Technical Plan, section E.2.1), and of others which it is.

use super::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const KDC_REQUEST: u8 = 1 << 1;
const KDC_REPLY: u8 = 2 << 1;
const APPLICATION_REQUEST: u8 = 3 << 1;
const ERROR_REPLY: u8 = 5 << 1;
const TYPES: &[Name] = &[
    (KDC_REQUEST as u32, "KDC_REQUEST"),
    (KDC_REPLY as u32, "KDC_REPLY"),
    (APPLICATION_REQUEST as u32, "APPL_REQUEST"),
    (4 << 1, "APPL_REQUEST_MUTUAL"),
    (ERROR_REPLY as u32, "ERR_REPLY"),
    (6 << 1, "PRIVATE"),
    (7 << 1, "SAFE"),
    (8 << 1, "APPL_ERR"),
    (63 << 1, "DIE"),
];
/// In the octet of the type: numbers are in little-endian order.
const LITTLE_ENDIAN: u8 = 1;

const ERRORS: &[Name] = &[
    (0, "OK"),
    (1, "NAME_EXP"),
    (2, "SERVICE_EXP"),
    (3, "AUTH_EXP"),
    (4, "PKT_VER"),
    (5, "NAME_MAST_KEY_VER"),
    (6, "SERV_MAST_KEY_VER"),
    (7, "BYTE_ORDER"),
    (8, "PRINCIPAL_UNKNOWN"),
    (9, "PRINCIPAL_NOT_UNIQUE"),
    (10, "NULL_KEY"),
];

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "kerberos";
    put!(cx, cx.protocol);
    match message.u8_at(0)? {
        version @ 1..=3 => put!(cx, " v", version),
        4 => {
            put!(cx, " v4");
            return print_version_4(cx, message).or_else(|stop| stop.settle(cx));
        }
        // Not a version but the tag of ASN.1 that version 5 starts with.
        106 | 107 => put!(cx, " v5"),
        _ => {}
    }
    Ok(())
}

fn print_version_4(cx: &mut Context, message: Cursor) -> Result<(), Stop> {
    let octet = message.u8_at(1)?;
    let little_endian = octet & LITTLE_ENDIAN != 0;
    let number = |data: &Cursor| if little_endian { data.le16_at(0) } else { data.be16_at(0) };
    let kind = octet & !LITTLE_ENDIAN;
    put!(cx, " ", if little_endian { "le" } else { "be" }, " ");
    put_name_or_number(cx, TYPES, kind.into());
    put!(cx, ": ");
    let mut rest = message.skip(2);
    match kind {
        KDC_REQUEST => {
            put_principal(cx, &mut rest)?;
            rest = rest.skip(4);
            put!(cx, " ", u32::from(rest.u8()?) * 5, "min ");
            put_string(cx, &mut rest)?;
            put!(cx, ".");
            put_string(cx, &mut rest)?;
        }
        APPLICATION_REQUEST => {
            put!(cx, "v", rest.u8()?, " ");
            put_string(cx, &mut rest)?;
            put!(cx, " (", rest.u8()?, ")");
            put!(cx, " (", rest.u8()?, ")");
        }
        KDC_REPLY => {
            put_principal(cx, &mut rest)?;
            put!(cx, " (", number(&rest.skip(10))?, ")");
        }
        ERROR_REPLY => {
            put_principal(cx, &mut rest)?;
            let code = number(&rest.skip(4))?;
            put!(cx, " ");
            put_name_or_number(cx, ERRORS, code);
            put!(cx, " ");
            put_string(cx, &mut rest.skip(8))?;
        }
        _ => put!(cx, "(unknown)"),
    }
    Ok(())
}

fn put_name_or_number(cx: &mut Context, names: &[Name], value: u16) {
    match lookup(names, value) {
        Some(name) => put!(cx, name),
        None => put!(cx, "#", value),
    }
}

/// Takes a name, an instance and a realm.
fn put_principal(cx: &mut Context, rest: &mut Cursor) -> Result<(), Stop> {
    put_string(cx, rest)?;
    put!(cx, ".");
    put_string(cx, rest)?;
    put!(cx, "@");
    put_string(cx, rest)
}

/// Takes a string up to its NUL.
fn put_string(cx: &mut Context, rest: &mut Cursor) -> Result<(), Stop> {
    let length = cx.escaped_terminated(rest, usize::MAX).ok_or(Stop::Incomplete)?;
    *rest = rest.skip(length);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(message: &str) -> String {
        let message = octets(message);
        let mut cx = Context::new(Style::default(), Names::numeric());
        if print(&mut cx, Cursor::new(&message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn messages_of_version_4_are_decoded() {
        let principal = "6100 00 7200";
        assert_eq!(
            text(&format!("04 02 {principal} 00000000 02 7800 7900")),
            "kerberos v4 be KDC_REQUEST: a.@r 10min x.y"
        );
        assert_eq!(text("04 06 01 7200 02 03"), "kerberos v4 be APPL_REQUEST: v1 r (2) (3)");
        assert_eq!(
            text(&format!("04 05 {principal} 00000000000000000000 0201")),
            "kerberos v4 le KDC_REPLY: a.@r (258)"
        );
        assert_eq!(
            text(&format!("04 0a {principal} 00000000 0008 0000 6500")),
            "kerberos v4 be ERR_REPLY: a.@r PRINCIPAL_UNKNOWN e"
        );
        assert_eq!(text("04 0c"), "kerberos v4 be PRIVATE: (unknown)");
        assert_eq!(text("04 20"), "kerberos v4 be #32: (unknown)");
    }

    #[test]
    fn a_string_without_end_is_shown_as_far_as_it_goes() {
        assert_eq!(text("04 02 6162"), "kerberos v4 be KDC_REQUEST: ab [|kerberos]");
    }

    #[test]
    fn of_other_versions_only_the_number_is_shown() {
        assert_eq!(
            (text("6a81"), text("02"), text("05")),
            ("kerberos v5".into(), "kerberos v2".into(), "kerberos".into())
        );
    }
}
