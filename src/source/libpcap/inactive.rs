//! A device before it captures: what libpcap is told of it, and what it answers.

use std::ffi::{CString, c_char, c_int};
use std::ptr::NonNull;

use pcap::{Active, Capture};

use super::{ERROR_BUFFER, Handle, owned};

// SAFETY (of the declarations): they repeat pcap/pcap.h, as those of the parent do.
unsafe extern "C" {
    fn pcap_create(device: *const c_char, error: *mut c_char) -> Handle;
    fn pcap_set_tstamp_precision(handle: Handle, precision: c_int) -> c_int;
    fn pcap_set_immediate_mode(handle: Handle, immediate: c_int) -> c_int;
    fn pcap_set_snaplen(handle: Handle, octets: c_int) -> c_int;
    fn pcap_set_promisc(handle: Handle, promisc: c_int) -> c_int;
    fn pcap_can_set_rfmon(handle: Handle) -> c_int;
    fn pcap_set_rfmon(handle: Handle, monitor: c_int) -> c_int;
    fn pcap_set_timeout(handle: Handle, milliseconds: c_int) -> c_int;
    fn pcap_set_buffer_size(handle: Handle, octets: c_int) -> c_int;
    fn pcap_set_tstamp_type(handle: Handle, time_stamp_type: c_int) -> c_int;
    fn pcap_list_tstamp_types(handle: Handle, types: *mut *mut c_int) -> c_int;
    fn pcap_free_tstamp_types(types: *mut c_int);
    fn pcap_tstamp_type_name_to_val(name: *const c_char) -> c_int;
    fn pcap_tstamp_type_val_to_name(value: c_int) -> *const c_char;
    fn pcap_tstamp_type_val_to_description(value: c_int) -> *const c_char;
    fn pcap_activate(handle: Handle) -> c_int;
    fn pcap_geterr(handle: Handle) -> *const c_char;
    fn pcap_statustostr(status: c_int) -> *const c_char;
    fn pcap_close(handle: Handle);
}

/// What libpcap says of a step: 0, a warning above it (`PCAP_WARNING_*`) or an error below it (`PCAP_ERROR_*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(c_int);

impl Status {
    /// An error that only its details describe.
    pub const ERROR: Status = Status(-1);
    /// There is no such device.
    pub const NO_SUCH_DEVICE: Status = Status(-5);
    /// The user may not capture on it.
    pub const PERMISSION_DENIED: Status = Status(-8);
    /// The user may capture, but not in promiscuous mode.
    pub const PROMISCUOUS_DENIED: Status = Status(-11);
    /// The device cannot capture, although it is there.
    pub const CAPTURE_UNSUPPORTED: Status = Status(-13);
    /// A warning that only its details describe.
    pub const WARNING: Status = Status(1);
    /// The device cannot do promiscuous mode; the capture works without.
    pub const PROMISCUOUS_UNSUPPORTED: Status = Status(2);

    /// Whether it is neither an error nor a warning.
    pub fn is_fine(self) -> bool {
        self.0 == 0
    }

    /// Whether it is worse than a warning.
    pub fn is_error(self) -> bool {
        self.0 < 0
    }

    /// libpcap's words for it.
    pub fn text(self) -> String {
        // SAFETY: a string that stays unchanged until this thread's next call.
        unsafe { owned(pcap_statustostr(self.0)) }
    }
}

/// What can be set before a device captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// 0 for microseconds, 1 for nanoseconds.
    TimeStampPrecision,
    /// 1 if each frame is handed over at once.
    ImmediateMode,
    /// Octets.
    SnapshotLength,
    /// 1 if other machines' frames are wanted.
    PromiscuousMode,
    /// 1 if all frames of a radio channel are wanted.
    MonitorMode,
    /// Milliseconds until a block that is not full is handed over.
    Timeout,
    /// Octets.
    BufferSize,
    /// Where time stamps come from: a [`TimeStampType`].
    TimeStampType,
}

/// Where time stamps come from: `PCAP_TSTAMP_*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeStampType(pub i32);

impl TimeStampType {
    /// The type of a name such as `adapter`, in any case.
    pub fn from_name(name: &str) -> Option<TimeStampType> {
        let name = CString::new(name).ok()?;
        // SAFETY: the name is a C string that lives through the call.
        let value = unsafe { pcap_tstamp_type_name_to_val(name.as_ptr()) };
        (value >= 0).then_some(TimeStampType(value))
    }

    /// libpcap's name; empty where it has none.
    pub fn name(self) -> String {
        // SAFETY: a static string of libpcap's, or null.
        unsafe { owned(pcap_tstamp_type_val_to_name(self.0)) }
    }

    /// libpcap's description, such as `Adapter, not synced with system time`.
    pub fn description(self) -> String {
        // SAFETY: a static string of libpcap's, or null.
        unsafe { owned(pcap_tstamp_type_val_to_description(self.0)) }
    }
}

/// A device that does not capture yet.
pub struct Inactive(Handle);

impl Inactive {
    /// Prepares a device. Whether it is there, only [`Inactive::activate`] says. The error is libpcap's text.
    pub fn create(device: &str) -> Result<Inactive, String> {
        let Ok(name) = CString::new(device) else { return Err("No such device exists".to_owned()) };
        let mut error = [0 as c_char; ERROR_BUFFER];
        // SAFETY: the name is a C string, and the buffer has PCAP_ERRBUF_SIZE octets.
        let handle = unsafe { pcap_create(name.as_ptr(), error.as_mut_ptr()) };
        if handle.is_null() {
            // SAFETY: libpcap wrote a C string there.
            return Err(unsafe { owned(error.as_ptr()) });
        }
        Ok(Inactive(handle))
    }

    /// Sets one thing.
    pub fn set(&mut self, setting: Setting, value: i32) -> Status {
        let function = match setting {
            Setting::TimeStampPrecision => pcap_set_tstamp_precision,
            Setting::ImmediateMode => pcap_set_immediate_mode,
            Setting::SnapshotLength => pcap_set_snaplen,
            Setting::PromiscuousMode => pcap_set_promisc,
            Setting::MonitorMode => pcap_set_rfmon,
            Setting::Timeout => pcap_set_timeout,
            Setting::BufferSize => pcap_set_buffer_size,
            Setting::TimeStampType => pcap_set_tstamp_type,
        };
        // SAFETY: the handle is valid and not activated.
        Status(unsafe { function(self.0, value) })
    }

    /// Whether the device is known to have a monitor mode.
    pub fn supports_monitor_mode(&self) -> bool {
        // SAFETY: the handle is valid and not activated.
        unsafe { pcap_can_set_rfmon(self.0) == 1 }
    }

    /// Where the device's time stamps can come from; nothing where there is no choice.
    pub fn time_stamp_types(&self) -> Result<Vec<TimeStampType>, String> {
        let mut types: *mut c_int = std::ptr::null_mut();
        // SAFETY: the handle is valid; libpcap makes an array of as many numbers as it says, which is
        // copied and given back.
        unsafe {
            let count = pcap_list_tstamp_types(self.0, &mut types);
            let Ok(count) = usize::try_from(count) else { return Err(self.details()) };
            if count == 0 || types.is_null() {
                return Ok(Vec::new());
            }
            let list = std::slice::from_raw_parts(types, count).iter().map(|&value| TimeStampType(value)).collect();
            pcap_free_tstamp_types(types);
            Ok(list)
        }
    }

    /// Begins to capture. The details with the status, and the capture unless it is an error.
    pub fn activate(self) -> (Status, String, Option<Capture<Active>>) {
        // SAFETY: the handle is valid and not activated.
        let status = Status(unsafe { pcap_activate(self.0) });
        let details = self.details();
        if status.is_error() {
            return (status, details, None);
        }
        // The capture closes the handle from now on.
        let handle = std::mem::ManuallyDrop::new(self).0;
        (status, details, NonNull::new(handle.cast()).map(Capture::<Active>::from))
    }

    /// The details of what failed last.
    fn details(&self) -> String {
        // SAFETY: the handle's own error buffer.
        unsafe { owned(pcap_geterr(self.0)) }
    }
}

impl Drop for Inactive {
    fn drop(&mut self) {
        // SAFETY: the handle is valid, and nobody has it after this.
        unsafe { pcap_close(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stamp_types_have_names_both_ways() {
        let adapter = TimeStampType::from_name("ADAPTER_unsynced").unwrap();
        assert_eq!(adapter.name(), "adapter_unsynced");
        assert_eq!(adapter.description(), "Adapter, not synced with system time");
        assert_eq!(TimeStampType::from_name("sundial"), None);
        assert_eq!(TimeStampType(999).name(), "");
    }

    #[test]
    fn a_device_that_is_not_there_is_found_out_when_it_has_to_capture() {
        let mut device = Inactive::create("nonexistent").unwrap();
        assert!(device.set(Setting::SnapshotLength, 100).is_fine());
        assert!(!device.supports_monitor_mode());
        let (status, details, capture) = device.activate();
        assert!(status == Status::NO_SUCH_DEVICE || status == Status::PERMISSION_DENIED, "{status:?} {details}");
        assert!(capture.is_none());
    }
}
