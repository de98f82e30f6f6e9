//! Reads the options of a call from JavaScript in one step and converts them to the engine's types.
//! The JavaScript side has validated them, so an error here is a bug in the package.

use crate::files::JsFiles;
use crate::settings::{self as given, Settings};
use rolewright_core::host::Host;
use rolewright_core::options::{Code, Limits, Missing, Mount, Resolve, Shift, Spacing};
use rolewright_core::{
    Applicability, Options, Profile, Severity, Target, TemplateOptions, Values, compile,
};
use rolewright_services::Document;
use rolewright_wire::Encoding;
use wasm_bindgen::JsValue;

/// The arguments of a call other than its text.
pub(crate) struct Input {
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
    /// `fix`: which fixes are applied.
    pub fixes: Applicability,
    /// `compile`: what is written, of the first role.
    target: Target,
    /// `compile`: which role is compiled.
    role: Option<given::RoleOption>,
    /// `compile`: whether a source map is made.
    pub map: bool,
}

impl Input {
    /// Reads an options object; `undefined` has every default.
    ///
    /// # Panics
    ///
    /// If an option is not what the JavaScript side lets through.
    pub(crate) fn read(object: &JsValue) -> Self {
        if object.is_undefined() {
            return Self::new(Settings::default(), JsFiles::none());
        }
        let settings = serde_wasm_bindgen::from_value(object.clone());
        let settings = settings.unwrap_or_else(|error| panic!("options of a call: {error}"));
        Self::new(settings, JsFiles::of(object))
    }

    fn new(mut settings: Settings, files: JsFiles) -> Self {
        let mut options = Options::new();
        options.host = settings.host.as_deref().map(host);
        options.profile = settings.profile.map_or_else(Profile::default, profile);
        options.rules = settings.rules.take().into_iter().flatten().map(rule).collect();
        options.template = template(&mut settings);
        Self {
            path: settings.path.unwrap_or_default(),
            options,
            values: settings.values.into_iter().flatten().collect(),
            files,
            encoding: settings.encoding.unwrap_or_default(),
            fixes: match settings.r#unsafe {
                Some(true) => Applicability::Unsafe,
                _ => Applicability::Safe,
            },
            target: Target::of(settings.to.as_deref().map(host))
                .widening(settings.allow_widening.unwrap_or_default()),
            role: settings.role,
            map: settings.map.unwrap_or_default(),
        }
    }

    /// What is written of `document`. The engine says which roles there are if the wanted one is not.
    pub(crate) fn target(&self, document: &Document<'_>) -> Target {
        let position = |name: &String| {
            let names = compile::roles(&document.input(), document.options);
            names.iter().position(|known| known == name).unwrap_or(usize::MAX)
        };
        match &self.role {
            None => self.target,
            Some(given::RoleOption::At(at)) => self.target.role(*at),
            Some(given::RoleOption::Named(name)) => self.target.role(position(name)),
        }
    }

    /// `text` as the services look at it.
    pub(crate) fn document<'a>(&'a self, text: &'a str) -> Document<'a> {
        Document {
            text,
            path: &self.path,
            files: &self.files,
            values: &self.values,
            options: &self.options,
            encoding: self.encoding,
        }
    }

    /// `text` with the path, the files and the values of the call.
    pub(crate) fn source<'a>(&'a self, text: &'a str) -> rolewright_core::Input<'a> {
        rolewright_core::Input::new(text)
            .at(&self.path)
            .with_files(&self.files)
            .with_values(&self.values)
    }
}

fn host(id: &str) -> &'static Host {
    Host::by_id(id).unwrap_or_else(|| panic!("options of a call: unknown host `{id}`"))
}

fn profile(profile: given::Profile) -> Profile {
    match profile {
        given::Profile::Core => Profile::Core,
        given::Profile::Recommended => Profile::Recommended,
        given::Profile::Style => Profile::Style,
    }
}

fn rule((name, setting): (String, given::RuleSetting)) -> (String, Option<Severity>) {
    let severity = match setting {
        given::RuleSetting::Off => None,
        given::RuleSetting::Error => Some(Severity::Error),
        given::RuleSetting::Warning => Some(Severity::Warning),
        given::RuleSetting::Info => Some(Severity::Info),
    };
    (name, severity)
}

fn template(settings: &mut Settings) -> TemplateOptions {
    let templates = settings.templates.take().unwrap_or_default();
    TemplateOptions {
        resolve: templates.resolve.map(|resolve| match resolve {
            given::Resolve::RootThenFile => Resolve::RootThenFile,
            given::Resolve::Root => Resolve::Root,
            given::Resolve::File => Resolve::File,
        }),
        root: templates.root,
        shift: templates.shift.map(|shift| match shift {
            given::Shift::Auto => Shift::Auto,
            given::Shift::None => Shift::None,
        }),
        spacing: templates.spacing.map(|spacing| match spacing {
            given::Spacing::Paragraphs => Spacing::Paragraphs,
            given::Spacing::Exact => Spacing::Exact,
        }),
        code: templates.code.map(|code| match code {
            given::Code::Literal => Code::Literal,
            given::Code::Live => Code::Live,
        }),
        missing: settings.missing.map(|missing| match missing {
            given::Missing::Error => Missing::Error,
            given::Missing::Keep => Missing::Keep,
            given::Missing::Empty => Missing::Empty,
        }),
        variables: settings.variables.take(),
        mounts: settings.mounts.take().into_iter().flatten().filter_map(mount).collect(),
        limits: settings.limits.as_ref().map_or_else(Limits::default, limits),
        ..TemplateOptions::default()
    }
}

fn mount((prefix, mount): (String, given::Mount)) -> Option<(String, Mount)> {
    let data = mount.trust == Some(given::Trust::Data);
    Some((prefix, Mount { path: mount.path?, data }))
}

fn limits(given: &given::Limits) -> Limits {
    let limit = |given: Option<u64>, default| {
        given.map_or(default, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
    };
    let known = Limits::default();
    Limits {
        depth: limit(given.depth, known.depth),
        expansions: limit(given.expansions, known.expansions),
        files: limit(given.files, known.files),
        file: limit(given.file, known.file),
        output: limit(given.output, known.output),
        directive: limit(given.directive, known.directive),
        front_matter: limit(given.front_matter, known.front_matter),
    }
}
