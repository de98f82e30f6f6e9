//! Reports agents that a role names but that neither the workspace nor a host has.

use super::wording::shortened;
use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{FieldRole, FieldType};
use crate::role::Role;
use crate::section::Section;
use crate::text::Span;
use crate::yaml::Node;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod known;
mod ordered;

pub(super) use known::Known;
use known::are_files;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-agent",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "The role starts or hands off to an agent that is not in the workspace.",
    why: "A handoff to an agent that does not exist is never offered, and a model that is told to start it cannot. The rule reads names in `agents`, in `handoffs`, in calls with `subagent_type`, in lists of TOML front matter that say who escalates to whom, in orders (\"Launch api-tester agents\"), and in lists of bold agent names most of which are in the workspace. It cannot see agents that are installed elsewhere, so a name that resembles no other is reported as info.",
    example: Example {
        path: ".github/agents/planner.agent.md",
        bad: "---\ndescription: Plans a change. Use before work starts.\ntools: [read]\nhandoffs:\n  - label: Review\n    agent: reviwer\n---\n\nYou plan changes.\n",
        at: "reviwer",
        good: "---\ndescription: Plans a change. Use before work starts.\ntools: [read]\nhandoffs:\n  - label: Review\n    agent: reviewer\n---\n\nYou plan changes.\n",
        files: &[(
            ".github/agents/reviewer.agent.md",
            "---\ndescription: Reviews a change. Use after work.\n---\n\nYou review.\n",
        )],
    },
    check: Check::Role(check),
};

/// A bold list with at least this many names is a list of agents, if most of the names are known.
const LIST: usize = 6;

fn check(cx: &mut Context<'_>) {
    if !cx.files.is_known() {
        return;
    }
    let mut named = in_fields(cx);
    named.extend(in_toml(cx));
    named.extend(in_calls(cx.role));
    let listed = in_lists(cx);
    let about_agents: Vec<Span> = items_about_agents(cx.role).collect();
    let partners = partners(cx.role, &about_agents);
    let runs = cx.known_fields().any(|(known, field)| {
        known.role == FieldRole::Agents
            && known.types == [FieldType::Text]
            && !field.value.is_null()
    });
    let bold = bold_partners(cx.role, &about_agents);
    let mut ordered = ordered::in_unread_fields(cx);
    ordered.extend(ordered::in_orders(cx.role));
    let is_silent = named.is_empty() && partners.is_empty() && bold.is_empty() && !runs;
    if is_silent && ordered.is_empty() && listed.len() < LIST {
        return;
    }
    // Most agents have the name of their file, which can be checked without reading any file.
    let names = named.iter().chain(&listed).chain(&partners).chain(&bold).chain(&ordered);
    if !runs && are_files(cx, names.map(|(name, _)| name.as_str())) {
        return;
    }
    let known = Known::of(cx);
    if known.is_empty() {
        return;
    }
    let unknown: Vec<&(String, Span)> =
        listed.iter().filter(|(name, _)| !known.has(name)).collect();
    // If more than one name in five is unknown, the list contains something else.
    let is_of_agents = listed.len() >= LIST && unknown.len() * 5 <= listed.len();
    let missing = distinct(&named, |name| known.has(name));
    let mut found = judged(&missing, &known, Severity::Info, &|name, span| {
        further(cx.role, name, span, &named)
    });
    if known.are_several(cx.role) {
        let missing = distinct(&ordered, |name| {
            known.has(name) || missing.iter().any(|(other, _)| other == name)
        });
        let others = |name: &str, span| {
            let same = ordered.iter().filter(|(other, at)| other == name && *at != span);
            same.map(|(_, at)| *at).collect()
        };
        let orders = judged(&missing, &known, Severity::Info, &others);
        found.extend(orders.into_iter().map(|finding| finding.severity(Severity::Info)));
    }
    if is_of_agents {
        found.extend(judged(&unknown, &known, Severity::Warning, &|_, _| Vec::new()));
    }
    // A partner is certainly meant as an agent only if the name resembles an agent in the
    // workspace.
    for (name, span) in
        partners.iter().filter(|(name, _)| !known.has(name) && known.resembles(name))
    {
        cx.report(about(name, *span, &known).0.severity(Severity::Info));
    }
    let bold: Vec<&(String, Span)> = bold.iter().filter(|(name, _)| !known.has(name)).collect();
    let bold = judged(&bold, &known, Severity::Info, &|_, _| Vec::new());
    found.extend(bold.into_iter().map(|finding| finding.severity(Severity::Info)));
    found.extend(runner(cx, &known));
    for finding in found {
        cx.report(finding);
    }
}

/// The names that are not `known`, each at its first place.
fn distinct(names: &[(String, Span)], known: impl Fn(&str) -> bool) -> Vec<&(String, Span)> {
    let mut missing: Vec<&(String, Span)> = Vec::new();
    for it in names.iter().filter(|(name, _)| !known(name)) {
        if !missing.iter().any(|(name, _)| *name == it.0) {
            missing.push(it);
        }
    }
    missing
}

/// The findings on unknown names: one for each name that resembles a known name, and one for all
/// other names, which share one cause.
fn judged(
    names: &[&(String, Span)],
    known: &Known<'_>,
    unsure: Severity,
    further: &dyn Fn(&str, Span) -> Vec<Span>,
) -> Vec<Finding> {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    for (name, span) in names.iter().copied() {
        match about(name, *span, known) {
            (finding, true) => {
                let finding = finding.labels(further(name, *span), "also here");
                found.push(finding.severity(Severity::Warning));
            }
            (finding, false) => others.push((name, *span, finding)),
        }
    }
    let (first, more) = match others.split_first() {
        Some((first, more)) if !more.is_empty() => (first, more),
        _ => {
            let alone = others.into_iter().map(|(name, span, finding)| {
                finding.labels(further(name, span), "also here").severity(unsure)
            });
            found.extend(alone);
            return found;
        }
    };
    let shown: Vec<String> = others.iter().map(|(name, ..)| format!("`{name}`")).collect();
    let finding =
        Finding::new(first.1, format!("The workspace has no agents {}", shortened(&shown)))
            .labels(more.iter().map(|(_, span, _)| *span), "not in the workspace either")
            .severity(unsure)
            .reason("The role can neither start these agents nor hand off to them.")
            .help("Correct the names, or remove those whose agent is not installed elsewhere.");
    found.push(finding);
    found
}

/// The items of a section about other agents.
fn items_about_agents<'a>(role: &'a Role<'_>) -> impl Iterator<Item = Span> + 'a {
    let about_agents = |section: &&Section| {
        let title = section.title.of(role.text);
        title.len() < 80 && title.to_ascii_lowercase().contains("other agents")
    };
    role.sections().iter().filter(about_agents).flat_map(|section| {
        let first = role.outline.items.partition_point(|item| item.span.start < section.span.start);
        let items = role.outline.items.get(first..).unwrap_or(&[]).iter();
        items.map(|item| item.span).take_while(|item| item.start < section.span.end)
    })
}

/// The names in the list of a section about other agents: "Work with code-reviewer on style".
fn partners(role: &Role<'_>, items: &[Span]) -> Vec<(String, Span)> {
    let name = |item: &Span| {
        let text = item.of(role.text);
        let mut words = text.split([' ', '\n', ',', '.', '`', '*']);
        let name = words.find(|word| word.len() > 4 && is_kebab(word))?;
        let at = item.start + text.find(name)?;
        Some((name.to_string(), Span::new(at, at + name.len())))
    };
    items.iter().filter_map(name).collect()
}

/// The names that begin the items of such a list in bold with capitals: "**Code-Reviewer**: style".
fn bold_partners(role: &Role<'_>, items: &[Span]) -> Vec<(String, Span)> {
    let name = |item: &Span| {
        let text = item.of(role.text);
        let (before, rest) = text.split_once("**")?;
        let (name, behind) = rest.split_once("**")?;
        let is_first = !before.contains(char::is_alphanumeric);
        let is_name = name.contains('-')
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let at = item.start + before.len() + 2;
        (is_first && is_name && behind.trim_start().starts_with(':'))
            .then(|| (name.to_string(), Span::new(at, at + name.len())))
    };
    items.iter().filter_map(name).collect()
}

/// The finding, and whether another agent has a similar name.
fn about(name: &str, span: Span, known: &Known<'_>) -> (Finding, bool) {
    let finding = Finding::new(span, format!("The workspace has no agent `{name}`"))
        .reason("The role can neither start this agent nor hand off to it.");
    match known.meant(name) {
        Some(meant) => {
            let title = format!("Replace `{name}` with `{meant}`");
            (finding.unsafe_fix(title, Vec::from([(span, meant.to_string())])), true)
        }
        None => (
            finding.help("Correct the name, or remove it if the agent is not installed elsewhere."),
            false,
        ),
    }
}

/// Further places of a name: in the same fields, and in code of the text.
fn further(role: &Role<'_>, name: &str, first: Span, named: &[(String, Span)]) -> Vec<Span> {
    let fields = named.iter().filter(|(other, span)| other == name && *span != first);
    let quoted = format!("`{name}`");
    let text: Vec<Span> = memchr::memmem::find_iter(role.text.as_bytes(), &quoted)
        .map(|at| Span::new(at + 1, at + 1 + name.len()))
        .collect();
    let mut places: Vec<Span> = fields.map(|(_, span)| *span).chain(text).collect();
    places.sort_unstable();
    places
}

/// The keys of lists that name the agents to hand off to.
const LISTS: [&str; 3] = ["delegate_to", "escalate_to", "reports_to"];

/// The names in the lists of front matter in TOML, whose fields are otherwise not read.
fn in_toml(cx: &Context<'_>) -> Vec<(String, Span)> {
    let Some(root) = cx.toml() else { return Vec::new() };
    let tables = root.entries().unwrap_or(&[]).iter().map(|entry| &entry.value);
    let lists = [root].into_iter().chain(tables).flat_map(|table: &Node<'_>| {
        LISTS.iter().filter_map(|key| table.get(key)).flat_map(|list| list.items().unwrap_or(&[]))
    });
    let name = |node: &Node<'_>| {
        let name = node.as_str().filter(|name| is_kebab(name))?;
        Some((name.to_string(), node.span))
    };
    lists.filter_map(name).collect()
}

fn is_kebab(name: &str) -> bool {
    name.contains('-')
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The names in the fields that lead to other agents.
fn in_fields(cx: &Context<'_>) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    for known in cx.host.fields {
        let handoffs = known.role == FieldRole::Handoffs;
        if !handoffs && known.role != FieldRole::Agents {
            continue;
        }
        let field = cx.role.field(known.name).filter(|field| field.error.is_none());
        for item in field.and_then(|field| field.value.items()).unwrap_or(&[]) {
            let node = if handoffs { item.get("agent") } else { Some(item) };
            let Some(node) = node else { continue };
            let name = node.as_str().unwrap_or("").trim();
            if !name.is_empty() && !name.contains(['*', '{', '$', ':', '/']) {
                names.push((name.to_string(), node.span));
            }
        }
    }
    names
}

/// The agent that is supposed to run the text but does not exist, and the host's fallback.
fn runner(cx: &Context<'_>, known: &Known<'_>) -> Option<Finding> {
    cx.known_fields().find_map(|(fact, field)| {
        let is_name = fact.role == FieldRole::Agents && fact.types == [FieldType::Text];
        let name = field.value.as_str().filter(|_| is_name && field.error.is_none())?.trim();
        let is_hole = name.contains(['{', '$', ':', '/']);
        if name.is_empty() || is_hole || known.has(name) {
            return None;
        }
        let (finding, is_near) = about(name, field.value.span, known);
        let severity = if is_near { Severity::Warning } else { Severity::Info };
        let finding = finding.severity(severity);
        Some(match fact.invalid_note {
            Some(note) => finding.reason(note),
            None => finding,
        })
    })
}

/// The names in calls of the tool that starts agents: `subagent_type: "reviewer"`.
fn in_calls(role: &Role<'_>) -> Vec<(String, Span)> {
    const KEY: &str = "subagent_type";
    let body = role.body;
    let name = |at: usize| {
        let start = body.start + at + KEY.len();
        let rest = role.text.get(start..body.end)?;
        let value = rest.trim_start_matches(['"', '\'', '`', ' ', '=', ':']);
        let lead = rest.len() - value.len();
        let quote = rest.get(..lead)?.chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
        let name = value.split([quote, '\n']).next()?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let at = start + lead;
        (!name.is_empty() && name.chars().all(is_part))
            .then(|| (name.to_string(), Span::new(at, at + name.len())))
    };
    memchr::memmem::find_iter(body.of(role.text).as_bytes(), KEY).filter_map(name).collect()
}

/// The bold names at the start of list items, if they are written like names of agents.
fn in_lists(cx: &Context<'_>) -> Vec<(String, Span)> {
    let role = cx.role;
    let is_marker = |c: char| matches!(c, '-' | '+' | '.' | ' ') || c.is_ascii_digit();
    let name = |start: usize| {
        let item = role.text.get(start..)?.trim_start_matches(is_marker);
        let item = item.strip_prefix("* ").map_or(item, |item| item.trim_start_matches(' '));
        let rest = item.strip_prefix("**")?;
        let length = rest.bytes().take_while(|byte| *byte != b'*' && *byte != b'\n').count();
        let name = rest.get(..length).filter(|name| is_kebab(name))?;
        let at = role.text.len() - rest.len();
        let is_code = role.outline.code_at(start).is_some();
        (!is_code).then(|| (name.to_string(), Span::new(at, at + name.len())))
    };
    role.outline.items.iter().filter_map(|item| name(item.span.start)).take(500).collect()
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::options::Options;
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn check(path: &str, text: &str, agents: &[&str]) -> Vec<String> {
        let file = |name: &&str| {
            (format!(".github/agents/{name}.agent.md"), "---\ndescription: x\n---\nx\n".to_string())
        };
        let files: BTreeMap<String, String> = agents.iter().map(file).collect();
        let input = Input::new(text).at(path).with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found = found.into_iter().filter(|d| d.rule == "unknown-agent");
        found.map(|d| format!("{} {}", d.severity.name(), d.message)).collect()
    }

    const PATH: &str = ".github/agents/x.agent.md";

    #[test]
    fn a_call_names_an_agent() {
        let text = "---\ndescription: x\n---\nCall `task(subagent_type=\"planer\")`, then\n`subagent_type: \"explore\"` or `subagent_type: \"<name>\"`.\n";
        assert_eq!(
            check(PATH, text, &["planner"]),
            ["warning The workspace has no agent `planer`"]
        );
    }

    #[test]
    fn a_misspelled_name_is_a_warning_and_another_is_pointed_out() {
        let text = "---\ndescription: x\nagents: [ADR Creation, Tester, '*']\nhandoffs:\n  - agent: plan\n    label: a\n---\nx\n";
        assert_eq!(
            check(PATH, text, &["adr-creator"]),
            [
                "warning The workspace has no agent `ADR Creation`",
                "info The workspace has no agent `Tester`"
            ]
        );
        assert_eq!(
            check(PATH, &text.replace("Tester", "reviwer"), &["adr-creation", "reviewer"]),
            ["warning The workspace has no agent `reviwer`"]
        );
        assert_eq!(check(PATH, text, &[]), [""; 0]);
        // Another specialist is not a misspelling.
        assert_eq!(
            check(PATH, &text.replace("Tester", "vite-expert"), &["adr-creator", "data-expert"])
                [1..],
            ["info The workspace has no agent `vite-expert`"]
        );
    }

    #[test]
    fn a_forked_skill_runs_in_an_agent_that_exists() {
        let skill = ".claude/skills/x/SKILL.md";
        let text = "---\nname: x\ndescription: x\ncontext: fork\nagent: reviwer\n---\nx\n";
        assert_eq!(
            check(skill, text, &["reviewer"]),
            ["warning The workspace has no agent `reviwer`"]
        );
        assert_eq!(
            check(skill, &text.replace("reviwer", "painter"), &["reviewer"]),
            ["info The workspace has no agent `painter`"]
        );
        for agent in ["Explore", "reviewer", "{agent}"] {
            assert_eq!(check(skill, &text.replace("reviwer", agent), &["reviewer"]), [""; 0]);
        }
    }

    #[test]
    fn a_prompt_is_no_agent() {
        let path = ".github/prompts/review.prompt.md";
        let text = "---\nagent: reviewer\n---\nReview it.\n";
        let files: BTreeMap<String, String> = [
            (path, text),
            (".github/prompts/reviews.prompt.md", text),
            (".github/agents/planner.agent.md", "---\ndescription: x\n---\nx\n"),
        ]
        .map(|(path, text)| (path.to_string(), text.to_string()))
        .into();
        let input = Input::new(text).at(path).with_files(&files);
        let found = crate::check(&input, &Options::default()).diagnostics;
        let found = found.iter().find(|it| it.rule == "unknown-agent").unwrap();
        assert!(found.fix.is_none() && found.severity.name() == "info", "{found:?}");
    }

    #[test]
    fn a_partner_that_resembles_another_agent_is_pointed_out() {
        let text = "---\ndescription: x\n---\nIntegration with other agents:\n- Work with ui-designer on looks\n- Help ux-designer on flow\n- Ask long-term-planner\n";
        assert_eq!(
            check(PATH, text, &["ui-designer"]),
            ["info The workspace has no agent `ux-designer`"]
        );
        let elsewhere = text.replace("other agents", "tools");
        assert_eq!(check(PATH, &elsewhere, &["ui-designer"]), [""; 0]);
    }

    #[test]
    fn names_in_bold_in_a_section_about_other_agents_are_agents() {
        let text = "---\ndescription: x\n---\n**Boundaries with Other Agents:**\n- **Database-Specialist**: Handles queries\n- **ML-Orchestrator**: Handles models\n- **Test-Writer**: Writes tests\n- **Out of scope**: All else\n";
        assert_eq!(
            check(PATH, text, &["test-writer"]),
            ["info The workspace has no agents `Database-Specialist` and `ML-Orchestrator`"]
        );
        assert_eq!(check(PATH, &text.replace("Other Agents", "Tools"), &["test-writer"]), [""; 0]);
    }

    #[test]
    fn lists_in_toml_are_read_and_a_name_is_one_finding() {
        let text = "+++\nid = \"x\"\n[metadata]\nescalate_to = [\"web-lead\", \"user\"]\nreports_to = [\"web-lead\", \"old-name\"]\n+++\n\nAsk `web-lead`.\n";
        assert_eq!(
            check(PATH, text, &["lead-web"]),
            [
                "warning The workspace has no agent `web-lead`",
                "info The workspace has no agent `old-name`"
            ]
        );
        assert_eq!(check(PATH, text, &["web-lead", "old-name"]), [""; 0]);
    }

    #[test]
    fn a_list_of_agents_is_known_by_those_that_exist() {
        let names = ["a-one", "a-two", "a-three", "a-four", "a-five"];
        let list = |more: &str| {
            let items: String =
                names.iter().map(|name| format!("- **{name}** - Does it.\n")).collect();
            format!("---\ndescription: x\n---\n{items}- **{more}**: Does more.\n")
        };
        assert_eq!(
            check(PATH, &list("other-thing"), &names),
            ["warning The workspace has no agent `other-thing`"]
        );
        assert_eq!(check(PATH, &list("other-thing"), &names[..3]), [""; 0]);
        assert_eq!(check(PATH, &list("general-purpose"), &names), [""; 0]);
    }
}
