//! The built binary as a bot that runs beside the test.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::time::timeout;

use super::discord::DiscordDouble;
use super::footnote::Test;

/// No wait of a test is longer: what has not happened by then does not happen.
const GUARD: Duration = Duration::from_secs(30);

/// A running `footnote serve`, killed when dropped.
pub struct Bot {
    child: Child,
    log: watch::Receiver<String>,
}

/// How a bot ended.
pub struct Ended {
    pub status: Option<i32>,
    pub log: String,
}

impl Bot {
    /// Starts a bot in the test's folder that reaches the double, with further lines of configuration.
    pub fn start(test: Test, discord: &DiscordDouble, config: &str) -> Self {
        let config = format!("[discord]\napi_proxy = \"{}\"\n{config}", discord.url());
        Self::spawn(test.file("config.toml", config).env("DISCORD_TOKEN", discord.token()))
    }

    /// Starts a bot on the base that ships with the project.
    pub fn shipped(discord: &DiscordDouble) -> Self {
        let knowledge = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");
        Self::start(Test::empty().args(["--knowledge", knowledge]), discord, "")
    }

    /// Starts a bot whose log goes into a pipe that is closed at the other end.
    pub fn start_unread(test: Test, discord: &DiscordDouble) -> Self {
        let config = format!("[discord]\napi_proxy = \"{}\"\n", discord.url());
        let mut child = Self::launch(test.file("config.toml", config).env("DISCORD_TOKEN", discord.token()));
        drop(child.stderr.take());
        let (_, log) = watch::channel(String::new());
        Self { child, log }
    }

    fn launch(test: Test) -> Child {
        let mut command = Command::from(test.args(["serve"]).keep().command());
        command.stdin(Stdio::null()).kill_on_drop(true).spawn().expect("the binary starts")
    }

    /// Starts a bot exactly as the test says.
    pub fn spawn(test: Test) -> Self {
        let mut child = Self::launch(test);
        let mut lines = BufReader::new(child.stderr.take().expect("standard error is piped")).lines();
        let (sender, log) = watch::channel(String::new());
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                sender.send_modify(|log| {
                    log.push_str(&line);
                    log.push('\n');
                });
            }
        });
        Self { child, log }
    }

    /// Waits until the log has this text.
    pub async fn wait_for_log(&mut self, text: &str) {
        let found = timeout(GUARD, self.log.wait_for(|log| log.contains(text))).await.map(|found| found.is_ok());
        assert!(found == Ok(true), "no {text:?} in the log:\n{}", self.log.borrow().as_str());
    }

    /// Its process's id.
    pub fn id(&self) -> String {
        self.child.id().expect("it is still running").to_string()
    }

    /// Asks it to stop, as a container engine does.
    pub fn terminate(&self) {
        let id = self.id();
        let sent = std::process::Command::new("kill").args(["-TERM", &id]).status().expect("kill can be run");
        assert!(sent.success());
    }

    /// Waits until it has ended.
    pub async fn ended(mut self) -> Ended {
        let status = timeout(GUARD, self.child.wait()).await.expect("it ends").expect("it can be waited for");
        let mut rest = String::new();
        let mut output = self.child.stdout.take().expect("standard output is piped");
        output.read_to_string(&mut rest).await.expect("standard output is UTF-8");
        assert_eq!(rest, "", "serve writes nothing to standard output");
        // The channel closes once the log has been read to its end.
        while self.log.changed().await.is_ok() {}
        Ended { status: status.code(), log: self.log.borrow().clone() }
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(self) -> Ended {
        self.terminate();
        self.ended().await
    }
}
