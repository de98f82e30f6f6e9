//! Tests which files are roles, and for which host.

use super::*;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

#[track_caller]
fn check(path: &str, text: &str, found_by: FoundBy, expected: Result<(&str, Sign), SkipReason>) {
    let found = classify(path, text, found_by);
    let found = found.map(|found| (found.host().id, found.sign)).map_err(|skipped| skipped.why);
    assert_eq!(found, expected, "{path}");
}

const AGENT: &str = "---\nname: a\ndescription: Use it.\ntools: Read, Bash\n---\nReview.\n";
const ROLE: &str = "# Clerk\n\nYou are a clerk.\n";
const PAGE: &str = "# Guide\n\n## Usage\n\nRun it.\n\n## Examples\n\nSee below.\n";

#[test]
fn the_settings_of_opencode_are_looked_at_where_they_hold_agents() {
    let agents = "{\"agent\": {\"build\": {\"model\": \"a/b\"}}}";
    check("opencode.json", agents, FoundBy::Search, Ok(("opencode", Sign::Place)));
    let new = "{\"agents\": {\"build\": {\"system\": \"Build.\", \"mode\": \"primary\"}}}";
    check("opencode.json", new, FoundBy::Search, Ok(("opencode-2", Sign::Place)));
    let others = "{\"agents\": {\"build\": {\"tools\": {}}}, \"mcp\": {}}";
    check("opencode.json", others, FoundBy::Search, Err(SkipReason::Settings));
}

#[test]
fn a_collection_of_agents_is_found_in_any_folder() {
    check("engineering/backend.md", AGENT, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
    check("agents/backend.md", AGENT, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
}

#[test]
fn a_plain_role_is_found_where_people_keep_roles() {
    check("roles/clerk.md", ROLE, FoundBy::Search, Ok(("plain", Sign::Folder)));
    check("notes/clerk.md", ROLE, FoundBy::Search, Err(SkipReason::Text));
    check("notes/clerk.md", ROLE, FoundBy::Folder, Ok(("plain", Sign::NamedFolder)));
    check("notes/clerk.md", ROLE, FoundBy::File, Ok(("plain", Sign::Named)));
}

#[test]
fn documentation_is_not_a_role_wherever_it_is() {
    check("roles/guide.md", PAGE, FoundBy::Search, Err(SkipReason::Text));
    check("guide.md", PAGE, FoundBy::Folder, Err(SkipReason::Text));
    check("roles/README.md", ROLE, FoundBy::Search, Err(SkipReason::Documentation));
    let page = "---\nname: x\ndescription: y\nlayout: page\n---\nText.\n";
    check("site/x.md", page, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_name_and_a_description_are_enough_where_people_keep_roles() {
    let text = "---\nname: a\ndescription: Use it.\n---\nReview.\n";
    check("agents/a.md", text, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
    check("pages/a.md", text, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn an_agent_without_a_description_is_found_where_people_keep_roles() {
    for fields in ["model: opus", "model: sonnet\ntools: Read, Edit"] {
        let text = format!("---\nname: dev\n{fields}\n---\n\nWrites code.\n");
        check("agents/dev.md", &text, FoundBy::Search, Ok(("claude-code", Sign::Fields)));
        check("pages/dev.md", &text, FoundBy::Search, Err(SkipReason::Text));
    }
}

#[test]
fn a_thing_that_has_tools_or_a_model_is_not_a_role() {
    for field in ["tools: [hammer, saw]", "model: X 100"] {
        let text = format!("---\nname: a\ndescription: A product.\n{field}\n---\nText.\n");
        check("products/a.md", &text, FoundBy::Search, Err(SkipReason::Text));
    }
    for field in ["tools: [read]", "tools: []", "model: sonnet", "tools: mcp__gh__x"] {
        let text = format!("---\nname: a\ndescription: Reviews.\n{field}\n---\nText.\n");
        assert!(classify("team/a.md", &text, FoundBy::Search).is_ok(), "{field}");
    }
}

#[test]
fn a_command_is_found_in_a_folder_for_commands() {
    let text = "---\ndescription: Reviews.\nallowed-tools: Read\n---\nReview it.\n";
    check("kit/commands/a.md", text, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
    check("kit/notes/a.md", text, FoundBy::Search, Err(SkipReason::Text));
    let page = "---\ntitle: List\ndescription: Lists files.\n---\n# List\n";
    check("docs/commands/list.md", page, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn data_files_are_roles_where_they_have_all_that_a_host_needs() {
    let codex = "name = \"a\"\ndescription = \"b\"\ndeveloper_instructions = \"Review.\"\n";
    check("kit/a.toml", codex, FoundBy::Search, Ok(("codex-agent", Sign::Roles)));
    check("kit/a.toml", "name = \"a\"\n", FoundBy::Search, Err(SkipReason::Text));
    let modes =
        "customModes:\n  - slug: a\n    name: A\n    roleDefinition: Review.\n    groups: [read]\n";
    check("kit/a.yaml", modes, FoundBy::Search, Ok(("roo", Sign::Roles)));
}

#[test]
fn a_file_with_a_prompt_is_a_command_in_a_folder_for_commands() {
    let text = "description = \"Reviews.\"\nprompt = \"Review {{args}}.\"\n";
    check("kit/commands/git/a.toml", text, FoundBy::Search, Ok(("gemini-command", Sign::Roles)));
    check("kit/notes/a.toml", text, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_prompt_with_slots_is_found_where_people_keep_prompts() {
    let text = "Write a changelog of these commits:\n\n{{commits}}\n";
    check("prompts/changelog-daily.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
    check("notes/changes.md", text, FoundBy::Search, Err(SkipReason::Text));
    let described = "---\ndescription: Reviews in parallel\n---\nReview it.\n";
    check("prompts/a.md", described, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
    check("notes/a.md", described, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn what_takes_arguments_is_a_prompt() {
    let text = "---\ndescription: Answers.\nargument-hint: <question>\nvariables:\n  A: b\n---\nYou are an expert.\n";
    check("experts/ui/a.md", text, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
}

#[test]
fn documentation_that_speaks_to_its_reader_is_no_role() {
    let text = "---\ntitle: Tests\ndescription: Run them.\n---\n# Tests\n\n## When to Use\n\nYou're about to write one.\n\n## Responsibilities\n\n## Boundaries\n";
    check("docs/how-to/tests.md", text, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_folder_in_which_something_is_done_with_roles_is_not_for_roles() {
    check("implement-with-subagents/summary.md", ROLE, FoundBy::Search, Err(SkipReason::Text));
    check("my-subagents/clerk.md", ROLE, FoundBy::Search, Ok(("plain", Sign::Folder)));
}

#[test]
fn a_step_of_a_longer_text_is_no_role() {
    let text = "---\nname: step-01\ndescription: Starts.\n---\nYou are a clerk.\n";
    check("flow/steps/step-01-init.md", text, FoundBy::Search, Err(SkipReason::Text));
    check("agents/steps/start.md", text, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_file_about_roles_is_none() {
    let text = "# Best Practices\n\n## Responsibilities\n\n## Boundaries\n";
    check("agents/BEST_PRACTICES.md", text, FoundBy::Search, Err(SkipReason::Text));
    check("agents/best-practices.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
}

#[track_caller]
fn among(files: &[(&str, &str)], path: &str, text: &str, expected: Result<&str, SkipReason>) {
    let files: BTreeMap<String, String> =
        files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let found = classify_among(path, text, FoundBy::Search, &files);
    let found = found.map(|found| found.host().id).map_err(|skipped| skipped.why);
    assert_eq!(found, expected, "{path}");
}

#[test]
fn a_plugin_may_be_the_workspace_or_any_folder() {
    let bare = "# Reviewer\n\nReview the change.\n";
    for root in ["", "kit/", "a/b/"] {
        let manifest = format!("{root}.claude-plugin/plugin.json");
        let files = [(&*manifest, "{\"name\": \"kit\"}")];
        let at = |path: &str| format!("{root}{path}");
        among(&files, &at("agents/deep/a.md"), AGENT, Ok("claude-code-plugin"));
        among(&files, &at("agents/a.md"), bare, Ok("claude-code-plugin"));
        among(&files, &at("commands/a.md"), bare, Ok("claude-command"));
        among(&files, &at("notes/a.md"), bare, Err(SkipReason::Text));
        among(&files, &at(".claude/agents/a.md"), AGENT, Ok("claude-code"));
    }
    among(&[], "agents/a.md", AGENT, Ok("claude-code"));
}

#[test]
fn a_plugin_names_its_files_and_folders() {
    let manifest = "{\"agents\": [\"./team/\", \"./one.md\"], \"commands\": \"./run\"}";
    let files = [("kit/.claude-plugin/plugin.json", manifest)];
    let named = "---\nname: a\ndescription: Use it.\n---\nReview.\n";
    among(&files, "kit/team/a.md", named, Ok("claude-code-plugin"));
    among(&files, "kit/one.md", named, Ok("claude-code-plugin"));
    among(&files, "kit/run/a.md", named, Ok("claude-command"));
    among(&files, "kit/two.md", named, Err(SkipReason::Text));
    among(&files, "team/a.md", named, Err(SkipReason::Text));
}

#[test]
fn a_marketplace_names_plugins() {
    let list = "{\"plugins\": [{\"source\": \"./kits/one\", \"agents\": \"./team\"}, {\"source\": {\"source\": \"github\"}}]}";
    let files = [(".claude-plugin/marketplace.json", list)];
    among(&files, "kits/one/agents/a.md", AGENT, Ok("claude-code-plugin"));
    among(&files, "kits/one/team/a.md", AGENT, Ok("claude-code-plugin"));
    among(&files, "kits/one/commands/a.md", PAGE, Ok("claude-command"));
    among(&files, "kits/two/agents/a.md", AGENT, Ok("claude-code"));
}

#[test]
fn what_lies_in_the_folder_of_a_skill_belongs_to_it() {
    let files = [("skills/forms/SKILL.md", AGENT), ("SKILL.md", AGENT)];
    among(&files, "skills/forms/references/deep/a.md", AGENT, Err(SkipReason::Skill));
    among(&files, "skills/forms/reference.md", AGENT, Err(SkipReason::Skill));
    among(&files, "skills/forms/AGENTS.md", ROLE, Err(SkipReason::Skill));
    among(&files, "skills/forms/agents/grader.md", AGENT, Ok("claude-code"));
    among(&files, "skills/forms/SKILL.md", AGENT, Ok("agent-skill"));
    among(&files, "team/a.md", AGENT, Ok("claude-code"));
    let files = [("skills/use-subagents/SKILL.md", AGENT)];
    among(&files, "skills/use-subagents/references/a.md", ROLE, Err(SkipReason::Skill));
}

#[test]
fn a_role_without_front_matter_is_for_the_host_of_its_siblings() {
    let bare = "# Screen Analyst\n\nYou are the analyst of screens.\n";
    let named = |name| AGENT.replace("name: a", &format!("name: {name}"));
    let (a, b, c) = (named("aa"), named("bb"), named("cc"));
    let kit = [("kit/agents/aa.md", &*a), ("kit/agents/bb.md", &*b), ("kit/agents/cc.md", &*c)];
    among(&kit, "kit/agents/mock.md", bare, Ok("claude-code"));
    among(&kit[1..], "kit/agents/mock.md", bare, Ok("plain"));
    among(&kit, "kit/agents/deep/mock.md", bare, Ok("plain"));
    let guide = "# Guide\n\n## Responsibilities\n\n## Boundaries\n";
    among(&kit, "kit/agents/guide.md", guide, Ok("plain"));
    let bare_ones = ["d", "e", "f", "g"].map(|name| format!("kit/agents/{name}.md"));
    let mixed: Vec<_> = bare_ones.iter().map(|path| (&**path, bare)).chain(kit).collect();
    among(&mixed, "kit/agents/mock.md", bare, Ok("plain"));
}

#[test]
fn the_folder_of_a_command_says_more_than_its_fields() {
    let of = |fields: &str, body: &str| {
        let text = match fields {
            "" => String::from(body),
            _ => format!("---\n{fields}\n---\n{body}\n"),
        };
        let found = classify("kit/commands/deep/a.md", &text, FoundBy::Search);
        found.ok().map(|found| found.host().id)
    };
    let command = Some("claude-command");
    assert_eq!(of("description: Reviews.", "# Review\n\nReview it."), command);
    assert_eq!(of("description: b\nargument-hint: \"[a]\"", "Do $ARGUMENTS."), command);
    assert_eq!(of("name: kit:a\ndescription: b\nallowed-tools: []", "Do it."), command);
    let agent = "name: a\ndescription: b\nargument-hint: \"[a]\"\nmodel: sonnet";
    assert_eq!(of(agent, "Do it."), command);
    assert_eq!(of("", "Review the changes of $ARGUMENTS."), command);
    assert_eq!(of("", "# /session:commit\n\nCommit the work."), command);
    assert_eq!(of("", "# List\n\nLists files."), None);
    assert_eq!(of("description: b\nscripts:\n  sh: a.sh", "Given the details, do it."), command);
    assert_eq!(of("title: List\ndescription: b\nweb: c", "# List"), None);
    let page = "---\ndescription: Lists files.\n---\n# List\n";
    check("docs/commands/list.md", page, FoundBy::Search, Err(SkipReason::Text));
    let flat = "---\nname: note\ndescription: Save a note\nuser-invocable: true\n---\nSave it.\n";
    let other =
        "---\nname: a\ndescription: Reviews.\nagent: build\nmodel: x/y\n---\nYou are a clerk.\n";
    check(".other/command/a.md", other, FoundBy::Search, Ok(("plain", Sign::Fields)));
    let own = "---\ndescription: Reviews.\ntags: [a]\n---\nReview it.\n";
    check(".claude/old/commands/a.md", own, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
    let usage = "# Fix Command\n\n## Usage\n```\n/bug-fix [name]\n```\n\nFix it.\n";
    check("kit/commands/bug-fix.md", usage, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
    check("kit/commands/other.md", usage, FoundBy::Search, Err(SkipReason::Text));
    check("kit/skills/note.md", flat, FoundBy::Search, Ok(("claude-command", Sign::Fields)));
}

#[test]
fn a_manual_for_many_agents_is_no_role() {
    let text = "# Runbook: Startup\n\n## Scenario\n\nYou're building a product.\n\n## Agent Roster\n\n## Success Criteria\n\n## Responsibilities\n\n## Boundaries\n";
    check("strategy/a.md", text, FoundBy::Search, Err(SkipReason::Text));
    check("strategy/a.md", text, FoundBy::Folder, Err(SkipReason::Text));
    check("roles/a.md", &text.replace("Runbook: ", ""), FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_part_that_roles_share_is_none() {
    let text = "# Limits\n\n## Boundaries\n\nPay nothing.\n\n## Principles\n\nBe kind.\n";
    check("agents/limits.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
    check("agents/shared/limits.md", text, FoundBy::Search, Err(SkipReason::Text));
    check("agents/_limits.md", text, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_role_is_found_in_any_of_the_languages_that_are_known() {
    for text in [
        "# Rolle\n\nDu bist ein sorgfältiger Buchhalter.\n",
        "---\nid: clerk\nrole: 会计\n---\n\n# 定位\n你是这家公司的会计。\n",
        "너는 작은 회사의 회계 담당자다.\n",
        "# Contadora\n\n## Role\n\nSou especialista em contas.\n\n## Guidelines\n\n- x\n",
    ] {
        check("kit/agents/a.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
        check("kit/notes/a.md", text, FoundBy::Search, Err(SkipReason::Text));
    }
    let page = "# Guia\n\nVocê é livre para copiar.\n";
    check("kit/agents/a.md", page, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_system_prompt_is_a_role_by_its_name() {
    let text = "Answers about letters stay short and polite.\n";
    for path in ["prompts/system_prompt.md", "prompts/system.md", "agents/clerk/system-prompt.md"] {
        check(path, text, FoundBy::Search, Ok(("plain", Sign::Folder)));
        check(path, "# System prompt\n", FoundBy::Search, Err(SkipReason::Text));
    }
    for path in [
        "notes/system_prompt.md",
        "agents/system.md",
        "prompts/answers.md",
        "docs/prompts/system_prompt.md",
    ] {
        check(path, text, FoundBy::Search, Err(SkipReason::Text));
    }
}

#[test]
fn few_words_are_enough_where_people_keep_agents() {
    let text = "You review letters.\nSend none.\n";
    check("kit/agents/a.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
    check("modes/a.md", text, FoundBy::Search, Ok(("plain", Sign::Folder)));
    for path in ["roles/a.md", "prompts/a.md", "docs/agents/a.md", "notes/a.md"] {
        check(path, text, FoundBy::Search, Err(SkipReason::Text));
    }
    let mode = "# Review Mode\n\n## Rules\n\n- Send none.\n";
    check("modes/a.md", mode, FoundBy::Search, Ok(("plain", Sign::Folder)));
    check("settings/a.md", mode, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_manual_for_the_person_who_works_with_agents_is_no_role() {
    let text = "# Clerk Instructions\n*How to work with the agents*\n\nYou are the head of the office.\n\n## Your Role\n\n## Boundaries\n";
    check("agents/a.md", text, FoundBy::Search, Err(SkipReason::Text));
    let agent = text.replace("*How to work with the agents*\n", "");
    check("agents/a.md", &agent, FoundBy::Search, Ok(("plain", Sign::Folder)));
}

#[test]
fn a_mode_may_have_a_json_file_of_its_own() {
    let mode = "{\"slug\": \"a\", \"name\": \"A\", \"roleDefinition\": \"Review.\", \"groups\": [\"read\"]}";
    check("kit/a.json", mode, FoundBy::Search, Ok(("roo", Sign::Roles)));
    check("kit/a.json", mode, FoundBy::File, Ok(("roo", Sign::Named)));
    let other = "{\"anna\": {\"role\": \"admin\", \"goal\": \"b\"}}";
    check("agents/a.json", other, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn an_agent_whose_prompt_is_in_a_table_is_still_one() {
    let text =
        "name = \"a\"\ndescription = \"b\"\n[rules]\nx = 1\ndeveloper_instructions = \"Review.\"\n";
    check("kit/a.toml", text, FoundBy::Search, Ok(("codex-agent", Sign::Roles)));
    let other = text.replace("description", "about");
    check("kit/a.toml", &other, FoundBy::Search, Err(SkipReason::Text));
}

#[test]
fn a_title_that_is_the_name_of_the_file_is_enough_among_agents() {
    let role = "# QA Engineer\n\nGoal: find each mistake in the letters of the office.\n";
    check("agents/qa-engineer.md", role, FoundBy::Search, Ok(("plain", Sign::Folder)));
    for path in ["agents/letters.md", "roles/qa-engineer.md", "docs/agents/qa-engineer.md"] {
        check(path, role, FoundBy::Search, Err(SkipReason::Text));
    }
    let title = "# QA Engineer\n";
    check("agents/qa-engineer.md", title, FoundBy::Search, Err(SkipReason::Text));
}
