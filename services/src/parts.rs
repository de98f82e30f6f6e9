//! Splits a document into its roles, each as a text that the engine reads, with a mapping back to
//! the file: one for Markdown, any number for YAML, TOML and JSON.

use crate::document::Document;
use rolewright_core::host::Host;
use rolewright_core::role::Syntax;
use rolewright_core::syntax::LaidOut;
use rolewright_core::template::{self, Expanded};
use rolewright_core::{Role, Span, detect, lay_out};

/// A role of a document. Its spans are relative to its own text; [`Part::place`] maps them to the
/// file.
pub(crate) struct Part<'p> {
    pub role: Role<'p>,
    pub host: &'static Host,
    document: Document<'p>,
    laid_out: Option<&'p LaidOut<'p>>,
}

impl Part<'_> {
    /// The place in the file of a span of the role, both in bytes.
    pub(crate) fn place(&self, span: Span) -> Span {
        self.laid_out.map_or(span, |laid_out| laid_out.to_file(span))
    }

    /// Maps a byte of the file to the role; `None` if the byte is in another role or in no role.
    pub(crate) fn at(&self, offset: usize) -> Option<usize> {
        match self.laid_out {
            Some(laid_out) => laid_out.to_text(offset),
            None => Some(offset),
        }
    }

    /// Converts an edit of the role to an edit of the file, in the encoding of its place; `None` if
    /// the file cannot represent it.
    pub(crate) fn edit(&self, span: Span, text: &str) -> Option<(Span, String)> {
        match self.laid_out {
            Some(laid_out) => {
                let syntax = Syntax::of_path(self.document.path);
                laid_out.edit(self.document.text, syntax, span, text)
            }
            None => Some((span, text.to_string())),
        }
    }

    /// The name that a map of roles gives it.
    pub(crate) fn key(&self) -> Option<&str> {
        self.laid_out.and_then(LaidOut::key)
    }

    /// Whether the role is inside a YAML, TOML or JSON file.
    pub(crate) fn is_data(&self) -> bool {
        self.laid_out.is_some()
    }

    /// The prompt with includes and variables filled in.
    pub(crate) fn expanded(&self) -> Expanded {
        let Document { files, values, options, .. } = self.document;
        template::expand_role(&self.role, files, values, options)
    }
}

impl Document<'_> {
    /// Passes the roles of the document to a function, in order.
    pub(crate) fn with_parts<R>(&self, then: impl FnOnce(&[Part<'_>]) -> R) -> R {
        let syntax = Syntax::of_path(self.path);
        if syntax == Syntax::Markdown {
            let role = Role::parse_with(self.text, self.path, self.options.markdown);
            let host = detect::host_among(&role, self.options.host, self.files).host;
            return then(&[Part { role, host, document: *self, laid_out: None }]);
        }
        let (host, laid_out) = lay_out(&self.input(), self.options);
        let parts: Vec<Part<'_>> = laid_out
            .iter()
            .map(|laid_out| Part {
                role: laid_out.role(self.path, syntax, self.options.markdown),
                host,
                document: *self,
                laid_out: Some(laid_out),
            })
            .collect();
        then(&parts)
    }

    /// The result of a service at a byte of the file, applied to the role there.
    pub(crate) fn at_part<R>(
        &self,
        offset: usize,
        find: impl Fn(&Part<'_>, usize) -> Option<R>,
    ) -> Option<R> {
        self.with_parts(|parts| {
            parts.iter().find_map(|part| part.at(offset).and_then(|at| find(part, at)))
        })
    }
}
