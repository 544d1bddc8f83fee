//! What the buttons below the reply to a thread do: mark the thread as solved, or notify the
//! people who help, once.

use crate::discord::app::Context;
use crate::discord::incoming::Press;
use crate::discord::question;
use crate::discord::response::{Errand, Outcome, Response};
use crate::discord::view::address::ThreadEnd;
use crate::discord::view::thread::without;
use crate::journal::Origin;

/// The response to one of the buttons. Its message loses the buttons that have done their work, so
/// nothing has to be remembered for that.
pub(in crate::discord) fn press(context: &Context<'_>, press: &Press, to: ThreadEnd) -> Response {
    let (ThreadEnd::Solved(author) | ThreadEnd::Help(author)) = to;
    if press.member != author && !press.may_manage_threads {
        return Response::notice(&context.texts.not_your_post(), Outcome::Refused);
    }
    // What everybody reads is not in the language of the one who pressed.
    let public = context.public_texts();
    match to {
        ThreadEnd::Solved(_) => {
            let note = Some(public.solved_by(&mention(press.member)));
            let errand = Errand::Solve { thread: press.channel, regret: context.texts.not_marked() };
            Response::rows(without(&press.rows, |_| true), note, errand, Outcome::Solved)
        }
        ThreadEnd::Help(_) => {
            let Some(role) = context.server.helper_role else {
                return Response::notice(&context.texts.no_helpers(), Outcome::Refused);
            };
            note_gap(context, press, author);
            let rows = without(&press.rows, |end| matches!(end, ThreadEnd::Help(_)));
            let errand = Errand::CallHelpers {
                thread: press.channel,
                role,
                text: public.call_helpers(&format!("<@&{role}>"), &mention(author)),
                message: press.message,
                regret: context.texts.not_called(),
            };
            Response::rows(rows, None, errand, Outcome::Called)
        }
    }
}

fn mention(member: u64) -> String {
    format!("<@{member}>")
}

/// Records the thread's title as a question that the bot did not answer well enough. The first
/// message of a forum's post has the id of the thread.
fn note_gap(context: &Context<'_>, press: &Press, author: u64) {
    let title = question::in_text(&press.channel_name);
    if !title.is_empty() {
        let origin = Origin { channel: press.channel, message: press.channel, author };
        context.note_gap(&title, press.asker(), Some(origin));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::fixture::{MEMBER, app, setup};
    use crate::discord::response::Delivery;

    #[test]
    fn only_the_author_and_who_may_manage_threads_can_press() {
        let app = setup(0.5, 0.2, |setup| setup.threads.helper_role = Some(7));
        let pressed = |press: Press, to| super::press(&app.anywhere(), &press, to).summary.outcome;
        let author = || Press { member: MEMBER, ..Press::default() };
        let other = || Press { member: MEMBER + 1, ..Press::default() };
        let moderator = || Press { may_manage_threads: true, ..other() };
        for (to, outcome) in [(ThreadEnd::Solved(MEMBER), Outcome::Solved), (ThreadEnd::Help(MEMBER), Outcome::Called)]
        {
            assert_eq!(pressed(author(), to), outcome);
            assert_eq!(pressed(moderator(), to), outcome);
            assert_eq!(pressed(other(), to), Outcome::Refused);
        }
    }

    #[test]
    fn without_helpers_nobody_is_called_and_nothing_changes() {
        let press = Press { member: MEMBER, ..Press::default() };
        let response = super::press(&app().anywhere(), &press, ThreadEnd::Help(MEMBER));
        assert!(matches!(response.delivery, Delivery::Message(_)) && response.errand.is_none());
    }
}
