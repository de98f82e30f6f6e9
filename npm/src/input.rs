//! Options of a call, read off a JavaScript object by hand. The JavaScript side has checked them:
//! what is not understood here is left at its default.

use crate::files::JsFiles;
use crate::places::Encoding;
use js_sys::{Array, Object, Reflect};
use rolewright_core::host::Host;
use rolewright_core::options::{Code, Limits, Missing, Mount, Resolve, Shift, Spacing};
use rolewright_core::{Applicability, Options, Profile, Severity, Target, TemplateOptions, Values};
use wasm_bindgen::{JsCast, JsValue};

/// Everything a call says beside its text.
pub struct Input {
    /// Path of the text.
    pub path: String,
    /// Settings.
    pub options: Options,
    /// Values of variables.
    pub values: Values,
    /// The files around.
    pub files: JsFiles,
    /// What offsets and columns count in the result.
    pub encoding: Encoding,
    /// `fix`: the least safe fixes that are applied.
    pub fixes: Applicability,
    /// `compile`: what is written.
    pub target: Target,
}

impl Input {
    /// Reads an options object; `undefined` has every default.
    pub fn read(object: &JsValue) -> Self {
        let mut options = Options::new();
        options.host = text(object, "host").and_then(|id| Host::by_id(&id));
        if let Some(profile) = text(object, "profile").and_then(|name| Profile::from_name(&name)) {
            options.profile = profile;
        }
        for (rule, setting) in texts(object, "rules") {
            options.rules.insert(rule, Severity::from_name(&setting));
        }
        options.template = template(object);
        Self {
            path: text(object, "path").unwrap_or_default(),
            options,
            values: texts(object, "values").into_iter().collect(),
            files: JsFiles::new(&field(object, "files")),
            encoding: match text(object, "encoding").as_deref() {
                Some("utf-8") => Encoding::Utf8,
                _ => Encoding::Utf16,
            },
            fixes: match field(object, "unsafe").is_truthy() {
                true => Applicability::Unsafe,
                false => Applicability::Safe,
            },
            target: Target::of(text(object, "to").and_then(|id| Host::by_id(&id)))
                .widening(field(object, "allowWidening").is_truthy()),
        }
    }

    /// `text` with the path, the files and the values of the call.
    pub fn source<'a>(&'a self, text: &'a str) -> rolewright_core::Input<'a> {
        rolewright_core::Input::new(text)
            .at(&self.path)
            .with_files(&self.files)
            .with_values(&self.values)
    }
}

fn template(object: &JsValue) -> TemplateOptions {
    let settings = field(object, "templates");
    let one_of = |name| text(&settings, name);
    TemplateOptions {
        resolve: one_of("resolve").map(|name| match name.as_str() {
            "root" => Resolve::Root,
            "file" => Resolve::File,
            _ => Resolve::RootThenFile,
        }),
        root: one_of("root"),
        shift: one_of("shift").map(|name| if name == "none" { Shift::None } else { Shift::Auto }),
        spacing: one_of("spacing")
            .map(|name| if name == "exact" { Spacing::Exact } else { Spacing::Paragraphs }),
        code: one_of("code").map(|name| if name == "live" { Code::Live } else { Code::Literal }),
        missing: text(object, "missing").map(|name| match name.as_str() {
            "error" => Missing::Error,
            "empty" => Missing::Empty,
            _ => Missing::Keep,
        }),
        variables: text(object, "variables"),
        mounts: entries(&field(object, "mounts"))
            .filter_map(|(at, mount)| Some((at, self::mount(&mount)?)))
            .collect(),
        limits: limits(&field(object, "limits")),
        ..TemplateOptions::default()
    }
}

fn mount(mount: &JsValue) -> Option<Mount> {
    let data = text(mount, "trust").as_deref() == Some("data");
    Some(Mount { path: text(mount, "path")?, data })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a checked whole number"
)]
fn limits(given: &JsValue) -> Limits {
    let known = Limits::default();
    let limit =
        |name, default| field(given, name).as_f64().map_or(default, |number| number as usize);
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

/// A property; `undefined` where there is none.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a string.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

/// The strings of a property that is a plain object, with their names.
fn texts(object: &JsValue, name: &str) -> Vec<(String, String)> {
    entries(&field(object, name))
        .filter_map(|(name, value)| Some((name, value.as_string()?)))
        .collect()
}

/// The properties of a plain object; none of anything else.
pub fn entries(value: &JsValue) -> impl Iterator<Item = (String, JsValue)> {
    let entries = value.dyn_ref::<Object>().map(Object::entries).unwrap_or_default();
    entries.into_iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1)))
    })
}
