//! Numbers in front of a frame that are in the byte order of the machine that captured it.
//!
//! A few link types have them. Where the writer's order is not ours, they are set right in the buffer, so
//! that filters and dissectors meet them as in a capture of this machine's. libpcap does the same.

use super::LinkType;
use super::input::Input;

const LINUX_SLL: i32 = 113;
const PFLOG: i32 = 117;
const USB_LINUX: i32 = 189;
const USB_LINUX_MMAPPED: i32 = 220;
const NFLOG: i32 = 239;
const LINUX_SLL2: i32 = 276;

/// The protocols of a cooked capture whose payload begins with a CAN identifier: CAN and CAN FD.
const CAN: [u16; 2] = [0x000c, 0x000d];
/// The length of usbmon's header, and of an isochronous descriptor behind it (Linux usbmon.rst).
const USB_HEADER: usize = 64;
const USB_DESCRIPTOR: usize = 16;
const USB_ISOCHRONOUS: u8 = 0;
const USB_COMPLETE: u8 = b'C';
const USB_IN: u8 = 0x80;

/// Whether frames of this link type are to be passed to [`correct`].
pub fn needs_care(link_type: LinkType, swapped: bool) -> bool {
    let with_numbers = [LINUX_SLL, PFLOG, USB_LINUX, NFLOG, LINUX_SLL2];
    link_type.0 == USB_LINUX_MMAPPED || swapped && with_numbers.contains(&link_type.0)
}

/// Sets the frame of the last record right. `swapped` tells that the writer's byte order is not ours.
#[cold]
pub fn correct(input: &mut Input, swapped: bool) {
    let (link_type, length) = (input.record.link_type, input.record.wire_length);
    let octets = input.frame_mut();
    if swapped {
        match link_type.0 {
            LINUX_SLL => swap_can_identifier(octets, 14, 16),
            LINUX_SLL2 => swap_can_identifier(octets, 0, 20),
            PFLOG => swap_pflog(octets),
            USB_LINUX => swap_usb(octets, false),
            USB_LINUX_MMAPPED => swap_usb(octets, true),
            NFLOG => swap_nflog(octets),
            _ => {}
        }
    }
    if link_type.0 == USB_LINUX_MMAPPED {
        input.record.wire_length = usb_length(octets, length);
    }
}

/// Turns a number around, if all of it was captured.
fn swap(octets: &mut [u8], at: usize, length: usize) -> bool {
    match octets.get_mut(at..at.saturating_add(length)) {
        Some(number) => {
            number.reverse();
            true
        }
        None => false,
    }
}

fn word(octets: &[u8], at: usize) -> Option<u32> {
    octets.get(at..)?.first_chunk().copied().map(u32::from_ne_bytes)
}

fn swap_can_identifier(octets: &mut [u8], protocol_at: usize, header_length: usize) {
    let protocol = octets.get(protocol_at..).and_then(|tail| tail.first_chunk()).copied().map(u16::from_be_bytes);
    if protocol.is_some_and(|protocol| CAN.contains(&protocol)) {
        swap(octets, header_length, 4);
    }
}

/// OpenBSD's pf: user and process, of the packet and of the rule.
fn swap_pflog(octets: &mut [u8]) {
    let header_length = octets.first().copied().map_or(0, usize::from);
    for at in [44, 48, 52, 56] {
        if header_length < at + 4 || !swap(octets, at, 4) {
            return;
        }
    }
}

/// Linux's nf_log: type and length of each element.
fn swap_nflog(octets: &mut [u8]) {
    if octets.get(1) != Some(&0) {
        return;
    }
    let mut at = 4;
    while swap(octets, at, 2) && swap(octets, at + 2, 2) {
        let length = octets.get(at + 2..).and_then(|tail| tail.first_chunk()).copied().map_or(0, u16::from_ne_bytes);
        if length < 4 {
            return;
        }
        at += usize::from(length).next_multiple_of(4);
    }
}

/// Linux's usbmon: identifier, bus, time, status and lengths; then what transfers of some kinds have.
fn swap_usb(octets: &mut [u8], is_long: bool) {
    let isochronous = octets.get(9) == Some(&USB_ISOCHRONOUS);
    let fields = [(0, 8), (12, 2), (16, 8), (24, 4), (28, 4), (32, 4), (36, 4)];
    let isochronous_fields: &[(usize, usize)] = if isochronous { &[(40, 4), (44, 4)] } else { &[] };
    let long_fields: &[(usize, usize)] = if is_long { &[(48, 4), (52, 4), (56, 4), (60, 4)] } else { &[] };
    for &(at, length) in fields.iter().chain(isochronous_fields).chain(long_fields) {
        if !swap(octets, at, length) {
            return;
        }
    }
    if !(is_long && isochronous) {
        return;
    }
    let count = word(octets, USB_HEADER - 4).unwrap_or(0);
    for descriptor in 0..count as usize {
        let at = USB_HEADER + descriptor * USB_DESCRIPTOR;
        // Status, offset and length.
        if ![0, 4, 8].into_iter().all(|field| swap(octets, at + field, 4)) {
            return;
        }
    }
}

/// The length of a frame on the bus. Some libpcaps took that of the request for completed incoming
/// isochronous transfers, whose data are not contiguous: the descriptors tell where they end.
fn usb_length(octets: &[u8], length: u32) -> u32 {
    let (Some(asked), Some(count)) = (word(octets, 32), word(octets, USB_HEADER - 4)) else { return length };
    let overhead = (USB_HEADER as u32).wrapping_add(count.wrapping_mul(USB_DESCRIPTOR as u32));
    let [Some(&event), Some(&kind), Some(&endpoint), Some(&no_data)] = [8, 9, 10, 15].map(|at| octets.get(at)) else {
        return length;
    };
    let concerned = no_data == 0 && kind == USB_ISOCHRONOUS && event == USB_COMPLETE && endpoint & USB_IN != 0;
    if !concerned || length != overhead.wrapping_add(asked) {
        return length;
    }
    let descriptors = octets.get(USB_HEADER..).unwrap_or_default().chunks_exact(USB_DESCRIPTOR);
    let ends = descriptors.take(count as usize).filter_map(|descriptor| {
        let (offset, length) = (word(descriptor, 4)?, word(descriptor, 8)?);
        (length != 0).then(|| offset.wrapping_add(length))
    });
    let told = overhead.wrapping_add(ends.max().unwrap_or(0));
    let captured = octets.len() as u32;
    if told >= captured { told } else { length.max(captured) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_turned_around_only_where_they_were_captured() {
        let mut cooked = [0; 20];
        cooked[15] = 0x0c;
        cooked[16..].copy_from_slice(&[1, 2, 3, 4]);
        swap_can_identifier(&mut cooked, 14, 16);
        assert_eq!(cooked[16..], [4, 3, 2, 1]);
        swap_can_identifier(&mut cooked[..18], 14, 16);
        assert_eq!(cooked[16..], [4, 3, 2, 1]);
    }

    #[test]
    fn no_contents_make_a_correction_run_away() {
        for fill in [0, 1, 0x7f, 0xff] {
            for length in 0..200 {
                let mut octets = vec![fill; length];
                swap_usb(&mut octets, true);
                swap_usb(&mut octets, false);
                swap_pflog(&mut octets);
                octets.get_mut(1).map(|version| *version = 0);
                swap_nflog(&mut octets);
                usb_length(&octets, u32::from(fill));
            }
        }
    }
}
