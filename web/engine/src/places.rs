//! Bytes to UTF-16: one line index for each file of a project, built when it is first needed.

use rolewright_core::{LineIndex, Span};
use rolewright_messages::Project;

/// The line indexes of a project's files.
pub(crate) struct Places<'p> {
    project: &'p Project,
    indexes: Vec<(&'p str, LineIndex<'p>)>,
}

impl<'p> Places<'p> {
    /// No index yet.
    pub(crate) fn new(project: &'p Project) -> Self {
        Self { project, indexes: Vec::new() }
    }

    /// Start and end of a span in UTF-16 units, and line and column (from 1) of its start. A file
    /// that the project does not hold has no places: all are 0, the line 1.
    pub(crate) fn of(&mut self, path: &str, span: Span) -> Place {
        let Some((path, text)) = self.project.files.get_key_value(path) else {
            return Place::NOWHERE;
        };
        let known = self.indexes.iter().position(|(known, _)| known == path);
        let at = known.unwrap_or_else(|| {
            self.indexes.push((path, LineIndex::new(text)));
            self.indexes.len() - 1
        });
        let Some((_, index)) = self.indexes.get(at) else { return Place::NOWHERE };
        let position = index.position(span.start);
        Place {
            start: narrow(index.utf16(span.start)),
            end: narrow(index.utf16(span.end)),
            line: narrow(position.line),
            column: narrow(position.column_utf16),
        }
    }
}

/// A place as the page counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Start, UTF-16.
    pub start: u32,
    /// End, UTF-16.
    pub end: u32,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, UTF-16.
    pub column: u32,
}

impl Place {
    const NOWHERE: Place = Place { start: 0, end: 0, line: 1, column: 1 };
}

/// Texts are far shorter than 4 GiB; a longer one is refused before it comes here.
pub(crate) fn narrow(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
