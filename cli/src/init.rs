//! `rolewright init`: creates an initial configuration.

use crate::config::CONFIG;
use crate::exit;
use crate::failure::Failure;
use crate::world::{FaultKind, Stream, World};

const SCHEMA: &str = "./node_modules/rolewright/schema.json";

/// Creates the file; never overwrites an existing one.
pub(crate) fn run(world: &dyn World) -> Result<u8, Failure> {
    // Editors report an error for a missing schema.
    let schema = match world.look(SCHEMA, true) {
        Ok(_) => format!("  \"$schema\": \"{SCHEMA}\",\n"),
        Err(_) => String::new(),
    };
    let text = format!(
        "{{\n{schema}  \"profile\": \"recommended\",\n  \"rules\": {{}},\n  \"include\": [],\n  \"ignore\": []\n}}\n"
    );
    match world.create(CONFIG, &text) {
        Err(fault) if fault.kind == FaultKind::Exists => {
            Err(Failure::problem("rolewright.json already exists and was not changed"))
        }
        Err(fault) => Err(Failure::problem(format!("rolewright.json cannot be written: {fault}"))),
        Ok(()) => {
            let said =
                "Created rolewright.json. It applies to this folder and all folders below.\n";
            world.write(Stream::Output, said);
            Ok(exit::FINE)
        }
    }
}
