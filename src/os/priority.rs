//! Processes that must not disturb the capture.

use std::process::Child;

/// The lowest priority there is (setpriority(2)).
const LOWEST: libc::c_int = 19;

/// Gives a child the lowest priority. It runs with ours where that is denied.
pub fn lower(child: &Child) {
    // SAFETY: the call takes numbers only, and the child was not waited for, so that its number is its own.
    let _ = unsafe { libc::setpriority(libc::PRIO_PROCESS, child.id(), LOWEST) };
}
