//! Processes that must not disturb the capture.

use std::os::unix::process::CommandExt;
use std::process::Command;

/// The lowest priority there is (setpriority(2)).
const LOWEST: libc::c_int = 19;

/// Lets a command run at the lowest priority, from its first instruction on.
pub fn lower(command: &mut Command) -> &mut Command {
    let in_child = || {
        // SAFETY: the call takes numbers only. Lowering is always allowed.
        unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, LOWEST) };
        Ok(())
    };
    // SAFETY: between fork and exec, only that system call is made: no memory, no locks.
    unsafe { command.pre_exec(in_child) }
}
