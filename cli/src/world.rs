//! Defines the environment that the command line needs. Paths are absolute or relative to the
//! current folder, with "/" between folders on every system.

use std::fmt;
use std::time::{Duration, SystemTime};

/// Files, streams, terminal, processes and time.
pub trait World: Sync {
    /// Writes to a stream. A closed pipe ends the program.
    fn write(&self, stream: Stream, text: &str);
    /// Flushes buffered output.
    fn flush(&self);
    /// All of standard input, up to `most` bytes plus one more.
    ///
    /// # Errors
    /// It cannot be read.
    fn input(&self, most: u64) -> Result<Vec<u8>, Fault>;
    /// New bytes from standard input; with `wait`, at least one. `None` if it was closed.
    fn receive(&self, wait: bool) -> Option<Vec<u8>>;
    /// Whether a stream is a terminal.
    fn is_terminal(&self, stream: Stream) -> bool;
    /// The width of the terminal in cells, if the stream is a terminal.
    fn columns(&self, stream: Stream) -> Option<usize>;
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
    /// The current folder.
    fn folder(&self) -> String;
    /// A text that differs between any two builds of the program.
    fn program(&self) -> String;
    /// Time since an arbitrary point before the run.
    fn clock(&self) -> Duration;
    /// Waits.
    fn wait(&self, time: Duration);
    /// Whether the user asked the program to stop.
    fn is_stopped(&self) -> bool;
    /// The bytes of a file.
    ///
    /// # Errors
    /// It cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, Fault>;
    /// The kind of entry at a path; with `follow`, at the end of a symbolic link.
    ///
    /// # Errors
    /// Nothing is there, or nothing that can be looked at.
    fn look(&self, path: &str, follow: bool) -> Result<Meta, Fault>;
    /// The absolute path without symbolic links.
    ///
    /// # Errors
    /// Nothing is there.
    fn real(&self, path: &str) -> Result<String, Fault>;
    /// The entries of a folder, in any order.
    ///
    /// # Errors
    /// It cannot be listed.
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Fault>;
    /// Replaces a file atomically; keeps its permissions, writes through symbolic links and creates
    /// missing folders.
    ///
    /// # Errors
    /// It cannot be written; what was there is still there.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Fault>;
    /// Creates a file that does not exist yet.
    ///
    /// # Errors
    /// It is there, or it cannot be written.
    fn create(&self, path: &str, text: &str) -> Result<(), Fault>;
    /// The output of another program.
    ///
    /// # Errors It cannot be started, or it failed; the reason is its error output.
    fn call(&self, program: &str, words: &[&str], folder: &str) -> Result<Vec<u8>, Fault>;
    /// The SHA-256 digest of bytes.
    fn sha256(&self, bytes: &[u8]) -> [u8; 32];
    /// Starts what takes long to start, for a run that will probably spread work.
    fn expect_work(&self);
    /// Does all parts of `work`, in any order and possibly in parallel.
    fn spread(&self, count: usize, work: &dyn Work);
    /// Whether this is a helper: a second run of the same command in a thread that shares no memory
    /// with the first. It does some parts of the work for the first run, and writes nothing.
    fn is_helper(&self) -> bool;
}

/// Work in parts that can be done in any order.
pub trait Work: Sync {
    /// Does a part.
    fn part(&self, at: usize);
    /// The result of a part that has been done, for a thread that shares no memory with this one.
    fn result(&self, at: usize) -> Vec<u8>;
    /// Takes over such a result instead of doing the part. Returns `false` if it is about something
    /// else.
    fn accept(&self, at: usize, result: &[u8]) -> bool;
}

/// A stream of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Output,
    /// Standard error.
    Error,
}

/// An entry at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The kind of entry.
    pub kind: Kind,
    /// Bytes of a file.
    pub size: u64,
    /// The time of the last change, if the system knows it.
    pub changed: Option<SystemTime>,
}

/// A kind of thing in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device, a socket.
    Other,
}

/// One entry in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The kind of the entry itself; links are not followed.
    pub kind: Kind,
}

/// Why a system call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The reason, if the command line has a specific message for it.
    pub kind: FaultKind,
    /// The system's own words.
    pub message: String,
}

/// Reasons for which the command line has specific messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The path does not exist.
    Missing,
    /// Not allowed.
    Denied,
    /// A folder where a file is needed.
    IsFolder,
    /// A file where a folder is needed.
    NotFolder,
    /// Links that lead to each other.
    Loop,
    /// The system does not accept a name of this length.
    LongName,
    /// The disk is full.
    NoSpace,
    /// The file system is read-only.
    ReadOnly,
    /// The system cannot open more files.
    TooManyFiles,
    /// It is there already.
    Exists,
    /// Anything else.
    Other,
}

impl Fault {
    /// Creates a fault that the command line itself found.
    pub fn of(kind: FaultKind) -> Self {
        Self { kind, message: String::new() }
    }

    /// The same about `path`, which cannot be found by an incomplete name.
    pub(crate) fn about(&self, path: &str) -> String {
        match self.kind == FaultKind::Missing && path.contains('\u{fffd}') {
            true => String::from("the name is not valid UTF-8"),
            false => self.to_string(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            FaultKind::Missing => "no such file or folder",
            FaultKind::Denied => "permission denied",
            FaultKind::IsFolder => "is a folder",
            FaultKind::NotFolder => "part of the path is a file, not a folder",
            FaultKind::Loop => "too many levels of symbolic links",
            FaultKind::LongName => "name too long",
            FaultKind::NoSpace => "no space left on the disk",
            FaultKind::ReadOnly => "read-only file system",
            FaultKind::TooManyFiles => "too many open files",
            FaultKind::Exists => "already exists",
            FaultKind::Other => &self.message,
        })
    }
}
