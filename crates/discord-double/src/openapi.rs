//! Checks bodies against Discord's own machine-readable description of its API.
//!
//! The file is big and not ours, so it is read from where `DISCORD_OPENAPI` points. Where that is
//! unset, the check is left out and a note says so.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::limits;
use crate::schema::{Schemas, Violation};

const VARIABLE: &str = "DISCORD_OPENAPI";

/// Discord's description of its API.
pub struct OpenApi(Schemas);

impl OpenApi {
    /// The description that `DISCORD_OPENAPI` names; `None`, with a note on standard error, if it
    /// is unset. A file that cannot be read is a panic: a typo must not pass for a check.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<OpenApi>> = OnceLock::new();
        let read = || {
            let Some(path) = std::env::var_os(VARIABLE) else {
                eprintln!("{VARIABLE} is unset: Discord's OpenAPI file checks nothing");
                return None;
            };
            let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{VARIABLE}: {}: {error}", path.display()));
            let document = serde_json::from_slice(&text);
            let document = document.unwrap_or_else(|error| panic!("{VARIABLE}: {}: {error}", path.display()));
            Some(Self(Schemas::new(corrected(document))))
        };
        SHARED.get_or_init(read).as_ref()
    }

    /// What is wrong with the JSON body of a request, each with its place; also if the API has no
    /// such request.
    pub fn check(&self, method: &str, path: &str, body: &Value) -> Vec<String> {
        self.violations(method, path, "requestBody", body).iter().map(Violation::line).collect()
    }

    /// As [`check`](Self::check), but of an answer, which is how the double keeps true to Discord.
    pub fn check_answer(&self, method: &str, path: &str, status: u16, body: &Value) -> Vec<String> {
        self.violations(method, path, &format!("responses/{status}"), body).iter().map(Violation::line).collect()
    }

    /// What is wrong with the body in this part of an operation.
    pub(crate) fn violations(&self, method: &str, path: &str, part: &str, body: &Value) -> Vec<Violation> {
        let method = method.to_ascii_lowercase();
        let templates = self.0.document["paths"].as_object().into_iter().flatten();
        let fitting = templates.filter(|(template, operation)| operation[&method].is_object() && fits(template, path));
        // A literal segment beats a parameter: `@original` is not any `{message_id}`.
        let schema = fitting.min_by_key(|(template, _)| template.matches('{').count()).map(|(template, _)| {
            let template = template.replace('/', "~1");
            format!("/paths/{template}/{method}/{part}/content/application~1json/schema")
        });
        match schema.filter(|schema| self.0.document.pointer(schema).is_some()) {
            Some(schema) => self.0.check(&schema, body),
            None => vec![Violation::new("", format!("{method} {path} has no JSON in its {part}"))],
        }
    }
}

/// What Discord would find wrong with the body of an interaction's callback: by its limits, and by
/// its own description of its API if that is at hand.
pub fn check_callback(body: &Value) -> Vec<String> {
    let limits = limits::check("callback", body).into_iter();
    let api =
        OpenApi::shared().map(|api| api.violations("POST", "/interactions/1/token/callback", "requestBody", body));
    limits.chain(api.into_iter().flatten()).map(|violation| violation.line()).collect()
}

fn fits(template: &str, path: &str) -> bool {
    let (wanted, given): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let fits = |(wanted, given): (&&str, &&str)| wanted == given || (wanted.starts_with('{') && !given.is_empty());
    wanted.len() == given.len() && wanted.iter().zip(&given).all(fits)
}

/// Corrects the file where it differs from Discord's documentation and servers.
fn corrected(mut document: Value) -> Value {
    let corrections = [
        // Documented as a string of digits, and sent so by every library.
        ("ApplicationCommandUpdateRequest/properties/default_member_permissions", json!(["integer", "string", "null"])),
        // Documented with whole numbers, the indices of the files that are uploaded along.
        ("MessageAttachmentRequest/properties/id", json!(["integer", "string"])),
        // Taken as numbers too, as discord.py sends them.
        ("SnowflakeType", json!(["integer", "string"])),
    ];
    for (field, types) in corrections {
        if let Some(schema) = document.pointer_mut(&format!("/components/schemas/{field}")) {
            *schema = json!({"type": types});
        }
    }
    document
}
