//! What a program took.

use std::io;
use std::process::Child;

/// What the system has counted for a process until its end.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Seconds of processor time in the program, and in the system on its behalf.
    pub user: f64,
    pub system: f64,
    /// The most memory that was resident, in KiB.
    pub peak: i64,
    /// What it ended with; none after a signal.
    pub status: Option<i32>,
}

/// Waits for the end; the standard library does not tell what was used.
#[expect(unsafe_code, reason = "nix and the standard library do not offer wait4(2)")]
pub fn wait(child: &Child) -> Usage {
    let mut status = 0;
    // SAFETY: `rusage` is plain integers, for which zero is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to values that live until the call is over, and nothing else waits for the child.
    let waited = unsafe { libc::wait4(child.id().cast_signed(), &raw mut status, 0, &raw mut usage) };
    assert_eq!(waited, child.id().cast_signed(), "wait4: {}", io::Error::last_os_error());
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    // macOS counts octets.
    let unit = if cfg!(target_vendor = "apple") { 1024 } else { 1 };
    Usage {
        user: seconds(usage.ru_utime),
        system: seconds(usage.ru_stime),
        peak: usage.ru_maxrss / unit,
        status: libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)),
    }
}
