//! Notifications of IKEv2 (RFC 7296 section 3.10, IANA "IKEv2 Notify Message Types").

use super::super::stop::Stop;
use super::ikev2::put_name;
use super::names::{NameOrNumber, PROTOCOLS};
use super::payload::{Payload, need, put_hex, put_some};
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::names_table::{Name, lookup};
use crate::put;

/// The payload is called as in version 1.
pub(super) const NAMED_AS: u8 = 11;

const COOKIE: u16 = 16390;
const NAMES: &[Name] = &[
    (1, "unsupported_critical_payload"),
    (4, "invalid_ike_spi"),
    (5, "invalid_major_version"),
    (7, "invalid_syntax"),
    (9, "invalid_message_id"),
    (11, "invalid_spi"),
    (14, "no_proposal_chosen"),
    (17, "invalid_ke_payload"),
    (24, "authentication_failed"),
    (34, "single_pair_required"),
    (35, "no_additional_sas"),
    (36, "internal_address_failure"),
    (37, "failed_cp_required"),
    (38, "ts_unacceptable"),
    (39, "invalid_selectors"),
    (40, "unacceptable_addresses"),
    (41, "unexpected_nat_detected"),
    (42, "use_assigned_hoa"),
    (43, "temporary_failure"),
    (44, "child_sa_not_found"),
    (45, "invalid_group_id"),
    (46, "authorization_failed"),
    (47, "state_not_found"),
    (16384, "initial_contact"),
    (16385, "set_window_size"),
    (16386, "additional_ts_possible"),
    (16387, "ipcomp_supported"),
    (16388, "nat_detection_source_ip"),
    (16389, "nat_detection_destination_ip"),
    (16390, "cookie"),
    (16391, "use_transport_mode"),
    (16392, "http_cert_lookup_supported"),
    (16393, "rekey_sa"),
    (16394, "tfc_padding_not_supported"),
    (16395, "non_first_fragment_also"),
    (16396, "mobike_supported"),
    (16397, "additional_ip4_address"),
    (16398, "additional_ip6_address"),
    (16399, "no_additional_addresses"),
    (16400, "update_sa_addresses"),
    (16401, "cookie2"),
    (16402, "no_nats_allowed"),
    (16403, "auth_lifetime"),
    (16404, "multiple_auth_supported"),
    (16405, "another_auth_follows"),
    (16406, "redirect_supported"),
    (16407, "redirect"),
    (16408, "redirected_from"),
    (16409, "ticket_lt_opaque"),
    (16410, "ticket_request"),
    (16411, "ticket_ack"),
    (16412, "ticket_nack"),
    (16413, "ticket_opaque"),
    (16414, "link_id"),
    (16415, "use_wesp_mode"),
    (16416, "rohc_supported"),
    (16417, "eap_only_authentication"),
    (16418, "childless_ikev2_supported"),
    (16419, "quick_crash_detection"),
    (16420, "ikev2_message_id_sync_supported"),
    (16421, "ipsec_replay_counter_sync_supported"),
    (16422, "ikev2_message_id_sync"),
    (16423, "ipsec_replay_counter_sync"),
    (16424, "secure_password_methods"),
    (16425, "psk_persist"),
    (16426, "psk_confirm"),
    (16427, "erx_supported"),
    (16428, "ifom_capability"),
    (16429, "sender_request_id"),
    (16430, "ikev2_fragmentation_supported"),
    (16431, "signature_hash_algorithms"),
    (16432, "clone_ike_sa_supported"),
    (16433, "clone_ike_sa"),
    (16434, "puzzle"),
    (16435, "use_ppk"),
    (16436, "ppk_identity"),
    (16437, "no_ppk_auth"),
    (16438, "intermediate_exchange_supported"),
    (16439, "ip4_allowed"),
    (16440, "ip6_allowed"),
    (16441, "additional_key_exchange"),
    (16442, "use_aggfrag"),
];
/// Those whose SPI is shown.
const WITH_SPI: &[u16] = &[4, 7, 9, 11, 14, 17, 24, 34, 16388, 16389, 16390, 16393];

/// Prints the payload.
pub(super) fn print(cx: &mut Context, message: &Cursor, payload: &Payload) -> Result<(), Stop> {
    let at = payload.at;
    need(message, at, 8)?;
    put_name(cx, message, payload, NAMED_AS)?;
    let (protocol, spi_length, kind) = (message.u8_at(at + 4)?, message.u8_at(at + 5)?, message.be16_at(at + 6)?);
    put!(cx, " prot_id=", NameOrNumber(PROTOCOLS, protocol.into()));
    let known = lookup(NAMES, kind);
    put!(cx, " type=", kind, "(", known.unwrap_or(kind_name(kind)), ")");
    let spi_length = usize::from(spi_length);
    if (known.is_none() || WITH_SPI.contains(&kind)) && spi_length > 0 {
        put!(cx, " spi=");
        put_hex(cx, message, at + 8, spi_length)?;
    }
    let data = at + 8 + spi_length;
    let length = message.captured().len().saturating_sub(data);
    if length > 0 && (cx.style.verbose > 3 || kind == COOKIE && length < 30) {
        put!(cx, " data=(");
        put_hex(cx, message, data, length)?;
        put!(cx, ")");
    } else if length > 0 && kind == COOKIE {
        put_some(cx, message, data);
    }
    Ok(())
}

/// What a type without a name is by its number.
fn kind_name(kind: u16) -> &'static str {
    match kind {
        ..8192 => "error",
        8192..16384 => "private-error",
        16384..40960 => "status",
        40960.. => "private-status",
    }
}
