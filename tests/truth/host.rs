//! A host of its own: a thread with a network namespace, and a device through which everything leaves.

use std::fs::{File, OpenOptions, read_to_string};
use std::os::fd::AsRawFd;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::support::run;
use crate::wait_until;

type Task = Box<dyn FnOnce() + Send>;

/// Does in its network what it is told to.
pub struct Host {
    tasks: Sender<Task>,
}

impl Host {
    /// A host with an address by its number, and the other end of its device's wire.
    pub fn new(device: &str, number: u8) -> (Host, File) {
        let (tasks, todo) = channel::<Task>();
        std::thread::spawn(move || {
            // SAFETY: it takes flags and no pointers, and changes this thread only.
            assert_eq!(unsafe { libc::unshare(libc::CLONE_NEWNET) }, 0, "{}", std::io::Error::last_os_error());
            todo.iter().for_each(|task| task());
        });
        let host = Host { tasks };
        let device = device.to_owned();
        let wire = host.run(move || {
            let wire = tun(&device);
            run("ip", &["addr", "add", &format!("{}/24", Host::address(number)), "dev", &device]);
            // Room for every packet: what the queue drops was not on the wire, nor in the capture.
            run("ip", &["link", "set", &device, "up", "txqueuelen", "20000"]);
            wire
        });
        (host, wire)
    }

    /// The address of the host with this number.
    pub fn address(number: u8) -> String {
        format!("10.77.0.{number}")
    }

    /// Starts something in its network: on a thread of its own that belongs there.
    pub fn start<T: Send + 'static>(&self, task: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
        let (sender, receiver) = channel();
        // A thread is where the one is that starts it.
        let start = move || drop(std::thread::spawn(move || drop(sender.send(task()))));
        self.tasks.send(Box::new(start)).unwrap();
        receiver
    }

    /// Does something in its network.
    pub fn run<T: Send + 'static>(&self, task: impl FnOnce() -> T + Send + 'static) -> T {
        self.start(task).recv().unwrap()
    }
}

/// A device whose packets are read from and written to a file, without any header of its own.
fn tun(name: &str) -> File {
    let file = OpenOptions::new().read(true).write(true).open("/dev/net/tun").unwrap();
    // SAFETY: all of it is plain data, for which zero is valid.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(name.bytes()) {
        *to = from.try_into().unwrap();
    }
    request.ifr_ifru.ifru_flags = (libc::IFF_TUN | libc::IFF_NO_PI).try_into().unwrap();
    // SAFETY: this request takes an ifreq, which outlives it.
    let result = unsafe { libc::ioctl(file.as_raw_fd(), libc::TUNSETIFF, &raw mut request) };
    assert_eq!(result, 0, "{}", std::io::Error::last_os_error());
    file
}

/// What the kernel counts in a network.
#[derive(Debug, PartialEq, Eq)]
pub struct Kernel {
    /// Segments that were retransmitted: TcpRetransSegs of nstat(8), the sum of `retrans` of ss(8).
    pub retransmitted: u64,
    /// Of these, the ones that did not get to a device.
    pub failed: u64,
}

impl Kernel {
    /// The counts once every connection is closed.
    pub fn when_quiet() -> Kernel {
        wait_until(|| read_to_string("/proc/thread-self/net/tcp").unwrap().lines().skip(1).all(is_over));
        Kernel {
            retransmitted: counter("snmp", "Tcp:", "RetransSegs"),
            failed: counter("netstat", "TcpExt:", "TCPRetransFail"),
        }
    }
}

/// Whether a line of the table of sockets shows one in TIME-WAIT.
fn is_over(line: &str) -> bool {
    const TIME_WAIT: &str = "06";
    line.split_whitespace().nth(3) == Some(TIME_WAIT)
}

/// A counter from a table in /proc: a row of names, then a row of values.
fn counter(table: &str, protocol: &str, name: &str) -> u64 {
    let text = read_to_string(format!("/proc/thread-self/net/{table}")).unwrap();
    let mut rows = text.lines().filter(|line| line.starts_with(protocol)).map(str::split_whitespace);
    let (names, values) = (rows.next().unwrap(), rows.next().unwrap());
    names.zip(values).find(|(found, _)| *found == name).unwrap().1.parse().unwrap()
}
