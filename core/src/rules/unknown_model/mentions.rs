//! Retired models that the text says to use: in a configuration that it shows, or in a sentence.

use super::{Finding, retirement};
use crate::diagnostic::Severity;
use crate::host::{HOSTS, Host, Retired};
use crate::role::Role;
use crate::rules::Context;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;
use memchr::memmem;

/// A retired model and the places that name it, of which the first is reported.
struct Mentioned {
    host: &'static Host,
    model: &'static Retired,
    places: Vec<Span>,
    severity: Severity,
}

/// The most places of a vendor's models to examine, because each reads its whole line.
const MAX_PLACES: usize = 100;

/// The longest text of an ID, in bytes.
const MAX_ID: usize = 64;

/// One finding for each retired model that the text says to use and that is not the role's own.
pub(super) fn findings(cx: &Context<'_>, own: &[&str]) -> Vec<Finding> {
    let role = cx.role;
    let mut found: Vec<Mentioned> = Vec::new();
    for (host, prefix) in vendors() {
        let finder = memmem::Finder::new(prefix);
        let starts = finder.find_iter(role.body.of(role.text).as_bytes());
        let named = starts.filter_map(|at| retired(host, role.text, role.body.start + at));
        let others = named.filter(|(model, _)| !own.contains(&model.id));
        for (model, place) in others.take(MAX_PLACES) {
            let Some(severity) = order(role, place) else { continue };
            match found.iter_mut().find(|one| one.model.id == model.id) {
                Some(one) => {
                    one.places.push(place);
                    one.severity = one.severity.max(severity);
                }
                None => {
                    found.push(Mentioned { host, model, places: Vec::from([place]), severity });
                }
            }
        }
    }
    found.iter().filter_map(finding).collect()
}

fn finding(mentioned: &Mentioned) -> Option<Finding> {
    let Mentioned { host, model, places, severity } = mentioned;
    let (first, more) = places.split_first()?;
    let finding = Finding::new(*first, format!("`{}` {}", model.id, retirement(model)))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .severity(*severity)
        .help("Use a current model.");
    Some(host.models.retired_note.into_iter().fold(finding, Finding::reason))
}

/// The hosts that name the models of a vendor, each once, with what its IDs start with.
fn vendors() -> impl Iterator<Item = (&'static Host, &'static str)> {
    let is_first = |host: &&Host| {
        let same = |other: &&Host| other.models.provider == host.models.provider;
        host.models.provider.is_some() && HOSTS.iter().find(same).is_some_and(|it| it.id == host.id)
    };
    let prefixes = |host: &'static Host| host.models.prefixes.iter().map(move |it| (host, *it));
    HOSTS.iter().filter(is_first).flat_map(prefixes)
}

/// The retired model whose full ID is at `start`. Only an ID with a date names one version and no
/// other, and other services (`anthropic.claude-…`) retire their models on other days.
fn retired(host: &Host, text: &str, start: usize) -> Option<(&'static Retired, Span)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '@');
    let (before, rest) = text.split_at_checked(start)?;
    let provider = |before: &str| {
        let before = before.strip_suffix('/')?;
        before.strip_suffix(host.models.provider?).map(str::len)
    };
    let outside = before.get(..provider(before).unwrap_or(before.len()))?;
    if outside.ends_with(|c: char| is_part(c) && c != ':' || c == '/') {
        return None;
    }
    let rest = rest.get(..rest.floor_char_boundary(MAX_ID))?;
    let id = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
    let id = id.trim_end_matches(['.', ':']);
    let date = id.rsplit_once('-').map_or("", |(_, date)| date);
    let is_dated = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
    let model = host.models.retired.iter().find(|model| model.id == id)?;
    (is_dated && model.past).then(|| (model, Span::new(start, start + id.len())))
}

/// How certain it is that the text orders to use the model, if it does so.
fn order(role: &Role<'_>, place: Span) -> Option<Severity> {
    let line = role.line_at(place.start);
    let before = Span::new(line.start, place.start).of(role.text);
    let is_key = is_key(before);
    let is_order = match role.outline.fence_at(place.start) {
        Some(fence) => {
            let language = fence.info.of(role.text).split([' ', '{', ',']).next().unwrap_or("");
            is_key
                && begins_entry(before)
                && CONFIGURATIONS.contains(&&*language.to_ascii_lowercase())
                && !is_past(line_above(role, fence.span.start))
        }
        None => {
            let is_code = || {
                role.outline.code_at(place.start).is_some_and(|code| {
                    let inner = code.of(role.text).trim_matches('`').trim();
                    inner.ends_with(place.of(role.text)) && !inner.contains(' ')
                })
            };
            is_key || is_code() && says_to_use(before)
        }
    };
    let heading = role.outline.headings.partition_point(|it| it.span.start < line.start);
    let heading = heading.checked_sub(1).and_then(|at| role.outline.headings.get(at));
    let heading = heading.map_or("", |heading| heading.text.of(role.text));
    let above = line_above(role, line.start);
    let is_past = || [line.of(role.text), above, heading].into_iter().any(is_past);
    (is_order && !before.trim_start().starts_with('|') && !is_past()).then_some(if is_key {
        Severity::Warning
    } else {
        Severity::Info
    })
}

/// Languages of code blocks that show a configuration or a file with front matter.
const CONFIGURATIONS: [&str; 9] =
    ["", "yaml", "yml", "json", "jsonc", "json5", "toml", "markdown", "md"];

/// Whether the key of a value is the first word of an entry, and not one of several on a line of a
/// program's output.
fn begins_entry(before: &str) -> bool {
    let entry = before.rsplit(['{', ',']).next().unwrap_or(before).trim_start();
    let entry = entry.strip_prefix("- ").unwrap_or(entry);
    entry.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '"' | '\''))
}

/// The last line before a place that is not blank, of the two above it.
fn line_above<'t>(role: &Role<'t>, start: usize) -> &'t str {
    let above = |start: usize| role.line_at(start.saturating_sub(1));
    let first = above(start);
    match first.of(role.text).trim() {
        "" => above(first.start).of(role.text),
        line => line,
    }
}

/// Whether a value begins after `before`, for a key that names a model: `"model": "`, `Default model: `.
fn is_key(before: &str) -> bool {
    let marks = ['`', '"', '\'', '*', ' ', '\t'];
    let key = before.trim_end_matches(marks);
    let key = key.strip_suffix("anthropic/").map_or(key, |key| key.trim_end_matches(marks));
    let Some(key) = key.strip_suffix([':', '=']) else { return false };
    let key = key.trim_end_matches(marks);
    let start = key.len().saturating_sub("model".len());
    key.get(start..).is_some_and(|end| end.eq_ignore_ascii_case("model"))
}

/// Whether a sentence that has begun says what to use.
fn says_to_use(before: &str) -> bool {
    const WORDS: [&str; 8] = ["use", "uses", "using", "run", "runs", "call", "calls", "default"];
    let sentence = before.rsplit(['.', ';', '(']).next().unwrap_or(before);
    let mut words = sentence.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| WORDS.iter().any(|it| it.eq_ignore_ascii_case(word)))
}

/// Whether a line tells of models of the past, compares models or gives an example of an ID.
fn is_past(line: &str) -> bool {
    const SIGNS: [&str; 35] = [
        "retire",
        "deprecat",
        "legacy",
        "migrat",
        "→",
        "->",
        "=>",
        "old",
        "replace",
        "instead",
        "previous",
        "upgrade",
        "sunset",
        "no longer",
        "discontinu",
        "avoid",
        "never",
        "not ",
        "n't ",
        "changelog",
        "history",
        "pric",
        "cost",
        "$",
        "was ",
        "before",
        "stale",
        "wrong",
        "e.g.",
        "such as",
        "like ",
        "example",
        "incorrect",
        "bad",
        "❌",
    ];
    let line = line.to_lowercase();
    SIGNS.iter().any(|sign| line.contains(sign))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(body: &str) -> Vec<String> {
        let text = format!("---\nname: x\ndescription: Use it\ntools: Read\n---\n\n{body}\n");
        findings("unknown-model", ".claude/agents/x.md", &text)
    }

    #[test]
    fn a_retired_model_in_a_configuration_that_the_text_shows_is_found() {
        assert_eq!(
            check("```yaml\nagent:\n  model: claude-sonnet-4-20250514\n```"),
            ["9:10-9:34 warning `claude-sonnet-4-20250514` was retired on 2026-06-15"]
        );
        for body in [
            "```json\n{ \"model\": \"claude-3-opus-20240229\" }\n```",
            "```\n---\nname: a\nmodel: claude-3-opus-20240229\n---\n```",
            "- Default model: `claude-3-opus-20240229`",
            "- **Model:** claude-3-opus-20240229",
            "Set `model: anthropic/claude-3-opus-20240229`.",
        ] {
            assert_eq!(check(body).len(), 1, "{body}");
        }
    }

    #[test]
    fn all_places_of_one_model_are_one_defect() {
        let id = "claude-sonnet-4-20250514";
        assert_eq!(
            check(&format!("Use `{id}` to sum up.\n\n```yaml\nmodel: {id}\n```")),
            ["7:6-7:30 warning `claude-sonnet-4-20250514` was retired on 2026-06-15 (2 places)"]
        );
        assert_eq!(
            check(&format!("Use `{id}` to sum up.")),
            ["7:6-7:30 info `claude-sonnet-4-20250514` was retired on 2026-06-15"]
        );
    }

    #[test]
    fn what_a_text_says_about_models_is_no_order() {
        for body in [
            "| `claude-3-opus-20240229` | large |",
            "| Model: `claude-3-opus-20240229` | large |",
            "Replace `model: claude-3-opus-20240229`.",
            "`claude-3-opus-20240229` → `claude-opus-5`",
            "Use `claude-opus-5`, not `claude-3-opus-20240229`.",
            "## Migration\n\n```yaml\nmodel: claude-3-opus-20240229\n```",
            "```yaml\n# before\nmodel: claude-3-opus-20240229\n```",
            "**Incorrect:**\n\n```yaml\nmodel: claude-3-opus-20240229\n```",
            "```\nProvider: a | Model: claude-3-opus-20240229\n```",
            "```\n│ Model: claude-3-opus-20240229 │\n```",
            "```python\nrun(model=\"claude-3-opus-20240229\")\n```",
            "Names of models: `claude-3-opus-20240229`",
            "model: anthropic.claude-3-opus-20240229-v1:0",
            "model: claude-3-opus-20240229-v1",
            "model: claude-opus-4-5-20251101",
            "model: proxy/claude-3-opus-20240229",
        ] {
            assert_eq!(check(body), [""; 0], "{body}");
        }
    }
}
