//! Finds mistakes in a fact file that its schema alone does not exclude: meaningless words,
//! dangling names. Does not judge whether a fact is true.

use super::facts::{Facts, Field, Tool};
use anyhow::{Context, Result, ensure};

const EFFECTS: &[&str] = &[
    "ignored",
    "rejected",
    "loses-front-matter",
    "truncated",
    "forwarded",
    "warned",
    "accepted",
    "unknown",
];

const TYPES: &[&str] =
    &["text", "bool", "integer", "number", "texts", "list", "map", "text-map", "bool-map", "any"];

const PATTERNS: &[&str] = &[
    "no-colon",
    "lower-hyphen",
    "lower-slug",
    "slug",
    "word",
    "provider-model",
    "hex-color",
    "nickname",
    "not-blank",
];

const ROLES: &[&str] = &[
    "name",
    "display-name",
    "description",
    "when-to-use",
    "prompt",
    "tools",
    "denied-tools",
    "approved-tools",
    "permissions",
    "permission-mode",
    "tool-settings",
    "tool-aliases",
    "read-only",
    "sandbox",
    "model",
    "effort",
    "temperature",
    "top-p",
    "max-turns",
    "timeout",
    "mcp-servers",
    "hooks",
    "skills",
    "memory",
    "background",
    "isolation",
    "color",
    "initial-prompt",
    "argument-hint",
    "user-invocable",
    "model-invocation",
    "agents",
    "allowed-servers",
    "handoffs",
    "target",
    "mode",
    "hidden",
    "disabled",
    "globs",
    "always-apply",
    "license",
    "compatibility",
    "metadata",
    "other",
];

const CAPABILITIES: &[&str] = &[
    "read",
    "search",
    "list",
    "edit",
    "write",
    "execute",
    "web-fetch",
    "web-search",
    "delegate",
    "todo",
    "ask-user",
    "notebook",
    "skill",
    "mcp",
    "other",
];

const IDENTITIES: &[&str] = &["field", "field-and-folder", "field-or-file", "file", "none"];

const READINGS: &[&str] = &["strict", "rescues-colon", "rescues-colon-always", "lines"];

/// Fails with a sentence about the first mistake.
pub fn check(facts: &Facts) -> Result<()> {
    let groups = [
        (&facts.front_matter.source, &facts.front_matter.checked),
        (&facts.fields.source, &facts.fields.checked),
        (&facts.roles.source, &facts.roles.checked),
        (&facts.tools.source, &facts.tools.checked),
        (&facts.models.source, &facts.models.checked),
        (&facts.placeholders.source, &facts.placeholders.checked),
    ];
    let fields = facts.field.iter().map(|field| (&field.source, &field.checked));
    let body = facts.body.iter().map(|body| (&body.source, &body.checked));
    check_date(&facts.checked)?;
    for (source, checked) in groups.into_iter().chain(fields).chain(body) {
        ensure!(source.is_some() == checked.is_some(), "`source` and `checked` require each other");
        checked.as_deref().map_or(Ok(()), check_date)?;
    }
    let effects = [&facts.front_matter.invalid, &facts.front_matter.missing, &facts.fields.unknown];
    for manifest in &facts.manifest {
        check_date(&manifest.checked)?;
    }
    for place in facts.deprecated.iter().chain(&facts.overlooked) {
        check_date(&place.checked)?;
    }
    check_relations(facts)?;
    for [date, _] in facts.models.retired.values() {
        check_date(date)?;
    }
    for id in &facts.models.replaced {
        ensure!(facts.models.retired.contains_key(id), "`{id}` is not a retired model");
    }
    let further = [&facts.tools.unknown, &facts.tools.none_left, &facts.models.unknown];
    for effect in effects.into_iter().chain(further.into_iter().flatten()) {
        one_of("an effect", effect, EFFECTS)?;
    }
    let amounts = [&facts.tools.empty_list, &facts.tools.without_list];
    for amount in amounts.into_iter().flatten() {
        one_of("an amount", amount, &["all", "none", "unknown"])?;
    }
    if let Some(permissions) = &facts.tools.permissions {
        one_of("what a file carries", permissions, &["none"])?;
    }
    one_of("a syntax", &facts.syntax, &["markdown", "toml", "yaml", "json"])?;
    one_of("a kind", &facts.kind, &["role", "prompt", "rule", "context"])?;
    one_of("a tier", &facts.tier, &["verified", "documented", "recognized"])?;
    ensure!(facts.legacy.is_none() || facts.ended.is_none(), "it has two statuses");
    one_of("an identity", &facts.identity, IDENTITIES)?;
    one_of("a presence", &facts.front_matter.presence, &["required", "optional", "none"])?;
    one_of("a way to read YAML", &facts.front_matter.yaml, READINGS)?;
    if let Some(budget) = &facts.descriptions {
        check_date(&budget.checked)?;
    }
    if let Some(body) = &facts.body {
        one_of("a unit", &body.unit, &["characters", "bytes", "lines"])?;
    }
    for field in &facts.field {
        check_field(facts, field).with_context(|| format!("in the field `{}`", field.name))?;
    }
    for tool in facts.tools.list.iter().flatten() {
        check_tool(facts, tool).with_context(|| format!("in the tool `{}`", tool.name))?;
    }
    Ok(())
}

/// Relations must name existing fields, and the dates when they were read.
fn check_relations(facts: &Facts) -> Result<()> {
    let known = |name: &String| {
        ensure!(
            facts.fields.like.is_some() || facts.field.iter().any(|field| field.name == *name),
            "unknown field `{name}`"
        );
        Ok(())
    };
    for one in &facts.needs {
        check_date(&one.checked)?;
        [&one.field, &one.other].into_iter().try_for_each(known)?;
    }
    for one in &facts.requires {
        check_date(&one.checked)?;
        one_of("an effect", &one.effect, EFFECTS)?;
        [&one.field].into_iter().chain(&one.one_of).try_for_each(known)?;
    }
    for client in &facts.client {
        check_date(&client.checked)?;
    }
    for reader in facts.field.iter().flat_map(|field| &field.readers) {
        ensure!(!reader.is_empty(), "a reader without a name");
    }
    for shared in &facts.shared {
        check_date(&shared.checked)?;
        ensure!(shared.folders.len() > 1, "`{}` reads only one folder", shared.name);
    }
    if let Some(applied) = &facts.applied {
        check_date(&applied.checked)?;
        applied.by.iter().try_for_each(known)?;
    }
    for one in &facts.applies {
        check_date(&one.checked)?;
        known(&one.field)?;
    }
    if let Some(hooks) = &facts.hooks {
        ensure!(hooks.like.is_some() != hooks.source.is_some(), "hooks need a source, or a host");
        hooks.checked.as_deref().map_or(Ok(()), check_date)?;
    }
    if let Some(servers) = &facts.servers {
        check_date(&servers.checked)?;
    }
    Ok(())
}

fn check_field(facts: &Facts, field: &Field) -> Result<()> {
    ensure!(!field.types.is_empty(), "it needs at least one type");
    ensure!(!field.closed || !field.values.is_empty(), "a closed list needs values");
    ensure!(
        facts.field.iter().filter(|other| other.name == field.name).count() == 1,
        "it is listed twice"
    );
    for effect in [Some(&field.invalid), field.missing.as_ref()].into_iter().flatten() {
        one_of("an effect", effect, EFFECTS)?;
    }
    one_of("a role", &field.role, ROLES)?;
    field.types.iter().try_for_each(|ty| one_of("a type", ty, TYPES))?;
    for pattern in [&field.pattern, &field.style].into_iter().flatten() {
        one_of("a pattern", pattern, PATTERNS)?;
    }
    if let Some(split) = &field.split {
        one_of(
            "a split",
            split,
            &["whole", "commas", "spaces", "commas-or-spaces", "spaces-or-commas"],
        )?;
    }
    let statuses = [&field.extension, &field.deprecated, &field.ignored];
    ensure!(statuses.iter().filter(|status| status.is_some()).count() < 2, "it has two statuses");
    ensure!(field.ignored_help.is_none() || field.ignored.is_some(), "it is not ignored");
    if let Some(successor) = field.deprecated.as_deref().filter(|name| !name.is_empty()) {
        ensure!(
            facts.field.iter().any(|other| other.name == successor),
            "unknown field `{successor}`"
        );
    }
    Ok(())
}

fn check_tool(facts: &Facts, tool: &Tool) -> Result<()> {
    let list = facts.tools.list.as_deref().unwrap_or_default();
    ensure!(!tool.does.is_empty(), "it does nothing");
    tool.does.iter().try_for_each(|what| one_of("a capability", what, CAPABILITIES))?;
    ensure!(list.iter().filter(|other| other.name == tool.name).count() == 1, "it is listed twice");
    let targets = [&tool.alias, &tool.legacy, &tool.removed];
    ensure!(targets.iter().filter(|target| target.is_some()).count() < 2, "it has two statuses");
    for target in targets.into_iter().flatten().filter(|target| !target.is_empty()) {
        let current = |other: &&Tool| {
            other.alias.is_none() && other.legacy.is_none() && other.removed.is_none()
        };
        ensure!(
            list.iter().filter(current).any(|other| other.name == *target),
            "there is no current tool `{target}`"
        );
    }
    Ok(())
}

fn one_of(what: &str, value: &str, allowed: &[&str]) -> Result<()> {
    ensure!(allowed.contains(&value), "`{value}` is not {what}: {}", allowed.join(", "));
    Ok(())
}

/// A day, a month or a year, as precisely as known.
pub fn check_date(date: &str) -> Result<()> {
    let digits = date.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    let shape: Vec<u8> = digits.collect();
    let is_date = [&b"0000-00-00"[..], b"0000-00", b"0000"].contains(&shape.as_slice());
    ensure!(is_date, "`{date}` is not a date as YYYY-MM-DD, YYYY-MM or YYYY");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Facts> {
        let facts = toml::from_str(text)?;
        check(&facts)?;
        Ok(facts)
    }

    const HEAD: &str = "order = 1\nid = \"x\"\ntitle = \"X\"\nproduct = \"X\"\nsyntax = \"markdown\"\nlocations = []\n\
        routed = false\nidentity = \"none\"\nsource = \"s\"\nchecked = \"2026-01-01\"\n\
        [front_matter]\npresence = \"none\"\nyaml = \"strict\"\ninvalid = \"ignored\"\nmissing = \"accepted\"\n\
        [fields]\nunknown = \"ignored\"\n[tools]\n";

    #[track_caller]
    fn fails(more: &str, expected: &str) {
        let error = parse(&format!("{HEAD}{more}")).err().map(|error| format!("{error:#}"));
        assert!(error.as_deref().is_some_and(|error| error.contains(expected)), "{error:?}");
    }

    #[test]
    fn a_good_file_is_read() {
        assert_eq!(parse(HEAD).unwrap().id, "x");
    }

    #[test]
    fn a_mistake_is_named() {
        fails("colour = 1", "unknown field `colour`");
        fails("unknown = \"rejectd\"", "`rejectd` is not an effect: ignored");
        fails("source = \"s\"", "require each other");
        fails("source = \"s\"\nchecked = \"today\"", "`today` is not a date");
        fails("list = [{ name = \"A\", does = [\"read\"], alias = \"B\" }]", "no current tool `B`");
        fails("list = [{ name = \"A\", does = [\"fly\"] }]", "`fly` is not a capability: read");
        fails("list = [{ name = \"A\", does = [] }]", "in the tool `A`: it does nothing");
        fails(
            "[[field]]\nname = \"f\"\nrole = \"other\"\ntypes = []\ninvalid = \"ignored\"",
            "at least one type",
        );
    }
}
