//! Hooks that the host cannot read.

use super::wording::joined;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{self, FieldRole, FieldStatus, Hooks, Host};
use crate::markdown::Fence;
use crate::spelling;
use crate::syntax;
use crate::text::Span;
use crate::yaml::{Entry, Node};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod parts;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-hook",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A hook names an unknown event, or does not have the form that the host requires.",
    why: "Hooks guard what a role does, so one that never runs is worse than none. Claude Code does not load an agent whose hooks violate its schema: event names are case-sensitive, each event contains a list of groups with a matcher and `hooks`, and every hook has a type and what to run.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: Bash\nhooks:\n  PreToolCall:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: ./check.sh\n---\n\nYou review changes.\n",
        at: "PreToolCall",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: Bash\nhooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: ./check.sh\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(hooks) = &cx.host.hooks else { return };
    let Some(known) = cx.host.field_for(FieldRole::Hooks) else { return };
    if let Some(finding) = outside(cx, hooks, known) {
        cx.report(judged(hooks, finding));
    }
    in_examples(cx, hooks).into_iter().for_each(|finding| cx.report(finding));
    let Some(field) = cx.role.field(known.name) else { return };
    if matches!(known.status, FieldStatus::Ignored(_)) || field.error.is_some() || cx.is_lookalike()
    {
        return;
    }
    let mut findings = Vec::new();
    for event in field.value.entries().unwrap_or(&[]) {
        findings.extend(of_event(hooks, event).into_iter().map(|it| judged(hooks, it)));
        findings.extend(timeouts(hooks, event));
        findings.extend(parts::unmatched(cx, hooks, event));
        let items = event.value.items().filter(|_| !hooks.grouped).unwrap_or(&[]);
        findings.extend(items.iter().filter_map(|hook| parts::unread(hooks, hook)));
    }
    findings.into_iter().for_each(|finding| cx.report(finding));
}

/// Reports groups in JSON examples that have a matcher but no list of hooks, since settings copied
/// from them never run anything. One finding for each example.
fn in_examples(cx: &Context<'_>, hooks: &Hooks) -> Vec<Finding> {
    let role = cx.role;
    let is_json = |fence: &&Fence| {
        let content = fence.content.of(role.text);
        hooks.grouped && fence.info.of(role.text) == "json" && content.contains("\"matcher\"")
    };
    let finding = |fence: &Fence| {
        let before = role.text.get(..fence.span.start)?.trim_end();
        let lead = before.rsplit('\n').next()?.to_lowercase();
        let is_bad = ["bad", "wrong", "old", "before", "❌"].iter().any(|word| lead.contains(word));
        let document = syntax::json(fence.content.of(role.text));
        let mut groups = Vec::new();
        without_hooks(hooks, document.root.as_ref()?, &mut groups);
        let (first, more) = groups.split_first().filter(|_| !is_bad)?;
        let at = |span: &Span| span.shifted(fence.content.start);
        let finding =
            Finding::new(at(first), "The example has a matcher without a list of `hooks`")
                .and_more(more.len())
                .labels(more.iter().map(at), "also here")
                .reason("Settings that follow the example run nothing.")
                .help("Put the hooks in a list: `\"hooks\": [{ \"type\": \"command\", … }]`.");
        Some(finding)
    };
    role.outline.fences.iter().filter(is_json).filter_map(finding).collect()
}

/// The matchers of known events' groups that contain a single hook in a different format, at any
/// depth.
fn without_hooks(hooks: &Hooks, node: &Node<'_>, found: &mut Vec<Span>) {
    for entry in node.entries().unwrap_or(&[]) {
        let is_event = entry.key.as_str().is_some_and(|name| hooks.events.contains(&name));
        let groups = entry.value.items().filter(|_| is_event);
        let Some(groups) = groups else {
            without_hooks(hooks, &entry.value, found);
            continue;
        };
        found.extend(groups.iter().filter_map(|group| {
            let has = |key: &str| group.get(key).is_some();
            let matcher = group.entries()?.iter().find(|e| e.key.as_str() == Some("matcher"))?;
            let is_flat = !has("hooks") && !has("type") && (has("command") || has("hook"));
            is_flat.then_some(matcher.key.span)
        }));
    }
}

/// A finding about hooks that the host cannot read.
fn judged(hooks: &Hooks, finding: Finding) -> Finding {
    let severity = if hooks.rejects { Severity::Error } else { Severity::Warning };
    finding.severity(severity).reason(hooks.note)
}

/// Whether a field is an event that belongs under the host's field of hooks.
pub(super) fn is_event(host: &Host, name: &str) -> bool {
    let reads = |field: &host::Field| !matches!(field.status, FieldStatus::Ignored(_));
    host.field_for(FieldRole::Hooks).is_some_and(reads)
        && host.hooks.as_ref().is_some_and(|hooks| hooks.events.contains(&name))
}

/// Events among the fields of the role itself, where they have no effect.
fn outside(cx: &Context<'_>, hooks: &Hooks, known: &host::Field) -> Option<Finding> {
    let fields = cx.role.fields().iter();
    let mut events = fields.filter(|field| is_event(cx.host, &field.name));
    let first = events.next()?;
    let finding =
        Finding::new(first.name_span, format!("`{}` must be under `{}`", first.name, known.name));
    Some(finding.labels(events.map(|field| field.name_span), "also outside").help(format!(
        "Write `{}:` above it and indent it. {}",
        known.name,
        shape(hooks, &first.name)
    )))
}

/// The problem with an event: its name, or else its hooks.
fn of_event(hooks: &Hooks, event: &Entry<'_>) -> Vec<Finding> {
    let Some(name) = event.key.as_str() else { return Vec::new() };
    if !hooks.events.contains(&name) {
        return Vec::from([unknown_event(hooks, name, event.key.span)]);
    }
    let Some(items) = event.value.items() else {
        let message = format!("The hooks for `{name}` must be a list");
        return Vec::from([Finding::new(event.key.span, message).help(shape(hooks, name))]);
    };
    items.iter().flat_map(|item| of_item(hooks, name, item)).collect()
}

fn unknown_event(hooks: &Hooks, name: &str, span: Span) -> Finding {
    let finding = Finding::new(span, format!("Unknown hook event `{name}`"));
    let same = hooks.events.iter().copied().find(|event| event.eq_ignore_ascii_case(name));
    let near = || spelling::nearest(name, hooks.events.iter().copied());
    let replaced = |event: &str| Vec::from([(span, event.to_string())]);
    match (same, near()) {
        (Some(event), _) => finding
            .help(format!("Did you mean `{event}`?"))
            .safe_fix(format!("Replace `{name}` with `{event}`"), replaced(event)),
        (None, Some(event)) => finding
            .help(format!("Did you mean `{event}`?"))
            .unsafe_fix(format!("Replace `{name}` with `{event}`"), replaced(event)),
        (None, None) => {
            let some: Vec<String> =
                hooks.events.iter().take(4).map(|event| format!("`{event}`")).collect();
            let some = joined(&some, "or");
            finding.help(format!("Use an event that the host supports, such as {some}."))
        }
    }
}

/// An item of an event: a group of hooks, or a single hook.
fn of_item(hooks: &Hooks, event: &str, item: &Node<'_>) -> Vec<Finding> {
    let Some(start) = start_of(item) else {
        let message = format!("A hook for `{event}` must be a map");
        return Vec::from([Finding::new(item.span, message).help(shape(hooks, event))]);
    };
    if !hooks.grouped {
        return of_hook(hooks, event, item).into_iter().collect();
    }
    match item.get("hooks").map(|inner| inner.items()) {
        Some(Some(inner)) => inner.iter().filter_map(|hook| of_hook(hooks, event, hook)).collect(),
        Some(None) => {
            let message = format!("`hooks` for `{event}` must be a list");
            Vec::from([Finding::new(start, message).help(shape(hooks, event))])
        }
        None => {
            let message = format!("A group for `{event}` has no `hooks`");
            Vec::from([Finding::new(start, message).help(shape(hooks, event))])
        }
    }
}

/// The first key of a map.
fn start_of(node: &Node<'_>) -> Option<Span> {
    node.entries()?.first().map(|entry| entry.key.span)
}

fn of_hook(hooks: &Hooks, event: &str, hook: &Node<'_>) -> Option<Finding> {
    let start = start_of(hook)?;
    let written = hook.get("type");
    let kind = match (written.and_then(Node::as_str), hooks.grouped) {
        (Some(kind), _) => kind,
        (None, false) => hooks.types.first()?.0,
        (None, true) => {
            let message = format!("A hook for `{event}` does not specify its `type`");
            return Some(Finding::new(start, message).help("Add `type: command`."));
        }
    };
    let Some((_, needed)) = hooks.types.iter().find(|(name, _)| *name == kind) else {
        let types: Vec<String> = hooks.types.iter().map(|(t, _)| format!("`{t}`")).collect();
        let types = super::wording::joined(&types, "or");
        let span = written.map_or(start, |node| node.span);
        let message = format!("Unknown hook type `{kind}`");
        return Some(Finding::new(span, message).help(format!("Use {types}.")));
    };
    let is_empty = |node: &Node<'_>| node.as_str().is_some_and(|text| text.trim().is_empty());
    if hook.get(needed).is_none_or(is_empty) {
        let message = format!("A hook for `{event}` has no `{needed}`");
        return Some(Finding::new(start, message).help(format!("Add `{needed}`.")));
    }
    None
}

/// The problem with the time limits of an event's hooks; the host reads the hooks anyway.
fn timeouts(hooks: &Hooks, event: &Entry<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in event.value.items().unwrap_or(&[]) {
        let Some(inner) = (if hooks.grouped { item.get("hooks") } else { Some(item) }) else {
            continue;
        };
        let each = inner.items().unwrap_or(core::slice::from_ref(inner));
        found.extend(each.iter().filter_map(|hook| timeout(hooks, hook)));
    }
    found
}

/// A time limit in the wrong unit, or under a different name.
fn timeout(hooks: &Hooks, hook: &Node<'_>) -> Option<Finding> {
    let (name, milliseconds) = hooks.timeout;
    let entries = hook.entries()?;
    let entry = entries.iter().find(|entry| {
        entry.key.as_str().is_some_and(|key| key.to_ascii_lowercase().starts_with("timeout"))
    })?;
    let key = entry.key.as_str()?;
    let value: f64 = entry.value.as_str()?.parse().ok()?;
    let unit = if milliseconds { "milliseconds" } else { "seconds" };
    if key != name {
        let message = format!("The field for a hook's time limit is `{name}`, not `{key}`");
        return Some(
            Finding::new(entry.key.span, message).help(format!("Write `{name}`, in {unit}.")),
        );
    }
    let is_off = if milliseconds { value < 100.0 } else { value >= 10_000.0 };
    is_off.then(|| {
        let message = format!(
            "`{name}` is in {unit}; {} is too {}",
            entry.value.as_str().unwrap_or(""),
            if milliseconds { "short" } else { "long" }
        );
        let (factor, other) =
            if milliseconds { (1000.0, "seconds") } else { (0.001, "milliseconds") };
        let reason = match milliseconds {
            true => "The hook is stopped almost immediately.",
            false => "A hook that hangs is not stopped for hours.",
        };
        Finding::new(entry.value.span, message)
            .reason(reason)
            .help(format!("Write `{}` if {other} were meant.", value * factor))
    })
}

fn shape(hooks: &Hooks, event: &str) -> String {
    match hooks.grouped {
        true => format!(
            "Under `{event}`, list groups with `matcher` and a list of `hooks`, each with `type` and `command`."
        ),
        false => format!("Under `{event}`, list hooks, each with `command`."),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, fixed};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    const AGENT: &str = ".claude/agents/x.md";

    fn text(hooks: &str) -> String {
        format!("---\nname: x\ndescription: Use it\nhooks:\n{hooks}---\n\nYou help.\n")
    }

    #[test]
    fn hooks_of_an_example_are_in_a_list() {
        let check = |json: &str| {
            let text =
                format!("---\nname: x\ndescription: Use it\n---\n\nAdd:\n\n```json\n{json}\n```\n");
            findings("invalid-hook", AGENT, &text)
        };
        let nested = "{\"hooks\": {\"PreToolUse\": [{\"matcher\": \"Bash\", \"hook\": {\"type\": \"command\", \"command\": \"x\"}}]}}";
        let found = "warning The example has a matcher without a list of `hooks`";
        assert_eq!(check(nested), [format!("9:28-9:37 {found}")]);
        let flat = "{\"PostToolUse\": [{\"matcher\": \"Write\", \"command\": \"x\"}]}";
        assert_eq!(check(flat), [format!("9:19-9:28 {found}")]);
        for json in [
            "{\"PreToolUse\": [{\"matcher\": \"Bash\", \"hooks\": [{\"type\": \"command\", \"command\": \"x\"}]}]}",
            "{\"hooks\": {\"preToolUse\": [{\"matcher\": \"shell\", \"command\": \"x\"}]}}",
            "{\"PreToolUse\": [{\"matcher\": \"*\", \"type\": \"command\", \"command\": \"x\"}]}",
        ] {
            assert_eq!(check(json), [""; 0], "{json}");
        }
    }

    fn check(hooks: &str) -> Vec<String> {
        findings("invalid-hook", AGENT, &text(hooks))
    }

    #[test]
    fn an_event_belongs_under_hooks() {
        let text = "---\nname: x\ndescription: Use it\nPreToolUse:\n  - matcher: Bash\nStop: []\n---\n\nYou help.\n";
        assert_eq!(
            findings("invalid-hook", AGENT, text),
            ["4:1-4:11 error `PreToolUse` must be under `hooks`"]
        );
        assert_eq!(findings("unknown-field", AGENT, text), [""; 0]);
    }

    #[test]
    fn amazon_q_refuses_an_agent_with_hooks_of_the_wrong_form() {
        let text = "{\"name\": \"x\", \"prompt\": \"Help.\", \"hooks\": {\"stop\": \"./a\"}}\n";
        assert_eq!(
            findings("invalid-hook", ".amazonq/cli-agents/x.json", text),
            ["1:44-1:50 error The hooks for `stop` must be a list"]
        );
    }

    #[test]
    fn an_event_is_spelled_exactly() {
        assert_eq!(
            check("  pretooluse: []\n  Sometimes: []\n"),
            [
                "5:3-5:13 error Unknown hook event `pretooluse`",
                "6:3-6:12 error Unknown hook event `Sometimes`",
            ]
        );
        assert_eq!(fixed(AGENT, &text("  stop: []\n")), text("  Stop: []\n"));
    }

    #[test]
    fn the_shape_is_checked_from_outside_in() {
        assert_eq!(
            check("  Stop: ./done.sh\n"),
            ["5:3-5:7 error The hooks for `Stop` must be a list"]
        );
        assert_eq!(
            check("  Stop:\n    - type: command\n      command: ./done.sh\n"),
            ["6:7-6:11 error A group for `Stop` has no `hooks`"]
        );
        assert_eq!(
            check("  Stop:\n    - ./done.sh\n"),
            ["6:7-6:16 error A hook for `Stop` must be a map"]
        );
        let hook = |hook: &str| check(&format!("  Stop:\n    - hooks:\n        - {hook}\n"));
        assert_eq!(
            hook("command: ./a"),
            ["7:11-7:18 error A hook for `Stop` does not specify its `type`"]
        );
        assert_eq!(hook("type: script"), ["7:17-7:23 error Unknown hook type `script`"]);
        assert_eq!(hook("type: command"), ["7:11-7:15 error A hook for `Stop` has no `command`"]);
        assert_eq!(
            hook("{type: command, command: ./a, timeout: 60000}"),
            ["7:50-7:55 warning `timeout` is in seconds; 60000 is too long"]
        );
        assert_eq!(hook("{type: prompt, prompt: Done?, timeout: 600}"), [""; 0]);
    }

    #[test]
    fn each_host_has_its_own_shape() {
        let kiro = |hook: &str| {
            let text = format!(
                "{{\"name\": \"x\", \"prompt\": \"Help.\", \"hooks\": {{\"stop\": [{hook}]}}}}\n"
            );
            findings("invalid-hook", ".kiro/agents/x.json", &text)
        };
        assert_eq!(
            kiro("{\"command\": \"./a\", \"timeout\": 5}"),
            ["1:72-1:81 warning The field for a hook's time limit is `timeout_ms`, not `timeout`"]
        );
        assert_eq!(
            kiro("{\"command\": \"./a\", \"timeout_ms\": 5}"),
            ["1:86-1:87 warning `timeout_ms` is in milliseconds; 5 is too short"]
        );
        assert_eq!(kiro("{\"command\": \"./a\"}"), [""; 0]);
        let plugin = text("  Sometimes: []\n");
        assert_eq!(findings("invalid-hook", "plugins/p/agents/x.md", &plugin), [""; 0]);
    }
}
