//! Checks bodies against Discord's own machine-readable description of its API.
//!
//! The file is large and not ours, so the check reads it from the path in `DISCORD_OPENAPI`. If
//! that is unset, the check is skipped and a note says so.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::limits;
use crate::schema::{Schemas, Violation};

const VARIABLE: &str = "DISCORD_OPENAPI";

/// Discord's description of its API.
pub struct OpenApi(Schemas);

impl OpenApi {
    /// The description that `DISCORD_OPENAPI` names; `None`, with a note on standard error, if it
    /// is unset. Panics if the file cannot be read, because otherwise a typo would look like a
    /// passed check.
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

    /// What is wrong with the JSON body of a request, each fault with its place. It is also a
    /// fault if the API has no such request.
    pub fn check(&self, method: &str, path: &str, body: &Value) -> Vec<String> {
        self.violations(method, path, "requestBody", body).iter().map(Violation::line).collect()
    }

    /// Like [`check`](Self::check), but for an answer. This keeps the double true to Discord.
    pub fn check_answer(&self, method: &str, path: &str, status: u16, body: &Value) -> Vec<String> {
        self.violations(method, path, &format!("responses/{status}"), body).iter().map(Violation::line).collect()
    }

    /// What is wrong with the body in this part of an operation.
    pub(crate) fn violations(&self, method: &str, path: &str, part: &str, body: &Value) -> Vec<Violation> {
        let method = method.to_ascii_lowercase();
        let templates = self.0.document["paths"].as_object().into_iter().flatten();
        let fitting = templates.filter(|(template, operation)| operation[&method].is_object() && fits(template, path));
        // A literal segment wins over a parameter: `@original` is not a `{message_id}`.
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

/// What Discord would find wrong with the body of an interaction's callback, according to its
/// limits and, if available, its own description of its API.
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
        // Documented as a string of digits, which is what every library sends.
        ("ApplicationCommandUpdateRequest/properties/default_member_permissions", json!(["integer", "string", "null"])),
        // Documented as whole numbers, the indices of the uploaded files.
        ("MessageAttachmentRequest/properties/id", json!(["integer", "string"])),
        // Numbers are accepted too, because discord.py sends them.
        ("SnowflakeType", json!(["integer", "string"])),
    ];
    for (field, types) in corrections {
        if let Some(schema) = document.pointer_mut(&format!("/components/schemas/{field}")) {
            *schema = json!({"type": types});
        }
    }
    document
}
