//! What an optical network offers its clients (OIF, UNI 1.0 section 9.4.2).

use super::links::put_identifier;
use super::names::{
    CONCATENATION_FLAGS, DIVERSITY_FLAGS, MONITORING_FLAGS, NETWORK_TRANSPARENCY_FLAGS, PORT_LINKS, SDH_SIGNALS,
    SIGNALING_FLAGS, SONET_SIGNALS, TRANSPARENCY_FLAGS,
};
use super::objects::{Object, Shown};
use crate::dissect::context::Context;
use crate::dissect::cursor::Outcome;
use crate::dissect::named::{flags, name_or};
use crate::put;

const SDH: u8 = 5;
const SONET: u8 = 6;

/// Prints the signaling protocols.
pub(super) fn put_signaling(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t Flags: ", flags(SIGNALING_FLAGS, object.value.u8_at(0)?, "none"));
    put!(cx, "\n\t  UNI Version: ", object.value.u8_at(1)?);
    Ok(Shown::Whole)
}

/// Prints what a client's port can do.
pub(super) fn put_port(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    let [link, signal, transparency, concatenation] = value.array_at(0)?;
    put!(cx, "\n\t Link Type: ", name_or(PORT_LINKS, link, "Unknown"), " (", link, ")");
    let signals = match link {
        SDH => Some(SDH_SIGNALS),
        SONET => Some(SONET_SIGNALS),
        _ => None,
    };
    if let Some(signals) = signals {
        put!(cx, "\n\t Signal Type: ", name_or(signals, signal, "Unknown"), " (", signal, ")");
    }
    put!(cx, "\n\t Transparency: ", flags(TRANSPARENCY_FLAGS, transparency, "none"));
    put!(cx, "\n\t Contiguous Concatenation Types: ", flags(CONCATENATION_FLAGS, concatenation, "none"));
    put!(cx, "\n\t Minimum NCC: ", value.be16_at(4)?);
    put!(cx, "\n\t Maximum NCC: ", value.be16_at(6)?);
    put!(cx, "\n\t Minimum NVC:", value.be16_at(8)?);
    put!(cx, "\n\t Maximum NVC:", value.be16_at(10)?);
    put_identifier(cx, "\n\t    Local Interface ID: ", 1, value, 12)?;
    Ok(Shown::Whole)
}

/// Prints which overheads pass through the network.
pub(super) fn put_transparency(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    let value = &object.value;
    put!(cx, "\n\t Transparency Flags: ", flags(NETWORK_TRANSPARENCY_FLAGS, value.be32_at(0)?, "none"));
    put!(cx, "\n\t TCM Monitoring Flags: ", flags(MONITORING_FLAGS, value.u8_at(7)?, "none"));
    Ok(Shown::Whole)
}

/// Prints how different paths can be.
pub(super) fn put_diversity(cx: &mut Context, object: &Object) -> Outcome<Shown> {
    put!(cx, "\n\t Diversity: Flags: ", flags(DIVERSITY_FLAGS, object.value.u8_at(3)?, "none"));
    Ok(Shown::Whole)
}
