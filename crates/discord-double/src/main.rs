//! Serves the double on a port, so that any bot can be run against it by hand.

use std::sync::Arc;

use clap::Parser;
use discord_double::DiscordDouble;
use tokio::sync::mpsc::unbounded_channel;

mod console;

/// A Discord on a loopback port: point a bot at it and act as a member on standard input.
#[derive(Parser)]
struct Arguments {
    /// The port; 0 stands for a free one.
    #[arg(long, default_value_t = 8910)]
    port: u16,
    /// How many shards the bot is told to start.
    #[arg(long, default_value_t = 1)]
    shards: u64,
}

#[tokio::main]
async fn main() {
    let Arguments { port, shards } = Arguments::parse();
    let discord = DiscordDouble::builder().port(port).shards(shards).privileged_intents().start().await;
    let discord = Arc::new(discord);
    println!("API      {url}/api (version 10: {url}/api/v10)", url = discord.url());
    println!("Gateway  {} (GET /gateway/bot says so too)", discord.url().replace("http", "ws"));
    println!("Token    {}", discord.token());
    println!("Key      {} (for webhooks)", discord_double::public_key());
    println!("Type `help` for what you can do as a member.");

    let (sender, mut lines) = unbounded_channel();
    // A thread of its own, because reading standard input cannot be cancelled.
    std::thread::spawn(move || std::io::stdin().lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let transcript = tokio::spawn(console::transcribe(Arc::clone(&discord)));
    while let Some(line) = lines.recv().await {
        if line.trim() == "quit" {
            break;
        }
        if let Err(why) = console::act(&discord, line.trim()).await {
            println!("! {why}");
        }
    }
    transcript.abort();
}
