//! Finds text and paths that a template left for its author to replace.

use super::finding;
use crate::role::{Mark, Role};
use crate::rules::Finding;
use crate::text::Span;
use alloc::format;
use alloc::vec::Vec;

/// Texts of a section that is still to be written.
const TO_COME: [&str; 5] =
    ["to be added", "to be filled", "to be generated", "to be written", "to be completed"];

/// Whether a line is the whole section and only announces that it is still to be written, or labels
/// an example that was never written.
pub(super) fn is_unwritten(text: &str, line: Span) -> bool {
    let shown = line.of(text);
    if shown.starts_with("**Example ") {
        return is_example(text, line);
    }
    let inner = shown.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    let inner = inner.or_else(|| shown.strip_prefix("*(")?.strip_suffix(")*"));
    inner.is_some_and(|inner| {
        let above = text.get(..line.start).unwrap_or("").trim_end().rsplit('\n').next();
        let is_title = above.is_some_and(|above| above.starts_with('#') || above.ends_with("**"));
        is_title && !inner.contains("you") && TO_COME.iter().any(|words| inner.contains(words))
    })
}

/// `**Example 1: [Scenario Name]**` over a code block that begins with a bracket too.
fn is_example(text: &str, line: Span) -> bool {
    let inner = line.of(text).strip_prefix("**Example ").and_then(|rest| rest.strip_suffix("]**"));
    let named = inner.and_then(|inner| inner.split_once(": ["));
    let is_label = named.is_some_and(|(number, name)| {
        number.bytes().all(|byte| byte.is_ascii_digit()) && !name.contains(['[', ']'])
    });
    let mut below = text.get(line.end..).unwrap_or("").lines().filter(|line| !line.is_empty());
    is_label
        && below.next().is_some_and(|fence| fence.starts_with("```"))
        && below.next().is_some_and(|code| code.starts_with('[') && code.ends_with(']'))
}

/// `<plugin>/` at the start of a path in code: the model cannot tell where the plugin is installed.
/// For a skill, the client provides the folder.
pub(super) fn of_plugin(role: &Role<'_>) -> Option<Finding> {
    const FORMS: [&str; 3] = ["<plugin>", "<plugin-root>", "<plugin-dir>"];
    let body = role.body.of(role.text);
    let place = |&start: &usize| {
        let rest = role.text.get(start..)?;
        let form = FORMS.iter().find(|form| rest.starts_with(**form))?;
        let is_path = rest.get(form.len()..).is_some_and(|rest| rest.starts_with('/'));
        let before = role.text.get(..start)?;
        (is_path
            && before.ends_with([' ', '`', '"', '\n'])
            && role.outline.code_at(start).is_some())
        .then(|| Span::new(start, start + form.len()))
    };
    let places: Vec<Span> = role.body_marks(Mark::Less).iter().filter_map(place).collect();
    let (first, more) = places.split_first()?;
    let form = first.of(role.text);
    let is_told = body.contains(&format!("`{form}`")) || body.contains(&format!("{form} is "));
    if is_told || role.path.ends_with("SKILL.md") {
        return None;
    }
    let finding = Finding::new(*first, format!("Nothing fills in `{form}`"))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("The model has to guess where the plugin was installed.");
    Some(finding.help("Write `${CLAUDE_PLUGIN_ROOT}` in a plugin, or the path."))
}

/// Placeholder paths in the servers that a role declares.
pub(super) fn of_servers(role: &Role<'_>) -> Option<Finding> {
    let servers = role.fields().iter().find(|it| matches!(&*it.name, "mcp-servers" | "mcpServers"));
    let value = servers?.value.span;
    let mut places = Vec::new();
    for cue in ["/path/to/", "/placeholder/"] {
        for at in memchr::memmem::find_iter(value.of(role.text).as_bytes(), cue) {
            let start = value.start + at;
            let line = role.line_at(start);
            let (before, rest) =
                (role.text.get(line.start..start)?, role.text.get(start..line.end)?);
            let end = rest.find(['"', '\'', ' ', ',', ']']).unwrap_or(rest.len());
            if before.ends_with([' ', '"', '\'', '[', '=']) && !before.contains('#') {
                places.push(Span::new(start, start + end));
            }
        }
    }
    places.sort_by_key(|place| place.start);
    let (first, more) = places.split_first()?;
    let found = finding(*first, first.of(role.text))
        .and_more(more.len())
        .labels(more.iter().copied(), "also here")
        .reason("The server is started with this text as its path, so it cannot start.");
    Some(found.help("Write the path, or a variable that the host fills in."))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, text: &str) -> Vec<String> {
        findings("unfilled-placeholder", path, text)
    }

    #[test]
    fn a_section_that_is_still_to_be_written_is_found() {
        for text in [
            "## Knowledge\n<!-- to be generated in the next step -->\n",
            "## Examples\n\n*(Note: none in the source; they need to be added.)*\n",
            "**Example 1: [Scenario Name]**\n\n```prompt\n[Example of a request]\n```\n",
        ] {
            assert_eq!(check("roles/a.md", text).len(), 1, "{text}");
        }
        for text in [
            "Text.\n\n<!-- to be generated in the next step -->\n",
            "## Notes\n<!-- markdownlint-disable -->\n",
            "## Notes\n\n*(These are to be added by you.)*\n",
            "**Example 1: [Scenario Name]**\n\n```\nls\n```\n",
            "## Output\n\n```markdown\n[Summary]\n```\n",
        ] {
            assert_eq!(check("roles/a.md", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn nothing_fills_in_the_folder_of_a_plugin() {
        assert_eq!(
            check(
                "agents/a.md",
                "```bash\npython <plugin>/a.py\n```\n\nRun `node <plugin>/b.js`.\n"
            ),
            ["2:8-2:16 warning Nothing fills in `<plugin>` (2 places)"]
        );
        for text in [
            "Run `python ${CLAUDE_PLUGIN_ROOT}/a.py`.\n",
            "Run `python <plugin>/a.py`, where `<plugin>` is its folder.\n",
            "Run `python <path>/a.py`.\n",
        ] {
            assert_eq!(check("agents/a.md", text), [""; 0], "{text}");
        }
        assert_eq!(check("skills/a/SKILL.md", "Run `python <plugin>/a.py`.\n"), [""; 0]);
    }

    #[test]
    fn the_path_of_a_server_is_no_stand_in() {
        let text = |args: &str| {
            format!(
                "---\nname: a\ndescription: Use it\nmcp-servers:\n  one:\n    command: uv\n    args: {args}\n---\n\nHelp.\n"
            )
        };
        let path = ".github/agents/a.agent.md";
        assert_eq!(
            check(path, &text("['/path/to/server.py']")),
            ["7:13-7:31 warning Unfilled placeholder `/path/to/server.py`"]
        );
        assert_eq!(check(path, &text("['/placeholder/path/to/x']")).len(), 1);
        for args in ["['${workspaceFolder}/server.py']", "['x'] # such as /path/to/x"] {
            assert_eq!(check(path, &text(args)), [""; 0], "{args}");
        }
    }
}
