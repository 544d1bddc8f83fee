//! The texts, by what they are for. Each has its key in `locales/` as its name, and ends with the
//! place where it stands, which limits its length.

use fluent_bundle::FluentValue;

use super::Texts;
#[cfg(test)]
use super::complete::{Declared, Place};

/// Declares the texts, and for the tests a list of all of them.
macro_rules! texts {
    ($($(#[$meaning:meta])* $name:ident($($argument:ident: $value:ty),*) in $place:ident;)*) => {
        impl Texts {
            $(
                $(#[$meaning])*
                pub(in crate::discord) fn $name(&self, $($argument: $value),*) -> String {
                    self.say(stringify!($name), [$((stringify!($argument), FluentValue::from($argument))),*])
                }
            )*
        }

        #[cfg(test)]
        pub(super) const DECLARED: &[Declared] = &[$(Declared {
            key: stringify!($name),
            arguments: &[$(stringify!($argument)),*],
            place: Place::$place,
        }),*];
    };
}

texts! {
    /// The member has to wait this long.
    too_soon(seconds: u64) in Description;
    /// The base no longer has what a button or menu leads to.
    entry_is_gone() in Description;
    /// This version does not know such a command, button or menu.
    unsupported() in Description;
    /// A server's own base is not loaded yet.
    base_is_loading() in Description;
    /// A server's own base cannot be loaded.
    base_is_broken() in Description;

    help_title() in Title;
    /// How to ask a question.
    help_ask() in Description;
    /// Stands before examples of questions.
    for_example() in Line;
    /// What else members can do. The argument is the command in the menu of messages.
    help_others(find_answer: &str) in Description;

    about_title() in Title;
    about_itself() in Description;
    /// The program's version, what the base has, and when it was loaded.
    about_base(version: &str, entries: usize, topics: usize, sources: usize, loaded: &str) in Line;
    stores() in Description;
    stores_nothing() in Description;
    reads() in Description;
    reads_watched_channels() in Description;
    source_code(address: &str) in Line;
    no_source_code() in Line;
    privacy_policy() in Label;
    terms_of_service() in Label;
    support() in Label;
    delete_my_votes() in Label;
    no_votes() in Description;
    /// So many of the member's votes are deleted.
    votes_deleted(votes: u64) in Description;
    votes_not_deleted() in Description;

    /// A message has nothing that could be a question.
    message_has_no_text() in Description;
    /// A member addressed the bot without anything to search for.
    no_question() in Description;
    /// Discord does not show the bot the message that a mention replies to. The argument is the
    /// command in the menu of messages.
    hidden_original(find_answer: &str) in Description;
    /// Discord does not show the bot a text that only mentions its role.
    hidden_text() in Description;
    /// The answer to a greeting.
    hello() in Description;
    /// The answer to thanks.
    you_are_welcome() in Description;

    /// A forum's post has no answer, but there are people who help. The button is
    /// `still_need_help`.
    no_answer_here() in Description;
    solved() in Label;
    still_need_help() in Label;
    /// Somebody else used the buttons below a forum's post.
    not_your_post() in Description;
    /// No people who help are configured any more.
    no_helpers() in Description;
    /// The people who help could not be notified.
    not_called() in Description;
    /// The post's tag could not be set, or the post not closed.
    not_marked() in Description;
    /// Who has marked a post as solved.
    solved_by(member: &str) in Line;
    /// Notifies the people who help. The arguments are their role and the post's author.
    call_helpers(role: &str, author: &str) in Line;
    /// The member's vote is stored.
    thanks() in Description;
    /// The button is from before the journal was switched off.
    votes_are_not_stored() in Description;
    vote_failed() in Title;

    gaps_need_a_server() in Description;
    gaps_need_the_journal() in Description;
    journal_is_unreadable() in Description;

    only_for_owners() in Description;
    owners_are_unknown() in Description;
    /// Another owner's work is not done.
    other_work_is_running() in Description;
    check_goes_on() in Description;
    check_crashed() in Description;
    no_problems_title() in Title;
    problems(errors: usize, warnings: usize) in Line;
    /// The size of a base, and the problems that were found in it.
    base_and_problems(entries: usize, phrasings: usize, sources: usize, problems: &str) in Line;
    reload_goes_on() in Description;
    reload_crashed() in Description;
    reloaded_title() in Title;
    /// The size of the base now and before, and how long it took to load.
    reloaded(
        entries: usize,
        sources: usize,
        entries_before: usize,
        sources_before: usize,
        milliseconds: u64
    ) in Line;
    no_warnings() in Line;
    warnings(count: usize) in Line;
    not_reloaded_title(problems: &str) in Title;
    base_stays() in Line;

    /// Which page of a list is shown.
    page(number: usize, count: usize) in Line;
    previous_page() in Label;
    next_page() in Label;

    /// The base has no answer.
    unknown() in Description;
    /// The question is in another language than the base. The argument is the tag of the base's.
    ask_in_other_language(language: &str) in Description;
    /// Stands above an entry that may not be what was asked for.
    closest() in Line;
    /// Stands above the candidates.
    suggest() in Title;
    /// Stands above other candidates, for a member whom the answer did not help.
    suggest_others() in Title;
    choose_question() in Prompt;
    all_topics() in Label;
    show_sources() in Label;
    /// Stands above the citations of an answer.
    sources_quoted() in Description;
    /// Stands below a list of sources of which so many are not shown.
    and_more(count: usize) in Line;

    /// Somebody claims it, in sources of these kinds.
    claim_by(name: &str, kinds: &str) in Line;
    disputed() in Line;
    disputed_within_source() in Line;
    kind_overview() in Line;
    kind_news() in Line;
    kind_analysis() in Line;
    kind_opinion() in Line;
    kind_rules() in Line;
    kind_documentation() in Line;
    kind_announcement() in Line;
    kind_wiki() in Line;
    kind_staff() in Line;
    /// Which paragraphs of a source are cited, and how many they are.
    paragraphs(count: usize, numbers: &str) in Line;
    /// Dates a changing fact.
    as_of(date: &str) in Line;
    year(year: u16) in Line;
    month(month: u8, year: u16) in Line;
    day(day: u8, month: u8, year: u16) in Line;

    topics_title() in Title;
    sources_title() in Title;
    choose_topic() in Prompt;
    choose_source() in Prompt;
    /// So many entries cite a source.
    cited_by(entries: usize) in Line;
    back_to_list() in Label;
    back() in Label;

    gaps_title() in Title;
    no_gaps_title() in Title;
    no_gaps() in Description;
    /// What the attached file is for.
    gaps_file(file: &str) in Line;
    mark_as_done() in Prompt;
    delete_for_good() in Prompt;
    /// How often a question was asked.
    asked(times: u64) in Option;
    /// When a question was last asked, in Discord's words for a time.
    last_asked(time: &str) in Line;
    /// Other wordings of a question, in quotation marks.
    also_asked_as(questions: &str) in Line;
    /// In quotation marks.
    quoted(text: &str) in Line;

    needs_a_server() in Description;
    suggestions_title() in Title;
    no_suggestions_title() in Title;
    no_suggestions() in Description;
    /// What the attached file is for.
    suggestions_file(file: &str) in Line;
    /// The menu that begins a draft for the entry that members chose.
    accept_suggestion() in Prompt;
    /// The menu that begins a draft for another entry than the one that members chose.
    suggestion_for_another() in Prompt;
    /// The menu that marks a suggestion as dealt with.
    reject() in Prompt;
    /// How often members chose an entry for a question.
    chosen(times: u64) in Option;
    /// How often an entry was the answer, only just sure enough.
    narrowly_answered(times: u64) in Option;
    /// How often members said that an entry did not help with a question.
    did_not_help(times: u64) in Option;
    stats_title() in Title;
    nothing_counted(weeks: usize) in Description;
    stats_legend() in Line;
    /// How a week's questions ended. The first argument is its Monday, in Discord's words.
    stats_week(week: &str, asked: u64, answered: u64, closest: u64, suggested: u64, unknown: u64) in Description;
    stats_again(again: u64, closed: u64) in Line;
    /// Stands above the most shown entries.
    stats_entries() in Line;
    /// How often an entry was shown.
    stats_shown(times: u64) in Option;
    /// How many of the votes found it helpful, and between which per cent the true share lies.
    stats_helpful(helpful: u64, votes: u64, low: u64, high: u64) in Line;
    /// How many entries and sources are due for review, and the first of them.
    stats_stale(count: usize, names: &str) in Line;
    digest_title() in Title;
    /// When the time began that the digest is about.
    digest_since(time: &str) in Line;
    /// How many unanswered questions are new.
    digest_gaps(count: usize) in Line;
    /// How many entries did not help.
    digest_votes(count: usize) in Line;
    /// How many drafts wait for approval.
    digest_drafts(count: usize) in Line;

    /// The button that deletes an answer.
    delete() in Label;
    /// Somebody else's answer cannot be deleted.
    only_yours_to_delete() in Description;
    /// The menu of related entries.
    related() in Prompt;
    /// The button that says that the nearest entry is what was meant.
    near() in Label;
    /// The button that says that it is not.
    not_near() in Label;
    /// The button that passes a question on to people.
    ask_people() in Label;
    asking_people() in Label;
    people_were_asked() in Label;
    ask_people_again() in Label;
    only_asker_passes_on() in Description;
    nobody_to_ask() in Description;
    /// The title of a question that is passed on.
    question_for_people() in Title;
    /// Stands before the question. The argument mentions the member.
    member_asks(member: &str) in Line;
    where_it_was_asked() in Line;

    preview_title() in Label;
    entry_in_toml() in Label;
    nothing_is_saved() in Option;
    preview_goes_on() in Description;
    preview_is_sound() in Title;
    preview_has_problems(problems: &str) in Title;
    no_entry_in_draft() in Description;

    /// The base cannot be changed in this server, or not from Discord.
    curation_is_off() in Description;
    teach_title() in Title;
    teach_choose() in Description;
    teach_found_nothing() in Description;
    teach_pick() in Prompt;
    teach_search() in Label;
    teach_reword() in Label;
    teach_other_entry() in Label;
    /// The menu of groups of unanswered questions that begins a draft.
    teach_gap() in Prompt;
    search_words() in Label;
    wording() in Label;
    discard() in Label;
    confirm() in Label;
    approve() in Label;
    refuse() in Label;
    withdraw() in Label;
    why_refused() in Label;
    draft_phrasing(phrasing: &str) in Line;
    /// Stands above what a draft would do now, which is not what was shown.
    draft_has_changed() in Line;
    draft_needs_another() in Line;
    /// The words of a draft, and the entry that it changes.
    draft_title(text: &str, entry: &str) in Line;
    draft_is_yours() in Line;
    draft_was_refused(reason: &str) in Line;
    draft_submitted() in Description;
    draft_made() in Description;
    draft_not_committed() in Description;
    draft_withdrawn() in Description;
    draft_refused() in Description;
    draft_is_gone() in Description;
    /// The reason is in English, and says what to do.
    draft_failed(reason: &str) in Description;
    draft_needs_a_sound_base() in Line;
    draft_goes_on() in Description;
    draft_crashed() in Description;
    only_for_reviewers() in Description;
    drafts_title() in Title;
    no_drafts() in Description;
    choose_draft() in Prompt;
    effect_none() in Line;
    effect_answered(count: usize) in Line;
    effect_redirected(count: usize) in Line;
    effect_unanswered(count: usize) in Line;
    effect_taken(count: usize) in Line;
    effect_lost(count: usize) in Line;
    new_entry() in Label;
    new_entry_topic() in Description;
    /// Stands above an entry that is not in the base yet.
    new_entry_preview(topic: &str) in Title;
    /// The same, if its topic is not in the base either.
    new_topic_preview(topic: &str) in Title;
    new_topic() in Label;
    other_topic() in Label;
    topic_name() in Label;
    topic_name_how() in Option;
    topic_title() in Label;
    topic_title_how() in Option;
    /// What is to be done once a new topic has a name.
    new_topic_begun(topic: &str) in Description;
    /// The same, if the base has a topic of that name.
    topic_is_known(topic: &str) in Description;
    entry_question() in Label;
    entry_answer() in Label;
    entry_source() in Label;
    /// If a menu has no room for all sources.
    entry_source_how() in Option;
    entry_place() in Label;
    /// How the place in the source is written.
    entry_place_how() in Option;
    entry_claimant() in Label;
    entry_claimant_how() in Option;
    edit() in Label;
    place_is_odd() in Description;
    draft_new_entry(question: &str) in Line;
    draft_is_open() in Line;
    /// Stands above the answer to a question that had none when it was asked.
    now_answered() in Title;

    settings_title() in Title;
    settings_how() in Description;
    /// A setting by its name, and what is in force because somebody in the server has changed it.
    setting_changed(name: &str, value: &str) in Line;
    /// A setting by its name, and what is in force.
    setting_as_configured(name: &str, value: &str) in Line;
    setting_is_on() in Line;
    setting_is_off() in Line;
    settings_need_a_server() in Description;
    settings_need_the_journal() in Description;
    only_for_managers() in Description;
    setting_is_not_yours() in Description;
    /// A threshold by its name, and the lowest that it may be.
    threshold_is_out_of_range(name: &str, lowest: &str) in Description;
    /// A threshold by its name, and what it would have to be beside the others.
    thresholds_do_not_rise(name: &str, value: &str) in Description;
    channel_is_elsewhere() in Description;
    channel_has_no_messages(channel: &str) in Description;
    channel_is_hidden(channel: &str) in Description;
    channel_is_unknown(channel: &str) in Description;
    too_many_channels(most: usize) in Description;
}
