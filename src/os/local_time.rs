//! Times as strftime(3) writes them, in the local time zone.

use std::ffi::{CString, OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

/// The longest text, in octets: as long as a path may be on Linux.
const LONGEST: usize = 4096;

/// A time in seconds since 1970 in a format of strftime(3). `None` if the text is too long or empty.
pub fn format(format: &OsStr, seconds: i64) -> Option<OsString> {
    let format = CString::new(format.as_bytes()).ok()?;
    let seconds = libc::time_t::try_from(seconds).ok()?;
    let mut text = vec![0u8; LONGEST];
    // SAFETY: `broken_down` is plain numbers and a pointer, for which zero is a value; localtime_r(3) fills
    // it in or returns null; strftime(3) writes at most `text.len()` octets and reads the format up to its
    // null. All of it lives through the calls.
    let length = unsafe {
        let mut broken_down: libc::tm = std::mem::zeroed();
        if libc::localtime_r(&seconds, &mut broken_down).is_null() {
            return None;
        }
        libc::strftime(text.as_mut_ptr().cast(), text.len(), format.as_ptr(), &broken_down)
    };
    text.truncate(length);
    (length > 0).then(|| OsString::from_vec(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_strftime() {
        let text = |pattern: &str| format(OsStr::new(pattern), 1_731_074_400);
        assert_eq!(text("a%%b-%s-%Y.pcap").as_deref(), Some(OsStr::new("a%b-1731074400-2024.pcap")));
        assert_eq!(text("plain").as_deref(), Some(OsStr::new("plain")));
        assert_eq!(text(""), None);
        assert_eq!(text(&"x".repeat(LONGEST)), None);
    }
}
