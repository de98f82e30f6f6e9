//! A role of any host that goes to another host and back is unchanged, except for reported losses: its
//! name, its description, its model, its prompt, and what it may do.

use rolewright_core::host::{FieldRole, HOSTS, Host, Tier};
use rolewright_core::permissions::{self, Outcome, Permissions};
use rolewright_core::role::Syntax;
use rolewright_core::{
    Compiled, Input, Options, Role, Severity, Target, compile, lay_out, markdown,
};

/// Roles of one host, each with its own fields.
struct Source {
    host: &'static str,
    path: &'static str,
    /// The text around the fields, which replace `FIELDS`.
    form: &'static str,
    /// What says what the role may do, in several ways.
    limits: &'static [&'static str],
    /// Other fields.
    others: &'static [&'static str],
}

const BODY: &str = "# Clerk\n\nYou file letters.\n\n## Boundaries\n\n- Open none.\n";

const SOURCES: [Source; 9] = [
    Source {
        host: "opencode",
        path: ".opencode/agents/clerk.md",
        form: "---\ndescription: Files letters. Use it daily.\nFIELDS---\n\nBODY",
        limits: &[
            "",
            "permission:\n  edit: deny\n  bash: deny\n",
            "permission:\n  \"*\": deny\n  read: allow\n  gh_*: allow\n",
            "permission:\n  bash:\n    \"*\": deny\n    git *: allow\n",
            "permission:\n  bash: ask\n",
            "tools:\n  write: false\n",
        ],
        others: &["", "model: anthropic/claude-sonnet-4-5\n", "mode: primary\ntemperature: 0.2\n"],
    },
    Source {
        host: "copilot",
        path: ".github/agents/clerk.agent.md",
        form: "---\nname: Clerk\ndescription: Files letters. Use it daily.\ntarget: github-copilot\nFIELDS---\n\nBODY",
        limits: &[
            "",
            "tools: [read, search]\n",
            "tools: [\"read\", \"gh/*\"]\n",
            "tools: []\n",
            "tools: [\"*\"]\n",
        ],
        others: &["", "model: gpt-5.4\n", "disable-model-invocation: true\n"],
    },
    Source {
        host: "vscode-agent",
        path: ".github/agents/clerk.agent.md",
        form: "---\nname: clerk\ndescription: Files letters. Use it daily.\ntarget: vscode\nFIELDS---\n\nBODY",
        limits: &[
            "",
            "tools: [read, edit]\n",
            "tools: [search/codebase, execute/runTests]\n",
            "tools: [agent]\nagents: [other]\n",
        ],
        others: &["", "model: GPT-5.4\n"],
    },
    Source {
        host: "kiro-2",
        path: ".kiro/agents/clerk.json",
        form: "{\"name\": \"clerk\", \"description\": \"Files letters. Use it daily.\", FIELDS\"prompt\": \"BODY\"}",
        limits: &[
            "",
            "\"tools\": [\"read\", \"shell\"], ",
            "\"tools\": [\"@gh\", \"@gh/get\"], \"allowedTools\": [\"@gh/get\"], ",
            "\"tools\": [\"write\"], \"toolsSettings\": {\"write\": {\"deniedPaths\": [\"a\"]}}, ",
        ],
        others: &["", "\"model\": \"claude-sonnet-4\", "],
    },
    Source {
        host: "qwen",
        path: ".qwen/agents/clerk.md",
        form: "---\nname: clerk\ndescription: Files letters. Use it daily.\nFIELDS---\n\nBODY",
        limits: &[
            "",
            "tools: [read_file, mcp__gh__get]\n",
            "disallowedTools:\n  - run_shell_command\n",
            "approvalMode: plan\n",
        ],
        others: &["", "color: red\n", "model: inherit\n"],
    },
    Source {
        host: "gemini",
        path: ".gemini/agents/clerk.md",
        form: "---\nname: clerk\ndescription: Files letters. Use it daily.\nFIELDS---\n\nBODY",
        limits: &[
            "",
            "tools: [read_file, run_shell_command]\n",
            "tools: [mcp_gh_get, \"mcp_gh_*\"]\n",
            "tools: []\n",
        ],
        others: &["", "model: gemini-3-pro\n", "display_name: The Clerk\nmax_turns: 3\n"],
    },
    Source {
        host: "roo",
        path: ".roomodes",
        form: "customModes:\n  - slug: clerk\n    name: Clerk\n    description: Files letters. Use it daily.\n    roleDefinition: |-\n      You file letters.\n    FIELDS\n",
        limits: &[
            "groups: [read]",
            "groups: [read, edit, command, mcp, modes]",
            "groups: []",
            "groups:\n      - - edit\n        - fileRegex: a",
        ],
        others: &[
            "",
            "\n    customInstructions: Open none.",
            "\n    whenToUse: Use it for letters.",
        ],
    },
    Source {
        host: "codex-agent",
        path: ".codex/agents/clerk.toml",
        form: "name = \"clerk\"\ndescription = \"Files letters. Use it daily.\"\nFIELDSdeveloper_instructions = '''\nBODY'''\n",
        limits: &["", "sandbox_mode = \"read-only\"\n"],
        others: &["", "model = \"gpt-5.4\"\n", "model_reasoning_effort = \"high\"\n"],
    },
    Source {
        host: "cursor-agent",
        path: ".cursor/agents/clerk.md",
        form: "---\nname: clerk\ndescription: Files letters. Use it daily.\nFIELDS---\n\nBODY",
        limits: &["", "readonly: true\n", "readonly: false\n"],
        others: &["", "model: inherit\n", "is_background: true\n"],
    },
];

/// What a file says about its role.
struct Said {
    fields: Vec<(&'static str, Option<String>)>,
    prompt: String,
    permissions: Permissions,
}

const MEANINGS: [FieldRole; 3] = [FieldRole::Name, FieldRole::Description, FieldRole::Model];

fn said(text: &str, path: &str, host: &'static Host) -> Said {
    let of = |role: &Role<'_>| Said {
        fields: MEANINGS
            .iter()
            .filter_map(|what| host.field_for(*what))
            .map(|fact| {
                let value = role.field(fact.name).and_then(|field| field.value.as_str());
                (fact.name, value.map(|text| text.trim().to_owned()))
            })
            .collect(),
        prompt: role.body.of(role.text).trim().to_owned(),
        permissions: permissions::read(role, host),
    };
    let syntax = Syntax::of_path(path);
    if syntax == Syntax::Markdown {
        return of(&Role::parse(text, path));
    }
    let (_, roles) = lay_out(&Input::new(text).at(path), &Options::new().with_host(host));
    of(&roles.first().expect("a role").role(path, syntax, markdown::outline))
}

fn compiled(text: &str, path: &str, from: &'static Host, to: &'static Host) -> Compiled {
    compile(&Input::new(text).at(path), &Options::new().with_host(from), &Target::of(to))
}

/// Whether one of the compilations names it among what is lost.
fn is_declared(done: &[&Compiled], name: &str) -> bool {
    let named = format!("`{name}");
    done.iter().flat_map(|done| &done.losses).any(|loss| loss.message.to_string().contains(&named))
}

fn texts(source: &Source) -> Vec<String> {
    let body = match source.path.ends_with(".json") {
        true => BODY.replace('\n', "\\n"),
        false => BODY.to_owned(),
    };
    let with = |limits: &str, others: &str| {
        let fields = format!("{limits}{others}");
        source.form.replace("FIELDS", &fields).replace("BODY", &body)
    };
    let all = |limits: &'static str| source.others.iter().map(move |others| (limits, *others));
    source.limits.iter().flat_map(|limits| all(limits)).map(|(a, b)| with(a, b)).collect()
}

#[test]
fn the_own_host_gets_the_same_bytes() {
    for source in &SOURCES {
        let own = Host::by_id(source.host).unwrap();
        for text in texts(source) {
            let done = compile(
                &Input::new(&text).at(source.path),
                &Options::new().with_host(own),
                &Target::default(),
            );
            assert_eq!(done.file.unwrap().text, text, "{}", source.host);
            assert_eq!(done.losses, [], "{}\n{text}", source.host);
        }
    }
}

#[test]
fn a_role_of_any_host_comes_back_as_it_went_but_for_what_was_said() {
    let mut trips = 0;
    for source in &SOURCES {
        let own = Host::by_id(source.host).unwrap();
        for text in texts(source) {
            let others = HOSTS.iter().filter(|host| host.id != own.id);
            for there in others.filter(|host| host.tier != Tier::Recognized) {
                trips += usize::from(trip(source, own, there, &text));
            }
        }
    }
    println!("{trips} roles went and came back");
    assert!(trips > 1_500, "{trips}");
}

/// Converts to another host and back, and neither way grants more.
fn trip(source: &Source, own: &'static Host, there: &'static Host, text: &str) -> bool {
    let before = said(text, source.path, own);
    let went = compiled(text, source.path, own, there);
    let is_refused = |done: &Compiled| {
        let told = done.losses.iter().any(|loss| loss.severity == Severity::Error);
        assert!(told, "{} for {}: no file and no word\n{text}", own.id, there.id);
    };
    let Some(file) = &went.file else {
        is_refused(&went);
        return false;
    };
    let came = compiled(&file.text, &file.path, there, own);
    let Some(back) = &came.file else {
        is_refused(&came);
        return false;
    };
    let after = said(&back.text, &back.path, own);
    let both = [&went, &came];
    let trace = || {
        let losses = both.map(|done| done.losses.iter().map(|loss| loss.message.to_string()));
        let losses: Vec<String> = losses.into_iter().flatten().collect();
        format!("{} for {}\n{text}\n{}\n{}\n{losses:#?}", own.id, there.id, file.text, back.text)
    };
    for ((name, one), (_, other)) in before.fields.iter().zip(&after.fields) {
        let is_default = one.as_deref() == own.models.inherit && other.is_none();
        let value = one.as_deref().unwrap_or(" ");
        let known = one == other || is_default || one.is_none() && *name == "name";
        let declared = is_declared(&both, name) || is_declared(&both, value);
        assert!(known || declared, "{name} was {one:?} and is {other:?}\n{}", trace());
    }
    let with_routing = is_declared(&both, "description") && after.prompt.ends_with(&before.prompt);
    assert!(before.prompt == after.prompt || with_routing, "{}", trace());
    if !there.tools.carries {
        let limited = before.permissions != after.permissions;
        assert!(!limited || went.permissions == Outcome::NotApplicable, "{}", trace());
        return true;
    }
    let mut granted = after.permissions.clone();
    granted.whole = granted.whole.and(permissions::offered(own));
    let fits = before.permissions.contains(&granted) || before.permissions.read_only;
    assert!(fits, "more is granted: {}", trace());
    // A switch says less than rules: what it leaves is read as narrowly as it may be meant.
    let is_switch = said(&file.text, &file.path, there).permissions.read_only;
    if [went.permissions, came.permissions] == [Outcome::Exact, Outcome::Exact] && !is_switch {
        let kept = before.permissions.whole.and(permissions::offered(there));
        assert!(after.permissions.bound().contains(kept), "less is granted: {}", trace());
    }
    true
}
