//! Who runs where: the flood has a core to itself, with the kernel's work for it, and the program has the others.

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

/// Cores, by number.
pub struct Cores {
    pub flood: usize,
    pub program: Vec<usize>,
}

impl Cores {
    /// The first core that this process may use floods. Where there is only one, it does all.
    pub fn choose() -> Cores {
        let allowed = sched_getaffinity(Pid::from_raw(0)).unwrap();
        let mut program: Vec<usize> =
            (0..CpuSet::count()).filter(|&core| allowed.is_set(core).unwrap_or(false)).collect();
        let flood = program[0];
        if program.len() > 1 {
            program.remove(0);
        }
        Cores { flood, program }
    }
}

/// From now on, this thread and what it starts run on these cores.
pub fn pin(cores: &[usize]) {
    let mut set = CpuSet::new();
    for &core in cores {
        set.set(core).unwrap();
    }
    sched_setaffinity(Pid::from_raw(0), &set).unwrap();
}
