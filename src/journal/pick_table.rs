//! The statements that store picks.

use futures_util::TryStreamExt;

use super::gap::server_column;
use super::pick::{Pick, pick_name};
use super::statement::{Connection, statement};

/// Adds a pick. Returns whether there was room for it: a server has at most `a_server` rows.
///
/// A curator has dealt with a question and an entry once and for all, so a pick of another kind
/// does not bring them back.
pub(super) async fn add_pick(connection: &mut Connection, pick: &Pick, a_server: u32) -> sqlx::Result<bool> {
    let server = server_column(pick.asker);
    let Some((question, example)) = whole_question(connection, pick, server).await? else { return Ok(true) };
    let (name, kind) = (pick_name(&question, &pick.entry), pick.kind.label());
    let again = statement(
        "UPDATE picks SET times = times + 1, last_seen = $1
         WHERE server = $2 AND name = $3 AND kind = $4",
    );
    let again = again.bind(pick.at.0).bind(server).bind(name.as_str()).bind(kind).execute(connection).await?;
    if again > 0 {
        return Ok(true);
    }
    let rows = statement("SELECT COUNT(*) FROM picks WHERE server = $1").bind(server);
    if rows.fetch_one::<(i64,)>(connection).await?.0 >= i64::from(a_server) {
        return Ok(false);
    }
    let done = statement("SELECT MAX(done_at) FROM picks WHERE server = $1 AND name = $2");
    let done = done.bind(server).bind(name.as_str()).fetch_one::<(Option<i64>,)>(connection).await?.0;
    statement(
        "INSERT INTO picks
             (server, name, kind, question, example, entry, times, first_seen, last_seen, done_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7, $8)",
    )
    .bind(server)
    .bind(name)
    .bind(kind)
    .bind(question)
    .bind(example)
    .bind(pick.entry.as_str())
    .bind(pick.at.0)
    .bind(done)
    .execute(connection)
    .await?;
    Ok(true)
}

/// The normalized question and how it was typed. If only its beginning is known, it is the gap that
/// was last asked of those that begin so. Without one, nobody knows what was asked.
async fn whole_question(
    connection: &mut Connection,
    pick: &Pick,
    server: i64,
) -> sqlx::Result<Option<(String, String)>> {
    if !pick.is_cut_off {
        return Ok(Some((pick.normalized.clone(), pick.example.clone())));
    }
    statement(
        "SELECT question, example FROM gaps
         WHERE server = $1 AND substr(question, 1, length($2)) = $2
         ORDER BY last_seen DESC, question LIMIT 1",
    )
    .bind(server)
    .bind(pick.normalized.as_str())
    .fetch_optional(connection)
    .await
}

/// Deletes the picks of a question, or one by its name. Returns the servers and the normalized
/// questions.
pub(super) async fn delete_picks(
    connection: &mut Connection,
    wanted: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> sqlx::Result<Vec<(i64, String)>> {
    let mut found: Vec<(i64, String, String)> = Vec::new();
    let mut picks = statement("SELECT server, question, example, name FROM picks")
        .fetch::<(i64, String, String, String)>(connection);
    while let Some((server, question, example, name)) = picks.try_next().await? {
        if name == wanted || is_wanted(&question) || is_wanted(&example) {
            found.push((server, question, name));
        }
    }
    drop(picks);
    for (server, _, name) in &found {
        let delete = statement("DELETE FROM picks WHERE server = $1 AND name = $2");
        delete.bind(*server).bind(name.as_str()).execute(connection).await?;
    }
    Ok(found.into_iter().map(|(server, question, _)| (server, question)).collect())
}
