//! Checks with files that are read on demand: they return owned texts, and none is read that is not
//! needed.

use rolewright_core::{Files, Input, Options, Target, check, compile};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Files that note which of them were read.
struct Noting {
    files: BTreeMap<String, String>,
    read: RefCell<Vec<String>>,
}

impl Files for Noting {
    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.read.borrow_mut().push(path.to_string());
        self.files.get(path).cloned().map(Cow::Owned)
    }

    fn paths(&self) -> Vec<Cow<'_, str>> {
        self.files.keys().cloned().map(Cow::Owned).collect()
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

fn noting(files: &[(&str, &str)]) -> Noting {
    let files = files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    Noting { files, read: RefCell::default() }
}

fn read_by_check(path: &str, text: &str, files: &[(&str, &str)]) -> BTreeSet<String> {
    let files = noting(files);
    check(&Input::new(text).at(path).with_files(&files), &Options::new());
    files.read.into_inner().into_iter().collect()
}

const ROLE: &str = "---\nname: reviewer\ndescription: Use it daily.\n---\nReview the change.\n";

#[test]
fn a_role_at_the_workspace_root_reads_no_other_file() {
    let files = [(".claude/agents/a.md", ROLE), ("README.md", ROLE), ("src/main.rs", "reviewer")];
    assert!(read_by_check("reviewer.md", ROLE, &files).is_empty());
    assert!(read_by_check("AGENTS.md", "Review the change.\n", &files).is_empty());
}

#[test]
fn a_role_among_others_reads_the_roles_that_are_loaded_with_it() {
    let files = [
        (".claude/agents/a.md", ROLE),
        (".claude/agents/b.md", ROLE),
        (".claude/agents/notes.txt", "reviewer"),
        (".claude/agents/deep/c.md", ROLE),
        (".claude/agents-old/d.md", ROLE),
        ("e.md", ROLE),
    ];
    let read = read_by_check(".claude/agents/a.md", ROLE, &files);
    let together = [".claude/agents/b.md", ".claude/agents/deep/c.md"];
    assert_eq!(read, together.map(String::from).into());
}

#[test]
fn a_role_that_its_host_does_not_identify_by_name_reads_no_neighbors() {
    let files = [(".cursor/rules/a.mdc", ROLE), (".cursor/rules/b.mdc", ROLE)];
    assert!(read_by_check(".cursor/rules/a.mdc", ROLE, &files).is_empty());
}

#[test]
fn an_expansion_reads_each_included_file_once() {
    let text = "{{include:a.md}}\n\n{{include:a.md}}\n\n{{include:/b.md}}\n";
    let files = noting(&[
        ("a.md", "A\n\n{{include:b.md}}\n"),
        ("b.md", "B\n"),
        ("roles/a.md", "A\n"),
        ("c.md", "C\n"),
    ]);
    let input = Input::new(text).at("roles/x.md").with_files(&files);
    let expanded = rolewright_core::template::expand(&input, &Options::new());
    assert_eq!(expanded.text, "A\n\nB\n\nA\n\nB\n\nB\n");
    let mut read = files.read.into_inner();
    read.sort();
    // `roles/a.md` is compared with `a.md`: the path may mean either.
    assert_eq!(read, ["a.md", "b.md", "roles/a.md"]);
}

#[test]
fn a_path_that_is_refused_is_not_read() {
    let text = "{{include:.env}}\n\n{{include:../../outside.md}}\n\n{{include:keys/id_rsa}}\n";
    let files = noting(&[(".env", "KEY=1\n"), ("keys/id_rsa", "secret\n")]);
    let input = Input::new(text).at("roles/x.md").with_files(&files);
    compile(&input, &Options::new(), &Target::default());
    assert_eq!(files.read.into_inner(), Vec::<String>::new());
}
