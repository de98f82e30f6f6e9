//! Defines a delivered crate or npm package, and the permissions of its license.

use spdx::{Expression, ParseMode};

/// A third-party component of a product.
#[derive(Debug)]
pub struct Part {
    pub name: String,
    pub version: String,
    /// An SPDX expression, possibly with `/` for `OR`; empty if none is declared.
    pub license: String,
    /// The license texts that come with it.
    pub texts: Vec<String>,
}

/// Whether `licenses` suffice to use a part with the SPDX expression `license`.
pub fn permits(license: &str, licenses: &[&str]) -> bool {
    let Ok(expression) = Expression::parse_mode(license, ParseMode::LAX) else { return false };
    expression.evaluate(|wanted| {
        // An exception only ever permits more.
        wanted.license.id().is_some_and(|id| licenses.contains(&id.name))
    })
}
