//! Sizes of what is delivered, compressed as servers compress it, against the budgets.

use crate::project;
use anyhow::{Context, Result, bail};
use std::io::Write;
use std::path::{Path, PathBuf};

const KIB: usize = 1024;
/// A WebAssembly file that holds the engine, in the page as in the package.
const ENGINE: Budget = Budget { brotli: 180 * KIB, gzip: Some(230 * KIB) };
/// Everything the browser has fetched when the page is idle after a first visit.
const FIRST_VISIT: Budget = Budget { brotli: 500 * KIB, gzip: None };
/// Files below this folder of the site are fetched when somebody asks for them.
const LAZY: &str = "lazy/";

struct Budget {
    brotli: usize,
    gzip: Option<usize>,
}

/// One delivered file.
#[derive(Clone, Debug, PartialEq)]
struct Size {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table of sizes.
pub fn print() -> Result<()> {
    println!("{}", table(&measure(&project::root())?));
    Ok(())
}

/// Prints the table and fails when a budget is exceeded.
pub fn check() -> Result<()> {
    let files = measure(&project::root())?;
    println!("{}", table(&files));
    let broken = judge(&files);
    if broken.is_empty() {
        return Ok(());
    }
    bail!("over budget: {}", broken.join("; "))
}

fn measure(root: &Path) -> Result<Vec<Size>> {
    let mut files = Vec::new();
    for (folder, wanted) in [("dist", None), ("npm/pkg", Some("wasm"))] {
        let folder = root.join(folder);
        let mut paths = Vec::new();
        list(&folder, &mut paths)?;
        for path in paths {
            let extension = path.extension().and_then(|extension| extension.to_str());
            if wanted.is_none() || extension == wanted {
                let shown = path.strip_prefix(root).unwrap_or(&path);
                let name = shown.to_string_lossy().replace('\\', "/");
                files.push(size(name, &std::fs::read(&path)?)?);
            }
        }
    }
    if files.is_empty() {
        bail!("nothing is built yet: `cargo xtask build` comes first");
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

/// What is over budget, one sentence part each.
fn judge(files: &[Size]) -> Vec<String> {
    let engines = files.iter().filter(|file| holds_the_engine(&file.name));
    let mut broken: Vec<String> = engines.flat_map(|file| over(file, &ENGINE)).collect();
    broken.extend(over(&first_visit(files), &FIRST_VISIT));
    if !files.iter().any(|file| holds_the_engine(&file.name)) {
        broken.push("no WebAssembly file of the engine was found".into());
    }
    broken
}

fn holds_the_engine(name: &str) -> bool {
    name.ends_with(".wasm") && (name.starts_with("npm/pkg/") || name.contains("/engine-"))
}

fn over(file: &Size, budget: &Budget) -> Vec<String> {
    let mut broken = Vec::new();
    if file.brotli > budget.brotli {
        let (is, most) = (kib(file.brotli), kib(budget.brotli));
        broken.push(format!("{} is {is} KiB brotli, at most {most} are allowed", file.name));
    }
    if let Some(most) = budget.gzip.filter(|most| file.gzip > *most) {
        let (is, most) = (kib(file.gzip), kib(most));
        broken.push(format!("{} is {is} KiB gzip, at most {most} are allowed", file.name));
    }
    broken
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

    fn file(name: &str, gzip: usize, brotli: usize) -> Size {
        Size { name: name.into(), raw: 3 * gzip, gzip: gzip * KIB, brotli: brotli * KIB }
    }

    #[test]
    fn files_within_their_budgets_are_fine() {
        let files =
            [file("dist/engine-1f/engine_bg.wasm", 230, 180), file("dist/index.html", 400, 320)];
        assert_eq!(judge(&files), Vec::<String>::new());
    }

    #[test]
    fn each_budget_that_is_exceeded_is_named_with_both_figures() {
        let files =
            [file("dist/engine-1f/engine_bg.wasm", 231, 181), file("dist/page.wasm", 1, 320)];
        assert_eq!(
            judge(&files),
            [
                "dist/engine-1f/engine_bg.wasm is 181.0 KiB brotli, at most 180.0 are allowed",
                "dist/engine-1f/engine_bg.wasm is 231.0 KiB gzip, at most 230.0 are allowed",
                "first visit is 501.0 KiB brotli, at most 500.0 are allowed",
            ]
        );
    }

    #[test]
    fn lazy_files_and_the_package_are_no_part_of_the_first_visit() {
        let files = [
            file("dist/engine-1f/engine_bg.wasm", 200, 150),
            file("dist/lazy/merge.js", 900, 800),
            file("npm/pkg/rolewright_bg.wasm", 200, 150),
        ];
        assert_eq!(first_visit(&files).brotli, 150 * KIB);
        assert_eq!(judge(&files), Vec::<String>::new());
    }

    #[test]
    fn a_build_without_an_engine_is_not_within_budget() {
        let files = [file("dist/index.html", 1, 1)];
        assert_eq!(judge(&files), ["no WebAssembly file of the engine was found"]);
    }

    #[test]
    fn compression_is_that_of_servers() {
        let size = size("a".into(), &b"role ".repeat(1000)).unwrap();
        assert_eq!(size.raw, 5000);
        assert!(size.gzip < 100 && size.brotli < size.gzip);
    }
}
