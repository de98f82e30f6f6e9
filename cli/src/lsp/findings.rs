//! Publishes diagnostics for the open texts and their includes, or answers requests for
//! diagnostics.

use super::documents::WorkspaceFile;
use super::{Refusal, Server, code, places};
use crate::fingerprint::hash;
use rolewright_core::check;
use rolewright_services::report;
use rolewright_wire::{Diagnostic, Severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The diagnostics of a file, and an ID for them.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    id: String,
    items: Vec<Value>,
}

impl Server<'_> {
    /// Publishes the diagnostics that changed since they were last sent.
    pub(super) fn publish(&mut self) {
        let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for place in self.documents.open.keys() {
            let Some(around) = self.documents.around(place, &self.over) else { continue };
            for diagnostic in self.check(&around) {
                let uri = self.documents.uri(&around.place(&diagnostic.path));
                let shown = self.shown(&diagnostic, &around);
                let found = all.entry(uri).or_default();
                // Two roles may include one file.
                if !found.contains(&shown) {
                    found.push(shown);
                }
            }
        }
        for uri in self.sent.keys() {
            all.entry(uri.clone()).or_default();
        }
        for (uri, found) in &all {
            if self.sent.get(uri).map_or(&[][..], Vec::as_slice) == found.as_slice() {
                continue;
            }
            let open = self.documents.open.get(&self.documents.place(uri));
            let mut params = json!({ "uri": uri, "diagnostics": found });
            if let Some(version) = open.and_then(|open| open.version) {
                params["version"] = version.into();
            }
            let method = "textDocument/publishDiagnostics";
            self.outbox.push(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
        }
        all.retain(|_, found| !found.is_empty());
        self.sent = all;
    }

    /// The diagnostics of one file, on request.
    pub(super) fn pulled(&self, params: &Value) -> Result<Value, Refusal> {
        let uri = params["textDocument"]["uri"].as_str();
        let uri =
            uri.ok_or((code::INVALID_PARAMS, String::from("`textDocument.uri` is missing")))?;
        let place = self.documents.place(uri);
        Ok(self.full(&place, params["previousResultId"].as_str()))
    }

    /// The diagnostics of every role.
    pub(super) fn pulled_all(&self, params: &Value) -> Value {
        let known = |uri: &str| {
            let ids = params["previousResultIds"].as_array()?;
            ids.iter().find(|known| known["uri"] == uri)?["value"].as_str()
        };
        let item = |place: String| {
            let uri = self.documents.uri(&place);
            let mut item = self.full(&place, known(&uri));
            let open = self.documents.open.get(&place);
            item["version"] = open.and_then(|open| open.version).into();
            item["uri"] = uri.into();
            item
        };
        let mut all = json!({});
        all["items"] = self.documents.roles().into_iter().map(item).collect();
        all
    }

    fn full(&self, place: &str, previous: Option<&str>) -> Value {
        let known = self.answered.borrow().get(place).cloned();
        let Answered { id, items } = known.unwrap_or_else(|| {
            let answered = self.answer(place);
            self.answered.borrow_mut().insert(place.to_string(), answered.clone());
            answered
        });
        if previous == Some(&id) {
            return json!({ "kind": "unchanged", "resultId": id });
        }
        let mut report = json!({ "kind": "full", "resultId": id });
        report["items"] = items.into();
        report
    }

    fn answer(&self, place: &str) -> Answered {
        let around = self.documents.around(place, &self.over);
        let items: Vec<Value> = around.map_or_else(Vec::new, |around| {
            let own = self.check(&around).into_iter().filter(|found| found.path == around.path);
            own.map(|found| self.shown(&found, &around)).collect()
        });
        let printed: Vec<String> = items.iter().map(Value::to_string).collect();
        let id = format!("{:016x}", hash(printed.iter().map(String::as_str)));
        Answered { id, items }
    }

    fn check(&self, around: &WorkspaceFile<'_, '_>) -> Vec<Diagnostic> {
        if !around.is_role() {
            return Vec::new();
        }
        let document = around.document(self.encoding);
        report(check(&document.input(), document.options), &document).diagnostics
    }

    fn shown(&self, found: &Diagnostic, around: &WorkspaceFile<'_, '_>) -> Value {
        let mut message = found.message.clone();
        for more in found.reason.iter().chain(&found.help) {
            message.push('\n');
            message.push_str(more);
        }
        let mut shown = json!({
            "range": places::range(found.range),
            "severity": match found.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Info => 3,
            },
            "code": found.rule,
            "source": "rolewright",
            "message": message,
        });
        if !found.labels.is_empty() {
            let related = found.labels.iter().map(|label| {
                let uri = self.documents.uri(&around.place(&label.path));
                json!({
                    "location": { "uri": uri, "range": places::range(label.range) },
                    "message": label.message,
                })
            });
            shown["relatedInformation"] = related.collect();
        }
        shown
    }
}
