//! Answers an editor's questions about a template: the directives of one file, the target of a path,
//! and the parts of a file that a fragment can name.

use super::lexer::{self, Kind};
use super::path::{self, Refusal};
use super::settings::Settings;
use super::source::Source;
use super::{fragment, lexer::Lexed};
use crate::options::{Options, Resolve};
use crate::role::{Role, Syntax};
use crate::text::Span;
use crate::workspace::Files;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A directive in the body of a role. Spans are bytes of the role's text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Directive<'t> {
    /// The whole directive, including a suffix such as `(if exists)`.
    pub span: Span,
    /// The kind of directive.
    pub kind: DirectiveKind<'t>,
}

/// The kind of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectiveKind<'t> {
    /// `{{include:path#fragment}}`
    Include {
        /// The path as written.
        path: &'t str,
        /// The place of the path.
        path_span: Span,
        /// The fragment as written, and its place.
        fragment: Option<(&'t str, Span)>,
        /// Whether the file may be absent.
        optional: bool,
    },
    /// `{{NAME}}`; whether it is live depends on the known names.
    Variable {
        /// The name.
        name: &'t str,
        /// The place of the name.
        name_span: Span,
        /// Whether it is in code, where only declared or supplied names are live.
        in_code: bool,
        /// Whether the name is `UPPER_SNAKE`; other names are live only if they are declared or
        /// supplied.
        upper: bool,
    },
}

/// The directives in the body of `role`, in order. Text that only looks like a directive is
/// skipped.
///
/// ```
/// use rolewright_core::{Options, Role, template::{self, DirectiveKind}};
///
/// let role = Role::parse("{{include:tone.md#short}}\n", "roles/a.md");
/// let found = template::directives(&role, &Options::new());
/// assert!(matches!(found[0].kind, DirectiveKind::Include { path: "tone.md", .. }));
/// ```
pub fn directives<'t>(role: &Role<'t>, options: &Options) -> Vec<Directive<'t>> {
    if role.syntax != Syntax::Markdown || !role.has_directives {
        return Vec::new();
    }
    let Lexed { tokens, .. } = lexer::lex(role, options.template.limits.directive);
    let read = |token: lexer::Token<'t>| {
        let mut span = token.span;
        let kind = match token.kind {
            Kind::Drop { .. } => return None,
            Kind::Include(include) => DirectiveKind::Include {
                path: include.path,
                path_span: include.path_span,
                fragment: include.fragment,
                optional: include.selection.optional,
            },
            // Escaped, or text.
            Kind::Variable(variable) if variable.backslashes % 2 == 1 => return None,
            Kind::Variable(variable) => {
                span.start += variable.backslashes;
                DirectiveKind::Variable {
                    name: variable.name,
                    name_span: name_span(role.text, span, variable.name),
                    in_code: variable.in_code,
                    upper: variable.upper,
                }
            }
        };
        Some(Directive { span, kind })
    };
    tokens.into_iter().filter_map(read).collect()
}

fn name_span(text: &str, span: Span, name: &str) -> Span {
    let inner = Span::new(span.start + 2, span.end);
    let lead = inner.of(text).len() - inner.of(text).trim_start().len();
    let start = inner.start + lead;
    Span::new(start, start + name.len())
}

/// The candidate paths of an include in `role`, in the order of lookup, whether the files exist or
/// not.
///
/// # Errors Why the path is rejected.
///
/// ```
/// use rolewright_core::{Options, Role, template};
///
/// let role = Role::parse("{{include:tone.md}}\n", "roles/a.md");
/// let places = template::candidates(&role, "tone.md", &Options::new()).unwrap();
/// assert_eq!(places, ["tone.md", "roles/tone.md"]);
/// ```
pub fn candidates(role: &Role<'_>, path: &str, options: &Options) -> Result<Vec<String>, Refusal> {
    let settings = Settings::new(&options.template, role, options.markdown);
    let found = path::candidates(path, role.path, &settings).map_err(|(refusal, _)| refusal)?;
    Ok(found.into_iter().map(|candidate| candidate.path).collect())
}

/// The target of the include path in `role`, if it exists.
///
/// # Errors Why the path is rejected.
///
/// ```
/// use rolewright_core::{Options, Role, template};
/// use std::collections::BTreeMap;
///
/// let files = BTreeMap::from([("roles/tone.md".to_string(), String::new())]);
/// let role = Role::parse("{{include:tone.md}}\n", "roles/a.md");
/// let found = template::resolve(&role, "tone.md", &files, &Options::new());
/// assert_eq!(found, Ok(Some("roles/tone.md".to_string())));
/// assert!(template::resolve(&role, "../../tone.md", &files, &Options::new()).is_err());
/// ```
pub fn resolve(
    role: &Role<'_>,
    path: &str,
    files: &dyn Files,
    options: &Options,
) -> Result<Option<String>, Refusal> {
    let found = candidates(role, path, options)?;
    Ok(found.into_iter().find(|path| files.exists(path)))
}

/// The path notation of a template, from the settings and the front matter of `role`.
pub struct Paths {
    /// The folder that bare and `/` paths start from, without slashes at its ends.
    pub root: String,
    /// Whether bare paths are looked up in the root.
    pub from_root: bool,
    /// Whether bare paths are looked up in the folder of the including file.
    pub from_file: bool,
    /// Prefixes of `/` paths and their folders, without slashes at their ends.
    pub mounts: Vec<(String, String)>,
}

/// How paths are written in the includes of `role`.
///
/// ```
/// use rolewright_core::{Options, Role, template};
///
/// let role = Role::parse("---\ntemplates: {root: prompts}\n---\n", "roles/a.md");
/// assert_eq!(template::paths(&role, &Options::new()).root, "prompts");
/// ```
pub fn paths(role: &Role<'_>, options: &Options) -> Paths {
    let settings = Settings::new(&options.template, role, options.markdown);
    let mounts = settings.mounts.iter();
    Paths {
        from_root: settings.resolve != Resolve::File,
        from_file: settings.resolve != Resolve::Root,
        mounts: mounts
            .map(|(at, mount)| (at.clone(), mount.path.trim_matches('/').to_string()))
            .collect(),
        root: settings.root,
    }
}

/// A part of a file that a fragment can name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fragment {
    /// The fragment in an include's notation, after the `#`.
    pub name: String,
    /// The part, in bytes of the file.
    pub span: Span,
    /// The kind of part.
    pub kind: FragmentKind,
}

/// A kind of part that a fragment can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FragmentKind {
    /// The section of a heading, named by its slug.
    Heading,
    /// A block that ends with ` ^id`.
    Block,
    /// The text between `<!-- section: name -->` and the next such comment.
    Marked,
}

/// The parts of `role` that a fragment can name, in the order of the text.
///
/// ```
/// use rolewright_core::{Options, Role, template};
///
/// let role = Role::parse("## How to review\n\nRead it.\n", "a.md");
/// assert_eq!(template::fragments(&role, &Options::new())[0].name, "how-to-review");
/// ```
pub fn fragments(role: &Role<'_>, options: &Options) -> Vec<Fragment> {
    let source = Source::entry(role, &options.template.limits, None);
    let mut found = fragment::all(&source);
    found.sort_by_cached_key(|fragment| fragment.span);
    found
}

/// The part of `role` that `fragment` names, in bytes of its text.
///
/// ```
/// use rolewright_core::{Options, Role, template};
///
/// let role = Role::parse("# A\n\n## Tone\n\nBe brief.\n\n## Tools\n", "a.md");
/// let span = template::fragment_span(&role, "tone", &Options::new()).unwrap();
/// assert!(span.of(role.text).starts_with("## Tone") && !span.of(role.text).contains("Tools"));
/// ```
pub fn fragment_span(role: &Role<'_>, fragment: &str, options: &Options) -> Option<Span> {
    fragment::find(&Source::entry(role, &options.template.limits, None), fragment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::format;

    fn shown(text: &str) -> Vec<String> {
        let role = Role::parse(text, "roles/a.md");
        let show = |directive: &Directive<'_>| match &directive.kind {
            DirectiveKind::Include { path_span, fragment, .. } => {
                let fragment = fragment.map_or("", |(_, span)| span.of(text));
                format!("include {} {fragment}", path_span.of(text))
            }
            DirectiveKind::Variable { name_span, .. } => format!("variable {}", name_span.of(text)),
        };
        directives(&role, &Options::default()).iter().map(show).collect()
    }

    #[test]
    fn directives_say_where_their_names_are() {
        assert_eq!(
            shown("{{include: x.md #top }} and {{ NAME:-none}}, not ${{ github.token }}\n"),
            ["include x.md top", "variable NAME"]
        );
    }

    #[test]
    fn a_path_is_resolved_as_an_include_would_be() {
        let files: BTreeMap<String, String> =
            [("prompts/x.md".to_string(), String::new())].into_iter().collect();
        let role = Role::parse("---\ntemplates: {root: prompts}\n---\n", "roles/a.md");
        let found = |path| resolve(&role, path, &files, &Options::default());
        assert_eq!(found("x.md"), Ok(Some("prompts/x.md".to_string())));
        assert_eq!(found("y.md"), Ok(None));
        assert_eq!(found("../../x.md"), Err(Refusal::Escape));
    }

    #[test]
    fn parts_come_in_the_order_of_the_text() {
        let text = "# Two words\n\ntext ^id\n\n<!-- section: extra -->\nmore\n\n## Two words\n";
        let role = Role::parse(text, "a.md");
        let names: Vec<_> =
            fragments(&role, &Options::default()).into_iter().map(|part| part.name).collect();
        assert_eq!(names, ["two-words", "^id", "extra", "two-words-1"]);
    }
}
