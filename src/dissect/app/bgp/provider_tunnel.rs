//! The tunnel of a provider's multicast service (RFC 6514 section 5).

use super::{need_within, put_undecoded};
use crate::dissect::address::IpAddress;
use crate::dissect::app::stop::Stop;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

const RSVP_P2MP: u8 = 1;
const LDP_P2MP: u8 = 2;
const PIM_SSM: u8 = 3;
const PIM_SM: u8 = 4;
const PIM_BIDIRECTIONAL: u8 = 5;
const INGRESS_REPLICATION: u8 = 6;
const LDP_MP2MP: u8 = 7;
const TUNNELS: &[Name] = &[
    (RSVP_P2MP as u32, "RSVP-TE P2MP LSP"),
    (LDP_P2MP as u32, "LDP P2MP LSP"),
    (PIM_SSM as u32, "PIM-SSM Tree"),
    (PIM_SM as u32, "PIM-SM Tree"),
    (PIM_BIDIRECTIONAL as u32, "PIM-Bidir Tree"),
    (INGRESS_REPLICATION as u32, "Ingress Replication"),
    (LDP_MP2MP as u32, "LDP MP2MP LSP"),
];
const FLAGS: &[Name] = &[(0x01, "Leaf Information required")];

const HEADER_LENGTH: u32 = 5;

/// Prints a tunnel and what identifies it.
pub fn print(cx: &mut Context, attribute: &Cursor) -> Result<(), Stop> {
    need_within(attribute, HEADER_LENGTH)?;
    let (flags, kind, label) = (attribute.u8_at(0)?, attribute.u8_at(1)?, attribute.be24_at(2)? >> 4);
    let name = lookup(TUNNELS, kind).unwrap_or("Unknown");
    put!(cx, "\n\t    Tunnel-type ", name, " (", kind, "), Flags [");
    put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
    put!(cx, "], MPLS Label ", label);
    let identifier = attribute.skip(HEADER_LENGTH as usize);
    match kind {
        PIM_SM | PIM_BIDIRECTIONAL => put_tree(cx, "Sender ", &identifier)?,
        PIM_SSM => put_tree(cx, "Root-Node ", &identifier)?,
        INGRESS_REPLICATION => {
            let endpoint = IpAddress::v4_at(&identifier, 0)?;
            put!(cx, "\n\t      Tunnel-Endpoint ");
            cx.host(endpoint);
        }
        LDP_P2MP | LDP_MP2MP => put_path(cx, "Root-Node ", ", LSP-ID 0x", &identifier)?,
        RSVP_P2MP => put_path(cx, "Extended-Tunnel-ID ", ", P2MP-ID 0x", &identifier)?,
        _ => put_undecoded(cx, "\n\t      ", &identifier, identifier.length()),
    }
    Ok(())
}

/// A multicast tree by its root and group.
fn put_tree(cx: &mut Context, root_name: &str, identifier: &Cursor) -> Outcome {
    let (root, group) = (IpAddress::v4_at(identifier, 0)?, IpAddress::v4_at(identifier, 4)?);
    put!(cx, "\n\t      ", root_name);
    cx.host(root);
    put!(cx, ", P-Group ");
    cx.host(group);
    Ok(())
}

/// A label switched path by an address and a number.
fn put_path(cx: &mut Context, address_name: &str, number_name: &str, identifier: &Cursor) -> Outcome {
    let (address, number) = (IpAddress::v4_at(identifier, 0)?, identifier.be32_at(4)?);
    put!(cx, "\n\t      ", address_name);
    cx.host(address);
    put!(cx, number_name, Hex0(number, 8));
    Ok(())
}
