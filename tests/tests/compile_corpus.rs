//! Every real role, written for every host: nothing panics, the prompt stays the same, the front matter
//! that is written can be read, and no permission becomes wider unasked.

use rolewright_core::host::{FieldRole, HOSTS, Host, Syntax};
use rolewright_core::permissions::Outcome;
use rolewright_core::{
    Compiled, Input, Options, Role, Severity, Target, Values, check, compile, detect, permissions,
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
            data_file(n, &file.text, &file.path);
            continue;
        }
        let from = detect::host(&own, None).host;
        let prompt =
            compile(&Input::new(&file.text).at(&file.path), &options, &Target::default()).prompt;
        // Every file for three hosts, every host for a sixth of the files.
        for to in (0..3).map(|turn| &HOSTS[(n * 3 + turn) % HOSTS.len()]) {
            let got = compile(&Input::new(&file.text).at(&file.path), &options, &Target::of(to));
            assert_eq!(got.prompt, prompt, "{} for {}", file.file, to.id);
            written += 1;
            let same = from.id == to.id;
            if to.syntax != Syntax::Markdown || same || got.prompt.is_empty() {
                continue;
            }
            let error = got.losses.iter().any(|loss| loss.severity == Severity::Error);
            assert_eq!(error, got.permissions == Outcome::Widened, "{} for {}", file.file, to.id);
            let Some(written) = &got.file else {
                assert_eq!(got.permissions, Outcome::Widened, "{} for {}", file.file, to.id);
                continue;
            };
            let role = Role::parse(&written.text, &written.path);
            assert!(
                !role.front_matter_is_broken(),
                "{} for {}:\n{}",
                file.file,
                to.id,
                written.text
            );
            keeps_what_it_can(&own, from, &got, to, &file.file);
            if got.permissions != Outcome::NotApplicable {
                let (before, mut after) =
                    (permissions::read(&own, from), permissions::read(&role, to));
                // Where there is no such tool, nothing is granted.
                after.whole = after.whole.and(permissions::offered(to));
                let fits = before.contains(&after) || before.read_only && after.read_only;
                assert!(fits, "{} for {} grants more:\n{}", file.file, to.id, written.text);
            }
        }
    }
    println!("{written} files written");
    assert!(written > 4_000);
}

/// A role of a data file is written for other hosts too, and an error says where it is not.
fn data_file(n: usize, text: &str, path: &str) {
    let input = Input::new(text).at(path);
    for to in (0..3).map(|turn| &HOSTS[(n * 3 + turn) % HOSTS.len()]) {
        let got = compile(&input, &Options::default(), &Target::of(to));
        let refused = got.report.diagnostics.iter().any(|d| d.rule == "unreadable-file");
        let widened = got.permissions == Outcome::Widened;
        assert_eq!(got.file.is_none(), refused || widened, "{path} for {}", to.id);
        assert!(got.losses.iter().all(|loss| loss.span.end <= text.len()), "{path} for {}", to.id);
    }
}

/// What was written passes the check of its host wherever the source passed that of its own, and brings
/// the description along; anything else is a loss.
fn keeps_what_it_can(own: &Role<'_>, from: &Host, got: &Compiled, to: &'static Host, name: &str) {
    let said = |words: &str| got.losses.iter().any(|loss| loss.message.contains(words));
    let options = Options::new().with_host(to);
    let values = Values::new();
    let Some(written) = &got.file else { return };
    let report = check(&Input::new(&written.text).at(&written.path).with_values(&values), &options);
    let sound = got.report.diagnostics.iter().all(|d| d.severity != Severity::Error);
    let error = report.diagnostics.iter().find(|d| sound && d.severity == Severity::Error);
    assert!(error.is_none(), "{name} for {}: {error:#?}\n{}", to.id, written.text);
    // One host calls front matter with a body YAML.
    let role = Role::parse(&written.text, written.path.trim_end_matches(".yaml"));
    let description = |role: &Role<'_>, host: &Host| {
        let field = role.field(host.field_for(FieldRole::Description)?.name)?;
        let text = field.value.as_str().filter(|_| !field.value.is_null())?;
        let words = text.split_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    };
    let (before, after) = (description(own, from), description(&role, to));
    if before.as_ref().is_some_and(|text| !text.is_empty()) && after != before {
        let is_said =
            said("cannot express `description`") || said("choose a rule by its `description`");
        assert!(is_said, "{name} for {}: {after:?}", to.id);
    }
}
