//! `allow:` in the front matter: rules that are not to be told of this file,
//! each with its reason.

use super::front_matter::{Map, Node};
use crate::report::{Report, allow::Written};

/// Reads the key; `withheld`: its words must reach no message.
pub fn read(map: &mut Map, withheld: bool, report: &mut Report) {
    let path = map.path();
    for node in map.list("allow") {
        let (rule, reason) = entry(&node, report);
        if let Some(rule) = rule {
            report.allow(&Written {
                rule: &rule,
                reason: reason.as_deref(),
                path,
                span: Some(node.span()),
                everywhere: false,
                withheld,
            });
        }
    }
}

/// `{rule: …, reason: …}`, or the name of a rule alone.
fn entry(node: &Node, report: &mut Report) -> (Option<String>, Option<String>) {
    if !node.is_map() {
        return (node.mention(report).map(|m| m.text), None);
    }
    let Some(mut map) = node.map(report) else {
        return (None, None);
    };
    let rule = map.text("rule", report);
    let reason = map.text("reason", report);
    if rule.is_none() {
        map.require("rule", "say which rule is allowed here", report);
    }
    map.finish(report);
    (rule, reason)
}
