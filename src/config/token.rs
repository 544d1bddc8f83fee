//! The bot's token, from the environment.
//!
//! It is never in a file that might be committed, and its type keeps it from being printed.

use std::env::VarError;
use std::fmt;

use crate::secret::{self, SecretError};

const TOKEN_VARIABLE: &str = "DISCORD_TOKEN";
const TOKEN_FILE_VARIABLE: &str = "DISCORD_TOKEN_FILE";

/// The bot's token. Neither Debug nor any other trait shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// There is no usable token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Neither variable is set.
    #[error(
        "no bot token: set {TOKEN_VARIABLE}, or {TOKEN_FILE_VARIABLE} to the path of a file that \
         holds it"
    )]
    Missing,
    /// The value does not have the form of a token.
    #[error(
        "{origin} does not hold a bot token: copy it from the Bot page of the Discord developer \
         portal, without `Bot ` in front"
    )]
    Malformed {
        /// The variable or file.
        origin: String,
    },
    /// It was given in an unusable way.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl Token {
    /// Takes the token from the environment, which `variable` reads.
    ///
    /// # Errors
    ///
    /// [`TokenError`] if the token is missing, given twice, unreadable or malformed. The error
    /// never contains the value itself.
    pub fn from_environment(variable: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, TokenError> {
        let found = secret::find(variable, TOKEN_VARIABLE, TOKEN_FILE_VARIABLE)?.ok_or(TokenError::Missing)?;
        let well_formed = !found.text.is_empty() && found.text.bytes().all(|byte| byte.is_ascii_graphic());
        if well_formed { Ok(Self(found.text)) } else { Err(TokenError::Malformed { origin: found.origin }) }
    }

    /// The token itself, for the request that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(variables: &[(&str, &str)]) -> Result<Token, TokenError> {
        Token::from_environment(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn debug_hides_the_token() {
        let token = token(&[(TOKEN_VARIABLE, "very.secret.value")]).unwrap();
        assert_eq!(token.reveal(), "very.secret.value");
        assert!(!format!("{token:?}").contains("secret"));
    }

    #[test]
    fn the_token_comes_from_exactly_one_place() {
        assert!(matches!(token(&[]), Err(TokenError::Missing)));
        let both = token(&[(TOKEN_VARIABLE, "a"), (TOKEN_FILE_VARIABLE, "b")]);
        assert!(matches!(both, Err(TokenError::Secret(SecretError::Ambiguous { .. }))));
        let malformed = token(&[(TOKEN_VARIABLE, "Bot secret")]).unwrap_err().to_string();
        assert!(!malformed.contains("secret"), "{malformed}");
    }
}
