//! Writes `docs/hosts.md` for people from the facts.

mod tools;

use super::facts::{Facts, Field, FrontMatterFacts, Place};
use std::fmt::Write;
use tools::{body, models, placeholders, tools};

const OPENING: &str = "\
<!-- Generated from core/data/hosts/*.toml by `cargo xtask docs`; changes belong there. -->

# Hosts

A host is a product that reads role definitions. Rolewright checks a role for one host at a time,
using the facts on this page. A fact is *verified* if it was read in the host's own code or tried,
*documented* if it was read in documentation; the files of a *recognized* host are only found and previewed. Each group of facts names its source and when it was last checked.
Is something wrong or out of date? The facts are plain TOML in `core/data/hosts/`, one file per
host, and CONTRIBUTING.md explains how to correct one.
";

/// The text of the page.
pub fn write(hosts: &[Facts]) -> String {
    let mut out = format!(
        "{OPENING}\n| id | host | kind | status | known | version | files |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for host in hosts {
        let places = if host.locations.is_empty() { "any".into() } else { codes(&host.locations) };
        let _ = writeln!(
            out,
            "| [`{0}`](#{0}) | {1} | {2} | {3} | {4} | {5} | {6} |",
            host.id,
            host.title,
            host.kind,
            match (&host.legacy, &host.ended) {
                (_, Some(_)) => "ended",
                (Some(_), _) => "legacy",
                _ => "current",
            },
            host.tier,
            cell(&host.version),
            cell(&places)
        );
    }
    for host in hosts {
        section(&mut out, host, hosts);
    }
    out
}

fn section(out: &mut String, host: &Facts, hosts: &[Facts]) {
    let _ = write!(out, "\n## {}\n\n{}. {}\n", host.id, host.title, identity(&host.identity));
    if host.routed {
        out.push_str(
            "The description decides when it is used, and is in context in every conversation.\n",
        );
    }
    status(out, host);
    source(out, &Some(host.source.clone()), &Some(host.checked.clone()));
    front_matter(out, &host.front_matter);
    fields(out, host);
    relations(out, host);
    tools(out, &host.tools, hosts);
    models(out, &host.models, hosts);
    places(out, "Deprecated", &host.deprecated);
    places(out, "Not loaded", &host.overlooked);
    host.body.iter().for_each(|limit| body(out, limit));
    if let Some(budget) = &host.descriptions {
        let _ = write!(
            out,
            "\n### Descriptions\n\nAt most {} tokens together. {}\n",
            grouped(budget.tokens),
            budget.note
        );
        source(out, &Some(budget.source.clone()), &Some(budget.checked.clone()));
    }
    placeholders(out, host);
}

/// The treatment of files in certain places.
fn places(out: &mut String, title: &str, places: &[Place]) {
    for place in places {
        let Place { location, note, help, .. } = place;
        let _ = write!(out, "\n### {title}: `{location}`\n\n{note} {help}\n");
        source(out, &Some(place.source.clone()), &Some(place.checked.clone()));
    }
}

/// The status, the version and the tier.
fn status(out: &mut String, host: &Facts) {
    let version = match host.version.as_str() {
        "" => String::new(),
        version => format!(", version {version}"),
    };
    let known = match host.tier.as_str() {
        "verified" => "checked against the host's own code",
        "documented" => "taken from documentation",
        _ => "few; files are found and previewed, and nothing in them is reported as an error",
    };
    let _ = writeln!(out, "\nFacts: {known}{version}.");
    if !host.also_reads.is_empty() {
        let _ = writeln!(
            out,
            "\nIt also reads the files of another host: {}.",
            codes(&host.also_reads)
        );
        if host.translates {
            out.push_str("It takes their tools and models for its own.\n");
        }
    }
    for one in &host.manifest {
        let list =
            one.list.as_ref().map_or(String::new(), |list| format!(" of each of its `{list}`"));
        let _ = writeln!(
            out,
            "\nBeside `{}`: the folder `{}`, and what `{}`{list} names.",
            one.file, one.folder, one.field
        );
        source(out, &Some(one.source.clone()), &Some(one.checked.clone()));
    }
    for note in host.legacy.iter().chain(&host.ended) {
        let _ = writeln!(out, "\n**{note}**");
    }
    if let Some(other) = &host.variant_of {
        let _ = writeln!(
            out,
            "\nAnother version of [`{other}`](#{other}): a role belongs to this version if no other version recognizes all of its fields."
        );
    }
}

fn identity(identity: &str) -> &'static str {
    match identity {
        "field" => "Identified by its name field; the file name does not matter.",
        "field-and-folder" => "Identified by its name field, which must equal the folder name.",
        "field-or-file" => {
            "Identified by its name field, or by its file name if the field is missing."
        }
        "file" => "Identified by its file name.",
        _ => "It is not identified by a name.",
    }
}

fn front_matter(out: &mut String, front_matter: &FrontMatterFacts) {
    if front_matter.presence == "none" {
        return;
    }
    out.push_str("\n### Front matter\n\n");
    let presence = if front_matter.presence == "required" { "Required" } else { "Optional" };
    let reading = match front_matter.yaml.as_str() {
        "rescues-colon" => {
            "read as YAML; an unquoted `: ` in a single-line value is tolerated in files with LF line endings"
        }
        "rescues-colon-always" => {
            "read as YAML; an unquoted `: ` in a single-line value is tolerated"
        }
        "lines" => "read line by line, not as YAML",
        _ => "read as strict YAML",
    };
    let _ = writeln!(out, "{presence}; {reading}.\n");
    consequence(out, "If invalid", &front_matter.invalid, &front_matter.invalid_note);
    consequence(out, "If missing", &front_matter.missing, &front_matter.missing_note);
    for note in [&front_matter.byte_order_mark, &front_matter.crlf, &front_matter.early_end]
        .into_iter()
        .flatten()
    {
        let _ = writeln!(out, "- {note}");
    }
    if front_matter.reads_escapes {
        out.push_str("- The characters `\\n` in a description become a line break.\n");
    }
    source(out, &front_matter.source, &front_matter.checked);
}

fn fields(out: &mut String, host: &Facts) {
    if host.field.is_empty() {
        return;
    }
    out.push_str("\n### Fields\n\n| field | type | purpose |\n| --- | --- | --- |\n");
    for field in &host.field {
        let name = format!("`{}`{}", field.name, if field.required { " (required)" } else { "" });
        let _ = writeln!(out, "| {name} | {} | {} |", cell(&takes(field)), cell(&purpose(field)));
    }
    out.push('\n');
    consequence(out, "Unknown fields", &host.fields.unknown, &host.fields.unknown_note);
    source(out, &host.fields.source, &host.fields.checked);
}

fn takes(field: &Field) -> String {
    let types: Vec<&str> = field.types.iter().map(|ty| type_name(ty)).collect();
    let mut out = types.join(" or ");
    let is_text = field.types.iter().any(|ty| ty == "text");
    match field.split.as_deref().filter(|_| is_text) {
        Some("commas") => out += ", separated by commas",
        Some("spaces") => out += ", separated by spaces",
        Some("commas-or-spaces" | "spaces-or-commas") => out += ", separated by spaces or commas",
        _ => {}
    }
    if !field.values.is_empty() {
        let _ = write!(
            out,
            "; {}{}",
            codes(&field.values),
            if field.closed { "" } else { " and others" }
        );
    }
    match (field.min_chars, field.max_chars) {
        (0, 0) => {}
        (1, 0) => out += "; not empty",
        (least, 0) => drop(write!(out, "; at least {least} characters")),
        (0 | 1, most) => drop(write!(out, "; at most {most} characters")),
        (least, most) => drop(write!(out, "; {least} to {most} characters")),
    }
    if field.one_pattern {
        out += "; text is a single pattern";
    }
    if field.from_root {
        out += "; relative to the workspace root";
    }
    if !field.vague.is_empty() {
        let _ = write!(out, "; advised against: {}", codes(&field.vague));
    }
    if !field.forbidden.is_empty() {
        let _ = write!(out, "; not to contain: {}", codes(&field.forbidden));
    }
    if !field.reserved.is_empty() {
        let _ = write!(out, "; reserved: {}", codes(&field.reserved));
    }
    out
}

fn type_name(ty: &str) -> &str {
    match ty {
        "bool" => "`true` or `false`",
        "integer" => "integer",
        "texts" => "list",
        "text-map" => "map of strings",
        "bool-map" => "map of `true` and `false` values",
        other => other,
    }
}

fn purpose(field: &Field) -> String {
    let replaced = field.deprecated.as_deref().filter(|name| !name.is_empty());
    let replaced = replaced.map(|name| format!("Deprecated in favor of `{name}`."));
    // The note of a deprecated field contains the same information in more detail.
    let replaced = replaced.filter(|_| field.note.is_none());
    let missing = field.missing_note.as_ref().map(|note| format!("*If missing:* {note}"));
    let invalid = field.invalid_note.as_ref().map(|note| format!("*If invalid:* {note}"));
    let readers = field.read_by();
    let notes =
        [&field.note, &replaced, &field.extension, &readers, &field.ignored, &missing, &invalid];
    notes.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Relations between fields, and the content of hooks and servers.
fn relations(out: &mut String, host: &Facts) {
    for one in &host.needs {
        let values = codes(&one.values);
        let beside = if values.is_empty() {
            format!("`{}`", one.other)
        } else {
            format!("`{}` set to {values}", one.other)
        };
        let _ = write!(out, "\n`{}` needs {beside}. {}\n", one.field, one.note);
        source(out, &Some(one.source.clone()), &Some(one.checked.clone()));
    }
    for one in &host.requires {
        let value = one.value.as_ref().map_or(String::new(), |value| format!(" set to `{value}`"));
        let _ =
            write!(out, "\n`{}`{value} requires {}. {}\n", one.field, codes(&one.one_of), one.note);
        if !one.spares.is_empty() {
            let _ = writeln!(out, "It needs no {}.", codes(&one.spares));
        }
        source(out, &Some(one.source.clone()), &Some(one.checked.clone()));
    }
    if let Some(applied) = &host.applied {
        let _ = write!(out, "\nApplied by {}. {}\n", codes(&applied.by), applied.note);
        source(out, &Some(applied.source.clone()), &Some(applied.checked.clone()));
    }
    for client in &host.client {
        let _ = write!(out, "\nOnly {} reads `{}`.\n", client.name, client.location);
        source(out, &Some(client.source.clone()), &Some(client.checked.clone()));
    }
    for shared in &host.shared {
        let _ = write!(out, "\n{} reads {}.\n", shared.name, codes(&shared.folders));
        source(out, &Some(shared.source.clone()), &Some(shared.checked.clone()));
    }
    if let Some(hooks) = &host.hooks {
        out.push_str("\n### Hooks\n\n");
        if let Some(like) = &hooks.like {
            let _ = writeln!(out, "Same as `{like}`. {}", hooks.note);
        } else {
            line(out, "Events", &codes(&hooks.events));
            let types: Vec<String> = hooks
                .types
                .iter()
                .map(|[name, needed]| format!("`{name}` with `{needed}`"))
                .collect();
            line(out, "Types", &types.join(", "));
            line(out, "Fields", &codes(&hooks.fields));
            let renamed: Vec<String> =
                hooks.renamed.iter().map(|[name, known]| format!("`{name}` (`{known}`)")).collect();
            line(out, "Renamed tools in matchers", &renamed.join(", "));
            let unit = if hooks.milliseconds { "milliseconds" } else { "seconds" };
            line(out, "Time limit", &format!("`{}`, in {unit}", hooks.timeout));
            let _ = writeln!(out, "\n{}", hooks.note);
            source(out, &hooks.source, &hooks.checked);
        }
    }
    if let Some(servers) = &host.servers {
        out.push_str("\n### Servers\n\n");
        line(out, "Tools", servers.tools_note.as_deref().unwrap_or_default());
        line(out, "Secrets", servers.secrets_note.as_deref().unwrap_or_default());
        source(out, &Some(servers.source.clone()), &Some(servers.checked.clone()));
    }
}

fn consequence(out: &mut String, what: &str, effect: &str, note: &Option<String>) {
    let short = match effect {
        "ignored" => "It is ignored.",
        "rejected" => "The file is rejected.",
        "loses-front-matter" => "The role is loaded without its front matter.",
        "truncated" => "It is cut off.",
        "forwarded" => "It is passed on.",
        "warned" => "The host reports a warning.",
        "accepted" => "It is accepted.",
        _ => "The consequence is not documented.",
    };
    line(out, what, note.as_deref().unwrap_or(short));
}

fn line(out: &mut String, what: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "- {what}: {text}");
    }
}

fn source(out: &mut String, source: &Option<String>, checked: &Option<String>) {
    if let (Some(source), Some(checked)) = (source, checked) {
        let source = source.trim_end_matches('.');
        let _ = write!(out, "\n<sub>{source}; read {checked}.</sub>\n");
    }
}

fn title<'a>(id: &Option<String>, hosts: &'a [Facts]) -> Option<&'a str> {
    let id = id.as_ref()?;
    hosts.iter().find(|host| host.id == *id).map(|host| host.title.as_str())
}

fn codes(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A number with commas between thousands.
fn grouped(number: u32) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
