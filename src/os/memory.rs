//! How large tables are kept in memory, and fetched from it.

use std::mem::MaybeUninit;
use std::ptr::NonNull;

use nix::sys::mman::{MmapAdvise, madvise};
use nix::unistd::{SysconfVar, sysconf};

/// The size of a first-level cache, or two, in octets.
pub const NEAR: usize = 64 << 10;

/// What is larger, in octets, is mostly in no cache.
pub const FAR: usize = 16 << 20;

/// What most processors fetch at a time, in octets.
pub const CACHE_LINE: usize = 64;

/// Asks for large pages in memory that nothing was written to yet. A table of millions of entries has a page for every
/// 4 KiB otherwise, each of which takes a fault to get and a walk through the page tables to find. Where the system has
/// none, nothing is lost.
///
/// Small tables do without: a virtual machine that gives its host back what it does not use has to get a large page from
/// there again, which was measured to take 7 ms; 512 small ones, of which there are always some left, take 1 ms.
pub fn prefer_large_pages<T>(room: &mut [MaybeUninit<T>]) {
    if let Some(pages) = whole_pages(room) {
        // SAFETY: whole pages within memory that is lent to us alone; the advice leaves what is in it as it is.
        let _ = unsafe { madvise(pages.cast(), pages.len(), MmapAdvise::MADV_HUGEPAGE) };
    }
}

/// The pages that lie wholly within some memory, if there are any.
pub fn whole_pages<T>(room: &mut [MaybeUninit<T>]) -> Option<NonNull<[u8]>> {
    let page = usize::try_from(sysconf(SysconfVar::PAGE_SIZE).ok()??).ok()?;
    let octets = size_of_val(room);
    let start = NonNull::from(room).cast::<u8>();
    let before = start.align_offset(page);
    let length = octets.checked_sub(before).map(|length| length - length % page).filter(|&length| length > 0)?;
    // SAFETY: not beyond the end of this memory.
    let first = unsafe { start.add(before) };
    Some(NonNull::slice_from_raw_parts(first, length))
}

/// Fetches something into the caches that is about to be looked at. Whoever goes on meanwhile does not wait for it.
#[inline(always)]
pub fn prefetch<T>(thing: &T) {
    prefetch_lines(thing, usize::MAX);
}

/// The same, of no more than the first `lines` lines of the cache.
#[inline(always)]
pub fn prefetch_lines<T>(thing: &T, lines: usize) {
    #[cfg(target_arch = "x86_64")]
    for line in (0..size_of::<T>()).step_by(CACHE_LINE).take(lines) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the address is within `thing`, and nothing is read that the program could see.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(thing).cast::<i8>().add(line)) };
    }
    // Elsewhere it is waited for when it is looked at.
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (thing, lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_as_before() {
        for length in [0, 1, 5000, NEAR, 3 * NEAR + 7] {
            let mut memory: Vec<u8> = Vec::with_capacity(length);
            prefer_large_pages(memory.spare_capacity_mut());
            memory.resize(length, 7);
            assert!(memory.iter().all(|&octet| octet == 7));
        }
    }
}
