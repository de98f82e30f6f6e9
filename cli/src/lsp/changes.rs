//! Handles the client's notifications about opened, changed and closed texts, changed files, and
//! settings.

use super::documents::Open;
use super::{Server, places};
use serde_json::Value;

impl Server<'_> {
    pub(super) fn notice(&mut self, method: &str, params: &Value) {
        let done = match method {
            "initialized" => {
                self.initialized();
                return;
            }
            "textDocument/didOpen" => self.opened(&params["textDocument"]),
            "textDocument/didChange" => self.changed(params),
            "textDocument/didClose" => self.closed(params),
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                let roots = self.documents.roots();
                self.reopen(&roots);
                Some(())
            }
            "workspace/didChangeConfiguration" => {
                self.configure(&params["settings"]);
                Some(())
            }
            "workspace/didChangeWorkspaceFolders" => self.moved(&params["event"]),
            _ => None,
        };
        // Any file may include another file, or be compared with it.
        self.answered.borrow_mut().clear();
        if done.is_some() && !self.pulls {
            self.publish();
        }
    }

    fn opened(&mut self, document: &Value) -> Option<()> {
        let uri = document["uri"].as_str()?;
        let text = document["text"].as_str()?.to_string();
        let place = self.documents.place(uri);
        let version = document["version"].as_i64();
        self.documents.open.insert(place, Open { uri: uri.to_string(), text, version });
        Some(())
    }

    /// Applies changes one after the other. A change outside the text is skipped.
    fn changed(&mut self, params: &Value) -> Option<()> {
        let place = self.documents.place(params["textDocument"]["uri"].as_str()?);
        let encoding = self.encoding;
        let open = self.documents.open.get_mut(&place)?;
        for change in params["contentChanges"].as_array()? {
            let Some(text) = change["text"].as_str() else { continue };
            match change.get("range").filter(|range| !range.is_null()) {
                None => open.text = text.to_string(),
                Some(range) => {
                    let Some(span) = places::span(&open.text, range, encoding) else { continue };
                    open.text.replace_range(span.range(), text);
                }
            }
        }
        open.version = params["textDocument"]["version"].as_i64();
        Some(())
    }

    fn closed(&mut self, params: &Value) -> Option<()> {
        let place = self.documents.place(params["textDocument"]["uri"].as_str()?);
        self.documents.open.remove(&place);
        Some(())
    }

    fn moved(&mut self, event: &Value) -> Option<()> {
        let paths = |key: &str| -> Vec<String> {
            let folders = event[key].as_array().into_iter().flatten();
            folders.filter_map(|folder| places::path(folder["uri"].as_str()?)).collect()
        };
        let gone = paths("removed");
        let mut roots = self.documents.roots();
        roots.retain(|root| !gone.contains(root));
        roots.extend(paths("added"));
        self.reopen(&roots);
        Some(())
    }
}
