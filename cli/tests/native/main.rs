//! The native command line, as someone runs it: files on a disk, arguments, output and exit code.

mod waiting;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const A: &str = ".claude/agents/a.md";
const B: &str = ".claude/agents/b.md";

/// A folder with files, which is removed in the end.
struct Folder(TempDir);

/// The result of a run.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::with_prefix("rolewright-").unwrap());
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn run(&self, words: &[&str]) -> Ran {
        self.run_in("", words, &[])
    }

    fn run_in(&self, folder: &str, words: &[&str], variables: &[(&str, &str)]) -> Ran {
        run_at(&self.path(folder), words, variables)
    }
}

fn run_at(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Ran {
    let path = std::env::var("PATH").unwrap_or_default();
    let done = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

fn role(name: &str, tools: &str) -> String {
    format!(
        "---\nname: {name}\ndescription: Reviews a change for mistakes. Use when code was changed and has to be \
         looked at.\ntools: {tools}\n---\n# Reviewer\n\nReview the change, and name the file and the line of each \
         remark.\n"
    )
}

#[test]
fn a_diff_shows_what_the_fixes_would_change_and_writes_nothing() {
    let folder = Folder::of(&[(A, &role("a", "Read, bash"))]);
    let Ran { code, out, err } = folder.run(&["check", "--diff"]);
    assert_eq!(code, 1);
    assert!(out.starts_with(&format!("--- {A}\n+++ {A}\n@@ ")), "{out}");
    assert!(out.contains("\n-tools: Read, bash\n+tools: Read, Bash\n"), "{out}");
    assert_eq!(err, "1 file checked: no problems\n1 fix would be applied\n");
    assert_eq!(folder.read(A), role("a", "Read, bash"));
}

#[test]
fn a_dry_run_reports_what_would_be_left() {
    let folder = Folder::of(&[(A, &role("a", "bash, Frobnicate"))]);
    let Ran { code, out, .. } = folder.run(&["check", "--fix", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("warning[unknown-tool]"), "{out}");
    assert!(out.contains("1 fix would be applied\n"), "{out}");
    assert_eq!(folder.read(A), role("a", "bash, Frobnicate"));
    assert_eq!(folder.run(&["check", "--dry-run"]).code, 2);
}

#[test]
fn the_nearest_configuration_governs_a_folder_wherever_the_command_is_started() {
    let folder = Folder::of(&[
        ("rolewright.json", "{ \"rules\": { \"tool-case\": \"error\" } }"),
        (A, &role("a", "bash")),
        ("packages/p/rolewright.json", "{ \"rules\": { \"tool-case\": \"info\" } } // nested"),
        ("packages/p/.claude/agents/b.md", &role("b", "bash")),
        ("packages/q/.claude/agents/c.md", &role("c", "bash")),
    ]);
    let found = |place: &str, words: &[&str]| {
        let out = folder.run_in(place, words, &[]).out;
        let lines = out.lines().filter(|line| line.contains("[tool-case]") || line.contains("-->"));
        let lines: Vec<&str> = lines.map(|line| line.split(['[', ':']).next().unwrap()).collect();
        lines.join(" ")
    };
    let all = format!(
        "error  --> {A} info  --> packages/p/.claude/agents/b.md error  --> packages/q/.claude/agents/c.md"
    );
    assert_eq!(found("", &["check"]), all);
    assert_eq!(found("packages/p", &["check"]), "info  --> .claude/agents/b.md");
    assert_eq!(found("packages/q", &["check", "../p"]), "info  --> ../p/.claude/agents/b.md");
    let json = folder.run(&["check", "--format", "json"]).out;
    assert!(json.contains("\"path\":\"packages/p/.claude/agents/b.md\""), "{json}");
}

#[test]
fn a_report_goes_to_a_file_whole_and_without_colors() {
    let folder = Folder::of(&[(A, &role("a", "Read, bash"))]);
    let words = ["check", "--output-file", "out/report.txt", "--color", "always"];
    let Ran { code, out, err } = folder.run(&words);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    assert!(folder.read("out/report.txt").starts_with("warning[tool-case]"));
}

#[test]
fn too_many_warnings_are_named() {
    let folder = Folder::of(&[(A, &role("a", "Read, bash"))]);
    let Ran { code, err, .. } = folder.run(&["check", "--max-warnings", "0"]);
    let said = "rolewright: 1 warning, more than the 0 that --max-warnings allows\n";
    assert_eq!((code, err.as_str()), (1, said));
}

#[test]
fn a_host_that_begins_as_one_does_is_taken_for_it() {
    let folder = Folder::of(&[]);
    let Ran { code, err, .. } = folder.run(&["check", "--host", "claud"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "rolewright: --host: unknown host \"claud\"; did you mean \"claude-code\"?\nRun `rolewright check --help` for usage.\n"
    );
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_not_text_is_named_with_that_reason() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::of(&[(A, &role("a", "Read"))]);
    let name = OsStr::from_bytes(b"caf\xe9.md");
    fs::copy(folder.path(A), folder.path(".claude/agents").join(name)).unwrap();
    let Ran { code, out, err } = folder.run(&["check"]);
    assert_eq!(code, 2);
    let why = "caf\u{fffd}.md: cannot be read: the name is not valid UTF-8\n";
    assert_eq!(err, format!("rolewright: .claude/agents/{why}"));
    assert!(out.starts_with("1 file checked: no problems\n"), "{out}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_no_success() {
    let folder = Folder::of(&[(A, &role("a", "Read"))]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_rolewright"))
        .arg("check")
        .current_dir(folder.path(""))
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(said, "rolewright: standard output cannot be written: no space left on the disk\n");
}

#[test]
fn junit_has_a_suite_for_each_file() {
    let other = role("b", "Read").replace("description: ", "description: In the evening, ");
    let folder = Folder::of(&[(A, &role("a", "Read, bash")), (B, &other)]);
    let Ran { code, out, .. } = folder.run(&["check", "--format", "junit"]);
    assert_eq!(code, 0);
    assert_eq!(
        out,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rolewright\">\n  \
             <testsuite name=\"{A}\" tests=\"1\" failures=\"1\" errors=\"0\" time=\"0\">\n    \
             <testcase name=\"tool-case (4:14)\" classname=\"{A}\" time=\"0\">\n      \
             <failure message=\"Tool `bash` is spelled `Bash` in Claude Code\" type=\"warning\">{A}:4:14: Tool `bash` is \
             spelled `Bash` in Claude Code.\nClaude Code silently ignores tool names it does not \
             recognize.</failure>\n    </testcase>\n  </testsuite>\n  \
             <testsuite name=\"{B}\" tests=\"1\" failures=\"0\" errors=\"0\" time=\"0\">\n    \
             <testcase name=\"rolewright\" classname=\"{B}\" time=\"0\"/>\n  </testsuite>\n</testsuites>\n"
        )
    );
}

#[test]
fn gitlab_knows_a_finding_again_when_lines_moved() {
    let folder = Folder::of(&[(A, &role("a", "Read, bash"))]);
    let report = || -> serde_json::Value {
        serde_json::from_str(&folder.run(&["check", "--format", "gitlab"]).out).unwrap()
    };
    let before = report();
    folder.write(A, &role("a", "Read, bash").replace("tools:", "# a comment\ntools:"));
    let after = report();
    assert_eq!(before[0]["fingerprint"], after[0]["fingerprint"]);
    assert_eq!(after[0]["location"]["lines"]["begin"], 5);
    assert_eq!(after[0]["severity"], "minor");
    folder.write(A, &role("a", "Read"));
    assert_eq!(report(), serde_json::json!([]));
}

#[test]
fn a_list_names_the_files_that_would_be_checked() {
    let folder = Folder::of(&[(A, &role("a", "bash")), ("README.md", "x\n")]);
    let Ran { code, out, err } = folder.run(&["check", "--list"]);
    let line = format!(
        "{A}\trole\tclaude-code\tClaude Code subagent, from the file's location. Also read by VS Code (`vscode-agent`), Cursor (`cursor-agent`), Copilot CLI (`copilot-cli`) (see --readers).\n"
    );
    assert_eq!((code, out, err.as_str()), (0, line, "skipped: 1 documentation\n"));
    assert_eq!(folder.run(&["check", "--list", "--"]).out, "");
}

#[test]
fn several_roles_and_hosts_are_compiled_into_a_folder() {
    let folder = Folder::of(&[(A, &role("a", "Read")), (B, &role("b", "Read"))]);
    let words = ["compile", A, B, "--to", "claude-code,copilot", "--out", "build"];
    let dry = folder.run(&[&words[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.contains(&format!("would write build/{A}\n")), "{}", dry.out);
    assert!(!folder.path("build").exists());
    assert_eq!(folder.run(&[&words[..], &["--check"]].concat()).code, 1);
    assert_eq!(folder.run(&words).code, 0);
    assert_eq!(folder.read(&format!("build/{A}")), role("a", "Read"));
    assert_eq!(folder.run(&[&words[..], &["--check"]].concat()).code, 0);
    assert!(folder.run(&words[..5]).err.contains("several results require --out DIR"));
}

#[test]
fn standard_output_may_be_named() {
    let folder = Folder::of(&[("a.md", "# A\n")]);
    assert_eq!(folder.run(&["compile", "a.md", "--out", "-"]).out, "# A\n");
    let report = folder.run(&["check", "a.md", "--format", "json", "--output-file", "-"]).out;
    assert!(report.starts_with("{\"version\":"), "{report}");
    assert!(!folder.path("-").exists());
}

#[test]
fn help_names_every_option() {
    let folder = Folder::of(&[]);
    let help = folder.run(&["check", "--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    for option in ["--fix-unsafe", "--output-file <FILE>", "--dry-run", "--severity", "--rule"] {
        assert!(help.out.contains(option), "{option}: {}", help.out);
    }
    assert_eq!(folder.run(&[]).code, 2);
}

#[test]
fn help_about_a_command_is_that_of_the_command() {
    let folder = Folder::of(&[]);
    let help = folder.run(&["help", "check"]).out;
    assert_eq!(help, folder.run(&["check", "--help"]).out);
    assert_eq!(folder.run(&["help", "help"]).out, folder.run(&["--help", "--help"]).out);
    let unknown = folder.run(&["help", "chek"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(unknown.err.contains("unknown command \"chek\"; did you mean \"check\"?"));
}

fn git(folder: &Folder, words: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(words)
        .current_dir(folder.path(""))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn only_what_changed_since_a_commit_is_checked() {
    let folder = Folder::of(&[(A, &role("a", "bash")), (B, &role("b", "bash"))]);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "x"]);
    let list = || {
        let out = folder.run(&["check", "--list", "--changed-since", "HEAD"]).out;
        let paths = out.lines().filter_map(|line| line.split('\t').next());
        paths.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(list(), "");
    folder.write(B, &role("b", "Read, bash"));
    folder.write(".claude/agents/c.md", &role("a", "Read"));
    assert_eq!(list(), format!("{B} .claude/agents/c.md"));
    let Ran { code, out, .. } = folder.run(&["check", "--changed-since", "HEAD"]);
    assert_eq!(code, 1);
    assert!(out.contains("duplicate-role-name"), "compared with the rest of the folder: {out}");
    let none = folder.run(&["check", "--changed-since", "no-such"]);
    assert_eq!(none.code, 2);
    assert!(
        none.err.starts_with("rolewright: --changed-since no-such: git failed: "),
        "{}",
        none.err
    );
}

#[test]
fn nothing_changed_is_fine() {
    let folder = Folder::of(&[(A, &role("a", "bash"))]);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "x"]);
    let Ran { code, out, .. } = folder.run(&["check", "--changed-since", "HEAD"]);
    assert_eq!((code, &*out), (0, "no roles changed since HEAD\n"));
}

#[test]
fn a_baseline_silences_what_it_knows_until_it_is_no_longer_needed() {
    let folder = Folder::of(&[(A, &role("a", "bash"))]);
    let words = ["check", "--severity", "warning", "--baseline", "known.json"];
    let missing = folder.run(&words);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("create it with --update-baseline"), "{}", missing.err);
    let made = folder.run(&[&words[..], &["--update-baseline"]].concat());
    assert_eq!(
        (made.code, made.err.as_str()),
        (0, "rolewright: 1 diagnostic written to known.json\n")
    );
    folder.write(A, &role("a", "bash").replace("tools:", "# moved down\ntools:"));
    let Ran { code, out, err } = folder.run(&words);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("1 file checked: no new problems; 1 hidden by the baseline\n"),
        "{out}"
    );
    folder.write(B, &role("b", "Read, bash"));
    assert_eq!(folder.run(&words).code, 1);
    folder.write(A, &role("a", "Bash"));
    let err = folder.run(&words).err;
    assert!(err.starts_with("rolewright: 1 entry of known.json is no longer needed"), "{err}");
}

#[test]
fn verbose_output_says_why_each_file_was_or_was_not_checked() {
    let folder = Folder::of(&[
        (A, &role("a", "Bash")),
        ("README.md", "x\n"),
        (".gitignore", "/gone\n"),
        ("gone/x.md", "x\n"),
        ("old/x.md", "x\n"),
        ("rolewright.json", "{ \"ignore\": [\"old\"] }"),
    ]);
    git(&folder, &["init", "--quiet"]);
    let Ran { out, err, .. } = folder.run(&["check", "-v"]);
    assert!(out.starts_with("1 file checked"));
    for line in [
        &format!("{A}: checked: Claude Code subagent, from the file's location."),
        "README.md: skipped: documentation",
        "gone: skipped: ignored by .gitignore",
        "old: skipped: ignored by `ignore` in rolewright.json",
    ] {
        assert!(err.lines().any(|told| told == line), "{line}: {err}");
    }
}

#[test]
fn completions_and_manual_pages_come_from_the_same_definition() {
    let folder = Folder::of(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).out.contains("fix-unsafe"), "{shell}");
    }
    let page = folder.run(&["man", "check"]).out;
    assert!(page.contains("fix\\-unsafe"));
    assert!(page.contains(".TH rolewright-check 1  \"rolewright "), "{page}");
    assert!(page.contains("rolewright\\-check \\- Report problems"), "{page}");
    assert!(folder.run(&["man"]).out.contains(".TH rolewright"));
}

#[test]
fn a_file_is_checked_for_everyone_who_reads_it() {
    let text = "---\nname: Reviewer One\ndescription: Reviews changes. Use it after each change.\ntools: Read, Grep\npermissionMode: plan\n---\nYou review changes.\n";
    let folder = Folder::of(&[(A, text)]);
    let Ran { code, out, .. } = folder.run(&["check", "--readers"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains(&format!("{A}: VS Code (vscode-agent) reads it as Claude Code does\n")));
    assert!(out.contains(&format!("{A}: Cursor (cursor-agent) reads it differently:\n\nwarning[")));
    assert!(out.contains(&format!("{A}: Copilot CLI (copilot-cli) reads it differently:\n")));
    assert!(out.contains("Cursor has no field `tools`") && !out.contains("fix:"), "{out}");
    assert!(out.contains("1 file checked"), "{out}");
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["check", "--readers", "--format", "json"]).out).unwrap();
    let hosts: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["host"].as_str().unwrap())
        .collect();
    assert_eq!(hosts, ["claude-code", "vscode-agent", "cursor-agent", "copilot-cli"]);
    let fix = folder.run(&["check", "--readers", "--fix"]);
    assert_eq!(fix.code, 2);
    assert!(fix.err.contains("--readers cannot be combined with --fix"), "{}", fix.err);
}
