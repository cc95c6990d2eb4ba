//! What this machine is called in savefiles.

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
