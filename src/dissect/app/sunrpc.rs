//! Sun RPC (RFC 5531) to the port mapper (RFC 1833 section 3), for `-T rpc`.

use super::nfs;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::net::IpHeader;
use crate::dissect::put::Hex;
use crate::put;

/// Octets of a call up to the length of its credentials.
const CALL_LENGTH: usize = 32;
const CALL: u32 = 0;
const RPC_VERSION: u32 = 2;

/// The port mapper's port, in the place of the one that the message was sent to.
const PORT: u16 = 111;

const PROCEDURES: &[Name] = &[(0, "null"), (1, "set"), (2, "unset"), (3, "getport"), (4, "dump"), (5, "call")];

/// Prints a message: a call as one to the port mapper, anything else as a reply from NFS.
pub fn print(cx: &mut Context, message: Cursor, ip: &IpHeader) -> Outcome {
    if message.be32_at(4)? != CALL {
        return nfs::print_reply(cx, message, ip);
    }
    cx.protocol = "sunrpc";
    message.need(CALL_LENGTH)?;
    cx.host(ip.source);
    put!(cx, ".0x", Hex(message.be32_at(0)?), " > ");
    cx.host(ip.destination);
    if cx.names.is_numeric() {
        put!(cx, ".0x", Hex(PORT));
    } else {
        put!(cx, ".sunrpc");
    }
    put!(cx, ": ", message.length());
    let procedure = message.be32_at(20)?;
    match lookup(PROCEDURES, procedure) {
        Some(name) => put!(cx, " ", name),
        None => put!(cx, "  proc #", procedure),
    }
    let version = message.be32_at(8)?;
    if version != RPC_VERSION {
        put!(cx, " [rpcver ", version, "]");
    }
    if matches!(procedure, 1..=3 | 5) {
        put!(cx, if cx.names.is_numeric() { " " } else { " #" });
        put!(cx, message.be32_at(12)?, ".", message.be32_at(16)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::context::Context;
    use crate::dissect::cursor::Cursor;
    use crate::dissect::net::ipv4;
    use crate::dissect::net::testing::octets;
    use crate::dissect::packet_type::PacketType;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(body: &str) -> String {
        let body = octets(body);
        let header =
            format!("4500{:04x}000000004011000001010101020202020400006f{:04x}0000", 28 + body.len(), 8 + body.len());
        let packet = [octets(&header), body].concat();
        let style = Style { packet_type: Some(PacketType::Rpc), ..Style::default() };
        let mut cx = Context::new(style, Names::numeric());
        if ipv4::print(&mut cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn calls_are_the_port_mappers_and_replies_those_of_nfs() {
        let call = |version, procedure| {
            text(&format!("0000000a 00000000 {version} 000186a3 00000003 {procedure} 00000000 00000000"))
        };
        assert_eq!(call("00000002", "00000003"), "IP 1.1.1.1.0xa > 2.2.2.2.0x6f: 32 getport 100003.3");
        assert_eq!(call("00000003", "00000007"), "IP 1.1.1.1.0xa > 2.2.2.2.0x6f: 32  proc #7 [rpcver 3]");
        assert_eq!(
            text("0000000a 00000001 00000001 00000000 00000002 00000002"),
            "IP 1.1.1.1.2049 > 2.2.2.2.10: reply ERR 24: RPC Version mismatch (2-2)"
        );
        assert_eq!(text("0000000a 00000000"), "IP  [|sunrpc]");
    }
}
