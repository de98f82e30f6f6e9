//! Completions in `{{include:path#fragment|option}}` and `{{NAME}}`.

use super::{Found, Item, starts};
use crate::document::Document;
use crate::parts::Part;
use rolewright_core::template::{self, FragmentKind};
use rolewright_core::{Role, Span};
use rolewright_wire::CompletionKind;

/// The options of an include, in the syntax that authors write.
const OPTIONS: [&str; 14] = [
    "optional",
    "raw",
    "inline",
    "once",
    "fence",
    "shift=auto",
    "shift=none",
    "level=",
    "wrap=none",
    "wrap=xml",
    "wrap=comment",
    "title=keep",
    "title=strip",
    "fence=",
];

/// The part of a directive being written. Spans reach to the caret.
enum Unfinished {
    Name(Span),
    Path(Span),
    Fragment(Span, Span),
    Option(Span),
}

pub(super) fn at(document: &Document<'_>, of: &Part<'_>, at: usize) -> Option<Found> {
    let role = &of.role;
    let text = role.text;
    let part = part(text, at)?;
    let items = match &part {
        Unfinished::Name(typed) => names(document, of, typed.of(text)),
        Unfinished::Path(typed) => paths(document, role, typed.of(text)),
        Unfinished::Fragment(path, typed) => {
            fragments(document, role, path.of(text), typed.of(text))
        }
        Unfinished::Option(typed) => {
            let typed = typed.of(text);
            let fitting = OPTIONS.iter().filter(|option| starts(option, typed));
            fitting.map(|option| Item::new(*option, CompletionKind::Directive)).collect()
        }
    };
    let (Unfinished::Name(typed)
    | Unfinished::Path(typed)
    | Unfinished::Fragment(_, typed)
    | Unfinished::Option(typed)) = part;
    Some((items, Span::new(typed.start, at + tail(text, at))))
}

/// The rest of the name after the caret, if the directive continues after it.
fn tail(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find(|c: char| c.is_whitespace() || "{}|#".contains(c));
    end.filter(|end| rest.get(*end..).is_some_and(|after| after.starts_with(['}', '|', '#'])))
        .unwrap_or(0)
}

fn part(text: &str, at: usize) -> Option<Unfinished> {
    let before = text.get(..at)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let open = before.get(line..)?.rfind("{{").map(|open| line + open)?;
    let inside = before.get(open + 2..)?;
    if inside.contains(['{', '}']) || before.get(..open)?.ends_with('$') {
        return None;
    }
    let Some(rest) = inside.strip_prefix("include:") else {
        let blank = inside.len() - inside.trim_start().len();
        let name = Span::new(open + 2 + blank, at);
        return (!inside.contains([':', '|', '?'])).then_some(Unfinished::Name(name));
    };
    let start = at - rest.len();
    let trimmed = |span: Span| {
        let lead = span.len() - span.of(text).trim_start().len();
        Span::new(span.start + lead, span.end)
    };
    Some(match (rest.rfind('|'), rest.find('#')) {
        (Some(option), _) => Unfinished::Option(trimmed(Span::new(start + option + 1, at))),
        (None, Some(hash)) => {
            let path = trimmed(Span::new(start, start + hash));
            Unfinished::Fragment(path, Span::new(start + hash + 1, at))
        }
        (None, None) => Unfinished::Path(trimmed(Span::new(start, at))),
    })
}

fn names(document: &Document<'_>, of: &Part<'_>, typed: &str) -> Vec<Item> {
    let expanded = of.expanded();
    let mut found: Vec<(String, String)> = expanded
        .variables
        .iter()
        .map(|variable| (variable.name.clone(), about(variable, document)))
        .collect();
    for (name, _) in document.values.iter() {
        if !found.iter().any(|(known, _)| known == name) {
            let variable = template::VariableUse { name: name.to_string(), ..Default::default() };
            found.push((name.to_string(), about(&variable, document)));
        }
    }
    found.sort_unstable();
    let mut items: Vec<Item> = found
        .into_iter()
        .filter(|(name, _)| name != typed && starts(name, typed))
        .map(|(name, detail)| Item::new(name, CompletionKind::Variable).about(detail))
        .collect();
    if starts("include:", typed) {
        items.push(Item::new("include:", CompletionKind::Directive).about("Inserts another file."));
    }
    items
}

/// A variable in a sentence or two.
pub(crate) fn about(variable: &template::VariableUse, document: &Document<'_>) -> String {
    let mut sentences = Vec::new();
    if let Some(description) = &variable.description {
        let end = if description.ends_with(['.', '!', '?']) { "" } else { "." };
        sentences.push(format!("{description}{end}"));
    }
    if let Some(value) = document.values.get(&variable.name) {
        sentences.push(format!("Its value is {value:?}."));
    } else if variable.runtime {
        sentences.push(String::from("The host fills it in."));
    } else if let Some(default) = &variable.default {
        sentences.push(format!("Its default is {default:?}."));
    } else if variable.declared.is_some() {
        sentences.push(String::from("It has no value yet."));
    }
    sentences.join(" ")
}

/// Paths that may be written here: from the root or a mount, or with `./` and `../` from the file's
/// own folder. Suggests only paths that resolve.
fn paths(document: &Document<'_>, role: &Role<'_>, typed: &str) -> Vec<Item> {
    let style = template::paths(role, document.options);
    let folder = document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let files = document.files.paths();
    let written = files.iter().map(AsRef::<str>::as_ref).filter(|path| *path != document.path);
    let written = written.filter_map(|path: &str| {
        if typed.starts_with('.') {
            return Some(relative(folder, path));
        }
        if typed.starts_with('/') {
            let mount = style
                .mounts
                .iter()
                .find_map(|(at, to)| Some(format!("/{at}/{}", below(to, path)?)));
            return mount.or_else(|| Some(format!("/{}", below(&style.root, path)?)));
        }
        let from_root = style.from_root.then(|| below(&style.root, path)).flatten();
        let from_file = || style.from_file.then(|| below(folder, path)).flatten();
        let found = from_root.or_else(from_file).map(str::to_string);
        found.or_else(|| Some(relative(folder, path)))
    });
    let mut paths: Vec<String> = written.collect();
    paths.sort_unstable();
    paths.dedup();
    let (mut first, rest): (Vec<_>, Vec<_>) =
        paths.into_iter().partition(|path| starts(path, typed));
    let inside = |path: &String| {
        !typed.starts_with(['.', '/'])
            && path.match_indices('/').any(|(at, _)| starts(&path[at + 1..], typed))
    };
    first.extend(rest.into_iter().filter(inside));
    first.into_iter().map(|path| Item::new(path, CompletionKind::Path)).collect()
}

/// `path` relative to `folder`, if it is inside the folder.
fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    match folder {
        "" | "." => Some(path),
        folder => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// `path` as written in a file in `folder`.
pub(crate) fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let most = from.len().min(to.len() - 1);
    let same = (0..most).take_while(|at| from[*at] == to[*at]).count();
    let up = "../".repeat(from.len() - same);
    let start = if up.is_empty() { "./" } else { up.as_str() };
    format!("{start}{}", to[same..].join("/"))
}

fn fragments(document: &Document<'_>, role: &Role<'_>, path: &str, typed: &str) -> Vec<Item> {
    let options = document.options;
    let Ok(Some(target)) = template::resolve(role, path, document.files, options) else {
        return Vec::new();
    };
    let Some(text) = document.files.text(&target) else { return Vec::new() };
    let text: &str = text.as_ref();
    let included = Role::parse(text, &target);
    let found = template::fragments(&included, options);
    found
        .into_iter()
        .filter(|fragment| starts(&fragment.name, typed))
        .map(|fragment| {
            let title = match fragment.kind {
                FragmentKind::Heading => fragment.span.of(text).lines().next().unwrap_or(""),
                _ => "",
            };
            Item::new(fragment.name, CompletionKind::Fragment).about(title.trim())
        })
        .collect()
}
