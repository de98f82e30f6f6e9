//! Reports roles that override a role of the same name in a parent folder.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::agents::Agents;
use crate::diagnostic::Severity;
use crate::host::{self, FieldRole, Host, Identity};
use alloc::format;
use alloc::string::String;

mod copies;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "shadowed-role",
    severity: Severity::Info,
    profile: Profile::Recommended,
    summary: "A role overrides one of the same name in another folder.",
    why: "If two folders of a project contain roles of the same name, the host uses the one nearest to where it was started. Anyone who works in the inner folder gets different instructions from everyone else, and seldom notices; changes to the outer role have no effect there. A copy with the same text only hides later changes. Skills in `.claude/skills` and `.agents/skills` are often copies of each other; once they differ, a product that reads both folders uses either the one or the other.",
    example: Example {
        path: "app/.claude/agents/reviewer.md",
        bad: "---\nname: reviewer\ndescription: Use when a change to the app needs a review.\ntools: Read\n---\nReview the change to the app.\n",
        at: "reviewer",
        good: "---\nname: app-reviewer\ndescription: Use when a change to the app needs a review.\ntools: Read\n---\nReview the change to the app.\n",
        files: &[(
            ".claude/agents/reviewer.md",
            "---\nname: reviewer\ndescription: Use when a change needs a review.\n---\nReview the change.\n",
        )],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    if let Some(finding) = copies::finding(cx) {
        cx.report(finding);
    }
    let (host, path) = (cx.host, cx.role.path);
    let by_name = matches!(host.identity, Identity::Field | Identity::FieldOrFile);
    if !by_name || !cx.files.is_known() || cx.place() != Some(host) {
        return;
    }
    let Some((root, place)) = divided(host, path) else { return };
    let field = host.field_for(FieldRole::Name).and_then(|known| cx.role.field(known.name));
    let Some(field) = field.filter(|field| field.error.is_none()) else { return };
    let above = core::iter::successors(Some(root), |root| {
        (!root.is_empty()).then(|| crate::text::folder(root))
    });
    let outer = above.skip(1).map(|root| match root {
        "" => String::from(place),
        root => format!("{root}/{place}"),
    });
    let Some(outer) = outer.into_iter().find(|outer| cx.files.exists(outer)) else { return };
    let Some(text) = cx.files.text(&outer) else { return };
    let name = field.value.as_str().unwrap_or("");
    if name.is_empty() || Agents::name(&outer, &text) != name {
        return;
    }
    let shown = crate::tools::shown(name);
    let (message, help) = match *text == *cx.role.text {
        true => (
            format!("`{shown}` is a copy of `{outer}`"),
            "Delete it; the outer role is found from here too.",
        ),
        false => (
            format!("`{shown}` overrides `{outer}` in `{root}`"),
            "Rename it unless it is meant to replace the other one here.",
        ),
    };
    let finding = Finding::new(field.value.span, message)
        .reason("The host uses the role nearest to the folder in which it was started.");
    cx.report(finding.help(help));
}

/// A path as the folder in which the host would be started, and the place of the role from there.
fn divided<'p>(host: &Host, path: &'p str) -> Option<(&'p str, &'p str)> {
    let cuts = path.match_indices('/').map(|(at, _)| at);
    let mut divided = cuts.rev().filter_map(|at| Some((path.get(..at)?, path.get(at + 1..)?)));
    divided.find(|(_, place)| host::by_path(place) == Some(host))
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(inner: &str, outer: &str) -> Vec<String> {
        let text = |name: &str| format!("---\nname: {name}\ndescription: Use it\n---\nYou help.\n");
        let path = "a/b/.claude/agents/x.md";
        let files = [(path, &*text(inner)), (".claude/agents/x.md", &*text(outer))];
        findings_in("shadowed-role", path, &files)
    }

    #[test]
    fn only_the_same_name_is_shadowed() {
        assert_eq!(check("x", "x"), ["2:7-2:8 info `x` is a copy of `.claude/agents/x.md`"]);
        assert_eq!(check("x", "y"), [""; 0]);
    }
}
