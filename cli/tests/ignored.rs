//! What is left out of a search, against git's own word on the same files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Numbers that are the same in every run.
struct Dice(u32);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // The high bits are the random ones.
        usize::try_from((u64::from(self.0) * below as u64) >> 32).unwrap()
    }

    fn one<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}

const NAMES: &[&str] =
    &["a", "b", "ab", "a.md", "b.md", "a b.md", "[a].md", "#a", "!b", "{a}", "A.md", "-a"];
const PIECES: &[&str] = &[
    "*", "**", "?", "a", "b", "a*", "*.md", "[ab]", "[!a]*", "[a-c].md", "\\#a", "\\!b", "{a}",
    "a\\ b.md", "[]a]", "\\*", "a b.md",
];

fn pattern(dice: &mut Dice) -> String {
    let count = 1 + dice.below(3);
    let parts: Vec<&str> = (0..count).map(|_| dice.one(PIECES)).collect();
    let negated = dice.one(&["", "", "!"]);
    let (start, end) = (dice.one(&["", "", "/"]), dice.one(&["", "", "/"]));
    let blank = dice.one(&["", "", " ", "\r"]);
    format!("{negated}{start}{}{end}{blank}", parts.join("/"))
}

/// Files whose folders are no files, and a .gitignore in some folders.
fn files(dice: &mut Dice) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for _ in 0..14 {
        let depth = 1 + dice.below(3);
        let path = (0..depth).map(|_| dice.one(NAMES)).collect::<Vec<_>>().join("/");
        let below = |a: &str, b: &str| a.starts_with(&format!("{b}/"));
        let clash = files
            .iter()
            .any(|(other, _)| *other == path || below(other, &path) || below(&path, other));
        if !clash {
            files.push((path, String::from("x\n")));
        }
    }
    let folder = |path: &str| path.rfind('/').map_or(String::new(), |at| path[..=at].to_string());
    let folders: BTreeSet<String> = files.iter().map(|(path, _)| folder(path)).collect();
    for folder in folders.into_iter().chain([String::new()]).collect::<BTreeSet<_>>() {
        if folder.is_empty() || dice.below(3) == 0 {
            let count = 1 + dice.below(4);
            let lines: Vec<String> = (0..count).map(|_| pattern(dice)).collect();
            files.push((format!("{folder}.gitignore"), lines.join("\n")));
        }
    }
    files
}

fn git(root: &Path, words: &[&str]) -> Option<String> {
    let done = Command::new("git")
        .args(words)
        .current_dir(root)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .ok()?;
    done.status.success().then(|| String::from_utf8(done.stdout).unwrap())
}

fn listed(root: &Path) -> BTreeSet<String> {
    let done = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .args(["check", "--list"])
        .current_dir(root)
        .output()
        .unwrap();
    String::from_utf8(done.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| line.split('\t').next())
        .map(str::to_string)
        .collect()
}

#[test]
fn what_gitignore_leaves_out_is_what_git_leaves_out() {
    let mut left_out = 0;
    for seed in 1..=40 {
        let root = TempDir::with_prefix("rolewright-ignored-").unwrap();
        let Some(_) = git(root.path(), &["init", "--quiet"]) else {
            eprintln!("skipped: there is no git");
            return;
        };
        let files = files(&mut Dice(seed));
        for (path, text) in &files {
            let file = root.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let all = git(root.path(), &["ls-files", "-co", "-z", "--exclude-standard"]).unwrap();
        let expected: BTreeSet<String> =
            all.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect();
        fs::write(root.path().join("rolewright.json"), "{ \"include\": [\"**/*\"] }").unwrap();
        left_out += files.len() - expected.len();
        let rules: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".gitignore")).collect();
        assert_eq!(listed(root.path()), expected, "seed {seed}: {rules:?}");
    }
    assert!(left_out > 30, "{left_out} files were left out");
}
