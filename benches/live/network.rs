//! Two network namespaces and the pair of interfaces that connects them.

use std::process::Command;

use crate::common::cleanup::{Leftover, Undo, fail};

/// The end that is flooded into, in the first namespace, and the one at which is captured, in the second.
pub const ENDS: [&str; 2] = ["near", "far"];

/// The kernel splits trains of more than so many octets before they reach the interface. None is that short.
pub const TRAIN_MIN: usize = 200;

/// The namespaces, until it is dropped.
pub struct Network {
    names: [String; 2],
    _undo: [Undo; 2],
}

impl Network {
    /// Or why there is none.
    pub fn new() -> Result<Network, String> {
        let names = ENDS.map(|end| format!("rtcpdump-{}-{end}", std::process::id()));
        let undo = names.each_ref().map(|name| Undo::later(Leftover::Namespace(name.clone())));
        for name in &names {
            ip(&["netns", "add", name])?;
        }
        let [[near, far], [first, second]] = [ENDS, names.each_ref().map(String::as_str)];
        ip(&["-n", first, "link", "add", near, "type", "veth", "peer", "name", far, "netns", second])?;
        // Without addresses of their own making, they send nothing by themselves.
        ip(&["-n", first, "link", "set", near, "addrgenmode", "none"])?;
        ip(&["-n", second, "link", "set", far, "addrgenmode", "none"])?;
        ip(&["-n", first, "link", "set", near, "gso_max_size", &TRAIN_MIN.to_string()])?;
        ip(&["-n", first, "link", "set", near, "up"])?;
        ip(&["-n", second, "link", "set", far, "up"])?;
        Ok(Network { names, _undo: undo })
    }

    /// A program that floods.
    pub fn sender(&self, program: &str) -> Command {
        inside(&self.names[0], program)
    }

    /// A program that captures.
    pub fn receiver(&self, program: &str) -> Command {
        inside(&self.names[1], program)
    }

    /// How many packets have come in.
    pub fn arrived(&self) -> u64 {
        let mut command = self.receiver("cat");
        command.arg(format!("/sys/class/net/{}/statistics/rx_packets", ENDS[1]));
        let text = command.output().map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        text.ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| fail("the interface's packets are not counted"))
    }
}

/// `ip` becomes the program: the process is the same.
fn inside(namespace: &str, program: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace, program]);
    command
}

fn ip(arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("ip").args(arguments).output().map_err(|error| format!("ip (of iproute2): {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("ip {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim()))
}
