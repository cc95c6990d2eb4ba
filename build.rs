//! Finds libpcap, and makes the man page and the completions from the option definitions.

#![allow(clippy::print_stderr, clippy::print_stdout)]

use std::path::Path;
use std::{env, fs, io, process};

use clap::CommandFactory;
use clap_complete::{Shell, generate_to};

#[allow(dead_code)]
#[path = "src/cli.rs"]
mod cli;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/cli.rs");
    println!("cargo:rerun-if-changed=src/cli");
    println!("cargo:rerun-if-env-changed=LIBPCAP_LIBDIR");
    require_libpcap();
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set: build with cargo"))?;
    let out = Path::new(&out);
    let mut command = cli::Cli::command();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    fs::write(out.join("rtcpdump.1"), page)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut command, "rtcpdump", out)?;
    }
    Ok(())
}

/// Stops the build with the command that mends it where libpcap's development files are missing.
fn require_libpcap() {
    let is_set = env::var_os("LIBPCAP_LIBDIR").is_some();
    let is_macos = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "macos");
    if is_set || is_macos {
        return;
    }
    let found = pkg_config::Config::new().cargo_metadata(false).probe("libpcap").is_ok();
    // Without pkg-config, the header says that the package is there.
    let has_header =
        ["/usr/include/pcap/pcap.h", "/usr/local/include/pcap/pcap.h"].iter().any(|p| Path::new(p).exists());
    if !found && !has_header {
        eprintln!("rtcpdump needs libpcap's development files, which are not here. Install them with");
        eprintln!("    {}", install_command());
        eprintln!("or set LIBPCAP_LIBDIR to the folder that holds libpcap.");
        process::exit(1);
    }
}

/// The command of this machine's package manager.
fn install_command() -> &'static str {
    let commands = [
        ("/usr/bin/apt-get", "sudo apt-get install -y libpcap-dev"),
        ("/usr/bin/dnf", "sudo dnf install -y libpcap-devel"),
        ("/sbin/apk", "sudo apk add libpcap-dev"),
        ("/usr/bin/pacman", "sudo pacman -S --noconfirm libpcap"),
        ("/usr/bin/zypper", "sudo zypper install -y libpcap-devel"),
    ];
    let here = commands.iter().find(|(manager, _)| Path::new(manager).exists());
    here.map_or("sudo apt-get install -y libpcap-dev", |(_, command)| command)
}
