//! Answers in the form that Discord reads: JSON, or a multipart form if there is a file.
//!
//! It is the same form in which files are uploaded over REST.

use std::error::Error;

use axum::body::{Body, to_bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response as HttpResponse};

use super::super::{interaction, rest};
use crate::discord::response::Response;
use crate::discord::view::file::File;

/// The answer to Discord's ping. The library would add a null that is not in Discord's
/// documentation.
const PONG: &str = r#"{"type":1}"#;

pub(super) fn pong() -> HttpResponse {
    json(PONG)
}

/// The answer to an interaction.
pub(super) async fn encode(response: &Response) -> HttpResponse {
    match try_encode(response).await {
        Ok(encoded) => encoded,
        Err(error) => {
            tracing::error!(error, "cannot write a response");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn try_encode(response: &Response) -> Result<HttpResponse, Box<dyn Error + Send + Sync>> {
    let text = interaction::write(response)?;
    match response.file() {
        Some(file) => form(&text, file).await,
        None => Ok(json(text)),
    }
}

/// A form with the response and its first file, in one piece, so that the head can state its
/// length.
async fn form(text: &str, file: &File) -> Result<HttpResponse, Box<dyn Error + Send + Sync>> {
    let form = rest::form(text, file);
    let content_type = format!("multipart/form-data; boundary={}", form.boundary());
    let bytes = to_bytes(Body::from_stream(form.into_stream()), usize::MAX).await?;
    Ok(([(header::CONTENT_TYPE, content_type)], bytes).into_response())
}

fn json(text: impl IntoResponse) -> HttpResponse {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
