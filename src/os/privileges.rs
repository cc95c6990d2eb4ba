//! Root is given up as soon as the device and the output are open: packets are dissected without it.
//!
//! Without `-Z`, the account is `tcpdump` if there is one, else the user who called sudo, else root
//! stays. With capabilities instead of root (setcap) there is nothing to give up.

use std::fs::File;
use std::os::unix::fs::fchown;

use nix::sys::prctl;
use nix::unistd::{Gid, Uid, User, geteuid, initgroups, setgid, setuid};

use crate::error::Error;

/// Whose rights are taken unless the user names somebody: the account that tcpdump's packages make.
const ACCOUNT: &str = "tcpdump";

/// What `-Z` names to keep root.
const ROOT: &str = "root";

/// From now on, no program that this one starts can gain rights (`no_new_privs`, prctl(2)).
pub fn never_gain() {
    // A kernel from before Linux 3.5 has no such thing.
    #[cfg(target_os = "linux")]
    let _ = prctl::set_no_new_privs();
}

/// The account to go on as; `None` where there is nothing to give up, or root is to stay.
pub fn account(chosen: Option<&str>) -> Result<Option<User>, Error> {
    if !geteuid().is_root() || chosen == Some(ROOT) {
        return Ok(None);
    }
    if let Some(name) = chosen {
        let found = User::from_name(name).map_err(|reason| Error::System(format!("-Z {name}"), reason.into()))?;
        return found.map(Some).ok_or_else(|| Error::Usage(format!("Couldn't find user '{name}'")));
    }
    let user = User::from_name(ACCOUNT).ok().flatten().or_else(caller_of_sudo);
    // Root of a user namespace is somebody else already, and other accounts do not exist there.
    Ok(user.filter(|user| !user.uid.is_root() && is_mapped(user.uid)))
}

/// The user who called sudo.
fn caller_of_sudo() -> Option<User> {
    let number = std::env::var("SUDO_UID").ok()?.parse().ok()?;
    User::from_uid(Uid::from_raw(number)).ok().flatten()
}

/// Whether an account exists in this process's user namespace (user_namespaces(7)).
fn is_mapped(uid: Uid) -> bool {
    let Ok(map) = std::fs::read_to_string("/proc/self/uid_map") else { return true };
    map.lines().any(|line| {
        let mut numbers = line.split_whitespace().map(|number| number.parse::<u64>().unwrap_or_default());
        let first = numbers.next().unwrap_or_default();
        let count = numbers.nth(1).unwrap_or_default();
        (first..first + count).contains(&u64::from(uid.as_raw()))
    })
}

/// Goes on as `user`, supplementary groups included, and hands the output file over. With
/// `keeps_file_access`, files may still be opened wherever root could:
/// rotation and lists of files need that.
pub fn become_user(user: &User, file: Option<&File>, keeps_file_access: bool) -> Result<(), Error> {
    let failed = |reason: std::io::Error| {
        Error::System(format!("Couldn't change to '{}' uid={} gid={}", user.name, user.uid, user.gid), reason)
    };
    // Devices, pipes and terminals stay whose they are.
    if let Some(file) = file.filter(|file| file.metadata().is_ok_and(|metadata| metadata.is_file())) {
        fchown(file, Some(user.uid.as_raw()), Some(user.gid.as_raw())).map_err(failed)?;
    }
    let name = std::ffi::CString::new(user.name.as_str()).map_err(|error| failed(error.into()))?;
    if keeps_file_access {
        capabilities::survive_the_change().map_err(failed)?;
    }
    change(&name, user.gid, user.uid).map_err(|error| failed(error.into()))?;
    if keeps_file_access { capabilities::keep_file_access().map_err(failed) } else { Ok(()) }
}

/// Groups first: afterwards there is no right left to change them.
fn change(name: &std::ffi::CStr, gid: Gid, uid: Uid) -> nix::Result<()> {
    initgroups(name, gid)?;
    setgid(gid)?;
    setuid(uid)
}

/// The one capability that is kept for rotation (capabilities(7)).
#[cfg(target_os = "linux")]
mod capabilities {
    use std::io;

    use caps::{CapSet, Capability, CapsHashSet};
    use nix::sys::prctl;

    pub fn survive_the_change() -> io::Result<()> {
        Ok(prctl::set_keepcaps(true)?)
    }

    pub fn keep_file_access() -> io::Result<()> {
        let kept = CapsHashSet::from_iter([Capability::CAP_DAC_OVERRIDE]);
        for set in [CapSet::Effective, CapSet::Permitted] {
            caps::set(None, set, &kept).map_err(io::Error::other)?;
        }
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
mod capabilities {
    use std::io;

    pub fn survive_the_change() -> io::Result<()> {
        Ok(())
    }

    pub fn keep_file_access() -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_user_is_an_error_for_root_and_root_may_be_kept() {
        assert!(account(Some(ROOT)).unwrap().is_none());
        if geteuid().is_root() {
            let error = account(Some("nobody-of-this-name")).unwrap_err();
            assert_eq!(error.to_string(), "Couldn't find user 'nobody-of-this-name'");
        }
    }

    #[test]
    fn accounts_outside_a_user_namespace_do_not_count() {
        assert!(is_mapped(Uid::from_raw(0)));
    }
}
