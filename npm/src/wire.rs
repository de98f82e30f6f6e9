//! The plain data of a call: settings that come in and results that go out, named as JavaScript names
//! them. Knows neither the engine nor the browser.

mod results;
mod settings;

pub use results::*;
pub use settings::*;
