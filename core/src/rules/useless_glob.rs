//! Globs that have no effect, or match nothing.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field};
use crate::host::{self, FieldRole, Yaml};
use crate::text::Span;
use crate::tools;
use crate::yaml::Node;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

mod forms;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "useless-glob",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A glob has no effect, or cannot match any file.",
    why: "A rule that is always applied is added to every request, whatever its globs say. Cursor reads the front matter of a rule line by line: quotes become part of the pattern, and users report that a list matches nothing (Cursor 3.17.8; cosai-oasis/project-codeguard issue 121). A pattern of a Kiro agent that matches every file fills its context. A pattern with an unclosed bracket is invalid, and one that matches no file of the workspace is reported as info.",
    example: Example {
        path: ".cursor/rules/api.mdc",
        bad: "---\ndescription: How handlers answer\nglobs: src/api/**/*.ts\nalwaysApply: true\n---\n\nEvery handler validates its input.\n",
        at: "src/api/**/*.ts",
        good: "---\ndescription: How handlers answer\nglobs: src/api/**/*.ts\nalwaysApply: false\n---\n\nEvery handler validates its input.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    everything(cx).into_iter().for_each(|finding| cx.report(finding));
    let role = cx.role;
    let of = |meaning| cx.host.field_for(meaning).and_then(|field| role.field(field.name));
    let Some(globs) = of(FieldRole::Globs) else { return };
    if let Some(finding) = forms::finding(cx.host, globs) {
        cx.report(finding);
    }
    let always = of(FieldRole::AlwaysApply).filter(|field| field.value.as_str() == Some("true"));
    let value = front_matter::value_span(role.text, globs);
    for item in globs.value.items().unwrap_or(&[]) {
        if item.as_str().is_some_and(|pattern| pattern.trim().is_empty()) {
            let finding = Finding::new(item.span, format!("Empty pattern in `{}`", globs.name));
            cx.report(finding.reason("An empty pattern matches no file.").help("Remove it."));
        }
    }
    let lead = value.len() - value.of(role.text).trim_start().len();
    let value = Span::new(value.start + lead, value.end);
    let raw = value.of(role.text);
    if raw.is_empty() || raw.starts_with('#') {
        return;
    }
    if cx.host.is_always_applied(role.path) {
        let message = format!("`{}` has no effect here", globs.name);
        cx.report(
            Finding::new(value, message)
                .reason(APPLIED)
                .help("Move the file to a folder where the host reads the front matter of rules."),
        );
    } else if let Some(finding) = unclosed(globs, value, raw) {
        cx.report(finding);
    } else if let Some(always) = always {
        let message = format!("`{}` has no effect with `{}: true`", globs.name, always.name);
        let help =
            format!("Delete one of the two: `{}` applies the rule to every request.", always.name);
        let finding = Finding::new(value, message).label(always.value.span, "always applied");
        cx.report(finding.reason(APPLIED).help(help));
    } else if cx.host.front_matter.yaml == Yaml::Lines {
        let finding = quoted(globs, value, raw).or_else(|| listed(globs, value, raw));
        let finding = finding.or_else(|| unmatched(cx, &[value]));
        finding.into_iter().for_each(|finding| cx.report(finding));
    } else {
        let spans = patterns_of(globs, role.text);
        unmatched(cx, &spans).into_iter().for_each(|finding| cx.report(finding));
    }
}

/// Patterns that add every file of the workspace to the context of an agent.
fn everything(cx: &Context<'_>) -> Vec<Finding> {
    let scheme = "file://";
    let known = cx.host.fields.iter().filter(|known| known.starts.contains(&scheme));
    let fields = known.filter_map(|known| cx.role.field(known.name));
    let items = fields.flat_map(|field| field.value.items().unwrap_or(&[]));
    let found = items.filter_map(|item| {
        let pattern = item.as_str()?.strip_prefix(scheme)?.trim_start_matches(['.', '/']);
        let message = format!("`{}` adds every file of the workspace", item.as_str()?);
        matches!(pattern, "**" | "**/*" | "**/*.*").then(|| {
            Finding::new(item.span, message)
                .severity(Severity::Info)
                .reason("Their text is in context in every conversation.")
                .help("Name the files that the agent needs.")
        })
    });
    found.collect()
}

const APPLIED: &str = "The rule is added to every request, whatever files are open.";

/// A workspace with fewer files may be an excerpt of a larger workspace.
const MIN_FILES: usize = 20;

/// Patterns beyond this many are not looked up.
const MAX_PATTERNS: usize = 20;

/// The patterns in a field, without their quotes; not those with escapes.
fn patterns_of(globs: &Field<'_>, text: &str) -> Vec<Span> {
    let items = globs.value.items().unwrap_or(core::slice::from_ref(&globs.value)).iter();
    let plain = |node: &Node<'_>| {
        let written = node.span.of(text);
        let quoted = usize::from(written.starts_with(['"', '\'']));
        let span = Span::new(node.span.start + quoted, node.span.end.saturating_sub(quoted));
        (node.as_str() == text.get(span.start..span.end)).then_some(span)
    };
    items.filter_map(plain).collect()
}

/// Patterns that match no file in the workspace, of the lists of patterns in these places. A pattern may
/// start at any folder, so that deeper folders match too.
fn unmatched(cx: &Context<'_>, lists: &[Span]) -> Option<Finding> {
    // Elsewhere the rule is kept for other workspaces.
    if !cx.files.is_known() || !cx.role.path.starts_with('.') {
        return None;
    }
    let text = cx.role.text;
    let patterns = lists.iter().flat_map(|list| {
        let mut at = list.start;
        list.of(text).split(',').map(move |written| {
            let start = at + written.len() - written.trim_start().len();
            at += written.len() + 1;
            Span::new(start, start + written.trim().len())
        })
    });
    let plain = |span: &Span| {
        let pattern = span.of(text);
        // Many `**` take long to match.
        !pattern.is_empty()
            && pattern.matches("**").count() < 3
            && !pattern.contains(['{', '}', '[', ']', '!', '?', '"', '\'', '\n', '#'])
    };
    let patterns: Vec<Span> = patterns.filter(plain).take(MAX_PATTERNS).collect();
    if patterns.is_empty() {
        return None;
    }
    let paths = cx.paths();
    if paths.iter().filter(|path| !path.starts_with('.')).count() < MIN_FILES {
        return None;
    }
    let matches = |span: &Span| {
        let pattern = span.of(text).trim_start_matches(['.', '/']);
        // A folder matches its content, and a bare name matches a file anywhere.
        let inside = format!("{}/**/*", pattern.trim_end_matches(['/', '*']));
        paths
            .iter()
            .any(|path| host::path_matches(pattern, path) || host::path_matches(&inside, path))
    };
    let unmatched: Vec<Span> = patterns.into_iter().filter(|span| !matches(span)).collect();
    let (first, more) = unmatched.split_first()?;
    let message = format!("No file matches `{}`", tools::shown(first.of(text)));
    let finding = Finding::new(*first, message)
        .and_more(more.len())
        .labels(more.iter().copied(), "also matches no file")
        .severity(Severity::Info)
        .reason("This pattern never applies the rule in this workspace.");
    Some(finding.help("Correct the pattern, or remove it."))
}

/// A bracket or brace that is never closed makes a pattern invalid.
fn unclosed(globs: &Field<'_>, value: Span, raw: &str) -> Option<Finding> {
    let count = |c: char| raw.matches(c).count();
    let (opened, closes) =
        [('[', ']'), ('{', '}')].into_iter().find(|(open, close)| count(*open) > count(*close))?;
    if globs.error.is_some() || raw.contains('\\') {
        return None;
    }
    let message = format!("Unclosed `{opened}` in `{}`", globs.name);
    Some(
        Finding::new(value, message)
            .reason("An invalid pattern matches no file.")
            .help(format!("Add the missing `{closes}`.")),
    )
}

fn quoted(globs: &Field<'_>, value: Span, raw: &str) -> Option<Finding> {
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = raw.strip_prefix(quote)?.strip_suffix(quote).filter(|i| !i.contains(quote))?;
    let edits = Vec::from([(value, String::from(inner))]);
    Some(
        Finding::new(value, format!("Quoted pattern in `{}`", globs.name))
            .reason("The front matter is read line by line, so the quotes become part of the pattern and it matches no file.")
            .unsafe_fix("Remove the quotes", edits),
    )
}

fn listed(globs: &Field<'_>, value: Span, raw: &str) -> Option<Finding> {
    // A list in brackets is on one line, and Cursor itself writes such lists.
    if !raw.starts_with("- ") {
        return None;
    }
    let items =
        raw.lines().map(|item| item.trim().trim_start_matches("- ").trim_matches(['"', '\'', ' ']));
    let items: Vec<&str> = items.filter(|item| !item.is_empty()).collect();
    let line = items.join(", ");
    // A line that is cut off is nothing to copy.
    let help = match tools::shown(&line) == line {
        true => format!("Write the patterns on one line: `{}: {line}`.", globs.name),
        false => format!("Write the patterns after `{}:`, with commas between them.", globs.name),
    };
    Some(
        Finding::new(value, format!("`{}` must be on one line, not a list", globs.name))
            .reason(
                "The front matter is read line by line; users report that a list matches no file.",
            )
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, findings_in, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const RULE: &str = ".cursor/rules/x.mdc";

    fn check(fields: &str) -> Vec<String> {
        findings(
            "useless-glob",
            RULE,
            &format!("---\ndescription: x\n{fields}\n---\n\nBe short.\n"),
        )
    }

    #[test]
    fn a_line_to_copy_is_never_cut_off() {
        let help = |count: usize| {
            let items = "  - \"src/bakery/**/*.py\"\n".repeat(count);
            let text = format!("---\ndescription: x\nglobs:\n{items}---\n\nBe short.\n");
            let input = crate::Input::new(&text).at(RULE);
            let found = crate::check(&input, &crate::Options::default()).diagnostics;
            let found = found.into_iter().find(|it| it.rule == "useless-glob");
            String::from(found.unwrap().help.unwrap())
        };
        assert_eq!(
            help(2),
            "Write the patterns on one line: `globs: src/bakery/**/*.py, src/bakery/**/*.py`."
        );
        assert_eq!(help(9), "Write the patterns after `globs:`, with commas between them.");
    }

    #[test]
    fn quotes_become_part_of_the_pattern() {
        assert_eq!(
            check("globs: \"src/**/*.ts, a.ts\""),
            ["3:8-3:27 warning Quoted pattern in `globs`"]
        );
        let text = "---\r\ndescription: x\r\nglobs: 'a/**'\r\n---\r\n\r\nBe short.\r\n";
        assert_eq!(fixed_unsafely(RULE, text), text.replace('\'', ""));
    }

    #[test]
    fn a_resource_that_matches_every_file_is_pointed_out() {
        let check = |pattern: &str| {
            let text = format!(
                "{{\"name\": \"x\", \"prompt\": \"Help.\", \"resources\": [\"{pattern}\"]}}\n"
            );
            findings("useless-glob", ".kiro/agents/x.json", &text)
        };
        let found = "1:48-1:59 info `file://**` adds every file of the workspace";
        assert_eq!(check("file://**"), [found]);
        assert_eq!(check("file://./**/*").len(), 1);
        for pattern in ["file://docs/**", "file://**/*.md", "skill://**", "file://README.md"] {
            assert_eq!(check(pattern), [""; 0], "{pattern}");
        }
    }

    #[test]
    fn a_file_that_is_always_applied_needs_none() {
        let text = "---\nglobs: \"src/**/*.ts\"\n---\n\nBe short.\n";
        assert_eq!(
            findings("useless-glob", ".cursorrules", text),
            ["2:8-2:21 warning `globs` has no effect here"]
        );
    }

    #[test]
    fn a_pattern_in_a_list_is_not_empty() {
        let text = "---\npaths:\n  - src/**\n  - \"\"\n---\n\nBe short.\n";
        let found = ["4:5-4:7 warning Empty pattern in `paths`"];
        assert_eq!(findings("useless-glob", ".clinerules/x.md", text), found);
        assert_eq!(
            findings("useless-glob", ".clinerules/x.md", &text.replace("\"\"", "a/*")),
            [""; 0]
        );
    }

    #[test]
    fn a_pattern_must_be_closed() {
        assert_eq!(check("globs: src/*.{ts,tsx"), ["3:8-3:21 warning Unclosed `{` in `globs`"]);
        let text = "---\napplyTo: \"[a-z*.ts\"\n---\n\nBe short.\n";
        assert_eq!(
            findings("useless-glob", ".github/instructions/x.instructions.md", text),
            ["2:10-2:20 warning Unclosed `[` in `applyTo`"]
        );
    }

    #[test]
    fn a_list_below_the_field_may_match_nothing() {
        assert_eq!(check("globs: [\"a/*\", \"b/*\"]"), [""; 0]);
        assert_eq!(
            check("globs:\n  - \"a/*\"\n  - b/*"),
            ["4:3-5:8 warning `globs` must be on one line, not a list"]
        );
    }

    #[test]
    fn a_pattern_without_a_file_is_pointed_out_where_the_files_are_known() {
        let rule = "---\nglobs: src/**/*.ts, **/*.rs, gone/*.ts, *.vue\n---\n\nBe short.\n";
        let path = ".cursor/rules/a.mdc";
        let names: Vec<String> = (0..20).map(|n| format!("src/deep/{n}.ts")).collect();
        let mut files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "")).collect();
        files.extend([(path, rule), ("src/main.rs", "")]);
        assert_eq!(
            findings_in("useless-glob", path, &files),
            ["2:30-2:39 info No file matches `gone/*.ts` (2 places)"]
        );
        assert_eq!(findings_in("useless-glob", path, &files[18..]), [""; 0]);
        // A host that reads YAML allows quotes.
        let rule = rule.replace("globs: ", "applyTo: \"").replace("vue\n", "vue\"\n");
        let path = ".github/instructions/a.instructions.md";
        files.extend([(path, &*rule)]);
        assert_eq!(
            findings_in("useless-glob", path, &files),
            ["2:33-2:42 info No file matches `gone/*.ts` (2 places)"]
        );
    }

    #[test]
    fn bare_patterns_and_empty_ones_are_left_alone() {
        for fields in [
            "globs: **/*.ts, src/*.{ts,tsx}\nalwaysApply: false",
            "globs:\nalwaysApply: true",
            "globs: [a-z]*.ts",
            "alwaysApply: true",
        ] {
            assert_eq!(check(fields), [""; 0], "{fields}");
        }
    }
}
