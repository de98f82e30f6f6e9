//! Writes every role of the corpus for every host, one JSON object a line, for the published readers and
//! loaders that judge them (`tests/hosts`). The argument says how many roles are left out between two.

use rolewright_core::compile::Loss;
use rolewright_core::detect;
use rolewright_core::host::{FieldRole, HOSTS, Host, Presence, Syntax, Yaml};
use rolewright_core::{Compiled, Input, Options, Role, Target, compile, lay_out, markdown, role};
use rolewright_tests::data;
use serde_json::{Value, json};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let corpus = data::corpus();
    let step = std::env::args().nth(1).and_then(|step| step.parse().ok()).unwrap_or(1_usize);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in corpus.iter().step_by(step.max(1)) {
        let input = Input::new(&file.text).at(&file.path);
        let (from, description) = described(&input);
        for to in HOSTS.iter().filter(|to| to.id != from.id) {
            let done = compile(&input, &Options::new(), &Target::of(to).widening(true));
            if let Some(line) = line(&file.file, from, to, description.as_deref(), &done) {
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()
}

/// The host of a role and its description, as they are read here.
fn described(input: &Input<'_>) -> (&'static Host, Option<String>) {
    let text_of = |role: &Role<'_>, host: &Host| {
        let field = role.field(host.field_for(FieldRole::Description)?.name)?;
        field.value.as_str().filter(|_| !field.value.is_null()).map(str::to_owned)
    };
    let syntax = role::Syntax::of_path(input.path);
    if syntax == role::Syntax::Markdown {
        let role = Role::parse(input.text, input.path);
        let host = detect::host(&role, None).host;
        return (host, text_of(&role, host));
    }
    let (host, roles) = lay_out(input, &Options::new());
    let description = roles
        .first()
        .and_then(|laid_out| text_of(&laid_out.role(input.path, syntax, markdown::outline), host));
    (host, description)
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
