# What the bot says in German, with "du". See docs/TRANSLATING.md.


## What commands do, and what their options are for. At most 100 characters each.

command_ask = Stell eine Frage und erhalte eine Antwort mit ihren Quellen
    .question = Was möchtest du wissen?
    .private = Die Antwort nur dir zeigen
    .for = Die Antwort an ein Mitglied richten, das benachrichtigt wird
# Its name in the menu of messages: at most 32 characters.
command_find_an_answer = Antwort suchen
command_topics = Sieh Thema für Thema, worüber ich Bescheid weiß
command_sources = Sieh, auf welchen Dokumenten meine Antworten beruhen
command_help = Sieh, was du mit mir machen kannst
command_about = Sieh, was ich bin, was ich weiß und was ich speichere
command_gaps = Sieh, was ich auf diesem Server nicht beantworten konnte
command_settings = Sehen und ändern, was ich auf diesem Server tue
    .for = Ob Antworten an andere Mitglieder gerichtet werden können
    .language = Was Mitglieder lesen, deren Sprache ich nicht habe
    .helper_role = Die Rolle der Leute, die Mitgliedern helfen
    .reviewers_role = Die Rolle der Mitglieder, die Entwürfe freigeben
    .cooldown = Ob warten muss, wer mich zu oft benutzt
    .watch_channel = Ein Kanal oder Forum, in dem ich auch einfache Nachrichten beantworte, wenn ich sicher bin
    .unwatch_channel = Ein Kanal oder Forum, in dem ich einfache Nachrichten nicht mehr beantworte
    .answer_at = Wie sicher ich für eine Antwort sein muss, von 0 bis 1
    .closest_at = Wie sicher ich sein muss, um den nächsten Eintrag zu zeigen, von 0 bis 1
    .suggest_at = Wie sicher ich sein muss, um Einträge anzubieten, von 0 bis 1
    .watch_at = Wie sicher ich sein muss, um einfache Nachrichten zu beantworten, von 0 bis 1
    .reset = Eine Einstellung auf das zurücksetzen, was mein Betreiber gewählt hat
command_teach_footnote = Footnote beibringen
command_drafts = Sieh die Entwürfe, die auf Annahme warten
command_suggestions = Sieh, was die Wahl der Mitglieder für meine Wissensbasis nahelegt
command_stats = Sieh, wie ich auf diesem Server benutzt wurde
command_reload = Lade meine Wissensbasis neu (für die Besitzer der Anwendung)
command_check = Sieh, was an meiner Wissensbasis falsch ist (für die Besitzer der Anwendung)
command_preview = Sieh, wie ein Eintrag aussähe, bevor er in meiner Wissensbasis ist (für die Besitzer)


## What can happen with any command, button or menu

too_soon = Nicht so schnell: Versuch es in { $seconds ->
        [one] einer Sekunde
       *[other] { $seconds } Sekunden
    } noch einmal.
entry_is_gone = Diesen Eintrag gibt es in meiner Wissensbasis nicht mehr. Bitte frag noch einmal.
unsupported = Diesen Befehl gibt es nicht mehr. Vielleicht zeigt Discord noch eine alte Liste: Versuch es in einer Minute noch einmal.
base_is_loading = Ich lese noch, was ich über diesen Server weiß. Bitte versuche es gleich noch einmal.
base_is_broken = In dem, was ich über diesen Server weiß, ist ein Fehler, deshalb kann ich hier nicht antworten. Wer mich betreibt, sieht in meinem Protokoll, welcher.


## Lists with several pages

page = Seite { $number } von { $count }
previous_page = Vorherige Seite
next_page = Nächste Seite


## Answers

unknown = Das weiß ich nicht. Nichts in meinen Quellen beantwortet diese Frage.
ask_in_other_language = Meine Quellen sind auf { $language ->
        [en] Englisch
        [de] Deutsch
        [fr] Französisch
        [hr] Kroatisch
        [sq] Albanisch
       *[sr] Serbisch
    }, darum kann ich diese Frage nicht nachschlagen. Bitte stell sie mir in dieser Sprache.
closest = Bei dieser Frage bin ich nicht sicher. Das Nächste, was ich weiß:
suggest = Meinst du eine dieser Fragen?
suggest_others = Hilft dir eine davon weiter?
choose_question = Wähle eine Frage
all_topics = Alle Themen
show_sources = Quellen zeigen
sources_quoted = Worauf die Antwort beruht, in den Worten der Quellen:
and_more = … und { $count } weitere


## How an answer stands, and where it comes from

claim_by = Behauptung von { $name } — { $kinds }
disputed = Umstritten — die Quellen widersprechen sich
disputed_within_source = Umstritten — die Quelle widerspricht sich selbst
kind_overview = Überblick
kind_news = Nachrichtenbericht
kind_analysis = Analyse
kind_opinion = Meinungsbeitrag
kind_rules = Regeln
kind_documentation = Dokumentation
kind_announcement = Ankündigung
kind_wiki = Wiki
kind_staff = Team
paragraphs = { $count ->
        [1] Absatz { $numbers }
       *[other] Absätze { $numbers }
    }
as_of = Stand: { $date }
year = { $year }
month = { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    } { $year }
day = { $day }. { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    } { $year }


## Topics and sources

topics_title = Themen
sources_title = Quellen
choose_topic = Wähle ein Thema
choose_source = Wähle eine Quelle
cited_by = { $entries ->
        [one] { $entries } Eintrag zitiert sie
       *[other] { $entries } Einträge zitieren sie
    }
back_to_list = Zurück zur Liste
back = Zurück


## Unanswered questions, for moderators

gaps_title = Unbeantwortete Fragen
no_gaps_title = Keine unbeantworteten Fragen
no_gaps = Jede Frage auf diesem Server wurde beantwortet oder ist als erledigt markiert.
gaps_file = { $file } hat für jede Frage einen Eintrag zum Ausfüllen
mark_as_done = Als erledigt markieren …
delete_for_good = Endgültig löschen …
asked = { $times ->
        [1] einmal gefragt
       *[other] { $times }-mal gefragt
    }
last_asked = zuletzt { $time }
also_asked_as = auch { $questions }
quoted = „{ $text }“


## /help

help_title = Was du tun kannst
help_ask = Stell mir mit `/ask` eine Frage. Ich antworte aus meinen Quellen und zeige sie dir; was sie nicht sagen, weiß ich nicht.
for_example = Zum Beispiel:
help_others = `/topics` zeigt alles, was ich beantworten kann, und `/sources` die Dokumente, auf denen meine Antworten beruhen. **{ $find_answer }**, im Menü *Apps* einer Nachricht, beantwortet, was jemand geschrieben hat. `/about` sagt, was ich bin und was ich speichere.


## /about

about_title = Über Footnote
about_itself = Ich beantworte Fragen aus einer gepflegten Wissensbasis und zeige zu jeder Antwort die Quellen. Was sie nicht sagen, weiß ich nicht.
about_base = Version { $version } · { $entries ->
        [one] { $entries } Frage
       *[other] { $entries } Fragen
    } in { $topics ->
        [one] { $topics } Thema
       *[other] { $topics } Themen
    }, aus { $sources ->
        [one] { $sources } Quelle
       *[other] { $sources } Quellen
    } · geladen { $loaded }
stores = Ich speichere unbeantwortete Fragen, welche Einträge Mitglieder zu einer Frage gewählt haben, und Bewertungen. Statt der IDs von Mitgliedern speichere ich Hashwerte mit Schlüssel.
stores_nothing = Ich speichere weder Fragen noch Bewertungen.
reads = Ich lese nur Nachrichten, die an mich gerichtet sind.
reads_watched_channels = Ich lese nur Nachrichten, die an mich gerichtet sind, und alle Nachrichten in den Kanälen, in denen ich mitlese. Von denen, die nicht an mich gerichtet sind, speichere ich keine.
source_code = Quellcode: { $address }
no_source_code = Ich bin freie Software unter der MIT-Lizenz; den Quellcode bekommst du vom Betreiber des Bots.
privacy_policy = Datenschutzerklärung
terms_of_service = Nutzungsbedingungen
support = Hilfe
delete_my_votes = Meine Bewertungen löschen
no_votes = Du hast hier keine Bewertungen. Es gibt nichts zu löschen.
votes_deleted = Ich habe deine Bewertungen gelöscht: { $votes ->
        [one] { $votes } Antwort
       *[other] { $votes } Antworten
    }.
votes_not_deleted = Ich konnte deine Bewertungen nicht löschen. Versuch es in einer Minute noch einmal.


## Questions and votes

message_has_no_text = Diese Nachricht hat keinen Text, den ich nachschlagen kann.
no_question = Ich sehe hier keine Frage. Schreib eine oder benutze `/ask`. `/topics` zeigt, was ich beantworten kann.
hidden_original = Discord zeigt mir die Nachricht nicht, auf die du antwortest. Öffne ihr Menü und wähle *Apps*, dann *{ $find_answer }*.
hidden_text = Discord zeigt mir nur Nachrichten, die mich erwähnen, nicht meine Rolle. Erwähne mich, oder benutze `/ask`.
hello = Hallo! Stell mir eine Frage. `/topics` zeigt, was ich beantworten kann.
you_are_welcome = Gern geschehen!
thanks = Danke! Ich habe notiert, dass diese Antwort geholfen hat.
votes_are_not_stored = Bewertungen werden hier nicht gespeichert.
vote_failed = Ich konnte deine Bewertung nicht speichern. Versuch es in einer Minute noch einmal.


## Posts in forums

no_answer_here = Darauf habe ich keine Antwort. Wenn auch sonst niemand eine hat, drücke *Ich brauche noch Hilfe*, dann benachrichtige ich die Leute, die hier helfen.
solved = Gelöst
still_need_help = Ich brauche noch Hilfe
not_your_post = Das kann nur, wer diesen Beitrag geschrieben hat oder Threads verwalten darf.
no_helpers = Hier ist niemand, den ich benachrichtigen könnte.
not_called = Ich konnte die Leute, die hier helfen, nicht benachrichtigen. Bitte erwähne sie selbst.
not_marked = Ich konnte diesen Beitrag nicht als gelöst markieren: Mir fehlt hier das Recht *Threads verwalten*.
solved_by = ✅ Von { $member } als gelöst markiert.
call_helpers = { $role } { $author } braucht hier noch Hilfe.


## /gaps

gaps_need_a_server = Ich zeige unbeantwortete Fragen immer für einen Server. Benutze diesen Befehl auf einem Server.
gaps_need_the_journal = Ich speichere keine Fragen, weil mein Journal ausgeschaltet ist. Der Betreiber des Bots kann es mit `journal.enabled = true` in config.toml einschalten.
journal_is_unreadable = Ich kann mein Journal gerade nicht lesen. Versuch es in einer Minute noch einmal.


## /suggestions and /stats, for moderators

needs_a_server = Ich zeige das immer für einen Server. Benutze diesen Befehl auf einem Server.
suggestions_title = Fragen und die Einträge, die Mitglieder gewählt haben
no_suggestions_title = Keine Vorschläge
no_suggestions = Auf diesem Server hat niemand Einträge zu Fragen gewählt, oder alle sind erledigt.
suggestions_file = { $file } hat sie als Formulierungen für deine Themendateien
accept_suggestion = Als Formulierung übernehmen …
suggestion_for_another = Einem anderen Eintrag hinzufügen …
reject = Ablehnen …
chosen = { $times ->
        [1] einmal gewählt
       *[other] { $times }-mal gewählt
    }
narrowly_answered = { $times ->
        [1] einmal nur knapp beantwortet
       *[other] { $times }-mal nur knapp beantwortet
    }
did_not_help = { $times ->
        [1] half einmal nicht
       *[other] half { $times }-mal nicht
    }
stats_title = Wie ich benutzt wurde
nothing_counted = Auf diesem Server hat mich in den letzten { $weeks } Wochen niemand etwas gefragt.
stats_legend = 🟩 beantwortet · 🟦 nächster Eintrag · 🟨 zur Wahl gestellt · 🟥 keine Antwort
stats_week = Woche vom { $week }: { $asked ->
        [1] 1 Frage
       *[other] { $asked } Fragen
    }, 🟩 { $answered } 🟦 { $closest } 🟨 { $suggested } 🟥 { $unknown }
stats_again = Innerhalb von zehn Minuten noch einmal gefragt: { $again }. Als erledigt markierte Fragen: { $closed }.
stats_entries = Am häufigsten gezeigt
stats_shown = { $times ->
        [1] einmal gezeigt
       *[other] { $times }-mal gezeigt
    }
stats_helpful = half { $helpful } von { $votes } ({ $low }–{ $high } %)
stats_stale = { $count ->
        [1] 1 Eintrag oder Quelle ist zu prüfen
       *[other] { $count } Einträge und Quellen sind zu prüfen
    }: { $names }
digest_title = Wochenüberblick
digest_since = Seit { $time }
digest_gaps = Neue unbeantwortete Fragen: { $count } (`/gaps`)
digest_votes = Einträge, die nicht geholfen haben: { $count } (`/stats`)
digest_drafts = Entwürfe, die auf Annahme warten: { $count } (`/drafts`)


## /check and /reload, for owners

only_for_owners = Das können nur die Besitzer dieser Anwendung.
owners_are_unknown = Ich weiß noch nicht, wem diese Anwendung gehört. Versuch es in einer Minute noch einmal.
other_work_is_running = Es wird schon neu geladen oder geprüft. Versuch es noch einmal, wenn das fertig ist.
check_goes_on = Die Prüfung dauert länger, als Discord wartet. Führe stattdessen auf dem Rechner des Bots `footnote check` aus.
check_crashed = Die Prüfung ist abgestürzt; sieh im Log nach.
no_problems_title = Keine Probleme gefunden
problems = { $errors ->
        [one] { $errors } Fehler
       *[other] { $errors } Fehler
    }, { $warnings ->
        [one] { $warnings } Warnung
       *[other] { $warnings } Warnungen
    }
base_and_problems = { $entries ->
        [one] { $entries } Eintrag
       *[other] { $entries } Einträge
    } mit { $phrasings ->
        [one] { $phrasings } Formulierung
       *[other] { $phrasings } Formulierungen
    } aus { $sources ->
        [one] { $sources } Quelle
       *[other] { $sources } Quellen
    }: { $problems }
reload_goes_on = Ich lade noch. `/about` zeigt, wann die neue Basis in Gebrauch ist. Wenn sie einen Fehler hat, behalte ich die jetzige, und `footnote check` zeigt, was falsch ist.
reload_crashed = Das Neuladen ist abgestürzt; sieh im Log nach. Ich benutze weiter die bisherige Basis.
reloaded_title = Wissensbasis neu geladen
reloaded = { $entries ->
        [one] { $entries } Eintrag
       *[other] { $entries } Einträge
    } aus { $sources ->
        [one] { $sources } Quelle
       *[other] { $sources } Quellen
    } (vorher: { $entries_before } aus { $sources_before }). Das hat { $milliseconds } ms gedauert.
no_warnings = Keine Warnungen.
warnings = { $count ->
        [one] { $count } Warnung
       *[other] { $count } Warnungen
    }: `/check` zeigt, was zu verbessern ist.
not_reloaded_title = Nicht neu geladen: { $problems }
base_stays = Nichts hat sich geändert: Ich benutze weiter die bisherige Basis.


## What can be done with an answer, and entries that are not in the base yet

delete = Löschen
only_yours_to_delete = Das kann nur löschen, wem ich geantwortet habe, oder wer hier Nachrichten verwalten darf.
related = Verwandte Fragen
near = Genau das
not_near = Nicht, was ich meinte
ask_people = Einen Menschen fragen
asking_people = Wird weitergegeben …
people_were_asked = Ein Mensch wurde gefragt
ask_people_again = Fehlgeschlagen. Nochmals fragen
only_asker_passes_on = Nur wer diese Frage gestellt hat, kann sie weitergeben.
nobody_to_ask = Hier ist niemand, an den ich die Frage weitergeben könnte.
question_for_people = Eine Frage, die ich nicht beantworten kann
member_asks = { $member } fragt:
where_it_was_asked = Dorthin, wo gefragt wurde
preview_title = Vorschau eines Eintrags
entry_in_toml = Eintrag in TOML
nothing_is_saved = Wie in einer Themendatei. Nichts wird gespeichert.
preview_goes_on = Die Prüfung dauert länger, als Discord wartet. Schreib den Eintrag in eine Kopie der Wissensbasis und prüfe sie mit `footnote check`.
preview_is_sound = Vorschau: keine Probleme gefunden
preview_has_problems = Vorschau: { $problems }
no_entry_in_draft = In diesem Text konnte ich keinen Eintrag lesen.


## Entwürfe von Änderungen

curation_is_off = Von hier aus lässt sich die Wissensbasis nicht ändern. Der Betreiber des Bots kann das mit `curation.enabled = true` in config.toml einschalten.
teach_title = Bring mir eine weitere Formulierung bei
teach_choose = Welcher Eintrag beantwortet das? Wenn keiner, schreib einen neuen. Bis du bestätigst, sieht niemand sonst diesen Entwurf.
teach_found_nothing = Zu diesen Wörtern habe ich keinen Eintrag gefunden. Suche mit anderen oder schreib einen neuen Eintrag.
teach_pick = Der Eintrag, der das beantwortet …
teach_search = Eintrag suchen
teach_reword = Wortlaut ändern
teach_other_entry = Anderer Eintrag
teach_gap = Einem Eintrag hinzufügen …
search_words = Wörter aus seiner Frage
wording = Andere Formulierung der Frage
discard = Verwerfen
confirm = Bestätigen
approve = Annehmen
refuse = Ablehnen
withdraw = Zurückziehen
why_refused = Warum? Der Autor liest das.
draft_phrasing = Neue Formulierung: „{ $phrasing }“
draft_has_changed = Die Wissensbasis wurde geändert, seit du diesen Entwurf gesehen hast. Das würde er jetzt bewirken:
draft_needs_another = Jemand anderes muss deinen Entwurf annehmen.
draft_title = „{ $text }“ für „{ $entry }“
draft_is_yours = von dir
draft_was_refused = Abgelehnt: { $reason }
draft_submitted = Eingereicht. Jemand anderes muss den Entwurf mit `/drafts` annehmen.
draft_made = Erledigt: Es steht in der Wissensbasis, und ich antworte daraus.
draft_not_committed = Der Commit in git ist nicht gelungen; das Log sagt, warum.
draft_withdrawn = Der Entwurf ist weg.
draft_refused = Abgelehnt. Der Autor sieht den Grund in `/drafts`.
draft_is_gone = Diesen Entwurf gibt es nicht mehr, oder jemand hat schon über ihn entschieden.
draft_failed = Das ging nicht: { $reason }
draft_needs_a_sound_base = Nichts wurde geändert: Die Wissensbasis hat Fehler. Wer sie pflegt, muss sie zuerst beheben.
draft_goes_on = Das dauert länger, als Discord wartet. Versuch es in ein paar Sekunden noch einmal, oder sieh in `/drafts` nach.
draft_crashed = Das ist abgestürzt; siehe Log. Nichts ist halb getan: Versuch es noch einmal.
only_for_reviewers = Das können nur Prüfer.
drafts_title = Entwürfe
no_drafts = Kein Entwurf wartet auf Annahme.
choose_draft = Entwurf ansehen …
effect_none = Keine Frage von Mitgliedern und keine vorhandene Formulierung ist betroffen.
effect_answered = { $count ->
        [one] { $count } Frage von Mitgliedern würde beantwortet
       *[other] { $count } Fragen von Mitgliedern würden beantwortet
    }
effect_redirected = { $count ->
        [one] { $count } Frage von Mitgliedern würde einen anderen Eintrag finden
       *[other] { $count } Fragen von Mitgliedern würden einen anderen Eintrag finden
    }
effect_unanswered = { $count ->
        [one] { $count } Frage von Mitgliedern würde nicht mehr beantwortet
       *[other] { $count } Fragen von Mitgliedern würden nicht mehr beantwortet
    }
effect_taken = { $count ->
        [one] { $count } vorhandene Formulierung würde jetzt stattdessen diesen Eintrag finden
       *[other] { $count } vorhandene Formulierungen würden jetzt stattdessen diesen Eintrag finden
    }
effect_lost = { $count ->
        [one] { $count } vorhandene Formulierung würde nicht mehr beantwortet
       *[other] { $count } vorhandene Formulierungen würden nicht mehr beantwortet
    }
new_entry = Neuer Eintrag
new_entry_topic = Zu welchem Thema gehört der neue Eintrag?
new_entry_preview = Neuer Eintrag in „{ $topic }“, wie Mitglieder ihn sähen
new_topic_preview = Neuer Eintrag im neuen Thema „{ $topic }“, wie Mitglieder ihn sähen
new_topic = Neues Thema
other_topic = Anderes Thema
topic_name = Name des Themas
topic_name_how = Etwa tea, oder rooms/tea für das Thema tea in der Gruppe rooms
topic_title = Titel
topic_title_how = Wie Mitglieder es nennen. Bleibt er leer, entsteht er aus dem Namen.
new_topic_begun = Der Eintrag wird das neue Thema „{ $topic }“ beginnen. Nichts wird geschrieben, bevor du es bestätigst. Schreib jetzt den Eintrag.
topic_is_known = Das Thema „{ $topic }“ gibt es schon, und der Eintrag kommt dorthin. Schreib jetzt den Eintrag.
entry_question = Frage
entry_answer = Antwort, in Discords Markdown
entry_source = Quelle
entry_source_how = Titel oder Kennung einer Quelle der Wissensbasis
entry_place = Absatz und Belegstellen
entry_place_how = Seine Nummer, Doppelpunkt, kurze Stellen daraus: 3: 3 crowns; a head
entry_claimant = Behauptet von
entry_claimant_how = Nur wenn bloß eine Seite es sagt. Die Antwort muss sie nennen.
edit = Bearbeiten
place_is_odd = Ich habe behalten, was du geschrieben hast, kann aber die Stelle in der Quelle nicht lesen. Schreib die Nummer des Absatzes, einen Doppelpunkt und kurze Stellen daraus: `3: 3 crowns; a head`.
draft_new_entry = Neuer Eintrag: „{ $question }“
draft_is_open = nur du siehst ihn: nicht eingereicht
now_answered = Du hast das gefragt, als ich keine Antwort hatte. Jetzt habe ich eine.

## What those who manage a server can change there

settings_title = Einstellungen dieses Servers
settings_how = Ändere sie mit den Optionen von `/settings`. Mit `reset` gilt für eine wieder, was mein Betreiber gewählt hat.
setting_changed = `{ $name }`: { $value } (hier geändert)
setting_as_configured = `{ $name }`: { $value }
setting_is_on = an
setting_is_off = aus
settings_need_a_server = Einstellungen gelten für einen Server. Benutze diesen Befehl auf einem.
settings_need_the_journal = Ich kann keine Einstellungen behalten, weil mein Journal aus ist. Wer mich betreibt, kann es mit `journal.enabled = true` in config.toml einschalten.
only_for_managers = Nur Mitglieder, die diesen Server verwalten dürfen, können seine Einstellungen ändern.
setting_is_not_yours = Mein Betreiber lässt das hier nicht ändern.
threshold_is_out_of_range = `{ $name }` kann hier von { $lowest } bis 1 sein. Ich habe nichts geändert.
thresholds_do_not_rise = `{ $name }` wäre { $value }, denn `suggest_at`, `closest_at`, `answer_at` und `watch_at` müssen in dieser Reihenfolge steigen. Ich habe nichts geändert.
channel_is_elsewhere = Dieser Kanal ist nicht auf diesem Server. Ich habe nichts geändert.
channel_has_no_messages = In { $channel } schreibt niemand Nachrichten. Wähle einen Textkanal oder ein Forum. Ich habe nichts geändert.
channel_is_hidden = Ich kann { $channel } nicht sehen. Gib mir dort die Rechte *Kanal ansehen*, *Nachrichten senden* und *Nachrichtenverlauf anzeigen*. Ich habe nichts geändert.
channel_is_unknown = Discord sagt mir nicht, was { $channel } ist. Versuch es gleich noch einmal. Ich habe nichts geändert.
too_many_channels = Ich kann höchstens { $most } Kanäle für euch beobachten. Ich habe nichts geändert.
