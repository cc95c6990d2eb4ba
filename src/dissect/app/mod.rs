//! Protocols of applications, found by port.

pub mod beep;
pub mod bfd;
pub mod ftp;
pub mod hsrp;
pub mod http;
pub mod nfs;
pub mod resp;
pub mod rip;
pub mod ripng;
pub mod rtsp;
pub mod sip;
pub mod smtp;
pub mod ssh;
mod stop;
pub mod syslog;
pub mod telnet;
mod telnet_names;
pub mod text;
pub mod whois;
pub mod zmtp1;
