//! Field values of a type that the host does not accept.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::front_matter::{self, Field, quoted};
use crate::host::{self, Effect, FieldRole, FieldStatus, FieldType, Host};
use crate::role::Role;
use crate::yaml::{Entry, Node, Style, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use converted::{converted, divides};

mod converted;
mod metadata;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-field-type",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The value of a field has a type that the host does not accept.",
    why: "A list of tools written as a string, `\"true\"` in quotes, a map instead of a list: some hosts reject the file, others silently ignore the field. Gemini CLI accepts tools only as a list; older versions of VS Code report a string as an error.",
    example: Example {
        path: ".gemini/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use it after every change\ntools: read_file, glob\n---\n\nYou review changes.\n",
        at: "read_file, glob",
        good: "---\nname: reviewer\ndescription: Use it after every change\ntools: [read_file, glob]\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Whether a host accepts a value for a field. A missing value is of every type.
pub(super) fn fits(host: &Host, known: &host::Field, value: &Node<'_>) -> bool {
    value.is_null()
        || known.types.iter().any(|ty| is(value, *ty, is_strict(host, known)))
        || known.quoted && known.types.iter().any(|ty| is_quoted(value, *ty))
}

/// Whether the host distinguishes a number or Boolean from text.
fn is_strict(host: &Host, known: &host::Field) -> bool {
    host.front_matter.strict_types || known.strict
}

/// Whether text has the same effect as a value of the type.
fn is_quoted(value: &Node<'_>, ty: FieldType) -> bool {
    value.as_str().is_some_and(|text| match ty {
        FieldType::Bool => matches!(text, "true" | "false"),
        FieldType::Integer => text.parse::<u32>().is_ok(),
        _ => false,
    })
}

/// The host's own field with the same meaning, for a field that only another version of the host
/// reads, if the value has the type of the host's field.
pub(super) fn meant_for(
    host: &'static Host,
    role: &Role<'_>,
    known: &'static host::Field,
) -> Option<&'static host::Field> {
    if !matches!(known.status, FieldStatus::Extension(_)) {
        return None;
    }
    let field = role.field(known.name).filter(|field| field.error.is_none())?;
    let own = host.fields.iter().find(|own| {
        own.role == known.role && own.status == FieldStatus::Current && own.name != known.name
    })?;
    let is_meant = !fits(host, known, &field.value) && fits(host, own, &field.value);
    (is_meant && role.field(own.name).is_none()).then_some(own)
}

fn check(cx: &mut Context<'_>) {
    if cx.is_lookalike() {
        return;
    }
    for field in cx.role.fields() {
        let Some(known) = cx.host.field(&field.name) else { continue };
        if field.error.is_some() {
            continue;
        }
        if fits(cx.host, known, &field.value) {
            let strict = cx.host.front_matter.strict_types;
            let found = answer(known, field, strict).or_else(|| block(cx, field));
            let of_style = cx.options.profile == Profile::Style;
            let found = found.or_else(|| metadata::typed(known, field).filter(|_| of_style));
            found.into_iter().for_each(|finding| cx.report(finding));
            continue;
        }
        // A field that is meant as the host's own field has the right type for that field.
        if meant_for(cx.host, cx.role, known).is_some() {
            continue;
        }
        let finding = finding(cx, known, field);
        cx.report(finding);
    }
}

/// A name such as `no`, which some parsers read as text and others as `false`.
fn answer(known: &host::Field, field: &Field<'_>, strict: bool) -> Option<Finding> {
    let value = field.value.as_str()?;
    let is_answer = ["yes", "no", "on", "off"].iter().any(|word| value.eq_ignore_ascii_case(word));
    let is_named = matches!(known.role, FieldRole::Name | FieldRole::Description);
    (is_answer && is_named && field.value.style() == Some(Style::Plain)).then(|| {
        let edits = Vec::from([(field.value.span, quoted(value))]);
        Finding::new(field.value.span, format!("`{}: {value}` is ambiguous", field.name))
            .severity(if strict { Severity::Info } else { Severity::Warning })
            .reason("YAML 1.1 parsers read it as a boolean, YAML 1.2 parsers as a string.")
            .safe_fix("Quote the value", edits)
    })
}

/// A block of text, for a host that reads a single line.
fn block(cx: &Context<'_>, field: &Field<'_>) -> Option<Finding> {
    let is_block = matches!(field.value.style(), Some(Style::Literal | Style::Folded));
    if !is_block || cx.host.front_matter.blocks {
        return None;
    }
    let line = field.value.as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    let place = front_matter::value_span(cx.role.text, field);
    let message = format!("`{}` must be on one line", field.name);
    let reason = format!("{} reads only the field's own line, which is empty.", cx.host.product);
    let finding = Finding::new(field.name_span, message).reason(reason);
    Some(finding.unsafe_fix("Put the text on one line", Vec::from([(place, line)])))
}

fn finding(cx: &Context<'_>, known: &host::Field, field: &Field<'_>) -> Finding {
    let (span, message, help) = match part(known, &field.value, is_strict(cx.host, known)) {
        Some(part) if known.role == FieldRole::Metadata => {
            return metadata::nested(known, field, &part);
        }
        Some(Part { node, place, ty }) => {
            let message =
                format!("`{}{place}` must be {}, not {}", field.name, ty.name(), kind(node));
            let help = match place.strip_prefix('.') {
                Some(key) => format!("Write one value, for example `{key}: value`."),
                None => names(field)
                    .unwrap_or_else(|| "Replace it with a single value, or remove it.".to_string()),
            };
            (node.span, message, help)
        }
        None => {
            let accepted: Vec<&str> = known.types.iter().map(|ty| ty.name()).collect();
            let accepted = accepted.join(" or ");
            let message =
                format!("`{}` must be {accepted}, not {}", field.name, kind(&field.value));
            (field.value.span, message, help(known))
        }
    };
    // The host's note about such a field concerns its characters; only a strict host checks its
    // type.
    let of_characters = known.pattern.is_some() || known.max_chars > 0;
    let effect = match known.invalid {
        _ if of_characters && !is_strict(cx.host, known) => Effect::Unknown,
        effect => effect,
    };
    let severity = match effect {
        Effect::Rejected | Effect::LosesFrontMatter => Severity::Error,
        Effect::Accepted => Severity::Info,
        _ => Severity::Warning,
    };
    let note = known.invalid_note.filter(|_| !of_characters);
    let reason = note.map_or_else(|| consequence(cx.host, effect), String::from);
    let finding = Finding::new(span, message).severity(severity).reason(reason);
    // Another program may fill in the value before the host reads the file.
    let written = field.value.span.of(cx.role.text);
    let is_hole = written.starts_with("{{") && written.ends_with("}}");
    let finding = if is_hole { finding.severity(Severity::Info) } else { finding };
    match converted(cx, known, field) {
        Some((title, edits)) if divides(known, field) || is_hole => {
            finding.unsafe_fix(title, edits)
        }
        Some((title, edits)) => finding.safe_fix(title, edits),
        None => finding.help(help),
    }
}

/// The list without what its items say beyond their names, if each item has a name.
fn names(field: &Field<'_>) -> Option<String> {
    let items = field.value.items().filter(|items| items.len() <= MOST_NAMES)?;
    let names: Vec<&str> = items.iter().map(name_of).collect::<Option<_>>()?;
    Some(format!("Write only the names: `{}: [{}]`.", field.name, names.join(", ")))
}

/// The name that an item is, or that its `name` gives.
fn name_of<'n>(item: &'n Node<'_>) -> Option<&'n str> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let named = |entry: &&Entry<'_>| entry.key.as_str() == Some("name");
    let named = item.entries().and_then(|entries| entries.iter().find(named)?.value.as_str());
    named.or(item.as_str()).filter(|name| !name.is_empty() && name.chars().all(is_plain))
}

/// The most names of a list that a help text repeats.
const MOST_NAMES: usize = 8;

/// How a value of the accepted type is written.
fn help(known: &host::Field) -> String {
    let name = known.name;
    let Some(ty) = known.types.first() else { return "Remove the field.".to_string() };
    match ty {
        FieldType::Text | FieldType::Any => format!("Write it on one line: `{name}: value`."),
        FieldType::Bool => format!("Write `{name}: true` or `{name}: false`."),
        FieldType::Integer => format!("Write a whole number, for example `{name}: 10`."),
        FieldType::Number => format!("Write a number, for example `{name}: 0.5`."),
        FieldType::Texts | FieldType::List => {
            format!("Write a list in brackets: `{name}: [first, second]`.")
        }
        FieldType::Map | FieldType::TextMap | FieldType::BoolMap => {
            format!("Write `{name}:`, then one indented `key: value` line for each entry.")
        }
    }
}

fn consequence(host: &Host, effect: Effect) -> String {
    match effect {
        Effect::Rejected => format!("{} rejects the file.", host.product),
        Effect::LosesFrontMatter => format!("{} loads the role without its fields.", host.product),
        Effect::Ignored => host.ignores(),
        Effect::Warned => format!("{} reports a warning.", host.product),
        _ => format!("{} documents no other type for this field.", host.product),
    }
}

/// An item of a list or a value of a map that has the wrong type.
struct Part<'n, 't> {
    node: &'n Node<'t>,
    /// The rest of its path after the field's name: `[1]` or `.key`.
    place: String,
    /// The type that it should have.
    ty: FieldType,
}

/// The first item or value of the wrong type, if the collection itself has the right type.
fn part<'n, 't>(known: &host::Field, value: &'n Node<'t>, strict: bool) -> Option<Part<'n, 't>> {
    match &value.value {
        Value::Sequence(items) if known.takes(FieldType::Texts) => {
            let ty = FieldType::Text;
            let (at, node) = items.iter().enumerate().find(|(_, item)| !is(item, ty, strict))?;
            Some(Part { node, place: format!("[{at}]"), ty })
        }
        Value::Mapping(entries) => {
            let ty = if known.takes(FieldType::TextMap) {
                FieldType::Text
            } else if known.takes(FieldType::BoolMap) {
                FieldType::Bool
            } else {
                return None;
            };
            let entry = entries.iter().find(|entry| !is(&entry.value, ty, strict))?;
            let key = entry.key.as_str().map_or(String::new(), |key| format!(".{key}"));
            Some(Part { node: &entry.value, place: key, ty })
        }
        _ => None,
    }
}

/// Whether a value is of a type. A host that is not strict reads numbers and booleans as text.
fn is(node: &Node<'_>, ty: FieldType, strict: bool) -> bool {
    let is_text = |node: &Node<'_>| {
        node.as_str().is_some() && !(strict && (node.as_bool().is_some() || node.is_number()))
    };
    let every = |node: &Node<'_>, ty| {
        node.entries().is_some_and(|entries| entries.iter().all(|e| is(&e.value, ty, strict)))
    };
    match ty {
        FieldType::Any => true,
        FieldType::Text => is_text(node),
        FieldType::Bool => node.as_bool().is_some(),
        FieldType::Integer => {
            node.is_number() && node.as_str().is_some_and(|text| !text.contains(['.', 'e', 'E']))
        }
        FieldType::Number => node.is_number(),
        FieldType::Texts => node.items().is_some_and(|items| items.iter().all(is_text)),
        FieldType::List => node.items().is_some(),
        FieldType::Map => node.entries().is_some(),
        FieldType::TextMap => every(node, FieldType::Text),
        FieldType::BoolMap => every(node, FieldType::Bool),
    }
}

/// The name of a value's type in messages.
fn kind(node: &Node<'_>) -> &'static str {
    match &node.value {
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a map",
        Value::Scalar(..) if node.is_null() => "empty",
        Value::Scalar(..) if node.as_bool().is_some() => "`true` or `false`",
        Value::Scalar(..) if node.is_number() => "a number",
        Value::Scalar(_, Style::SingleQuoted | Style::DoubleQuoted) => "a quoted string",
        Value::Scalar(..) => "a string",
    }
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::rules::tests::{findings, fixed, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn text(lines: &str) -> String {
        format!("---\nname: x\ndescription: Use it\n{lines}---\n\nYou help.\n")
    }

    fn check(path: &str, lines: &str) -> Vec<String> {
        findings("invalid-field-type", path, &text(lines))
    }

    #[track_caller]
    fn becomes(path: &str, lines: &str, after: &str) {
        assert_eq!(fixed(path, &text(lines)), text(after));
    }

    const AGENT: &str = ".claude/agents/x.md";
    const GEMINI: &str = ".gemini/agents/x.md";
    const SKILL: &str = "skills/x/SKILL.md";

    #[test]
    fn an_answer_as_a_name_is_put_in_quotes() {
        let text = "---\nname: Yes\ndescription: Use it\n---\n\nYou help.\n";
        assert_eq!(
            findings("invalid-field-type", ".claude/agents/x.md", text),
            ["2:7-2:10 warning `name: Yes` is ambiguous"]
        );
        assert_eq!(fixed(".claude/agents/x.md", text), text.replace("Yes", "\"Yes\""));
    }

    #[test]
    fn a_block_is_put_on_one_line_where_the_host_reads_no_blocks() {
        let text = "---\ndescription: >-\n  How jobs\n  are written\nalwaysApply: false\n---\n\nRun them.\n";
        let path = ".cursor/rules/x.mdc";
        assert_eq!(
            findings("invalid-field-type", path, text),
            ["2:1-2:12 warning `description` must be on one line"]
        );
        assert_eq!(
            crate::rules::tests::fixed_unsafely(path, text),
            text.replace(">-\n  How jobs\n  are written", "How jobs are written")
        );
    }

    #[test]
    fn a_string_where_only_a_list_is_taken_is_an_error() {
        assert_eq!(
            check(GEMINI, "tools: read_file, glob\n"),
            ["4:8-4:23 error `tools` must be a list of strings, not a string"]
        );
        becomes(GEMINI, "tools: \"read_file, glob\"\n", "tools: [read_file, glob]\n");
    }

    #[test]
    fn a_boolean_in_quotes_is_set_free() {
        assert_eq!(
            check(AGENT, "observeSubagents: \"true\"\n"),
            ["4:19-4:25 warning `observeSubagents` must be `true` or `false`, not a quoted string"]
        );
        becomes(AGENT, "background: yes\n", "background: true\n");
        becomes(AGENT, "autoCompactWindow: '200000'\n", "autoCompactWindow: 200000\n");
    }

    #[test]
    fn a_list_where_a_string_is_taken_becomes_one() {
        becomes(
            SKILL,
            "allowed-tools:\n  - Read\n  - Bash(git)\n",
            "allowed-tools: Read Bash(git)\n",
        );
        // A reader that splits at every space would divide the name.
        let divided = text("allowed-tools:\n  - Read\n  - Bash(git *)\n");
        assert_eq!(fixed(SKILL, &divided), divided);
        assert_eq!(
            crate::rules::tests::fixed_unsafely(SKILL, &divided),
            text("allowed-tools: Read Bash(git *)\n")
        );
        becomes(SKILL, "allowed-tools: [Read, Grep]\n", "allowed-tools: Read Grep\n");
    }

    #[test]
    fn the_wrong_part_of_a_collection_is_named() {
        assert_eq!(
            check(SKILL, "metadata:\n  a: b\n  c: [d]\n"),
            ["6:6-6:9 info `metadata.c` is a list, not a string"]
        );
        assert_eq!(
            check(GEMINI, "tools:\n  - glob: {}\n"),
            ["5:5-5:13 error `tools[0]` must be a string, not a map"]
        );
    }

    #[test]
    fn items_that_describe_what_they_name_are_reduced_to_the_names() {
        let help = |lines: &str| {
            let text = format!("---\ndescription: Make a part\n{lines}---\n\nMake it.\n");
            let input = Input::new(&text).at(".claude/commands/x.md");
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "invalid-field-type");
            found.and_then(|d| d.help).unwrap_or_default()
        };
        let named = "arguments:\n  - name: part\n    required: true\n  - name: color\n";
        assert_eq!(help(named), "Write only the names: `arguments: [part, color]`.");
        assert_eq!(
            help("arguments: [a, {b: c}]\n"),
            "Replace it with a single value, or remove it."
        );
    }

    #[test]
    fn strict_hosts_tell_numbers_from_text() {
        let text = "---\nname: 3000\ndescription: Use it\n---\n\nYou help.\n";
        assert_eq!(
            findings("invalid-field-type", GEMINI, text),
            ["2:7-2:11 error `name` must be a string, not a number"]
        );
        // Claude Code reads a name that is not text as a missing one, and other fields leniently.
        assert_eq!(
            findings("invalid-field-type", AGENT, text),
            ["2:7-2:11 error `name` must be a string, not a number"]
        );
        assert_eq!(check(AGENT, "initialPrompt: 3\n"), [""; 0]);
        assert_eq!(check("plugins/p/agents/x.md", "model: 3\n"), [""; 0]);
        assert!(fixed(GEMINI, text).contains("name: \"3000\"\n"));
    }

    #[test]
    fn a_name_of_another_kind_is_not_blamed_on_its_characters() {
        let report = |path: &str, name: &str| {
            let text = format!("---\nname: {name}\ndescription: Use it\n---\n\nYou help.\n");
            let report = crate::check(&Input::new(&text).at(path), &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "invalid-field-type");
            found.map(|d| format!("{}: {}", d.severity.name(), d.reason.unwrap_or_default()))
        };
        assert_eq!(report(AGENT, "[x]").as_deref(), Some("error: Claude Code rejects the file."));
        assert_eq!(report(GEMINI, "3000").as_deref(), Some("error: Gemini CLI rejects the file."));
    }

    #[test]
    fn a_variable_without_quotes_gets_them() {
        assert_eq!(
            check(AGENT, "model: {{MODEL}}\n"),
            ["4:8-4:17 info `model` must be a string, not a map"]
        );
        let text = "---\nname: x\ndescription: Use it\nmodel: {{MODEL}}\n---\nHelp.\n";
        assert_eq!(fixed_unsafely(AGENT, text), text.replace("{{MODEL}}", "\"{{MODEL}}\""));
    }

    #[test]
    fn claude_code_takes_numbers_and_booleans_as_text() {
        let lines = "maxTurns: \"12\"\nbackground: \"true\"\nomitClaudeMd: \"true\"\n";
        assert_eq!(check(AGENT, lines), [""; 0]);
        assert_eq!(check(AGENT, "maxTurns: many\nbackground: \"yes\"\n").len(), 2);
    }

    #[test]
    fn a_hint_in_brackets_is_quoted() {
        let line = "argument-hint: [issue]\n";
        let message = "`argument-hint` must be a string, not a list";
        assert_eq!(check(SKILL, line), [format!("4:16-4:23 warning {message}")]);
        becomes(SKILL, line, "argument-hint: \"[issue]\"\n");
        assert_eq!(check(".claude/skills/x/SKILL.md", line), [format!("4:16-4:23 info {message}")]);
    }

    #[test]
    fn a_command_that_resembles_a_role_is_quiet() {
        let text = "---\nargument-hint: [what]\ndescription: Commit\n---\n\nCommit.\n";
        assert_eq!(findings("invalid-field-type", "commands/x.md", text), Vec::<String>::new());
    }

    #[test]
    fn right_kinds_empty_values_and_unknown_fields_are_quiet() {
        let lines = "tools: Read, Agent(a, b)\nskills: [a]\nbackground: true\nmaxTurns: 3\nmodel:\nversion: [1]\nhooks: {}\n";
        assert_eq!(check(AGENT, lines), Vec::<String>::new());
        assert_eq!(check(SKILL, "metadata:\n  version: 1.0.0\n  a: \"b\"\n"), Vec::<String>::new());
        assert_eq!(
            check(".cursor/rules/x.mdc", "alwaysApply: true\nglobs: **/*.rs,*.md\n"),
            Vec::<String>::new()
        );
    }
}
