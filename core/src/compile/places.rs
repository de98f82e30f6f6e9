//! Finds places in the text of a role whose meaning changes on another host or in another folder.

use super::convert::singular;
use super::{Loss, Source};
use crate::diagnostic::Severity;
use crate::host::{Capability, Host, Placeholder};
use crate::permissions::{self, CapabilitySet};
use crate::text::{self, Span, folder, resolved};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Reports placeholders that only one of the two hosts fills in; returns whether the role would run
/// commands without permission.
pub(super) fn placeholders(
    source: &Source<'_>,
    to: &Host,
    allow_widening: bool,
    losses: &mut Vec<Loss>,
) -> bool {
    let from = source.from;
    for form in missing(from.placeholders, to.placeholders) {
        let (places, product) = (uses(source, form), to.product);
        found(source, &places, Severity::Warning, losses, |text| {
            format!("{product} does not fill in `{text}`; the model sees it literally.")
        });
    }
    for form in missing(to.placeholders, from.placeholders) {
        let places = uses(source, form);
        // Products with several kinds of files fill them in differently.
        let (reader, other) = match to.product == from.product {
            true => (singular(to, true), singular(from, false)),
            false => (to.product.to_owned(), from.product.to_owned()),
        };
        found(source, &places, Severity::Info, losses, |text| {
            format!("{reader} fills in `{text}`, which {other} leaves unchanged.")
        });
    }
    if fills_numbers(from) && !fills_numbers(to) {
        found(source, &numbered(source), Severity::Warning, losses, |text| {
            format!("{} does not fill in `{text}`; the model sees it literally.", to.product)
        });
    }
    let forms = [COMMAND, BRACED_COMMAND, BRACED_FILE];
    let widens = forms.map(|form| loaded(source, to, form, allow_widening, losses));
    widens.contains(&true)
}

/// Reports commands and files that only one of the two hosts runs or reads when it loads the text;
/// returns whether the role would do so without being asked to.
fn loaded(
    source: &Source<'_>,
    to: &Host,
    form: &str,
    allow_widening: bool,
    losses: &mut Vec<Loss>,
) -> bool {
    const SHELL: CapabilitySet = CapabilitySet::of(&[Capability::Execute]);
    let from = source.from;
    let (does, did) = (has(to, form), has(from, form));
    let places = match form {
        _ if does == did => Vec::new(),
        COMMAND => run(source),
        _ => braced(source, form),
    };
    let text = source.role.text;
    let is_file = form == BRACED_FILE;
    let is_harmless = |place: &Span| is_file && !is_path(place.of(text));
    let widens = does && !places.iter().all(is_harmless);
    let severity = if widens && !allow_widening { Severity::Error } else { Severity::Warning };
    let may = || is_file || permissions::read(source.role, from).whole.contains(SHELL);
    let limits = if widens && !may() {
        ", and the role may not run commands".to_owned()
    } else {
        format!("; {} does not", singular(from, false))
    };
    found(source, &places, severity, losses, |text| {
        let text = if form == COMMAND { text.to_owned() } else { format!("`{text}`") };
        let (verb, never) = if is_file { ("reads", "fill in") } else { ("runs", "run") };
        match does {
            true => format!("{} {verb} {text} when it is loaded{limits}.", singular(to, true)),
            false => {
                format!("{} does not {never} {text}; the model sees it literally.", to.product)
            }
        }
    });
    widens
}

/// The forms, in the host facts, of a numbered argument, of an input that the starting program
/// fills in, and of what the host runs or reads when it loads the text.
const NUMBERED: &str = "$N";
const INPUT: &str = "{*}";
const COMMAND: &str = "!`*`";
const BRACED_COMMAND: &str = "!{*}";
const BRACED_FILE: &str = "@{*}";

fn has(host: &Host, form: &str) -> bool {
    let runs = form == COMMAND && host.load_time_command.is_some();
    runs || host.placeholders.iter().any(|known| known.form == form)
}

/// Whether the text in braces may be the path of a file or a folder, and not a revision as in Git's
/// `@{upstream}` or a table as in PowerShell.
fn is_path(braced: &str) -> bool {
    let name = braced.trim_start_matches("@{").trim_end_matches('}').trim();
    let is_revision = ["u", "upstream", "push"].contains(&name)
        || name.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    !name.is_empty() && !is_revision && !name.contains(['=', '\n'])
}

fn fills_numbers(host: &Host) -> bool {
    host.numbered_placeholder.is_some() || has(host, NUMBERED)
}

/// The placeholder forms that the other host lacks.
fn missing<'p>(
    own: &'p [Placeholder],
    other: &'p [Placeholder],
) -> impl Iterator<Item = &'static str> + 'p {
    let new = move |one: &&Placeholder| other.iter().all(|known| known.form != one.form);
    const OTHERWISE: [&str; 4] = [NUMBERED, COMMAND, BRACED_COMMAND, BRACED_FILE];
    own.iter().filter(new).map(|one| one.form).filter(|form| !OTHERWISE.contains(form))
}

/// The ranges of a form in the text; a form that ends in a star extends to the end of the word.
fn uses(source: &Source<'_>, form: &str) -> Vec<Span> {
    let fixed = form.split('*').next().unwrap_or("");
    let (text, body) = (source.role.text, source.role.body);
    let places = body.of(text).match_indices(fixed).map(|(at, _)| body.start + at);
    let whole = |at: usize| {
        let rest = text.get(at + fixed.len()..)?;
        if form == INPUT {
            let before = text.get(..at)?.chars().next_back();
            return input(rest)
                .filter(|_| !matches!(before, Some('{' | '$')))
                .map(|end| Span::new(at, at + fixed.len() + end));
        }
        let end = match form.len() > fixed.len() {
            true => rest.find(|c: char| !is_part(c)).unwrap_or(rest.len()),
            false => 0,
        };
        Some(Span::new(at, at + fixed.len() + end))
    };
    let places = places.filter_map(whole);
    match fixed {
        "@" => places.filter(|place| is_file(source, *place)).collect(),
        _ => places.collect(),
    }
}

/// The end of the braced name whose start is given.
fn input(rest: &str) -> Option<usize> {
    let (name, after) = rest.split_once('}')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    (is_name && !after.starts_with('}')).then_some(name.len() + 1)
}

/// Whether a character may be part of a file name or a value.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "-_./~]}".contains(c)
}

/// Whether `@` and the following text name a file, and not a person, a package or an address.
fn is_file(source: &Source<'_>, place: Span) -> bool {
    let text = source.role.text;
    let before = text.get(..place.start).and_then(|text| text.chars().next_back());
    let name = place.of(text).trim_end_matches('.');
    let ending = name.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    before.is_none_or(|c| c.is_whitespace() || c == '(')
        && ending.is_some_and(|(stem, end)| !stem.is_empty() && (1..=5).contains(&end.len()))
        && source.role.outline.code_at(place.start).is_none()
}

/// A `$` and one digit, as arguments are written, but not a price.
fn numbered(source: &Source<'_>) -> Vec<Span> {
    let (text, body) = (source.role.text, source.role.body);
    let at = |(at, _): (usize, &str)| {
        let at = body.start + at;
        let mut rest = text.get(at + 1..)?.chars();
        let digit = rest.next().filter(char::is_ascii_digit)?;
        let ends = rest.next().is_none_or(|c| !c.is_alphanumeric() && !".,%".contains(c));
        ends.then(|| Span::new(at, at + 1 + digit.len_utf8()))
    };
    body.of(text).match_indices('$').filter_map(at).collect()
}

/// Commands between `!` and backticks, and code blocks that begin with a command. Hosts look for them
/// in the text, not in its Markdown, so they also run those in code blocks.
fn run(source: &Source<'_>) -> Vec<Span> {
    let role = source.role;
    let at = |(at, _): (usize, &str)| {
        let at = role.body.start + at;
        let before = role.text.get(..at)?.chars().next_back();
        let command = role.text.get(at + 2..role.body.end)?.split_once('`')?.0;
        let starts = before.is_none_or(char::is_whitespace) && !command.is_empty();
        starts.then(|| Span::new(at, at + command.len() + 3))
    };
    let body = role.body.of(role.text);
    let spans = body.match_indices("!`").filter_map(at);
    let blocks = text::lines(role.text, role.body).filter_map(|line| {
        let fence = line.of(role.text).trim();
        fence
            .starts_with("```!")
            .then(|| Span::new(line.start, line.start + line.of(role.text).trim_end().len()))
    });
    let mut all: Vec<Span> = spans.chain(blocks).collect();
    all.sort_by_cached_key(|span| span.start);
    all
}

/// Text in braces after a mark; braces inside belong to it.
fn braced(source: &Source<'_>, form: &str) -> Vec<Span> {
    let mark = form.split('{').next().unwrap_or("");
    let (text, body) = (source.role.text, source.role.body);
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut all: Vec<Span> = Vec::new();
    for (at, brace) in body.of(text).match_indices(['{', '}']) {
        let at = body.start + at;
        if brace == "{" {
            let before = text.get(body.start..at).unwrap_or("");
            open.push((at, before.ends_with(mark)));
        } else if let Some((start, true)) = open.pop() {
            let place = Span::new(start - mark.len(), at + 1);
            // What is inside it belongs to it.
            while all.last().is_some_and(|inner| inner.start > place.start) {
                all.pop();
            }
            all.extend((place.len() > mark.len() + 2).then_some(place));
        }
    }
    all
}

/// Reports one loss for all places of a kind, at the first place.
fn found(
    source: &Source<'_>,
    places: &[Span],
    severity: Severity,
    losses: &mut Vec<Loss>,
    message: impl Fn(&str) -> String,
) {
    let Some(first) = places.first() else { return };
    let text = message(first.of(source.role.text));
    let message = match places.len() {
        1 => text,
        count => format!("{} ({count} places)", text.trim_end_matches('.')) + ".",
    };
    let path = source.role.path.to_owned();
    losses.push(Loss { severity, path, span: *first, message: message.into() });
}

/// Reports relative links that lead to a file from the folder of the role but not from the folder
/// of the new file; if no other files are known, all links that might.
pub(super) fn links(source: &Source<'_>, path: &str, losses: &mut Vec<Loss>) {
    let role = source.role;
    let (before, after) = (folder(role.path), folder(path));
    if before == after || role.path.is_empty() {
        return;
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut lost = |span: Span, severity: Severity, message: String| {
        let path = role.path.to_owned();
        losses.push(Loss { severity, path, span, message: message.into() });
    };
    for (target, span) in targets(source) {
        if seen.contains(&target) {
            continue;
        }
        seen.push(target);
        if !source.input.files.is_known() {
            if span.of(role.text).starts_with('`') {
                continue;
            }
            let message = format!("`{target}` is relative and points elsewhere from `{path}`.");
            lost(span, Severity::Info, message);
            continue;
        }
        let exists =
            |folder| resolved(folder, target).filter(|path| source.input.files.exists(path));
        let Some(meant) = exists(before).filter(|_| exists(after).is_none()) else { continue };
        // A path in code may also be relative to the root of the workspace.
        if span.of(role.text).starts_with('`') && exists("").is_some() {
            continue;
        }
        let message =
            format!("`{target}` refers to `{meant}`, which it does not reach from `{path}`.");
        lost(span, Severity::Warning, message);
    }
}

/// Possible relative paths to another file: link targets, and code spans with a slash.
fn targets<'s>(source: &'s Source<'_>) -> impl Iterator<Item = (&'s str, Span)> {
    let role = source.role;
    let links = role.outline.links.iter().map(|link| {
        let target = link.target.split(['#', '?']).next().unwrap_or("");
        (target, link.span)
    });
    let code = role.outline.code.iter().filter_map(|code| {
        let text = code.of(role.text).trim_matches('`').trim();
        let is_path =
            text.contains('/') && text.chars().all(|c| is_part(c) && c != '}' && c != ']');
        (code.len() < 200 && is_path).then_some((text, *code))
    });
    links.chain(code).filter(|(target, _)| {
        !target.is_empty() && !target.starts_with(['/', '~']) && !target.contains([':', '{'])
    })
}
