//! `rolewright rules` and `rolewright hosts`: lists rules or hosts, or explains one of them.

use crate::arguments::ListOptions;
use crate::exit;
use crate::failure::Failure;
use crate::frame::visible;
use crate::names::{self, EMPTY_FILE, FieldDoc, HostDoc, RuleDoc};
use crate::style::{self, Ink, Style};
use crate::tally::grouped;
use crate::width::wrapped;
use crate::world::{Stream, World};
use serde_json::Value;

/// Lists the rules or explains one.
pub(crate) fn rules(world: &dyn World, options: &ListOptions) -> Result<u8, Failure> {
    let docs = names::rule_docs();
    let one = options.name.as_ref().map(|name| {
        docs.iter()
            .find(|rule| rule.name == *name)
            .ok_or_else(|| Failure::usage("rules", names::unknown_rule(name)))
    });
    let one = one.transpose()?;
    let style = Style::of(world, Stream::Output, options.color);
    let text = match one {
        _ if options.json => json(names::RULES, "name", options.name.as_deref()),
        Some(rule) => explained(rule, style, room(world)),
        None => table(&docs, style),
    };
    world.write(Stream::Output, &text);
    Ok(exit::FINE)
}

/// Lists the hosts or describes one.
pub(crate) fn hosts(world: &dyn World, options: &ListOptions) -> Result<u8, Failure> {
    let docs = names::host_docs();
    let one = options.name.as_ref().map(|id| {
        docs.iter()
            .find(|host| host.id == *id)
            .ok_or_else(|| Failure::usage("hosts", names::unknown_host(id)))
    });
    let one = one.transpose()?;
    let style = Style::of(world, Stream::Output, options.color);
    let text = match one {
        _ if options.json => json(names::FACTS, "id", options.name.as_deref()),
        Some(host) => described(host, style, room(world)),
        None => listed(&docs, style),
    };
    world.write(Stream::Output, &text);
    Ok(exit::FINE)
}

fn room(world: &dyn World) -> usize {
    style::width(world, Stream::Output).min(100)
}

/// The list as published, or only the entry whose `key` is `name`.
fn json(source: &str, key: &str, name: Option<&str>) -> String {
    let list: Vec<Value> = serde_json::from_str(source).unwrap_or_default();
    let one = name.and_then(|name| list.iter().find(|entry| entry[key] == name));
    let text = match one {
        Some(entry) => serde_json::to_string_pretty(entry),
        None => serde_json::to_string_pretty(&list),
    };
    text.unwrap_or_default() + "\n"
}

fn table(docs: &[RuleDoc], style: Style) -> String {
    let width = docs.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let line = |rule: &RuleDoc| {
        let ink = match rule.severity.as_str() {
            "error" => Ink::Red,
            "warning" => Ink::Yellow,
            _ => Ink::Blue,
        };
        let name = style.bold(&format!("{:width$}", rule.name));
        let severity = style.paint(ink, &format!("{:7}", rule.severity));
        format!("{name}  {severity}  {}\n", rule.summary)
    };
    docs.iter().map(line).collect()
}

fn explained(rule: &RuleDoc, style: Style, width: usize) -> String {
    let fixed = match rule.fix.as_deref() {
        Some("safe") => ", with a safe fix",
        Some(_) => ", with an unsafe fix",
        None => "",
    };
    let example = |text: &str| {
        let text = visible(text);
        let lines = text.split('\n').map(|line| format!("    {line}"));
        lines.collect::<Vec<_>>().join("\n").trim_end().to_string()
    };
    let front_matter =
        format!("{}: {}, profile {}{fixed}", style.bold(&rule.name), rule.severity, rule.profile);
    let mut out = vec![front_matter, String::new()];
    out.extend(wrapped(&rule.summary, width));
    out.push(String::new());
    out.extend(wrapped(&rule.why, width));
    out.push(String::new());
    out.push(style.bold(&format!("Incorrect ({}):", rule.path)));
    out.push(example(&rule.bad));
    out.push(String::new());
    out.push(style.bold("Correct:"));
    out.push(example(&rule.good));
    for (path, text) in &rule.files {
        out.push(String::new());
        out.push(style.bold(&format!("With {path}:")));
        out.push(example(if text.is_empty() { EMPTY_FILE } else { text }));
    }
    out.join("\n") + "\n"
}

fn listed(docs: &[HostDoc], style: Style) -> String {
    let width = docs.iter().map(|host| host.id.len()).max().unwrap_or(0);
    let line = |host: &HostDoc| {
        let place = host.locations.first().map(|place| style.dim(&format!("  {place}")));
        let id = style.bold(&format!("{:width$}", host.id));
        format!("{id}  {}{}\n", host.title, place.unwrap_or_default())
    };
    docs.iter().map(line).collect()
}

fn described(host: &HostDoc, style: Style, width: usize) -> String {
    let mut out = vec![format!("{}: {}", style.bold(&host.id), host.title), String::new()];
    out.push(style.bold("Files"));
    out.extend(host.locations.iter().map(|place| format!("  {place}")));
    if host.locations.is_empty() {
        out.push(format!("  no fixed location; select it with --host {}", host.id));
    }
    if !host.fields.is_empty() {
        out.extend([String::new(), style.bold("Fields")]);
    }
    for field in &host.fields {
        let said = field_text(field);
        let mut lines = wrapped(&said, width.saturating_sub(6)).into_iter();
        let first = lines.next().unwrap_or_default();
        out.push(format!("  {}", first.replacen(&field.name, &style.bold(&field.name), 1)));
        out.extend(lines.map(|line| format!("      {line}")));
    }
    let mut names = |title: &str, names: Vec<&str>| {
        if !names.is_empty() {
            out.extend([String::new(), style.bold(title)]);
            let lines = wrapped(&names.join(", "), width.saturating_sub(2));
            out.extend(lines.iter().map(|line| format!("  {line}")));
        }
    };
    let current = host.tools.iter().filter(|tool| tool.status == "current");
    names("Tools", current.map(|tool| tool.name.as_str()).collect());
    names("Models", host.models.iter().map(String::as_str).collect());
    if let Some(limit) = &host.limit {
        let advice = if limit.hard { "" } else { " (recommended)" };
        out.extend([String::new(), style.bold("Longest prompt")]);
        out.push(format!("  {} {}{advice}", grouped(limit.max), limit.unit));
    }
    let source = host.source.strip_suffix('.').unwrap_or(&host.source);
    // A whole date has two hyphens.
    let on = if host.checked.matches('-').count() == 2 { "on" } else { "in" };
    out.push(String::new());
    let source = format!("Source: {source}; checked {on} {}.", host.checked);
    for line in [facts(host), source] {
        out.extend(wrapped(&line, width).iter().map(|line| style.dim(line)));
    }
    out.join("\n") + "\n"
}

/// How well the host is known.
fn facts(host: &HostDoc) -> String {
    let known = match host.tier.as_str() {
        "verified" => "checked against the host's own code",
        "documented" => "taken from documentation",
        _ => "few are known, so nothing is reported as an error",
    };
    match &host.version {
        Some(version) => format!("Facts: {known}, version {version}."),
        None => format!("Facts: {known}."),
    }
}

fn field_text(field: &FieldDoc) -> String {
    let FieldDoc { name, status, instead, required, types, values, note } = field;
    let mut said = format!("{name}  {}", types.join(" or "));
    if !values.is_empty() {
        said.push_str(&format!(": {}", values.join(", ")));
    }
    if *required {
        said.push_str("; required");
    }
    match (status.as_str(), instead) {
        ("deprecated", Some(instead)) => {
            said.push_str(&format!("; deprecated in favor of {instead}"));
        }
        ("deprecated", None) => said.push_str("; deprecated"),
        ("ignored", _) => said.push_str("; ignored"),
        _ => {}
    }
    if let Some(note) = note {
        said.push_str(&format!(". {note}"));
    }
    said
}
