//! Two files that a host loads together and that use the same role name.

use super::{Check, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{self, FieldRole, Host};
use crate::summary::RoleSummary;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-role-name",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "Another file that is loaded together with this one uses the same role name.",
    why: "A host identifies a role by its name. If two files in one folder, or anywhere below a folder that the host searches recursively, use the same name, the host loads whichever the file system lists first and silently ignores the other (Claude Code subagent documentation).",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use when a change needs a review.\ntools: Read\n---\nReview the change.\n",
        at: "reviewer",
        good: "---\nname: second-reviewer\ndescription: Use when a change needs a review.\ntools: Read\n---\nReview the change.\n",
        files: &[(
            ".claude/agents/auditor.md",
            "---\nname: reviewer\ndescription: Use when a change is to be audited.\n---\nAudit the change.\n",
        )],
    },
    check: Check::Folder(check),
};

/// Every role except the first with its name.
fn check(summaries: &[&RoleSummary], report: &mut dyn FnMut(usize, Finding)) {
    let mut first: BTreeMap<&str, &RoleSummary> = BTreeMap::new();
    let named = summaries.iter().enumerate().filter(|(_, summary)| !summary.is_named_by_file());
    for (at, summary) in named {
        match first.entry(&summary.name) {
            Entry::Vacant(free) => _ = free.insert(summary),
            Entry::Occupied(taken) => report(at, finding(summary, taken.get())),
        }
    }
}

fn finding(summary: &RoleSummary, other: &RoleSummary) -> Finding {
    if summary.path == other.path {
        let host = Host::by_id(summary.host);
        let note = host.and_then(|host| host.field_for(FieldRole::Name)?.invalid_note);
        let message = format!("Two roles in this file are named `{}`", summary.name);
        let finding = Finding::new(summary.span, message)
            .help("Rename one of the roles, or delete it.")
            .label_in(&other.path, other.span, "same name");
        return match note {
            Some(note) => finding.reason(note),
            None => finding,
        };
    }
    let message = format!("Role name `{}` is also used by `{}`", summary.name, other.path);
    let finding = Finding::new(summary.span, message)
        .help("Rename one of the roles, or delete one of the files.")
        .label_in(&other.path, other.span, "same name");
    match host::by_path(&summary.path) {
        Some(_) => {
            finding.reason("Only one of the two files is loaded, and which one is unpredictable.")
        }
        // The files wait to be installed, perhaps not both.
        None => finding
            .severity(Severity::Warning)
            .reason("If both are installed, only one of them is loaded."),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::rules::tests::findings;
    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn where_no_host_looks_the_roles_are_not_loaded_yet() {
        let role = "---\nname: x\ndescription: Use it.\n---\nAct.\n";
        let found = |folder: &str| {
            let files = BTreeMap::from([(format!("{folder}/a.md"), role.to_string())]);
            let path = format!("{folder}/b.md");
            let input = crate::Input::new(role).at(&path).with_files(&files);
            let report = crate::check(&input, &crate::Options::default());
            let found = report.diagnostics.into_iter().find(|d| d.rule == "duplicate-role-name");
            found.unwrap().severity
        };
        assert_eq!(found(".claude/agents"), Severity::Error);
        assert_eq!(found("agents"), Severity::Warning);
    }

    #[test]
    fn two_modes_of_one_file_cannot_share_a_slug() {
        let mode = "  - {slug: a, name: A, roleDefinition: Review., groups: [read]}\n";
        let modes = format!("customModes:\n{mode}{}{mode}", mode.replace("slug: a", "slug: b"));
        assert_eq!(
            findings("duplicate-role-name", ".roomodes", &modes),
            ["4:12-4:13 error Two roles in this file are named `a`"]
        );
    }
}
