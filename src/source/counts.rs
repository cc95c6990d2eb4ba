//! The counts of a capture: what the kernel and the interface tell.

use std::ops::AddAssign;

/// Frames that the kernel and the interface counted, as far as libpcap tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Frames that passed the filter, also those that were dropped then.
    pub received: u64,
    /// Frames that found the kernel's buffer full.
    pub dropped: u64,
    /// Frames that the interface dropped.
    pub interface_dropped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.received += other.received;
        self.dropped += other.dropped;
        self.interface_dropped += other.interface_dropped;
    }
}

/// Counts that go on where libpcap's begin again: they have 32 bits, which a busy link fills in hours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// What libpcap told last: received, dropped, dropped by the interface.
    last: [u32; 3],
    sum: Counts,
}

impl Totals {
    /// Takes in what libpcap tells now. To be called before any of its counts can have begun again twice.
    pub fn update(&mut self, received: u32, dropped: u32, interface_dropped: u32) -> Counts {
        let now = [received, dropped, interface_dropped];
        let [received, dropped, interface_dropped] = std::array::from_fn(|i| match (now.get(i), self.last.get(i)) {
            (Some(now), Some(last)) => u64::from(now.wrapping_sub(*last)),
            _ => 0,
        });
        self.sum += Counts { received, dropped, interface_dropped };
        self.last = now;
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_go_on_beyond_32_bits() {
        let mut totals = Totals::default();
        totals.update(u32::MAX - 1, 0, 0);
        assert_eq!(totals.update(3, 7, 0).received, (1 << 32) + 3);
        assert_eq!(totals.update(3, 7, 0), Counts { received: (1 << 32) + 3, dropped: 7, interface_dropped: 0 });
    }
}
