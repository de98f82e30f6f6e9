//! Reports tools that neither the host nor any other known host has.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{Capability, Host, Tool, ToolStatus};
use crate::spelling;
use crate::text::Span;
use crate::tools::{Grant, Resolution, ToolEntry, ToolList};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "unknown-tool",
    severity: Severity::Warning,
    profile: Profile::Core,
    summary: "A tool is listed that the host does not have.",
    why: "A name that matches no tool grants nothing. Claude Code silently ignores it, and refuses to launch an agent whose list contains nothing else; Gemini CLI rejects the whole file. Programs such as git or docker are not tools; they run through the shell tool.",
    example: Example {
        path: ".claude/agents/releaser.md",
        bad: "---\nname: releaser\ndescription: Prepares releases. Use before tagging.\ntools: Read, Git\n---\n\nYou prepare releases.\n",
        at: "Git",
        good: "---\nname: releaser\ndescription: Prepares releases. Use before tagging.\ntools: Read, Bash\n---\n\nYou prepare releases.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    let mut found: Vec<Finding> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for list in cx.tools() {
        for words in list.entries.chunk_by(|one, next| are_phrase(cx, one, next)) {
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            if !is_unknown(&first) {
                continue;
            }
            let span = Span::new(first.span.start, last.span.end);
            let text = if words.len() > 1 { span.of(cx.role.text) } else { first.name() };
            if !seen.contains(&text) {
                seen.push(text);
                found.push(match words.len() {
                    1 => about(cx, list, first),
                    _ => phrase(cx, list, span),
                });
            }
        }
    }
    for finding in found {
        cx.report(finding);
    }
}

fn is_unknown(entry: &&ToolEntry<'_>) -> bool {
    entry.resolution == Resolution::Unknown
}

/// Whether two unknown names in a row are words of one phrase, such as `All tools`, that the host
/// divides at its spaces.
fn are_phrase(cx: &Context<'_>, one: &ToolEntry<'_>, next: &ToolEntry<'_>) -> bool {
    let is_word =
        |entry: &ToolEntry<'_>| is_unknown(&entry) && nearest(cx.host, entry.name()).is_none();
    let between = cx.role.text.get(one.span.end..next.span.start);
    between.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte == b' '))
        && is_word(one)
        && is_word(next)
}

fn phrase(cx: &Context<'_>, list: &ToolList<'_>, span: Span) -> Finding {
    let text = span.of(cx.role.text);
    let finding = Finding::new(span, format!("{} has no tool `{text}`", cx.host.product));
    let finding = finding.severity(cx.tool_severity(list));
    let finding = match list.consequence(cx.host) {
        Some(reason) => finding.reason(reason),
        None => finding,
    };
    if list.grant == Grant::Allowed && means_everything(text) {
        return finding.help(to_grant_all(list));
    }
    let is_word = |at: usize| list.entries.get(at).is_some_and(|it| span.contains(it.span.start));
    let finding = finding.help(elsewhere(cx.host));
    match list.replace(cx.role.text, |at| is_word(at).then_some(None)) {
        Some(edits) => finding.unsafe_fix(format!("Remove `{text}`"), edits),
        None => finding,
    }
}

fn to_grant_all(list: &ToolList<'_>) -> String {
    format!("To grant every tool, remove `{}`.", list.field.name)
}

fn about(cx: &Context<'_>, list: &ToolList<'_>, entry: &ToolEntry<'_>) -> Finding {
    let name = entry.name();
    let mut finding =
        Finding::new(entry.span, format!("{} has no tool `{}`", cx.host.product, entry.shown()))
            .severity(cx.tool_severity(list));
    let named = |other: &&ToolEntry<'_>| other.name() == name && other.span != entry.span;
    let further = cx.tools().iter().flat_map(|list| list.entries.iter().filter(named));
    finding = finding.labels(further.map(|other| other.span), "also here");
    if let Some(reason) = list.consequence(cx.host) {
        finding = finding.reason(reason);
    }
    let advice = advice(cx.host, list, entry);
    let finding = finding.help(advice.help);
    let Some((title, successor)) = advice.fix else { return finding };
    let mut edits = Vec::new();
    for list in cx.tools() {
        let change = |at: usize| {
            let entry = list.entries.get(at).filter(|entry| entry.name() == name)?;
            is_unknown(&entry).then(|| successor.map(ToString::to_string))
        };
        match list.replace(cx.role.text, change) {
            Some(more) => edits.extend(more),
            None => return finding,
        }
    }
    match advice.certain {
        true => finding.safe_fix(title, edits),
        false => finding.unsafe_fix(title, edits),
    }
}

struct Advice {
    help: String,
    /// The fix title and the replacement; `None` as replacement removes the entry.
    fix: Option<(String, Option<&'static str>)>,
    certain: bool,
}

fn advice(host: &'static Host, list: &ToolList<'_>, entry: &ToolEntry<'_>) -> Advice {
    let name = entry.name();
    if name.contains([';', '|', '，', '、', '\n']) {
        let help = String::from("Separate the tools with commas.");
        return Advice { help, fix: None, certain: false };
    }
    let write = |tool: &'static str| {
        Some((format!("Replace `{}` with `{tool}`", entry.shown()), Some(tool)))
    };
    let remove = || Some((format!("Remove `{}`", entry.shown()), None));
    if let Some(tool) = host.tool_of_function(name) {
        let help = format!(
            "Use `{tool}`; `{name}` is the name that the model sees, not the one for tool lists."
        );
        return Advice { help, fix: write(tool), certain: false };
    }
    if let Some(tool) = nearest(host, name) {
        // `glob_search` is three edits from `grep_search`, but starts with `glob`.
        let is_near = |tool| spelling::is_one_edit_away(name, tool);
        let tool = first_word(host, name).filter(|_| !is_near(tool)).unwrap_or(tool);
        let certain = name.len() > 3 && is_near(tool);
        return Advice { help: format!("Did you mean `{tool}`?"), fix: write(tool), certain };
    }
    if list.grant == Grant::Allowed && means_everything(name) {
        return Advice { help: to_grant_all(list), fix: None, certain: false };
    }
    let guess = capability(name).and_then(|c| Some((host.tool_for(c)?, does(c)?)));
    let (help, fix) = match guess {
        Some((tool, does)) if list.names(tool.name) => {
            (format!("Remove it; `{}`, already in the list, {does}.", tool.name), remove())
        }
        Some((tool, does)) => (format!("Use `{}`, which {does}.", tool.name), write(tool.name)),
        None => (elsewhere(host), remove()),
    };
    Advice { help, fix, certain: false }
}

fn elsewhere(host: &Host) -> String {
    match host.tools.server_form {
        Some(form) => format!(
            "Remove it, or use a tool that {} has; MCP tools are written `{form}`.",
            host.product
        ),
        None => format!("Remove it, or use a tool that {} has.", host.product),
    }
}

/// The tool whose name is the first word of this name.
fn first_word(host: &'static Host, name: &str) -> Option<&'static str> {
    let word = name.split('_').next().filter(|word| word.len() < name.len())?;
    let tool = host.tool_ignoring_case(word)?;
    (!matches!(tool.status, ToolStatus::Removed(_))).then_some(tool.name)
}

/// The tool whose name differs by a typo, ignoring case.
fn nearest(host: &'static Host, name: &str) -> Option<&'static str> {
    let gone = |tool: &&Tool| matches!(tool.status, ToolStatus::Removed(_));
    let names = || host.tools.list.iter().filter(|tool| !gone(tool)).map(|tool| tool.name);
    spelling::nearest(name, names()).or_else(|| {
        let lower = name.to_ascii_lowercase();
        names().find(|known| {
            let known = known.to_ascii_lowercase();
            spelling::nearest(&lower, [known.as_str()]).is_some()
        })
    })
}

fn means_everything(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(
        name.strip_suffix(" tools").unwrap_or(&name),
        "all" | "any" | "every" | "everything" | "inherit" | "default" | "all available"
    )
}

/// The effect of a capability, as a clause after "which".
fn does(capability: Capability) -> Option<&'static str> {
    Some(match capability {
        Capability::Read => "reads files",
        Capability::Search => "searches the contents of files",
        Capability::List => "finds files by name",
        Capability::Edit => "edits files",
        Capability::Write => "writes files",
        Capability::Execute => "runs commands",
        Capability::WebFetch => "fetches web pages",
        Capability::WebSearch => "searches the web",
        Capability::Delegate => "starts other agents",
        Capability::Todo => "manages the task list",
        Capability::Notebook => "edits notebooks",
        _ => return None,
    })
}

/// The tool that the author probably meant, derived from the words of the name. Every word must
/// fit: `create_issue` does not write a file.
fn capability(name: &str) -> Option<Capability> {
    let words = words(name);
    let has = |word: &str| words.iter().any(|known| known == word);
    if has("search") && (has("web") || has("google") || has("internet")) {
        return Some(Capability::WebSearch);
    }
    let mut wanted = None;
    for word in words.iter().filter(|word| !VAGUE.contains(&word.as_str())) {
        let capability = of_word(word);
        if wanted.is_none() && capability == Some(Capability::Execute) {
            return capability;
        }
        wanted = wanted.or(Some(capability?));
    }
    wanted
}

/// Words that do not describe a tool's purpose.
const VAGUE: [&str; 12] = [
    "file", "files", "text", "content", "contents", "code", "tool", "tools", "system", "project",
    "folder", "access",
];

fn of_word(word: &str) -> Option<Capability> {
    let known = WORDS.iter().find(|(words, _)| words.split(' ').any(|known| known == word));
    known.map(|(_, capability)| *capability)
}

const WORDS: [(&str, Capability); 11] = [
    (
        "shell terminal command commands cmd cli sh zsh run exec execute script docker git npm npx \
         yarn pnpm node python pip uv cargo make kubectl helm terraform ansible aws gcloud az curl \
         ssh psql pytest jest gh",
        Capability::Execute,
    ),
    ("search ripgrep rg codebase", Capability::Search),
    ("list ls dir directory find tree", Capability::List),
    ("read view cat open", Capability::Read),
    ("edit modify update replace patch multi", Capability::Edit),
    ("write create save", Capability::Write),
    ("fetch web browser browse http url", Capability::WebFetch),
    ("google internet", Capability::WebSearch),
    ("todo todos", Capability::Todo),
    ("agent agents subagent delegate", Capability::Delegate),
    ("notebook jupyter", Capability::Notebook),
];

/// The words of a name in lowercase: `fileSearch` and `file_search` are "file" and "search".
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_lower = false;
    let mut open = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open || c.is_uppercase() && after_lower {
            words.push(String::new());
        }
        open = true;
        after_lower = c.is_alphabetic() && !c.is_uppercase();
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check;
    use crate::input::Input;
    use crate::options::Options;
    use crate::rules::tests::{findings, fixed};

    const AGENT: &str = ".claude/agents/a.md";

    fn role(tools: &str) -> String {
        format!("---\nname: a\ndescription: b\ntools: {tools}\n---\nx\n")
    }

    fn found(path: &str, tools: &str) -> Vec<String> {
        findings("unknown-tool", path, &role(tools))
    }

    /// Help and fix title of the first finding.
    fn advice(tools: &str) -> (String, String) {
        let text = role(tools);
        let report = check(&Input::new(&text).at(AGENT), &Options::default());
        let first = report.diagnostics.into_iter().find(|d| d.rule == RULE.name).unwrap();
        let title = first.fix.map_or(String::new(), |fix| fix.title.to_string());
        (first.help.unwrap().to_string(), title)
    }

    fn pair(help: &str, title: &str) -> (String, String) {
        (help.to_string(), title.to_string())
    }

    #[test]
    fn the_words_of_a_phrase_are_one_unknown_tool() {
        assert_eq!(
            found(AGENT, "All tools, Read"),
            ["4:8-4:17 warning Claude Code has no tool `All tools`"]
        );
        assert_eq!(advice("All tools"), pair("To grant every tool, remove `tools`.", ""));
        assert_eq!(
            found(AGENT, "Raed magic wand Read"),
            [
                "4:8-4:12 warning Claude Code has no tool `Raed`",
                "4:13-4:23 warning Claude Code has no tool `magic wand`",
            ]
        );
        assert_eq!(advice("Read, magic wand").1, "Remove `magic wand`");
    }

    #[test]
    fn a_list_of_which_nothing_is_left_is_an_error() {
        let check = |path: &str, tools: &str| {
            let text = format!("---\nname: x\ndescription: Use it\ntools: {tools}\n---\n\nHelp.\n");
            findings("unknown-tool", path, &text)
        };
        let agent = ".claude/agents/x.md";
        let message = "Claude Code has no tool `Docker`";
        assert_eq!(check(agent, "Docker"), [format!("4:8-4:14 error {message}")]);
        assert_eq!(check(agent, "Docker, Read"), [format!("4:8-4:14 warning {message}")]);
        assert_eq!(check("agents/x.md", "Docker"), [format!("4:8-4:14 warning {message}")]);
    }

    #[test]
    fn a_list_without_known_names_may_leave_the_role_without_tools() {
        let text = "---\nname: ann\ndescription: b\ntools: [Docker]\n---\nx\n";
        let report = check(&Input::new(text).at(".qwen/agents/a.md"), &Options::default());
        let first = report.diagnostics.into_iter().find(|d| d.rule == RULE.name).unwrap();
        assert_eq!(first.message, "Qwen Code has no tool `Docker`");
        assert_eq!(first.severity, Severity::Warning);
        assert_eq!(
            first.reason.as_deref(),
            Some("Without a tool that Qwen Code has, the agent runs without tools.")
        );
    }

    #[test]
    fn each_unknown_name_is_one_finding() {
        assert_eq!(
            found(AGENT, "Read, Write, Bash, Docker, Git, Glob, Grep"),
            [
                "4:27-4:33 warning Claude Code has no tool `Docker`",
                "4:35-4:38 warning Claude Code has no tool `Git`"
            ]
        );
        assert_eq!(found(AGENT, "Docker, Read, Docker").len(), 1);
    }

    #[test]
    fn a_program_leads_to_the_tool_that_runs_it() {
        assert_eq!(
            advice("Read, Docker"),
            pair("Use `Bash`, which runs commands.", "Replace `Docker` with `Bash`")
        );
        assert_eq!(
            advice("Read, Bash, Docker"),
            pair("Remove it; `Bash`, already in the list, runs commands.", "Remove `Docker`")
        );
        assert_eq!(advice("Read, Search").0, "Use `Grep`, which searches the contents of files.");
        assert_eq!(advice("Read, WebSearchTool").0, "Use `WebSearch`, which searches the web.");
        assert_eq!(advice("Read, git_status").0, "Use `Bash`, which runs commands.");
        assert_eq!(advice("Read, edit_file").0, "Use `Edit`, which edits files.");
        assert_eq!(
            advice("Read, create_issue").0,
            "Remove it, or use a tool that Claude Code has; MCP tools are written `mcp__SERVER__TOOL`."
        );
    }

    #[test]
    fn a_typo_is_fixed() {
        assert_eq!(
            advice("Raed, Grep"),
            pair("Did you mean `Read`?", "Replace `Raed` with `Read`")
        );
        assert_eq!(fixed(AGENT, &role("Raed, Grep")), role("Read, Grep"));
        assert_eq!(advice("Read, websaerch").0, "Did you mean `WebSearch`?");
    }

    #[test]
    fn the_names_that_the_model_calls_are_no_names_for_a_list() {
        let path = ".github/agents/a.agent.md";
        assert_eq!(
            found(path, "[read_file, 'my/tool']"),
            ["4:9-4:18 warning GitHub Copilot has no tool `read_file`"]
        );
        let text = role("[fetch_webpage]");
        assert_eq!(
            crate::rules::tests::fixed_unsafely(path, &text),
            text.replace("fetch_webpage", "web")
        );
    }

    #[test]
    fn other_separators_lead_to_commas() {
        assert_eq!(advice("Read; Write; Bash"), pair("Separate the tools with commas.", ""));
        assert_eq!(advice("Read | Write"), pair("Separate the tools with commas.", ""));
        assert_eq!(advice("Read，Write、Bash"), pair("Separate the tools with commas.", ""));
    }

    #[test]
    fn a_name_that_begins_with_that_of_a_tool_is_meant_so() {
        let text = role("[read_file, glob_search]");
        let fixed = crate::rules::tests::fixed_unsafely(".gemini/agents/a.md", &text);
        assert_eq!(fixed, text.replace("glob_search", "glob"));
    }

    #[test]
    fn a_list_that_is_never_closed_is_judged_by_its_names() {
        assert_eq!(found(AGENT, "[Read, Grep"), [""; 0]);
        assert_eq!(
            found(AGENT, "[Read, Grpe"),
            ["4:15-4:19 warning Claude Code has no tool `Grpe`"]
        );
    }

    #[test]
    fn what_is_only_guessed_is_not_written_unasked() {
        assert_eq!(fixed(AGENT, &role("Read, Docker")), role("Read, Docker"));
    }

    #[test]
    fn a_word_for_everything_leads_to_leaving_the_field_out() {
        assert_eq!(advice("All tools"), pair("To grant every tool, remove `tools`.", ""));
    }

    #[test]
    fn a_list_without_any_known_tool_says_what_comes_of_it() {
        let text = role("Docker");
        let report = check(&Input::new(&text).at(AGENT), &Options::default());
        let reason =
            report.diagnostics.iter().find(|d| d.rule == RULE.name).unwrap().reason.clone();
        assert_eq!(
            reason.as_deref(),
            Some("Claude Code refuses to launch an agent whose tool list contains no known tools.")
        );
    }

    #[test]
    fn denied_tools_are_looked_up_too() {
        let text = "---\nname: a\ndescription: b\ndisallowedTools: Docker\n---\nx\n";
        assert_eq!(
            findings("unknown-tool", AGENT, text),
            ["4:18-4:24 warning Claude Code has no tool `Docker`"]
        );
        let skill = |field: &str| {
            let text = format!("---\nname: a\ndescription: b\n{field}: Bsh\n---\nx\n");
            findings("unknown-tool", ".claude/skills/a/SKILL.md", &text).len()
        };
        // What a skill approves may be another product's; only one product reads what it denies.
        assert_eq!((skill("disallowed-tools"), skill("allowed-tools")), (1, 0));
    }

    #[test]
    fn a_host_that_refuses_the_file_makes_it_an_error() {
        assert_eq!(
            found(".gemini/agents/a.md", "[read_file, edit_file]"),
            ["4:20-4:29 error Gemini CLI has no tool `edit_file`"]
        );
    }

    #[test]
    fn names_that_stand_for_servers_agents_or_values_are_known() {
        assert_eq!(
            found(AGENT, "mcp__github, mcp__a__*, Agent(x, y), Task, Bash(git:*), '{{TOOLS}}'"),
            [""; 0]
        );
        assert_eq!(found(".github/agents/a.agent.md", "[azure_query, 'my-server/*']"), [""; 0]);
    }
}
