//! The options of each command.

use super::Command;
use super::refused::one_of;
use crate::failure::Failure;
use crate::style::Color;
use clap::ArgMatches;
use rolewright_wire::Severity;

/// The options shared by `check` and `compile`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    pub paths: Vec<String>,
    pub host: Option<String>,
    pub profile: Option<String>,
    /// Name and setting of each rule.
    pub rules: Vec<(String, String)>,
    pub value: Vec<(String, String)>,
    pub values: Option<String>,
    pub missing: Option<String>,
    pub config: Option<String>,
    pub stdin_path: Option<String>,
    pub color: Color,
}

/// The options of `check`.
#[derive(Clone, Debug, Default)]
pub(crate) struct CheckOptions {
    pub shared: Shared,
    pub format: Format,
    pub output_file: Option<String>,
    pub fix: bool,
    pub fix_unsafe: bool,
    pub diff: bool,
    pub dry_run: bool,
    pub severity: Severity,
    pub max_warnings: Option<usize>,
    pub only_roles: bool,
    /// Whether `--` ends the options: then an empty list of paths means no paths, not the current
    /// folder.
    pub listed: bool,
    /// Whether each file is checked for every host that reads it.
    pub readers: bool,
    pub changed_since: Option<String>,
    pub baseline: Option<String>,
    pub update_baseline: bool,
    pub no_cache: bool,
    pub watch: bool,
    pub verbose: bool,
    pub list: bool,
    pub quiet: bool,
}

impl CheckOptions {
    /// Whether fixes are computed, written or not.
    pub(crate) fn fixes(&self) -> bool {
        self.fix || self.fix_unsafe || self.diff
    }

    /// The lowest severity that can make the command fail.
    pub(crate) fn least_failing(&self) -> Severity {
        match self.max_warnings {
            Some(_) => self.severity.min(Severity::Warning),
            None => self.severity,
        }
    }

    /// Whether fixes are written.
    pub(crate) fn writes(&self) -> bool {
        self.fixes() && !self.diff && !self.dry_run
    }
}

/// The options of `compile`.
#[derive(Clone, Debug, Default)]
pub(crate) struct CompileOptions {
    pub shared: Shared,
    pub to: Option<String>,
    pub out: Option<String>,
    pub map: Option<String>,
    pub prompt: bool,
    pub check: bool,
    pub diff: bool,
    pub dry_run: bool,
    pub report: bool,
    pub allow_widening: bool,
    pub json: bool,
}

/// The options of `rules` and `hosts`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListOptions {
    pub name: Option<String>,
    pub json: bool,
    pub color: Color,
}

/// A format of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
    Sarif,
    Github,
    Junit,
    Gitlab,
}

/// The options passed to the command `name`.
pub(super) fn read(name: &'static str, given: &ArgMatches) -> Result<Command, Failure> {
    let given = Given(given);
    let failed = |message| Failure::usage(name, message);
    Ok(match name {
        "check" => Command::Check(Box::new(check(&given).map_err(failed)?)),
        "compile" => Command::Compile(Box::new(compile(&given).map_err(failed)?)),
        "rules" => Command::Rules(list(&given)),
        "hosts" => Command::Hosts(list(&given)),
        "lsp" => Command::Lsp,
        "completions" => Command::Print(super::pages::completions(&given.text("shell"))),
        "man" => Command::Print(super::pages::manual(given.text("name")).map_err(failed)?),
        "init" => Command::Init,
        _ => return Err(failed(String::from("this program cannot do that"))),
    })
}

struct Given<'m>(&'m ArgMatches);

impl Given<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.0.try_get_one::<String>(name).ok().flatten().cloned()
    }

    fn flag(&self, name: &str) -> bool {
        self.0.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false)
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.try_get_many::<String>(name).ok().flatten().into_iter().flatten().cloned().collect()
    }

    fn pairs(&self, name: &str) -> Result<Vec<(String, String)>, String> {
        let pair = |text: String| match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => Ok((key.to_string(), value.to_string())),
            _ => Err(format!("--{name} must be NAME=VALUE, not \"{text}\"")),
        };
        self.all(name).into_iter().map(pair).collect()
    }

    fn number(&self, name: &str) -> Result<Option<usize>, String> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let is_plain = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_plain.then(|| text.parse().ok()).flatten();
        number.map(Some).ok_or_else(|| format!("--{name} must be a whole number, not \"{text}\""))
    }

    fn color(&self) -> Color {
        match self.text("color").as_deref() {
            Some("always") => Color::Always,
            Some("never") => Color::Never,
            _ => Color::Auto,
        }
    }

    fn shared(&self) -> Result<Shared, String> {
        let rules = self.pairs("rule")?;
        let known = ["off", "error", "warning", "info"];
        for (name, setting) in &rules {
            if !known.contains(&setting.as_str()) {
                return Err(one_of(&format!("--rule {name}=…"), setting, &known));
            }
        }
        Ok(Shared {
            paths: self.all("paths"),
            host: self.text("host"),
            profile: self.text("profile"),
            rules,
            value: self.pairs("value")?,
            values: self.text("values"),
            missing: self.text("missing"),
            config: self.text("config"),
            stdin_path: self.text("stdin-path"),
            color: self.color(),
        })
    }
}

fn check(given: &Given<'_>) -> Result<CheckOptions, String> {
    Ok(CheckOptions {
        shared: given.shared()?,
        format: match given.text("format").as_deref() {
            Some("json") => Format::Json,
            Some("sarif") => Format::Sarif,
            Some("github") => Format::Github,
            Some("junit") => Format::Junit,
            Some("gitlab") => Format::Gitlab,
            _ => Format::Text,
        },
        // As for `--out`, "-" is standard output.
        output_file: given.text("output-file").filter(|file| file != "-"),
        fix: given.flag("fix"),
        fix_unsafe: given.flag("fix-unsafe"),
        diff: given.flag("diff"),
        dry_run: given.flag("dry-run"),
        severity: match given.text("severity").as_deref() {
            Some("info") => Severity::Info,
            Some("warning") => Severity::Warning,
            _ => Severity::Error,
        },
        max_warnings: given.number("max-warnings")?,
        only_roles: given.flag("only-roles"),
        listed: false,
        readers: given.flag("readers"),
        changed_since: given.text("changed-since"),
        baseline: given.text("baseline"),
        update_baseline: given.flag("update-baseline"),
        no_cache: given.flag("no-cache"),
        watch: given.flag("watch"),
        verbose: given.flag("verbose"),
        list: given.flag("list"),
        quiet: given.flag("quiet"),
    })
}

fn compile(given: &Given<'_>) -> Result<CompileOptions, String> {
    Ok(CompileOptions {
        shared: given.shared()?,
        to: given.text("to"),
        out: given.text("out"),
        map: given.text("map"),
        prompt: given.flag("prompt"),
        check: given.flag("check"),
        diff: given.flag("diff"),
        dry_run: given.flag("dry-run"),
        report: given.flag("report"),
        allow_widening: given.flag("allow-widening"),
        json: given.text("format").as_deref() == Some("json"),
    })
}

fn list(given: &Given<'_>) -> ListOptions {
    ListOptions {
        name: given.text("name"),
        json: given.text("format").as_deref() == Some("json"),
        color: given.color(),
    }
}
