# What the bot says in Albanian, with "ti". See docs/TRANSLATING.md.


## What commands do, and what their options are for. At most 100 characters each.

command_ask = Bëj një pyetje dhe merr një përgjigje me burimet e saj
    .question = Çfarë dëshiron të dish?
    .private = Trego përgjigjen vetëm ty
    .for = Drejtoja përgjigjen një anëtari, i cili njoftohet
# Its name in the menu of messages: at most 32 characters.
command_find_an_answer = Gjej një përgjigje
command_topics = Shiko se për çfarë di, temë pas teme
command_sources = Shiko se në cilat dokumente mbështeten përgjigjet e mia
command_help = Shiko se çfarë mund të bësh me mua
command_about = Shiko se çfarë jam, çfarë di dhe çfarë ruaj
command_gaps = Shiko pyetjet që nuk munda t’u përgjigjem në këtë server
command_settings = Shih dhe ndrysho çfarë bëj në këtë server
    .for = Nëse përgjigjet mund t’u drejtohen anëtarëve të tjerë
    .language = Çfarë lexojnë anëtarët, gjuhën e të cilëve nuk e kam
    .helper_role = Roli i njerëzve që ndihmojnë anëtarët
    .reviewers_role = Roli i anëtarëve që miratojnë draftet
    .cooldown = Nëse duhet të presë kush më përdor shumë shpesh
    .watch_channel = Një kanal a forum ku u përgjigjem edhe mesazheve të thjeshta, nëse jam i sigurt
    .unwatch_channel = Një kanal a forum ku nuk u përgjigjem më mesazheve të thjeshta
    .answer_at = Sa i sigurt duhet të jem për t’u përgjigjur, nga 0 në 1
    .closest_at = Sa i sigurt duhet të jem për të treguar zërin më të afërt, nga 0 në 1
    .suggest_at = Sa i sigurt duhet të jem për të ofruar zëra, nga 0 në 1
    .watch_at = Sa i sigurt duhet të jem për t’iu përgjigjur mesazheve të thjeshta, nga 0 në 1
    .reset = Ktheje një cilësim siç e ka vendosur operatori im
command_teach_footnote = Mësoji Footnote
command_drafts = Shiko draftet që presin miratim
command_suggestions = Shiko çfarë sugjerojnë zgjedhjet e anëtarëve për bazën time
command_stats = Shiko si jam përdorur në këtë server
command_reload = Ringarko bazën time të njohurive (për pronarët e aplikacionit)
command_check = Shiko çfarë nuk është në rregull me bazën time të njohurive (për pronarët e aplikacionit)
command_preview = Shih si do të dukej një zë para se të jetë në bazën time (për pronarët)


## What can happen with any command, button or menu

too_soon = Më ngadalë: provo përsëri pas { $seconds ->
        [one] { $seconds } sekonde
       *[other] { $seconds } sekondash
    }.
entry_is_gone = Ky zë nuk është më në bazën time të njohurive. Të lutem, pyet përsëri.
unsupported = Kjo komandë nuk ekziston më. Ndoshta Discord ende tregon një listë të vjetër: provo përsëri pas një minute.
base_is_loading = Po lexoj ende atë që di për këtë server. Provo përsëri pas pak.
base_is_broken = Ajo që di për këtë server ka një gabim, prandaj nuk mund të përgjigjem këtu. Kush më mban, e sheh në regjistrin tim se cili.


## Lists with several pages

page = Faqja { $number } nga { $count }
previous_page = Faqja e mëparshme
next_page = Faqja tjetër


## Answers

unknown = Nuk e di. Asgjë në burimet e mia nuk i përgjigjet kësaj pyetjeje.
ask_in_other_language = Burimet e mia janë në gjuhën { $language ->
        [en] angleze
        [de] gjermane
        [fr] frënge
        [hr] kroate
        [sq] shqipe
       *[sr] serbe
    }, prandaj nuk mund ta kërkoj këtë pyetje. Të lutem, ma bëj në atë gjuhë.
closest = Nuk jam i sigurt për këtë pyetje. Gjëja më e afërt që di:
suggest = A ke menduar ndonjërën nga këto?
suggest_others = A të ndihmon më shumë ndonjëra nga këto?
choose_question = Zgjidh një pyetje
all_topics = Të gjitha temat
show_sources = Trego burimet
sources_quoted = Ku mbështetet përgjigjja, me fjalët e burimeve:
and_more = … dhe { $count } të tjera


## How an answer stands, and where it comes from

claim_by = Pohon { $name } — { $kinds }
disputed = E kontestuar — burimet nuk përputhen
disputed_within_source = E kontestuar — burimi bie në kundërshtim me vetveten
kind_overview = përmbledhje
kind_news = lajm
kind_analysis = analizë
kind_opinion = artikull opinioni
kind_rules = rregulla
kind_documentation = dokumentacion
kind_announcement = njoftim
kind_wiki = wiki
kind_staff = stafi
paragraphs = { $count ->
        [1] paragrafi { $numbers }
       *[other] paragrafët { $numbers }
    }
as_of = Gjendja: { $date }
year = { $year }
month = { $month ->
        [1] janar
        [2] shkurt
        [3] mars
        [4] prill
        [5] maj
        [6] qershor
        [7] korrik
        [8] gusht
        [9] shtator
        [10] tetor
        [11] nëntor
       *[12] dhjetor
    } { $year }
day = { $day } { $month ->
        [1] janar
        [2] shkurt
        [3] mars
        [4] prill
        [5] maj
        [6] qershor
        [7] korrik
        [8] gusht
        [9] shtator
        [10] tetor
        [11] nëntor
       *[12] dhjetor
    } { $year }


## Topics and sources

topics_title = Temat
sources_title = Burimet
choose_topic = Zgjidh një temë
choose_source = Zgjidh një burim
cited_by = { $entries ->
        [one] { $entries } zë e citon
       *[other] { $entries } zëra e citojnë
    }
back_to_list = Kthehu te lista
back = Kthehu


## Unanswered questions, for moderators

gaps_title = Pyetje pa përgjigje
no_gaps_title = Asnjë pyetje pa përgjigje
no_gaps = Çdo pyetje në këtë server ka marrë përgjigje ose është shënuar si e kryer.
gaps_file = { $file } ka për çdo pyetje një zë për t’u plotësuar
mark_as_done = Shëno si të kryer…
delete_for_good = Fshi përgjithmonë…
asked = { $times ->
        [1] e pyetur një herë
       *[other] e pyetur { $times } herë
    }
last_asked = herën e fundit { $time }
also_asked_as = edhe { $questions }
quoted = “{ $text }”


## /help

help_title = Çfarë mund të bësh
help_ask = Më bëj një pyetje me `/ask`. Përgjigjem nga burimet e mia dhe i tregoj ato; atë që nuk e thonë ato, nuk e di.
for_example = Për shembull:
help_others = `/topics` tregon gjithçka për të cilën mund të përgjigjem, dhe `/sources` dokumentet në të cilat mbështeten përgjigjet e mia. **{ $find_answer }**, në menynë *Apps* të një mesazhi, i përgjigjet asaj që ka shkruar dikush. `/about` thotë çfarë jam dhe çfarë ruaj.


## /about

about_title = Rreth Footnote
about_itself = U përgjigjem pyetjeve nga një bazë njohurish e përgatitur me kujdes dhe tregoj burimet e çdo përgjigjeje. Atë që nuk e thonë ato, nuk e di.
about_base = Versioni { $version } · { $entries ->
        [one] { $entries } pyetje
       *[other] { $entries } pyetje
    } në { $topics ->
        [one] { $topics } temë
       *[other] { $topics } tema
    }, nga { $sources ->
        [one] { $sources } burim
       *[other] { $sources } burime
    } · ngarkuar { $loaded }
stores = Ruaj pyetjet pa përgjigje, zërat që anëtarët kanë zgjedhur për një pyetje dhe votat. Në vend të ID-ve të anëtarëve ruaj vlera hash me çelës.
stores_nothing = Nuk ruaj as pyetje, as vota.
reads = Lexoj vetëm mesazhet që më drejtohen mua.
reads_watched_channels = Lexoj vetëm mesazhet që më drejtohen mua, dhe të gjitha mesazhet në kanalet që ndjek. Prej atyre që nuk më drejtohen mua, nuk ruaj asnjë.
source_code = Kodi burimor: { $address }
no_source_code = Jam softuer i lirë me licencën MIT; kërkoja kodin burimor atij që e mirëmban botin.
privacy_policy = Politika e privatësisë
terms_of_service = Kushtet e përdorimit
support = Ndihmë
delete_my_votes = Fshi votat e mia
no_votes = Nuk ke vota këtu. Nuk ka asgjë për të fshirë.
votes_deleted = I fshiva votat e tua: { $votes ->
        [one] { $votes } përgjigje
       *[other] { $votes } përgjigje
    }.
votes_not_deleted = Nuk munda t’i fshij votat e tua. Provo përsëri pas një minute.


## Questions and votes

message_has_no_text = Ky mesazh nuk ka tekst që mund ta kërkoj.
no_question = Nuk shoh asnjë pyetje këtu. Shkruaj një, ose përdor `/ask`. `/topics` tregon për çfarë mund të përgjigjem.
hidden_original = Discord nuk ma tregon mesazhin të cilit i përgjigjesh. Hap menynë e tij, zgjidh *Aplikacionet*, pastaj *{ $find_answer }*.
hidden_text = Discord më tregon vetëm mesazhet që më përmendin mua, jo rolin tim. Më përmend mua ose përdor `/ask`.
hello = Përshëndetje! Më bëj një pyetje. `/topics` tregon se për çfarë mund të përgjigjem.
you_are_welcome = S’ka përse!
thanks = Faleminderit! E shënova që kjo përgjigje ndihmoi.
votes_are_not_stored = Këtu votat nuk ruhen.
vote_failed = Nuk munda ta ruaj votën tënde. Provo përsëri pas një minute.


## Posts in forums

no_answer_here = Për këtë nuk kam përgjigje. Nëse nuk e ka as dikush tjetër, shtyp *Kam ende nevojë për ndihmë* dhe unë njoftoj njerëzit që ndihmojnë këtu.
solved = U zgjidh
still_need_help = Kam ende nevojë për ndihmë
not_your_post = Këtë mund ta bëjë vetëm autori i këtij postimi ose një anëtar që mund të menaxhojë bisedat.
no_helpers = Këtu nuk ka askënd që mund ta njoftoj.
not_called = Nuk munda t’i njoftoj njerëzit që ndihmojnë këtu. Të lutem përmendi vetë.
not_marked = Nuk munda ta shënoj këtë postim si të zgjidhur: këtu më duhet leja *Manage Threads*.
solved_by = ✅ U shënua si e zgjidhur nga { $member }.
call_helpers = { $role } { $author } ka ende nevojë për ndihmë këtu.


## /gaps

gaps_need_a_server = I tregoj pyetjet pa përgjigje për një server në një kohë. Përdore këtë komandë në një server.
gaps_need_the_journal = Nuk ruaj pyetje, sepse ditari im është i fikur. Ai që e mirëmban botin mund ta ndezë me `journal.enabled = true` në config.toml.
journal_is_unreadable = Nuk mund ta lexoj ditarin tim tani. Provo përsëri pas një minute.


## /suggestions and /stats, for moderators

needs_a_server = Këtë e tregoj për një server në një kohë. Përdore këtë komandë në një server.
suggestions_title = Pyetjet dhe zërat që zgjodhën anëtarët
no_suggestions_title = Asnjë sugjerim
no_suggestions = Në këtë server anëtarët nuk kanë zgjedhur zëra për pyetjet, ose të gjitha janë kryer.
suggestions_file = { $file } i ka si formulime për skedarët e temave
accept_suggestion = Prano si formulim…
suggestion_for_another = Shtoja një zëri tjetër…
reject = Refuzo…
chosen = { $times ->
        [1] zgjedhur një herë
       *[other] zgjedhur { $times } herë
    }
narrowly_answered = { $times ->
        [1] përgjigjur për pak një herë
       *[other] përgjigjur për pak { $times } herë
    }
did_not_help = { $times ->
        [1] nuk ndihmoi një herë
       *[other] nuk ndihmoi { $times } herë
    }
stats_title = Si jam përdorur
nothing_counted = Në këtë server askush nuk më ka pyetur gjë në { $weeks } javët e fundit.
stats_legend = 🟩 me përgjigje · 🟦 zëri më i afërt · 🟨 zgjedhje e ofruar · 🟥 pa përgjigje
stats_week = Java e { $week }: { $asked ->
        [1] 1 pyetje
       *[other] { $asked } pyetje
    }, 🟩 { $answered } 🟦 { $closest } 🟨 { $suggested } 🟥 { $unknown }
stats_again = Të pyetura përsëri brenda dhjetë minutash: { $again }. Pyetje të shënuara si të kryera: { $closed }.
stats_entries = Më të treguarat
stats_shown = { $times ->
        [1] treguar një herë
       *[other] treguar { $times } herë
    }
stats_helpful = ndihmoi { $helpful } nga { $votes } ({ $low }–{ $high }%)
stats_stale = Zëra dhe burime për t’u rishikuar, { $count }: { $names }
digest_title = Përmbledhja e javës
digest_since = Që nga { $time }
digest_gaps = Pyetje të reja pa përgjigje: { $count } (`/gaps`)
digest_votes = Zëra që nuk ndihmuan: { $count } (`/stats`)
digest_drafts = Drafte që presin miratim: { $count } (`/drafts`)


## /check and /reload, for owners

only_for_owners = Këtë mund ta bëjnë vetëm pronarët e këtij aplikacioni.
owners_are_unknown = Ende nuk e di se kujt i përket ky aplikacion. Provo përsëri pas një minute.
other_work_is_running = Një ringarkim ose kontroll është tashmë në punë. Provo përsëri kur të mbarojë.
check_goes_on = Kontrolli zgjat më shumë se sa pret Discord. Në vend të tij, ekzekuto `footnote check` në kompjuterin e botit.
check_crashed = Kontrolli dështoi; shiko regjistrin.
no_problems_title = Nuk u gjet asnjë problem
problems = { $errors ->
        [one] { $errors } gabim
       *[other] { $errors } gabime
    }, { $warnings ->
        [one] { $warnings } paralajmërim
       *[other] { $warnings } paralajmërime
    }
base_and_problems = { $entries ->
        [one] { $entries } zë
       *[other] { $entries } zëra
    } me { $phrasings ->
        [one] { $phrasings } formulim
       *[other] { $phrasings } formulime
    } nga { $sources ->
        [one] { $sources } burim
       *[other] { $sources } burime
    }: { $problems }
reload_goes_on = Po ngarkoj ende. `/about` tregon kur baza e re është në përdorim. Nëse ka ndonjë gabim, e mbaj bazën e tanishme, dhe `footnote check` tregon se çfarë nuk është në rregull.
reload_crashed = Ringarkimi dështoi; shiko regjistrin. Vazhdoj të përdor bazën e mëparshme.
reloaded_title = Baza e njohurive u ringarkua
reloaded = { $entries ->
        [one] { $entries } zë
       *[other] { $entries } zëra
    } nga { $sources ->
        [one] { $sources } burim
       *[other] { $sources } burime
    } (më parë: { $entries_before } nga { $sources_before }). Zgjati { $milliseconds } ms.
no_warnings = Asnjë paralajmërim.
warnings = { $count ->
        [one] { $count } paralajmërim
       *[other] { $count } paralajmërime
    }: `/check` tregon se çfarë duhet ndrequr.
not_reloaded_title = Nuk u ringarkua: { $problems }
base_stays = Asgjë nuk ka ndryshuar: vazhdoj të përdor bazën e mëparshme.


## What can be done with an answer, and entries that are not in the base yet

delete = Fshi
only_yours_to_delete = Këtë mund ta fshijë vetëm personi të cilit iu përgjigja, ose dikush që mund t'i menaxhojë mesazhet këtu.
related = Pyetje të ngjashme
near = Pikërisht kjo
not_near = Jo çfarë doja të thosha
ask_people = Pyet një njeri
asking_people = Po përcillet…
people_were_asked = U pyet një njeri
ask_people_again = Dështoi. Pyet përsëri
only_asker_passes_on = Vetëm personi që e bëri këtë pyetje mund ta përcjellë.
nobody_to_ask = Këtu nuk ka askënd të cilit mund t'ia përcjell pyetjen.
question_for_people = Një pyetje së cilës nuk mund t'i përgjigjem
member_asks = { $member } pyet:
where_it_was_asked = Shko aty ku u pyet
preview_title = Pamja e një zëri
entry_in_toml = Zëri në TOML
nothing_is_saved = Si në një skedar teme. Asgjë nuk ruhet.
preview_goes_on = Kontrolli zgjat më shumë se sa pret Discord. Shkruaje zërin në një kopje të bazës dhe kontrolloje me `footnote check`.
preview_is_sound = Pamja: nuk u gjet asnjë problem
preview_has_problems = Pamja: { $problems }
no_entry_in_draft = Në këtë tekst nuk munda të lexoj asnjë zë.


## Drafte ndryshimesh

curation_is_off = Baza nuk mund të ndryshohet nga këtu. Ai që e mirëmban botin mund ta lejojë me `curation.enabled = true` në config.toml.
teach_title = Më mëso një mënyrë tjetër për ta pyetur
teach_choose = Cili zë i përgjigjet kësaj? Nëse asnjë, shkruaj një të ri. Derisa të konfirmosh, askush tjetër nuk e sheh këtë draft.
teach_found_nothing = Nuk gjeta asnjë zë për këto fjalë. Kërko me të tjera ose shkruaj një zë të ri.
teach_pick = Zëri që i përgjigjet…
teach_search = Kërko një zë
teach_reword = Ndrysho fjalët
teach_other_entry = Një zë tjetër
teach_gap = Shtoja një zëri…
search_words = Fjalë nga pyetja e tij
wording = Një mënyrë tjetër për ta pyetur
discard = Hidhe
confirm = Konfirmo
approve = Mirato
refuse = Refuzo
withdraw = Tërhiqe
why_refused = Pse? Autori do ta lexojë.
draft_phrasing = Formulim i ri: “{ $phrasing }”
draft_has_changed = Baza ka ndryshuar që kur e pe këtë draft. Tani do të bënte këtë:
draft_needs_another = Dikush tjetër duhet ta miratojë draftin tënd.
draft_title = “{ $text }” për “{ $entry }”
draft_is_yours = i yti
draft_was_refused = U refuzua: { $reason }
draft_submitted = U dërgua. Dikush tjetër duhet ta miratojë me `/drafts`.
draft_made = U krye: është në bazë dhe unë përgjigjem prej saj.
draft_not_committed = Nuk u bë dot commit në git; regjistri e tregon pse.
draft_withdrawn = Drafti nuk është më.
draft_refused = U refuzua. Autori e sheh arsyen te `/drafts`.
draft_is_gone = Ky draft nuk është më këtu, ose dikush ka vendosur për të.
draft_failed = Kjo nuk funksionoi: { $reason }
draft_needs_a_sound_base = Asgjë nuk u ndryshua: baza ka gabime. Ai që e mirëmban duhet t’i ndreqë më parë.
draft_goes_on = Kjo zgjat më shumë se sa pret Discord. Provo përsëri pas pak sekondash, ose shiko te `/drafts`.
draft_crashed = Kjo u prish; shiko regjistrin. Asgjë nuk mbeti përgjysmë: provo përsëri.
only_for_reviewers = Këtë mund ta bëjnë vetëm shqyrtuesit.
drafts_title = Drafte
no_drafts = Asnjë draft nuk pret miratim.
choose_draft = Shiko një draft…
effect_none = Asnjë pyetje e anëtarëve dhe asnjë formulim ekzistues nuk preket.
effect_answered = { $count ->
        [one] { $count } pyetje e anëtarëve do të merrte përgjigje
       *[other] { $count } pyetje të anëtarëve do të merrnin përgjigje
    }
effect_redirected = { $count ->
        [one] { $count } pyetje e anëtarëve do të gjente një zë tjetër
       *[other] { $count } pyetje të anëtarëve do të gjenin një zë tjetër
    }
effect_unanswered = { $count ->
        [one] { $count } pyetje e anëtarëve nuk do të merrte më përgjigje
       *[other] { $count } pyetje të anëtarëve nuk do të merrnin më përgjigje
    }
effect_taken = { $count ->
        [one] { $count } formulim ekzistues do të gjente tani këtë zë
       *[other] { $count } formulime ekzistuese do të gjenin tani këtë zë
    }
effect_lost = { $count ->
        [one] { $count } formulim ekzistues nuk do të merrte më përgjigje
       *[other] { $count } formulime ekzistuese nuk do të merrnin më përgjigje
    }
new_entry = Zë i ri
new_entry_topic = Cilës temë i përket zëri i ri?
new_entry_preview = Zë i ri te “{ $topic }”, siç do ta shihnin anëtarët
new_topic_preview = Zë i ri te tema e re “{ $topic }”, siç do ta shihnin anëtarët
new_topic = Temë e re
other_topic = Temë tjetër
topic_name = Emri i temës
topic_name_how = Për shembull tea, ose rooms/tea për temën tea në grupin rooms
topic_title = Titulli
topic_title_how = Si e quajnë anëtarët. Po mbeti bosh, bëhet nga emri.
new_topic_begun = Zëri do të fillojë temën e re “{ $topic }”. Asgjë nuk shkruhet para se ta konfirmosh. Tani shkruaje zërin.
topic_is_known = Tema “{ $topic }” ekziston tashmë, dhe zëri do të jetë në të. Tani shkruaje zërin.
entry_question = Pyetja
entry_answer = Përgjigjja, në Markdown-in e Discord
entry_source = Burimi
entry_source_how = Titulli ose identifikuesi i një burimi të bazës
entry_place = Paragrafi dhe dëshmitë
entry_place_how = Numri i tij, dy pika, shprehje të shkurtra prej tij: 3: 3 crowns; a head
entry_claimant = Pretenduar nga
entry_claimant_how = Vetëm nëse e thotë vetëm njëra palë. Përgjigjja duhet ta përmendë.
edit = Ndrysho
place_is_odd = E ruajta atë që shkrove, por nuk e lexoj dot vendin në burim. Shkruaj numrin e paragrafit, dy pika dhe shprehje të shkurtra prej tij: `3: 3 crowns; a head`.
draft_new_entry = Zë i ri: “{ $question }”
draft_is_open = e sheh vetëm ti: pa u dorëzuar
now_answered = E pyete këtë kur nuk kisha përgjigje. Tani e kam.

## What those who manage a server can change there

settings_title = Cilësimet e këtij serveri
settings_how = Ndryshoji me opsionet e `/settings`. Me `reset`, njëri bëhet përsëri siç e ka vendosur operatori im.
setting_changed = `{ $name }`: { $value } (ndryshuar këtu)
setting_as_configured = `{ $name }`: { $value }
setting_is_on = ndezur
setting_is_off = fikur
settings_need_a_server = Cilësimet janë të një serveri. Përdore këtë komandë në një server.
settings_need_the_journal = Nuk mund të ruaj cilësime, sepse ditari im është i fikur. Operatori mund ta ndezë me `journal.enabled = true` në config.toml.
only_for_managers = Vetëm anëtarët që mund ta menaxhojnë këtë server mund t’i ndryshojnë cilësimet e tij.
setting_is_not_yours = Operatori im nuk lejon që kjo të ndryshohet këtu.
threshold_is_out_of_range = `{ $name }` këtu mund të jetë nga { $lowest } në 1. Nuk kam ndryshuar asgjë.
thresholds_do_not_rise = `{ $name }` do të ishte { $value }, sepse `suggest_at`, `closest_at`, `answer_at` dhe `watch_at` duhet të rriten në këtë radhë. Nuk kam ndryshuar asgjë.
channel_is_elsewhere = Ky kanal nuk është në këtë server. Nuk kam ndryshuar asgjë.
channel_has_no_messages = Askush nuk shkruan mesazhe në { $channel }. Zgjidh një kanal teksti ose një forum. Nuk kam ndryshuar asgjë.
channel_is_hidden = Nuk e shoh { $channel }. Më jep atje lejet *View Channel*, *Send Messages* dhe *Read Message History*. Nuk kam ndryshuar asgjë.
channel_is_unknown = Discord nuk më thotë çfarë është { $channel }. Provo përsëri pas pak. Nuk kam ndryshuar asgjë.
too_many_channels = Mund të ndjek më së shumti { $most } kanale për ju. Nuk kam ndryshuar asgjë.
