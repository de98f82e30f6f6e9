//! The world of Node, through the functions of `world.js`.

use rolewright_cli::{Entry, Fault, FaultKind, Kind, Meta, Stream, Work, World};
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./world.js")]
extern "C" {
    /// Keeps the message of a panic for the crash report.
    pub(crate) fn panicked(message: &str);

    fn write(to_error: bool, text: &str);
    fn flush();
    #[wasm_bindgen(catch)]
    fn input(most: f64) -> Result<Vec<u8>, Thrown>;
    fn receive() -> Option<Vec<u8>>;
    #[wasm_bindgen(js_name = isTerminal)]
    fn is_terminal(to_error: bool) -> bool;
    fn columns(to_error: bool) -> Option<u32>;
    fn variable(name: &str) -> Option<String>;
    fn folder() -> String;
    fn program() -> String;
    fn clock() -> f64;
    fn wait(milliseconds: f64);
    #[wasm_bindgen(js_name = isStopped)]
    fn is_stopped() -> bool;
    #[wasm_bindgen(catch)]
    fn read(path: &str) -> Result<Vec<u8>, Thrown>;
    #[wasm_bindgen(catch)]
    fn look(path: &str, follow: bool) -> Result<Option<Vec<f64>>, Thrown>;
    #[wasm_bindgen(catch)]
    fn real(path: &str) -> Result<String, Thrown>;
    #[wasm_bindgen(catch)]
    fn list(folder: &str) -> Result<String, Thrown>;
    #[wasm_bindgen(catch)]
    fn replace(path: &str, bytes: &[u8]) -> Result<(), Thrown>;
    #[wasm_bindgen(catch)]
    fn create(path: &str, text: &str) -> Result<(), Thrown>;
    #[wasm_bindgen(catch)]
    fn call(program: &str, words: Vec<String>, folder: &str) -> Result<Vec<u8>, Thrown>;

    fn sha256(bytes: &[u8]) -> Vec<u8>;
    #[wasm_bindgen(js_name = startHelpers)]
    fn start_helpers();
    #[wasm_bindgen(js_name = isHelper)]
    fn is_helper() -> bool;
    #[wasm_bindgen(js_name = nextTurn)]
    fn next_turn();
    fn claim() -> usize;
    #[wasm_bindgen(js_name = handOver)]
    fn hand_over(at: usize, bytes: &[u8]);
    #[wasm_bindgen(js_name = endTurn)]
    fn end_turn();
    #[wasm_bindgen(js_name = takeOver)]
    fn take_over() -> Option<Part>;

    /// The result of a part of the work.
    type Part;
    #[wasm_bindgen(method, getter)]
    fn at(this: &Part) -> usize;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Part) -> Vec<u8>;

    /// What a function threw.
    type Thrown;
    #[wasm_bindgen(method, getter)]
    fn code(this: &Thrown) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Thrown) -> Option<String>;
}

/// Files, streams and the terminal of Node.
pub(crate) struct Node;

impl World for Node {
    fn write(&self, stream: Stream, text: &str) {
        write(stream == Stream::Error, text);
    }

    fn flush(&self) {
        flush();
    }

    fn input(&self, most: u64) -> Result<Vec<u8>, Fault> {
        input(most as f64).map_err(|thrown| fault(&thrown))
    }

    fn receive(&self, wait: bool) -> Option<Vec<u8>> {
        // Whether something arrived cannot be asked without waiting for it.
        if wait { receive() } else { Some(Vec::new()) }
    }

    fn is_terminal(&self, stream: Stream) -> bool {
        is_terminal(stream == Stream::Error)
    }

    fn columns(&self, stream: Stream) -> Option<usize> {
        columns(stream == Stream::Error).and_then(|columns| usize::try_from(columns).ok())
    }

    fn variable(&self, name: &str) -> Option<String> {
        variable(name)
    }

    fn folder(&self) -> String {
        folder()
    }

    fn program(&self) -> String {
        program()
    }

    fn clock(&self) -> Duration {
        milliseconds(clock())
    }

    fn wait(&self, time: Duration) {
        wait(time.as_secs_f64() * 1e3);
    }

    fn is_stopped(&self) -> bool {
        is_stopped()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Fault> {
        read(path).map_err(|thrown| fault(&thrown))
    }

    fn look(&self, path: &str, follow: bool) -> Result<Meta, Fault> {
        match look(path, follow).map_err(|thrown| fault(&thrown))?.as_deref() {
            Some([kind, size, changed]) => Ok(Meta {
                kind: KINDS.into_iter().nth(*kind as usize).unwrap_or(Kind::Other),
                size: *size as u64,
                changed: SystemTime::UNIX_EPOCH.checked_add(milliseconds(*changed)),
            }),
            _ => Err(Fault::of(FaultKind::Missing)),
        }
    }

    fn real(&self, path: &str) -> Result<String, Fault> {
        real(path).map_err(|thrown| fault(&thrown))
    }

    fn list(&self, folder: &str) -> Result<Vec<Entry>, Fault> {
        let listed = list(folder).map_err(|thrown| fault(&thrown))?;
        // A digit and a name each, and between them what no name can contain.
        let entries = listed.split_terminator('\0').filter_map(|entry| {
            let digit = entry.chars().next()?.to_digit(10)?;
            let kind = KINDS.into_iter().nth(usize::try_from(digit).ok()?)?;
            Some(Entry { name: entry.get(1..)?.to_string(), kind })
        });
        Ok(entries.collect())
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        replace(path, bytes).map_err(|thrown| fault(&thrown))
    }

    fn create(&self, path: &str, text: &str) -> Result<(), Fault> {
        create(path, text).map_err(|thrown| fault(&thrown))
    }

    fn call(&self, program: &str, words: &[&str], folder: &str) -> Result<Vec<u8>, Fault> {
        let words = words.iter().map(ToString::to_string).collect();
        call(program, words, folder).map_err(|thrown| fault(&thrown))
    }

    fn sha256(&self, bytes: &[u8]) -> [u8; 32] {
        sha256(bytes).first_chunk().copied().unwrap_or_default()
    }

    fn expect_work(&self) {
        start_helpers();
    }

    fn is_helper(&self) -> bool {
        is_helper()
    }

    fn spread(&self, count: usize, work: &dyn Work) {
        next_turn();
        let mut left: BTreeSet<usize> = (0..count).collect();
        for at in std::iter::repeat_with(claim).take_while(|at| *at < count) {
            work.part(at);
            left.remove(&at);
            if is_helper() {
                hand_over(at, &work.result(at));
            }
        }
        if is_helper() {
            return end_turn();
        }
        while !left.is_empty() {
            let Some(part) = take_over() else { break };
            // A file may have come or gone since the helper looked.
            if !work.accept(part.at(), &part.bytes()) {
                work.part(part.at());
            }
            left.remove(&part.at());
        }
        // What a helper has not done.
        left.into_iter().for_each(|at| work.part(at));
    }
}

/// The kinds by the numbers that they have in `world.js`.
const KINDS: [Kind; 4] = [Kind::File, Kind::Folder, Kind::Link, Kind::Other];

fn milliseconds(count: f64) -> Duration {
    Duration::try_from_secs_f64(count / 1e3).unwrap_or_default()
}

fn fault(thrown: &Thrown) -> Fault {
    let kind = match thrown.code().as_deref() {
        Some("ENOENT") => FaultKind::Missing,
        Some("EACCES" | "EPERM") => FaultKind::Denied,
        Some("EISDIR") => FaultKind::IsFolder,
        Some("ENOTDIR") => FaultKind::NotFolder,
        Some("ELOOP") => FaultKind::Loop,
        Some("ENAMETOOLONG") => FaultKind::LongName,
        Some("ENOSPC") => FaultKind::NoSpace,
        Some("EROFS") => FaultKind::ReadOnly,
        Some("EMFILE" | "ENFILE") => FaultKind::TooManyFiles,
        Some("EEXIST") => FaultKind::Exists,
        _ => FaultKind::Other,
    };
    Fault { kind, message: thrown.message().unwrap_or_default() }
}
