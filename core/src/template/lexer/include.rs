//! Parses one `{{include:…}}` into its path, fragment and options. Does not validate the path.

use super::Fault;
use crate::spelling;
use crate::text::Span;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

/// An include as written.
#[derive(Clone, Debug)]
pub(in crate::template) struct Include<'t> {
    /// The directive without its suffix.
    pub directive: Span,
    /// The offset after its suffix.
    pub end: usize,
    pub path: &'t str,
    pub path_span: Span,
    pub fragment: Option<(&'t str, Span)>,
    pub selection: Selection<'t>,
}

/// The request of an include.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::template) struct Selection<'t> {
    pub optional: bool,
    pub raw: bool,
    pub inline: bool,
    pub once: bool,
    pub raise: Option<Raise>,
    /// The language of the fence, which may be empty.
    pub fence: Option<&'t str>,
    pub wrap: Option<Wrap>,
    pub strip_title: bool,
}

/// How headings move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum Raise {
    Auto,
    None,
    By(u8),
    /// The highest heading gets this level.
    Top(u8),
}

/// The wrapping around included text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::template) enum Wrap {
    None,
    Xml,
    Comment,
}

/// The possible options after `|`, for "did you mean".
const OPTIONS: [&str; 10] = [
    "optional",
    "raw",
    "inline",
    "once",
    "shift=auto",
    "shift=none",
    "level=",
    "fence",
    "wrap=",
    "title=",
];

/// Words in parentheses after a directive that make it optional.
const OPTIONAL: [&str; 4] = ["if exists", "if available", "if present", "optional"];

/// Reads the include at `directive`, whose line ends at `line_end`.
pub(super) fn read(text: &str, directive: Span, line_end: usize) -> Result<Include<'_>, Fault> {
    let inner = Span::new(directive.start + "{{include:".len(), directive.end - 2);
    let content = inner.of(text);
    let mut parts = content.split('|');
    let front_matter = parts.next().unwrap_or("");
    let (path, fragment) = match front_matter.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (front_matter, None),
    };
    let path_span = trimmed(path, inner.start);
    if path_span.is_empty() {
        return Err(Fault::Unknown(None));
    }
    let mut selection = Selection::default();
    for option in parts {
        add(&mut selection, option.trim())?;
    }
    let fragment = fragment.map(|fragment| {
        let span = trimmed(fragment, inner.start + path.len() + 1);
        (span.of(text), span)
    });
    let mut end = directive.end;
    if let Some(suffix) = suffix(text.get(end..line_end).unwrap_or("")) {
        selection.optional = true;
        end += suffix;
    }
    Ok(Include { directive, end, path: path_span.of(text), path_span, fragment, selection })
}

/// The intended directive for a path or a fragment followed by options without `|`.
pub(in crate::template) fn with_bars(written: &str) -> Option<String> {
    let mut rest = written;
    let mut options = String::new();
    while let Some((before, option)) = last_option(rest) {
        options.insert_str(0, option);
        options.insert(0, '|');
        rest = before.trim_end_matches([' ', '\t', ',', ';']);
    }
    (!options.is_empty() && !rest.is_empty()).then(|| format!("{rest}{options}"))
}

/// The option at the end of `text`, including `(if exists)` and the like, and the text before it.
fn last_option(text: &str) -> Option<(&str, &str)> {
    if let Some(open) = text.strip_suffix(')').and_then(|text| text.rfind('(')) {
        let optional = suffix(text.get(open..)?) == Some(text.len() - open);
        return optional.then_some((text.get(..open)?, "optional"));
    }
    let (before, option) = text.rsplit_once([' ', '\t'])?;
    add(&mut Selection::default(), option).is_ok().then_some((before, option))
}

fn trimmed(part: &str, start: usize) -> Span {
    let lead = part.len() - part.trim_start().len();
    Span::new(start + lead, start + lead + part.trim().len())
}

/// Length of ` (if exists)` or the like at the start of `rest`.
fn suffix(rest: &str) -> Option<usize> {
    let open = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let inner = rest.get(open..)?.strip_prefix('(')?;
    let close = inner.find(')')?;
    let phrase = inner.get(..close)?.trim();
    let known = OPTIONAL.iter().any(|known| known.eq_ignore_ascii_case(phrase));
    known.then_some(open + 1 + close + 1)
}

fn add<'t>(selection: &mut Selection<'t>, option: &'t str) -> Result<(), Fault> {
    let (name, value) = match option.split_once('=') {
        Some((name, value)) => (name.trim_end(), Some(value.trim_start())),
        None => (option, None),
    };
    match (name, value) {
        ("optional", None) => selection.optional = true,
        ("raw", None) => selection.raw = true,
        ("inline", None) => selection.inline = true,
        ("once", None) => selection.once = true,
        ("shift", Some("auto")) => selection.raise = Some(Raise::Auto),
        ("shift", Some("none")) => selection.raise = Some(Raise::None),
        ("shift", Some(by)) => {
            let by = digit(by.strip_prefix('+').unwrap_or(by), 0).ok_or_else(|| unknown(option))?;
            selection.raise = Some(Raise::By(by));
        }
        ("level", Some(level)) => {
            let level = digit(level, 1).filter(|&level| level <= 6);
            selection.raise = Some(Raise::Top(level.ok_or_else(|| unknown(option))?));
        }
        ("fence", language) => {
            let language = language.unwrap_or("");
            if language.contains(['`', '{', '}']) {
                return Err(unknown(option));
            }
            selection.fence = Some(language);
        }
        ("wrap", Some("none")) => selection.wrap = Some(Wrap::None),
        ("wrap", Some("xml")) => selection.wrap = Some(Wrap::Xml),
        ("wrap", Some("comment")) => selection.wrap = Some(Wrap::Comment),
        ("title", Some("keep")) => selection.strip_title = false,
        ("title", Some("strip")) => selection.strip_title = true,
        _ => return Err(unknown(option)),
    }
    Ok(())
}

fn digit(text: &str, least: u8) -> Option<u8> {
    match text.as_bytes() {
        [digit @ b'0'..=b'9'] if digit - b'0' >= least => Some(digit - b'0'),
        _ => None,
    }
}

fn unknown(option: &str) -> Fault {
    Fault::UnknownOption(spelling::nearest(option, OPTIONS).unwrap_or("").to_owned())
}

/// Whether the text between the braces looks like an include in another syntax, and the intended
/// include, if it can be determined.
pub(super) fn resembles(content: &str, tripled: bool) -> Option<Option<String>> {
    let content = content.trim();
    let meant = |path: &str| format!("{{{{include:{path}}}}}");
    if let Some(rest) = content.strip_prefix('>') {
        let path = rest.trim().trim_matches(['"', '\'']);
        return is_path(path).then(|| Some(meant(path)));
    }
    let marked = content.strip_prefix(['#', '/', '^', '=', '~']).unwrap_or(content).trim_start();
    let word = marked.get(..7)?;
    if !word.eq_ignore_ascii_case("include") {
        return None;
    }
    let rest = marked.get(7..).unwrap_or("");
    let colon = rest.trim_start().starts_with(':');
    if !colon && !rest.starts_with([' ', '\t', '"', '\'']) {
        return None;
    }
    let path = rest.trim_start().trim_start_matches(':').trim().trim_matches(['"', '\'']);
    // `{{ include "name" . }}` belongs to another language; a path with a dot or a slash is an
    // include.
    let path_like = is_path(path) && (path.contains(['.', '/']) || colon || tripled);
    path_like.then(|| Some(meant(path)))
}

fn is_path(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(char::is_whitespace)
        && path.chars().any(char::is_alphanumeric)
        && !path.contains(['{', '}', '(', ')', '"'])
}
