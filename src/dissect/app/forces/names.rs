//! Numbers of ForCES and their names.

use crate::dissect::named::{NameOrNumber, name_or_number};
use crate::dissect::names_table::Name;

/// What became of an operation (section 7.1.7).
pub(super) const RESULTS: &[Name] = &[
    (0x00, "SUCCESS"),
    (0x01, "INVALID HEADER"),
    (0x02, "LENGTH MISMATCH"),
    (0x03, "VERSION MISMATCH"),
    (0x04, "INVALID DESTINATION PID"),
    (0x05, "LFB UNKNOWN"),
    (0x06, "LFB NOT FOUND"),
    (0x07, "LFB INSTANCE ID NOT FOUND"),
    (0x08, "INVALID PATH"),
    (0x09, "COMPONENT DOES NOT EXIST"),
    (0x0a, "EXISTS ALREADY"),
    (0x0b, "NOT FOUND"),
    (0x0c, "READ ONLY"),
    (0x0d, "INVALID ARRAY CREATION"),
    (0x0e, "VALUE OUT OF RANGE"),
    (0x0f, "CONTENTS TOO LONG"),
    (0x10, "INVALID PARAMETERS"),
    (0x11, "INVALID MESSAGE TYPE"),
    (0x12, "INVALID FLAGS"),
    (0x13, "INVALID TLV"),
    (0x14, "EVENT ERROR"),
    (0x15, "NOT SUPPORTED"),
    (0x16, "MEMORY ERROR"),
    (0x17, "INTERNAL ERROR"),
    (0xff, "UNSPECIFIED ERROR"),
];
/// Why an association ends (section 7.5.3).
pub(super) const TEARDOWN_REASONS: &[Name] = &[
    (0, "Normal Teardown"),
    (1, "Loss of Heartbeats"),
    (2, "Out of bandwidth"),
    (3, "Out of Memory"),
    (4, "Application Crash"),
];
/// Which operations are to be acknowledged (section 6.1).
pub(super) const ACKNOWLEDGEMENTS: &[Name] = &[(0, "NoACK"), (1, "SuccessACK"), (2, "FailureACK"), (3, "AlwaysACK")];
/// What is done when an operation fails.
pub(super) const EXECUTION_MODES: &[Name] =
    &[(0, "EMReserved"), (1, "execute-all-or-none"), (2, "execute-until-failure"), (3, "continue-execute-on-failure")];
/// Whether a message is part of a transaction.
pub(super) const ATOMICITIES: &[Name] = &[(0, "Standalone"), (1, "2PCtransaction")];
/// Which part of it.
pub(super) const PHASES: &[Name] =
    &[(0, "StartofTransaction"), (1, "MiddleofTransaction"), (2, "EndofTransaction"), (3, "abort")];
/// Classes of logical function blocks.
pub(super) const CLASSES: &[Name] = &[(0, "Invalid TLV"), (1, "FEObj LFB"), (2, "FEProtoObj LFB")];
/// What TLVs hold (appendix A.2).
pub(super) const TLVS: &[Name] = &[
    (0x0000, "Invalid TLV"),
    (0x0001, "REDIRECT TLV"),
    (0x0010, "ASResult TLV"),
    (0x0011, "ASTreason TLV"),
    (0x1000, "LFBselect TLV"),
    (0x0110, "PATH-DATA TLV"),
    (0x0111, "KEYINFO TLV"),
    (0x0112, "FULLDATA TLV"),
    (0x0113, "SPARSEDATA TLV"),
    (0x0114, "RESULT TLV"),
    (0x0115, "METADATA TLV"),
    (0x0116, "REDIRECTDATA TLV"),
];

/// The name of `number`, or the number behind a `#`.
pub(super) fn name(table: &[Name], number: impl Into<u32>) -> NameOrNumber<'static> {
    name_or_number(table, number, "#", "")
}
