# What the bot says in Croatian, with "ti". See docs/TRANSLATING.md.


## What commands do, and what their options are for. At most 100 characters each.

command_ask = Postavi pitanje i dobij odgovor s izvorima
    .question = Što želiš znati?
    .private = Pokaži odgovor samo tebi
    .for = Uputi odgovor članu, koji će o tome biti obaviješten
# Its name in the menu of messages: at most 32 characters.
command_find_an_answer = Pronađi odgovor
command_topics = Pogledaj o čemu sve znam, temu po temu
command_sources = Pogledaj na kojim se dokumentima temelje moji odgovori
command_help = Pogledaj što sve možeš sa mnom
command_about = Pogledaj što sam, što znam i što pohranjujem
command_gaps = Pogledaj na što nisam mogao odgovoriti na ovom poslužitelju
command_settings = Pogledaj i promijeni što radim na ovom poslužitelju
    .for = Mogu li se odgovori uputiti drugim članovima
    .language = Što čitaju članovi čiji jezik nemam
    .helper_role = Uloga ljudi koji pomažu članovima
    .reviewers_role = Uloga članova koji odobravaju nacrte
    .cooldown = Moraju li čekati članovi koji me prečesto koriste
    .watch_channel = Kanal ili forum u kojem odgovaram i na obične poruke, ako sam siguran
    .unwatch_channel = Kanal ili forum u kojem više ne odgovaram na obične poruke
    .answer_at = Koliko moram biti siguran da odgovorim, od 0 do 1
    .closest_at = Koliko moram biti siguran da pokažem najbliži unos, od 0 do 1
    .suggest_at = Koliko moram biti siguran da ponudim unose, od 0 do 1
    .watch_at = Koliko moram biti siguran da odgovorim na obične poruke, od 0 do 1
    .reset = Vrati postavku na ono što je odredio moj operater
command_teach_footnote = Nauči Footnote
command_drafts = Pogledaj nacrte koji čekaju odobrenje
command_suggestions = Pogledaj što izbori članova predlažu za moju bazu znanja
command_stats = Pogledaj kako su me koristili na ovom poslužitelju
command_reload = Ponovno učitaj moju bazu znanja (za vlasnike aplikacije)
command_check = Pogledaj što nije u redu s mojom bazom znanja (za vlasnike aplikacije)
command_preview = Vidi kako bi unos izgledao prije nego što je u mojoj bazi znanja (za vlasnike)


## What can happen with any command, button or menu

too_soon = Uspori: pokušaj ponovno za { $seconds ->
        [one] { $seconds } sekundu
        [few] { $seconds } sekunde
       *[other] { $seconds } sekundi
    }.
entry_is_gone = Ovog unosa više nema u mojoj bazi znanja. Pitaj ponovno.
unsupported = Ova naredba više ne postoji. Discord možda još prikazuje stari popis: pokušaj ponovno za minutu.
base_is_loading = Još čitam što znam o ovom poslužitelju. Pokušaj ponovno za trenutak.
base_is_broken = U onome što znam o ovom poslužitelju postoji pogreška, pa ovdje ne mogu odgovarati. Tko me održava, u mom zapisniku vidi koja.


## Lists with several pages

page = Stranica { $number } od { $count }
previous_page = Prethodna stranica
next_page = Sljedeća stranica


## Answers

unknown = Ne znam. Ništa u mojim izvorima ne odgovara na ovo pitanje.
ask_in_other_language = Moji su izvori na { $language ->
        [en] engleskom
        [de] njemačkom
        [fr] francuskom
        [hr] hrvatskom
        [sq] albanskom
       *[sr] srpskom
    } jeziku, pa u njima ne mogu potražiti ovo pitanje. Postavi mi ga, molim te, na tom jeziku.
closest = Nisam siguran što ovo pitanje traži. Najbliže što znam:
suggest = Misliš li na jedno od ovih pitanja?
suggest_others = Pomaže li ti više nešto od ovoga?
choose_question = Odaberi pitanje
all_topics = Sve teme
show_sources = Pokaži izvore
sources_quoted = Na čemu se odgovor temelji, riječima izvora:
and_more = … i još { $count }


## How an answer stands, and where it comes from

claim_by = Tvrdi { $name } — { $kinds }
disputed = Sporno — izvori se razlikuju
disputed_within_source = Sporno — izvor proturječi sam sebi
kind_overview = pregled
kind_news = vijest
kind_analysis = analiza
kind_opinion = komentar
kind_rules = pravila
kind_documentation = dokumentacija
kind_announcement = obavijest
kind_wiki = wiki
kind_staff = tim
paragraphs = { $count ->
        [1] odlomak { $numbers }
       *[other] odlomci { $numbers }
    }
as_of = Stanje: { $date }
year = { $year }.
month = { $month ->
        [1] siječanj
        [2] veljača
        [3] ožujak
        [4] travanj
        [5] svibanj
        [6] lipanj
        [7] srpanj
        [8] kolovoz
        [9] rujan
        [10] listopad
        [11] studeni
       *[12] prosinac
    } { $year }.
day = { $day }. { $month ->
        [1] siječnja
        [2] veljače
        [3] ožujka
        [4] travnja
        [5] svibnja
        [6] lipnja
        [7] srpnja
        [8] kolovoza
        [9] rujna
        [10] listopada
        [11] studenoga
       *[12] prosinca
    } { $year }.


## Topics and sources

topics_title = Teme
sources_title = Izvori
choose_topic = Odaberi temu
choose_source = Odaberi izvor
cited_by = { $entries ->
        [one] { $entries } unos ga navodi
        [few] { $entries } unosa ga navode
       *[other] { $entries } unosa ga navodi
    }
back_to_list = Natrag na popis
back = Natrag


## Unanswered questions, for moderators

gaps_title = Neodgovorena pitanja
no_gaps_title = Nema neodgovorenih pitanja
no_gaps = Na svako pitanje na ovom poslužitelju odgovoreno je ili je označeno kao riješeno.
gaps_file = { $file } za svako pitanje ima unos koji treba ispuniti
mark_as_done = Označi kao riješeno…
delete_for_good = Izbriši zauvijek…
asked = { $times ->
        [1] pitano jednom
       *[other] pitano { $times } puta
    }
last_asked = zadnji put { $time }
also_asked_as = također { $questions }
quoted = „{ $text }”


## /help

help_title = Što možeš učiniti
help_ask = Postavi mi pitanje s `/ask`. Odgovaram iz svojih izvora i pokazujem ih; što oni ne kažu, ne znam.
for_example = Na primjer:
help_others = `/topics` pokazuje sve na što mogu odgovoriti, a `/sources` dokumente na kojima se temelje moji odgovori. **{ $find_answer }**, u izborniku *Aplikacije* uz poruku, odgovara na ono što je netko napisao. `/about` govori što sam i što pohranjujem.


## /about

about_title = O Footnoteu
about_itself = Odgovaram na pitanja iz uređene baze znanja i uz svaki odgovor pokazujem izvore. Što oni ne kažu, ne znam.
about_base = Verzija { $version } · { $entries ->
        [one] { $entries } pitanje
        [few] { $entries } pitanja
       *[other] { $entries } pitanja
    }, { $topics ->
        [one] { $topics } tema
        [few] { $topics } teme
       *[other] { $topics } tema
    }, { $sources ->
        [one] { $sources } izvor
        [few] { $sources } izvora
       *[other] { $sources } izvora
    } · učitano { $loaded }
stores = Pohranjujem neodgovorena pitanja, koje su unose članovi odabrali za pitanje i ocjene. Umjesto ID-ova članova pohranjujem hash vrijednosti s ključem.
stores_nothing = Ne pohranjujem ni pitanja ni ocjene.
reads = Čitam samo poruke koje su upućene meni.
reads_watched_channels = Čitam samo poruke koje su upućene meni i sve poruke u kanalima koje pratim. Od onih koje nisu upućene meni ne pohranjujem nijednu.
source_code = Izvorni kôd: { $address }
no_source_code = Slobodan sam softver pod licencijom MIT; izvorni kôd zatraži od onoga tko vodi bota.
privacy_policy = Pravila o privatnosti
terms_of_service = Uvjeti korištenja
support = Podrška
delete_my_votes = Izbriši moje ocjene
no_votes = Ovdje nemaš ocjena. Nema se što izbrisati.
votes_deleted = Izbrisao sam tvoje ocjene: { $votes ->
        [one] { $votes } odgovor
        [few] { $votes } odgovora
       *[other] { $votes } odgovora
    }.
votes_not_deleted = Nisam mogao izbrisati tvoje ocjene. Pokušaj ponovno za minutu.


## Questions and votes

message_has_no_text = Ova poruka nema teksta koji mogu potražiti.
no_question = Ovdje ne vidim pitanje. Napiši ga ili upotrijebi `/ask`. `/topics` pokazuje na što mogu odgovoriti.
hidden_original = Discord mi ne pokazuje poruku na koju odgovaraš. Otvori njezin izbornik, odaberi *Aplikacije*, a zatim *{ $find_answer }*.
hidden_text = Discord mi pokazuje samo poruke koje spominju mene, a ne moju ulogu. Spomeni mene ili upotrijebi `/ask`.
hello = Bok! Postavi mi pitanje. `/topics` pokazuje na što mogu odgovoriti.
you_are_welcome = Nema na čemu!
thanks = Hvala! Zabilježio sam da je ovaj odgovor pomogao.
votes_are_not_stored = Ocjene se ovdje ne pohranjuju.
vote_failed = Nisam mogao pohraniti tvoju ocjenu. Pokušaj ponovno za minutu.


## Posts in forums

no_answer_here = Na ovo nemam odgovor. Ako ga nema ni nitko drugi, pritisni *Još trebam pomoć* i obavijestit ću ljude koji ovdje pomažu.
solved = Riješeno
still_need_help = Još trebam pomoć
not_your_post = To može samo autor ove objave ili član koji smije upravljati nitima.
no_helpers = Ovdje nema nikoga koga bih mogao obavijestiti.
not_called = Nisam mogao obavijestiti ljude koji ovdje pomažu. Spomeni ih sam.
not_marked = Nisam mogao označiti ovu objavu kao riješenu: ovdje mi treba dopuštenje *Upravljanje nitima*.
solved_by = ✅ { $member } je ovo označio kao riješeno.
call_helpers = { $role } { $author } ovdje još treba pomoć.


## /gaps

gaps_need_a_server = Neodgovorena pitanja pokazujem za jedan po jedan poslužitelj. Upotrijebi ovu naredbu na poslužitelju.
gaps_need_the_journal = Ne pohranjujem pitanja jer je moj dnevnik isključen. Onaj tko vodi bota može ga uključiti s `journal.enabled = true` u config.toml.
journal_is_unreadable = Trenutačno ne mogu čitati svoj dnevnik. Pokušaj ponovno za minutu.


## /suggestions and /stats, for moderators

needs_a_server = Ovo pokazujem za jedan po jedan poslužitelj. Upotrijebi ovu naredbu na poslužitelju.
suggestions_title = Pitanja i unosi koje su članovi odabrali
no_suggestions_title = Nema prijedloga
no_suggestions = Na ovom poslužitelju članovi nisu birali unose za pitanja ili su svi riješeni.
suggestions_file = { $file } ih ima kao formulacije za tvoje datoteke tema
accept_suggestion = Prihvati kao formulaciju…
suggestion_for_another = Dodaj drugom unosu…
reject = Odbij…
chosen = { $times ->
        [1] odabrano jednom
       *[other] odabrano { $times } puta
    }
narrowly_answered = { $times ->
        [1] jedva odgovoreno jednom
       *[other] jedva odgovoreno { $times } puta
    }
did_not_help = { $times ->
        [1] nije pomoglo jednom
       *[other] nije pomoglo { $times } puta
    }
stats_title = Kako su me koristili
nothing_counted = Na ovom poslužitelju nitko me ništa nije pitao u zadnjih { $weeks } tjedana.
stats_legend = 🟩 odgovoreno · 🟦 najbliži unos · 🟨 ponuđen izbor · 🟥 bez odgovora
stats_week = Tjedan od { $week }: pitanja { $asked }, 🟩 { $answered } 🟦 { $closest } 🟨 { $suggested } 🟥 { $unknown }
stats_again = Ponovno pitano unutar deset minuta: { $again }. Pitanja označena kao riješena: { $closed }.
stats_entries = Najčešće prikazano
stats_shown = { $times ->
        [1] prikazano jednom
       *[other] prikazano { $times } puta
    }
stats_helpful = pomoglo { $helpful } od { $votes } ({ $low }–{ $high } %)
stats_stale = Unosi i izvori koje treba provjeriti, { $count }: { $names }
digest_title = Tjedni pregled
digest_since = Od { $time }
digest_gaps = Nova neodgovorena pitanja: { $count } (`/gaps`)
digest_votes = Unosi koji nisu pomogli: { $count } (`/stats`)
digest_drafts = Nacrti koji čekaju odobrenje: { $count } (`/drafts`)


## /check and /reload, for owners

only_for_owners = To mogu samo vlasnici ove aplikacije.
owners_are_unknown = Još ne znam tko je vlasnik ove aplikacije. Pokušaj ponovno za minutu.
other_work_is_running = Učitavanje ili provjera već traje. Pokušaj ponovno kad završi.
check_goes_on = Provjera traje dulje nego što Discord čeka. Umjesto toga pokreni `footnote check` na računalu na kojem je bot.
check_crashed = Provjera se srušila; pogledaj zapisnik.
no_problems_title = Nema problema
problems = { $errors ->
        [one] { $errors } pogreška
        [few] { $errors } pogreške
       *[other] { $errors } pogrešaka
    }, { $warnings ->
        [one] { $warnings } upozorenje
        [few] { $warnings } upozorenja
       *[other] { $warnings } upozorenja
    }
base_and_problems = { $entries ->
        [one] { $entries } unos
        [few] { $entries } unosa
       *[other] { $entries } unosa
    }, { $phrasings ->
        [one] { $phrasings } formulacija
        [few] { $phrasings } formulacije
       *[other] { $phrasings } formulacija
    }, { $sources ->
        [one] { $sources } izvor
        [few] { $sources } izvora
       *[other] { $sources } izvora
    }: { $problems }
reload_goes_on = Još učitavam. `/about` pokazuje kad je nova baza u upotrebi. Ako ima pogrešku, zadržavam sadašnju bazu, a `footnote check` pokazuje što nije u redu.
reload_crashed = Učitavanje se srušilo; pogledaj zapisnik. I dalje koristim prethodnu bazu.
reloaded_title = Baza znanja ponovno je učitana
reloaded = { $entries ->
        [one] { $entries } unos
        [few] { $entries } unosa
       *[other] { $entries } unosa
    }, { $sources ->
        [one] { $sources } izvor
        [few] { $sources } izvora
       *[other] { $sources } izvora
    } (prije: { $entries_before }, { $sources_before }). Trajalo je { $milliseconds } ms.
no_warnings = Nema upozorenja.
warnings = { $count ->
        [one] { $count } upozorenje
        [few] { $count } upozorenja
       *[other] { $count } upozorenja
    }: `/check` pokazuje što treba popraviti.
not_reloaded_title = Nije učitano: { $problems }
base_stays = Ništa se nije promijenilo: i dalje koristim prethodnu bazu.


## What can be done with an answer, and entries that are not in the base yet

delete = Izbriši
only_yours_to_delete = Ovo može izbrisati samo osoba kojoj sam odgovorio ili netko tko ovdje smije upravljati porukama.
related = Povezana pitanja
near = To je to
not_near = Nisam to mislio
ask_people = Pitaj čovjeka
asking_people = Prosljeđujem…
people_were_asked = Pitali smo čovjeka
ask_people_again = Nije uspjelo. Pitaj ponovno
only_asker_passes_on = Samo osoba koja je postavila ovo pitanje može ga proslijediti.
nobody_to_ask = Ovdje nema nikoga komu bih mogao proslijediti pitanje.
question_for_people = Pitanje na koje ne mogu odgovoriti
member_asks = { $member } pita:
where_it_was_asked = Idi tamo gdje je postavljeno
preview_title = Pregled unosa
entry_in_toml = Unos u TOML-u
nothing_is_saved = Kao u datoteci teme. Ništa se ne sprema.
preview_goes_on = Provjera traje dulje nego što Discord čeka. Upiši unos u kopiju baze i pokreni `footnote check` na njoj.
preview_is_sound = Pregled: nema problema
preview_has_problems = Pregled: { $problems }
no_entry_in_draft = U ovom tekstu nisam mogao pročitati nijedan unos.


## Nacrti promjena

curation_is_off = Baza se odavde ne može mijenjati. Onaj tko vodi bota može to uključiti s `curation.enabled = true` u config.toml.
teach_title = Nauči me još jedan način da se to pita
teach_choose = Koji unos odgovara na ovo? Ako nijedan, napiši novi. Dok ne potvrdiš, nitko drugi ne vidi ovaj nacrt.
teach_found_nothing = Za ove riječi nisam našao nijedan unos. Traži s drugima ili napiši novi unos.
teach_pick = Unos koji na to odgovara…
teach_search = Potraži unos
teach_reword = Promijeni izraz
teach_other_entry = Drugi unos
teach_gap = Dodaj unosu…
search_words = Riječi iz njegova pitanja
wording = Drugi način da se to pita
discard = Odbaci
confirm = Potvrdi
approve = Odobri
refuse = Odbij
withdraw = Povuci
why_refused = Zašto? Autor će to pročitati.
draft_phrasing = Novi izraz: „{ $phrasing }”
draft_has_changed = Baza se promijenila otkad je ovaj nacrt prikazan. Sad bi učinio ovo:
draft_needs_another = Netko drugi mora odobriti tvoj nacrt.
draft_title = „{ $text }” za „{ $entry }”
draft_is_yours = tvoj
draft_was_refused = Odbijeno: { $reason }
draft_submitted = Poslano. Netko drugi mora odobriti nacrt naredbom `/drafts`.
draft_made = Gotovo: to je u bazi i odgovaram iz nje.
draft_not_committed = Commit u git nije uspio; zapisnik kaže zašto.
draft_withdrawn = Nacrta više nema.
draft_refused = Odbijeno. Autor vidi razlog u `/drafts`.
draft_is_gone = Ovog nacrta više nema ili je netko već odlučio o njemu.
draft_failed = To nije uspjelo: { $reason }
draft_needs_a_sound_base = Ništa nije promijenjeno: baza ima pogreške. Onaj tko je održava mora ih najprije ispraviti.
draft_goes_on = Ovo traje dulje nego što Discord čeka. Pokušaj ponovno za nekoliko sekundi ili pogledaj u `/drafts`.
draft_crashed = To se srušilo; vidi zapisnik. Ništa nije napola učinjeno: pokušaj ponovno.
only_for_reviewers = To mogu samo recenzenti.
drafts_title = Nacrti
no_drafts = Nijedan nacrt ne čeka odobrenje.
choose_draft = Pogledaj nacrt…
effect_none = Nijedno pitanje članova i nijedan postojeći izraz nisu zahvaćeni.
effect_answered = { $count ->
        [one] { $count } pitanje članova dobilo bi odgovor
        [few] { $count } pitanja članova dobila bi odgovor
       *[other] { $count } pitanja članova dobilo bi odgovor
    }
effect_redirected = { $count ->
        [one] { $count } pitanje članova našlo bi drugi unos
        [few] { $count } pitanja članova našla bi drugi unos
       *[other] { $count } pitanja članova našlo bi drugi unos
    }
effect_unanswered = { $count ->
        [one] { $count } pitanje članova više ne bi dobilo odgovor
        [few] { $count } pitanja članova više ne bi dobila odgovor
       *[other] { $count } pitanja članova više ne bi dobilo odgovor
    }
effect_taken = { $count ->
        [one] { $count } postojeći izraz sad bi našao ovaj unos
        [few] { $count } postojeća izraza sad bi našla ovaj unos
       *[other] { $count } postojećih izraza sad bi našlo ovaj unos
    }
effect_lost = { $count ->
        [one] { $count } postojeći izraz više ne bi dobio odgovor
        [few] { $count } postojeća izraza više ne bi dobila odgovor
       *[other] { $count } postojećih izraza više ne bi dobilo odgovor
    }
new_entry = Novi unos
new_entry_topic = Kojoj temi pripada novi unos?
new_entry_preview = Novi unos u „{ $topic }”, kako bi ga vidjeli članovi
new_topic_preview = Novi unos u novoj temi „{ $topic }”, kako bi ga vidjeli članovi
new_topic = Nova tema
other_topic = Druga tema
topic_name = Naziv teme
topic_name_how = Na primjer tea, ili rooms/tea za temu tea u skupini rooms
topic_title = Naslov
topic_title_how = Kako je članovi zovu. Ako ostane prazan, nastaje iz naziva.
new_topic_begun = Unos će započeti novu temu „{ $topic }”. Ništa se ne zapisuje prije nego što potvrdiš. Sada napiši unos.
topic_is_known = Tema „{ $topic }” već postoji i unos će biti u njoj. Sada napiši unos.
entry_question = Pitanje
entry_answer = Odgovor, u Discordovu Markdownu
entry_source = Izvor
entry_source_how = Naslov ili oznaka izvora koji baza ima
entry_place = Odlomak i dokazi
entry_place_how = Njegov broj, dvotočka, kratki izrazi iz njega: 3: 3 crowns; a head
entry_claimant = Tvrdi
entry_claimant_how = Samo ako to kaže jedna strana. Odgovor je mora imenovati.
edit = Uredi
place_is_odd = Zadržao sam što si napisao, ali ne mogu pročitati mjesto u izvoru. Napiši broj odlomka, dvotočku i kratke izraze iz njega: `3: 3 crowns; a head`.
draft_new_entry = Novi unos: „{ $question }”
draft_is_open = vidiš ga samo ti: nije predan
now_answered = Pitao si ovo kad nisam imao odgovor. Sada ga imam.

## What those who manage a server can change there

settings_title = Postavke ovog poslužitelja
settings_how = Promijeni ih opcijama naredbe `/settings`. Uz `reset` za jednu opet vrijedi ono što je odredio moj operater.
setting_changed = `{ $name }`: { $value } (promijenjeno ovdje)
setting_as_configured = `{ $name }`: { $value }
setting_is_on = uključeno
setting_is_off = isključeno
settings_need_a_server = Postavke vrijede za poslužitelj. Upotrijebi ovu naredbu na poslužitelju.
settings_need_the_journal = Ne mogu čuvati postavke jer je moj dnevnik isključen. Operater ga može uključiti s `journal.enabled = true` u config.toml.
only_for_managers = Postavke mogu mijenjati samo članovi koji smiju upravljati ovim poslužiteljem.
setting_is_not_yours = Moj operater ne dopušta da se to ovdje mijenja.
threshold_is_out_of_range = `{ $name }` ovdje može biti od { $lowest } do 1. Ništa nisam promijenio.
thresholds_do_not_rise = `{ $name }` bi bio { $value } jer `suggest_at`, `closest_at`, `answer_at` i `watch_at` moraju rasti tim redom. Ništa nisam promijenio.
channel_is_elsewhere = Ovaj kanal nije na ovom poslužitelju. Ništa nisam promijenio.
channel_has_no_messages = U { $channel } nitko ne piše poruke. Odaberi tekstualni kanal ili forum. Ništa nisam promijenio.
channel_is_hidden = Ne vidim { $channel }. Daj mi ondje dopuštenja *View Channel*, *Send Messages* i *Read Message History*. Ništa nisam promijenio.
channel_is_unknown = Discord mi ne kaže što je { $channel }. Pokušaj ponovno za trenutak. Ništa nisam promijenio.
too_many_channels = Mogu pratiti najviše { $most } kanala za vas. Ništa nisam promijenio.
