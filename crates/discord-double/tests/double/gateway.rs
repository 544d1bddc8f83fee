use std::time::Duration;

use discord_double::{DiscordDouble, GUILD_ID, Interaction};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use super::client::{Client, ask};

#[tokio::test]
async fn a_session_is_resumed_without_a_loss_until_it_is_invalid() {
    let discord = DiscordDouble::start().await;
    let mut client = Client::start(&discord, 0).await;
    let shard = discord.shard(0);
    shard.drop_connection();
    assert_eq!(client.next().await["closed"], Value::Null);
    let missed = discord.send(Interaction::component("b")).await;
    let session = json!({"token": discord.token(), "session_id": "session000000000000000000000001", "seq": 1});
    let mut client = Client::connect(&discord.url(), "v=10").await.unwrap();
    client.send(6, &session).await;
    let events = [client.next().await, client.next().await, client.next().await];
    assert_eq!(
        (&events[1]["s"], &events[1]["d"]["id"], &events[2]["t"]),
        (&json!(2), &json!(missed.id), &json!("RESUMED"))
    );
    let resume = discord.next_resume().await;
    assert_eq!((resume.seq, resume.accepted), (1, true));

    shard.request_reconnect();
    assert_eq!(client.next().await["op"], 7);
    shard.invalidate_session(true);
    assert_eq!(client.next().await["d"], true);
    shard.invalidate_session(false);
    assert_eq!(client.next().await["d"], false);
    let mut client = Client::connect(&discord.url(), "v=10").await.unwrap();
    client.send(6, &session).await;
    assert_eq!([client.next().await["op"].clone(), client.next().await["op"].clone()], [10, 9]);
    assert!(!discord.next_resume().await.accepted);
}

#[tokio::test]
async fn what_a_client_does_wrong_ends_its_connection() {
    let discord = DiscordDouble::start().await;
    let identify = |token: &str, intents: u64, shard: [u64; 2]| {
        json!({"op": 2, "d": {"token": token, "intents": intents, "shard": shard}}).to_string()
    };
    let wrong = [
        (identify("wrong", 0, [0, 1]), 4004),
        (identify(discord.token(), 0, [1, 1]), 4010),
        (identify(discord.token(), 1 << 30, [0, 1]), 4013),
        (identify(discord.token(), 1 << 15, [0, 1]), 4014),
        ("{\"op\": 3}".to_owned(), 4003),
        ("{\"op\": 99}".to_owned(), 4001),
        ("no JSON".to_owned(), 4002),
    ];
    for (payload, code) in wrong {
        let mut client = Client::connect(&discord.url(), "v=10").await.unwrap();
        client.next().await;
        client.say(&payload).await;
        assert_eq!(client.next().await["closed"], code, "{payload}");
    }
    assert_eq!(Client::connect(&discord.url(), "v=9").await.unwrap().next().await["closed"], 4012);
    let mut client = Client::start(&discord, 0).await;
    client.say(&identify(discord.token(), 0, [0, 1])).await;
    assert_eq!(client.next().await["closed"], 4005);
    let _granted = Client::start(&DiscordDouble::builder().privileged_intents().start().await, 1 << 15).await;
}

#[tokio::test]
async fn a_gateway_can_refuse_close_and_fall_silent() {
    let discord = DiscordDouble::builder().heartbeat_interval(Duration::from_secs(7)).start().await;
    discord.refuse_next_handshake(503);
    let refused = Client::connect(&discord.url(), "v=10").await.err();
    assert!(matches!(refused, Some(Error::Http(answer)) if answer.status() == 503));
    assert_eq!(Client::connect(&discord.url(), "v=10").await.unwrap().next().await["d"]["heartbeat_interval"], 7000);
    let mut client = Client::start(&discord, 0).await;
    client.send(1, &json!(1)).await;
    assert_eq!(client.next().await["op"], 11);
    discord.shard(0).fall_silent();
    client.send(1, &json!(1)).await;
    discord.shard(0).dispatch("SOMETHING_NEW", &json!({}));
    discord.shard(0).close(4000);
    assert_eq!(client.next().await["closed"], 4000, "nothing but the close frame");
}

#[tokio::test]
async fn servers_are_spread_over_the_shards() {
    let discord = DiscordDouble::builder().shards(2).max_concurrency(16).start().await;
    let (_, _, bot) = ask(&discord, "GET", "/gateway/bot", &Value::Null).await;
    assert_eq!((&bot["shards"], &bot["session_start_limit"]["max_concurrency"]), (&json!(2), &json!(16)));
    // Discord shards by the server's id without its lowest 22 bits.
    for (shard, guild) in [(0, GUILD_ID & !(1 << 22)), (1, GUILD_ID | 1 << 22)] {
        let mut client = Client::connect(&discord.url(), "v=10").await.unwrap();
        client.send(2, &json!({"token": discord.token(), "intents": 1, "shard": [shard, 2]})).await;
        let sent = discord.send(Interaction::component("b").in_guild(guild)).await;
        let events = [client.next().await, client.next().await, client.next().await, client.next().await];
        assert_eq!(events.map(|event| event["t"].clone())[1..3], ["READY", "GUILD_CREATE"]);
        assert_eq!(discord.next_identify().await.shard, [shard, 2]);
        assert_eq!(sent.payload["guild_id"], guild.to_string());
    }
}
