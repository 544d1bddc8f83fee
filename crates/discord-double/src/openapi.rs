//! Checks bodies against Discord's own machine-readable description of its API.
//!
//! The file is big and not ours, so it is read from where `DISCORD_OPENAPI` points, and checking is
//! skipped, aloud, where that is unset.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::error::{ValidationError, ValidationErrorKind};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

/// The environment variable that names the file.
const VARIABLE: &str = "DISCORD_OPENAPI";
const API_PREFIX: &str = "/api/v10";

/// Discord's description of its API.
pub struct OpenApi {
    document: Value,
    /// By the place of the schema in the document; compiling one takes longer than all its uses.
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl OpenApi {
    /// The description that all tests of this process share.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<OpenApi>> = OnceLock::new();
        SHARED.get_or_init(Self::from_env).as_ref()
    }

    /// Reads the file that `DISCORD_OPENAPI` names; `None`, with a note on stderr, if it is unset.
    ///
    /// # Panics
    ///
    /// Panics if it is set and the file cannot be read: a typo must not pass for a check.
    pub fn from_env() -> Option<Self> {
        static NOTED: OnceLock<()> = OnceLock::new();
        let Some(path) = std::env::var_os(VARIABLE) else {
            NOTED.get_or_init(|| {
                eprintln!("{VARIABLE} is unset: bodies are not checked against Discord's OpenAPI file");
            });
            return None;
        };
        let shown = path.display();
        let text = std::fs::read_to_string(&path);
        let text = text.unwrap_or_else(|error| panic!("{VARIABLE}: {shown}: {error}"));
        let document = serde_json::from_str(&text);
        let document = document.unwrap_or_else(|error| panic!("{VARIABLE}: {shown}: {error}"));
        Some(Self::new(document))
    }

    fn new(mut document: Value) -> Self {
        correct(&mut document);
        Self { document, compiled: Mutex::default() }
    }

    /// Checks the JSON body of a request.
    ///
    /// # Errors
    ///
    /// Returns each violation with the place in the body; also when the API has no such request.
    pub fn check(&self, method: &str, path: &str, body: &Value) -> Result<(), Vec<String>> {
        let place = self.operation(method, path)?;
        let schema = format!("{place}/requestBody/content/application~1json/schema");
        if self.document.pointer(&schema).is_none() {
            return Err(vec![format!("{method} {path} takes no JSON body")]);
        }
        self.validate(&schema, body)
    }

    /// Checks the JSON body of an answer, which is how the double keeps true to Discord itself.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_answer(&self, method: &str, path: &str, status: u16, body: &Value) -> Result<(), Vec<String>> {
        let place = self.operation(method, path)?;
        let schema = format!("{place}/responses/{status}/content/application~1json/schema");
        if self.document.pointer(&schema).is_none() {
            return Err(vec![format!("{method} {path} has no JSON answer of status {status}")]);
        }
        self.validate(&schema, body)
    }

    /// The JSON pointer of the operation that a request means.
    fn operation(&self, method: &str, path: &str) -> Result<String, Vec<String>> {
        let path = path.strip_prefix(API_PREFIX).unwrap_or(path);
        let method = method.to_ascii_lowercase();
        let templates = self.document["paths"].as_object().into_iter().flatten();
        let matching =
            templates.filter(|(template, operations)| operations.get(&method).is_some() && matches(template, path));
        // A literal segment beats a parameter: `@original` is not any `{message_id}`.
        let best = matching.min_by_key(|(template, _)| template.matches('{').count());
        let (template, _) = best.ok_or_else(|| vec![format!("Discord has no {method} {path}")])?;
        Ok(format!("/paths/{}/{method}", template.replace('~', "~0").replace('/', "~1")))
    }

    fn validate(&self, schema: &str, body: &Value) -> Result<(), Vec<String>> {
        let violations: Vec<String> =
            self.validator(schema).iter_errors(body).flat_map(|error| explain(&error)).collect();
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }

    fn validator(&self, schema: &str) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = compiled.entry(schema.to_owned()).or_insert_with(|| self.compile(schema));
        Arc::clone(validator)
    }

    fn compile(&self, schema: &str) -> Arc<Validator> {
        let mut root = self.document.pointer(schema).cloned().unwrap_or_default();
        // The references say `#/components/…`, so the components must stand in the same document.
        root["components"] = json!({"schemas": self.document["components"]["schemas"]});
        let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
        let validator = options.build(&root);
        Arc::new(validator.unwrap_or_else(|error| panic!("{VARIABLE}: {schema}: {error}")))
    }
}

/// Puts right where the file says other than Discord's documentation and servers do.
fn correct(document: &mut Value) {
    // Documented as a string of digits, and sent so by every library.
    let permissions = "ApplicationCommandUpdateRequest/properties/default_member_permissions";
    // Documented with whole numbers, the indices of the files that are uploaded along.
    let attachment = "MessageAttachmentRequest/properties/id";
    for (field, schema) in [
        (permissions, json!({"type": ["integer", "string", "null"]})),
        (attachment, json!({"type": ["integer", "string"]})),
    ] {
        if let Some(place) = document.pointer_mut(&format!("/components/schemas/{field}")) {
            *place = schema;
        }
    }
}

fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given => {}
            (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

/// Says what is wrong, and for a union what is wrong with the variant that was meant: that none of
/// seven variants fits helps nobody.
fn explain(error: &ValidationError<'_>) -> Vec<String> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) = error.kind() else {
        return vec![format!("{}: {error}", place(error))];
    };
    let depth = error.instance_path().as_str().len();
    let meant = context.iter().filter(|variant| is_meant(variant, depth));
    let explained = meant.map(|variant| variant.iter().flat_map(explain).collect::<Vec<_>>());
    let closest = explained.min_by_key(Vec::len);
    closest.unwrap_or_else(|| vec![format!("{}: none of the variants fits", place(error))])
}

/// A variant is the one that was meant if neither its `type` nor its being an object is at fault.
fn is_meant(variant: &[ValidationError<'_>], depth: usize) -> bool {
    !variant.iter().any(|error| {
        let below = &error.instance_path().as_str()[depth..];
        below == "/type" || (below.is_empty() && matches!(error.kind(), ValidationErrorKind::Type { .. }))
    })
}

fn place<'a>(error: &'a ValidationError<'_>) -> &'a str {
    match error.instance_path().as_str() {
        "" => "the body",
        path => path,
    }
}
