//! Reports skills that a role lists but that only a person may start.

use super::{Name, Skill};
use crate::host::FieldRole;
use crate::role::Role;
use crate::rules::{Context, Finding};
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(cx: &Context<'_>, names: &[Name], skills: &[Skill<'_>]) -> Vec<Finding> {
    let Some(flag) = cx.host.field_for(FieldRole::Skills).and_then(|known| known.skips) else {
        return Vec::new();
    };
    let is_kept = |path: &str| {
        let text = cx.files.text(path).unwrap_or_default();
        let skill = Role::without_outline(&text, path);
        skill.field(flag).is_some_and(|field| field.value.as_bool() == Some(true))
    };
    let one = |it: &Name| {
        let called = skills.iter().filter(|skill| skill.name == it.name);
        let mut files = called.map(|skill| skill.path).peekable();
        files.peek()?;
        // If several skills have this name, the intended skill is unknown.
        files.all(is_kept).then(|| {
            Finding::new(it.span, format!("The skill `{}` cannot be preloaded", it.name))
                .reason(format!(
                    "{} skips a skill that sets `{flag}: true`, so the role starts without it.",
                    cx.host.product
                ))
                .help(format!("Remove it from the list, or remove `{flag}` from the skill."))
        })
    };
    names.iter().filter(|it| !it.in_text).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings_in;

    #[test]
    fn a_skill_that_only_a_person_may_start_is_not_preloaded() {
        let agent = ".claude/agents/x.md";
        let text = "---\nname: x\ndescription: Use it\nskills: [deploy, ask]\n---\n\nYou help.\n";
        let files = [
            (agent, text),
            (".claude/skills/deploy/SKILL.md", "---\ndisable-model-invocation: true\n---\n"),
            (".claude/skills/ask/SKILL.md", "---\ndisable-model-invocation: false\n---\n"),
        ];
        assert_eq!(
            findings_in("unknown-skill", agent, &files),
            ["4:10-4:16 warning The skill `deploy` cannot be preloaded"]
        );
    }
}
