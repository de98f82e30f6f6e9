//! Compiles every real role for every host: nothing panics, the prompt stays the same, the front
//! matter can be read, and no permission is widened unasked.

use rolewright_core::front_matter::Language;
use rolewright_core::host::{Effect, FieldRole, HOSTS, Host, Syntax};
use rolewright_core::{
    Compiled, Input, Options, Role, Severity, Target, Values, check, compile, detect, tools,
};
use rolewright_tests::data;

#[test]
fn every_role_can_be_written_for_every_host() {
    let corpus = data::corpus();
    if corpus.is_empty() {
        return data::skipped(1, "the corpus is not there (ROLEWRIGHT_DATA)");
    }
    let options = Options::default();
    let mut written = 0;
    for (n, file) in corpus.iter().enumerate() {
        let own = Role::parse(&file.text, &file.path);
        if own.syntax != rolewright_core::role::Syntax::Markdown {
            continue;
        }
        let from = detect::host(&own, None).host;
        let prompt =
            compile(&Input::new(&file.text).at(&file.path), &options, &Target::default()).prompt;
        // Every file for three hosts, every host for a sixth of the files.
        for to in (0..3).map(|turn| &HOSTS[(n * 3 + turn) % HOSTS.len()]) {
            let got = compile(&Input::new(&file.text).at(&file.path), &options, &Target::of(to));
            let toml = own.front_matter.as_ref().is_some_and(|f| f.language == Language::Toml);
            if toml && from.id != to.id {
                assert_eq!(got.prompt, "", "{}: its fields are not read", file.file);
                continue;
            }
            assert_eq!(got.prompt, prompt, "{} for {}", file.file, to.id);
            written += 1;
            let same = from.id == to.id;
            if to.syntax != Syntax::Markdown || same || got.prompt.is_empty() {
                continue;
            }
            let role = Role::parse(&got.file.text, &got.file.path);
            assert!(!role.head_is_broken(), "{} for {}:\n{}", file.file, to.id, got.file.text);
            keeps_what_it_can(&own, from, &got, to, &file.file);
            let limited = |role: &Role<'_>, host| {
                tools::read(role, host).iter().any(|list| {
                    list.grant == tools::Grant::Allowed
                        && !list.entries.iter().any(|entry| host.tools.all == Some(&*entry.text))
                })
            };
            let grants_all =
                to.tools.omitted.is_some() && to.tools.unknown.effect != Effect::Unknown;
            let narrower = to.fields.iter().any(|field| {
                matches!(field.role, FieldRole::ReadOnly | FieldRole::Sandbox)
                    && role.field(field.name).is_some()
            });
            let said = got.losses.iter().any(|loss| loss.severity == Severity::Error);
            if limited(&own, from) && grants_all {
                assert!(
                    limited(&role, to) || narrower || said,
                    "{} for {} grants more:\n{}",
                    file.file,
                    to.id,
                    got.file.text
                );
            }
        }
    }
    println!("{written} files written");
    assert!(written > 4_000);
}

/// What was written passes the check of its host wherever the source passed that of its own, and brings
/// the description along; anything else is a loss.
fn keeps_what_it_can(own: &Role<'_>, from: &Host, got: &Compiled, to: &'static Host, name: &str) {
    let said = |words: &str| got.losses.iter().any(|loss| loss.message.contains(words));
    let options = Options::new().with_host(to);
    let values = Values::new();
    let report =
        check(&Input::new(&got.file.text).at(&got.file.path).with_values(&values), &options);
    let sound = got.report.diagnostics.iter().all(|d| d.severity != Severity::Error);
    for error in report.diagnostics.iter().filter(|d| sound && d.severity == Severity::Error) {
        let expected = match error.rule {
            "missing-field" => said("requires `description`"),
            "description-length" => said("`description` is"),
            _ => false,
        };
        assert!(expected, "{name} for {}: {}\n{}", to.id, error.message, got.file.text);
    }
    let role = Role::parse(&got.file.text, &got.file.path);
    let description = |role: &Role<'_>, host: &Host| {
        let field = role.field(host.field_for(FieldRole::Description)?.name)?;
        let text = field.value.as_str().filter(|_| !field.value.is_null())?;
        let words = text.split_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    };
    let (before, after) = (description(own, from), description(&role, to));
    if before.as_ref().is_some_and(|text| !text.is_empty()) && after != before {
        assert!(said("cannot express `description`"), "{name} for {}: {after:?}", to.id);
    }
}
