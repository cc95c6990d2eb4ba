//! How the system is to keep our memory.

use std::mem::MaybeUninit;

use nix::sys::mman::{MmapAdvise, madvise};
use nix::unistd::{SysconfVar, sysconf};

/// From this size on, in octets, large pages are worth asking for: that of one of them.
pub const LARGE_PAGE: usize = 2 << 20;

/// Asks for large pages in memory that nothing was written to yet. A table of millions of entries has a page for every
/// 4 KiB otherwise, each of which takes a fault to get and a walk through the page tables to find. Where the system has
/// none, nothing is lost.
pub fn prefer_large_pages<T>(room: &mut [MaybeUninit<T>]) {
    let Some(page) = sysconf(SysconfVar::PAGE_SIZE).ok().flatten().and_then(|page| usize::try_from(page).ok()) else {
        return;
    };
    let octets = size_of_val(room);
    let start = std::ptr::NonNull::from(room).cast::<u8>();
    let before = start.align_offset(page);
    let Some(length) = octets.checked_sub(before).map(|length| length - length % page).filter(|&length| length > 0)
    else {
        return;
    };
    // SAFETY: whole pages within memory that is lent to us alone; the advice leaves what is in it as it is.
    let _ = unsafe { madvise(start.add(before).cast(), length, MmapAdvise::MADV_HUGEPAGE) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_as_before() {
        for length in [0, 1, 5000, LARGE_PAGE, 3 * LARGE_PAGE + 7] {
            let mut memory: Vec<u8> = Vec::with_capacity(length);
            prefer_large_pages(memory.spare_capacity_mut());
            memory.resize(length, 7);
            assert!(memory.iter().all(|&octet| octet == 7));
        }
    }
}
