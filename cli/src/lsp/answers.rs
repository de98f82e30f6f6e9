//! Answers a client's requests about a text, using the services.

mod edits;

use super::documents::WorkspaceFile;
use super::{Refusal, Server, code, places};
use rolewright_core::host::Host;
use rolewright_core::{Target, compile};
use rolewright_services as services;
use rolewright_wire::{
    Completion, CompletionKind, FoldingKind, FoldingRange, Link, Location, Stats, Symbol,
    SymbolKind,
};
use serde_json::{Value, json};

impl Server<'_> {
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Result<Value, Refusal> {
        match method {
            "textDocument/diagnostic" => return self.pulled(params),
            "workspace/diagnostic" => return Ok(self.pulled_all(params)),
            "workspace/symbol" => return Ok(self.workspace_symbols(params)),
            "workspace/willRenameFiles" => return self.rename_files(params),
            _ => {}
        }
        let answer = match method {
            "textDocument/codeAction" => Self::code_actions,
            "textDocument/completion" => Self::completions,
            "textDocument/hover" => Self::hover,
            "textDocument/documentSymbol" => Self::symbols,
            "textDocument/definition" => Self::definition,
            "textDocument/references" => Self::references,
            "textDocument/rename" => Self::rename,
            "textDocument/foldingRange" => Self::folds,
            "textDocument/documentLink" => Self::links,
            "textDocument/codeLens" => Self::lenses,
            "rolewright/compiledPrompt" => Self::compiled_prompt,
            _ => {
                let why = format!("`{method}` is not supported");
                return Err((code::UNKNOWN_METHOD, why));
            }
        };
        let uri = params["textDocument"]["uri"].as_str();
        let uri = uri.ok_or_else(|| invalid("textDocument.uri"))?;
        match self.documents.around(&self.documents.place(uri), &self.over) {
            Some(around) => answer(self, &around, params),
            // There is nothing to answer for a file that is neither open nor on disk.
            None => Ok(Value::Null),
        }
    }

    /// The offset of a request, in the unit of the services.
    fn offset(&self, around: &WorkspaceFile<'_, '_>, position: &Value) -> Result<u32, Refusal> {
        let byte = places::byte(&around.text, position, self.encoding);
        let byte = byte.ok_or_else(|| invalid("position"))?;
        Ok(places::offset(&around.text, byte, self.encoding))
    }

    fn completions(
        &self,
        around: &WorkspaceFile<'_, '_>,
        params: &Value,
    ) -> Result<Value, Refusal> {
        let offset = self.offset(around, &params["position"])?;
        let found = services::complete(&around.document(self.encoding), offset);
        let items: Vec<Value> =
            found.iter().enumerate().map(|(at, found)| completion(at, found)).collect();
        Ok(json!({ "isIncomplete": false, "items": items }))
    }

    fn hover(&self, around: &WorkspaceFile<'_, '_>, params: &Value) -> Result<Value, Refusal> {
        let offset = self.offset(around, &params["position"])?;
        let found = services::hover(&around.document(self.encoding), offset);
        Ok(found.map_or(Value::Null, |found| {
            let contents = json!({ "kind": "markdown", "value": found.text });
            json!({ "contents": contents, "range": places::range(found.range) })
        }))
    }

    fn symbols(&self, around: &WorkspaceFile<'_, '_>, _: &Value) -> Result<Value, Refusal> {
        let found = services::document_symbols(&around.document(self.encoding));
        Ok(found.iter().map(symbol).collect())
    }

    fn workspace_symbols(&self, params: &Value) -> Value {
        let query = params["query"].as_str().unwrap_or("");
        let mut all = Vec::new();
        for place in self.documents.roles() {
            let Some(around) = self.documents.around(&place, &self.over) else { continue };
            let document = around.document(self.encoding);
            for found in services::workspace_symbols(std::iter::once(document), query) {
                all.push(json!({
                    "name": found.name,
                    "kind": kind(found.kind),
                    "containerName": found.container,
                    "location": self.location(&around, &found.location),
                }));
            }
        }
        all.into()
    }

    fn definition(&self, around: &WorkspaceFile<'_, '_>, params: &Value) -> Result<Value, Refusal> {
        let offset = self.offset(around, &params["position"])?;
        let found = services::definition(&around.document(self.encoding), offset);
        Ok(found.iter().map(|found| self.location(around, found)).collect())
    }

    fn references(&self, around: &WorkspaceFile<'_, '_>, params: &Value) -> Result<Value, Refusal> {
        let offset = self.offset(around, &params["position"])?;
        let found = services::references(&around.document(self.encoding), offset);
        Ok(found.iter().map(|found| self.location(around, found)).collect())
    }

    fn folds(&self, around: &WorkspaceFile<'_, '_>, _: &Value) -> Result<Value, Refusal> {
        let found = services::folding_ranges(&around.document(self.encoding));
        Ok(found.iter().map(fold).collect())
    }

    fn links(&self, around: &WorkspaceFile<'_, '_>, _: &Value) -> Result<Value, Refusal> {
        let found = services::links(&around.document(self.encoding));
        let link = |Link { range, path, url }: Link| {
            let path = path.map(|path| self.documents.uri(&around.place(&path)));
            json!({ "range": places::range(range), "target": path.or(url) })
        };
        Ok(found.into_iter().map(link).collect())
    }

    /// The size of the compiled prompt, above a role.
    fn lenses(&self, around: &WorkspaceFile<'_, '_>, _: &Value) -> Result<Value, Refusal> {
        if !around.is_role() {
            return Ok(json!([]));
        }
        let document = around.document(self.encoding);
        let done = compile(&document.input(), document.options, &Target::default());
        let done = services::compiled(done, &document, false);
        let start = json!({ "line": 0, "character": 0 });
        Ok(json!([{
            "range": { "start": start, "end": start },
            "command": { "title": size(&done.stats), "command": "" },
        }]))
    }

    /// The compiled prompt with its mapping, for the host that `to` names or the role's own.
    fn compiled_prompt(
        &self,
        around: &WorkspaceFile<'_, '_>,
        params: &Value,
    ) -> Result<Value, Refusal> {
        let to = match params["to"].as_str() {
            Some(id) => Some(Host::by_id(id).ok_or_else(|| invalid("to"))?),
            None => None,
        };
        let document = around.document(self.encoding);
        let done = compile(&document.input(), document.options, &Target::of(to));
        let done = services::compiled(done, &document, true);
        serde_json::to_value(done).map_err(|error| (code::FAILED, error.to_string()))
    }

    pub(super) fn location(&self, around: &WorkspaceFile<'_, '_>, location: &Location) -> Value {
        let uri = self.documents.uri(&around.place(&location.path));
        json!({ "uri": uri, "range": places::range(location.range) })
    }
}

fn invalid(what: &str) -> Refusal {
    (code::INVALID_PARAMS, format!("`{what}` is missing or invalid"))
}

/// "compiled: 1,240 tokens, 68% of the limit".
fn size(stats: &Stats) -> String {
    let digits = stats.tokens.estimate.to_string();
    let mut tokens = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            tokens.push(',');
        }
        tokens.push(digit);
    }
    let share =
        stats.limit.map_or_else(String::new, |limit| format!(", {} of the limit", limit.share()));
    format!("compiled: {tokens} tokens{share}")
}

fn completion(at: usize, found: &Completion) -> Value {
    let kind = match found.kind {
        CompletionKind::Field => 5,
        CompletionKind::Value => 12,
        CompletionKind::Tool => 3,
        CompletionKind::Model => 20,
        CompletionKind::Path => 17,
        CompletionKind::Fragment => 18,
        CompletionKind::Variable => 6,
        CompletionKind::Directive => 14,
        CompletionKind::Rule => 21,
    };
    json!({
        "label": found.label,
        "kind": kind,
        "detail": found.detail,
        // In the order of the services, not alphabetical order.
        "sortText": format!("{at:05}"),
        "textEdit": { "range": places::range(found.edit.range), "newText": found.edit.text },
    })
}

fn symbol(found: &Symbol) -> Value {
    // The protocol rejects a symbol without a name.
    let name = if found.name.is_empty() { "(no name)" } else { &found.name };
    json!({
        "name": name,
        "detail": found.detail,
        "kind": kind(found.kind),
        "range": places::range(found.range),
        "selectionRange": places::range(found.selection),
        "children": found.children.iter().map(symbol).collect::<Vec<_>>(),
    })
}

fn kind(kind: SymbolKind) -> u8 {
    match kind {
        SymbolKind::Role => 5,
        SymbolKind::Field => 8,
        SymbolKind::Section => 15,
        SymbolKind::Variable => 13,
    }
}

fn fold(found: &FoldingRange) -> Value {
    let kind = match found.kind {
        FoldingKind::Comment => "comment",
        _ => "region",
    };
    json!({
        "startLine": found.start_line.saturating_sub(1),
        "endLine": found.end_line.saturating_sub(1),
        "kind": kind,
    })
}
