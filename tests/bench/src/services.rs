//! Measures the time an editor waits for an edit to one of 500 roles, and for each service in a
//! text of 16 kB.

use crate::{Clock, fastest, texts};
use rolewright_services::{Document, Settings, Workspace};
use std::fmt::Write;
use std::hint::black_box;

const ROLES: usize = 500;
const ROUNDS: usize = 5;

/// Times in milliseconds.
pub(crate) fn answers(now: Clock) -> String {
    let mut out = String::new();
    let mut row = |name: &str, microseconds: f64| {
        let _ = writeln!(out, "  {name:34} {:8.2} ms", microseconds / 1e3);
    };
    let mut workspace = workspace();
    let started = now();
    let files = workspace.check_all().files.len();
    row(&format!("first check of {files} roles"), now() - started);
    let mut edit = 0;
    let mut edited = |path: &str, text: &dyn Fn(usize) -> String| {
        fastest(now, ROUNDS, || {
            edit += 1;
            // The texts of a benchmark are far below the limit of a workspace.
            let _ = workspace.set(path, text(edit));
            black_box(workspace.check(".claude/agents/role-7.md"));
        })
    };
    row("an edit to one of them", edited(".claude/agents/role-7.md", &|edit| role(7, edit)));
    row(
        "an edit to a file that all include",
        edited("shared/tone.md", &|edit| format!("# Tone\n\nBe kind, {edit} times.\n")),
    );
    let path = ".claude/agents/role-8.md";
    let text = format!("{}{}", role(8, 0), texts::clean(15 << 10));
    let _ = workspace.set(path, text);
    let Some(document) = workspace.document(path) else { return out };
    for (name, service) in services() {
        let length = u32::try_from(document.text.len()).unwrap_or(u32::MAX);
        row(name, fastest(now, ROUNDS, || service(&document, length / 2)));
    }
    out
}

type Service = fn(&Document<'_>, u32);

fn services() -> [(&'static str, Service); 9] {
    use rolewright_services as services;
    [
        ("completion in front matter", |document, _| {
            drop(black_box(services::complete(document, 12)))
        }),
        ("completion in the prompt", |document, at| {
            drop(black_box(services::complete(document, at)))
        }),
        ("hover", |document, _| drop(black_box(services::hover(document, 5)))),
        ("definition", |document, at| drop(black_box(services::definition(document, at)))),
        ("document symbols", |document, _| drop(black_box(services::document_symbols(document)))),
        ("folding ranges", |document, _| drop(black_box(services::folding_ranges(document)))),
        ("links", |document, _| drop(black_box(services::links(document)))),
        ("outline", |document, _| drop(black_box(services::outline(document)))),
        ("code actions", |document, at| drop(black_box(services::code_actions(document, at, at)))),
    ]
}

fn workspace() -> Workspace {
    let mut workspace = Workspace::new(Settings::default());
    let _ = workspace.set("shared/tone.md", String::from("# Tone\n\nBe kind.\n"));
    for at in 0..ROLES {
        let _ = workspace.set(&format!(".claude/agents/role-{at}.md"), role(at, 0));
    }
    workspace
}

/// A role of about four kilobytes that includes a shared file.
fn role(at: usize, edit: usize) -> String {
    let body = texts::clean(4 << 10);
    format!(
        "---\nname: role-{at}\ndescription: Reviews changes of part {at} when somebody asks for it.\ntools: Read, Grep\n---\n{body}\nEdit {edit}.\n\n{{{{include:shared/tone.md}}}}\n"
    )
}
