//! Runs the built binary as a bot while the test runs.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::footnote::Test;
use discord_double::{DiscordDouble, public_key};

/// No wait in a test is longer: what has not happened by then will not happen.
const GUARD: Duration = Duration::from_secs(30);

/// How interactions reach the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Gateway,
    Webhook,
}

/// Runs tests, which take the transport as an argument, over each transport.
macro_rules! over_both_transports {
    ($($test:ident),+ $(,)?) => {
        mod over_the_gateway {
            $(#[tokio::test]
            async fn $test() {
                super::$test($crate::support::bot::Transport::Gateway).await;
            })+
        }
        mod over_the_webhook {
            $(#[tokio::test]
            async fn $test() {
                super::$test($crate::support::bot::Transport::Webhook).await;
            })+
        }
    };
}
pub(crate) use over_both_transports;

/// A running `footnote serve`, killed when dropped.
pub struct Bot {
    child: Child,
    log: watch::Receiver<String>,
    reader: JoinHandle<()>,
}

pub struct Ended {
    pub status: Option<i32>,
    pub log: String,
}

impl Bot {
    /// The configuration of a bot for use with the double. A webhook gets a free port.
    pub fn config(transport: Transport, discord: &DiscordDouble) -> String {
        let discord = format!("[discord]\napi_proxy = \"{}\"\n", discord.url());
        match transport {
            Transport::Gateway => discord,
            Transport::Webhook => format!(
                "{discord}transport = \"webhook\"\nwebhook = {{ listen = \"127.0.0.1:0\", \
                    public_key = \"{}\" }}\n",
                public_key()
            ),
        }
    }

    /// Starts a bot in the test's folder that connects to the double, with additional lines of
    /// configuration.
    pub fn start(test: Test, discord: &DiscordDouble, config: &str) -> Self {
        Self::launch_with(Transport::Gateway, test, discord, config)
    }

    /// Like [`start`](Self::start), but interactions arrive over this transport.
    pub async fn over(transport: Transport, test: Test, discord: &DiscordDouble, config: &str) -> Self {
        let mut bot = Self::launch_with(transport, test, discord, config);
        if transport == Transport::Webhook {
            discord.set_interactions_endpoint(bot.address().await).await;
        }
        bot
    }

    /// Starts a bot on the base that ships with the project.
    pub async fn shipped_over(transport: Transport, discord: &DiscordDouble) -> Self {
        Self::over(transport, Test::empty().with_shipped_base(), discord, "").await
    }

    fn launch_with(transport: Transport, test: Test, discord: &DiscordDouble, config: &str) -> Self {
        let config = Self::config(transport, discord) + config;
        Self::spawn(test.file("config.toml", config).env("DISCORD_TOKEN", discord.token()))
    }

    /// Waits until the webhook listens, and returns its address.
    pub async fn address(&mut self) -> SocketAddr {
        self.address_in("listening for interactions").await
    }

    /// Waits until the bot listens for probes, and returns that address.
    pub async fn probes(&mut self) -> SocketAddr {
        self.address_in("listening for probes").await
    }

    /// Waits until the bot shows its pages, and returns that address.
    pub async fn readers(&mut self) -> SocketAddr {
        self.address_in("listening for readers").await
    }

    async fn address_in(&mut self, wanted: &str) -> SocketAddr {
        const HOST: &str = "127.0.0.1:";
        self.wait_for_log(wanted).await;
        let log = self.log.borrow();
        let line = log.lines().find(|line| line.contains(wanted)).expect("the line was there");
        let (_, port) = line.split_once(HOST).expect("the line says where");
        let port: String = port.chars().take_while(char::is_ascii_digit).collect();
        format!("{HOST}{port}").parse().expect("an address")
    }

    /// Closes the other end of the pipe that the log goes to.
    pub async fn stop_reading(&mut self) {
        self.reader.abort();
        // An error means that the task was cancelled before it finished, as intended.
        let _ = (&mut self.reader).await;
    }

    fn launch(test: Test) -> Child {
        let mut command = Command::from(test.args(["serve"]).keep().command());
        command.stdin(Stdio::null()).kill_on_drop(true).spawn().expect("the binary starts")
    }

    /// Starts a bot exactly as `test` describes it.
    pub fn spawn(test: Test) -> Self {
        let mut child = Self::launch(test);
        let mut lines = BufReader::new(child.stderr.take().expect("standard error is piped")).lines();
        let (sender, log) = watch::channel(String::new());
        let reader = tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                sender.send_modify(|log| {
                    log.push_str(&line);
                    log.push('\n');
                });
            }
        });
        Self { child, log, reader }
    }

    /// Waits until the log has this text.
    pub async fn wait_for_log(&mut self, text: &str) {
        let found = timeout(GUARD, self.log.wait_for(|log| log.contains(text))).await.map(|found| found.is_ok());
        assert!(found == Ok(true), "no {text:?} in the log:\n{}", self.log.borrow().as_str());
    }

    /// How often the log has this text so far.
    pub fn logged(&self, text: &str) -> usize {
        self.log.borrow().matches(text).count()
    }

    /// Waits until the log has this text so many times.
    pub async fn wait_for_logs(&mut self, text: &str, times: usize) {
        let enough = |log: &String| log.matches(text).count() >= times;
        let found = timeout(GUARD, self.log.wait_for(enough)).await.map(|found| found.is_ok());
        assert!(found == Ok(true), "not {times} times {text:?} in the log:\n{}", self.log.borrow().as_str());
    }

    /// Waits until the log has this many lines.
    pub async fn wait_for_lines(&mut self, count: usize) {
        let enough = |log: &String| log.lines().count() >= count;
        let found = timeout(GUARD, self.log.wait_for(enough)).await.map(|found| found.is_ok());
        assert!(found == Ok(true), "not {count} lines in the log:\n{}", self.log.borrow().as_str());
    }

    /// Waits until the journal has this many gaps.
    pub async fn wait_for_gaps(&mut self, wanted: u64) {
        self.wait_for_sum("unanswered questions written to the journal", "count=", wanted).await;
    }

    /// Waits until the journal has this many picks.
    pub async fn wait_for_picks(&mut self, wanted: u64) {
        self.wait_for_sum("choices written to the journal", "picks=", wanted).await;
    }

    /// Waits until the numbers of a field in the lines with a text add up to this.
    async fn wait_for_sum(&mut self, text: &str, field: &str, wanted: u64) {
        let written = |log: &String| {
            let lines = log.lines().filter(|line| line.contains(text));
            let counts = lines.filter_map(|line| line.split_once(field)?.1.trim().parse::<u64>().ok());
            counts.sum::<u64>() >= wanted
        };
        let found = timeout(GUARD, self.log.wait_for(written)).await.map(|found| found.is_ok());
        assert!(found == Ok(true), "not {wanted} {text:?} in the log:\n{}", self.log.borrow().as_str());
    }

    pub fn id(&self) -> String {
        self.child.id().expect("it is still running").to_string()
    }

    /// Asks it to stop, as a container engine does.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let (signal, id) = (format!("-{name}"), self.id());
        let sent = std::process::Command::new("kill").args([&signal, &id]).status().expect("kill can be run");
        assert!(sent.success());
    }

    /// Waits until it has ended.
    pub async fn ended(mut self) -> Ended {
        let status = timeout(GUARD, self.child.wait()).await.expect("it ends").expect("it can be waited for");
        let mut rest = String::new();
        let mut output = self.child.stdout.take().expect("standard output is piped");
        output.read_to_string(&mut rest).await.expect("standard output is UTF-8");
        assert_eq!(rest, "", "serve writes nothing to standard output");
        // The channel closes once the log has been read to the end.
        while self.log.changed().await.is_ok() {}
        Ended { status: status.code(), log: self.log.borrow().clone() }
    }

    /// Kills it, which gives it no time to finish anything.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it is still running");
    }

    pub async fn stop(self) -> Ended {
        self.terminate();
        self.ended().await
    }
}
