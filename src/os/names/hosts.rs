//! Host names by the system's rules, looked up aside: a slow or dead name server holds nobody up.
//!
//! A few threads ask the system. The packet path waits for an answer for a moment only, which is
//! enough for the hosts file and a near server; after one answer that did not come in time it waits
//! no more until one is found as fast again. Meanwhile the number is printed.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use foldhash::fast::RandomState;

use crate::dissect::address::IpAddress;

/// Host names that are remembered at most; beyond that all are forgotten and asked for again.
const REMEMBERED_MAX: usize = 65_536;
/// Questions that may wait for a thread; further ones are asked when their address comes again.
const WAITING_MAX: usize = 1024;
/// Threads that ask. A dead server keeps each busy for seconds a question.
const THREADS: usize = 4;

/// How a name is found: `None` for an address without one.
pub type Resolve = fn(IpAddress) -> Option<Box<str>>;

/// What is known of an address.
#[derive(Debug)]
enum Entry {
    Asked,
    Answered(Option<Box<str>>),
}

/// An answer.
struct Answer {
    address: IpAddress,
    name: Option<Box<str>>,
    /// How long the system took to find it.
    took: Duration,
}

/// The names asked for so far.
#[derive(Debug)]
pub struct Hosts {
    entries: HashMap<IpAddress, Entry, RandomState>,
    questions: SyncSender<IpAddress>,
    answers: Receiver<Answer>,
    patience: Duration,
    /// The last answer waited for did not come in time, and none has been found in time since.
    is_slow: bool,
}

impl Hosts {
    /// Starts the threads. An answer is waited for up to `patience`.
    pub fn new(resolve: Resolve, patience: Duration) -> Hosts {
        let (questions, asked) = sync_channel(WAITING_MAX);
        let (answered, answers) = channel();
        let asked = Arc::new(Mutex::new(asked));
        for _ in 0..THREADS {
            let (asked, answered) = (Arc::clone(&asked), answered.clone());
            // Without a thread, questions stay unanswered and numbers are printed.
            let _ = thread::Builder::new().name("names".into()).spawn(move || answer(&asked, &answered, resolve));
        }
        Hosts { entries: HashMap::default(), questions, answers, patience, is_slow: false }
    }

    /// The name of a host, if it has one and it is known by now.
    pub fn name(&mut self, address: IpAddress) -> Option<&str> {
        while let Ok(answer) = self.answers.try_recv() {
            self.remember(answer);
        }
        if !self.entries.contains_key(&address) {
            self.ask(address);
        }
        match self.entries.get(&address) {
            Some(Entry::Answered(name)) => name.as_deref(),
            _ => None,
        }
    }

    fn remember(&mut self, answer: Answer) {
        // A dead server is answered for too, once the system has given up.
        self.is_slow &= answer.took > self.patience;
        self.entries.insert(answer.address, Entry::Answered(answer.name));
    }

    /// Asks for a name, and waits for it if that is not in vain.
    fn ask(&mut self, address: IpAddress) {
        if self.entries.len() >= REMEMBERED_MAX {
            self.entries.clear();
        }
        if self.questions.try_send(address).is_err() {
            return;
        }
        self.entries.insert(address, Entry::Asked);
        let end = Instant::now() + self.patience;
        while !self.is_slow && matches!(self.entries.get(&address), Some(Entry::Asked)) {
            match self.answers.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(answer) => self.remember(answer),
                Err(_) => self.is_slow = true,
            }
        }
    }
}

/// One thread's work: question by question, until nobody asks any more.
fn answer(asked: &Mutex<Receiver<IpAddress>>, answered: &Sender<Answer>, resolve: Resolve) {
    loop {
        let question = match asked.lock() {
            Ok(questions) => questions.recv(),
            Err(_) => return,
        };
        let Ok(address) = question else { return };
        let asked = Instant::now();
        let name = resolve(address);
        if answered.send(Answer { address, name, took: asked.elapsed() }).is_err() {
            return;
        }
    }
}

/// Asks the system: hosts file, DNS, whatever it is set up for.
pub fn system_name(address: IpAddress) -> Option<Box<str>> {
    let address = match address {
        IpAddress::V4(address) => IpAddr::from(address.0),
        IpAddress::V6(address) => IpAddr::from(address.0),
    };
    let name = dns_lookup::lookup_addr(&address).ok()?;
    // An address without a name comes back as itself, perhaps with a scope.
    let is_address = name.split('%').next()?.parse::<IpAddr>().is_ok();
    (!is_address).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::address::Ipv4;

    const PATIENCE: Duration = Duration::from_millis(50);

    fn address(last: u8) -> IpAddress {
        IpAddress::V4(Ipv4([10, 0, 0, last]))
    }

    #[test]
    fn an_answer_at_once_is_waited_for_and_remembered() {
        fn resolve(address: IpAddress) -> Option<Box<str>> {
            (address != self::address(2)).then(|| "here".into())
        }
        let mut hosts = Hosts::new(resolve, Duration::from_secs(5));
        assert_eq!(hosts.name(address(1)), Some("here"));
        assert_eq!(hosts.name(address(1)), Some("here"));
        assert_eq!(hosts.name(address(2)), None);
    }

    #[test]
    fn a_dead_server_costs_one_wait_in_all() {
        fn resolve(_: IpAddress) -> Option<Box<str>> {
            thread::sleep(Duration::from_secs(60));
            None
        }
        let mut hosts = Hosts::new(resolve, PATIENCE);
        let start = Instant::now();
        for last in 0..200 {
            assert_eq!(hosts.name(address(last)), None);
        }
        assert!(start.elapsed() < 10 * PATIENCE, "{:?}", start.elapsed());
    }

    #[test]
    fn a_server_that_is_given_up_is_not_waited_for_again() {
        fn resolve(_: IpAddress) -> Option<Box<str>> {
            thread::sleep(2 * PATIENCE);
            None
        }
        let mut hosts = Hosts::new(resolve, PATIENCE);
        hosts.name(address(0));
        for last in 1..20 {
            thread::sleep(PATIENCE / 2);
            let start = Instant::now();
            hosts.name(address(last));
            assert!(start.elapsed() < PATIENCE / 2, "{:?}", start.elapsed());
        }
    }

    #[test]
    fn a_late_answer_is_used_from_then_on() {
        fn resolve(_: IpAddress) -> Option<Box<str>> {
            thread::sleep(3 * PATIENCE);
            Some("late".into())
        }
        let mut hosts = Hosts::new(resolve, PATIENCE);
        assert_eq!(hosts.name(address(1)), None);
        thread::sleep(6 * PATIENCE);
        assert_eq!(hosts.name(address(1)), Some("late"));
    }
}
