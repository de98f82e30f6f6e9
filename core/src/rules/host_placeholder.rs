//! Reports placeholders that the host fills in, rejects or leaves unchanged, contrary to the
//! author's intention.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Elsewhere, Host, Identity};
use crate::role::{Mark, Role};
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

mod described;
mod dialects;
mod files;
mod forms;
mod inputs;
mod named;
mod numbered;
mod unclosed;

pub(super) use dialects::is_argument;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "host-placeholder",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The host fills in, rejects or ignores a placeholder contrary to what was intended.",
    why: "Hosts replace placeholders in code as well. Gemini CLI and Qwen Code treat every `${word}` as a variable and fail on one they do not recognize, even in a JavaScript example. In a skill, Claude Code replaces `$1` with an argument, so `awk '{print $1}'` becomes a different command. Conversely, `$ARGUMENTS` and `${input:name}` are filled in only in commands, skills and prompt files; in an agent, the model reads them literally, as it does `$1` where the host has no numbered arguments, a line such as `{{docs/style.md}}` where the host inserts no files, and `$ARGUMENTS` in a description. No host fills in a line such as `Fruit: {fruit}` in a command.",
    example: Example {
        path: "skills/disk-report/SKILL.md",
        bad: "---\nname: disk-report\ndescription: Lists the largest folders. Use when a disk is full.\n---\n\nRun `du -k | awk '{print $1}'` in the root.\n",
        at: "$1",
        good: "---\nname: disk-report\ndescription: Lists the largest folders. Use when a disk is full.\n---\n\nRun `du -k | awk '{print \\$1}'` in the root.\n",
        files: &[],
    },
    check: Check::Prompt(check),
};

fn check(cx: &mut Context<'_>) {
    let (role, host) = (cx.role, cx.host);
    // A file that only resembles a role may be a command, and a conversion reports its own losses
    // for a role of another host.
    let asked_for = cx.place().or(cx.options.host);
    let is_own = host.identity != Identity::None && asked_for == Some(host);
    let mut places = Places::default();
    for at in role.body_marks(Mark::Dollar) {
        places.read(role, host, *at);
    }
    // Some folders are read only by products that fill in no placeholders.
    let filled_in = cx.fills_in();
    let one_filled_in = |places: &[Span], what| one_of(role, places, what, filled_in?);
    if let Some(finding) = one_filled_in(&places.unknown, "is not a placeholder in") {
        let finding =
            finding.severity(Severity::Error).reason(host.unknown_placeholder.unwrap_or(""));
        cx.report(finding.help("Remove the braces, or describe the value in words."));
    }
    let numbered = filled_in.map(|reader| numbered::findings(cx, &places.numbered, reader));
    if let Some(finding) = one_filled_in(&places.bare, "is not filled in by") {
        let braced = |place: &Span| {
            let name = place.of(role.text).trim_start_matches('$');
            (*place, format!("${{{name}}}"))
        };
        let edits = places.bare.iter().map(braced).collect();
        let finding = finding.reason("It is filled in only with braces.");
        cx.report(finding.unsafe_fix("Add the braces", edits));
    }
    numbered.into_iter().flatten().for_each(|finding| cx.report(finding));
    let further = unclosed::finding(cx).into_iter().chain(files::finding(cx));
    let further = further.chain(described::finding(cx));
    further.for_each(|finding| cx.report(finding));
    elsewhere(cx).into_iter().for_each(|finding| cx.report(finding));
    let of_commands = dialects::findings(cx).into_iter().chain(forms::finding(cx));
    let of_commands = of_commands.chain(named::finding(cx)).chain(inputs::finding(cx));
    of_commands.for_each(|finding| cx.report(finding));
    if is_own {
        places.arguments.extend(dialects::in_agents(cx));
        places.arguments.sort_by_key(|place| place.start);
    }
    // A single one may be a price or part of a shell command.
    if places.positional.len() > 1 && places.positional.iter().any(|at| is_slot(role, *at)) {
        places.arguments.append(&mut places.positional);
        // Show first a place that can only be meant as a placeholder.
        places.arguments.sort_by_key(|place| (!is_slot(role, *place), place.start));
    }
    let literal = [
        (
            &places.arguments,
            "Only commands and skills receive arguments; here the model sees the placeholder literally.",
        ),
        (
            &places.input,
            "Only prompt files ask for input; here the model sees the placeholder literally.",
        ),
    ];
    let fills_in = |form: &str| host.placeholders.iter().any(|known| known.form == form);
    let own = OWN.iter().find(|(form, _)| fills_in(form));
    for (places, reason) in literal.into_iter().filter(|_| is_own) {
        if let Some(finding) = one_of(role, places, "is not filled in by", cx.reader()) {
            cx.report(match own {
                Some((_, help)) => finding
                    .reason("This product has another placeholder; the model sees this one literally.")
                    .help(*help),
                None => finding.reason(reason).help(
                    "Say in words where the value comes from, for example \"the task you are given\".",
                ),
            });
        }
    }
}

/// The placeholders for arguments of the hosts of commands without `$ARGUMENTS`, and what to write.
const OWN: [(&str, &str); 2] = [
    ("{{args}}", "Write `{{args}}`: everything typed after the command's name."),
    ("${input:*}", "Write `${input:name}`."),
];

/// Placeholders that the host fills in only in other files.
fn elsewhere(cx: &Context<'_>) -> Vec<Finding> {
    let (role, host) = (cx.role, cx.host);
    // The host also reads other files in such a workspace.
    let is_filled_in = |form: &Elsewhere| cx.files.exists(form.unless);
    let body = role.body.of(role.text);
    let forms = host.elsewhere.iter().filter(|_| cx.place() == Some(host));
    let found = forms.filter_map(|form| {
        let places = memchr::memmem::find_iter(body.as_bytes(), form.form).map(|at| {
            let start = role.body.start + at;
            Span::new(start, start + form.form.len())
        });
        let places: Vec<Span> = places.collect();
        let finding = one_of(role, &places, "is not filled in by", host.product)?;
        let help = "Write the path relative to the workspace root.";
        (!is_filled_in(form)).then(|| finding.reason(form.note).help(help))
    });
    found.collect()
}

/// Longer placeholders, in bytes, are not looked for: a line may contain thousands of beginnings.
const MAX_LENGTH: usize = 1_000;

/// The text from an offset to the end of its line.
fn line(text: &str, from: usize) -> &str {
    let end = text.floor_char_boundary(from + MAX_LENGTH);
    text.get(from..end).and_then(|rest| rest.split('\n').next()).unwrap_or("")
}

/// A single finding for several places, reported at the first.
fn one_of(role: &Role<'_>, places: &[Span], what: &str, product: &str) -> Option<Finding> {
    let (first, more) = places.split_first()?;
    let message = format!("`{}` {what} {product}", first.of(role.text));
    let labels = more.iter().copied();
    Some(Finding::new(*first, message).and_more(more.len()).labels(labels, "also here"))
}

#[derive(Default)]
struct Places {
    /// Unknown placeholders, at which the host stops.
    unknown: Vec<Span>,
    /// Placeholders that the host replaces, although they look like code or a price.
    numbered: Vec<Span>,
    /// `$ARGUMENTS` placeholders that are not replaced.
    arguments: Vec<Span>,
    /// `$1` placeholders that are not replaced.
    positional: Vec<Span>,
    /// `${input:name}` placeholders that are not replaced.
    input: Vec<Span>,
    /// Placeholders that lack their braces.
    bare: Vec<Span>,
}

/// Whether the text after the first digit makes it a price: `$0.10`, `$5,000`.
fn is_price(behind: &str) -> bool {
    let rest = behind.strip_prefix(['.', ',']);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a placeholder is where only a value makes sense: in a path or in bold.
fn is_slot(role: &Role<'_>, place: Span) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '*'));
    let before = role.text.get(..place.start).and_then(|text| text.chars().next_back());
    let behind = role.text.get(place.end..).and_then(|text| text.chars().next());
    is_edge(before) && is_edge(behind)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Places {
    /// Reads the placeholder that begins with the dollar sign at `at`.
    fn read(&mut self, role: &Role<'_>, host: &Host, at: usize) {
        let rest = role.text.get(at + 1..).unwrap_or("");
        let before = role.text.get(..at).and_then(|text| text.chars().next_back());
        let fills_in =
            |form: &str| host.placeholders.iter().any(|known| known.form.starts_with(form));
        if let Some(inner) = rest.strip_prefix('{') {
            let name = inner.split(|c| !is_word(c)).next().unwrap_or("");
            let next = inner.as_bytes().get(name.len());
            let span = |length| Span::new(at, at + length);
            if next == Some(&b'}') && !name.is_empty() && host.unknown_placeholder.is_some() {
                let span = span(name.len() + 3);
                self.unknown.extend((!fills_in(span.of(role.text))).then_some(span));
            }
            let is_input = next == Some(&b':') && name == "input" && !fills_in("${input:");
            if is_input && role.outline.fence_at(at).is_none() {
                let end = line(role.text, at + 2).find('}');
                self.input.extend(end.map(|end| span(end + 3)));
            }
            return;
        }
        if before.is_some_and(|c| is_word(c) || matches!(c, '\\' | '$')) {
            return;
        }
        let name = rest.split(|c| !is_word(c)).next().unwrap_or("");
        let is_braced = |form: &str| {
            form.strip_prefix("${").and_then(|form| form.strip_suffix('}')) == Some(name)
        };
        // The commands of hooks see the variable.
        let is_hook = || {
            let fence = role.outline.fence_at(at);
            fence.is_some_and(|fence| fence.info.of(role.text).starts_with("json"))
        };
        // The shell may know other variables, but not those of a plugin.
        if name.contains("_PLUGIN_")
            && host.placeholders.iter().any(|known| is_braced(known.form))
            && !is_hook()
        {
            self.bare.push(Span::new(at, at + 1 + name.len()));
        }
        let in_code = role.outline.code_at(at).is_some();
        if rest.starts_with(|c: char| c.is_ascii_digit()) && host.numbered_placeholder.is_some() {
            let behind = rest.get(1..).unwrap_or("");
            if (is_price(behind) || in_code) && !behind.starts_with(is_word) {
                self.numbered.push(Span::new(at, at + 2));
            }
        }
        let is_first = rest.strip_prefix('1').is_some_and(|rest| !rest.starts_with(is_word));
        if is_first && host.numbered_placeholder.is_none() && !fills_in("$N") {
            let is_prose =
                role.outline.fence_at(at).is_none() && !is_price(rest.get(1..).unwrap_or(""));
            self.positional.extend(is_prose.then(|| Span::new(at, at + 2)));
        }
        let behind = rest.strip_prefix("ARGUMENTS").filter(|_| !in_code && !fills_in("$ARGUMENTS"));
        if behind.is_some_and(|behind| !behind.starts_with(is_word)) {
            self.arguments.push(Span::new(at, at + "$ARGUMENTS".len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::{findings, findings_in};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, body: &str) -> Vec<String> {
        let front_matter = "---\nname: x\ndescription: Use it\n---\n";
        findings("host-placeholder", path, &format!("{front_matter}{body}"))
    }

    const SKILL: &str = "a/x/SKILL.md";
    const AGENT: &str = ".claude/agents/x.md";

    #[test]
    fn an_unknown_name_in_braces_stops_some_hosts() {
        let gemini = ".gemini/agents/x.md";
        assert_eq!(
            check(gemini, "```js\nlet a = `${userId} ${query}`;\n```\n\nSee ${HOME} and ${a.b}.\n"),
            ["6:10-6:19 error `${userId}` is not a placeholder in Gemini CLI (2 places)"]
        );
        assert_eq!(check(AGENT, "```js\nlet a = `${userId}`;\n```\n"), [""; 0]);
    }

    #[test]
    fn a_placeholder_without_its_braces_is_pointed_out() {
        let found = "warning `$CLAUDE_PLUGIN_ROOT` is not filled in by Claude Code";
        assert_eq!(
            check(SKILL, "Run `$CLAUDE_PLUGIN_ROOT/x.sh`.\n"),
            [format!("5:6-5:25 {found}")]
        );
        for body in [
            "Run `${CLAUDE_PLUGIN_ROOT}/x.sh`.",
            "Read `$HOME` and `$CLAUDE_PLUGIN_ROOTS`.",
            "```json\n{\"command\": \"$CLAUDE_PLUGIN_ROOT/x.sh\"}\n```",
        ] {
            assert_eq!(check(SKILL, body), [""; 0], "{body}");
        }
    }

    #[test]
    fn the_folder_of_a_plugin_is_known_only_in_a_plugin() {
        let text = "---\nname: x\ndescription: Use it\n---\nRun `${CLAUDE_PLUGIN_ROOT}/x.sh`.\n";
        let found = |files: &[(&str, &str)]| {
            let files: Vec<(&str, &str)> = files.iter().chain(&[(AGENT, text)]).copied().collect();
            findings_in("host-placeholder", AGENT, &files)
        };
        assert_eq!(
            found(&[]),
            ["5:6-5:27 warning `${CLAUDE_PLUGIN_ROOT}` is not filled in by Claude Code"]
        );
        assert_eq!(found(&[(".claude-plugin/plugin.json", "{}")]), [""; 0]);
        assert_eq!(findings("host-placeholder", "plugins/a/agents/x.md", text), [""; 0]);
    }

    #[test]
    fn numbered_arguments_are_literal_where_the_host_has_none() {
        let check = |body: &str| {
            let text = format!("---\ndescription: x\n---\n{body}");
            findings("host-placeholder", ".github/prompts/x.prompt.md", &text)
        };
        assert_eq!(
            check("Write the design of **$1**.\n\n- Read `specs/$1/spec.json`\n"),
            ["4:23-4:25 warning `$1` is not filled in by VS Code (2 places)"]
        );
        for body in [
            "It costs $1 a day, or $1.50.",
            "Run `awk '{print $1}' a | cut -f $1`.",
            "Read `specs/$1/spec.json`.",
            "```\nspecs/$1/a **$1**\n```\n",
        ] {
            assert_eq!(check(body), [""; 0], "{body}");
        }
        let command = "---\ndescription: x\n---\n**$1** and `specs/$1/a`\n";
        assert_eq!(findings("host-placeholder", ".claude/commands/x.md", command), [""; 0]);
    }

    #[test]
    fn a_command_with_another_placeholder_is_told_its_own() {
        let found = |path: &str, text: &str| {
            let input = crate::Input::new(text).at(path).with_files(&crate::workspace::NoFiles);
            let report = crate::check(&input, &crate::Options::default());
            let is_it = |d: &crate::Diagnostic| d.rule == "host-placeholder";
            let found = report.diagnostics.into_iter().find(is_it).unwrap();
            (String::from(found.reason.unwrap()), String::from(found.help.unwrap()))
        };
        let command =
            "description = \"x\"\nprompt = \"\"\"\nDesign **$1** in `specs/$1/`.\n\"\"\"\n";
        let (reason, help) = found(".gemini/commands/x.toml", command);
        assert_eq!(
            reason,
            "This product has another placeholder; the model sees this one literally."
        );
        assert_eq!(help, "Write `{{args}}`: everything typed after the command's name.");
        let prompt = "---\ndescription: x\n---\nDo $ARGUMENTS.\n";
        assert_eq!(
            found(".github/prompts/x.prompt.md", prompt),
            (reason, "Write `${input:name}`.".into())
        );
        let agent = "---\nname: x\ndescription: Use it\n---\nDo $ARGUMENTS.\n";
        assert!(found(AGENT, agent).0.starts_with("Only commands and skills receive arguments"));
    }

    #[test]
    fn a_description_is_shown_as_it_is_written() {
        let command = |description: &str| {
            let text = format!("---\ndescription: {description}\n---\nPeel $ARGUMENTS.\n");
            findings("host-placeholder", ".claude/commands/x.md", &text)
        };
        assert_eq!(
            command("Peels $ARGUMENTS at once"),
            ["2:20-2:30 warning `$ARGUMENTS` in `description` is not filled in by Claude Code"]
        );
        assert_eq!(command("Peels fruit"), [""; 0]);
        let agent = "---\nname: x\ndescription: Peels $ARGUMENTS\n---\nPeel.\n";
        assert_eq!(findings("host-placeholder", AGENT, agent), [""; 0]);
    }

    #[test]
    fn a_file_in_braces_is_not_inserted() {
        let check = |path: &str, body: &str| {
            let text = format!("---\nname: x\ndescription: Use it\n---\n{body}");
            findings("host-placeholder", path, &text)
        };
        let agent = ".github/agents/x.agent.md";
        assert_eq!(
            check(agent, "### Style\n\n{{docs/style.md}}\n\n### Plan\n\n  {{docs/plan.md}}\n"),
            ["7:1-7:18 warning `{{docs/style.md}}` is not filled in by GitHub Copilot (2 places)"]
        );
        for body in [
            "Write {{docs/style.md}} at the end.",
            "```\n{{docs/style.md}}\n```\n",
            "{{name}}\n\n{{user.name}}\n",
        ] {
            assert_eq!(check(agent, body), [""; 0], "{body}");
        }
        assert_eq!(check("roles/x.md", "{{docs/style.md}}\n"), [""; 0]);
    }

    #[test]
    fn agents_are_given_no_arguments() {
        assert_eq!(
            check(AGENT, "Do $ARGUMENTS.\n\nUse `${input:branch:main}`.\n"),
            [
                "5:4-5:14 warning `$ARGUMENTS` is not filled in by Claude Code",
                "7:6-7:26 warning `${input:branch:main}` is not filled in by Claude Code",
            ]
        );
        for body in ["Commands have `$ARGUMENTS`.", "```\n${input:x}\n```", "$ARGUMENTS_X"] {
            assert_eq!(check(AGENT, body), [""; 0], "{body}");
        }
        assert_eq!(check(SKILL, "Do $ARGUMENTS.\n"), [""; 0]);
        let prompt = ".github/prompts/x.prompt.md";
        assert_eq!(findings("host-placeholder", prompt, "Explain ${input:topic}.\n"), [""; 0]);
        assert_eq!(findings("host-placeholder", "roles/x.md", "Do $ARGUMENTS.\n"), [""; 0]);
    }
}
