//! Picks the main file among files imported together, by name only, because dropped files have no
//! folders.

use super::prompt::file_name;

/// The index of the first file that no other file includes, preferring files that include others and
/// then Markdown files; the first file if all include each other.
pub fn among(files: &[(String, String)]) -> usize {
    let rank = |(path, text): &(String, String)| {
        let others = files.iter().filter(|(other, _)| other != path);
        let included =
            others.into_iter().any(|(_, text)| names(text).any(|n| n == file_name(path)));
        let markdown = path.ends_with(".md") || path.ends_with(".mdc");
        (included, names(text).next().is_none(), !markdown)
    };
    let ranks = files.iter().map(rank).enumerate();
    ranks.min_by_key(|(at, rank)| (*rank, *at)).map_or(0, |(at, _)| at)
}

/// The names of the files that a text includes.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{include:").skip(1).filter_map(|rest| {
        let path = rest.split(['}', '|', '#', '\n', '\r']).next()?.trim();
        Some(file_name(path)).filter(|name| !name.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main_of(files: &[(&str, &str)]) -> String {
        let files: Vec<(String, String)> =
            files.iter().map(|(p, t)| ((*p).into(), (*t).into())).collect();
        files[among(&files)].0.clone()
    }

    #[test]
    fn the_main_file_includes_others_and_is_included_by_none() {
        let role = "You review.\n{{include:shared/tone.md | shift=1}}\n";
        let tone = "{{include: ./words.md#list}}\n";
        assert_eq!(main_of(&[("words.md", "x"), ("tone.md", tone), ("role.md", role)]), "role.md");
    }

    #[test]
    fn without_includes_it_is_the_first_markdown_file() {
        assert_eq!(main_of(&[("rolewright.json", "{}"), ("a.md", "A"), ("b.md", "B")]), "a.md");
        assert_eq!(main_of(&[("a.txt", "A"), ("b.txt", "B")]), "a.txt");
    }

    #[test]
    fn files_that_include_each_other_have_the_first_one() {
        let (a, b) = ("{{include:b.md}}", "{{include:a.md}}");
        assert_eq!(main_of(&[("a.md", a), ("b.md", b)]), "a.md");
    }
}
