//! The text of a packet, by option, on each kind of traffic.

use std::hint::black_box;

use rtcpdump::dissect;
use rtcpdump::dissect::context::Context;
use rtcpdump::dissect::style::{Dump, Style, TimeFormat};
use rtcpdump::os::names::Names;

use crate::frames::{FRAMES, Frames};
use crate::harness::Harness;
use crate::traffic::Kind;

pub fn measure(harness: &Harness) {
    let plain = Style::default;
    let styles = [
        ("-nn", plain()),
        ("-nn -t", Style { time: TimeFormat::None, ..plain() }),
        ("-nn -q", Style { quiet: 1, ..plain() }),
        ("-nn -e", Style { link_header: true, ..plain() }),
        ("-nn -v", Style { verbose: 1, ..plain() }),
        ("-nn -x", Style { dump: Dump::Hex { link_header: false }, ..plain() }),
        ("-nn -X", Style { dump: Dump::HexAscii { link_header: false }, ..plain() }),
    ];
    for kind in [Kind::Mixed, Kind::Bulk, Kind::Tiny, Kind::Connections] {
        for (option, style) in &styles {
            let name = format!("dissect {kind:?} {option}").to_lowercase();
            let name = if *option == "-nn -X" { name.replace("-x", "-X") } else { name };
            let prepare = || (Frames::new(kind, 1000), Context::new(style.clone(), Names::numeric()));
            harness.measure(&name, FRAMES, prepare, |(frames, context)| all(frames, context));
        }
    }
}

fn all(frames: &Frames, context: &mut Context) {
    frames.each(|frame, number| {
        dissect::frame(context, frame, number);
        // As much as is written at a time.
        if context.out.len() > 1 << 16 {
            black_box(&context.out);
            context.out.clear();
        }
    });
}
