//! Opening a device: what the user wants of it is told to libpcap, and what libpcap says to that is put in
//! tcpdump's words.

use pcap::{Active, Capture};

use super::Settings;
use crate::error::{Error, libpcap_text};
use crate::source::libpcap::inactive::{Inactive, Setting, Status};

/// A device that captures.
pub struct Opened {
    /// The capture.
    pub capture: Capture<Active>,
    /// Whether the device is known to have a monitor mode.
    pub supports_monitor_mode: bool,
    /// What was not as the user wanted it.
    pub warnings: Vec<String>,
}

/// Opens the device.
pub fn open(settings: &Settings) -> Result<Opened, Error> {
    let device = &settings.device;
    let mut inactive = Inactive::create(device).map_err(Error::Usage)?;
    let supports_monitor_mode = inactive.supports_monitor_mode();
    let mut warnings = Vec::new();
    prepare(&mut inactive, settings)?;
    warnings.extend(choose_time_stamps(&mut inactive, settings)?);
    let (status, details, capture) = inactive.activate();
    let Some(capture) = capture else { return Err(activation_error(device, status, &details)) };
    if !status.is_fine() {
        warnings.push(activation_warning(device, status, details));
    }
    if let Some(direction) = settings.direction {
        let refused = |error| device_error(device, format!("pcap_setdirection() failed: {}", libpcap_text(error)));
        capture.direction(direction).map_err(refused)?;
    }
    Ok(Opened { capture, supports_monitor_mode, warnings })
}

/// Sets what the user wants, as far as it has to be known before the device captures.
fn prepare(inactive: &mut Inactive, settings: &Settings) -> Result<(), Error> {
    let precision =
        if settings.nanoseconds { "nanosecond time stamp precision" } else { "microsecond time stamp precision" };
    let wanted = [
        (Setting::TimeStampPrecision, Some(settings.nanoseconds.into()), precision),
        (Setting::ImmediateMode, settings.immediate.then_some(1), "immediate mode"),
        (Setting::SnapshotLength, Some(settings.snapshot_length), "snapshot length"),
        (Setting::PromiscuousMode, Some(settings.promiscuous.into()), "promiscuous mode"),
        (Setting::MonitorMode, settings.monitor.then_some(1), "monitor mode"),
        (Setting::Timeout, Some(settings.block_timeout), "timeout"),
        (Setting::BufferSize, Some(settings.buffer_size), "buffer size"),
    ];
    for (setting, value, name) in wanted {
        let Some(value) = value else { continue };
        let status = inactive.set(setting, value);
        if !status.is_fine() {
            return Err(device_error(&settings.device, format!("Can't set {name}: {}", status.text())));
        }
    }
    Ok(())
}

/// Sets where time stamps come from. Where the device has no such, a warning: it goes on with its own.
fn choose_time_stamps(inactive: &mut Inactive, settings: &Settings) -> Result<Option<String>, Error> {
    let Some(wanted) = settings.time_stamp_type else { return Ok(None) };
    let status = inactive.set(Setting::TimeStampType, wanted.0);
    if status.is_error() {
        return Err(device_error(&settings.device, format!("Can't set time stamp type: {}", status.text())));
    }
    let name = wanted.name();
    let warning = || format!("When trying to set timestamp type '{name}' on {}: {}", settings.device, status.text());
    Ok((!status.is_fine()).then(warning))
}

/// An error of a device.
pub fn device_error(device: &str, reason: String) -> Error {
    Error::Device { device: device.to_owned(), reason, advice: None }
}

/// tcpdump's words for a device that does not capture, and what helps.
fn activation_error(device: &str, status: Status, details: &str) -> Error {
    let advice = match status {
        Status::PERMISSION_DENIED | Status::PROMISCUOUS_DENIED => Some(
            "Run rtcpdump with sudo, or allow it once and for all: \
             sudo setcap cap_net_raw,cap_net_admin=eip \"$(command -v rtcpdump)\"",
        ),
        Status::NO_SUCH_DEVICE => Some("rtcpdump -D lists the interfaces there are."),
        _ => None,
    };
    let reason = match status {
        Status::ERROR => details.to_owned(),
        Status::NO_SUCH_DEVICE => format!("{}\n({details})", status.text()),
        Status::PERMISSION_DENIED | Status::CAPTURE_UNSUPPORTED if !details.is_empty() => {
            format!("{}\n({details})", status.text())
        }
        _ => status.text(),
    };
    Error::Device { device: device.to_owned(), reason, advice }
}

/// tcpdump's words for a device that captures, although not quite as it should.
fn activation_warning(device: &str, status: Status, details: String) -> String {
    match status {
        Status::WARNING => details,
        Status::PROMISCUOUS_UNSUPPORTED if !details.is_empty() => format!("{device}: {}\n({details})", status.text()),
        _ => format!("{device}: {}", status.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_stand_in_brackets_only_where_tcpdump_puts_them() {
        let denied = activation_error("eth0", Status::PERMISSION_DENIED, "CAP_NET_RAW may be required").to_string();
        assert!(denied.starts_with(
            "eth0: You don't have permission to perform this capture on that device\n(CAP_NET_RAW may be required)\n"
        ));
        assert!(denied.contains("setcap"), "{denied}");
        assert_eq!(activation_error("eth0", Status::ERROR, "it burns").to_string(), "eth0: it burns");
        let details = "no promiscuous mode".to_owned();
        assert_eq!(activation_warning("eth0", Status::WARNING, details.clone()), "no promiscuous mode");
        assert_eq!(
            activation_warning("eth0", Status::PROMISCUOUS_UNSUPPORTED, details),
            "eth0: That device doesn't support promiscuous mode\n(no promiscuous mode)"
        );
    }
}
