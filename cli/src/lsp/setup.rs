//! Starts a session: exchanges the capabilities of the client and the server.

use super::{Server, places};
use crate::VERSION;
use crate::config::Layer;
use rolewright_wire::Encoding;
use serde_json::{Value, json};

impl Server<'_> {
    pub(super) fn initialize(&mut self, params: &Value) -> Value {
        let client = &params["capabilities"];
        let encodings = client["general"]["positionEncodings"].as_array();
        if encodings.is_some_and(|all| all.iter().any(|encoding| encoding == "utf-8")) {
            self.encoding = Encoding::Utf8;
        }
        self.pulls = client["textDocument"]["diagnostic"].is_object();
        self.watches =
            client["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] == json!(true);
        self.configure(&params["initializationOptions"]);
        let folders = params["workspaceFolders"].as_array().into_iter().flatten();
        let mut roots: Vec<String> =
            folders.filter_map(|folder| places::path(folder["uri"].as_str()?)).collect();
        if roots.is_empty() {
            let root = params["rootUri"].as_str().and_then(places::path);
            let root = root.or_else(|| params["rootPath"].as_str().map(str::to_string));
            roots.push(root.unwrap_or_else(|| self.world.folder()));
        }
        self.reopen(&roots);
        json!({
            "capabilities": self.capabilities(),
            "serverInfo": { "name": "rolewright", "version": VERSION },
        })
    }

    fn capabilities(&self) -> Value {
        let any = json!([{ "scheme": "file", "pattern": { "glob": "**/*", "matches": "file" } }]);
        json!({
            "positionEncoding": match self.encoding {
                Encoding::Utf8 => "utf-8",
                Encoding::Utf16 => "utf-16",
            },
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "diagnosticProvider": {
                "identifier": "rolewright",
                "interFileDependencies": true,
                "workspaceDiagnostics": true,
            },
            "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.rolewright"] },
            "completionProvider": { "triggerCharacters": ["{", ":", "/", "#", " ", ","] },
            "hoverProvider": true,
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "renameProvider": true,
            "foldingRangeProvider": true,
            "documentLinkProvider": {},
            "codeLensProvider": {},
            "workspace": {
                "workspaceFolders": { "supported": true, "changeNotifications": true },
                "fileOperations": { "willRename": { "filters": any } },
            },
        })
    }

    /// Asks the client to watch files, if it can.
    pub(super) fn initialized(&mut self) {
        if !self.watches {
            return;
        }
        let globs = [
            "**/*.{md,mdc,markdown,toml,yaml,yml,json,jsonc}",
            "**/.{roomodes,kilocodemodes,cursorrules,windsurfrules,gitignore}",
        ];
        let watchers: Vec<Value> =
            globs.iter().map(|glob| json!({ "globPattern": glob })).collect();
        let method = "workspace/didChangeWatchedFiles";
        let registration = json!({
            "id": method,
            "method": method,
            "registerOptions": { "watchers": watchers },
        });
        self.demand("client/registerCapability", &json!({ "registrations": [registration] }));
    }

    /// Applies the client's settings, in the format of rolewright.json, as the topmost layer.
    pub(super) fn configure(&mut self, settings: &Value) {
        let settings = settings.get("rolewright").unwrap_or(settings);
        if settings.is_null() {
            return;
        }
        match Layer::of_json(&settings.to_string()) {
            Ok(layer) => self.over = layer,
            Err(why) => self.show_error(&format!("The settings for Rolewright are invalid: {why}")),
        }
    }

    /// Reopens folders, and discards everything that was read.
    pub(super) fn reopen(&mut self, roots: &[String]) {
        for problem in self.documents.set_roots(roots) {
            self.show_error(&problem);
        }
    }
}
