//! Answers that change files: code actions and renames.

use super::invalid;
use crate::lsp::documents::WorkspaceFile;
use crate::lsp::{Refusal, Server, code, places};
use crate::paths::inside;
use rolewright_services as services;
use rolewright_wire::{Applicability, CodeAction, CodeActionKind, Edit, Rename};
use serde_json::{Value, json};

impl Server<'_> {
    pub(super) fn code_actions(
        &self,
        around: &WorkspaceFile<'_, '_>,
        params: &Value,
    ) -> Result<Value, Refusal> {
        if !around.is_role() {
            return Ok(json!([]));
        }
        let span = places::span(&around.text, &params["range"], self.encoding);
        let span = span.ok_or_else(|| invalid("range"))?;
        let offset = |byte| places::offset(&around.text, byte, self.encoding);
        let document = around.document(self.encoding);
        let found = services::code_actions(&document, offset(span.start), offset(span.end));
        let only = params["context"]["only"].as_array();
        let wanted = |action: &&CodeAction| {
            let kind = kind(action.kind);
            only.is_none_or(|only| {
                only.iter().filter_map(Value::as_str).any(|only| {
                    kind == only
                        || kind.strip_prefix(only).is_some_and(|rest| rest.starts_with('.'))
                })
            })
        };
        let context = params["context"]["diagnostics"].as_array().map_or(&[][..], Vec::as_slice);
        let actions = found.iter().filter(wanted);
        Ok(actions.map(|action| self.code_action(action, around, context)).collect())
    }

    fn code_action(
        &self,
        action: &CodeAction,
        around: &WorkspaceFile<'_, '_>,
        context: &[Value],
    ) -> Value {
        let mut changes = Vec::new();
        for (path, text) in &action.creates {
            let uri = self.documents.uri(&around.place(path));
            let start = json!({ "line": 0, "character": 0 });
            let range = json!({ "start": start, "end": start });
            changes.push(json!({ "kind": "create", "uri": uri }));
            changes.push(json!({
                "textDocument": { "uri": uri, "version": null },
                "edits": [{ "range": range, "newText": text }],
            }));
        }
        changes.extend(self.changes(&action.edits, around));
        let is_fix = action.kind == CodeActionKind::Fix;
        let about = |found: &&Value| is_fix && found["code"].as_str() == action.rule.as_deref();
        let about: Vec<&Value> = context.iter().filter(about).collect();
        json!({
            "title": action.title,
            "kind": kind(action.kind),
            "diagnostics": about,
            "isPreferred": is_fix && action.applicability == Applicability::Safe,
            "edit": { "documentChanges": changes },
        })
    }

    /// Edits by file, each with the version that the client has.
    fn changes(&self, edits: &[Edit], around: &WorkspaceFile<'_, '_>) -> Vec<Value> {
        let mut files: Vec<(String, Vec<Value>)> = Vec::new();
        for edit in edits {
            let place = around.place(&edit.path);
            let shown = json!({ "range": places::range(edit.range), "newText": edit.text });
            match files.iter_mut().find(|(known, _)| *known == place) {
                Some((_, edits)) => edits.push(shown),
                None => files.push((place, vec![shown])),
            }
        }
        let change = |(place, edits): (String, Vec<Value>)| {
            let version = self.documents.open.get(&place).and_then(|open| open.version);
            let uri = self.documents.uri(&place);
            json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })
        };
        files.into_iter().map(change).collect()
    }

    pub(super) fn rename(
        &self,
        around: &WorkspaceFile<'_, '_>,
        params: &Value,
    ) -> Result<Value, Refusal> {
        let name = params["newName"].as_str().ok_or_else(|| invalid("newName"))?;
        let offset = self.offset(around, &params["position"])?;
        let renamed = services::rename(&around.document(self.encoding), offset, name);
        let Rename { edits, files } = renamed.map_err(|why| (code::FAILED, why))?;
        let mut changes = self.changes(&edits, around);
        changes.extend(files.iter().map(|(from, to)| {
            let uri = |path: &str| self.documents.uri(&around.place(path));
            json!({ "kind": "rename", "oldUri": uri(from), "newUri": uri(to) })
        }));
        Ok(json!({ "documentChanges": changes }))
    }

    /// The edits in other files that are needed when the client is about to move files.
    pub(super) fn rename_files(&self, params: &Value) -> Result<Value, Refusal> {
        let mut changes = Vec::new();
        for file in params["files"].as_array().into_iter().flatten() {
            let (Some(from), Some(to)) = (file["oldUri"].as_str(), file["newUri"].as_str()) else {
                continue;
            };
            let to = self.documents.place(to);
            let Some(around) = self.documents.around(&self.documents.place(from), &self.over)
            else {
                continue;
            };
            let Some(to) = inside(&around.home.root, &to) else { continue };
            let document = around.document(self.encoding);
            // If references cannot be updated, the file is moved anyway: that is the client's
            // decision.
            if let Ok(renamed) = services::rename_file(&document, &around.path, to) {
                changes.extend(self.changes(&renamed.edits, &around));
            }
        }
        Ok(json!({ "documentChanges": changes }))
    }
}

fn kind(kind: CodeActionKind) -> &'static str {
    match kind {
        CodeActionKind::FixAll => "source.fixAll.rolewright",
        _ => "quickfix",
    }
}
