//! Rules for permissions that a later one overrides.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::Field;
use crate::host::{self, FieldRole, FieldType};
use crate::role::Role;
use crate::text::Span;
use crate::yaml::{Entry, Node};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "shadowed-permission",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A permission rule for everything overrides the rules before it.",
    why: "Of several matching rules, OpenCode and Kilo Code follow the last one. With `\"*\": deny` at the end, nothing above it is allowed; with `\"*\": allow` at the end, nothing above it is denied. The rule for everything belongs at the top, and its exceptions after it.",
    example: Example {
        path: ".opencode/agent/builder.md",
        bad: "---\ndescription: Builds. Use after a change.\nmode: subagent\npermission:\n  bash:\n    \"cargo build\": allow\n    \"*\": deny\n---\n\nYou build.\n",
        at: "\"*\"",
        good: "---\ndescription: Builds. Use after a change.\nmode: subagent\npermission:\n  bash:\n    \"*\": deny\n    \"cargo build\": allow\n---\n\nYou build.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if cx.host.rules_field().is_none() {
        return;
    }
    let role = cx.role;
    let is_rules = |field: &&Field<'_>| {
        let known = cx.host.field(&field.name);
        let holds = |known: &host::Field| {
            known.role == FieldRole::Permissions && known.takes(FieldType::Map)
        };
        field.error.is_none() && known.is_some_and(holds)
    };
    let mut found = Vec::new();
    for field in role.fields().iter().filter(is_rules) {
        let Some(entries) = field.value.entries() else { continue };
        let inner = entries.iter().filter_map(|entry| entry.value.entries());
        for rules in [entries].into_iter().chain(inner) {
            found.extend(shadowing(role, rules));
        }
    }
    for finding in found {
        cx.report(finding);
    }
}

/// Finds a catch-all rule after rules with a different effect.
fn shadowing(role: &Role<'_>, rules: &[Entry<'_>]) -> Option<Finding> {
    let (at, last) = rules.iter().enumerate().rfind(|(_, rule)| is_all(&rule.key))?;
    let effect = last.value.as_str()?;
    let before = rules.get(..at)?;
    let differs = |rule: &&Entry<'_>| rule.value.as_str().is_none_or(|other| other != effect);
    let shadowed: Vec<Span> = before.iter().filter(differs).map(|rule| rule.key.span).collect();
    let (count, name) = (shadowed.len(), last.key.as_str()?);
    let first = before.first().filter(|_| count > 0)?;
    let message = match count {
        1 => format!("The rule for `{name}` overrides the rule before it"),
        _ => format!("The rule for `{name}` overrides {count} rules before it"),
    };
    let finding = Finding::new(last.key.span, message)
        .labels(shadowed, "has no effect")
        .reason("The last matching rule wins.");
    Some(match moved_up(role, first, last) {
        Some(edits) => finding.unsafe_fix(format!("Move `{name}` to the top"), edits),
        None => finding.help(format!("Put `{name}` before the others.")),
    })
}

fn is_all(key: &Node<'_>) -> bool {
    key.as_str().is_some_and(|key| matches!(key, "*" | "**"))
}

/// The catch-all rule's line moved before the first rule, if each rule has a separate line.
fn moved_up(role: &Role<'_>, first: &Entry<'_>, last: &Entry<'_>) -> Option<Vec<(Span, String)>> {
    let own_line = |rule: &Entry<'_>| {
        let line = role.line_at(rule.key.span.start);
        let lead = Span::new(line.start, rule.key.span.start).of(role.text);
        let is_own = lead.trim().is_empty() && rule.value.span.end <= line.end;
        is_own.then(|| Span::new(line.start, role.line_at(line.end).end))
    };
    let from = own_line(last)?;
    let to = role.line_at(first.key.span.start);
    let lead = Span::new(to.start, first.key.span.start).of(role.text);
    if !lead.trim().is_empty() {
        return None;
    }
    let line = from.of(role.text).to_string() + role.line_end();
    // The line is moved with its line ending.
    let whole = Span::new(from.start, (from.end + role.line_end().len()).min(role.text.len()));
    Some(Vec::from([(Span::at(to.start), line), (whole, String::new())]))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;

    const PATH: &str = ".opencode/agent/x.md";

    #[test]
    fn the_rule_for_everything_comes_first() {
        let text = |rules: &str| format!("---\ndescription: b\npermission:\n{rules}---\nx\n");
        let late = text("  bash:\n    a: allow\n    b *: ask\n    '*': deny\n  edit: deny\n");
        assert_eq!(
            findings("shadowed-permission", PATH, &late),
            ["7:5-7:8 warning The rule for `*` overrides 2 rules before it"]
        );
        let early = text("  bash:\n    '*': deny\n    a: allow\n    b *: ask\n  edit: deny\n");
        assert_eq!(fixed_unsafely(PATH, &late), early);
        for fine in [
            &*early,
            &text("  bash:\n    a: deny\n    '*': deny\n"),
            &text("  bash: deny\n"),
            &text("  bash: {'*': deny}\n"),
        ] {
            assert!(findings("shadowed-permission", PATH, fine).is_empty(), "{fine}");
        }
        let tools = text("  bash: allow\n  '*': deny\n");
        assert_eq!(findings("shadowed-permission", PATH, &tools).len(), 1);
    }
}
