//! Writes the engine's tables as Rust source from the facts. Equal lists are written only once.

use super::facts::{
    Elsewhere, Facts, Field, FrontMatterFacts, Manifest, Models, Place, Placeholders,
};
use std::fmt::Write;

mod places;
mod relations;
mod tools;

use places::places;
use relations::relations;
use tools::{tool, tools};

const OPENING: &str = "\
// Generated from core/data/hosts/*.toml by `cargo xtask docs`; changes belong there.

#![allow(clippy::needless_update)] // all entries have the same form

use super::path::Place;
use super::*;

const FIELD: Field = Field {
    name: \"\", role: FieldRole::Other, required: false, types: &[], split: Split::Whole, values: &[], closed: false, synonyms: &[], any_case: false, quoted: false, strict: false, unique: false, one_pattern: false, from_root: false, unlimited: &[], read_only: &[], default: None, by_people: None, own_servers: None, addresses: false, names_prompt: None,
    pattern: None, style: None, min_chars: 0, max_chars: 0, warn_chars: 0, at_least: None, at_most: None, reserved: &[], reserved_note: None, vague: &[], forbidden: &[], forbidden_note: None, keys: &[], fallbacks: &[], skips: None, grants: &[], starts: &[], readers: &[], markup: None, invalid: Effect::Unknown, invalid_note: None,
    missing: Effect::Accepted, missing_note: None, status: FieldStatus::Current, ignored_help: None, note: None,
};

const TOOL: Tool = Tool { name: \"\", capabilities: &[], status: ToolStatus::Current, specifier: false };

/// A text that only the documentation shows.
const fn doc(text: &'static str) -> &'static str {
    if cfg!(feature = \"docs\") { text } else { \"\" }
}
";

/// The source of the tables.
pub fn write(hosts: &[Facts]) -> String {
    let mut out = String::from(OPENING);
    for host in hosts {
        if let Some(list) = &host.tools.list {
            let tools: String = list.iter().map(tool).collect();
            let _ = write!(
                out,
                "\nstatic {}_TOOLS: [Tool; {}] = [\n{tools}];\n",
                constant(&host.id),
                list.len()
            );
        }
        if host.models.like.is_none() {
            let _ = write!(
                out,
                "\nconst {}_MODELS: Models = {};\n",
                constant(&host.id),
                models(&host.models, &host.checked)
            );
        }
    }
    let _ = write!(
        out,
        "\n/// Every host, the most used first.\npub static HOSTS: [Host; {}] = [\n{}];\n",
        hosts.len(),
        hosts.iter().map(|host| host_entry(host, hosts)).collect::<String>()
    );
    out + &places(hosts)
}

fn host_entry(host: &Facts, hosts: &[Facts]) -> String {
    let fields: String = host.field.iter().map(field).collect();
    let models = constant(host.models.like.as_ref().unwrap_or(&host.id));
    let descriptions = host.descriptions.as_ref().map(|budget| {
        format!("DescriptionBudget {{ tokens: {}, note: {:?} }}", budget.tokens, budget.note)
    });
    let body = host.body.as_ref().map(|body| {
        format!(
            "BodyLimit {{ max: {}, unit: Unit::{}, hard: {}, chained: {}, note: {:?} }}",
            body.max,
            variant(&body.unit),
            body.hard,
            body.chained,
            body.note
        )
    });
    format!(
        "    Host {{
        id: {:?}, title: {:?}, product: {:?},
        target: {:?}, fallback: {}, variant_of: {:?}, successor_of: {:?}, unambiguous: &{:?},
        kind: Kind::{}, tier: Tier::{}, status: {}, version: doc({:?}),
        syntax: Syntax::{}, locations: &{:?}, except: &{:?}, also_reads: &{:?}, translates: {}, manifests: &[{}], routed: {}, import: {:?}, identity: Identity::{},
        front_matter: {},
        fields: &[\n{fields}        ],
        {},
        unknown_field: {}, mixed_versions: {:?},
        also: &{:?}, agents: &{:?},
        deprecated: &[{}],
        overlooked: &[{}],
        tools: {},
        models: {models}_MODELS,
        layout: Layout {{ paths: &{:?}, prompts: &{:?}, named_by: {:?} }},
        body: {},
        descriptions: {},
        {},
        source: doc({:?}),
        checked: {:?},
    }},\n",
        host.id,
        host.title,
        host.product,
        host.target,
        host.fallback,
        host.variant_of,
        host.successor_of,
        host.fields.unambiguous,
        variant(&host.kind),
        variant(&host.tier),
        status(host),
        host.version,
        variant(&host.syntax),
        host.locations,
        host.except,
        host.also_reads,
        host.translates,
        manifests(&host.manifest),
        host.routed,
        host.import,
        variant(&host.identity),
        front_matter(&host.front_matter),
        relations(host, hosts),
        consequence(&host.fields.unknown, &host.fields.unknown_note),
        host.fields.mixed_note,
        host.fields.also,
        host.agents,
        places_of("Deprecated", &host.deprecated),
        places_of("Overlooked", &host.overlooked),
        tools(host, hosts),
        host.roles.paths,
        host.roles.prompts,
        host.roles.named_by,
        option(body),
        option(descriptions),
        placeholders(&host.placeholders),
        host.source,
        host.checked,
    )
}

fn status(host: &Facts) -> String {
    match (&host.ended, &host.legacy) {
        (Some(note), _) => format!("Status::Ended({note:?})"),
        (None, Some(note)) => format!("Status::Legacy({note:?})"),
        (None, None) => "Status::Current".into(),
    }
}

fn manifests(all: &[Manifest]) -> String {
    let one = |manifest: &Manifest| {
        let Manifest { file, list, field, folder, .. } = manifest;
        format!(
            "Manifest {{ file: {file:?}, list: {list:?}, field: {field:?}, folder: {folder:?} }}"
        )
    };
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn places_of(kind: &str, places: &[Place]) -> String {
    let place = |place: &Place| {
        let Place { location, note, help, sets, .. } = place;
        let sets = match sets {
            _ if kind != "Deprecated" => String::new(),
            Some([field, value]) => format!(", sets: Some(({field:?}, {value:?}))"),
            None => ", sets: None".to_owned(),
        };
        format!("{kind} {{ location: {location:?}, note: {note:?}, help: {help:?}{sets} }}")
    };
    places.iter().map(place).collect::<Vec<_>>().join(", ")
}

fn front_matter(front_matter: &FrontMatterFacts) -> String {
    format!(
        "FrontMatterFacts {{ presence: Presence::{}, yaml: Yaml::{}, strict_types: {}, lists: {}, blocks: {}, plain_json: {},
            invalid: {},
            missing: {},
            documents: {}, byte_order_mark: {:?}, crlf: {:?}, early_end: {:?}, reads_escapes: {} }}",
        variant(&front_matter.presence),
        variant(&front_matter.yaml),
        front_matter.strict_types,
        front_matter.lists,
        front_matter.blocks.unwrap_or(true),
        front_matter.plain_json,
        consequence(&front_matter.invalid, &front_matter.invalid_note),
        consequence(&front_matter.missing, &front_matter.missing_note),
        front_matter.documents,
        front_matter.byte_order_mark,
        front_matter.crlf,
        front_matter.early_end,
        front_matter.reads_escapes,
    )
}

fn field(field: &Field) -> String {
    let mut out = format!("            Field {{ name: {:?}", field.name);
    let mut put = |name: &str, value: String| {
        let _ = write!(out, ", {name}: {value}");
    };
    if field.role != "other" {
        put("role", format!("FieldRole::{}", variant(&field.role)));
    }
    if field.required {
        put("required", "true".into());
    }
    put("types", variants("FieldType", &field.types));
    if let Some(split) = &field.split {
        put("split", format!("Split::{}", variant(split)));
    }
    if !field.values.is_empty() {
        put("values", format!("&{:?}", field.values));
    }
    let flags = [
        ("closed", field.closed),
        ("any_case", field.any_case),
        ("quoted", field.quoted),
        ("strict", field.strict),
        ("unique", field.unique),
        ("one_pattern", field.one_pattern),
        ("from_root", field.from_root),
        ("addresses", field.addresses),
    ];
    for (name, is_so) in flags {
        if is_so {
            put(name, "true".into());
        }
    }
    if !field.unlimited.is_empty() {
        put("unlimited", format!("&{:?}", field.unlimited));
    }
    if !field.read_only.is_empty() {
        put("read_only", format!("&{:?}", field.read_only));
    }
    let values = [
        ("default", &field.default),
        ("by_people", &field.by_people),
        ("own_servers", &field.own_servers),
        ("names_prompt", &field.names_prompt),
    ];
    for (name, value) in values {
        if value.is_some() {
            put(name, format!("{value:?}"));
        }
    }
    for (name, pattern) in [("pattern", &field.pattern), ("style", &field.style)] {
        if let Some(pattern) = pattern {
            put(name, format!("Some(Pattern::{})", variant(pattern)));
        }
    }
    let lengths = [
        ("min_chars", field.min_chars),
        ("max_chars", field.max_chars),
        ("warn_chars", field.warn_chars),
    ];
    for (name, chars) in lengths {
        if chars > 0 {
            put(name, chars.to_string());
        }
    }
    if let Some(least) = field.at_least {
        put("at_least", format!("Some({least})"));
    }
    if let Some(most) = field.at_most {
        put("at_most", format!("Some({most})"));
    }
    let lists = [
        ("reserved", &field.reserved),
        ("vague", &field.vague),
        ("forbidden", &field.forbidden),
        ("keys", &field.keys),
        ("fallbacks", &field.fallbacks),
        ("starts", &field.starts),
        ("readers", &field.readers),
        ("synonyms", &field.synonyms),
        ("grants", &field.grants),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            put(name, format!("&{list:?}"));
        }
    }
    if field.skips.is_some() {
        put("skips", format!("{:?}", field.skips));
    }
    if field.markup.is_some() {
        put("markup", format!("{:?}", field.markup));
    }
    put("invalid", format!("Effect::{}", variant(&field.invalid)));
    let missing = field.missing.as_deref().or(field.required.then_some("rejected"));
    if let Some(missing) = missing {
        put("missing", format!("Effect::{}", variant(missing)));
    }
    let notes = [
        ("reserved_note", &field.reserved_note),
        ("forbidden_note", &field.forbidden_note),
        ("invalid_note", &field.invalid_note),
        ("missing_note", &field.missing_note),
        ("ignored_help", &field.ignored_help),
        ("note", &field.note),
    ];
    for (name, note) in notes {
        if note.is_some() {
            put(name, format!("{note:?}"));
        }
    }
    if let Some(status) = field_status(field) {
        put("status", format!("FieldStatus::{status}"));
    }
    out + ", ..FIELD },\n"
}

fn field_status(field: &Field) -> Option<String> {
    let extension = |note: &String| format!("Extension(doc({note:?}))");
    let ignored = field.ignored.as_ref().map(|note| format!("Ignored({note:?})"));
    let deprecated =
        field.deprecated.as_ref().map(|name| format!("Deprecated({})", successor(name)));
    let own = field.extension.as_ref().map(extension);
    own.or(ignored).or(deprecated).or(field.read_by().as_ref().map(extension))
}

fn models(models: &Models, checked: &str) -> String {
    let checked = models.checked.as_deref().unwrap_or(checked);
    let one = |(id, [date, successor]): (&String, &[String; 2])| {
        let note = models.replaced_note.as_ref().filter(|_| models.replaced.contains(id));
        let past = date.as_str() <= checked;
        format!(
            "Retired {{ id: {id:?}, date: {date:?}, past: {past}, successor: {successor:?}, note: {note:?} }}"
        )
    };
    let retired = match &models.retired_like {
        Some(other) => format!("{}_MODELS.retired", constant(other)),
        None => format!("&[{}]", models.retired.iter().map(one).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "Models {{
    aliases: &{:?}, prefixes: &{:?}, qualified: {:?}, inherit: {:?},
    families: &{:?}, refused: &{:?}, provider: {:?}, retired: {retired},
    retired_note: {:?},
    unknown: {},
}}",
        models.aliases,
        models.prefixes,
        models.qualified,
        models.inherit,
        models.families,
        models.refused,
        models.provider,
        models.retired_note,
        consequence(models.unknown.as_deref().unwrap_or("unknown"), &models.unknown_note),
    )
}

fn placeholders(placeholders: &Placeholders) -> String {
    let list: String = placeholders
        .list
        .iter()
        .map(|one| {
            format!(
                "\n            Placeholder {{ form: {:?}, note: doc({:?}) }},",
                one.form, one.note
            )
        })
        .collect();
    let elsewhere = placeholders.elsewhere.iter().map(|one| {
        let Elsewhere { form, note, unless } = one;
        format!("Elsewhere {{ form: {form:?}, note: {note:?}, unless: {unless:?} }}")
    });
    format!(
        "placeholders: &[{list}], import_depth: {}, unknown_placeholder: {:?}, numbered_placeholder: {:?}, load_time_command: {:?}, argument_in_command: {:?}, unexecuted_command: {:?}, placeholder_readers: &{:?}, elsewhere: &[{}]",
        placeholders.import_depth,
        placeholders.unknown_note,
        placeholders.numbered_note,
        placeholders.command_note,
        placeholders.argument_note,
        placeholders.unexecuted_note,
        placeholders.readers,
        elsewhere.collect::<Vec<_>>().join(", ")
    )
}

fn consequence(effect: &str, note: &Option<String>) -> String {
    format!("Consequence {{ effect: Effect::{}, note: {note:?} }}", variant(effect))
}

fn successor(name: &str) -> String {
    format!("{:?}", Some(name).filter(|name| !name.is_empty()))
}

fn option(value: Option<String>) -> String {
    value.map_or("None".into(), |value| format!("Some({value})"))
}

fn variants(of: &str, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{of}::{}", variant(name))).collect();
    format!("&[{}]", names.join(", "))
}

/// `denied-tools` as `DeniedTools`.
fn variant(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_ascii_uppercase().to_string() + letters.as_str()
        })
    };
    name.split('-').map(capital).collect()
}

/// `claude-code` as `CLAUDE_CODE`.
fn constant(id: &str) -> String {
    id.replace('-', "_").to_ascii_uppercase()
}
