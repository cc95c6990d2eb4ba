//! The libpcap calls that the `pcap` crate does not bind. All unsafe code about libpcap is here and in
//! [`inactive`].

pub mod inactive;

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::io::Write;
use std::os::fd::{BorrowedFd, IntoRawFd, OwnedFd};

use pcap::{Activated, Capture, Offline};

use super::records::{Format, file_header};
use super::{Frame, LinkType};
use crate::error::{libpcap_text, reason_text};

/// `pcap_t`, which only libpcap looks into.
type Handle = *mut c_void;

/// `struct bpf_program` (pcap/bpf.h).
#[repr(C)]
struct Program {
    length: c_uint,
    instructions: *mut Instruction,
}

// SAFETY: the instructions are memory that is this program's own; libpcap ties it to no thread.
unsafe impl Send for Program {}

/// One instruction of a filter: `struct bpf_insn` (pcap/bpf.h).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Operation.
    pub code: u16,
    /// Jump if true.
    pub jump_true: u8,
    /// Jump if false.
    pub jump_false: u8,
    /// Operand.
    pub operand: u32,
}

/// `struct pcap_pkthdr` (pcap/pcap.h).
#[repr(C)]
struct RecordHeader {
    time: libc::timeval,
    captured: u32,
    length: u32,
}

const ERROR_BUFFER: usize = 256;

// SAFETY (of the declarations): they repeat pcap/pcap.h, whose types and ABI have been stable since 1.0;
// the pcap crate links the library.
unsafe extern "C" {
    fn pcap_lib_version() -> *const c_char;
    fn pcap_snapshot(handle: Handle) -> c_int;
    fn pcap_geterr(handle: Handle) -> *const c_char;
    fn pcap_compile(handle: Handle, program: *mut Program, text: *const c_char, optimize: c_int, mask: u32) -> c_int;
    fn pcap_setfilter(handle: Handle, program: *mut Program) -> c_int;
    fn pcap_offline_filter(program: *const Program, header: *const RecordHeader, octets: *const u8) -> c_int;
    fn pcap_freecode(program: *mut Program);
    fn pcap_get_selectable_fd(handle: Handle) -> c_int;
    fn pcap_lookupnet(device: *const c_char, net: *mut u32, mask: *mut u32, error: *mut c_char) -> c_int;
    fn pcap_open_dead(link_type: c_int, snapshot_length: c_int) -> Handle;
    fn pcap_close(handle: Handle);
    fn bpf_image(instruction: *const Instruction, number: c_int) -> *const c_char;
}

/// A string of libpcap's, copied.
///
/// # Safety
/// `text` is null or points to a string that stays unchanged during the call.
unsafe fn owned(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: not null, and the caller vouches for the rest.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// libpcap's name and version, such as `libpcap version 1.10.3 (with TPACKET_V3)`.
pub fn version() -> String {
    // SAFETY: a static string of libpcap's.
    unsafe { owned(pcap_lib_version()) }
}

fn handle<State: Activated + ?Sized>(capture: &Capture<State>) -> Handle {
    capture.as_ptr().cast()
}

/// A savefile without frames, for libpcap to compile filters for.
fn empty_savefile(link_type: LinkType, snapshot_length: i32) -> Result<Capture<Offline>, String> {
    let header = file_header(&Format { swapped: false, nanoseconds: false, snapshot_length, link_type });
    let piped = std::io::pipe().and_then(|(reader, mut writer)| writer.write_all(&header).map(|()| reader));
    let reader = piped.map_err(|error| format!("can't compile a filter: {}", reason_text(&error)))?;
    // SAFETY: the descriptor is open and handed over: libpcap closes it with the capture.
    let capture = unsafe { Capture::from_raw_fd(OwnedFd::from(reader).into_raw_fd()) };
    capture.map_err(libpcap_text)
}

/// The snapshot length of a capture, in octets: what its header says, or what was set.
pub fn snapshot_length<State: Activated + ?Sized>(capture: &Capture<State>) -> i32 {
    // SAFETY: the handle lives as long as `capture`.
    unsafe { pcap_snapshot(handle(capture)) }
}

/// A descriptor that becomes readable when a capture has frames, where the device offers one.
pub fn selectable<State: Activated + ?Sized>(capture: &Capture<State>) -> Option<BorrowedFd<'_>> {
    // SAFETY: the handle is valid; the descriptor is libpcap's and stays open as long as `capture`,
    // which the lifetime of the result borrows.
    unsafe {
        match pcap_get_selectable_fd(handle(capture)) {
            ..0 => None,
            descriptor => Some(BorrowedFd::borrow_raw(descriptor)),
        }
    }
}

/// A compiled filter.
pub struct Filter {
    program: Program,
    /// What it was compiled from.
    expression: String,
    optimize: bool,
}

impl Filter {
    /// Compiles an expression for the link type and snapshot length of `capture`. `mask` is the IPv4
    /// network mask of the device, for `ip broadcast`. The error is libpcap's text.
    pub fn compile<State: Activated + ?Sized>(
        capture: &Capture<State>,
        expression: &str,
        optimize: bool,
        mask: u32,
    ) -> Result<Filter, String> {
        // SAFETY: the handle lives as long as `capture`.
        unsafe { Filter::compile_for(handle(capture), expression, optimize, mask) }
    }

    /// Compiles an expression for a link type, without anything to capture or read.
    pub fn compile_for_link_type(
        link_type: i32,
        snapshot_length: i32,
        expression: &str,
        optimize: bool,
    ) -> Result<Filter, String> {
        // SAFETY: the handle is closed here and not used after; the program outlives it.
        unsafe {
            let handle = pcap_open_dead(link_type, snapshot_length);
            if handle.is_null() {
                return Err("out of memory".to_owned());
            }
            let filter = Filter::compile_for(handle, expression, optimize, 0);
            pcap_close(handle);
            filter
        }
    }

    /// Compiles an expression for frames of a link type in a savefile.
    pub fn compile_for_savefile(
        link_type: LinkType,
        snapshot_length: i32,
        expression: &str,
        optimize: bool,
    ) -> Result<Filter, String> {
        // Some expressions mean other things on a device, or nothing in a file: libpcap has to see one.
        Filter::compile(&empty_savefile(link_type, snapshot_length)?, expression, optimize, 0)
    }

    /// The same filter for frames of another link type in a savefile.
    pub fn compile_again(&self, link_type: LinkType, snapshot_length: i32) -> Result<Filter, String> {
        Filter::compile_for_savefile(link_type, snapshot_length, &self.expression, self.optimize)
    }

    /// # Safety
    /// `handle` is a live handle of libpcap's.
    unsafe fn compile_for(handle: Handle, expression: &str, optimize: bool, mask: u32) -> Result<Filter, String> {
        let Ok(text) = CString::new(expression) else {
            return Err("can't parse filter expression: it contains a null character".to_owned());
        };
        let program = Program { length: 0, instructions: std::ptr::null_mut() };
        let mut filter = Filter { program, expression: expression.to_owned(), optimize };
        // SAFETY: handle, program and string live through the call; the program is freed by `drop`.
        unsafe {
            let status = pcap_compile(handle, &mut filter.program, text.as_ptr(), c_int::from(optimize), mask);
            if status < 0 { Err(owned(pcap_geterr(handle))) } else { Ok(filter) }
        }
    }

    /// Puts the filter in front of a capture: in the kernel for a device, in libpcap for a savefile.
    pub fn install<State: Activated + ?Sized>(&self, capture: &Capture<State>) -> Result<(), String> {
        // SAFETY: handle and program are valid; libpcap copies the program and changes nothing in ours.
        let status = unsafe { pcap_setfilter(handle(capture), (&raw const self.program).cast_mut()) };
        if status < 0 { Err(last_error(capture)) } else { Ok(()) }
    }

    /// Whether every frame passes: the program of an empty expression.
    pub fn passes_all(&self) -> bool {
        matches!(self.instructions(), [only] if only.operand != 0)
    }

    /// Whether a frame passes.
    #[inline]
    pub fn passes(&self, frame: &Frame) -> bool {
        let time = libc::timeval { tv_sec: 0, tv_usec: 0 };
        let header = RecordHeader { time, captured: frame.bytes.len() as u32, length: frame.wire_length };
        // SAFETY: the program is libpcap's own, and it reads `captured` octets at most.
        unsafe { pcap_offline_filter(&self.program, &header, frame.bytes.as_ptr()) != 0 }
    }

    /// Whether every frame passes, whatever its link type.
    pub fn is_empty(&self) -> bool {
        self.expression.trim().is_empty()
    }

    /// What it was compiled from.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The instructions.
    pub fn instructions(&self) -> &[Instruction] {
        if self.program.instructions.is_null() {
            return &[];
        }
        // SAFETY: libpcap allocated `length` instructions there; they live until `drop`.
        unsafe { std::slice::from_raw_parts(self.program.instructions, self.program.length as usize) }
    }
}

impl Drop for Filter {
    fn drop(&mut self) {
        // SAFETY: compiled by libpcap or empty, which it accepts.
        unsafe { pcap_freecode(&mut self.program) }
    }
}

impl Instruction {
    /// The instruction in assembler, as libpcap writes it. `number` is its place in the program.
    pub fn image(&self, number: usize) -> String {
        let number = c_int::try_from(number).unwrap_or(c_int::MAX);
        // SAFETY: bpf_image returns its static buffer, which only this thread's next call changes.
        unsafe { owned(bpf_image(self, number)) }
    }
}

fn last_error<State: Activated + ?Sized>(capture: &Capture<State>) -> String {
    // SAFETY: the handle's own error buffer.
    unsafe { owned(pcap_geterr(handle(capture))) }
}

/// Makes libpcap show how it parses filters. Only a libpcap that was built for that can; whether this one is.
pub fn debug_parser() -> bool {
    type SetDebug = unsafe extern "C" fn(c_int);
    // SAFETY: where libpcap has a function of this name, it takes an int (pcap-int.h), and only sets a flag.
    unsafe {
        let function = libc::dlsym(libc::RTLD_DEFAULT, c"pcap_set_parser_debug".as_ptr());
        if function.is_null() {
            return false;
        }
        std::mem::transmute::<*mut c_void, SetDebug>(function)(1);
    }
    true
}

/// An IPv4 network: address and mask in host byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// The address, its host part 0.
    pub address: u32,
    /// The mask.
    pub mask: u32,
}

impl Network {
    /// Whether an address is in it.
    pub fn contains(&self, address: [u8; 4]) -> bool {
        u32::from_be_bytes(address) & self.mask == self.address
    }
}

/// The IPv4 network of a device. The error is libpcap's text.
pub fn network(device: &str) -> Result<Network, String> {
    let Ok(device) = CString::new(device) else { return Err("No such device exists".to_owned()) };
    let (mut address, mut mask) = (0, 0);
    let mut error = [0 as c_char; ERROR_BUFFER];
    // SAFETY: all pointers are to live values, the buffer has PCAP_ERRBUF_SIZE octets.
    unsafe {
        match pcap_lookupnet(device.as_ptr(), &mut address, &mut mask, error.as_mut_ptr()) {
            ..0 => Err(owned(error.as_ptr())),
            _ => Ok(Network { address: u32::from_be(address), mask: u32::from_be(mask) }),
        }
    }
}

/// The IPv4 network mask of a device in host byte order, 0 where it has none.
pub fn netmask(device: &str) -> u32 {
    network(device).map_or(0, |network| network.mask)
}
