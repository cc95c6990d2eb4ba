//! Pages of memory that are there when they are written to.

use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use nix::sys::mman::{MmapAdvise, madvise};

use super::{memory, system};

/// A thread that gets pages from the system. To get one takes two microseconds, which whoever writes to it first has to
/// wait for otherwise: as long as for half a dozen packets.
#[derive(Debug)]
pub struct PagesAhead(Sender<Pages>);

/// Pages that are wanted.
#[derive(Debug)]
struct Pages(NonNull<[u8]>);

// SAFETY: it is an address to ask the system about, and nobody looks at what is there.
unsafe impl Send for Pages {}

impl PagesAhead {
    /// Starts the thread, where there is a processor for it. It ends when this is dropped.
    pub fn start() -> Option<PagesAhead> {
        if !system::has_processor_to_spare() {
            return None;
        }
        let (wanted, to_get) = channel();
        let get_all = move || {
            while let Ok(pages) = to_get.recv() {
                get(pages);
            }
        };
        thread::Builder::new().name("pages".into()).spawn(get_all).ok()?;
        Some(PagesAhead(wanted))
    }

    /// Has pages got for memory that nothing was written to yet.
    pub fn want<T>(&self, room: &mut [MaybeUninit<T>]) {
        if let Some(pages) = memory::whole_pages(room) {
            // Without the thread, whoever writes to them gets them.
            let _ = self.0.send(Pages(pages));
        }
    }
}

/// Gets the pages of memory that will be written to at once: all of them in one call take less time than one by one, when
/// each is found missing.
pub fn get_now<T>(room: &mut [MaybeUninit<T>]) {
    if let Some(pages) = memory::whole_pages(room) {
        get(Pages(pages));
    }
}

/// Gets pages, where the system knows how to (Linux from 5.14 on).
fn get(Pages(pages): Pages) {
    // SAFETY: what is in memory stays as it is, also where somebody has written to it by now. Should it have been given
    // back, there is nothing, or something else that gets its pages early.
    let _ = unsafe { madvise(pages.cast(), pages.len(), MmapAdvise::MADV_POPULATE_WRITE) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    /// How many pages of some memory are there.
    fn resident(Pages(pages): &Pages) -> usize {
        let mut states = vec![0u8; pages.len().div_ceil(4096)];
        // SAFETY: the memory is ours, and there is a state for each page, which has 4 KiB or more.
        let failed = unsafe { libc::mincore(pages.cast().as_ptr(), pages.len(), states.as_mut_ptr()) };
        assert_eq!(failed, 0);
        states.iter().filter(|&&state| state & 1 != 0).count()
    }

    #[test]
    fn pages_that_are_got_at_once_are_there() {
        let mut memory: Vec<u8> = Vec::with_capacity(8 << 20);
        let pages = Pages(memory::whole_pages(memory.spare_capacity_mut()).unwrap());
        assert!(resident(&pages) < pages.0.len() / 4096 / 2);
        get_now(memory.spare_capacity_mut());
        assert_eq!(resident(&pages), pages.0.len() / 4096, "Linux before 5.14?");
    }

    #[test]
    fn pages_are_there_before_somebody_writes_to_them_and_nothing_else_changes() {
        let Some(ahead) = PagesAhead::start() else {
            eprintln!("skipped: there is no second processor");
            return;
        };
        let mut memory: Vec<u8> = Vec::with_capacity(8 << 20);
        memory.push(7);
        let room = memory.spare_capacity_mut();
        let pages = Pages(memory::whole_pages(room).unwrap());
        assert!(resident(&pages) < pages.0.len() / 4096 / 2);
        ahead.want(room);
        let deadline = Instant::now() + Duration::from_secs(20);
        while resident(&pages) < pages.0.len() / 4096 {
            assert!(Instant::now() < deadline, "{} pages, and no more; Linux before 5.14?", resident(&pages));
            thread::sleep(Duration::from_millis(1));
        }
        memory.resize(8 << 20, 8);
        assert_eq!((memory.first(), memory.iter().filter(|&&octet| octet == 8).count()), (Some(&7), (8 << 20) - 1));
    }
}
