//! Reads the tool lists of a role: every entry with its exact span, and how the host resolves it.
//! Reports nothing.

mod changes;
mod resolution;

pub(crate) use changes::Change;
pub use resolution::Resolution;
pub(crate) use resolution::compatible_hosts;

use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, Consequence, Effect, FieldRole, FieldStatus, FieldType, Host, Split};
use crate::role::Role;
use crate::text::Span;
use crate::yaml::{Node, Style, Value};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The most entries read in one list: no host has nearly as many tools.
pub const MAX_ENTRIES: usize = 1_000;

/// The longest limit that is shown as a part of a tool's name.
const MAX_LIMIT: usize = 60;

/// Lists beyond this limit are not read: repeated fields are reported by another rule.
const MAX_LISTS: usize = 20;

/// The tools that one field names.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ToolList<'a> {
    /// The field.
    pub field: &'a Field<'a>,
    /// The effect of listing a tool in the field.
    pub grant: Grant,
    /// Its entries, in order.
    pub entries: Vec<ToolEntry<'a>>,
}

/// The effect of listing a tool in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The role may use the tool, and only the tools in the list.
    Allowed,
    /// The role may use the tool without confirmation; other tools are unaffected.
    Approved,
    /// The tool is denied.
    Denied,
}

/// An entry in a tool list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ToolEntry<'a> {
    /// The text that the host reads, including the specifier: `Bash(git *)`.
    pub text: Cow<'a, str>,
    /// The place of the name without its specifier; the whole value if the name cannot be located
    /// in it.
    pub span: Span,
    /// Place of the whole entry, with specifier and quotes.
    pub whole: Span,
    /// Whether the places are exact, so that edits may use them.
    pub exact: bool,
    /// How the host resolves the entry.
    pub resolution: Resolution,
}

impl ToolEntry<'_> {
    /// The tool's name.
    ///
    /// ```
    /// use rolewright_core::{Role, host::Host, tools};
    ///
    /// let role = Role::parse("---\ntools: Bash(git *)\n---\n", "a.md");
    /// let lists = tools::read(&role, Host::by_id("claude-code").unwrap());
    /// assert_eq!(lists[0].entries[0].name(), "Bash");
    /// ```
    pub fn name(&self) -> &str {
        host::split_specifier(&self.text).0
    }

    /// The name as messages show it.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        shown(self.name())
    }

    /// The text in the parentheses after the name.
    ///
    /// ```
    /// use rolewright_core::{Role, host::Host, tools};
    ///
    /// let role = Role::parse("---\ntools: Read, Bash(git *)\n---\n", "a.md");
    /// let lists = tools::read(&role, Host::by_id("claude-code").unwrap());
    /// let specifiers: Vec<_> = lists[0].entries.iter().map(|entry| entry.specifier()).collect();
    /// assert_eq!(specifiers, [None, Some("git *")]);
    /// ```
    pub fn specifier(&self) -> Option<&str> {
        host::split_specifier(&self.text).1
    }
}

impl ToolList<'_> {
    /// Whether the list names a tool, without a specifier.
    pub(crate) fn names(&self, tool: &str) -> bool {
        self.entries.iter().any(|entry| entry.text == tool)
    }

    /// Whether the host knows none of the entries, which makes the list empty.
    pub(crate) fn is_void(&self, host: &Host) -> bool {
        self.entries.iter().all(|entry| match entry.resolution {
            Resolution::Known => false,
            Resolution::Removed(_) | Resolution::Foreign(_) | Resolution::Unknown => true,
            Resolution::OtherCase(_) => host.tools.case_sensitive,
        })
    }

    /// The consequence of an unknown entry on the host.
    fn effect(&self, host: &Host) -> Consequence {
        let void = self.grant == Grant::Allowed && self.is_void(host);
        host.tools.none_left.filter(|_| void).unwrap_or(host.tools.unknown)
    }

    /// The same as a sentence.
    pub(crate) fn consequence(&self, host: &Host) -> Option<&'static str> {
        self.effect(host).note
    }

    /// The severity of a name that the host does not recognize.
    pub(crate) fn severity(&self, host: &Host) -> Severity {
        match self.effect(host).effect {
            Effect::Rejected => Severity::Error,
            _ => Severity::Warning,
        }
    }
}

/// The tool lists of a role, as `host` reads them, in field order.
///
/// ```
/// use rolewright_core::{Role, detect, tools};
///
/// let role = Role::parse("---\ntools: Read, Grep\n---\nRead.\n", ".claude/agents/a.md");
/// let lists = tools::read(&role, detect::host(&role, None).host);
/// assert_eq!(lists[0].entries[1].name(), "Grep");
/// ```
pub fn read<'a>(role: &'a Role<'a>, host: &'static Host) -> Vec<ToolList<'a>> {
    let mut lists = Vec::new();
    for field in role.fields() {
        if lists.len() >= MAX_LISTS {
            break;
        }
        let Some(fact) = host.field(&field.name) else { continue };
        let grant = match fact.role {
            FieldRole::Tools => Grant::Allowed,
            FieldRole::ApprovedTools => Grant::Approved,
            FieldRole::DeniedTools => Grant::Denied,
            _ => continue,
        };
        if matches!(fact.status, FieldStatus::Ignored(_)) {
            continue;
        }
        // The host rejects a string where it requires a list; the names are checked anyway.
        let is_list_only = fact.split == Split::Whole && !fact.takes(FieldType::Text);
        let split = if is_list_only { Split::Commas } else { fact.split };
        let reader = Reader { text: role.text, split, host };
        match &field.value.value {
            Value::Mapping(_) => lists.extend(reader.switches(field, grant)),
            _ => lists.push(ToolList { field, grant, entries: reader.entries(&field.value) }),
        }
    }
    for list in &mut lists {
        resolution::judge(list, host);
    }
    lists
}

/// The most characters of an entry that messages show.
const MAX_SHOWN: usize = 80;

/// An entry as shown in messages, since a value may be a mebibyte long.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")).into(),
        None => text.into(),
    }
}

struct Reader<'a> {
    text: &'a str,
    split: Split,
    host: &'static Host,
}

impl<'a> Reader<'a> {
    fn entries(&self, value: &Node<'a>) -> Vec<ToolEntry<'a>> {
        let mut entries = Vec::new();
        let Some(items) = value.items() else {
            if !value.is_null() {
                self.scalar(value, &mut entries);
            }
            return entries;
        };
        // YAML splits `[Agent(a, b)]` inside the parentheses; the second part is not a separate
        // entry.
        let mut open = false;
        for item in items {
            let text = item.as_str().unwrap_or("");
            if open {
                open = !text.contains(')');
                continue;
            }
            match item.items() {
                Some(parts) => entries.extend(Self::limited(item, parts)),
                None => self.scalar(item, &mut entries),
            }
            open = text.contains('(') && !text.contains(')');
            if entries.len() >= MAX_ENTRIES {
                break;
            }
        }
        entries
    }

    /// The entries of a scalar. They have exact places if the source splits in the same way as the
    /// value.
    fn scalar(&self, node: &Node<'a>, entries: &mut Vec<ToolEntry<'a>>) {
        let Some(value) = node.as_str() else { return };
        let content = content(self.text, node);
        let raw = content.of(self.text);
        let wanted = self.pieces(value);
        let places = if raw == value { wanted.clone() } else { self.pieces(raw) };
        let exact = wanted.len() == places.len()
            && wanted.iter().zip(&places).all(|(a, b)| a.of(value) == b.of(raw));
        let alone = wanted.len() == 1;
        for (at, piece) in wanted.iter().enumerate().take(MAX_ENTRIES - entries.len()) {
            let place = places.get(at).filter(|_| exact).map(|place| place.shifted(content.start));
            let text = match place {
                Some(place) => Cow::Borrowed(place.of(self.text)),
                None => Cow::Owned(piece.of(value).into()),
            };
            let name = host::split_specifier(&text).0.len();
            entries.push(ToolEntry {
                span: place.map_or(node.span, |p| Span::new(p.start, p.start + name)),
                whole: place.filter(|_| !alone).unwrap_or(node.span),
                exact: place.is_some(),
                text,
                resolution: Resolution::Known,
            });
        }
    }

    /// `[name, { … }]`: a tool with its limits.
    fn limited(item: &Node<'a>, parts: &[Node<'a>]) -> Option<ToolEntry<'a>> {
        let (name, limits) = parts.split_first()?;
        let entries = limits.iter().filter_map(Node::entries).flatten();
        let said = entries.filter_map(|entry| entry.value.as_str()).next();
        let limit = match said.filter(|said| said.len() < MAX_LIMIT) {
            _ if limits.is_empty() => String::new(),
            Some(said) => format!("({said})"),
            None => "(…)".into(),
        };
        Some(ToolEntry {
            text: format!("{}{limit}", name.as_str()?).into(),
            span: name.span,
            whole: item.span,
            exact: false,
            resolution: Resolution::Known,
        })
    }

    /// `name: true` and `name: false` as two lists.
    fn switches(&self, field: &'a Field<'a>, grant: Grant) -> [ToolList<'a>; 2] {
        let list = |on: bool, grant: Grant| {
            let entries = field.value.entries().unwrap_or(&[]).iter().take(MAX_ENTRIES);
            let entries = entries
                .filter(|entry| entry.value.as_bool() == Some(on))
                .filter_map(|entry| {
                    Some(ToolEntry {
                        text: Cow::Owned(entry.key.as_str()?.into()),
                        span: entry.key.span,
                        whole: entry.key.span,
                        exact: false,
                        resolution: Resolution::Known,
                    })
                })
                .collect();
            ToolList { field, grant, entries }
        };
        [list(true, grant), list(false, Grant::Denied)]
    }

    /// The entries of a value, without the whitespace around them.
    fn pieces(&self, value: &str) -> Vec<Span> {
        let separates: fn(char) -> bool = match self.split {
            Split::Whole => |_| false,
            Split::Commas => |c| c == ',',
            Split::Spaces => char::is_whitespace,
            Split::CommasOrSpaces | Split::SpacesOrCommas => |c| c == ',' || c.is_whitespace(),
        };
        let mut pieces = divide(value, Span::new(0, value.len()), separates);
        if self.split == Split::Commas && pieces.iter().any(|p| p.of(value).contains(' ')) {
            pieces = pieces.into_iter().flat_map(|piece| self.words(value, piece)).collect();
        }
        pieces
    }

    /// An entry with several words represents several tools if the host knows each of them.
    fn words(&self, value: &str, piece: Span) -> Vec<Span> {
        let words = divide(value, piece, char::is_whitespace);
        let known = |word: &Span| {
            let name = host::split_specifier(word.of(value)).0;
            self.host.tool(name).is_some() || self.host.is_tool_pattern(name)
        };
        if words.iter().all(known) { words } else { [piece].into() }
    }
}

/// The scalar as written, without quotes and without the header of a block.
fn content(text: &str, node: &Node<'_>) -> Span {
    let span = node.span;
    match node.style() {
        Some(Style::SingleQuoted | Style::DoubleQuoted) if span.len() >= 2 => {
            Span::new(span.start + 1, span.end - 1)
        }
        // The tolerant reader begins a block at its header, the strict one after it.
        Some(Style::Literal | Style::Folded) if span.of(text).starts_with(['|', '>']) => {
            let header = span.of(text).find('\n').map_or(0, |at| at + 1);
            Span::new(span.start + header, span.end)
        }
        _ => span,
    }
}

/// Splits `value[within]` outside parentheses, without empty parts.
fn divide(value: &str, within: Span, separates: fn(char) -> bool) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut depth = 0_usize;
    let mut start = within.start;
    let mut push = |start: usize, end: usize| {
        let raw = value.get(start..end).unwrap_or("");
        let lead = raw.len() - raw.trim_start().len();
        if !raw.trim().is_empty() {
            pieces.push(Span::new(start + lead, start + lead + raw.trim().len()));
        }
    };
    let text = within.of(value);
    let mut blank_until = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && separates(c) => {
                if at >= blank_until {
                    let rest = text.get(at..).unwrap_or("");
                    blank_until = at + rest.len() - rest.trim_start().len();
                }
                let before_specifier = c.is_whitespace()
                    && text.get(blank_until..).is_some_and(|rest| rest.starts_with('('));
                if !before_specifier {
                    push(start, within.start + at);
                    start = within.start + at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    push(start, within.end);
    pieces
}

#[cfg(test)]
mod tests;
