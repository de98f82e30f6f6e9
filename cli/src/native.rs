//! The world of an operating system.

use crate::world::{Entry, Fault, FaultKind, Kind, Meta, Stream, Work, World};
use sha2::{Digest as _, Sha256};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Files, streams and threads of the system.
#[derive(Debug)]
pub struct Native {
    started: Instant,
    stopped: Arc<AtomicBool>,
    output: Mutex<BufWriter<io::Stdout>>,
    /// Standard input as read by a thread, which starts with the first request to receive.
    arriving: OnceLock<Mutex<Receiver<Vec<u8>>>>,
    threads: usize,
    /// The current folder, which does not change.
    folder: OnceLock<String>,
    /// Whether the program waits for input, where a signal must end it.
    serving: Arc<AtomicBool>,
}

impl Default for Native {
    fn default() -> Self {
        Self::new()
    }
}

impl Native {
    /// Creates the native world. From now on, Ctrl-C is recorded and ends the program only while it
    /// waits for input, as a server does.
    pub fn new() -> Self {
        let stopped = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&stopped);
        let serving = Arc::new(AtomicBool::new(false));
        let serves = Arc::clone(&serving);
        // A second handler cannot be set, which matters only in tests.
        let _ = ctrlc::set_handler(move || {
            if serves.load(Ordering::Relaxed) {
                std::process::exit(130);
            }
            noted.store(true, Ordering::Relaxed);
        });
        Self {
            started: Instant::now(),
            stopped,
            serving,
            output: Mutex::new(BufWriter::with_capacity(1 << 16, io::stdout())),
            arriving: OnceLock::new(),
            folder: OnceLock::new(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }

    fn with_output(&self, write: impl FnOnce(&mut BufWriter<io::Stdout>) -> io::Result<()>) {
        let Ok(mut output) = self.output.lock() else { return };
        match write(&mut output) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
            Err(error) => {
                // There is nowhere else to report it.
                let why = fault(&error);
                let _ =
                    writeln!(io::stderr(), "rolewright: standard output cannot be written: {why}");
                std::process::exit(2)
            }
            Ok(()) => {}
        }
    }
}

impl World for Native {
    fn write(&self, stream: Stream, text: &str) {
        match stream {
            Stream::Output => self.with_output(|output| output.write_all(text.as_bytes())),
            Stream::Error => {
                self.flush();
                // There is nowhere to report it.
                let _ = io::stderr().write_all(text.as_bytes());
            }
        }
    }

    fn flush(&self) {
        self.with_output(|output| output.flush());
    }

    fn input(&self, most: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(|e| fault(&e))?;
        Ok(bytes)
    }

    fn receive(&self, wait: bool) -> Option<Vec<u8>> {
        self.serving.store(true, Ordering::Relaxed);
        let arriving = self.arriving.get_or_init(|| Mutex::new(arriving())).lock().ok()?;
        match arriving.try_recv() {
            Ok(bytes) => Some(bytes),
            Err(TryRecvError::Empty) if wait => arriving.recv().ok(),
            Err(TryRecvError::Empty) => Some(Vec::new()),
            Err(TryRecvError::Disconnected) => None,
        }
    }

    fn is_terminal(&self, stream: Stream) -> bool {
        match stream {
            Stream::Output => io::stdout().is_terminal(),
            Stream::Error => io::stderr().is_terminal(),
        }
    }

    fn columns(&self, stream: Stream) -> Option<usize> {
        let size = match stream {
            Stream::Output => terminal_size::terminal_size_of(io::stdout()),
            Stream::Error => terminal_size::terminal_size_of(io::stderr()),
        };
        size.map(|(terminal_size::Width(columns), _)| usize::from(columns))
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn folder(&self) -> String {
        let read = || std::env::current_dir().map_or_else(|_| String::from("/"), |at| shown(&at));
        self.folder.get_or_init(read).clone()
    }

    fn program(&self) -> String {
        let found = std::env::current_exe().and_then(fs::metadata);
        let told = |found: fs::Metadata| (found.len(), found.modified().ok());
        format!("{:?}", found.map(told).ok())
    }

    fn clock(&self) -> Duration {
        self.started.elapsed()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Fault> {
        fs::read(path).map_err(|error| fault(&error))
    }

    fn look(&self, path: &str, follow: bool) -> Result<Meta, Fault> {
        let found = if follow { fs::metadata(path) } else { fs::symlink_metadata(path) };
        let found = found.map_err(|error| fault(&error))?;
        let changed = found.modified().ok();
        Ok(Meta { kind: kind(found.file_type()), size: found.len(), changed })
    }

    fn real(&self, path: &str) -> Result<String, Fault> {
        fs::canonicalize(path).map(|path| shown(&path)).map_err(|error| fault(&error))
    }

    fn list(&self, folder: &str) -> Result<Vec<Entry>, Fault> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| fault(&error))? {
            let entry = entry.map_err(|error| fault(&error))?;
            let kind = entry.file_type().map_or(Kind::Other, kind);
            entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), kind });
        }
        Ok(entries)
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        let real = fs::canonicalize(path).unwrap_or_else(|_| Path::new(path).to_path_buf());
        match replaced(&real, bytes) {
            Err(error) => Err(fault(&error)),
            Ok(()) => Ok(()),
        }
    }

    fn create(&self, path: &str, text: &str) -> Result<(), Fault> {
        let file = fs::OpenOptions::new().write(true).create_new(true).open(path);
        file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| fault(&error))
    }

    fn call(&self, program: &str, words: &[&str], folder: &str) -> Result<Vec<u8>, Fault> {
        let done = Command::new(program).args(words).current_dir(folder).output();
        let done = done.map_err(|error| fault(&error))?;
        if done.status.success() {
            return Ok(done.stdout);
        }
        let message = String::from_utf8_lossy(&done.stderr).trim().to_string();
        Err(Fault { kind: FaultKind::Other, message })
    }

    fn sha256(&self, bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    fn expect_work(&self) {}

    fn is_helper(&self) -> bool {
        false
    }

    fn spread(&self, count: usize, work: &dyn Work) {
        let threads = self.threads.min(count);
        if threads < 2 {
            return (0..count).for_each(|at| work.part(at));
        }
        let next = AtomicUsize::new(0);
        let parts = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= count {
                    return;
                }
                work.part(at);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                // The recursion of expansion and YAML is bounded, but may exceed a thread's default
                // stack.
                let built =
                    std::thread::Builder::new().stack_size(8 << 20).spawn_scoped(scope, parts);
                if built.is_err() {
                    break;
                }
            }
            parts();
        });
    }
}

/// Reads standard input on a separate thread, piece by piece.
fn arriving() -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = input.read(&mut buffer) {
            let piece = buffer.get(..length).unwrap_or_default().to_vec();
            if sender.send(piece).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Writes a temporary file next to the file and renames it, so that no reader sees a partial file.
fn replaced(real: &Path, bytes: &[u8]) -> io::Result<()> {
    let before = fs::metadata(real).ok();
    if before.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(ErrorKind::IsADirectory.into());
    }
    let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    if before.is_some() {
        // Renaming would bypass the permissions of the existing file.
        fs::OpenOptions::new().write(true).open(real)?;
    }
    let name = real.file_name().unwrap_or(OsStr::new("file")).to_string_lossy();
    let mut builder = tempfile::Builder::new();
    let prefix = format!(".{name}.");
    builder.prefix(&prefix).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The default mode of a new file, reduced by the user's umask.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    if let Some(before) = before {
        beside.as_file().set_permissions(before.permissions())?;
    }
    beside.persist(real).map_err(|error| error.error)?;
    Ok(())
}

fn kind(found: fs::FileType) -> Kind {
    if found.is_symlink() {
        Kind::Link
    } else if found.is_dir() {
        Kind::Folder
    } else if found.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// A path of the operating system with "/" between folders.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        return text.into_owned();
    }
    text.strip_prefix(r"\\?\").unwrap_or(&text).replace('\\', "/")
}

fn fault(error: &io::Error) -> Fault {
    let kind = match error.kind() {
        ErrorKind::NotFound => FaultKind::Missing,
        ErrorKind::PermissionDenied => FaultKind::Denied,
        ErrorKind::IsADirectory => FaultKind::IsFolder,
        ErrorKind::NotADirectory => FaultKind::NotFolder,
        ErrorKind::InvalidFilename => FaultKind::LongName,
        ErrorKind::StorageFull => FaultKind::NoSpace,
        ErrorKind::ReadOnlyFilesystem => FaultKind::ReadOnly,
        ErrorKind::AlreadyExists => FaultKind::Exists,
        // The standard library has no stable names for these two kinds.
        _ if error.to_string().contains("symbolic links") => FaultKind::Loop,
        _ if error.to_string().contains("Too many open files") => FaultKind::TooManyFiles,
        _ => FaultKind::Other,
    };
    Fault { kind, message: error.to_string() }
}
