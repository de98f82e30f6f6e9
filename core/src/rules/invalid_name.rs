//! Role names that the host does not accept.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{self, Effect, FieldRole, Identity, Pattern};
use crate::yaml::Node;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-name",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The name of the role breaks a rule that the host enforces.",
    why: "A host skips or rejects a role whose name it cannot use. Claude Code reserves `:` for plugins and silently skips such a file; Gemini CLI accepts only lowercase letters, digits, `-` and `_`; Qwen Code and Kiro reserve some names. Naming conventions that a host merely recommends, and words that only an upload is rejected for, are checked only in the `style` profile.",
    example: Example {
        path: ".claude/agents/reviewer.md",
        bad: "---\nname: team:reviewer\ndescription: Use it after every change\ntools: Read\n---\n\nYou review changes.\n",
        at: "team:reviewer",
        good: "---\nname: team-reviewer\ndescription: Use it after every change\ntools: Read\n---\n\nYou review changes.\n",
        files: &[],
    },
    check: Check::Role(check),
};

fn check(cx: &mut Context<'_>) {
    for known in cx.host.fields.iter().filter(|field| field.role == FieldRole::Name) {
        let Some(field) = cx.role.field(known.name) else { continue };
        let Some(name) = field.value.as_str() else { continue };
        // An empty name counts as missing, which matters only if a name is required.
        if !known.required && known.min_chars > 0 && name.is_empty() && !field.value.is_null() {
            let finding = Finding::new(field.name_span, format!("Field `{}` is empty", known.name));
            let help = "Write a name, or remove the field.";
            cx.report(finding.severity(Severity::Warning).help(help));
        }
        if field.error.is_some() || name.trim().is_empty() || field.value.is_null() {
            continue;
        }
        if let Some(finding) = enforced(cx, known, &field.value, name) {
            cx.report(finding);
        } else if (cx.options.profile == Profile::Style || name.contains('.'))
            && !cx.host.agents.contains(&name)
            && let Some(pattern) = known.style.filter(|pattern| !pattern.matches(name))
        {
            let message = format!("Name `{name}` does not follow the naming convention");
            let finding = Finding::new(field.value.span, message).severity(Severity::Info).reason(
                format!("{} recommends {}; other names work too.", cx.host.product, pattern.name()),
            );
            cx.report(with_fix(cx, finding, &field.value, name, pattern, known.max_chars));
        } else if cx.options.profile == Profile::Style {
            advised_against(known, &field.value, name).into_iter().for_each(|it| cx.report(it));
        }
    }
}

/// A name that works, although the documentation advises against it or forbids a part of it.
fn advised_against(known: &host::Field, value: &Node<'_>, name: &str) -> Option<Finding> {
    let part = known.forbidden.iter().find(|part| name.split('-').any(|word| word == **part));
    let finding = match part {
        Some(part) => Finding::new(value.span, format!("Name `{name}` contains `{part}`"))
            .reason(known.forbidden_note.unwrap_or(""))
            .help("Choose another name if the skill is to be published."),
        None if known.vague.contains(&name) => {
            Finding::new(value.span, format!("Name `{name}` does not say what the skill does"))
                .help("Name the task, for example `processing-forms`.")
        }
        None => return None,
    };
    Some(finding.severity(Severity::Info))
}

fn enforced(
    cx: &Context<'_>,
    known: &host::Field,
    value: &Node<'_>,
    name: &str,
) -> Option<Finding> {
    let severity = match known.invalid {
        Effect::Rejected | Effect::LosesFrontMatter => Severity::Error,
        _ => Severity::Warning,
    };
    let refused = |message: String| {
        let finding = Finding::new(value.span, message).severity(severity);
        match known.invalid_note {
            Some(note) => finding.reason(note),
            None => finding,
        }
    };
    if known.reserved.contains(&name) {
        let finding = refused(format!("Name `{name}` is reserved"));
        let finding = match known.reserved_note {
            Some(note) => finding.reason(note),
            None => finding,
        };
        return Some(finding.help(format!("Choose another name, for example `{name}-agent`.")));
    }
    let most = usize::from(known.max_chars);
    let length = name.chars().count();
    // A role that replaces a built-in agent of the host has the same name as that agent.
    let is_own = cx.host.agents.contains(&name);
    match known.pattern.filter(|pattern| !is_own && !pattern.matches(name)) {
        Some(pattern) => {
            let message = format!("Invalid name `{name}`: {}", requirement(pattern, name));
            Some(with_fix(cx, refused(message), value, name, pattern, known.max_chars))
        }
        None if most > 0 && length > most => {
            let message = format!("Name is {length} characters long; the limit is {most}");
            Some(refused(message).help(format!("Shorten it to at most {most} characters.")))
        }
        None => None,
    }
}

fn requirement(pattern: Pattern, name: &str) -> String {
    match pattern {
        Pattern::NoColon if name.starts_with('-') && !name.contains(':') => {
            String::from("must not start with `-`")
        }
        Pattern::NoColon => String::from("must not contain `:`"),
        other => format!("use only {}", other.name()),
    }
}

fn with_fix(
    cx: &Context<'_>,
    finding: Finding,
    value: &Node<'_>,
    name: &str,
    pattern: Pattern,
    most: u16,
) -> Finding {
    // If the folder must have the same name, it shows the intended name: `cpp` for `C++`.
    let folder =
        cx.role.path.rsplit('/').nth(1).filter(|folder| {
            cx.host.identity == Identity::FieldAndFolder && pattern.matches(folder)
        });
    let slug = folder.map(String::from).or_else(|| slug(name, pattern));
    let slug = slug.filter(|slug| most == 0 || slug.chars().count() <= usize::from(most));
    match slug {
        Some(slug) => finding
            .unsafe_fix(format!("Rename `{name}` to `{slug}`"), Vec::from([(value.span, slug)])),
        None => finding.help("Choose another name, for example `code-reviewer`."),
    }
}

/// The name with every disallowed character replaced by a hyphen.
fn slug(name: &str, pattern: Pattern) -> Option<String> {
    let keep_case = matches!(pattern, Pattern::NoColon | Pattern::Slug | Pattern::Word);
    let mut slug = String::new();
    for c in name.trim().chars() {
        let kept = match pattern {
            Pattern::NoColon => c != ':',
            Pattern::LowerHyphen => c.is_alphanumeric(),
            Pattern::LowerSlug => c.is_ascii_alphanumeric() || c == '_',
            Pattern::Slug => c.is_ascii_alphanumeric(),
            _ => c.is_alphanumeric() || c == '_',
        };
        if kept && keep_case {
            slug.push(c);
        } else if kept {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = String::from(slug.trim_matches('-'));
    pattern.matches(&slug).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::slug;
    use crate::host::Pattern;
    use crate::rules::tests::{findings, fixed_unsafely};
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn check(path: &str, name: &str) -> Vec<String> {
        let text = format!("---\nname: {name}\ndescription: Use it\n---\n\nYou help.\n");
        findings("invalid-name", path, &text)
    }

    #[test]
    fn what_the_host_enforces_is_checked() {
        assert_eq!(
            check(".claude/agents/x.md", "a:b"),
            ["2:7-2:10 error Invalid name `a:b`: must not contain `:`"]
        );
        assert_eq!(
            check(".gemini/agents/x.md", "Code Reviewer"),
            [
                "2:7-2:20 error Invalid name `Code Reviewer`: use only lowercase letters, digits, `-` and `_`"
            ]
        );
        assert_eq!(
            check("skills/x/SKILL.md", "\"my_skill\""),
            [
                "2:7-2:17 warning Invalid name `my_skill`: use only lowercase letters, digits and single hyphens between them"
            ]
        );
    }

    #[test]
    fn names_that_the_host_keeps_for_itself_are_reported() {
        assert_eq!(
            check(".qwen/agents/x.md", "system"),
            ["2:7-2:13 error Name `system` is reserved"]
        );
        assert_eq!(
            check(".kiro/agents/x.md", "plan"),
            ["2:7-2:11 warning Name `plan` is reserved"]
        );
        assert!(check(".qwen/agents/x.md", "system-tests").is_empty());
        assert_eq!(check(".kiro/agents/x.md", "\"\""), ["2:1-2:5 warning Field `name` is empty"]);
    }

    #[test]
    fn the_folder_says_which_name_is_meant() {
        let text = "---\nname: C++\ndescription: Use it\n---\n\nYou help.\n";
        assert_eq!(
            fixed_unsafely("skills/cpp/SKILL.md", text),
            "---\nname: cpp\ndescription: Use it\n---\n\nYou help.\n"
        );
    }

    #[test]
    fn names_that_the_documentation_advises_against_are_a_matter_of_style() {
        let check = |name: &str| {
            let text = format!("---\nname: {name}\ndescription: Use it\n---\n\nYou help.\n");
            findings("invalid-name", &format!("skills/{name}/SKILL.md"), &text)
        };
        assert_eq!(
            check("helper"),
            ["2:7-2:13 info Name `helper` does not say what the skill does"]
        );
        assert_eq!(check("claude-forms"), ["2:7-2:19 info Name `claude-forms` contains `claude`"]);
        for name in ["helpers", "pdf-helper", "claudette"] {
            assert_eq!(check(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(
            check("skills/x/SKILL.md", &"é".repeat(65)),
            ["2:7-2:72 warning Name is 65 characters long; the limit is 64"]
        );
        assert!(check("skills/x/SKILL.md", &"é".repeat(64)).is_empty());
    }

    #[test]
    fn other_hosts_and_empty_names_are_quiet() {
        assert!(check(".github/agents/x.agent.md", "Any: thing").is_empty());
        assert!(check(".github/agents/x.agent.md", "Any Thing!").is_empty());
        assert!(check(".claude/agents/x.md", "").is_empty());
        assert!(check(".gemini/agents/x.md", "a_b-c").is_empty());
    }

    #[test]
    fn a_slug_keeps_what_is_allowed() {
        assert_eq!(slug("Code  Reviewer!", Pattern::LowerSlug).as_deref(), Some("code-reviewer"));
        assert_eq!(slug("team:A", Pattern::NoColon).as_deref(), Some("team-A"));
        assert_eq!(slug("Prüf_er", Pattern::LowerHyphen).as_deref(), Some("prüf-er"));
        assert_eq!(slug("审查", Pattern::LowerSlug), None);
    }
}
