//! Measures the delivered files, compressed as servers and npm compress them, and compares the
//! sizes with the budgets.

use crate::command::{Shell, output};
use crate::project;
use anyhow::{Context, Result, bail, ensure};
use std::io::Write;
use std::path::{Path, PathBuf};

const KIB: usize = 1024;
/// Brotli bytes of each WebAssembly file that contains the engine, in the page and in the package.
const ENGINE: usize = 688 * KIB;
/// Brotli bytes of the command line in the package, which contains the engine a second time.
const COMMAND: usize = 1056 * KIB;
/// Brotli bytes of the page's own WebAssembly file.
const PAGE: usize = 224 * KIB;
/// Brotli bytes of everything that the browser has fetched by the time the page is idle on a first
/// visit.
const FIRST_VISIT: usize = 1072 * KIB;
/// Bytes of the npm package as downloaded.
const TARBALL: usize = 2944 * KIB;
/// Files in this folder of the site are fetched on demand.
const LAZY: &str = "lazy/";
/// The manual, which is not part of the first visit.
const MANUAL: &str = "docs";

/// A delivered file.
#[derive(Clone, Debug, PartialEq)]
struct Size {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table of sizes.
pub fn print() -> Result<()> {
    report().map(|_| ())
}

/// Prints the table and fails when a budget is exceeded.
pub fn check() -> Result<()> {
    let broken = report()?;
    ensure!(broken.is_empty(), "over budget: {}", broken.join("; "));
    Ok(())
}

/// Fails when a package of `size` bytes is over budget.
pub fn check_tarball(size: usize) -> Result<()> {
    over("the npm tarball", "", size, TARBALL).map_or(Ok(()), |broken| bail!(broken))
}

/// Prints the table, and returns the exceeded budgets.
fn report() -> Result<Vec<String>> {
    let root = project::root();
    let files = measure(&root)?;
    print!("{}", table(&files));
    let mut broken = judge(&files);
    if let Some(tarball) = tarball(&root)? {
        println!("npm tarball: {} KiB", kib(tarball));
        broken.extend(over("the npm tarball", "", tarball, TARBALL));
    }
    Ok(broken)
}

/// Bytes of the package that npm would upload, if it is built.
fn tarball(root: &Path) -> Result<Option<usize>> {
    let package = root.join("npm/pkg");
    if !package.is_dir() {
        return Ok(None);
    }
    let shell = Shell::new(&package, &[])?;
    let printed = output(&mut shell.command("npm", ["pack", "--dry-run", "--json"]))
        .context("`npm pack --dry-run --json` failed in npm/pkg")?;
    let list: Vec<Compressed> = serde_json::from_str(&printed).context("reading npm's output")?;
    let packed = list.first().context("npm packed nothing")?;
    Ok(Some(packed.size))
}

#[derive(serde::Deserialize)]
struct Compressed {
    size: usize,
}

fn measure(root: &Path) -> Result<Vec<Size>> {
    let mut files = Vec::new();
    for (folder, wanted) in [("dist", None), ("npm/pkg", Some(["wasm", "br"]))] {
        let folder = root.join(folder);
        let mut paths = Vec::new();
        list(&folder, &mut paths)?;
        for path in paths {
            let extension = path.extension().and_then(|extension| extension.to_str());
            let extension = extension.unwrap_or_default();
            if wanted.is_none_or(|wanted| wanted.contains(&extension)) {
                let shown = path.strip_prefix(root).unwrap_or(&path);
                let name = shown.to_string_lossy().replace('\\', "/");
                files.push(size(name, &std::fs::read(&path)?)?);
            }
        }
    }
    if files.is_empty() {
        bail!("nothing is built yet: run `cargo xtask build` first");
    }
    Ok(files)
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let entries = std::fs::read_dir(folder).with_context(|| format!("listing {folder:?}"))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if path.ends_with(Path::new("dist").join(MANUAL)) {
                continue;
            }
            list(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

fn size(name: String, bytes: &[u8]) -> Result<Size> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut std::io::Cursor::new(bytes), &mut packed, &parameters)?;
    Ok(Size { name, raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: packed.len() })
}

fn first_visit(files: &[Size]) -> Size {
    let mut sum = Size { name: "first visit".into(), raw: 0, gzip: 0, brotli: 0 };
    let site = files.iter().filter_map(|file| Some((file, file.name.strip_prefix("dist/")?)));
    for (file, _) in site.filter(|(_, name)| !name.starts_with(LAZY)) {
        sum.raw += file.raw;
        sum.gzip += file.gzip;
        sum.brotli += file.brotli;
    }
    sum
}

/// The exceeded budgets, one part of a sentence each.
fn judge(files: &[Size]) -> Vec<String> {
    let mut broken = Vec::new();
    for (what, belongs, most) in [
        ("engine", is_the_engine as fn(&str) -> bool, ENGINE),
        ("command line", is_the_command, COMMAND),
        ("page", is_the_page, PAGE),
    ] {
        let mut found = files.iter().filter(|file| belongs(&file.name)).peekable();
        if found.peek().is_none() {
            broken.push(format!("no WebAssembly file of the {what} was found"));
        }
        broken.extend(found.filter_map(|file| over(&file.name, " brotli", file.brotli, most)));
    }
    broken.extend(over("first visit", " brotli", first_visit(files).brotli, FIRST_VISIT));
    broken
}

fn is_the_engine(name: &str) -> bool {
    name.ends_with(".wasm") && (name.starts_with("npm/pkg/") || name.contains("/engine-"))
}

/// The file is already compressed with Brotli, so compressing it again would not shrink it.
fn is_the_command(name: &str) -> bool {
    name.starts_with("npm/pkg/cli/") && name.ends_with(".wasm.br")
}

fn is_the_page(name: &str) -> bool {
    name.starts_with("dist/page-") && name.ends_with(".wasm")
}

fn over(name: &str, compression: &str, size: usize, most: usize) -> Option<String> {
    let (is, allowed) = (kib(size), kib(most));
    (size > most).then(|| format!("{name} is {is} KiB{compression}; the limit is {allowed}"))
}

fn kib(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / KIB as f64)
}

fn table(files: &[Size]) -> String {
    let mut rows = files.to_vec();
    rows.push(first_visit(files));
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:>9} {:>9} {:>9}   KiB\n", "", "raw", "gzip", "brotli");
    for row in rows {
        let (raw, gzip, brotli) = (kib(row.raw), kib(row.gzip), kib(row.brotli));
        text.push_str(&format!("{:width$}  {raw:>9} {gzip:>9} {brotli:>9}\n", row.name));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, brotli: usize) -> Size {
        Size { name: name.into(), raw: 3 * brotli, gzip: 2 * brotli, brotli }
    }

    fn site(engine: usize, page: usize, rest: usize) -> [Size; 4] {
        [
            file("dist/engine-1f/engine_bg.wasm", engine),
            file("npm/pkg/cli/cli_bg.wasm.br", COMMAND),
            file("dist/page-2a.wasm", page),
            file("dist/index.html", rest),
        ]
    }

    #[test]
    fn files_within_their_budgets_are_fine() {
        let files = site(ENGINE, PAGE, FIRST_VISIT - ENGINE - PAGE);
        assert_eq!(judge(&files), Vec::<String>::new());
    }

    #[test]
    fn each_budget_that_is_exceeded_is_named_with_both_figures() {
        assert_eq!(
            judge(&site(689 * KIB, 225 * KIB, 159 * KIB)),
            [
                "dist/engine-1f/engine_bg.wasm is 689.0 KiB brotli; the limit is 688.0",
                "dist/page-2a.wasm is 225.0 KiB brotli; the limit is 224.0",
                "first visit is 1073.0 KiB brotli; the limit is 1072.0",
            ]
        );
    }

    #[test]
    fn lazy_files_and_the_package_are_not_part_of_the_first_visit() {
        let mut files = site(300 * KIB, 100 * KIB, 10 * KIB).to_vec();
        files.push(file("dist/lazy/merge.js", 800 * KIB));
        files.push(file("npm/pkg/rolewright_bg.wasm", ENGINE));
        assert_eq!(first_visit(&files).brotli, 410 * KIB);
        assert_eq!(judge(&files), Vec::<String>::new());
    }

    #[test]
    fn the_engine_in_the_package_has_the_budget_of_every_engine() {
        let mut files = site(1, 1, 1).to_vec();
        files.push(file("npm/pkg/rolewright_bg.wasm", 690 * KIB));
        assert_eq!(
            judge(&files),
            ["npm/pkg/rolewright_bg.wasm is 690.0 KiB brotli; the limit is 688.0"]
        );
    }

    #[test]
    fn a_build_without_an_engine_or_a_page_is_not_within_budget() {
        assert_eq!(
            judge(&[file("dist/index.html", 1)]),
            [
                "no WebAssembly file of the engine was found",
                "no WebAssembly file of the command line was found",
                "no WebAssembly file of the page was found"
            ]
        );
    }

    #[test]
    fn a_release_may_be_as_large_as_the_gate_allows() {
        assert!(check_tarball(TARBALL).is_ok());
        let error = check_tarball(TARBALL + KIB).unwrap_err().to_string();
        assert_eq!(error, "the npm tarball is 2945.0 KiB; the limit is 2944.0");
    }

    #[test]
    fn compression_is_that_of_servers() {
        let size = size("a".into(), &b"role ".repeat(1000)).unwrap();
        assert_eq!(size.raw, 5000);
        assert!(size.gzip < 100 && size.brotli < size.gzip);
    }
}
