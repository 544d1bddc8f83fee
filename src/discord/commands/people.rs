//! "Ask a person": passes a question that the base cannot answer on to the people of a server.

use crate::discord::app::Context;
use crate::discord::incoming::Press;
use crate::discord::response::{Inquiry, Outcome, Response};
use crate::discord::view::{layout, people};

/// The response to the button below the question of `asker`. The button is off from then on, and
/// the message has the id of the one below which it is as its nonce: so the question is passed on
/// once, however often the button is used.
pub(super) fn press(context: &Context<'_>, press: &Press, asker: u64) -> Response {
    let texts = context.texts;
    if press.member != asker {
        return Response::notice(&texts.only_asker_passes_on(), Outcome::Refused);
    }
    let helpers = context.server.helpers;
    let relabelled = |label: &str, is_off| layout::relabelled(&press.rows, &press.custom_id, label, is_off);
    let rows = (
        relabelled(&texts.asking_people(), true),
        relabelled(&texts.people_were_asked(), true),
        relabelled(&texts.ask_people_again(), false),
    );
    let (channel, message) = (press.channel, press.message);
    let Some(server) = press.server else {
        return Response::notice(&texts.nobody_to_ask(), Outcome::NoPeople);
    };
    let (Some(question), (Some(asking), Some(posted), Some(failed))) = (&press.footer, rows) else {
        return Response::unsupported(texts);
    };
    if !context.has_helpers(press.server) {
        return Response::notice(&texts.nobody_to_ask(), Outcome::NoPeople);
    }
    if let Err(seconds) = context.server.count_inquiry(press.member) {
        return Response::too_soon(texts, seconds);
    }
    let place = format!("https://discord.com/channels/{server}/{channel}");
    // Nobody else can open a message that only the member sees.
    let link = if press.is_private { place } else { format!("{place}/{message}") };
    let card = people::card(context.public_texts(), question, press.member, &link);
    let inquiry = Inquiry {
        channel: helpers.channel.unwrap_or(channel),
        message: card.announcement(helpers.role, message),
        posted,
        failed,
    };
    Response::inquiry(asking, inquiry)
}
