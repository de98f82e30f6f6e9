//! The shape of rolewright.json.

use super::Mistake;
use crate::{globs, names};
use rolewright_core::spelling;
use rolewright_core::yaml::{Node, Style, Value};

/// The expected shape of a value.
enum Shape {
    Text,
    Glob,
    Flag,
    Count,
    OneOf(&'static [&'static str]),
    Host,
    List(&'static Shape),
    Map(&'static Shape),
    /// A map by rule name.
    Rules,
    /// A text, or an object.
    Variable,
    Object(&'static [&'static [(&'static str, Shape)]]),
}

const SETTINGS: &[&str] = &["off", "error", "warning", "info"];

const SHARED: &[(&str, Shape)] = &[
    ("host", Shape::Host),
    ("profile", Shape::OneOf(&["core", "recommended", "style"])),
    ("rules", Shape::Rules),
    ("values", Shape::Map(&Shape::Text)),
    ("variables", Shape::Map(&Shape::Variable)),
    ("missing", Shape::OneOf(&["error", "keep", "empty"])),
    ("templates", Shape::Object(&[TEMPLATES])),
];
const TEMPLATES: &[(&str, Shape)] = &[
    ("resolve", Shape::OneOf(&["root-then-file", "root", "file"])),
    ("root", Shape::Text),
    ("shift", Shape::OneOf(&["auto", "none"])),
    ("spacing", Shape::OneOf(&["paragraphs", "exact"])),
    ("code", Shape::OneOf(&["literal", "live"])),
];
const DECLARATION: &[(&str, Shape)] = &[
    ("description", Shape::Text),
    ("default", Shape::Text),
    ("required", Shape::Flag),
    ("stage", Shape::OneOf(&["compile", "runtime"])),
    ("example", Shape::Text),
    ("enum", Shape::List(&Shape::Text)),
    ("pattern", Shape::Text),
];
const MOUNT: &[(&str, Shape)] =
    &[("path", Shape::Text), ("trust", Shape::OneOf(&["template", "data"]))];
const LIMITS: &[(&str, Shape)] = &[
    ("depth", Shape::Count),
    ("expansions", Shape::Count),
    ("files", Shape::Count),
    ("file", Shape::Count),
    ("output", Shape::Count),
    ("directive", Shape::Count),
    ("frontMatter", Shape::Count),
];
const OVERRIDE: &[(&str, Shape)] = &[("files", Shape::List(&Shape::Glob))];
const FILE: &[(&str, Shape)] = &[
    ("$schema", Shape::Text),
    ("mounts", Shape::Map(&Shape::Object(&[MOUNT]))),
    ("limits", Shape::Object(&[LIMITS])),
    ("include", Shape::List(&Shape::Glob)),
    ("ignore", Shape::List(&Shape::Glob)),
    ("overrides", Shape::List(&Shape::Object(&[OVERRIDE, SHARED]))),
];

/// Every mistake in the file.
pub(super) fn check(root: &Node<'_>, mistakes: &mut Vec<Mistake>) {
    let mut reader = Reader { mistakes };
    reader.value(root, &Shape::Object(&[FILE, SHARED]));
    // In order of position, not of the checks.
    mistakes.sort_by_key(|mistake| mistake.span.start);
}

/// Finds every mistake in settings sent by a client: it may send the settings that an override can
/// contain.
pub(super) fn check_layer(root: &Node<'_>, mistakes: &mut Vec<Mistake>) {
    Reader { mistakes }.value(root, &Shape::Object(&[SHARED]));
}

/// The text of a string.
pub(super) fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Scalar(text, Style::DoubleQuoted) => Some(text),
        _ => None,
    }
}

struct Reader<'m> {
    mistakes: &'m mut Vec<Mistake>,
}

impl Reader<'_> {
    fn value(&mut self, node: &Node<'_>, shape: &Shape) {
        match shape {
            Shape::Text => self.must(node, text(node).is_some(), "a string"),
            Shape::Glob => match text(node).map(globs::fault) {
                Some(Some(fault)) => self.mistakes.push(Mistake::new(node.span, fault)),
                found => self.must(node, found.is_some(), "a string"),
            },
            Shape::Flag => {
                let is_flag = node.as_bool().is_some();
                self.must(node, is_flag, "true or false");
            }
            Shape::Count => {
                let plain = node.style() == Some(Style::Plain);
                let number = node.as_str().filter(|_| plain).and_then(|n| n.parse::<u64>().ok());
                self.must(node, number.is_some(), "a whole number");
            }
            Shape::OneOf(names) => self.one_of(node, names),
            Shape::Host => self.host(node),
            Shape::List(item) => match node.items() {
                Some(items) => items.iter().for_each(|node| self.value(node, item)),
                None => self.must(node, false, "a list"),
            },
            Shape::Map(item) => self.map(node, |reader, _, value| reader.value(value, item)),
            Shape::Rules => self.map(node, |reader, key, value| {
                reader.one_of(value, SETTINGS);
                let name = key.as_str().unwrap_or("");
                if !names::rules().any(|rule| rule == name) {
                    reader.unknown("rule", key, &names::rules().collect::<Vec<_>>());
                }
            }),
            Shape::Variable => {
                if node.entries().is_some() {
                    self.value(node, &Shape::Object(&[DECLARATION]));
                } else {
                    self.must(node, text(node).is_some(), "a string or an object");
                }
            }
            Shape::Object(parts) => self.map(node, |reader, key, value| {
                let known = || parts.iter().copied().flatten();
                let name = key.as_str().unwrap_or("");
                match known().find(|(known, _)| *known == name) {
                    Some((_, shape)) => reader.value(value, shape),
                    None => {
                        let known: Vec<&str> = known().map(|(known, _)| *known).collect();
                        reader.unknown("setting", key, &known);
                    }
                }
            }),
        }
    }

    fn map(&mut self, node: &Node<'_>, mut each: impl FnMut(&mut Self, &Node<'_>, &Node<'_>)) {
        let Some(entries) = node.entries() else { return self.must(node, false, "an object") };
        for (at, entry) in entries.iter().enumerate() {
            let name = entry.key.as_str();
            if entries[..at].iter().any(|before| before.key.as_str() == name) {
                let message = format!("duplicate key \"{}\"", name.unwrap_or(""));
                self.mistakes.push(Mistake::new(entry.key.span, message));
            }
            each(self, &entry.key, &entry.value);
        }
    }

    fn must(&mut self, node: &Node<'_>, holds: bool, what: &str) {
        if !holds {
            self.mistakes.push(Mistake::new(node.span, format!("must be {what}")));
        }
    }

    fn one_of(&mut self, node: &Node<'_>, names: &[&str]) {
        if text(node).is_some_and(|name| names.contains(&name)) {
            return;
        }
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let (last, rest) = quoted.split_last().map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
        let what = format!("{} or {last}", rest.join(", "));
        self.must(node, false, &what);
        self.meant(node, names);
    }

    fn host(&mut self, node: &Node<'_>) {
        let ids: Vec<&str> = names::hosts().chain(["auto"]).collect();
        if !text(node).is_some_and(|id| ids.contains(&id)) {
            self.must(node, false, "the id of a host or \"auto\"");
            self.meant(node, &ids);
        }
    }

    /// Adds the probable intention to the last mistake.
    fn meant(&mut self, node: &Node<'_>, names: &[&str]) {
        let near = text(node).and_then(|name| spelling::nearest(name, names.iter().copied()));
        if let (Some(near), Some(mistake)) = (near, self.mistakes.last_mut()) {
            mistake.help = Some(format!("Did you mean \"{near}\"?"));
        }
    }

    fn unknown(&mut self, what: &str, key: &Node<'_>, known: &[&str]) {
        let name = key.as_str().unwrap_or("");
        let help = match spelling::nearest(name, known.iter().copied()) {
            Some(near) => format!("Did you mean \"{near}\"?"),
            None if what == "rule" => String::from("`rolewright rules` lists them."),
            None => format!("Available: {}.", known.join(", ")),
        };
        let message = format!("unknown {what} \"{name}\"");
        self.mistakes.push(Mistake { span: key.span, message, help: Some(help) });
    }
}
