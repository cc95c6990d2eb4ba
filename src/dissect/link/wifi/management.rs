//! Management frames (IEEE 802.11-2020 section 9.3.3): their names and bodies.

use super::codes::{reason, status};
use super::elements::Elements;
use super::frame_control::FrameControl;
use super::{put_encryption, put_station};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex;
use crate::put;

const ASSOCIATION_REQUEST: u8 = 0x0;
const ASSOCIATION_RESPONSE: u8 = 0x1;
const REASSOCIATION_REQUEST: u8 = 0x2;
const REASSOCIATION_RESPONSE: u8 = 0x3;
const PROBE_REQUEST: u8 = 0x4;
const PROBE_RESPONSE: u8 = 0x5;
const BEACON: u8 = 0x8;
const DISASSOCIATION: u8 = 0xa;
const AUTHENTICATION: u8 = 0xb;
const DEAUTHENTICATION: u8 = 0xc;
const ACTION: u8 = 0xd;
const NAMES: &[Name] = &[
    (ASSOCIATION_REQUEST as u32, "Assoc Request"),
    (ASSOCIATION_RESPONSE as u32, "Assoc Response"),
    (REASSOCIATION_REQUEST as u32, "ReAssoc Request"),
    (REASSOCIATION_RESPONSE as u32, "ReAssoc Response"),
    (PROBE_REQUEST as u32, "Probe Request"),
    (PROBE_RESPONSE as u32, "Probe Response"),
    (BEACON as u32, "Beacon"),
    (0x9, "ATIM"),
    (DISASSOCIATION as u32, "Disassociation"),
    (AUTHENTICATION as u32, "Authentication"),
    (DEAUTHENTICATION as u32, "DeAuthentication"),
    (ACTION as u32, "Action"),
];

/// Capability information: an access point is there; bodies are encrypted.
const ESS: u16 = 0x0001;
const PRIVACY: u16 = 0x0010;

const SHARED_KEY: u16 = 1;
const ALGORITHMS: &[Name] = &[(0, "Open System"), (SHARED_KEY as u32, "Shared Key"), (2, "EAP")];

/// Where the frame says who sent it.
const SOURCE: usize = 10;

/// Categories of actions (section 9.4.1.11), and the actions of those whose actions are named.
const CATEGORIES: &[Name] = &[
    (0, "Spectrum Management"),
    (1, "QoS"),
    (2, "DLS"),
    (3, "BA"),
    (7, "HT"),
    (13, "MeshAction"),
    (14, "MultihopAction"),
    (15, "SelfprotectAction"),
    (127, "Vendor"),
];
const BLOCK_ACK_ACTIONS: &[Name] = &[(0, "ADDBA Request"), (1, "ADDBA Response"), (2, "DELBA")];
const HIGH_THROUGHPUT_ACTIONS: &[Name] = &[(0, "TxChWidth"), (1, "MIMOPwrSave")];
const MESH_ACTIONS: &[Name] = &[
    (0, "MeshLink"),
    (1, "HWMP"),
    (2, "Gate Announcement"),
    (3, "Congestion Control"),
    (4, "MCCA Setup Request"),
    (5, "MCCA Setup Reply"),
    (6, "MCCA Advertisement Request"),
    (7, "MCCA Advertisement"),
    (8, "MCCA Teardown"),
    (9, "TBTT Adjustment Request"),
    (10, "TBTT Adjustment Response"),
];
const MULTIHOP_ACTIONS: &[Name] = &[(0, "Proxy Update"), (1, "Proxy Update Confirmation")];
const SELF_PROTECTED_ACTIONS: &[Name] = &[
    (1, "Peering Open"),
    (2, "Peering Confirm"),
    (3, "Peering Close"),
    (4, "Group Key Inform"),
    (5, "Group Key Acknowledge"),
];

/// Prints the frame's name and body.
pub fn print(cx: &mut Context, control: FrameControl, frame: &Cursor, body: &Cursor) -> Outcome {
    let subtype = control.subtype();
    match lookup(NAMES, subtype) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Unhandled Management subtype(", Hex(subtype), ")"),
    }
    if control.protected() {
        return put_encryption(cx, body);
    }
    match subtype {
        ASSOCIATION_REQUEST => association_request(cx, body),
        ASSOCIATION_RESPONSE | REASSOCIATION_RESPONSE => association_response(cx, body),
        REASSOCIATION_REQUEST => reassociation_request(cx, body),
        PROBE_REQUEST => {
            let elements = Elements::read(*body);
            elements.put_ssid(cx);
            elements.put_rates(cx);
            elements.complete
        }
        PROBE_RESPONSE | BEACON => network(cx, subtype == BEACON, body),
        DISASSOCIATION => {
            put!(cx, ": ", reason(body.le16_at(0)?));
            Ok(())
        }
        AUTHENTICATION => authentication(cx, body),
        DEAUTHENTICATION => {
            let code = body.le16_at(0)?;
            put_sender(cx, frame)?;
            put!(cx, ": ", reason(code));
            Ok(())
        }
        ACTION => action(cx, frame, body),
        _ => Ok(()),
    }
}

/// A beacon or the answer to a probe: time stamp, interval and capabilities, then elements.
fn network(cx: &mut Context, beacon: bool, body: &Cursor) -> Outcome {
    let capabilities = body.le16_at(10)?;
    let elements = Elements::read(body.skip(12));
    elements.put_ssid(cx);
    elements.put_rates(cx);
    if beacon {
        put!(cx, if capabilities & ESS != 0 { " ESS" } else { " IBSS" });
    }
    elements.put_channel(cx);
    put!(cx, if capabilities & PRIVACY != 0 { ", PRIVACY" } else { "" });
    elements.put_mesh_id(cx);
    elements.complete
}

fn association_request(cx: &mut Context, body: &Cursor) -> Outcome {
    body.need(4)?;
    let elements = Elements::read(body.skip(4));
    elements.put_ssid(cx);
    elements.put_rates(cx);
    elements.complete
}

/// The answer to a request for association or reassociation.
fn association_response(cx: &mut Context, body: &Cursor) -> Outcome {
    let (capabilities, code, identifier) = (body.le16_at(0)?, body.le16_at(2)?, body.le16_at(4)?);
    put!(cx, " AID(", Hex(identifier & 0x3fff), ") :");
    put!(cx, if capabilities & PRIVACY != 0 { " PRIVACY " } else { "" }, ": ", status(code));
    Elements::read(body.skip(6)).complete
}

fn reassociation_request(cx: &mut Context, body: &Cursor) -> Outcome {
    body.need(10)?;
    let elements = Elements::read(body.skip(10));
    elements.put_ssid(cx);
    put_station(cx, " AP : ", body, 4)?;
    elements.complete
}

/// One step of an authentication. The code counts in the answers only.
fn authentication(cx: &mut Context, body: &Cursor) -> Outcome {
    let (algorithm, step, code) = (body.le16_at(0)?, body.le16_at(2)?, body.le16_at(4)?);
    put!(cx, " (", lookup(ALGORITHMS, algorithm).unwrap_or("Reserved"), ")-", Hex(step));
    let challenge = algorithm == SHARED_KEY && matches!(step, 2 | 3);
    put!(cx, if challenge { " [Challenge Text] " } else { ": " });
    put!(cx, if step % 2 == 1 { status(code) } else { "" });
    Elements::read(body.skip(6)).complete
}

fn action(cx: &mut Context, frame: &Cursor, body: &Cursor) -> Outcome {
    let (category, action) = (body.u8_at(0)?, body.u8_at(1)?);
    put_sender(cx, frame)?;
    match lookup(CATEGORIES, category) {
        Some(name) => put!(cx, ": ", name, " "),
        None => put!(cx, ": Reserved(", category, ") "),
    }
    let actions = match category {
        3 => BLOCK_ACK_ACTIONS,
        7 => HIGH_THROUGHPUT_ACTIONS,
        13 => MESH_ACTIONS,
        14 => MULTIHOP_ACTIONS,
        15 => SELF_PROTECTED_ACTIONS,
        _ => &[],
    };
    match lookup(actions, action) {
        Some(name) => put!(cx, name),
        None => put!(cx, "Act#", action),
    }
    Ok(())
}

/// Who sent the frame, unless `-e` said it already.
fn put_sender(cx: &mut Context, frame: &Cursor) -> Outcome {
    if !cx.style.link_header {
        put_station(cx, " (", frame, SOURCE)?;
        put!(cx, ")");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    /// A frame from 00:11:22:33:44:55 to all.
    fn frame(subtype: &str, body: &str) -> String {
        text(0, LinkType::IEEE802_11, &[subtype, "0000 ffffffffffff 001122334455 001122334455 0000", body].concat())
    }

    #[test]
    fn what_was_read_of_a_cut_list_of_elements_is_printed() {
        let fixed = "0000000000000000 6400 1100";
        assert_eq!(
            frame("8000", &[fixed, "0003410a42 010882848b960c121824 030106 7203414243 0501"].concat()),
            "Beacon (A^JB) [1.0* 2.0* 5.5* 11.0* 6.0 9.0 12.0 18.0 Mbit] ESS CH: 6, PRIVACY (MESHID: ABC) [|802.11]"
        );
    }

    #[test]
    fn the_first_element_of_a_kind_counts_and_empty_rates_do_not() {
        assert_eq!(frame("4000", "0003616263 0100 000178 010102"), "Probe Request (abc) [1.0 Mbit]");
    }

    #[test]
    fn codes_are_explained_where_they_count() {
        assert_eq!(frame("b000", "0100 0200 0d00"), "Authentication (Shared Key)-2 [Challenge Text] ");
        assert_eq!(
            frame("b000", "0000 0100 0f00"),
            "Authentication (Open System)-1: Authentication rejected because of challenge failure"
        );
        assert_eq!(frame("a000", "ffff"), "Disassociation: Reserved");
    }

    #[test]
    fn actions_are_named_by_their_category() {
        assert_eq!(frame("d000", "0302"), "Action (00:11:22:33:44:55): BA DELBA");
        assert_eq!(frame("d000", "0902"), "Action (00:11:22:33:44:55): Reserved(9) Act#2");
    }
}
