//! The themes under which the documentation lists the rules.

use rolewright_core::rules::{RULES, Rule};

/// Each theme and its rules. A rule that no theme names is listed at the end.
const THEMES: &[(&str, &[&str])] = &[
    (
        "Front matter",
        &[
            "cut-value",
            "directive-in-front-matter",
            "duplicate-field",
            "glued-delimiter",
            "invalid-syntax",
            "invalid-yaml",
            "literal-escape",
            "misplaced-front-matter",
        ],
    ),
    (
        "Fields",
        &[
            "deprecated-field",
            "ignored-field",
            "ineffective-field",
            "invalid-color",
            "invalid-field-type",
            "invalid-field-value",
            "invalid-hook",
            "invalid-server",
            "markup-in-field",
            "missing-argument-hint",
            "missing-companion-field",
            "missing-field",
            "near-miss-field",
            "unapplied-rule",
            "unknown-field",
            "unknown-model",
            "unsupported-field",
            "useless-glob",
        ],
    ),
    (
        "Names and descriptions",
        &[
            "ambiguous-routing",
            "deprecated-location",
            "description-budget",
            "description-length",
            "duplicate-role-name",
            "invalid-name",
            "missing-trigger",
            "name-mismatch",
            "reserved-name",
            "shadowed-name",
            "uninformative-description",
        ],
    ),
    (
        "Tools and permissions",
        &[
            "conflicting-tool",
            "dangerous-permission-mode",
            "dangling-handoff",
            "duplicate-tool",
            "empty-tools",
            "excessive-tools",
            "foreign-tool",
            "implicit-all-tools",
            "invalid-group",
            "missing-delegate-tool",
            "no-usable-tools",
            "removed-tool",
            "scoped-tool",
            "shadowed-permission",
            "tool-case",
            "unavailable-tool",
            "unknown-agent",
            "unknown-skill",
            "unknown-tool",
            "unlisted-approval",
            "unlisted-tool",
            "unrestricted-shell",
            "wildcard-tools",
        ],
    ),
    (
        "Security",
        &[
            "bidi-control",
            "concealment",
            "credential",
            "encoded-payload",
            "exfiltration-link",
            "hidden-instruction",
            "hidden-tag-characters",
            "invisible-character",
            "literal-server-secret",
            "load-time-command",
            "mixed-script",
            "override-text",
            "sensitive-include",
            "unexecuted-command",
        ],
    ),
    (
        "Structure",
        &[
            "bold-heading",
            "broken-numbering",
            "damaged-character",
            "doubled-quote",
            "empty-body",
            "empty-section",
            "escaped-fence",
            "glued-fence",
            "invalid-data-example",
            "multiple-titles",
            "nested-fence",
            "plain-heading",
            "skipped-heading-level",
            "truncated-file",
            "unbalanced-tag",
            "unclosed-fence",
        ],
    ),
    (
        "Content",
        &[
            "backslash-path",
            "broken-reference",
            "contradiction",
            "copied-role",
            "dated-quality",
            "emphasis-inflation",
            "first-person",
            "generic-identity",
            "host-placeholder",
            "leftover-text",
            "list-mismatch",
            "long-prompt",
            "machine-path",
            "missing-boundaries",
            "missing-identity",
            "missing-output",
            "over-limit",
            "repeated-section",
            "repeated-sentence",
            "threat",
            "unfilled-placeholder",
            "wrong-count",
        ],
    ),
    (
        "Templates",
        &[
            "ambiguous-include",
            "clamped-heading",
            "directive-in-code",
            "duplicate-title",
            "expansion-limit",
            "include-bloat",
            "include-case-mismatch",
            "include-cycle",
            "invalid-declaration",
            "missing-fragment",
            "missing-include",
            "multiline-inline-include",
            "orphaned-lead-in",
            "output-template",
            "unclosed-directive",
            "undefined-variable",
            "unknown-directive",
            "unsafe-include-path",
            "unused-variable",
        ],
    ),
    ("The check itself", &["unknown-rule", "unreadable-file", "unused-suppression"]),
];

/// Where rules without a theme are listed.
const OTHER: &str = "Other rules";

/// The theme of a rule.
pub(crate) fn of(rule: &str) -> &'static str {
    THEMES.iter().find(|(_, rules)| rules.contains(&rule)).map_or(OTHER, |(theme, _)| theme)
}

/// The themes in their order, each with its rules in the order of the engine.
pub(crate) fn grouped() -> Vec<(&'static str, Vec<&'static Rule>)> {
    let themes = THEMES.iter().map(|(theme, _)| *theme).chain([OTHER]);
    let groups =
        themes.map(|theme| (theme, RULES.iter().filter(|rule| of(rule.name) == theme).collect()));
    groups.filter(|(_, rules): &(_, Vec<&Rule>)| !rules.is_empty()).collect()
}
