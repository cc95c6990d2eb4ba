//! Numbers and names of NFS versions 2 (RFC 1094) and 3 (RFC 1813).

#![allow(missing_docs)]

use crate::dissect::names_table::Name;

pub const GETATTR: u32 = 1;
pub const SETATTR: u32 = 2;
pub const LOOKUP: u32 = 3;
pub const ACCESS: u32 = 4;
pub const READLINK: u32 = 5;
pub const READ: u32 = 6;
pub const WRITE: u32 = 7;
pub const CREATE: u32 = 8;
pub const MKDIR: u32 = 9;
pub const SYMLINK: u32 = 10;
pub const MKNOD: u32 = 11;
pub const REMOVE: u32 = 12;
pub const RMDIR: u32 = 13;
pub const RENAME: u32 = 14;
pub const LINK: u32 = 15;
pub const READDIR: u32 = 16;
pub const READDIRPLUS: u32 = 17;
pub const FSSTAT: u32 = 18;
pub const FSINFO: u32 = 19;
pub const PATHCONF: u32 = 20;
pub const COMMIT: u32 = 21;
/// A procedure of version 2 that version 3 does not have.
const NONE: u32 = 25;

/// Version 3's number of each of version 2's procedures.
pub const FROM_VERSION_2: [u32; 26] = [
    0, GETATTR, SETATTR, NONE, LOOKUP, READLINK, READ, NONE, WRITE, CREATE, REMOVE, RENAME, LINK, SYMLINK, MKDIR,
    RMDIR, READDIR, FSSTAT, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
];

pub const PROCEDURES: &[Name] = &[
    (NONE, "nop"),
    (0, "null"),
    (GETATTR, "getattr"),
    (SETATTR, "setattr"),
    (LOOKUP, "lookup"),
    (ACCESS, "access"),
    (READLINK, "readlink"),
    (READ, "read"),
    (WRITE, "write"),
    (CREATE, "create"),
    (MKDIR, "mkdir"),
    (SYMLINK, "symlink"),
    (MKNOD, "mknod"),
    (REMOVE, "remove"),
    (RMDIR, "rmdir"),
    (RENAME, "rename"),
    (LINK, "link"),
    (READDIR, "readdir"),
    (READDIRPLUS, "readdirplus"),
    (FSSTAT, "fsstat"),
    (FSINFO, "fsinfo"),
    (PATHCONF, "pathconf"),
    (COMMIT, "commit"),
];

pub const ACCESS_RIGHTS: &[Name] = &[
    (0x01, "NFS_ACCESS_READ"),
    (0x02, "NFS_ACCESS_LOOKUP"),
    (0x04, "NFS_ACCESS_MODIFY"),
    (0x08, "NFS_ACCESS_EXTEND"),
    (0x10, "NFS_ACCESS_DELETE"),
    (0x20, "NFS_ACCESS_EXECUTE"),
];

pub const WRITE_MODES: &[Name] = &[(0, "unstable"), (1, "datasync"), (2, "filesync")];

pub const BLOCK_DEVICE: u32 = 3;
pub const CHARACTER_DEVICE: u32 = 4;
/// Types of files; tcpdump has no name for a socket, which is 6.
pub const FILE_TYPES: &[Name] =
    &[(0, "NON"), (1, "REG"), (2, "DIR"), (BLOCK_DEVICE, "BLK"), (CHARACTER_DEVICE, "CHR"), (5, "LNK"), (7, "FIFO")];

/// Statuses of both versions, and error numbers of BSD that servers send as well.
pub const STATUSES: &[Name] = &[
    (1, "Operation not permitted"),
    (2, "No such file or directory"),
    (5, "Input/output error"),
    (6, "Device not configured"),
    (11, "Resource deadlock avoided"),
    (12, "Cannot allocate memory"),
    (13, "Permission denied"),
    (17, "File exists"),
    (18, "Cross-device link"),
    (19, "Operation not supported by device"),
    (20, "Not a directory"),
    (21, "Is a directory"),
    (22, "Invalid argument"),
    (26, "Text file busy"),
    (27, "File too large"),
    (28, "No space left on device"),
    (30, "Read-only file system"),
    (31, "Too many links"),
    (45, "Operation not supported"),
    (62, "Too many levels of symbolic links"),
    (63, "File name too long"),
    (66, "Directory not empty"),
    (69, "Disc quota exceeded"),
    (70, "Stale NFS file handle"),
    (71, "Too many levels of remote in path"),
    (99, "Write cache flushed to disk"),
    (10001, "Illegal NFS file handle"),
    (10002, "Update synchronization mismatch"),
    (10003, "READDIR/READDIRPLUS cookie is stale"),
    (10004, "Operation not supported"),
    (10005, "Buffer or request is too small"),
    (10006, "Unspecified error on server"),
    (10007, "Object of that type not supported"),
    (10008, "Request couldn't be completed in time"),
];
