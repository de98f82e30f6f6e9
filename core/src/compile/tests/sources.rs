//! Tests limits that the role's own host reads in a way that is easy to miss, and what the other host
//! adds to them.

use super::permissions::converted;
use super::*;

#[test]
fn what_is_asked_about_in_part_is_said_to_be_asked_about_more() {
    let more = |product: &str, field: &str| {
        format!(
            "warning {product} cannot express exactly what `{field}` asks about; it asks about more."
        )
    };
    let some = "description: x\npermission:\n  bash:\n    \"*\": ask\n    \"npm test*\": allow";
    assert_eq!(
        converted("opencode", some, "kilo"),
        ["permission:".into(), "bash: ask".into(), more("Kilo Code", "permission")]
    );
    let one = "description: x\npermission:\n  bash:\n    \"git push*\": ask";
    assert_eq!(
        converted("opencode", one, "kilo"),
        ["permission:".into(), "bash: ask".into(), more("Kilo Code", "permission")]
    );
    for rules in [
        "[{ action: shell, resource: \"*\", effect: ask }, { action: shell, resource: \"git *\", effect: allow }]",
        "[{ action: shell, resource: \"rm *\", effect: ask }]",
    ] {
        let got = converted("opencode-2", &format!("description: x\npermissions: {rules}"), "kilo");
        assert_eq!(got.last(), Some(&more("Kilo Code", "permissions")), "{got:?}");
    }
    let all = converted("opencode", "description: x\npermission: { bash: ask }", "kilo");
    assert_eq!(all, ["permission:", "bash: ask"]);
}
