//! Reports roles with more instructions than a model can keep in mind.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Kind;
use crate::role::Role;
use crate::text::Span;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "too-many-instructions",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "More than 150 list items in the role are instructions.",
    why: "The more instructions a prompt has, the more of them a model misses, especially later ones: at 500, the best models follow two thirds (IFScale, arXiv 2507.11538). Only list items that begin with a common imperative verb are counted.",
    example: Example {
        path: "roles/clerk.md",
        bad: "# Clerk\n\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Read it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Check it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Write it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Use it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Test it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Run it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n- Add it.\n",
        at: "- Read it.",
        good: "# Clerk\n\n- Read every letter.\n- Write down its date.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// The number of instructions that a model can follow well.
const MAX: usize = 150;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    if role.outline.items.len() <= MAX || cx.host.kind != Kind::Role {
        return;
    }
    let mut asked =
        role.outline.items.iter().map(|item| item.span).filter(|item| asks(role, *item));
    let Some(first) = asked.next() else { return };
    let count = 1 + asked.count();
    if count <= MAX {
        return;
    }
    let span = Span::new(first.start, role.line_at(first.start).end.min(first.end));
    let span = Span::new(span.start, span.start + span.of(role.text).trim_end().len());
    cx.report(
        Finding::new(span, format!("{count} list items are instructions"))
            .reason("With so many, a model overlooks some, especially later ones.")
            .help("Keep those that it would not follow on its own, or split the role."),
    );
}

/// Whether an item begins with an imperative verb.
fn asks(role: &Role<'_>, item: Span) -> bool {
    let text = item.of(role.text);
    let word = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let end = word.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(word.len());
    let mut lower = [0; 12];
    let (Some(word), Some(lower)) = (word.as_bytes().get(..end), lower.get_mut(..end)) else {
        return false;
    };
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    VERBS.binary_search_by(|verb| verb.as_bytes().cmp(lower)).is_ok()
}

/// Verbs that begin an instruction, sorted.
const VERBS: [&str; 84] = [
    "add",
    "address",
    "always",
    "analyze",
    "apply",
    "ask",
    "assess",
    "avoid",
    "begin",
    "break",
    "build",
    "call",
    "capture",
    "check",
    "choose",
    "clarify",
    "collect",
    "compare",
    "confirm",
    "consider",
    "convert",
    "create",
    "define",
    "delegate",
    "describe",
    "determine",
    "do",
    "document",
    "don",
    "enable",
    "ensure",
    "establish",
    "evaluate",
    "examine",
    "execute",
    "explain",
    "extract",
    "find",
    "fix",
    "focus",
    "follow",
    "generate",
    "give",
    "handle",
    "identify",
    "implement",
    "include",
    "install",
    "keep",
    "limit",
    "list",
    "load",
    "look",
    "maintain",
    "make",
    "map",
    "never",
    "note",
    "only",
    "plan",
    "prefer",
    "prepare",
    "provide",
    "read",
    "recommend",
    "remove",
    "report",
    "return",
    "review",
    "run",
    "search",
    "set",
    "show",
    "start",
    "stop",
    "suggest",
    "test",
    "update",
    "use",
    "validate",
    "verify",
    "wait",
    "work",
    "write",
];

#[cfg(test)]
mod tests {
    use super::VERBS;
    use crate::rules::tests::findings;

    #[test]
    fn only_items_that_ask_for_something_count() {
        assert!(VERBS.is_sorted());
        let check = |text: &str| findings("too-many-instructions", "roles/a.md", text);
        assert_eq!(
            check(&"- **Check** it.\n".repeat(151)),
            ["1:1-1:16 info 151 list items are instructions"]
        );
        assert_eq!(check(&"- Check it.\n".repeat(150)), [""; 0]);
        assert_eq!(check(&"- Event sourcing\n".repeat(300)), [""; 0]);
    }
}
