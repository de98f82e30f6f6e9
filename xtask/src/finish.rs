//! Turns a site as Trunk leaves it into the site that is served: names follow content, page and
//! engine stay a matched pair, the policy is in the page, and the service worker knows every file.
//! Touches no disk; every replacement must happen exactly as often as expected.

use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Files of a site: their bytes by path, with `/`.
pub type Site = BTreeMap<String, Vec<u8>>;

const ENGINE: [&str; 3] =
    ["rolewright-engine_loader.js", "rolewright-engine.js", "rolewright-engine_bg.wasm"];
// CodeMirror injects style elements, so styles are the one exception.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
    worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";
const MARKER: &str = "const FILES=[];";

/// Finishes a release build; `worker` is the service worker's template.
pub fn finish(mut site: Site, worker: &str) -> Result<Site> {
    let index = site.remove("index.html").context("there is no index.html")?;
    let mut html = String::from_utf8(index).context("index.html is not UTF-8")?;
    // Trunk copies the template because the page names it; the finished file is written below.
    site.remove("sw.js");
    move_engine(&mut site, &mut html)?;
    rename_page(&mut site, &mut html, "_bg.wasm", "page", "wasm")?;
    rename_page(&mut site, &mut html, ".js", "page", "js")?;
    rename(&mut site, &mut html, "boot.js", "boot", "js", 1)?;
    html = without_preload_integrity(&html)?;
    html = replaced(&html, "<script id=\"boot\"", "<script id=\"boot\" data-sw=\"./sw.js\"", 1)?;
    html = with_policy(&html)?;
    reject_inline_scripts(&html)?;
    site.insert("index.html".into(), html.into_bytes());
    let worker = replaced(worker, MARKER, &format!("const FILES={};", listing(&site)), 1)?;
    site.insert("sw.js".into(), worker.into_bytes());
    Ok(site)
}

/// The three files find each other by relative URL, so they move together and unmodified.
fn move_engine(site: &mut Site, html: &mut String) -> Result<()> {
    let mut all = Sha256::new();
    for name in ENGINE {
        all.update(site.get(name).with_context(|| format!("{name} was not built"))?);
    }
    let folder = format!("engine-{}", short(&all.finalize()));
    for name in ENGINE {
        if let Some(bytes) = site.remove(name) {
            site.insert(format!("{folder}/{name}"), bytes);
        }
    }
    *html = replaced(html, ENGINE[0], &format!("{folder}/{}", ENGINE[0]), 1)?;
    Ok(())
}

/// Renames the page's only file that ends in `ending`, which is referenced in its preload and in
/// the start script.
fn rename_page(
    site: &mut Site,
    html: &mut String,
    ending: &str,
    stem: &str,
    ext: &str,
) -> Result<()> {
    let names: Vec<String> = site
        .keys()
        .filter(|name| name.starts_with("rolewright-page-") && name.ends_with(ending))
        .cloned()
        .collect();
    let [name] = names.as_slice() else {
        bail!("expected one file rolewright-page-*{ending}, found {names:?}");
    };
    rename(site, html, name, stem, ext, 2)
}

/// Renames a file by the hash of the served bytes; Trunk's hash comes from an earlier stage.
fn rename(
    site: &mut Site,
    html: &mut String,
    name: &str,
    stem: &str,
    ext: &str,
    times: usize,
) -> Result<()> {
    let bytes = site.remove(name).with_context(|| format!("{name} was not built"))?;
    let new = format!("{stem}-{}.{ext}", short(&Sha256::digest(&bytes)));
    *html = replaced(html, &format!("./{name}\""), &format!("./{new}\""), times)?;
    site.insert(new, bytes);
    Ok(())
}

/// Browsers ignore `integrity` on a wasm preload and warn about it; the script's value was computed
/// before minification.
fn without_preload_integrity(html: &str) -> Result<String> {
    let html = without_integrity(html, "<link rel=\"preload\"")?;
    without_integrity(&html, "<link rel=\"modulepreload\"")
}

fn without_integrity(html: &str, tag: &str) -> Result<String> {
    let mut tags = html.match_indices(tag);
    let (start, _) = tags.next().with_context(|| format!("index.html has no {tag}"))?;
    ensure!(tags.next().is_none(), "index.html has more than one {tag}");
    let end = html[start..].find('>').context("the preload tag is never closed")? + start;
    let tag = &html[start..end];
    let (before, rest) =
        tag.split_once(" integrity=\"").context("the preload tag has no integrity to remove")?;
    let (_, after) = rest.split_once('"').context("the preload tag's integrity is never closed")?;
    Ok(format!("{}{before}{after}{}", &html[..start], &html[end..]))
}

/// Inserts the policy right after the charset, because a policy applies only to the content after
/// it.
fn with_policy(html: &str) -> Result<String> {
    let mut charsets = html.match_indices("<meta charset=");
    let (start, _) = charsets.next().context("index.html declares no charset")?;
    ensure!(charsets.next().is_none(), "index.html declares its charset twice");
    let end = html[start..].find('>').context("the charset tag is never closed")? + start + 1;
    let (front_matter, tail) = html.split_at(end);
    Ok(format!(
        "{front_matter}<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">{tail}"
    ))
}

/// The policy would block them silently.
fn reject_inline_scripts(html: &str) -> Result<()> {
    for (start, _) in html.match_indices("<script") {
        let tag = html[start..].split('>').next().unwrap_or_default();
        ensure!(tag.contains(" src="), "index.html contains an inline script: {tag}>");
    }
    Ok(())
}

fn replaced(text: &str, from: &str, to: &str, times: usize) -> Result<String> {
    let found = text.matches(from).count();
    ensure!(found == times, "expected `{from}` {times} times, found it {found} times");
    Ok(text.replace(from, to))
}

/// `[["path", "sha256-…"], …]` for every file, as JavaScript.
fn listing(site: &Site) -> String {
    let files: Vec<[String; 2]> = site
        .iter()
        .map(|(name, bytes)| {
            [name.clone(), format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))]
        })
        .collect();
    serde_json::json!(files).to_string()
}

fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKER: &str = "const FILES=[];\nconst CACHE = FILES.length;\n";

    fn html() -> String {
        concat!(
            "<!doctype html><html><head><meta charset=\"utf-8\" /><title>Rolewright</title>",
            "<script type=\"module\" src=\"./editor-1.js\" integrity=\"sha384-e\"></script>",
            "<link rel=\"modulepreload\" href=\"./rolewright-page-77.js\" integrity=\"sha384-j\">",
            "<link rel=\"preload\" href=\"./rolewright-page-77_bg.wasm\" ",
            "crossorigin=\"anonymous\" integrity=\"sha384-w\" as=\"fetch\" type=\"application/wasm\">",
            "</head><body><script id=\"boot\" type=\"module\" src=\"./boot.js\" ",
            "data-js=\"./rolewright-page-77.js\" data-wasm=\"./rolewright-page-77_bg.wasm\" ",
            "data-engine=\"./rolewright-engine_loader.js\"></script></body></html>"
        )
        .to_owned()
    }

    fn site(html: &str) -> Site {
        let files = [
            ("index.html", html),
            ("boot.js", "boot"),
            ("editor-1.js", "editor"),
            ("rolewright-page-77.js", "page"),
            ("rolewright-page-77_bg.wasm", "page wasm"),
            ("rolewright-engine.js", "engine"),
            ("rolewright-engine_bg.wasm", "engine wasm"),
            ("rolewright-engine_loader.js", "loader"),
        ];
        files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
    }

    fn finished(html: &str) -> Result<(Site, String)> {
        let site = finish(site(html), WORKER)?;
        let html = String::from_utf8(site["index.html"].clone()).unwrap();
        Ok((site, html))
    }

    #[test]
    fn names_follow_content_and_the_page_names_them() {
        let (site, html) = finished(&html()).unwrap();
        let names: Vec<&str> = site.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "boot-4509beb0ab401d71.js",
                "editor-1.js",
                "engine-6efb1506b979c2e0/rolewright-engine.js",
                "engine-6efb1506b979c2e0/rolewright-engine_bg.wasm",
                "engine-6efb1506b979c2e0/rolewright-engine_loader.js",
                "index.html",
                "page-3660315a9af3df25.js",
                "page-e79d48605d965635.wasm",
                "sw.js",
            ]
        );
        for name in names.iter().filter(|name| name.starts_with("page-")) {
            assert_eq!(html.matches(*name).count(), 2);
        }
        assert!(
            html.contains("data-engine=\"./engine-6efb1506b979c2e0/rolewright-engine_loader.js\"")
        );
    }

    #[test]
    fn a_changed_engine_moves_to_another_folder() {
        let mut changed = site(&html());
        changed.insert("rolewright-engine_bg.wasm".into(), b"engine wasm 2".to_vec());
        let site = finish(changed, WORKER).unwrap();
        assert!(!site.contains_key("engine-6efb1506b979c2e0/rolewright-engine.js"));
    }

    #[test]
    fn the_policy_comes_right_after_the_charset() {
        let (_, html) = finished(&html()).unwrap();
        assert!(html.contains(
            "<meta charset=\"utf-8\" /><meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src"
        ));
    }

    #[test]
    fn only_the_preloads_lose_their_integrity() {
        let (_, html) = finished(&html()).unwrap();
        assert!(
            html.contains(
                ".wasm\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\">"
            )
        );
        assert!(!html.contains("sha384-j") && html.contains("sha384-e"));
    }

    #[test]
    fn the_service_worker_lists_every_file_but_itself_with_its_hash() {
        let (site, html) = finished(&html()).unwrap();
        let worker = String::from_utf8(site["sw.js"].clone()).unwrap();
        let expected = STANDARD.encode(Sha256::digest(html.as_bytes()));
        assert!(worker.contains(&format!("[\"index.html\",\"sha256-{expected}\"]")));
        assert_eq!(worker.matches("sha256-").count(), site.len() - 1);
        assert!(html.contains("<script id=\"boot\" data-sw=\"./sw.js\" type=\"module\""));
    }

    #[test]
    fn an_inline_script_stops_the_build() {
        let page = html().replace("</body>", "<script>start()</script></body>");
        let error = finished(&page).unwrap_err().to_string();
        assert_eq!(error, "index.html contains an inline script: <script>");
    }

    #[test]
    fn a_name_that_also_appears_elsewhere_stops_the_build() {
        let page = html().replace("</head>", "<link href=\"./boot.js\"></head>");
        let error = finished(&page).unwrap_err().to_string();
        assert_eq!(error, "expected `./boot.js\"` 1 times, found it 2 times");
    }
}
