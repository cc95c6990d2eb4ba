//! The devices that can be captured on, and how the user names one.

use std::io::{self, Write};
use std::num::IntErrorKind;

use pcap::{ConnectionStatus, Device, IfFlags};

use crate::error::{Error, libpcap_text};

/// The pseudo-device that captures on all interfaces at once.
pub const ANY: &str = "any";

/// The devices in libpcap's order: the ones that are up first.
pub fn list() -> Result<Vec<Device>, Error> {
    Device::list().map_err(|error| Error::Usage(libpcap_text(error)))
}

/// The names of the devices that the user wants, each once, or of the first there is.
pub fn choose_all(wanted: &[String]) -> Result<Vec<String>, Error> {
    if wanted.is_empty() {
        return Ok(vec![choose(None)?]);
    }
    let mut chosen = Vec::new();
    for wanted in wanted {
        let device = choose(Some(wanted))?;
        if !chosen.contains(&device) {
            chosen.push(device);
        }
    }
    Ok(chosen)
}

/// The device's name: the user's choice, by name or by its number in [`list`], or else the first.
fn choose(wanted: Option<&str>) -> Result<String, Error> {
    let Some(wanted) = wanted else {
        let none = || Error::Usage("no interfaces available for capture".into());
        return Ok(list()?.into_iter().next().ok_or_else(none)?.name);
    };
    let Some(number) = number(wanted) else { return Ok(wanted.to_owned()) };
    let devices = list()?;
    // An interface may be called like a number.
    if devices.iter().any(|device| device.name == wanted) {
        return Ok(wanted.to_owned());
    }
    if number <= 0 {
        return Err(Error::Usage(format!("Invalid adapter index {wanted}")));
    }
    let count = devices.len();
    match usize::try_from(number - 1).ok().and_then(|index| devices.into_iter().nth(index)) {
        Some(device) => Ok(device.name),
        None => {
            let found = format!("only {count} interface{} found", if count == 1 { "" } else { "s" });
            Err(Error::Usage(format!("Invalid adapter index {number}: {found}")))
        }
    }
}

/// The number that a text is; one that is too large is the largest, as strtol(3) has it.
fn number(text: &str) -> Option<i64> {
    match text.trim_start().parse::<i64>() {
        Ok(number) => Some(number),
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => Some(i64::MAX),
        Err(error) if *error.kind() == IntErrorKind::NegOverflow => Some(i64::MIN),
        Err(_) => None,
    }
}

/// Prints the list of `-D`.
pub fn print_list(devices: &[Device], out: &mut impl Write) -> io::Result<()> {
    for (index, device) in devices.iter().enumerate() {
        write!(out, "{}.{}", index + 1, device.name)?;
        if let Some(description) = &device.desc {
            write!(out, " ({description})")?;
        }
        let flags = &device.flags;
        if !flags.if_flags.is_empty() || flags.connection_status != ConnectionStatus::Unknown {
            write!(out, " [{}{}]", state(&flags.if_flags), connection(flags))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn state(flags: &IfFlags) -> String {
    let names = [
        (IfFlags::UP, "Up"),
        (IfFlags::RUNNING, "Running"),
        (IfFlags::LOOPBACK, "Loopback"),
        (IfFlags::WIRELESS, "Wireless"),
    ];
    let set: Vec<&str> = names.iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, name)| *name).collect();
    if set.is_empty() { "none".to_owned() } else { set.join(", ") }
}

/// Whether the device is connected to a network, where that means something.
fn connection(flags: &pcap::DeviceFlags) -> &'static str {
    let wireless = flags.is_wireless();
    match flags.connection_status {
        ConnectionStatus::Unknown if wireless => ", Association status unknown",
        ConnectionStatus::Unknown => ", Connection status unknown",
        ConnectionStatus::Connected if wireless => ", Associated",
        ConnectionStatus::Connected => ", Connected",
        ConnectionStatus::Disconnected if wireless => ", Not associated",
        ConnectionStatus::Disconnected => ", Disconnected",
        ConnectionStatus::NotApplicable => "",
    }
}
