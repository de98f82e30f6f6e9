use super::*;
use crate::native::Native;
use std::cell::Cell;

/// Answers requests from a cache, and counts the files that had to be checked.
struct RecordingFiles<'a> {
    cache: Cache<'a>,
    checked: Cell<usize>,
}

fn empty(world: &Native) -> Cache<'_> {
    Cache {
        world,
        place: String::new(),
        program: String::from("program"),
        known: BTreeMap::new(),
        added: Mutex::default(),
        lists: Mutex::default(),
        agents: Mutex::default(),
        found: AtomicUsize::new(0),
    }
}

impl<'a> RecordingFiles<'a> {
    fn new(cache: Cache<'a>) -> Self {
        Self { cache, checked: Cell::new(0) }
    }

    /// Checks a file that includes `b.md` and searches all paths for `gone.md`.
    fn ask(&self, text: &str, settings: &str, files: &BTreeMap<String, String>) -> Answer {
        let question = Question { file: "/w/a.md", text, root: "/w", settings, files };
        self.cache.answer(&question, |files| {
            self.checked.set(self.checked.get() + 1);
            let input = rolewright_core::Input::new(text).at(".claude/agents/a.md");
            let input = input.with_files(files);
            let options = rolewright_core::Options::new();
            let (report, summary) = rolewright_core::check_one(&input, &options);
            let values = rolewright_core::Values::default();
            let document = rolewright_services::Document {
                text,
                path: ".claude/agents/a.md",
                files,
                values: &values,
                options: &options,
                encoding: rolewright_wire::Encoding::Utf8,
            };
            (rolewright_services::report(report, &document), summary)
        })
    }

    /// The cache of the next run.
    fn next(self, world: &'a Native) -> Self {
        let mut known = self.cache.known;
        known.extend(self.cache.added.into_inner().unwrap());
        let bytes = packed(world, "program", &known);
        Self::new(Cache { known: unpacked(world, &bytes, "program").unwrap(), ..empty(world) })
    }
}

const TEXT: &str =
    "---\nname: a\ndescription: Use it.\n---\n{{include:b.md}}\n{{include:gone.md}}\n";

fn files(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(path, text)| ((*path).to_string(), (*text).to_string())).collect()
}

#[test]
fn a_file_is_checked_once_as_long_as_nothing_changes() {
    let world = Native::new();
    let around = files(&[("b.md", "B\n")]);
    let first = RecordingFiles::new(empty(&world));
    let said = first.ask(TEXT, "s", &around);
    assert!(said.1.is_some() && !said.0.diagnostics.is_empty());
    let second = first.next(&world);
    assert_eq!(second.ask(TEXT, "s", &around), said);
    assert_eq!((second.checked.get(), second.cache.found()), (0, 1));
}

#[test]
fn a_file_is_checked_again_where_anything_that_it_depends_on_changed() {
    let world = Native::new();
    let before = files(&[("b.md", "B\n")]);
    for (why, text, settings, after) in [
        ("its text", "# B\n", "s", before.clone()),
        ("its settings", TEXT, "t", before.clone()),
        ("an included file", TEXT, "s", files(&[("b.md", "C\n")])),
        ("an included file is gone", TEXT, "s", files(&[])),
        ("a missing file is there", TEXT, "s", files(&[("b.md", "B\n"), ("gone.md", "")])),
        ("another file that may be meant", TEXT, "s", files(&[("b.md", "B\n"), ("gon.md", "")])),
    ] {
        let first = RecordingFiles::new(empty(&world));
        first.ask(TEXT, "s", &before);
        let second = first.next(&world);
        let said = second.ask(text, settings, &after);
        assert_eq!(second.checked.get(), 1, "{why}");
        assert_eq!(said, RecordingFiles::new(empty(&world)).ask(text, settings, &after), "{why}");
    }
}

#[test]
fn a_file_that_names_agents_is_checked_again_where_one_is_renamed() {
    let world = Native::new();
    let text =
        "---\nname: a\ndescription: Use it.\n---\n## Other agents\n- Ask code-reviewer first\n";
    let around = |name: &str| files(&[("agents/b.md", &format!("---\nname: {name}\n---\nB\n"))]);
    let first = RecordingFiles::new(empty(&world));
    let said = first.ask(text, "s", &around("code-reviwer"));
    assert!(said.0.diagnostics.iter().any(|found| found.rule == "unknown-agent"), "{said:?}");
    let second = first.next(&world);
    let said = second.ask(text, "s", &around("code-reviewer"));
    assert!(said.0.diagnostics.iter().all(|found| found.rule != "unknown-agent"), "{said:?}");
}

#[test]
fn what_another_program_wrote_or_a_broken_disk_is_not_believed() {
    let world = Native::new();
    let first = RecordingFiles::new(empty(&world));
    first.ask(TEXT, "s", &files(&[]));
    let bytes = packed(&world, "program", &first.cache.added.into_inner().unwrap());
    assert!(unpacked(&world, &bytes, "program").is_some());
    assert!(unpacked(&world, &bytes, "another").is_none());
    for at in 0..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 1;
        assert!(unpacked(&world, &broken, "program").is_none(), "{at}");
        assert!(unpacked(&world, &bytes[..at], "program").is_none(), "{at}");
    }
}
