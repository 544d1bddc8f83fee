# What the bot says in English.
#
# The format is Project Fluent's (https://projectfluent.org). What stands between backticks is
# typed as it is, in every language. See docs/TRANSLATING.md.


## What commands do, and what their options are for. At most 100 characters each.

command_ask = Ask a question and get an answer with its sources
    .question = What do you want to know?
    .private = Show the answer only to you
    .for = Address the answer to a member and notify them
# Its name in the menu of messages: at most 32 characters.
command_find_an_answer = Find an answer
command_topics = See what I know about, topic by topic
command_sources = See the sources that my answers rest on
command_help = See what you can do with me
command_about = See what I am, what I know and what I store
command_gaps = See the questions that I could not answer in this server
command_settings = See and change what I do in this server
    .for = Whether answers can be addressed to other members
    .language = What members read if I do not have their client's language
    .helper_role = The role of the people who help members
    .reviewers_role = The role of the members who approve drafts
    .cooldown = Whether members who use me too often have to wait
    .watch_channel = A channel or forum in which I answer plain messages too, if I am sure
    .unwatch_channel = A channel or forum in which I no longer answer plain messages
    .answer_at = How sure I have to be to answer, from 0 to 1
    .closest_at = How sure I have to be to show the closest entry, from 0 to 1
    .suggest_at = How sure I have to be to offer entries, from 0 to 1
    .watch_at = How sure I have to be to answer plain messages, from 0 to 1
    .reset = Take a setting back to what my operator has set
command_teach_footnote = Teach Footnote
command_drafts = See the drafts that wait for approval
command_suggestions = See what members' choices suggest for my knowledge base
command_stats = See how I was used in this server
command_reload = Reload my knowledge base (for the application's owners)
command_check = See what is wrong with my knowledge base (for the application's owners)
command_preview = See how an entry would look before it is in my knowledge base (for the owners)


## What can happen with any command, button or menu

too_soon = Slow down: try again in { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
entry_is_gone = This entry is no longer in my knowledge base. Please ask again.
unsupported = This command no longer exists. Discord may still show an old list: try again in a minute.
base_is_loading = I am still reading what I know about this server. Please try again in a moment.
base_is_broken = What I know about this server has a mistake, so I cannot answer here. Whoever runs me can see in my log what it is.


## Lists with several pages

page = Page { $number } of { $count }
previous_page = Previous page
next_page = Next page


## Answers

unknown = I don't know. Nothing in my sources answers this question.
ask_in_other_language = My sources are in { $language ->
        [en] English
        [de] German
        [fr] French
        [hr] Croatian
        [sq] Albanian
       *[sr] Serbian
    }, so I can't look this question up. Please ask me in that language.
closest = I am not sure about this question. The nearest thing I know:
suggest = Did you mean one of these?
suggest_others = Does one of these help more?
choose_question = Choose a question
all_topics = All topics
show_sources = Show sources
sources_quoted = What the answer rests on, in the words of the sources:
and_more = … and { $count } more


## How an answer stands, and where it comes from

claim_by = Claim by { $name } — { $kinds }
disputed = Disputed — the sources differ
disputed_within_source = Disputed — the source contradicts itself
kind_overview = overview
kind_news = news report
kind_analysis = analysis
kind_opinion = opinion piece
kind_rules = rules
kind_documentation = documentation
kind_announcement = announcement
kind_wiki = wiki
kind_staff = staff
# "paragraph 5", "paragraphs 5, 7"
paragraphs = { $count ->
        [1] paragraph { $numbers }
       *[other] paragraphs { $numbers }
    }
as_of = As of { $date }
year = { $year }
# "March 2025"
month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
# "27 March 2025"
day = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }


## Topics and sources

topics_title = Topics
sources_title = Sources
choose_topic = Choose a topic
choose_source = Choose a source
cited_by = { $entries ->
        [one] { $entries } entry cites it
       *[other] { $entries } entries cite it
    }
back_to_list = Back to the list
back = Back


## Unanswered questions, for moderators

gaps_title = Unanswered questions
no_gaps_title = No unanswered questions
no_gaps = Every question in this server was answered or is marked as done.
gaps_file = { $file } has an entry to fill in for each question
mark_as_done = Mark as done…
delete_for_good = Delete for good…
asked = { $times ->
        [1] asked once
       *[other] asked { $times } times
    }
# "last 2 minutes ago": Discord puts the time into words.
last_asked = last { $time }
also_asked_as = also { $questions }
quoted = “{ $text }”


## /help

help_title = What you can do
help_ask = Ask me a question with `/ask`. I answer from my sources and show them; what they don't say, I don't know.
for_example = For example:
help_others = `/topics` shows everything that I can answer, and `/sources` the documents that my answers rest on. **{ $find_answer }**, in the *Apps* menu of a message, answers what somebody wrote. `/about` says what I am and what I store.


## /about

about_title = About Footnote
about_itself = I answer questions from a curated knowledge base and show the sources of every answer. What they don't say, I don't know.
about_base = Version { $version } · { $entries ->
        [one] { $entries } question
       *[other] { $entries } questions
    } in { $topics ->
        [one] { $topics } topic
       *[other] { $topics } topics
    }, from { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } · loaded { $loaded }
stores = I store unanswered questions, which entries members chose for a question, and votes. I store keyed hashes instead of members' ids.
stores_nothing = I store neither questions nor votes.
reads = I only read messages addressed to me.
reads_watched_channels = I only read messages addressed to me, and all messages in the channels that I watch. I store none of those that are not addressed to me.
source_code = Source code: { $address }
no_source_code = I am free software under the MIT licence; ask the bot's operator for the source code.
privacy_policy = Privacy policy
terms_of_service = Terms of service
support = Support
delete_my_votes = Delete my votes
no_votes = You have no votes here. There is nothing to delete.
votes_deleted = I deleted your votes: { $votes ->
        [one] { $votes } answer
       *[other] { $votes } answers
    }.
votes_not_deleted = I could not delete your votes. Try again in a minute.


## Questions and votes

message_has_no_text = This message has no text that I can look up.
no_question = I see no question here. Write one, or use `/ask`. `/topics` shows what I can answer.
hidden_original = Discord does not show me the message that you replied to. Open its menu, choose *Apps*, then *{ $find_answer }*.
hidden_text = Discord shows me only messages that mention me, not my role. Mention me, or use `/ask`.
hello = Hello! Ask me a question. `/topics` shows what I can answer.
you_are_welcome = You're welcome!
thanks = Thank you. I noted that this answer helped.
votes_are_not_stored = Votes are not stored here.
vote_failed = I could not store your vote. Try again in a minute.


## Posts in forums

no_answer_here = I have no answer to this. If nobody else does, press *I still need help*, and I notify the people who help here.
solved = Solved
still_need_help = I still need help
not_your_post = Only the author of this post can do that, or a member who may manage threads.
no_helpers = There is nobody whom I could notify here.
not_called = I could not notify the people who help here. Please mention them yourself.
not_marked = I could not mark this post as solved: I need the permission *Manage Threads* here.
solved_by = ✅ Marked as solved by { $member }.
call_helpers = { $role } { $author } still needs help here.


## /gaps

gaps_need_a_server = I list unanswered questions for one server at a time. Use this command in a server.
gaps_need_the_journal = I store no questions, because my journal is off. The bot's operator can turn it on with `journal.enabled = true` in config.toml.
journal_is_unreadable = I can't read my journal right now. Try again in a minute.


## /suggestions and /stats, for moderators

needs_a_server = I show this for one server at a time. Use this command in a server.
suggestions_title = Questions and the entries that members chose
no_suggestions_title = No suggestions
no_suggestions = Members have chosen no entries for their questions in this server, or you have dealt with all of them.
suggestions_file = { $file } has them as phrasings for your topic files
accept_suggestion = Accept as a phrasing…
suggestion_for_another = Add to another entry…
reject = Reject…
chosen = { $times ->
        [1] chosen once
       *[other] chosen { $times } times
    }
narrowly_answered = { $times ->
        [1] only just answered once
       *[other] only just answered { $times } times
    }
did_not_help = { $times ->
        [1] did not help once
       *[other] did not help { $times } times
    }
stats_title = How I was used
nothing_counted = Nobody has asked me anything in this server in the last { $weeks } weeks.
# The legend of the picture.
stats_legend = 🟩 answered · 🟦 nearest entry · 🟨 choices offered · 🟥 no answer
# "Week of 23/11/2026: …": Discord writes the date.
stats_week = Week of { $week }: { $asked ->
        [1] 1 question
       *[other] { $asked } questions
    }, 🟩 { $answered } 🟦 { $closest } 🟨 { $suggested } 🟥 { $unknown }
stats_again = Asked again within ten minutes: { $again }. Unanswered questions marked as done: { $closed }.
stats_entries = Shown most
stats_shown = { $times ->
        [1] shown once
       *[other] shown { $times } times
    }
# "helped 8 of 10 (49–94 %)": the interval in which the share lies with 95% certainty.
stats_helpful = helped { $helpful } of { $votes } ({ $low }–{ $high }%)
stats_stale = { $count ->
        [1] 1 entry or source is due for review
       *[other] { $count } entries and sources are due for review
    }: { $names }
digest_title = Weekly digest
digest_since = Since { $time }
digest_gaps = New unanswered questions: { $count } (`/gaps`)
digest_votes = Entries that did not help: { $count } (`/stats`)
digest_drafts = Drafts that wait for approval: { $count } (`/drafts`)


## /check and /reload, for owners

only_for_owners = Only the owners of this application can do that.
owners_are_unknown = I don't know yet who owns this application. Try again in a minute.
other_work_is_running = A reload or a check is already running. Try again when it is done.
check_goes_on = The check takes longer than Discord waits. Run `footnote check` on the bot's machine instead.
check_crashed = The check crashed; see the log.
no_problems_title = No problems found
problems = { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
base_and_problems = { $entries ->
        [one] { $entries } entry
       *[other] { $entries } entries
    } with { $phrasings ->
        [one] { $phrasings } phrasing
       *[other] { $phrasings } phrasings
    } from { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    }: { $problems }
reload_goes_on = Still loading. `/about` shows when the new base is in use. If it has an error, I keep the current base, and `footnote check` shows what is wrong.
reload_crashed = The reload crashed; see the log. I still use the previous base.
reloaded_title = Knowledge base reloaded
reloaded = { $entries ->
        [one] { $entries } entry
       *[other] { $entries } entries
    } from { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } (before: { $entries_before } from { $sources_before }). It took { $milliseconds } ms.
no_warnings = No warnings.
warnings = { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }: `/check` shows what to fix.
not_reloaded_title = Not reloaded: { $problems }
base_stays = Nothing has changed: I still use the previous base.


## What can be done with an answer, and entries that are not in the base yet

delete = Delete
only_yours_to_delete = Only the person whom I answered, or somebody who may manage messages here, can delete this.
related = Related questions
near = That's it
not_near = Not what I meant
ask_people = Ask a person
asking_people = Asking…
people_were_asked = A person was asked
ask_people_again = That failed. Ask again
only_asker_passes_on = Only the person who asked this question can pass it on.
nobody_to_ask = There is nobody here to whom I could pass the question on.
question_for_people = A question that I cannot answer
member_asks = { $member } asks:
where_it_was_asked = Go to where it was asked
preview_title = Preview an entry
entry_in_toml = Entry in TOML
nothing_is_saved = As in a topic file. Nothing is saved.
preview_goes_on = The check takes longer than Discord waits. Write the entry into a copy of the base and run `footnote check` on it.
preview_is_sound = Preview: no problems found
preview_has_problems = Preview: { $problems }
no_entry_in_draft = I could read no entry in this text.


## Drafts of changes

curation_is_off = The base cannot be changed from here. The bot's operator can turn that on with `curation.enabled = true` in config.toml.
teach_title = Teach me another way to ask a question
teach_choose = Which entry answers this? If none does, write a new one. Nobody else sees this draft until you confirm it.
teach_found_nothing = I found no entry for these words. Search with others, or write a new entry.
teach_pick = The entry that answers it…
teach_search = Search for an entry
teach_reword = Change the wording
teach_other_entry = Another entry
teach_gap = Add to an entry…
search_words = Words from its question
wording = Another way to ask it
discard = Discard
confirm = Confirm
approve = Approve
refuse = Refuse
withdraw = Withdraw
why_refused = Why? The author reads this.
draft_phrasing = New phrasing: “{ $phrasing }”
draft_has_changed = The base has changed since you saw this draft. This is what it would do now:
draft_needs_another = Somebody else has to approve your draft.
draft_title = “{ $text }” for “{ $entry }”
draft_is_yours = yours
draft_was_refused = Refused: { $reason }
draft_submitted = Submitted. Somebody else has to approve it with `/drafts`.
draft_made = Done: it is in the base, and I answer from it.
draft_not_committed = It could not be committed to git; the log says why.
draft_withdrawn = The draft is gone.
draft_refused = Refused. Its author sees the reason in `/drafts`.
draft_is_gone = This draft is no longer here, or somebody has decided on it.
draft_failed = That did not work: { $reason }
draft_needs_a_sound_base = Nothing was changed: the base has errors. Whoever maintains it has to fix them first.
draft_goes_on = This takes longer than Discord waits. Try again in a few seconds, or look into `/drafts`.
draft_crashed = That crashed; see the log. Nothing is half done: try again.
only_for_reviewers = Only reviewers can do this.
drafts_title = Drafts
no_drafts = No draft waits for approval.
choose_draft = Look at a draft…
effect_none = No question of members and no existing phrasing is affected.
effect_answered = { $count ->
        [one] { $count } question of members would be answered
       *[other] { $count } questions of members would be answered
    }
effect_redirected = { $count ->
        [one] { $count } question of members would find another entry
       *[other] { $count } questions of members would find another entry
    }
effect_unanswered = { $count ->
        [one] { $count } question of members would no longer be answered
       *[other] { $count } questions of members would no longer be answered
    }
effect_taken = { $count ->
        [one] { $count } existing phrasing would now find this entry instead
       *[other] { $count } existing phrasings would now find this entry instead
    }
effect_lost = { $count ->
        [one] { $count } existing phrasing would no longer be answered
       *[other] { $count } existing phrasings would no longer be answered
    }
new_entry = New entry
new_entry_topic = Which topic does the new entry belong to?
new_entry_preview = New entry in “{ $topic }”, as members would see it
new_topic_preview = New entry in the new topic “{ $topic }”, as members would see it
new_topic = New topic
other_topic = Another topic
topic_name = Name of the topic
topic_name_how = Such as tea, or rooms/tea for the topic tea in the group rooms
topic_title = Title
topic_title_how = What members call it. Left empty, it is made of the name.
new_topic_begun = The entry will begin the new topic “{ $topic }”. Nothing is written before you confirm it. Now write the entry.
topic_is_known = There is a topic “{ $topic }” already, and the entry will be in it. Now write the entry.
entry_question = Question
entry_answer = Answer, in Discord's Markdown
entry_source = Source
entry_source_how = The title or id of a source that the base has
entry_place = Paragraph and evidence
entry_place_how = Its number, a colon, short phrases that stand in it: 3: 3 crowns; a head
entry_claimant = Claim by
entry_claimant_how = Only if just one side says it. The answer has to name them.
edit = Edit
place_is_odd = I kept what you wrote, but I cannot read the place in the source. Write the paragraph's number, a colon, and short phrases that stand in it: `3: 3 crowns; a head`.
draft_new_entry = New entry: “{ $question }”
draft_is_open = only you see it: not submitted
now_answered = You asked this when I had no answer. Now I have one.

## What those who manage a server can change there

settings_title = Settings of this server
settings_how = Change them with the options of `/settings`. With `reset`, one of them is again as my operator has set it.
setting_changed = `{ $name }`: { $value } (changed here)
setting_as_configured = `{ $name }`: { $value }
setting_is_on = on
setting_is_off = off
settings_need_a_server = Settings are those of a server. Use this command in one.
settings_need_the_journal = I cannot keep settings, because my journal is off. The bot's operator can turn it on with `journal.enabled = true` in config.toml.
only_for_managers = Only members who may manage this server can change its settings.
setting_is_not_yours = My operator does not let this be changed here.
threshold_is_out_of_range = `{ $name }` can be from { $lowest } to 1 here. I have changed nothing.
thresholds_do_not_rise = `{ $name }` would be { $value }, because `suggest_at`, `closest_at`, `answer_at` and `watch_at` have to rise in this order. I have changed nothing.
channel_is_elsewhere = This channel is not in this server. I have changed nothing.
channel_has_no_messages = Nobody writes messages in { $channel }. Choose a text channel or a forum. I have changed nothing.
channel_is_hidden = I cannot see { $channel }. Give me the permissions *View Channel*, *Send Messages* and *Read Message History* there. I have changed nothing.
channel_is_unknown = Discord does not tell me what { $channel } is. Try again in a moment. I have changed nothing.
too_many_channels = I can watch at most { $most } channels for you. I have changed nothing.
