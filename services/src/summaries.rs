//! Caches the summaries of a workspace's files, because a role is compared with all its neighbors,
//! at every edit and for every fix that is tried.

use rolewright_core::RoleSummary;
use rolewright_core::host::Host;
use std::collections::HashMap;
use std::sync::Mutex;

/// Summaries by path, and by the host chosen for the role that is compared.
#[derive(Debug, Default)]
pub struct RoleSummaries(Mutex<HashMap<String, Vec<Read>>>);

type Read = (Option<&'static str>, Option<RoleSummary>);

impl RoleSummaries {
    /// The summary of the file at `path`; `read` is called only the first time.
    pub fn get(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: impl FnOnce() -> Option<RoleSummary>,
    ) -> Option<RoleSummary> {
        let id = host.map(|host| host.id);
        let known = |summaries: &HashMap<String, Vec<Read>>| {
            let (_, summary) = summaries.get(path)?.iter().find(|(known, _)| *known == id)?;
            Some(summary.clone())
        };
        if let Some(summary) = self.0.lock().ok().and_then(|summaries| known(&summaries)) {
            return summary;
        }
        let summary = read();
        if let Ok(mut summaries) = self.0.lock() {
            summaries.entry(path.to_string()).or_default().push((id, summary.clone()));
        }
        summary
    }

    /// Discards the summary of the file at `path`, so that the next request reads it again.
    pub fn forget(&self, path: &str) {
        if let Ok(mut summaries) = self.0.lock() {
            summaries.remove(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_file_is_read_once_for_each_host_until_it_changes() {
        let summaries = RoleSummaries::default();
        let reads = Cell::new(0);
        let ask = |host| {
            summaries.get("a.md", Host::by_id(host), || {
                reads.set(reads.get() + 1);
                None
            })
        };
        ask("claude-code");
        ask("claude-code");
        ask("gemini");
        assert_eq!(reads.get(), 2);
        summaries.forget("a.md");
        ask("gemini");
        assert_eq!(reads.get(), 3);
    }
}
