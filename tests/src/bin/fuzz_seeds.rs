//! Writes the seeds of the fuzz targets, one file each, into the folder that the first argument names.

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let seeds = rolewright_tests::fuzz::seeds();
    for (name, bytes) in &seeds {
        std::fs::write(folder.join(name), bytes).expect(name);
    }
    println!("{} seeds", seeds.len());
}
