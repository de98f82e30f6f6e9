//! Writes a report to a stream, or to a file that is written as a whole at the end.

use crate::failure::Failure;
use crate::world::{Stream, World};

/// Accepts a report piece by piece.
pub(crate) struct Sink<'w> {
    world: &'w dyn World,
    stream: Stream,
    file: Option<(String, String)>,
}

impl<'w> Sink<'w> {
    /// A sink that writes to `stream`, or to the file at `path` if it is given.
    pub(crate) fn new(world: &'w dyn World, stream: Stream, path: Option<&str>) -> Self {
        Self { world, stream, file: path.map(|path| (path.to_string(), String::new())) }
    }

    /// Adds to the report.
    pub(crate) fn write(&mut self, text: &str) {
        match &mut self.file {
            Some((_, kept)) => kept.push_str(text),
            None => self.world.write(self.stream, text),
        }
    }

    /// Writes the file, where there is one.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let Some((path, text)) = self.file else { return Ok(()) };
        self.world.replace(&path, text.as_bytes()).map_err(|fault| {
            Failure::problem(format!("--output-file {path}: cannot be written: {fault}"))
        })
    }
}
