//! A thousand readers a second. It can be measured with another build of the program than the
//! tests', such as `FOOTNOTE_BINARY=$PWD/target/release/footnote`:
//!
//! `cargo test --test features web::load -- --ignored --nocapture`

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at};
use url::Url;

use super::Readers;
use crate::support::footnote::Test;
use crate::support::http::{HttpAnswer, HttpRequest};

const REQUESTS_A_SECOND: u32 = 1_000;
const SECONDS: u32 = 60;
const SECOND: Duration = Duration::from_secs(1);
/// How many connections send at once. Each is kept.
const CONNECTIONS: u32 = 32;
/// The slowest that 99 of 100 requests may be.
const ACCEPTABLE: Duration = Duration::from_millis(50);

/// What readers and programs ask for: pages of every kind, searches, and the API.
fn mixed(addresses: &[String]) -> Vec<String> {
    let entries = addresses.iter().filter_map(|path| path.strip_prefix("/e/"));
    let asked = entries.flat_map(|id| {
        let (words, words_of_one) = (id.replace('-', "+"), id.split('-').next().unwrap_or(id));
        [
            format!("/?q={words}"),
            format!("/suggest?q={words_of_one}"),
            format!("/api/v1/ask?q=what+about+{words}"),
            format!("/api/v1/entries/{id}"),
        ]
    });
    let mut all: Vec<String> = addresses.iter().cloned().chain(asked).collect();
    all.extend(["/style.css", "/feed.xml", "/api/v1/topics", "/api/v1/sources"].map(str::to_owned));
    // Neighbours are of one kind. A step that shares no divisor with their number reaches them all,
    // and every kind all the time.
    let step = (all.len() / 3..=all.len() + 1)
        .find(|step| common_divisor(*step, all.len()) == 1)
        .expect("neighbours share no divisor");
    (0..all.len()).map(|place| all[place * step % all.len()].clone()).collect()
}

fn common_divisor(one: usize, other: usize) -> usize {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

/// Asks on a connection that is kept, and returns the status.
async fn status(stream: &mut BufReader<TcpStream>, path: &str) -> u16 {
    let request = HttpRequest::new("GET", path).header("Connection", "keep-alive");
    stream.get_mut().write_all(&request.bytes()).await.expect("the connection is kept");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let read = stream.read_until(b'\n', &mut head).await.expect("a head");
        assert!(read > 0, "{path}: the connection was closed");
    }
    let head = HttpAnswer::read(&head).expect("a head of HTTP");
    let length = head.header("content-length").expect("a length").parse().expect("a number");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.expect("a body");
    head.status
}

/// Sends every request at its own moment, whether those before it are answered or not, and returns
/// how long each took from that moment, and which ones failed.
async fn flood(address: SocketAddr, paths: &[String]) -> (Vec<Duration>, Vec<String>) {
    let start = Instant::now() + Duration::from_millis(100);
    let mut senders = JoinSet::new();
    for first in 0..CONNECTIONS {
        let paths = paths.to_vec();
        senders.spawn(async move {
            let mut stream = BufReader::new(TcpStream::connect(address).await.expect("a connection"));
            let (mut times, mut failed) = (Vec::new(), Vec::new());
            let mut moments =
                interval_at(start + SECOND * first / REQUESTS_A_SECOND, SECOND * CONNECTIONS / REQUESTS_A_SECOND);
            for number in (first..REQUESTS_A_SECOND * SECONDS).step_by(CONNECTIONS as usize) {
                let path = &paths[number as usize % paths.len()];
                let due = moments.tick().await;
                let status = status(&mut stream, path).await;
                times.push(due.elapsed());
                if status != 200 {
                    failed.push(format!("{status} {path}"));
                }
            }
            (times, failed)
        });
    }
    let (times, failed): (Vec<_>, Vec<_>) = senders.join_all().await.into_iter().unzip();
    (times.concat(), failed.concat())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute, and measures only if nothing else runs"]
async fn a_thousand_readers_a_second_wait_for_nothing() {
    let web = "public_url = \"https://faq.example\"\nsearches_a_minute = 1000000\n";
    let readers = Readers::start(Test::empty().with_shipped_base(), web).await;
    let map = readers.page("/sitemap.xml").await;
    let addresses: Vec<String> = map
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| Some(Url::parse(rest.split_once("</loc>")?.0).ok()?.path().to_owned()))
        .collect();
    let paths = mixed(&addresses);
    let (mut times, failed) = flood(readers.address, &paths).await;
    times.sort_unstable();
    let [p50, p99] = [50, 99].map(|percent| times[times.len() * percent / 100]);
    println!(
        "{} requests of {} different ones: {} failed; p50 {p50:?}, p99 {p99:?}, slowest {:?}",
        times.len(),
        paths.len(),
        failed.len(),
        times[times.len() - 1],
    );
    assert!(failed.is_empty(), "{failed:?}");
    assert!(p99 < ACCEPTABLE, "{p99:?}");
}
