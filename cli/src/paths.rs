//! Handles paths with "/" between folders, on disk and in a workspace.

/// `path` resolved against `base`, absolute and without "." and "..".
pub(crate) fn resolve(base: &str, path: &str) -> String {
    let whole = if is_absolute(path) { path.to_string() } else { format!("{base}/{path}") };
    let (drive, rest) = split_drive(&whole);
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{drive}/{}", parts.join("/"))
}

fn is_absolute(path: &str) -> bool {
    split_drive(path).1.starts_with('/')
}

/// `C:` and the remaining path, on systems with drives.
fn split_drive(path: &str) -> (&str, &str) {
    match path.as_bytes() {
        [letter, b':', b'/', ..] if letter.is_ascii_alphabetic() => path.split_at(2),
        _ => ("", path),
    }
}

/// `name` inside `folder`.
pub(crate) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_string(),
        (folder, "") => folder.to_string(),
        (folder, name) if folder.ends_with('/') => format!("{folder}{name}"),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// The parent folder of a path; the parent of the root is the root.
pub(crate) fn parent(path: &str) -> &str {
    match path.rfind('/') {
        Some(0) => "/",
        Some(at) => path.get(..at).unwrap_or(""),
        None => "",
    }
}

/// The last name of a path.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `path` relative to `root`, in the engine's notation; `None` outside of it. Both are absolute.
pub(crate) fn inside<'p>(root: &str, path: &'p str) -> Option<&'p str> {
    if path == root {
        return Some("");
    }
    match root.strip_suffix('/') {
        Some(root) => path.strip_prefix(root)?.strip_prefix('/'),
        None => path.strip_prefix(root)?.strip_prefix('/'),
    }
}

/// The relative path from one absolute folder to an absolute path.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let parts = |path| str::split(path, '/').filter(|part| !part.is_empty());
    let (from, to): (Vec<&str>, Vec<&str>) = (parts(from).collect(), parts(to).collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to.iter().skip(common).copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_without_a_look_at_the_disk() {
        assert_eq!(resolve("/a/b", "../c/./d.md"), "/a/c/d.md");
        assert_eq!(resolve("/a", "/x//y/"), "/x/y");
        assert_eq!(resolve("/a", "../../.."), "/");
        assert_eq!(resolve("C:/a", "b"), "C:/a/b");
    }

    #[test]
    fn the_way_between_two_places() {
        assert_eq!(relative("/a/b", "/a/c/d.md"), "../c/d.md");
        assert_eq!(relative("/a", "/a/d.md"), "d.md");
        assert_eq!(relative("/a", "/a"), "");
    }

    #[test]
    fn what_is_inside_and_what_only_begins_alike() {
        assert_eq!(inside("/a", "/a/b.md"), Some("b.md"));
        assert_eq!(inside("/a", "/ab.md"), None);
        assert_eq!(inside("/", "/a"), Some("a"));
        assert_eq!(inside("/a", "/a"), Some(""));
    }
}
