use std::time::Instant;

use discord_double::DiscordDouble;

use super::limits::MAX_INVALID;
use super::*;
use crate::config::Config;

fn rest(discord: &DiscordDouble) -> Rest {
    let token = Token::from_environment(|name| match name {
        "DISCORD_TOKEN" => Ok(discord.token().to_owned()),
        _ => Err(std::env::VarError::NotPresent),
    });
    let config = DiscordConfig { api_proxy: Some(discord.url()), ..Config::default().discord };
    Rest::new(&token.expect("the double has a token"), &config).expect("a client can be made")
}

#[tokio::test]
async fn no_request_is_made_once_too_many_were_refused() {
    let discord = DiscordDouble::start().await;
    let rest = rest(&discord);
    for _ in 1..MAX_INVALID {
        rest.limits.count(403, Instant::now());
    }
    assert!(rest.ask_gateway().await.is_ok());
    discord.fail_next("GET", "/gateway/bot", 403);
    assert!(matches!(rest.ask_gateway().await, Err(RequestError::Refused(_))));
    assert!(matches!(rest.ask_gateway().await, Err(RequestError::Paused)));
    assert_eq!(discord.requests().len(), 2);
}

#[tokio::test]
async fn a_limit_that_other_bots_have_used_up_is_heeded_and_not_counted() {
    let discord = DiscordDouble::start().await;
    let rest = rest(&discord);
    for _ in 1..MAX_INVALID {
        rest.limits.count(403, Instant::now());
    }
    let wait = Duration::from_millis(300);
    discord.share_limit_next("GET", "/gateway/bot", wait);
    let begun = Instant::now();
    assert!(matches!(rest.ask_gateway().await, Err(RequestError::Refused(_))));
    assert!(rest.ask_gateway().await.is_ok(), "it did not count");
    assert!(begun.elapsed() >= wait, "{:?}", begun.elapsed());
    discord.rate_limit_next("GET", "/gateway/bot", Duration::from_millis(1));
    assert!(matches!(rest.ask_gateway().await, Err(RequestError::Refused(_))));
    assert!(matches!(rest.ask_gateway().await, Err(RequestError::Paused)), "its own limit counts");
}
