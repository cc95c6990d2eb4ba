//! Where a media endpoint stands (ANSI/TIA-1057 section 10.2.4): coordinates (RFC 6225), a civic address
//! (RFC 4776) or a number for emergency calls.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::payload::{put_hex_lines, put_padded_string};
use crate::dissect::put::{Hex, Hex0};
use crate::put;

const COORDINATES: u8 = 1;
const CIVIC_ADDRESS: u8 = 2;
const EMERGENCY_NUMBER: u8 = 3;
const FORMATS: &[Name] = &[
    (COORDINATES as u32, "coordinate-based LCI"),
    (CIVIC_ADDRESS as u32, "civic address LCI"),
    (EMERGENCY_NUMBER as u32, "ECS ELIN"),
];
/// Octets of coordinates, and the least of a civic address.
const COORDINATES_LENGTH: u32 = 16;
const CIVIC_LENGTH_MIN: u8 = 3;

const ALTITUDES: &[Name] = &[(1, "meters"), (2, "floors")];
const DATUMS: &[Name] = &[
    (1, "World Geodesic System 1984"),
    (2, "North American Datum 1983 (NAVD88)"),
    (3, "North American Datum 1983 (MLLW)"),
];
const SUBJECTS: &[Name] = &[
    (0, "location of DHCP server"),
    (1, "location of the network element believed to be closest to the client"),
    (2, "location of the client"),
];
const CIVIC_TYPES: &[Name] = &[
    (1, "national subdivisions (state,canton,region,province,prefecture)"),
    (2, "county, parish, gun, district"),
    (3, "city, township, shi"),
    (4, "city division, borough, city district, ward chou"),
    (5, "neighborhood, block"),
    (6, "street"),
];

/// Prints a location of any format.
pub(super) fn print(cx: &mut Context, location: &Cursor) -> Outcome {
    let format = location.u8_at(0)?;
    let name = lookup(FORMATS, format).unwrap_or("unknown");
    put!(cx, "\n\t    Location data format ", name, " (0x", Hex0(format, 2), ")");
    let data = location.skip(1);
    match format {
        COORDINATES if data.length() < COORDINATES_LENGTH => Ok(()),
        COORDINATES => put_coordinates(cx, &data),
        CIVIC_ADDRESS => put_civic(cx, data),
        EMERGENCY_NUMBER => {
            put!(cx, "\n\t    ECS ELIN id ");
            put_padded_string(cx, &data, data.length() as usize)
        }
        _ => {
            put!(cx, "\n\t    Location ID ");
            put_hex_lines(cx, "\n\t      ", &data, data.length());
            Ok(())
        }
    }
}

fn put_coordinates(cx: &mut Context, data: &Cursor) -> Outcome {
    for (name, title, offset) in [("latitude", "Latitude", 0), ("longitude", "Longitude", 5)] {
        let (first, low) = (data.u8_at(offset)?, data.be32_at(offset + 1)?);
        let value = u64::from(first & 3) << 32 | u64::from(low);
        put!(cx, "\n\t    ", title, " resolution ", first >> 2, ", ", name, " value ", value);
    }
    let kind = data.u8_at(10)? >> 4;
    put!(cx, "\n\t    Altitude type ", lookup(ALTITUDES, kind).unwrap_or("unknown"), " (", kind, ")");
    let (resolution, altitude) = (data.be16_at(10)? >> 6 & 0x3f, data.be32_at(11)? & 0x3fff_ffff);
    put!(cx, "\n\t    Altitude resolution ", resolution, ", altitude value 0x", Hex(altitude));
    let datum = data.u8_at(15)?;
    put!(cx, "\n\t    Datum ", lookup(DATUMS, datum).unwrap_or("unknown"), " (0x", Hex0(datum, 2), ")");
    Ok(())
}

/// A civic address: a country, then elements of type, length and value.
fn put_civic(cx: &mut Context, mut data: Cursor) -> Outcome {
    if data.length() < 1 {
        return Ok(());
    }
    let length = data.u8()?;
    // As tcpdump counts, the octet that says whose location it is comes on top of the length.
    if length < CIVIC_LENGTH_MIN || data.length() < u32::from(length) + 1 {
        return Ok(());
    }
    let subject = data.u8()?;
    let name = lookup(SUBJECTS, subject).unwrap_or("unknown");
    put!(cx, "\n\t    LCI length ", length, ", LCI what ", name, " (0x", Hex0(subject, 2), "), Country-code ");
    put_padded_string(cx, &data, 2)?;
    let mut elements = data.skip(2).limit(u32::from(length - CIVIC_LENGTH_MIN));
    while elements.length() >= 2 {
        let (kind, length) = (elements.u8()?, elements.u8()?);
        let name = lookup(CIVIC_TYPES, kind).unwrap_or("unknown");
        put!(cx, "\n\t      CA type '", name, "' (", kind, "), length ", length, ": ");
        if kind == 0 || length == 0 || elements.length() < length.into() {
            break;
        }
        put_padded_string(cx, &elements, length.into())?;
        elements = elements.skip(length.into());
    }
    Ok(())
}
