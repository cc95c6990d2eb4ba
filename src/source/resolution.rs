//! How fine a savefile's time stamps are. libpcap converts them and does not tell.
//!
//! A pipe cannot be looked into beforehand: it counts as microseconds.

const NANOSECOND_PCAP: u32 = 0xa1b2_3c4d;
const PCAPNG_SECTION: u32 = 0x0a0d_0d0a;
const PCAPNG_BYTE_ORDER: u32 = 0x1a2b_3c4d;
const PCAPNG_INTERFACE: u32 = 1;
/// The option of an interface description that tells its resolution, and what it is without one:
/// microseconds (pcapng draft, section 4.2).
const PCAPNG_RESOLUTION: u16 = 9;
const MICROSECONDS: u8 = 6;

/// Whether the time stamps of a savefile are finer than microseconds, by its first octets: the magic
/// number, or the first interface of a pcapng file.
pub fn has_nanoseconds(head: &[u8]) -> bool {
    let word = |at: usize| head.get(at..).and_then(|tail| tail.first_chunk::<4>()).copied();
    let Some(magic) = word(0) else { return false };
    if [u32::from_be_bytes(magic), u32::from_le_bytes(magic)].contains(&NANOSECOND_PCAP) {
        return true;
    }
    if u32::from_be_bytes(magic) != PCAPNG_SECTION {
        return false;
    }
    let is_big_endian = word(8).map(u32::from_be_bytes) == Some(PCAPNG_BYTE_ORDER);
    let number =
        |at| word(at).map(|octets| if is_big_endian { u32::from_be_bytes(octets) } else { u32::from_le_bytes(octets) });
    first_interface_resolution(head, number, is_big_endian)
        .is_some_and(|resolution| resolution & 0x80 == 0 && resolution > MICROSECONDS)
}

/// The resolution of the first interface in a pcapng file's head, if it states one.
fn first_interface_resolution(head: &[u8], number: impl Fn(usize) -> Option<u32>, is_big_endian: bool) -> Option<u8> {
    let mut block = 0;
    while number(block)? != PCAPNG_INTERFACE {
        block += (number(block + 4)? as usize).max(12);
    }
    let end = block + number(block + 4)? as usize - 4;
    // Type, length, link type, reserved, snapshot length; then options of code, length, value.
    let mut option = block + 16;
    while option + 4 <= end {
        let octets: [u8; 4] = *head.get(option..)?.first_chunk()?;
        let [a, b, c, d] = octets;
        let field =
            |octets: [u8; 2]| if is_big_endian { u16::from_be_bytes(octets) } else { u16::from_le_bytes(octets) };
        if field([a, b]) == PCAPNG_RESOLUTION {
            return head.get(option + 4).copied();
        }
        option += 4 + usize::from(field([c, d])).next_multiple_of(4);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pcapng file's head in big-endian: a section, then an interface with these options.
    fn pcapng(options: &[u8]) -> Vec<u8> {
        let mut head = Vec::new();
        for word in [PCAPNG_SECTION, 28, PCAPNG_BYTE_ORDER, 0x0001_0000, !0, !0, 28] {
            head.extend_from_slice(&word.to_be_bytes());
        }
        let length = 20 + options.len() as u32;
        for word in [PCAPNG_INTERFACE, length, 0x0001_0000, 0] {
            head.extend_from_slice(&word.to_be_bytes());
        }
        head.extend_from_slice(options);
        head.extend_from_slice(&length.to_be_bytes());
        head
    }

    #[test]
    fn pcapng_states_its_resolution_in_an_option() {
        assert!(has_nanoseconds(&pcapng(&[0, 2, 0, 3, b'l', b'o', b'0', 0, 0, 9, 0, 1, 9, 0, 0, 0])));
        assert!(!has_nanoseconds(&pcapng(&[0, 9, 0, 1, 6, 0, 0, 0])));
        assert!(!has_nanoseconds(&pcapng(&[])));
    }

    #[test]
    fn no_cut_of_a_head_does_harm() {
        let head = pcapng(&[0, 2, 0xff, 0xff, 0, 9, 0, 1, 9, 0, 0, 0]);
        for length in 0..=head.len() {
            has_nanoseconds(&head[..length]);
        }
    }

    #[test]
    fn pcap_states_it_by_its_magic_number() {
        assert!(has_nanoseconds(&0xa1b2_3c4du32.to_le_bytes()));
        assert!(has_nanoseconds(&0xa1b2_3c4du32.to_be_bytes()));
        assert!(!has_nanoseconds(&0xa1b2_c3d4u32.to_le_bytes()));
    }
}
