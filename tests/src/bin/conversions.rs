//! Writes the roles of the corpus for other hosts, one JSON object per line, for the published parsers
//! and loaders that check them (`tests/hosts`). The first argument says which part of all pairs of a
//! role and a host is written: 12 is every twelfth. The hosts named after it get every role.

use rolewright_core::compile::Loss;
use rolewright_core::detect;
use rolewright_core::host::{FieldRole, HOSTS, Host, Presence, Syntax, Yaml};
use rolewright_core::{
    Compiled, Input, Options, Role, Severity, Target, compile, lay_out, markdown, role,
};
use rolewright_tests::data::{self, CorpusFile};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;

/// The files of each repository, by its folder in the corpus.
type Repositories = HashMap<String, BTreeMap<String, String>>;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let part = arguments.next().and_then(|part| part.parse().ok()).unwrap_or(1_usize).max(1);
    let all: Vec<String> = arguments.collect();
    let corpus = data::corpus();
    let mut repositories = Repositories::new();
    for file in &corpus {
        let files = repositories.entry(repository(file).to_owned()).or_default();
        files.insert(file.path.clone(), file.text.clone());
    }
    let (cores, repositories) = (std::thread::available_parallelism()?.get(), &repositories);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    // Each part has few lines, which are written in the order of the corpus.
    for (turn, roles) in corpus.chunks(64).enumerate() {
        let written = |(at, file): (usize, &CorpusFile)| {
            // Turned by one for each role, every host gets roles of every kind.
            let chosen = |(host, to): (usize, &&'static Host)| {
                let is_turn = (turn * 64 + at + host) % part == 0;
                (is_turn || all.iter().any(|id| id == to.id)).then_some(*to)
            };
            let hosts: Vec<_> =
                HOSTS.iter().enumerate().filter_map(|(n, to)| chosen((n, &to))).collect();
            lines(file, &repositories[repository(file)], &hosts)
        };
        let size = roles.len().div_ceil(cores);
        let lines: Vec<Vec<String>> = std::thread::scope(|scope| {
            let parts = roles.chunks(size).enumerate().map(|(n, part)| {
                let own = part.iter().enumerate().map(move |(at, file)| (n * size + at, file));
                scope.spawn(move || own.flat_map(written).collect())
            });
            let started: Vec<_> = parts.collect();
            started.into_iter().map(|one| one.join().expect("no role stops the run")).collect()
        });
        for line in lines.iter().flatten() {
            writeln!(out, "{line}")?;
        }
    }
    out.flush()
}

/// The folder of its repository.
fn repository(file: &CorpusFile) -> &str {
    file.file.strip_suffix(&file.path).unwrap_or("")
}

/// A role, written for some hosts.
fn lines(
    file: &CorpusFile,
    files: &BTreeMap<String, String>,
    hosts: &[&'static Host],
) -> Vec<String> {
    let input = Input::new(&file.text).at(&file.path).with_files(files);
    let (from, descriptions) = described(&input);
    let own = compile(&input, &Options::new(), &Target::default());
    let sound = own.report.diagnostics.iter().all(|found| found.severity != Severity::Error);
    let others = hosts.iter().filter(|to| to.id != from.id);
    let line = |to: &'static Host, role: usize, description: Option<&str>| {
        let done = compile(&input, &Options::new(), &Target::of(to).role(role).widening(true));
        // If it was added to an existing file, it is not the only role in it.
        done.file.as_ref().filter(|file| !files.contains_key(&file.path))?;
        let mut line = line(&file.file, from, to, description, &done)?;
        // What is wrong on its own host too, such as a missing include, need not be found by a loader.
        line["sound"] = sound.into();
        Some(line.to_string())
    };
    let each = |to: &&'static Host| {
        let roles = descriptions.iter().enumerate();
        roles.filter_map(|(at, text)| line(to, at, text.as_deref())).collect::<Vec<_>>()
    };
    others.flat_map(each).collect()
}

/// The host of a file and the descriptions of its roles, as they are read here.
fn described(input: &Input<'_>) -> (&'static Host, Vec<Option<String>>) {
    let text_of = |role: &Role<'_>, host: &Host| {
        let field = role.field(host.field_for(FieldRole::Description)?.name)?;
        field.value.as_str().filter(|_| !field.value.is_null()).map(str::to_owned)
    };
    let syntax = role::Syntax::of_path(input.path);
    if syntax == role::Syntax::Markdown {
        let role = Role::parse(input.text, input.path);
        let host = detect::host(&role, None).host;
        return (host, vec![text_of(&role, host)]);
    }
    let (host, roles) = lay_out(input, &Options::new());
    let descriptions = roles
        .iter()
        .map(|laid_out| text_of(&laid_out.role(input.path, syntax, markdown::outline), host));
    (host, descriptions.collect())
}

/// Where a file has the role that was written.
fn written_at(to: &Host) -> Option<&'static str> {
    let by_name = to.layout.paths.iter().find(|path| **path == "*" && to.syntax == Syntax::Json);
    by_name.or(to.layout.paths.first()).copied()
}

fn line(
    source: &str,
    from: &Host,
    to: &Host,
    description: Option<&str>,
    done: &Compiled,
) -> Option<Value> {
    let file = done.file.as_ref()?;
    let name = |role| to.field_for(role).map(|field| field.name);
    let lost = |what: &str| done.losses.iter().any(|loss| loss.message.contains(what));
    // Line by line, a description takes one line.
    let is_yaml = to.front_matter.yaml != Yaml::Lines && to.front_matter.presence != Presence::None;
    let kept = description.filter(|text| !text.trim().is_empty() && !lost("express `description`"));
    let markdown = to.syntax == Syntax::Markdown;
    let loss = |loss: &Loss| format!("{}: {}", loss.severity.name(), loss.message);
    let losses: Vec<String> = done.losses.iter().map(loss).collect();
    Some(json!({
        "source": source, "from": from.id, "host": to.id, "path": file.path, "text": file.text,
        "syntax": match to.syntax {
            Syntax::Markdown => "markdown",
            Syntax::Toml => "toml",
            Syntax::Yaml => "yaml",
            Syntax::Json => "json",
        },
        "frontMatter": markdown && is_yaml && file.text.starts_with("---\n"),
        "descriptionField": name(FieldRole::Description),
        "description": kept,
        "nameField": name(FieldRole::Name),
        "roles": written_at(to),
        "prompts": to.layout.prompts,
        "prompt": done.prompt,
        "loads": done.loads,
        "losses": losses,
    }))
}
