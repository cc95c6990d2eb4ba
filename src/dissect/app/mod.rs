//! Protocols of applications, found by port.

pub mod beep;
pub mod ftp;
pub mod http;
pub mod m3ua;
pub mod nfs;
pub mod pptp;
mod pptp_messages;
pub mod quic;
pub mod quic_connections;
pub mod radius;
pub mod resp;
pub mod rtcp;
pub mod rtp;
pub mod rtsp;
pub mod sip;
pub mod smtp;
pub mod snmp;
pub mod ssh;
mod stop;
pub mod syslog;
pub mod telnet;
mod telnet_names;
pub mod text;
pub mod vat;
pub mod whois;
pub mod zmtp1;
