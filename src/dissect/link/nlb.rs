//! The heartbeat of Microsoft's Network Load Balancing, which is not documented.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// Prints a heartbeat's host and cluster.
pub fn print(cx: &mut Context, heartbeat: Cursor) -> Outcome {
    cx.protocol = "msnlb";
    put!(cx, "MS NLB heartbeat");
    put!(cx, ", host priority: ", heartbeat.le32_at(8)?);
    for (label, offset) in [(", cluster IP: ", 12), (", host IP: ", 16)] {
        heartbeat.be32_at(offset)?;
        put!(cx, label);
        cx.ipv4_at(&heartbeat, offset)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn the_priority_is_little_endian_and_an_address_that_is_cut_off_has_no_label() {
        assert_eq!(
            ethernet(0, "886f c0de01bf 01020000 02000000 c0a80001 c0a8"),
            "MS NLB heartbeat, host priority: 2, cluster IP: 192.168.0.1 [|msnlb]"
        );
    }
}
