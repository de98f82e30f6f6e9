//! A session as a client sees it.

use super::*;
use crate::native::Native;
use std::fs;
use tempfile::TempDir;

const A: &str = ".claude/agents/a.md";
const ROLE: &str = "---\nname: a\ndescription: Reviews a change for mistakes. Use when code was changed.\ntools: Read, bash\n---\n\
                    # Reviewer\n\nReview the change.\n\n{{include:shared/tone.md}}\n";

/// A folder, a session in it, and the notifications that the server sent.
struct Session {
    folder: TempDir,
    server: Server<'static>,
    told: Vec<Value>,
}

impl Session {
    fn new(files: &[(&str, &str)], client: &Value) -> Self {
        let folder = TempDir::with_prefix("rolewright-lsp-").unwrap();
        for (path, text) in files {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let world: &'static Native = Box::leak(Box::new(Native::new()));
        let mut session = Self { folder, server: Server::new(world), told: Vec::new() };
        let root = places::uri(session.folder.path().to_str().unwrap());
        let params = json!({ "capabilities": client, "rootUri": root });
        session.ask("initialize", &params);
        session.tell("initialized", &json!({}));
        session
    }

    fn uri(&self, path: &str) -> String {
        places::uri(self.folder.path().join(path).to_str().unwrap())
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let mut answers = self.server.receive(&request);
        let answer = answers.remove(0);
        self.told.extend(answers);
        answer
    }

    fn about(&mut self, method: &str, path: &str, more: Value) -> Value {
        let mut params = more;
        params["textDocument"] = json!({ "uri": self.uri(path) });
        self.ask(method, &params)["result"].take()
    }

    fn tell(&mut self, method: &str, params: &Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.told.extend(self.server.receive(&message));
    }

    fn open(&mut self, path: &str, text: &str) {
        let document =
            json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// The codes of the diagnostics most recently published for a file.
    fn codes(&self, path: &str) -> Option<Vec<String>> {
        let uri = self.uri(path);
        let sent = self.told.iter().rev().find(|message| message["params"]["uri"] == uri)?;
        let found = sent["params"]["diagnostics"].as_array()?;
        Some(found.iter().map(|one| one["code"].as_str().unwrap().to_string()).collect())
    }
}

const FILES: &[(&str, &str)] =
    &[(A, ROLE), ("shared/tone.md", "# Tone\n\nBe kind.\n"), ("notes.md", "```\n")];

fn at(line: u32, character: u32) -> Value {
    json!({ "position": { "line": line, "character": character } })
}

#[test]
fn diagnostics_follow_what_is_typed() {
    let mut session = Session::new(FILES, &json!({}));
    session.open(A, ROLE);
    assert_eq!(session.codes(A), Some(vec!["tool-case".to_string()]));
    let range =
        json!({ "start": { "line": 3, "character": 13 }, "end": { "line": 3, "character": 17 } });
    session.tell(
        "textDocument/didChange",
        &json!({
            "textDocument": { "uri": session.uri(A), "version": 2 },
            "contentChanges": [{ "range": range, "text": "Bash" }],
        }),
    );
    assert_eq!(session.codes(A), Some(vec![]));
    session.tell("textDocument/didClose", &json!({ "textDocument": { "uri": session.uri(A) } }));
    session.open("notes.md", "```\n");
    assert_eq!(session.codes("notes.md"), None, "no role");
}

#[test]
fn unsaved_text_comes_before_the_disk() {
    let mut session = Session::new(FILES, &json!({}));
    session.open("shared/tone.md", "# Tone\n\nBe short.\n");
    let done = session.about("rolewright/compiledPrompt", A, json!({}));
    assert!(done["prompt"].as_str().unwrap().contains("Be short."));
    assert!(done["map"].is_string() && done["segments"].is_array());
}

#[test]
fn diagnostics_are_answered_to_a_client_that_asks_and_not_sent() {
    let mut session = Session::new(FILES, &json!({ "textDocument": { "diagnostic": {} } }));
    session.open(A, ROLE);
    assert_eq!(session.codes(A), None);
    let found = session.about("textDocument/diagnostic", A, json!({}));
    assert_eq!((&found["kind"], &found["items"][0]["code"]), (&json!("full"), &json!("tool-case")));
    let again = json!({ "previousResultId": found["resultId"] });
    assert_eq!(session.about("textDocument/diagnostic", A, again)["kind"], "unchanged");
    let all = session.ask("workspace/diagnostic", &json!({ "previousResultIds": [] }));
    assert_eq!(all["result"]["items"].as_array().unwrap().len(), 1);
}

#[test]
fn nothing_is_checked_again_for_a_client_that_asks_again_until_something_changes() {
    let mut session = Session::new(FILES, &json!({ "textDocument": { "diagnostic": {} } }));
    let ask = |session: &mut Session| {
        session.ask("workspace/diagnostic", &json!({ "previousResultIds": [] }))["result"].take()
    };
    let first = ask(&mut session);
    assert_eq!(first["items"][0]["items"][0]["code"], "tool-case");
    assert_eq!(session.server.answered.borrow().len(), 1);
    assert_eq!(ask(&mut session), first);
    session.open(A, &ROLE.replace("bash", "Bash"));
    assert!(session.server.answered.borrow().is_empty());
    assert_eq!(ask(&mut session)["items"][0]["items"], json!([]));
}

#[test]
fn a_code_action_fixes_what_the_cursor_is_on() {
    let mut session = Session::new(FILES, &json!({}));
    session.open(A, ROLE);
    let range =
        json!({ "start": { "line": 3, "character": 14 }, "end": { "line": 3, "character": 14 } });
    let all = json!({ "range": range, "context": { "diagnostics": [] } });
    let found = session.about("textDocument/codeAction", A, all);
    assert_eq!(found[0]["title"], "Replace `bash` with `Bash`");
    let change = &found[0]["edit"]["documentChanges"][0];
    assert_eq!(
        (&change["textDocument"]["version"], &change["edits"][0]["newText"]),
        (&json!(1), &json!("Bash"))
    );
    let only =
        json!({ "range": range, "context": { "diagnostics": [], "only": ["source.fixAll"] } });
    let found = session.about("textDocument/codeAction", A, only);
    assert_eq!(found[0]["kind"], "source.fixAll.rolewright");
}

#[test]
fn the_services_answer_with_places_of_the_protocol() {
    let mut session = Session::new(FILES, &json!({}));
    session.open(A, ROLE);
    let definition = session.about("textDocument/definition", A, at(9, 14));
    assert_eq!(definition[0]["uri"], session.uri("shared/tone.md"));
    assert!(session.about("textDocument/hover", A, at(3, 1))["contents"]["value"].is_string());
    let items = session.about("textDocument/completion", A, at(3, 11));
    assert!(items["items"].as_array().unwrap().iter().any(|item| item["label"] == "Read"));
    let symbols = session.about("textDocument/documentSymbol", A, json!({}));
    assert_eq!((&symbols[0]["name"], &symbols[0]["kind"]), (&json!("a"), &json!(5)));
    let links = session.about("textDocument/documentLink", A, json!({}));
    assert_eq!(links[0]["target"], session.uri("shared/tone.md"));
    assert!(session.about("textDocument/foldingRange", A, json!({}))[0]["endLine"].is_number());
    let lens = session.about("textDocument/codeLens", A, json!({}));
    assert!(lens[0]["command"]["title"].as_str().unwrap().starts_with("compiled: "));
    let found = session.ask("workspace/symbol", &json!({ "query": "Reviewer" }));
    assert_eq!(found["result"][0]["location"]["uri"], session.uri(A));
    let references = session.about("textDocument/references", "shared/tone.md", at(0, 3));
    assert!(references.is_array());
}

#[test]
fn renaming_an_included_file_moves_it_and_changes_who_includes_it() {
    let mut session = Session::new(FILES, &json!({}));
    session.open(A, ROLE);
    let mut params = at(9, 14);
    params["newName"] = json!("shared/voice.md");
    let renamed = session.about("textDocument/rename", A, params);
    let changes = renamed["documentChanges"].as_array().unwrap();
    assert_eq!(changes[1]["newUri"], session.uri("shared/voice.md"));
    let files = json!({ "files": [{ "oldUri": session.uri("shared/tone.md"), "newUri": session.uri("b.md") }] });
    let moved = session.ask("workspace/willRenameFiles", &files);
    assert_eq!(moved["result"]["documentChanges"][0]["textDocument"]["uri"], session.uri(A));
}

#[test]
fn settings_come_from_the_file_and_from_the_client() {
    let off = ("rolewright.json", "{ \"rules\": { \"tool-case\": \"off\" } }");
    let mut session = Session::new(&[FILES, &[off]].concat(), &json!({}));
    session.open(A, ROLE);
    assert_eq!(session.codes(A), None);
    let settings = json!({ "rolewright": { "rules": { "tool-case": "error" } } });
    session.tell("workspace/didChangeConfiguration", &json!({ "settings": settings }));
    assert_eq!(session.codes(A), Some(vec!["tool-case".to_string()]));
    for (settings, why) in [
        (
            json!({ "rules": { "tool-cas": "off" } }),
            "unknown rule \"tool-cas\". Did you mean \"tool-case\"?",
        ),
        (json!({ "host": 3 }), "`3` must be the id of a host or \"auto\""),
    ] {
        session.tell("workspace/didChangeConfiguration", &json!({ "settings": settings }));
        let said = session.told.iter().rev().find(|told| told["method"] == "window/showMessage");
        let said = said.unwrap()["params"]["message"].as_str().unwrap();
        assert_eq!(said, format!("The settings for Rolewright are invalid: {why}"));
    }
    fs::write(session.folder.path().join("rolewright.json"), "{ \"rules\": ").unwrap();
    session.tell("workspace/didChangeWatchedFiles", &json!({ "changes": [] }));
    assert!(session.told.iter().any(|message| message["method"] == "window/showMessage"));
}

#[test]
fn each_folder_of_the_client_has_its_own_files_and_settings() {
    let mut session = Session::new(
        &[
            ("one/.claude/agents/a.md", ROLE),
            ("one/shared/tone.md", "Be kind.\n"),
            ("two/.claude/agents/a.md", ROLE),
            ("two/shared/tone.md", "Be short.\n"),
            ("two/rolewright.json", "{ \"rules\": { \"tool-case\": \"error\" } }"),
        ],
        &json!({}),
    );
    let folder = |session: &Session, path: &str| json!({ "uri": session.uri(path), "name": path });
    let event =
        json!({ "added": [folder(&session, "one"), folder(&session, "two")], "removed": [] });
    session.tell("workspace/didChangeWorkspaceFolders", &json!({ "event": event }));
    for (path, severity, tone) in [("one", 2, "Be kind."), ("two", 1, "Be short.")] {
        let path = format!("{path}/.claude/agents/a.md");
        session.open(&path, ROLE);
        let uri = session.uri(&path);
        let sent = session.told.iter().rev().find(|message| message["params"]["uri"] == uri);
        let found = &sent.unwrap()["params"]["diagnostics"];
        assert_eq!(
            (&found[0]["code"], &found[0]["severity"]),
            (&json!("tool-case"), &json!(severity))
        );
        let done = session.about("rolewright/compiledPrompt", &path, json!({}));
        assert!(done["prompt"].as_str().unwrap().contains(tone), "{done}");
    }
}

#[test]
fn positions_are_bytes_for_a_client_that_prefers_them() {
    let client = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } });
    let mut session = Session::new(&[(A, "x")], &client);
    session.open(A, &ROLE.replace("Read, bash", "\"ä\", bash"));
    let sent =
        session.told.iter().find(|message| message["params"]["diagnostics"].is_array()).unwrap();
    let found = sent["params"]["diagnostics"].as_array().unwrap();
    let case = found.iter().find(|found| found["code"] == "tool-case").unwrap();
    assert_eq!(case["range"]["start"], json!({ "line": 3, "character": 13 }));
}

#[test]
fn the_order_of_the_protocol_is_kept() {
    let world = Native::new();
    let mut server = Server::new(&world);
    let request =
        |method: &str| json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": {} });
    let error = |answers: Vec<Value>| answers[0]["error"]["code"].as_i64();
    assert_eq!(error(server.receive(&request("textDocument/hover"))), Some(-32002));
    assert_eq!(error(server.receive(&request("initialize"))), None);
    assert_eq!(error(server.receive(&request("initialize"))), Some(-32600));
    assert_eq!(error(server.receive(&request("no/such"))), Some(-32601));
    assert_eq!(error(server.receive(&request("textDocument/hover"))), Some(-32602));
    assert_eq!(server.receive(&request("shutdown"))[0]["result"], Value::Null);
    assert_eq!(error(server.receive(&request("textDocument/hover"))), Some(-32600));
    assert_eq!(server.exited(), None);
    server.receive(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.exited(), Some(0));
}

#[test]
fn nonsense_is_survived() {
    let mut session = Session::new(FILES, &json!({}));
    session.open(A, ROLE);
    for message in [
        json!(null),
        json!([]),
        json!({ "id": {}, "method": 3 }),
        json!({ "method": "textDocument/didChange", "params": { "contentChanges": 3 } }),
        json!({ "method": "textDocument/didOpen", "params": [] }),
        json!({ "id": 1, "result": null }),
    ] {
        session.server.receive(&message);
    }
    let uri = session.uri(A);
    let backwards =
        json!({ "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } });
    session.tell(
        "textDocument/didChange",
        &json!({
            "textDocument": { "uri": uri, "version": -1 },
            "contentChanges": [{ "range": backwards, "text": "x" }, { "text": "y".repeat(2 << 20) }],
        }),
    );
    assert_eq!(session.codes(A), Some(vec!["unreadable-file".to_string()]));
    let method = "textDocument/hover";
    assert!(session.about(method, A, at(u32::MAX, u32::MAX)).is_null());
}
