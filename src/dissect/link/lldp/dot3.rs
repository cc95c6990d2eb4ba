//! Values that IEEE 802.3 defines (IEEE 802.3 section 79.3): the physical layer, power, frame sizes.

use super::{Value, dot1, put_subtype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::put::Hex0;
use crate::put;

const PHYSICAL: u8 = 1;
const POWER: u8 = 2;
const LINK_AGGREGATION: u8 = 3;
const FRAME_SIZE: u8 = 4;
const SUBTYPES: &[Name] = &[
    (PHYSICAL as u32, "MAC/PHY configuration/status"),
    (POWER as u32, "Power via MDI"),
    (LINK_AGGREGATION as u32, "Link aggregation"),
    (FRAME_SIZE as u32, "Max frame size"),
];

const NEGOTIATION_FLAGS: &[Name] = &[(0x01, "supported"), (0x02, "enabled")];
/// What is advertised (RFC 3636, ifMauAutoNegCapAdvertisedBits).
const ADVERTISED: &[Name] = &[
    (0x4000, "10BASE-T hdx"),
    (0x2000, "10BASE-T fdx"),
    (0x1000, "100BASE-T4"),
    (0x0800, "100BASE-TX hdx"),
    (0x0400, "100BASE-TX fdx"),
    (0x0200, "100BASE-T2 hdx"),
    (0x0100, "100BASE-T2 fdx"),
    (0x0080, "Pause for fdx links"),
    (0x0040, "Asym PAUSE for fdx"),
    (0x0020, "Sym PAUSE for fdx"),
    (0x0010, "Asym and Sym PAUSE for fdx"),
    (0x0008, "1000BASE-{X LX SX CX} hdx"),
    (0x0004, "1000BASE-{X LX SX CX} fdx"),
    (0x0002, "1000BASE-T hdx"),
    (0x0001, "1000BASE-T fdx"),
];
/// Medium attachment units by number (RFC 3636, dot3MauType).
const ATTACHMENTS: [&str; 41] = [
    "Unknown",
    "AUI",
    "10BASE_5",
    "FOIRL",
    "10BASE2",
    "10BASET duplex mode unknown",
    "10BASEFP",
    "10BASEFB",
    "10BASEFL duplex mode unknown",
    "10BROAD36",
    "10BASET hdx",
    "10BASET fdx",
    "10BASEFL hdx",
    "10BASEFL fdx",
    "100BASET4",
    "100BASETX hdx",
    "100BASETX fdx",
    "100BASEFX hdx",
    "100BASEFX fdx",
    "100BASET2 hdx",
    "100BASET2 fdx",
    "1000BASEX hdx",
    "1000BASEX fdx",
    "1000BASELX hdx",
    "1000BASELX fdx",
    "1000BASESX hdx",
    "1000BASESX fdx",
    "1000BASECX hdx",
    "1000BASECX fdx",
    "1000BASET hdx",
    "1000BASET fdx",
    "10GBASEX",
    "10GBASELX4",
    "10GBASER",
    "10GBASEER",
    "10GBASELR",
    "10GBASESR",
    "10GBASEW",
    "10GBASEEW",
    "10GBASELW",
    "10GBASESW",
];

const POWER_FLAGS: &[Name] = &[(0x01, "PSE"), (0x02, "supported"), (0x04, "enabled"), (0x08, "can be controlled")];
const POWER_PAIRS: &[Name] = &[(1, "signal"), (2, "spare")];
const POWER_CLASSES: &[Name] = &[(1, "class0"), (2, "class1"), (3, "class2"), (4, "class3"), (5, "class4")];

/// Prints a value, from the organization's identifier on.
pub(super) fn print(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    let Some(subtype) = put_subtype(cx, SUBTYPES, value, 4)? else { return Ok(Value::Printed) };
    let least = match subtype {
        PHYSICAL | LINK_AGGREGATION => 9,
        POWER => 7,
        FRAME_SIZE => 6,
        _ => return Ok(Value::Unknown),
    };
    if value.length() < least {
        return Ok(Value::Printed);
    }
    let data = value.skip(4);
    match subtype {
        PHYSICAL => put_physical(cx, &data)?,
        POWER => {
            let [flags, pair, class] = data.array_at(0)?;
            put!(cx, "\n\t    MDI power support [");
            put_bits(&mut cx.out, POWER_FLAGS, flags.into(), ", ", "none");
            put!(cx, "], power pair ", lookup(POWER_PAIRS, pair).unwrap_or("unknown"));
            put!(cx, ", power class ", lookup(POWER_CLASSES, class).unwrap_or("unknown"));
        }
        LINK_AGGREGATION => dot1::put_aggregation(cx, &data)?,
        _ => put!(cx, "\n\t    MTU size ", data.be16_at(0)?),
    }
    Ok(Value::Printed)
}

fn put_physical(cx: &mut Context, data: &Cursor) -> Outcome {
    let (negotiation, advertised, attachment) = (data.u8_at(0)?, data.be16_at(1)?, data.be16_at(3)?);
    put!(cx, "\n\t    autonegotiation [");
    put_bits(&mut cx.out, NEGOTIATION_FLAGS, negotiation.into(), ", ", "none");
    put!(cx, "] (0x", Hex0(negotiation, 2), ")\n\t    PMD autoneg capability [");
    put_bits(&mut cx.out, ADVERTISED, advertised.into(), ", ", "unknown");
    put!(cx, "] (0x", Hex0(advertised, 4), ")");
    let name = ATTACHMENTS.get(usize::from(attachment)).copied().unwrap_or("unknown");
    put!(cx, "\n\t    MAU type ", name, " (0x", Hex0(attachment, 4), ")");
    Ok(())
}
