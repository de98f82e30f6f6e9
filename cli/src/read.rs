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

/// The text of a file to check; `shown` names it in the complaint.
pub(crate) fn role(world: &dyn World, file: &str, shown: &str) -> Result<String, String> {
    let text = match world.look(file, true) {
        Err(fault) => Err(fault.about(file)),
        Ok(found) if found.kind != Kind::File => Err(String::from("not a regular file")),
        Ok(found) if found.size > MOST_BYTES => Err(String::from("larger than 64 MiB")),
        Ok(_) => match world.read(file) {
            Err(fault) => Err(fault.to_string()),
            // UTF-16 text is not binary: the engine reports the encoding at its first line.
            Ok(bytes) if is_utf16(&bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Ok(bytes) => decode(bytes).map_err(str::to_string),
        },
    };
    text.map_err(|why| format!("{shown}: cannot be read: {why}"))
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
