//! Command-line options that override the configuration.

use crate::arguments::Shared;
use crate::config::{Layer, missing};
use crate::failure::Failure;
use crate::names;
use crate::world::World;
use rolewright_core::Profile;
use rolewright_core::host::Host;
use std::collections::BTreeMap;

/// The command-line options as the topmost layer of settings.
pub(crate) fn overlay(
    world: &dyn World,
    command: &'static str,
    options: &Shared,
) -> Result<Layer, Failure> {
    let host = |id: &str| host(id).map_err(|why| Failure::usage(command, why));
    let mut layer = Layer {
        host: options.host.as_deref().map(host).transpose()?,
        profile: options.profile.as_deref().and_then(Profile::from_name),
        missing: options.missing.as_deref().and_then(missing),
        ..Layer::default()
    };
    for (name, setting) in &options.rules {
        if !names::rules().any(|rule| rule == name) {
            let why = format!("--rule: {}", names::unknown_rule(name));
            return Err(Failure::usage(command, why));
        }
        layer = layer.with_rule(name, setting);
    }
    if let Some(file) = &options.values {
        let values = values(world, file);
        layer.values = values.map_err(|why| Failure::problem(format!("--values {file}: {why}")))?;
    }
    layer.values.extend(options.value.iter().cloned());
    Ok(layer)
}

/// The host of an id; `None` for "auto".
fn host(id: &str) -> Result<Option<&'static Host>, String> {
    match names::host(id) {
        None if id != "auto" => Err(format!("--host: {}", names::unknown_host(id))),
        found => Ok(found),
    }
}

fn values(world: &dyn World, file: &str) -> Result<BTreeMap<String, String>, String> {
    let bytes = world.read(file).map_err(|fault| fault.to_string())?;
    let found: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    serde_json::from_value(found)
        .map_err(|_| String::from("must be an object whose values are strings"))
}
