//! Matches globs: `*` within a name, `**` across folders, `?`, `{a,b}` and `[a-z]`.

use globset::{ErrorKind, Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// A predicate for paths with "/".
#[derive(Clone, Debug)]
pub(crate) struct Globs(GlobSet);

impl Globs {
    /// The paths matched by any of `globs`; an invalid glob matches nothing.
    pub(crate) fn of<'g>(globs: impl IntoIterator<Item = &'g str>) -> Self {
        let mut set = GlobSetBuilder::new();
        for glob in globs.into_iter().filter_map(|glob| built(glob).ok()) {
            set.add(glob);
        }
        Self(set.build().unwrap_or_default())
    }

    /// Whether any of the globs matches.
    pub(crate) fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

fn built(glob: &str) -> Result<Glob, globset::Error> {
    let glob = glob.strip_prefix("./").unwrap_or(glob);
    GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build()
}

/// The error in a glob, if any.
pub(crate) fn fault(glob: &str) -> Option<String> {
    let error = built(glob).err()?;
    let what = match error.kind() {
        ErrorKind::InvalidRange(..) => "reversed range in brackets",
        ErrorKind::UnclosedClass => "unclosed `[`",
        ErrorKind::UnopenedAlternates => "`}` without `{`",
        ErrorKind::UnclosedAlternates => "unclosed `{`",
        ErrorKind::DanglingEscape => "`\\` at the end",
        _ => "too complex",
    };
    Some(format!("invalid glob \"{glob}\": {what}"))
}

/// Whether a command-line argument is a glob.
pub(crate) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '{', '['])
}

/// The folder part of a glob that contains no wildcards: "a/b" of "a/b/*.md".
pub(crate) fn base(glob: &str) -> &str {
    let first = glob.find(['*', '?', '{', '[']).unwrap_or(glob.len());
    match glob.get(..first).and_then(|before| before.rfind('/')) {
        Some(0) => "/",
        Some(at) => glob.get(..at).unwrap_or(""),
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_shells_with_double_stars_do() {
        for (glob, yes, no) in [
            ("*.md", &["a.md", ".md"][..], &["a/b.md", "a.mdc"][..]),
            ("**/*.md", &["a.md", "a/b.md", ".a/b/c.md"], &["a.txt"]),
            ("a/**", &["a/b", "a/b/c.md"], &["a", "ab/c"]),
            ("a/**/b.md", &["a/b.md", "a/x/y/b.md"], &["a/xb.md"]),
            ("a**b", &["ab", "axxb"], &["a/b"]),
            ("{a,b}/*.{md,mdc}", &["a/x.md", "b/x.mdc"], &["c/x.md", "a/x.txt"]),
            ("[!a-c].md", &["d.md"], &["a.md"]),
            ("./a.md", &["a.md"], &["b.md"]),
            ("\\*.md", &["*.md"], &["a.md"]),
            ("a(b)+.md", &["a(b)+.md"], &["ab.md", "abb.md"]),
        ] {
            let globs = Globs::of([glob]);
            yes.iter().for_each(|path| assert!(globs.matches(path), "{glob} {path}"));
            no.iter().for_each(|path| assert!(!globs.matches(path), "{glob} {path}"));
        }
    }

    #[test]
    fn what_is_wrong_with_a_glob_is_said() {
        assert_eq!(
            fault("[z-a].md").as_deref(),
            Some("invalid glob \"[z-a].md\": reversed range in brackets")
        );
        assert_eq!(fault("a/**"), None);
    }
}
