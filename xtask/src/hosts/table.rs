//! Writes the engine's tables: facts in, Rust source out. Equal lists are written once.

use super::facts::{
    Client, Deprecated, Facts, Field, FrontMatterFacts, Models, Needs, Placeholders, Requires,
    Tool, Tools,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

const OPENING: &str = "\
// Generated from core/data/hosts/*.toml by `cargo xtask docs`; changes belong there.

#![allow(clippy::needless_update)] // every entry is written the same way

use super::path::Place;
use super::*;

const FIELD: Field = Field {
    name: \"\", role: FieldRole::Other, required: false, types: &[], split: Split::Whole, values: &[], closed: false, unlimited: &[], read_only: &[], default: None,
    pattern: None, style: None, min_chars: 0, max_chars: 0, at_least: None, at_most: None, reserved: &[], reserved_note: None, starts: &[], readers: &[], markup: None, invalid: Effect::Unknown, invalid_note: None,
    missing: Effect::Accepted, missing_note: None, status: FieldStatus::Current, note: None,
};

const TOOL: Tool = Tool { name: \"\", capabilities: &[], status: ToolStatus::Current, specifier: false };

/// What only the documentation shows.
const fn doc(text: &'static str) -> &'static str {
    if cfg!(feature = \"docs\") { text } else { \"\" }
}

/// The same, of what may be missing.
const fn aside(text: &'static str) -> Option<&'static str> {
    if cfg!(feature = \"docs\") { Some(text) } else { None }
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
                models(&host.models)
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

/// The places in which hosts look, by their first folder, each with its rank: the pattern that says most
/// about the file's own name comes first, then the one that says most about its folders, then the earlier
/// host.
fn places(hosts: &[Facts]) -> String {
    let of_host = |(at, host): (usize, &Facts)| {
        host.locations.iter().map(|pattern| (at, pattern.clone())).collect::<Vec<_>>()
    };
    let mut all: Vec<(usize, String)> = hosts.iter().enumerate().flat_map(of_host).collect();
    all.sort_by_key(|(_, pattern)| {
        let (folders, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
        let plain = folders.split('/').filter(|part| !part.contains('*'));
        Reverse((name.len(), plain.map(str::len).sum::<usize>()))
    });
    let mut by_folder: BTreeMap<&str, String> = BTreeMap::new();
    for (rank, (host, pattern)) in all.iter().enumerate() {
        let folder = pattern.split_once('/').map_or("", |(folder, _)| folder);
        let place = format!("Place {{ rank: {rank}, host: {host}, pattern: {pattern:?} }}, ");
        by_folder.entry(folder).or_default().push_str(&place);
    }
    let names = by_folder.remove("").unwrap_or_default();
    let folders =
        by_folder.iter().map(|(folder, places)| format!("    ({folder:?}, &[{places}]),\n"));
    format!(
        "\n/// Where hosts look for files of a name, wherever they lie.\n\
         pub(super) static NAMES: &[Place] = &[{names}];\n\
         \n/// Where hosts look for files, by the first folder, sorted.\n\
         pub(super) static FOLDERS: [(&str, &[Place]); {}] = [\n{}];\n",
        by_folder.len(),
        folders.collect::<String>()
    )
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
        target: {:?}, fallback: {}, variant_of: {:?}, telling: &{:?},
        kind: Kind::{}, tier: Tier::{}, status: {}, version: doc({:?}),
        syntax: Syntax::{}, locations: &{:?}, routed: {}, import: {:?}, identity: Identity::{},
        front_matter: {},
        fields: &[\n{fields}        ],
        {},
        unknown_field: {},
        also: &{:?}, agents: &{:?},
        deprecated: &[{}],
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
        host.fields.telling,
        variant(&host.kind),
        variant(&host.tier),
        status(host),
        host.version,
        variant(&host.syntax),
        host.locations,
        host.routed,
        host.import,
        variant(&host.identity),
        front_matter(&host.front_matter),
        relations(host, hosts),
        consequence(&host.fields.unknown, &host.fields.unknown_note),
        host.fields.also,
        host.agents,
        deprecated(&host.deprecated),
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

fn deprecated(places: &[Deprecated]) -> String {
    let place = |place: &Deprecated| {
        let Deprecated { location, note, help, .. } = place;
        format!("Deprecated {{ location: {location:?}, note: {note:?}, help: {help:?} }}")
    };
    places.iter().map(place).collect::<Vec<_>>().join(", ")
}

/// What fields are to each other, and what is in them.
fn relations(host: &Facts, hosts: &[Facts]) -> String {
    let needs = |one: &Needs| {
        let Needs { field, other, values, note, .. } = one;
        format!(
            "Needs {{ field: {field:?}, other: {other:?}, values: &{values:?}, note: {note:?} }}"
        )
    };
    let requires = |one: &Requires| {
        let Requires { field, value, one_of, spares, spares_prompt, effect, note, .. } = one;
        let effect = variant(effect);
        format!(
            "Requires {{ field: {field:?}, value: {value:?}, one_of: &{one_of:?}, spares: &{spares:?}, spares_prompt: {spares_prompt}, effect: Effect::{effect}, note: {note:?} }}"
        )
    };
    let client =
        |one: &Client| format!("Client {{ name: {:?}, location: {:?} }}", one.name, one.location);
    let applied = host.applied.as_ref().map(|one| {
        format!("Applied {{ by: &{:?}, always: &{:?}, note: {:?} }}", one.by, one.always, one.note)
    });
    format!(
        "needs: &[{}], requires: &[{}], clients: &[{}], applied: {}, hooks: {}, servers: {}",
        host.needs.iter().map(needs).collect::<Vec<_>>().join(", "),
        host.requires.iter().map(requires).collect::<Vec<_>>().join(", "),
        host.client.iter().map(client).collect::<Vec<_>>().join(", "),
        option(applied),
        hooks(host, hosts),
        servers(host),
    )
}

fn hooks(host: &Facts, hosts: &[Facts]) -> String {
    let like = host.hooks.as_ref().and_then(|hooks| hooks.like.as_ref());
    let owner = like.and_then(|like| hosts.iter().find(|other| other.id == *like)).unwrap_or(host);
    let Some(hooks) = &owner.hooks else { return "None".into() };
    let types: Vec<String> =
        hooks.types.iter().map(|[name, needed]| format!("({name:?}, {needed:?})")).collect();
    // The consequence is each host's own.
    let note = host.hooks.as_ref().map_or("", |own| own.note.as_str());
    format!(
        "Some(Hooks {{ events: &{:?}, grouped: {}, types: &[{}], timeout: ({:?}, {}), note: {note:?} }})",
        hooks.events,
        hooks.grouped,
        types.join(", "),
        hooks.timeout,
        hooks.milliseconds,
    )
}

fn servers(host: &Facts) -> String {
    let Some(servers) = &host.servers else {
        return "Servers { tools: None, secrets: None }".into();
    };
    let secrets = servers.secrets.as_ref().zip(servers.secrets_note.as_ref());
    format!("Servers {{ tools: {:?}, secrets: {secrets:?} }}", servers.tools_note)
}

fn front_matter(front_matter: &FrontMatterFacts) -> String {
    format!(
        "FrontMatterFacts {{ presence: Presence::{}, yaml: Yaml::{}, strict_types: {}, blocks: {},
            invalid: {},
            missing: {},
            documents: {}, byte_order_mark: {:?}, crlf: {:?}, early_end: {:?}, reads_escapes: {} }}",
        variant(&front_matter.presence),
        variant(&front_matter.yaml),
        front_matter.strict_types,
        front_matter.blocks.unwrap_or(true),
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
    if field.closed {
        put("closed", "true".into());
    }
    if !field.unlimited.is_empty() {
        put("unlimited", format!("&{:?}", field.unlimited));
    }
    if !field.read_only.is_empty() {
        put("read_only", format!("&{:?}", field.read_only));
    }
    if field.default.is_some() {
        put("default", format!("{:?}", field.default));
    }
    for (name, pattern) in [("pattern", &field.pattern), ("style", &field.style)] {
        if let Some(pattern) = pattern {
            put(name, format!("Some(Pattern::{})", variant(pattern)));
        }
    }
    for (name, chars) in [("min_chars", field.min_chars), ("max_chars", field.max_chars)] {
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
    let lists =
        [("reserved", &field.reserved), ("starts", &field.starts), ("readers", &field.readers)];
    for (name, list) in lists {
        if !list.is_empty() {
            put(name, format!("&{list:?}"));
        }
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
        ("invalid_note", &field.invalid_note),
        ("missing_note", &field.missing_note),
    ];
    for (name, note) in notes {
        if note.is_some() {
            put(name, format!("{note:?}"));
        }
    }
    if let Some(note) = &field.note {
        // A diagnostic says what a field is for where it is needed and missing.
        let wrapped = if field.required { "Some" } else { "aside" };
        put("note", format!("{wrapped}({note:?})"));
    }
    if let Some(status) = field_status(field) {
        put("status", format!("FieldStatus::{status}"));
    }
    out + ", ..FIELD },\n"
}

fn field_status(field: &Field) -> Option<String> {
    let readers = field.read_by();
    let extension = field
        .extension
        .as_ref()
        .or(readers.as_ref())
        .map(|note| format!("Extension(doc({note:?}))"));
    let ignored = field.ignored.as_ref().map(|note| format!("Ignored({note:?})"));
    let deprecated =
        field.deprecated.as_ref().map(|name| format!("Deprecated({})", successor(name)));
    extension.or(ignored).or(deprecated)
}

fn tool(tool: &Tool) -> String {
    let mut out = format!(
        "    Tool {{ name: {:?}, capabilities: {}",
        tool.name,
        variants("Capability", &tool.does)
    );
    let alias = tool.alias.as_ref().map(|name| format!("Alias({name:?})"));
    let legacy = tool.legacy.as_ref().map(|name| format!("Legacy({name:?})"));
    let removed = tool.removed.as_ref().map(|name| format!("Removed({})", successor(name)));
    if let Some(status) = alias.or(legacy).or(removed) {
        let _ = write!(out, ", status: ToolStatus::{status}");
    }
    if tool.specifier {
        out += ", specifier: true";
    }
    out + ", ..TOOL },\n"
}

fn tools(host: &Facts, hosts: &[Facts]) -> String {
    let empty = Tools::default();
    let own = &host.tools;
    let base = own.like.as_ref().and_then(|like| hosts.iter().find(|other| other.id == *like));
    let other = base.map_or(&empty, |other| &other.tools);
    let owner = if own.list.is_some() {
        Some(host)
    } else {
        base.filter(|other| other.tools.list.is_some())
    };
    let list = owner.map_or("&[]".into(), |owner| format!("&{}_TOOLS", constant(&owner.id)));
    let unknown = match &own.unknown {
        Some(effect) => consequence(effect, &own.unknown_note),
        None => consequence(other.unknown.as_deref().unwrap_or("unknown"), &other.unknown_note),
    };
    // A list that leaves an unknown name open cannot be known to be without a usable one.
    let is_open = own.open.or(other.open).unwrap_or(false);
    let none_left = [own, other].into_iter().find(|tools| tools.none_left.is_some() && !is_open);
    let none_left = none_left
        .and_then(|tools| Some(consequence(tools.none_left.as_ref()?, &tools.none_left_note)));
    let unavailable =
        own.unavailable.as_ref().or(other.unavailable.as_ref()).map_or(String::new(), |list| {
            let entry = |entry: &super::facts::Unavailable| {
                let unless =
                    entry.unless.as_ref().map(|[field, value]| format!("({field:?}, {value:?})"));
                format!("Unavailable {{ tool: {:?}, unless: {} }}, ", entry.tool, option(unless))
            };
            list.iter().map(entry).collect()
        });
    format!(
        "Tools {{ list: {list}, all: {:?}, all_built_in: {:?}, patterns: &{:?}, open: {is_open}, case_sensitive: {}, restricts: {},
            unknown: {unknown},
            none_left: {},
            omitted: {:?},
            scope_granted: {:?}, scope_denied: {:?}, removed: {:?}, gone_calls: &{:?},
            duplicate: {:?}, functions: &[{}],
            unavailable: &[{}],
            server_form: {:?}, all_servers: {:?}, exact_lists: {}, empty_list: {}, without_list: {}, carries: {},
            command_rules: {}, reach: &{:?},
            shared_with: &{:?} }}",
        own.all.as_ref().or(other.all.as_ref()),
        own.all_built_in.as_ref().or(other.all_built_in.as_ref()),
        own.patterns.as_ref().or(other.patterns.as_ref()).unwrap_or(&Vec::new()),
        own.case_sensitive.or(other.case_sensitive).unwrap_or(true),
        own.restricts.or(other.restricts).unwrap_or(true),
        option(none_left),
        own.omitted.as_ref().or(other.omitted.as_ref()),
        own.scope_granted.as_ref().or(other.scope_granted.as_ref()),
        own.scope_denied.as_ref().or(other.scope_denied.as_ref()),
        own.removed_note.as_ref().or(other.removed_note.as_ref()),
        own.gone_calls.as_ref().or(other.gone_calls.as_ref()).unwrap_or(&Vec::new()),
        own.duplicate_note.as_ref().or(other.duplicate_note.as_ref()),
        own.functions.iter().map(|pair| format!("{pair:?}")).collect::<Vec<_>>().join(", "),
        unavailable.trim_end_matches(", "),
        own.server_form.as_ref().or(other.server_form.as_ref()),
        own.all_servers.as_ref().or(other.all_servers.as_ref()),
        own.exact_lists.or(other.exact_lists).unwrap_or(false),
        amount(own.empty_list.as_ref().or(other.empty_list.as_ref())),
        amount(own.without_list.as_ref().or(other.without_list.as_ref())),
        own.permissions.is_none(),
        own.command_rules.or(other.command_rules).unwrap_or(false),
        own.reach.as_ref().or(other.reach.as_ref()).unwrap_or(&Vec::new()),
        own.shared_with.as_ref().or(other.shared_with.as_ref()).unwrap_or(&Vec::new()),
    )
}

fn amount(words: Option<&String>) -> &'static str {
    match words.map(String::as_str) {
        Some("none") => "Amount::Nothing",
        _ => "Amount::Everything",
    }
}

fn models(models: &Models) -> String {
    let one = |(id, [date, successor]): (&String, &[String; 2])| {
        format!("Retired {{ id: {id:?}, date: {date:?}, successor: {successor:?} }}")
    };
    let retired = match &models.retired_like {
        Some(other) => format!("{}_MODELS.retired", constant(other)),
        None => format!("&[{}]", models.retired.iter().map(one).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "Models {{
    aliases: &{:?}, prefixes: &{:?}, qualified: {:?}, inherit: {:?},
    families: &{:?}, refused: &{:?}, retired: {retired}, retired_note: {:?},
    unknown: {},
}}",
        models.aliases,
        models.prefixes,
        models.qualified,
        models.inherit,
        models.families,
        models.refused,
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
    format!(
        "placeholders: &[{list}], unknown_placeholder: {:?}, numbered_placeholder: {:?}, load_time_command: {:?}",
        placeholders.unknown_note, placeholders.numbered_note, placeholders.command_note
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
