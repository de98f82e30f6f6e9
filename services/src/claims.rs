//! The claims of a workspace's files, each read once: a role is compared with all its neighbors, at every
//! edit and for every fix that is tried.

use rolewright_core::Claim;
use rolewright_core::host::Host;
use std::collections::HashMap;
use std::sync::Mutex;

/// Claims by path, and by the host that was chosen for the role that is compared.
#[derive(Debug, Default)]
pub struct Claims(Mutex<HashMap<String, Vec<Read>>>);

type Read = (Option<&'static str>, Option<Claim>);

impl Claims {
    /// The claim of the file at `path`; `read` is asked for it once.
    pub fn get(
        &self,
        path: &str,
        host: Option<&'static Host>,
        read: impl FnOnce() -> Option<Claim>,
    ) -> Option<Claim> {
        let id = host.map(|host| host.id);
        let known = |claims: &HashMap<String, Vec<Read>>| {
            let (_, claim) = claims.get(path)?.iter().find(|(known, _)| *known == id)?;
            Some(claim.clone())
        };
        if let Some(claim) = self.0.lock().ok().and_then(|claims| known(&claims)) {
            return claim;
        }
        let claim = read();
        if let Ok(mut claims) = self.0.lock() {
            claims.entry(path.to_string()).or_default().push((id, claim.clone()));
        }
        claim
    }

    /// Reads the claim of the file at `path` again when it is asked for.
    pub fn forget(&self, path: &str) {
        if let Ok(mut claims) = self.0.lock() {
            claims.remove(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_file_is_read_once_for_each_host_until_it_changes() {
        let claims = Claims::default();
        let reads = Cell::new(0);
        let ask = |host| {
            claims.get("a.md", Host::by_id(host), || {
                reads.set(reads.get() + 1);
                None
            })
        };
        ask("claude-code");
        ask("claude-code");
        ask("gemini");
        assert_eq!(reads.get(), 2);
        claims.forget("a.md");
        ask("gemini");
        assert_eq!(reads.get(), 3);
    }
}
