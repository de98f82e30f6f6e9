//! Reads files and standard input as strict UTF-8.

use crate::failure::Failure;
use crate::world::{Kind, World};

const MOST_BYTES: u64 = 64 << 20;

/// The bytes as text, including any byte order mark; the error describes the problem.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, &'static str> {
    String::from_utf8(bytes).map_err(|error| match error.as_bytes().contains(&0) {
        true => "binary file",
        false => "not valid UTF-8",
    })
}

/// The bytes of a file to check; the error describes the problem.
pub(crate) fn role(world: &dyn World, file: &str) -> Result<Vec<u8>, String> {
    match world.look(file, true) {
        Err(fault) => Err(fault.about(file)),
        Ok(found) if found.kind != Kind::File => Err(String::from("not a regular file")),
        Ok(found) if found.size > MOST_BYTES => Err(String::from("larger than 64 MiB")),
        Ok(_) => world.read(file).map_err(|fault| fault.to_string()),
    }
}

/// UTF-16 as text that the engine reports at its first line: such text is not binary.
pub(crate) fn utf16(bytes: &[u8]) -> Option<String> {
    is_utf16(bytes).then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// Whether the bytes begin with a UTF-16 byte order mark and contain the zero bytes of Latin
/// letters.
fn is_utf16(bytes: &[u8]) -> bool {
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    is_marked && bytes.contains(&0)
}

/// All of standard input.
pub(crate) fn input(world: &dyn World) -> Result<String, Failure> {
    let bytes = world
        .input(MOST_BYTES)
        .map_err(|fault| Failure::problem(format!("standard input: {fault}")))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
        return Err(Failure::problem("standard input is larger than 64 MiB"));
    }
    decode(bytes).map_err(|why| Failure::problem(format!("standard input: {why}")))
}

/// The path assumed for standard input.
pub(crate) fn input_path(given: Option<&str>) -> String {
    let mut path = given.unwrap_or("stdin.md").replace('\\', "/");
    while let Some(rest) = path.strip_prefix("./").or_else(|| path.strip_prefix('/')) {
        path = rest.to_string();
    }
    path
}
