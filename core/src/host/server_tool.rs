//! Tools that well-known servers have renamed. Generated like the table of hosts, from
//! `data/servers.toml`.

/// A well-known server.
#[derive(Debug)]
pub(crate) struct Server {
    /// Its usual name in settings.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// What happened to its tools, in one sentence.
    pub(crate) note: &'static str,
    /// Old names, each with its replacement.
    pub(crate) renamed: &'static [(&'static str, &'static str)],
}

impl Server {
    /// Whether a server of this name is that one; a plugin puts its own name before it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let in_plugin = name
            .strip_suffix(self.name)
            .is_some_and(|before| before.starts_with("plugin_") && before.ends_with('_'));
        name == self.name || in_plugin
    }
}
