//! Long lists of topics that contain no instruction.

use super::{Check, Context, Example, Finding, Profile, Rule};
use crate::diagnostic::Severity;
use crate::host::Kind;
use crate::text::Span;
use alloc::format;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "noun-catalog",
    severity: Severity::Info,
    profile: Profile::Style,
    summary: "Most items of the role's long lists are topics and not instructions.",
    why: "A list item such as \"Event sourcing\" tells a model nothing that it does not know, and costs tokens in every conversation. Context files of this kind made agents slower and no better (Evaluating AGENTS.md, arXiv 2602.11988). A role is reported if it has at least sixty list items and three in five of them have at most four words.",
    example: Example {
        path: "roles/architect.md",
        bad: "# Architect\n\nYou design services.\n\n- Event sourcing\n- Sagas\n- Outbox tables\n- Read models\n- Queues\n- Topics\n- Dead letters\n- Retries\n- Backoff\n- Jitter\n- Timeouts\n- Bulkheads\n- Circuit breakers\n- Rate limits\n- Load shedding\n- Caches\n- Eviction\n- Warm starts\n- Sharding\n- Replication\n- Quorums\n- Leader election\n- Leases\n- Clocks\n- Snapshots\n- Migrations\n- Rollbacks\n- Feature flags\n- Canaries\n- Blue and green\n- Health checks\n- Probes\n- Metrics\n- Traces\n- Logs\n- Alerts\n- Budgets\n- Dashboards\n- Runbooks\n- Reviews\n- Contracts\n- Schemas\n- Versions\n- Gateways\n- Proxies\n- Meshes\n- Secrets\n- Keys\n- Rotation\n- Audits\n- Roles\n- Scopes\n- Tenants\n- Regions\n- Zones\n- Backups\n- Restores\n- Drills\n- Costs\n- Quotas\n",
        at: "- Event sourcing",
        good: "# Architect\n\nYou design services.\n\n- Prefer one table over two until a measurement says otherwise.\n",
        files: &[],
    },
    check: Check::Role(check),
};

/// Fewer items are a list like any other.
const MIN_ITEMS: usize = 60;

/// The most words of a phrase that counts as a topic.
const MAX_WORDS: usize = 4;

fn check(cx: &mut Context<'_>) {
    let role = cx.role;
    let all = role.outline.items.len();
    if all < MIN_ITEMS || cx.host.kind != Kind::Role {
        return;
    }
    let mut topics = role.outline.items.iter().filter_map(|item| {
        let line = role.line_at(item.span.start);
        let span = Span::new(item.span.start, line.end.min(item.span.end).max(item.span.start));
        is_topic(span.of(role.text)).then_some(span)
    });
    let Some(first) = topics.next() else { return };
    let count = 1 + topics.count();
    if count * 5 <= all * 3 {
        return;
    }
    let first = Span::new(first.start, first.start + first.of(role.text).trim_end().len());
    cx.report(
        Finding::new(
            first,
            format!("{count} of {all} list items are topics without an instruction"),
        )
        .reason("They cost tokens and tell the model nothing about what to do.")
        .help("Say what to do about each topic, or delete what the model knows anyway."),
    );
}

/// Whether an item is a short phrase: not a sentence, a label or a checkbox item.
fn is_topic(item: &str) -> bool {
    let text =
        item.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '`' && c != '[').trim_end();
    let is_phrase = !text.ends_with(['.', '!', '?', ':']) && !text.starts_with(['[', '`']);
    is_phrase && !text.is_empty() && text.split_whitespace().nth(MAX_WORDS).is_none()
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::findings;

    #[test]
    fn only_many_short_phrases_are_a_catalog() {
        let check = |text: &str| findings("noun-catalog", "roles/a.md", text);
        assert_eq!(
            check(&"- Event sourcing\n".repeat(60)),
            ["1:1-1:17 info 60 of 60 list items are topics without an instruction"]
        );
        assert_eq!(check(&"- Event sourcing\n".repeat(59)), [""; 0]);
        assert_eq!(check(&"- Run the tests.\n".repeat(80)), [""; 0]);
        assert_eq!(check(&"- [ ] Tests pass\n".repeat(80)), [""; 0]);
    }
}
