//! Who is who in a workspace: the names that roles claim, and what is wrong when two claim one. Takes
//! roles one by one and keeps a few words of each, so that a workspace of any size can pass through.

use crate::check::{Report, check_role, refuse, sort};
use crate::diagnostic::Diagnostic;
use crate::host::{self, FieldRole, Host, Identity};
use crate::options::Options;
use crate::role::Role;
use crate::rules::duplicate_role_name;
use crate::suppress::{self, Suppression};
use crate::text::Span;
use crate::workspace::{Files, Values};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The name one role claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The role's path.
    pub path: String,
    /// The host it is for.
    pub host: &'static str,
    /// The name.
    pub name: String,
    /// Where it stands, in bytes of that file.
    pub span: Span,
    /// Whether a comment there switches the rule about it off.
    pub quiet: bool,
}

impl Claim {
    /// The claim of a role on a host that knows roles by their name field.
    pub fn of(role: &Role<'_>, host: &'static Host) -> Option<Claim> {
        if !matches!(
            host.identity,
            Identity::Field | Identity::FieldAndFolder | Identity::FieldOrFile
        ) {
            return None;
        }
        let field = role.field(host.field_for(FieldRole::Name)?.name)?;
        let name = field.value.as_str().filter(|name| !name.is_empty())?;
        Some(Claim {
            path: role.path.to_string(),
            host: host.id,
            name: name.to_string(),
            span: field.value.span,
            quiet: false,
        })
    }

    /// Whether two files claim one name: on one host and in one folder. Elsewhere the nearer file
    /// wins on purpose, or a plugin's name goes before it.
    pub fn collides(&self, other: &Claim) -> bool {
        self.path != other.path
            && self.host == other.host
            && self.name == other.name
            && folder(&self.path) == folder(&other.path)
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What was found in one file of a workspace.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// Its path.
    pub path: String,
    /// What was found.
    pub report: Report,
}

/// Checks every role of a workspace, and what holds between them. A file is a role when it lies where
/// a host looks for roles.
pub fn check_all(files: &dyn Files, values: &Values, options: &Options) -> Vec<FileReport> {
    let mut reports = Vec::new();
    let mut claims = Vec::new();
    let alone = Options { across: false, ..options.clone() };
    for path in files.paths() {
        let (Some(_), Some(text)) = (host::by_path(path), files.text(path)) else { continue };
        let (report, claim) = check_alone(text, path, files, values, &alone);
        claims.extend(claim);
        reports.push(FileReport { path: path.to_string(), report });
    }
    for diagnostic in collisions(&claims, options) {
        if let Some(file) = reports.iter_mut().find(|file| file.path == diagnostic.path) {
            file.report.diagnostics.push(diagnostic);
            sort(&mut file.report.diagnostics, &file.path);
        }
    }
    reports
}

/// Checks one file of many, with options that look across no files, and says which name it claims.
pub fn check_alone(
    text: &str,
    path: &str,
    files: &dyn Files,
    values: &Values,
    alone: &Options,
) -> (Report, Option<Claim>) {
    if let Some(refused) = refuse(text, path, alone) {
        return (refused, None);
    }
    let role = Role::parse_with(text, path, alone.markdown);
    let report = check_role(&role, files, values, alone);
    let claim = host::by_path(path).and_then(|_| Claim::of(&role, report.host));
    let quiet = |span: Span| {
        let own = |s: &Suppression<'_>| s.rule == duplicate_role_name::RULE.name;
        suppress::read(&role).iter().any(|s| own(s) && s.scope.contains(span.start))
    };
    (report, claim.map(|claim| Claim { quiet: quiet(claim.span), ..claim }))
}

/// One diagnostic for each claim that an earlier one makes too.
pub fn collisions(claims: &[Claim], options: &Options) -> Vec<Diagnostic> {
    let rule = &duplicate_role_name::RULE;
    if !rule.runs(options) {
        return Vec::new();
    }
    let severity = options.severity_of(rule.name).flatten().unwrap_or(rule.severity);
    let mut sorted: Vec<&Claim> = claims.iter().collect();
    sorted.sort_by(|a, b| {
        let key = |claim: &Claim| (claim.host, folder(&claim.path).to_string(), claim.name.clone());
        key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path))
    });
    let mut found = Vec::new();
    let mut first: Option<&Claim> = None;
    for claim in sorted {
        match first.filter(|first| first.collides(claim)) {
            Some(_) if claim.quiet => {}
            Some(first) => {
                let finding = duplicate_role_name::finding(claim, first);
                found.push(finding.into_diagnostic(rule.name, severity, &claim.path));
            }
            None => first = Some(claim),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::format;

    fn workspace(paths: &[(&str, &str)]) -> BTreeMap<String, String> {
        let text = |name: &str| {
            format!(
                "---\nname: {name}\ndescription: Use when needed.\ntools: Read\n---\nYou are {name}.\n"
            )
        };
        paths.iter().map(|(path, name)| ((*path).to_string(), text(name))).collect()
    }

    fn collisions_in(paths: &[(&str, &str)]) -> Vec<String> {
        let reports = check_all(&workspace(paths), &Values::new(), &Options::default());
        reports
            .iter()
            .flat_map(|file| &file.report.diagnostics)
            .filter(|d| d.rule == "duplicate-role-name")
            .map(|d| format!("{}: {}", d.path, d.message))
            .collect()
    }

    #[test]
    fn the_later_of_two_claims_in_one_folder_is_reported() {
        assert_eq!(
            collisions_in(&[
                (".claude/agents/a.md", "x"),
                (".claude/agents/b.md", "x"),
                (".claude/agents/c.md", "y")
            ]),
            [".claude/agents/b.md: `.claude/agents/a.md` also claims the name `x`"]
        );
    }

    #[test]
    fn what_is_between_files_stands_in_its_place_among_the_rest() {
        let mut files = workspace(&[(".claude/agents/a.md", "x"), (".claude/agents/b.md", "x")]);
        files.get_mut(".claude/agents/b.md").unwrap().push_str("```\nnever closed\n\n# Text\n");
        let reports = check_all(&files, &Values::new(), &Options::default());
        let starts: Vec<_> = reports[1].report.diagnostics.iter().map(|d| d.span.start).collect();
        assert!(starts.len() > 1 && starts.is_sorted(), "{starts:?}");
    }

    #[test]
    fn the_same_name_in_another_folder_is_meant() {
        let none: [&str; 0] = [];
        assert_eq!(
            collisions_in(&[
                ("plugins/p/agents/a.md", "x"),
                ("plugins/q/agents/a.md", "x"),
                (".claude/agents/a.md", "x")
            ]),
            none
        );
    }

    #[test]
    fn a_comment_in_a_file_silences_what_is_between_it_and_others() {
        for comment in [
            ("name: x\n", "# rolewright-ignore duplicate-role-name: twins\nname: x\n"),
            ("You are", "<!-- rolewright-ignore-file duplicate-role-name -->\n\nYou are"),
        ] {
            let mut files =
                workspace(&[(".claude/agents/a.md", "x"), (".claude/agents/b.md", "x")]);
            let second = files.get_mut(".claude/agents/b.md").unwrap();
            *second = second.replacen(comment.0, comment.1, 1);
            let reports = check_all(&files, &Values::new(), &Options::default());
            let found = reports.iter().flat_map(|file| &file.report.diagnostics);
            let told: Vec<_> = found.filter(|d| d.rule != "description-length").collect();
            assert!(told.is_empty(), "{told:?}");
        }
    }

    #[test]
    fn files_that_are_no_roles_are_left_out() {
        let files = workspace(&[("notes/a.md", "x"), (".claude/agents/a.md", "x")]);
        let reports = check_all(&files, &Values::new(), &Options::default());
        assert_eq!(
            reports.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
            [".claude/agents/a.md"]
        );
    }
}
