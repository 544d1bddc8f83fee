//! How long lists take in a large journal. To see the figures:
//!
//! ```console
//! $ cargo test --test features journal::speed -- --ignored --nocapture
//! ```

use std::time::{Duration, Instant};

use footnote::journal::{Page, PageStart, Store};

use super::Fixture;

/// The tables are filled directly: 100,000 gaps in five servers, each a group of its own or one of
/// two, and a million votes.
const FILL_FILE: &str = "
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
    INSERT INTO gaps SELECT i % 5 + 1, 'question number ' || i,
        printf('%016x', i / 10 * 10 + i % 5), 'Question number ' || i || '?', i % 13 + 1,
        1790000000, 1790000000 + i % 1000, NULL FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
    INSERT INTO votes SELECT randomblob(16), 0, 'entry-' || i % 250, i % 3 > 0, 1, 1790000000 + i
        FROM n;";
const FILL_SERVER: &str = "
    INSERT INTO gaps SELECT i % 5 + 1, 'question number ' || i,
        lpad(to_hex(i / 10 * 10 + i % 5), 16, '0'), 'Question number ' || i || '?', i % 13 + 1,
        1790000000, 1790000000 + i % 1000, NULL FROM generate_series(0, 99999) AS i;
    INSERT INTO votes (member, base, entry, helpful, server, voted_at)
        SELECT decode(md5(i::text), 'hex'), 0, 'entry-' || i % 250, i % 3 > 0, 1, 1790000000 + i
        FROM generate_series(1, 1000000) AS i";

async fn timed<T>(what: &str, place: &str, work: impl AsyncFn() -> T) -> T {
    let mut times: Vec<Duration> = Vec::new();
    let mut result = work().await;
    for _ in 0..9 {
        let start = Instant::now();
        result = work().await;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!(
        "{place}: {what}: {:.1} ms in the middle, {:.1} ms at most",
        milliseconds(times[4]),
        milliseconds(times[8])
    );
    result
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

async fn lists(fixture: Fixture, place: &str) {
    fixture.journal().await.close().await;
    fixture.run(FILL_FILE, FILL_SERVER).await;
    fixture.run("", "VACUUM ANALYZE").await;
    let store = Store::open(&fixture.config).await.unwrap();
    let page = async |server, from, limit| store.gaps(server, &Page { from, limit }).await.unwrap();
    let first = timed("first 100 of 10,000", place, async || page(Some(1), PageStart::First, 100).await).await;
    assert_eq!((first.total, first.groups.len()), (10_000, 100));
    let key = first.groups[99].key();
    let next = timed("next 5", place, async || page(Some(1), PageStart::After(key.clone()), 5).await).await;
    assert_eq!(next.before, 100);
    let deep = page(Some(1), PageStart::Offset(9_000), 1).await.groups[0].key();
    timed("5 after the first 9,000", place, async || page(Some(1), PageStart::After(deep.clone()), 5).await).await;
    let none = timed("a server without any", place, async || page(Some(9), PageStart::First, 100).await).await;
    assert_eq!(none.total, 0);
    timed("first 100 of all servers", place, async || page(None, PageStart::First, 100).await).await;
    timed("all of a server", place, async || store.all_gaps(Some(1)).await.unwrap().len()).await;
    timed("all of all servers", place, async || store.all_gaps(None).await.unwrap().len()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes a minute and prints figures"]
async fn lists_of_a_large_journal() {
    lists(Fixture::new(), "SQLite").await;
    if let Some(fixture) = Fixture::on_a_server().await {
        lists(fixture, "PostgreSQL").await;
    }
}
