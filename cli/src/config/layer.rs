//! Represents layers of settings, each overriding the layers below: a configuration file, its
//! overrides, and the command line.

use super::schema::{self, text};
use rolewright_core::host::Host;
use rolewright_core::options::{Code, Limits, Missing, Mount, Resolve, Shift, Spacing};
use rolewright_core::yaml::Node;
use rolewright_core::{Options, Profile, Severity, TemplateOptions, Values, syntax};
use std::collections::BTreeMap;

/// Settings; a missing setting is taken from the layer below.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layer {
    /// `Some(None)` detects it.
    pub host: Option<Option<&'static Host>>,
    pub profile: Option<Profile>,
    pub rules: BTreeMap<String, Option<Severity>>,
    pub values: BTreeMap<String, String>,
    /// Declarations as written, by name.
    pub variables: BTreeMap<String, String>,
    pub missing: Option<Missing>,
    pub resolve: Option<Resolve>,
    pub root: Option<String>,
    pub shift: Option<Shift>,
    pub spacing: Option<Spacing>,
    pub code: Option<Code>,
    pub mounts: BTreeMap<String, Mount>,
    pub limits: Option<Limits>,
}

/// The settings of a file, for the engine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub options: Options,
    pub values: Values,
}

/// The strings of a list.
pub(super) fn texts<'n>(node: Option<&'n Node<'_>>) -> impl Iterator<Item = &'n str> {
    node.and_then(Node::items).unwrap_or(&[]).iter().filter_map(text)
}

/// How to treat an unset variable, by its name in settings.
pub(crate) fn missing(name: &str) -> Option<Missing> {
    match name {
        "error" => Some(Missing::Error),
        "keep" => Some(Missing::Keep),
        "empty" => Some(Missing::Empty),
        _ => None,
    }
}

impl Layer {
    /// The settings in a part of a valid configuration with the text `source`.
    pub(super) fn read(node: &Node<'_>, source: &str) -> Self {
        let one = |key| node.get(key).and_then(text);
        let mut layer = Layer {
            host: one("host").map(Host::by_id),
            profile: one("profile").and_then(Profile::from_name),
            missing: one("missing").and_then(missing),
            limits: node.get("limits").map(limits),
            ..Layer::default()
        };
        for (name, value) in entries(node.get("rules")) {
            layer = layer.with_rule(name, text(value).unwrap_or(""));
        }
        for (name, value) in entries(node.get("values")) {
            layer.values.insert(name.to_string(), text(value).unwrap_or("").to_string());
        }
        for (name, value) in entries(node.get("variables")) {
            layer.variables.insert(name.to_string(), value.span.of(source).to_string());
        }
        for (prefix, value) in entries(node.get("mounts")) {
            let Some(path) = value.get("path").and_then(text) else { continue };
            let data = value.get("trust").and_then(text) == Some("data");
            layer.mounts.insert(prefix.to_string(), Mount { path: path.to_string(), data });
        }
        if let Some(templates) = node.get("templates") {
            layer.read_templates(templates);
        }
        layer
    }

    /// The settings in a JSON text.
    pub(crate) fn of_json(source: &str) -> Result<Self, String> {
        let document = syntax::json(source);
        let Some(root) = document.root.as_ref().filter(|_| document.errors.is_empty()) else {
            return Err(String::from("not JSON"));
        };
        let mut mistakes = Vec::new();
        schema::check_layer(root, &mut mistakes);
        match mistakes.first() {
            Some(mistake) => Err(mistake.sentence(source)),
            None => Ok(Self::read(root, source)),
        }
    }

    fn read_templates(&mut self, node: &Node<'_>) {
        let one = |key| node.get(key).and_then(text);
        self.resolve = one("resolve").map(|name| match name {
            "root" => Resolve::Root,
            "file" => Resolve::File,
            _ => Resolve::RootThenFile,
        });
        self.root = one("root").map(str::to_string);
        self.shift = one("shift").map(|name| match name {
            "none" => Shift::None,
            _ => Shift::Auto,
        });
        self.spacing = one("spacing").map(|name| match name {
            "exact" => Spacing::Exact,
            _ => Spacing::Paragraphs,
        });
        self.code = one("code").map(|name| match name {
            "live" => Code::Live,
            _ => Code::Literal,
        });
    }

    /// Sets a rule to "off" or a severity.
    #[must_use]
    pub(crate) fn with_rule(mut self, name: &str, setting: &str) -> Self {
        let severity = match setting {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            _ => None,
        };
        self.rules.insert(name.to_string(), severity);
        self
    }

    /// Merges `over` on top: maps are merged, other values replaced.
    #[must_use]
    pub(super) fn with(mut self, over: &Layer) -> Self {
        fn merge<V: Clone>(under: &mut BTreeMap<String, V>, over: &BTreeMap<String, V>) {
            under.extend(over.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        merge(&mut self.rules, &over.rules);
        merge(&mut self.values, &over.values);
        merge(&mut self.variables, &over.variables);
        Layer {
            host: over.host.or(self.host),
            profile: over.profile.or(self.profile),
            missing: over.missing.or(self.missing),
            resolve: over.resolve.or(self.resolve),
            root: over.root.clone().or(self.root),
            shift: over.shift.or(self.shift),
            spacing: over.spacing.or(self.spacing),
            code: over.code.or(self.code),
            ..self
        }
    }

    /// A text that differs whenever the settings do.
    pub(crate) fn key(&self) -> String {
        let host = self.host.map(|host| host.map(|host| host.id));
        format!("{host:?} {:?}", Layer { host: None, ..self.clone() })
    }

    /// The settings as the engine takes them.
    pub(crate) fn settings(self) -> Settings {
        let mut options = Options::new();
        options.host = self.host.flatten();
        options.profile = self.profile.unwrap_or_default();
        options.rules = self.rules;
        let declared = |(name, value): (&String, &String)| {
            format!("{}: {value}", serde_json::Value::from(name.as_str()))
        };
        let variables: Vec<String> = self.variables.iter().map(declared).collect();
        options.template = TemplateOptions {
            resolve: self.resolve,
            root: self.root,
            shift: self.shift,
            spacing: self.spacing,
            code: self.code,
            missing: self.missing,
            // JSON is a subset of YAML, so the engine can read it like the same map in front
            // matter.
            variables: (!variables.is_empty()).then(|| format!("{{{}}}", variables.join(", "))),
            mounts: self.mounts,
            limits: self.limits.unwrap_or_default(),
            ..TemplateOptions::default()
        };
        Settings { options, values: self.values.into_iter().collect() }
    }
}

fn entries<'n, 't>(node: Option<&'n Node<'t>>) -> impl Iterator<Item = (&'n str, &'n Node<'t>)> {
    let entries = node.and_then(Node::entries).unwrap_or(&[]);
    entries.iter().filter_map(|entry| Some((entry.key.as_str()?, &entry.value)))
}

fn limits(node: &Node<'_>) -> Limits {
    let limit = |key, default| {
        node.get(key).and_then(Node::as_str).and_then(|n| n.parse().ok()).unwrap_or(default)
    };
    let known = Limits::default();
    Limits {
        depth: limit("depth", known.depth),
        expansions: limit("expansions", known.expansions),
        files: limit("files", known.files),
        file: limit("file", known.file),
        output: limit("output", known.output),
        directive: limit("directive", known.directive),
        front_matter: limit("frontMatter", known.front_matter),
    }
}
