//! Reports fields, and whole files, that are in the wrong place.

use super::bare::beginning;
use crate::host::{Field, HOSTS, Kind};
use crate::role::Syntax;
use crate::rules::{Context, Finding};
use crate::syntax;
use alloc::format;

/// A required field of a TOML file that is below the header of a table.
pub(super) fn in_a_table(cx: &Context<'_>, field: &Field) -> Option<Finding> {
    let role = cx.role;
    if role.within != Some(Syntax::Toml) {
        return None;
    }
    let found = syntax::swallowed(role.fields(), field.name)?;
    let names = role.fields().iter().map(|field| field.name_span.start);
    let header = names.filter_map(|at| {
        let line = role.line_at(at).of(role.text).trim();
        line.starts_with('[').then_some((at, line))
    });
    let (_, header) = header.min()?;
    let name = field.name;
    let finding = Finding::new(found.name, format!("`{name}` is in the table `{}`", found.table))
        .help(format!("Move it above the first table, `{header}`."));
    Some(match field.missing_note {
        Some(note) => finding.reason(note),
        None => finding,
    })
}

/// A file without front matter whose name is that of a file for the whole project, which the same
/// product looks for in another folder.
pub(super) fn of_project(cx: &Context<'_>) -> Option<Finding> {
    let role = cx.role;
    let (_, file) = role.path.rsplit_once('/')?;
    let locations = HOSTS.iter().filter(|host| host.kind != Kind::Role);
    let place = locations.flat_map(|host| host.locations).find(|place| {
        let Some((folder, name)) = place.rsplit_once('/') else { return false };
        let is_in = |top: &str| role.path.split('/').any(|folder| folder == top);
        name == file && !place.contains('*') && folder.split('/').next().is_some_and(is_in)
    })?;
    let message = format!("`{file}` is in the folder for agents");
    let finding = Finding::new(beginning(role, role.body.start), message)
        .help(format!("Move it to `{place}`."));
    Some(match cx.host.front_matter.missing.note {
        Some(note) => finding.reason(note),
        None => finding,
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;
    use alloc::format;

    fn check(path: &str, text: &str) -> alloc::vec::Vec<alloc::string::String> {
        findings("missing-field", path, text)
    }

    #[test]
    fn a_field_below_a_header_is_not_missing_but_in_a_table() {
        let path = ".codex/agents/clerk.toml";
        let head = "name = \"clerk\"\ndescription = \"Files letters.\"\n";
        let prompt = "developer_instructions = \"\"\"\nFile the letters.\n\"\"\"\n";
        let table = "\n[permissions.clerk]\nnetwork = false\n\n";
        assert_eq!(
            check(path, &format!("{head}{table}{prompt}")),
            ["7:1-7:23 error `developer_instructions` is in the table `permissions.clerk`"]
        );
        assert_eq!(check(path, &format!("{head}{prompt}{table}")), [""; 0]);
        assert_eq!(
            check(path, &format!("name = \"clerk\"\n{table}{prompt}")),
            [
                "1:1-1:5 error Missing field `description`",
                "6:1-6:23 error `developer_instructions` is in the table `permissions.clerk`"
            ]
        );
        assert_eq!(
            check(path, &format!("{head}{table}")),
            ["1:1-1:5 error Missing field `developer_instructions`"]
        );
    }

    #[test]
    fn instructions_for_the_project_are_no_agent() {
        let text = "# Guidelines\n\nUse tabs.\n";
        assert_eq!(
            check(".github/agents/copilot-instructions.md", text),
            ["1:1-1:13 error `copilot-instructions.md` is in the folder for agents"]
        );
        assert_eq!(
            check(".github/agents/instructions.md", text),
            ["1:1-1:13 error Missing front matter with `description`"]
        );
    }
}
