//! A name that the host does not take.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::{self, Effect, FieldRole, Pattern};
use crate::yaml::Node;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "invalid-name",
    severity: Severity::Error,
    profile: Profile::Core,
    summary: "The name of the role breaks what the host enforces.",
    why: "A host skips or refuses a role whose name it cannot use. Claude Code keeps `:` for plugins and skips such a file without a message; Gemini CLI takes lower-case letters, digits, `-` and `_`. What a host only recommends is a matter of style and reported with the style profile alone.",
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
        // An empty name is a missing one.
        if field.error.is_some() || name.trim().is_empty() || field.value.is_null() {
            continue;
        }
        if let Some(finding) = enforced(cx, known, &field.value, name) {
            cx.report(finding);
        } else if cx.options.profile == Profile::Style
            && let Some(pattern) = known.style.filter(|pattern| !pattern.matches(name))
        {
            let message = format!("`{name}` is not {}", pattern.name());
            let finding = Finding::new(field.value.span, message)
                .severity(Severity::Info)
                .reason(format!("{} documents names like this; others work.", cx.host.product));
            cx.report(with_fix(finding, &field.value, name, pattern, known.max_chars));
        }
    }
}

fn enforced(
    cx: &Context<'_>,
    known: &host::Field,
    value: &Node<'_>,
    name: &str,
) -> Option<Finding> {
    let severity = match known.invalid {
        Effect::Rejected | Effect::LosesHead => Severity::Error,
        _ => Severity::Warning,
    };
    let refused = |message: String| {
        let finding = Finding::new(value.span, message).severity(severity);
        match known.invalid_note {
            Some(note) => finding.reason(note),
            None => finding.reason(format!("{} does not take such a name.", cx.host.product)),
        }
    };
    let most = usize::from(known.max_chars);
    let length = name.chars().count();
    match known.pattern.filter(|pattern| !pattern.matches(name)) {
        Some(pattern) => {
            let message = format!("`{name}` is no valid name: use {}", allowed(pattern));
            Some(with_fix(refused(message), value, name, pattern, known.max_chars))
        }
        None if most > 0 && length > most => {
            let message = format!("The name has {length} characters; {most} are allowed");
            Some(refused(message).help(format!("Shorten it to {most} characters.")))
        }
        None => None,
    }
}

fn allowed(pattern: Pattern) -> String {
    match pattern {
        Pattern::NoColon => String::from("no `:` and no `-` at the start"),
        other => format!("only {}", other.name()),
    }
}

fn with_fix(
    finding: Finding,
    value: &Node<'_>,
    name: &str,
    pattern: Pattern,
    most: u16,
) -> Finding {
    let help = finding.help(format!("Use {}.", pattern.name()));
    let Some(slug) = slug(name, pattern) else { return help };
    if most > 0 && slug.chars().count() > usize::from(most) {
        return help;
    }
    help.unsafe_fix(format!("Rename it to `{slug}`"), Vec::from([(value.span, slug)]))
}

/// The name with everything that is not allowed made a hyphen.
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
    use crate::rules::tests::findings;
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
            ["2:7-2:10 error `a:b` is no valid name: use no `:` and no `-` at the start"]
        );
        assert_eq!(
            check(".gemini/agents/x.md", "Code Reviewer"),
            [
                "2:7-2:20 error `Code Reviewer` is no valid name: use only lower-case letters, digits, `-` and `_`"
            ]
        );
        assert_eq!(
            check("skills/x/SKILL.md", "\"my_skill\""),
            [
                "2:7-2:17 warning `my_skill` is no valid name: use only lower-case letters, digits and single hyphens between them"
            ]
        );
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(
            check("skills/x/SKILL.md", &"é".repeat(65)),
            ["2:7-2:72 warning The name has 65 characters; 64 are allowed"]
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
