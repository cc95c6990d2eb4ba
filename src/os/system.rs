//! What this machine is: what it is called in savefiles, and whether it has processors to spare.

use std::num::NonZero;

use nix::sys::utsname::uname;

/// The operating system and its release, such as `Linux 6.1.0`.
pub fn name() -> Option<String> {
    let system = uname().ok()?;
    Some(format!("{} {}", system.sysname().to_str()?, system.release().to_str()?))
}

/// The kind of hardware, such as `x86_64`.
pub fn hardware() -> Option<String> {
    Some(uname().ok()?.machine().to_str()?.to_owned())
}

/// Whether a second thread would have a processor of its own, as far as this process may use them.
pub fn has_processor_to_spare() -> bool {
    processors() > 1
}

/// How many processors this process may use; one where that cannot be told.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
