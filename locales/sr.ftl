# What the bot says in Serbian, with "ti". Write Cyrillic letters: the Latin ones follow from them.
# See docs/TRANSLATING.md.


## What commands do, and what their options are for. At most 100 characters each.

command_ask = Постави питање и добиј одговор са изворима
    .question = Шта желиш да знаш?
    .private = Прикажи одговор само теби
    .for = Упути одговор члану, који ће о томе бити обавештен
# Its name in the menu of messages: at most 32 characters.
command_find_an_answer = Пронађи одговор
command_topics = Погледај о чему све знам, тему по тему
command_sources = Погледај на којим се документима заснивају моји одговори
command_help = Погледај шта све можеш са мном
command_about = Погледај шта сам, шта знам и шта чувам
command_gaps = Погледај на шта нисам могао да одговорим на овом серверу
command_settings = Погледај и промени шта радим на овом серверу
    .for = Могу ли се одговори упутити другим члановима
    .language = Шта читају чланови чији језик немам
    .helper_role = Улога људи који помажу члановима
    .reviewers_role = Улога чланова који одобравају нацрте
    .cooldown = Морају ли да чекају чланови који ме пречесто користе
    .watch_channel = Канал или форум у којем одговарам и на обичне поруке, ако сам сигуран
    .unwatch_channel = Канал или форум у којем више не одговарам на обичне поруке
    .answer_at = Колико морам бити сигуран да одговорим, од 0 до 1
    .closest_at = Колико морам бити сигуран да покажем најближи унос, од 0 до 1
    .suggest_at = Колико морам бити сигуран да понудим уносе, од 0 до 1
    .watch_at = Колико морам бити сигуран да одговорим на обичне поруке, од 0 до 1
    .reset = Врати подешавање на оно што је одредио мој оператер
command_teach_footnote = Научи Footnote
command_drafts = Погледај нацрте који чекају одобрење
command_suggestions = Погледај шта избори чланова предлажу за моју базу знања
command_stats = Погледај како су ме користили на овом серверу
command_reload = Поново учитај моју базу знања (за власнике апликације)
command_check = Погледај шта није у реду са мојом базом знања (за власнике апликације)
command_preview = Види како би унос изгледао пре него што је у мојој бази знања (за власнике)


## What can happen with any command, button or menu

too_soon = Успори: покушај поново за { $seconds ->
        [one] { $seconds } секунду
        [few] { $seconds } секунде
       *[other] { $seconds } секунди
    }.
entry_is_gone = Овог уноса више нема у мојој бази знања. Питај поново.
unsupported = Ова команда више не постоји. Discord можда још приказује стари списак: покушај поново за минут.
base_is_loading = Још читам шта знам о овом серверу. Покушај поново за тренутак.
base_is_broken = У ономе што знам о овом серверу постоји грешка, па овде не могу да одговарам. Ко ме одржава, у мом запису види која.


## Lists with several pages

page = Страница { $number } од { $count }
previous_page = Претходна страница
next_page = Следећа страница


## Answers

unknown = Не знам. Ништа у мојим изворима не одговара на ово питање.
ask_in_other_language = Моји извори су на { $language ->
        [en] енглеском
        [de] немачком
        [fr] француском
        [hr] хрватском
        [sq] албанском
       *[sr] српском
    } језику, па у њима не могу да потражим ово питање. Постави ми га, молим те, на том језику.
closest = Нисам сигуран шта ово питање тражи. Најближе што знам:
suggest = Да ли мислиш на неко од ових питања?
suggest_others = Да ли ти нешто од овога више помаже?
choose_question = Изабери питање
all_topics = Све теме
show_sources = Прикажи изворе
sources_quoted = На чему се одговор заснива, речима извора:
and_more = … и још { $count }


## How an answer stands, and where it comes from

claim_by = Тврди { $name } — { $kinds }
disputed = Спорно — извори се разликују
disputed_within_source = Спорно — извор противречи сам себи
kind_overview = преглед
kind_news = вест
kind_analysis = анализа
kind_opinion = коментар
kind_rules = правила
kind_documentation = документација
kind_announcement = обавештење
kind_wiki = вики
kind_staff = тим
paragraphs = { $count ->
        [1] пасус { $numbers }
       *[other] пасуси { $numbers }
    }
as_of = Стање: { $date }
year = { $year }.
month = { $month ->
        [1] јануар
        [2] фебруар
        [3] март
        [4] април
        [5] мај
        [6] јун
        [7] јул
        [8] август
        [9] септембар
        [10] октобар
        [11] новембар
       *[12] децембар
    } { $year }.
day = { $day }. { $month ->
        [1] јануара
        [2] фебруара
        [3] марта
        [4] априла
        [5] маја
        [6] јуна
        [7] јула
        [8] августа
        [9] септембра
        [10] октобра
        [11] новембра
       *[12] децембра
    } { $year }.


## Topics and sources

topics_title = Теме
sources_title = Извори
choose_topic = Изабери тему
choose_source = Изабери извор
cited_by = { $entries ->
        [one] { $entries } унос га наводи
        [few] { $entries } уноса га наводе
       *[other] { $entries } уноса га наводи
    }
back_to_list = Назад на списак
back = Назад


## Unanswered questions, for moderators

gaps_title = Питања без одговора
no_gaps_title = Нема питања без одговора
no_gaps = На свако питање на овом серверу одговорено је или је означено као решено.
gaps_file = { $file } за свако питање има унос који треба попунити
mark_as_done = Означи као решено…
delete_for_good = Обриши заувек…
asked = { $times ->
        [1] питано једном
       *[other] питано { $times } пута
    }
last_asked = последњи пут { $time }
also_asked_as = такође { $questions }
quoted = „{ $text }”


## /help

help_title = Шта можеш да урадиш
help_ask = Постави ми питање помоћу `/ask`. Одговарам из својих извора и приказујем их; шта они не кажу, не знам.
for_example = На пример:
help_others = `/topics` приказује све на шта могу да одговорим, а `/sources` документа на којима се заснивају моји одговори. **{ $find_answer }**, у менију *Apps* уз поруку, одговара на оно што је неко написао. `/about` говори шта сам и шта чувам.


## /about

about_title = О боту Footnote
about_itself = Одговарам на питања из уређене базе знања и уз сваки одговор приказујем изворе. Шта они не кажу, не знам.
about_base = Верзија { $version } · { $entries ->
        [one] { $entries } питање
        [few] { $entries } питања
       *[other] { $entries } питања
    }, { $topics ->
        [one] { $topics } тема
        [few] { $topics } теме
       *[other] { $topics } тема
    }, { $sources ->
        [one] { $sources } извор
        [few] { $sources } извора
       *[other] { $sources } извора
    } · учитано { $loaded }
stores = Чувам питања без одговора, које су уносе чланови изабрали за питање и оцене. Уместо ID-ова чланова чувам хеш вредности са кључем.
stores_nothing = Не чувам ни питања ни оцене.
reads = Читам само поруке које су упућене мени.
reads_watched_channels = Читам само поруке које су упућене мени и све поруке у каналима које пратим. Од оних које нису упућене мени не чувам ниједну.
source_code = Изворни код: { $address }
no_source_code = Слободан сам софтвер под лиценцом MIT; изворни код затражи од онога ко води бота.
privacy_policy = Политика приватности
terms_of_service = Услови коришћења
support = Подршка
delete_my_votes = Обриши моје оцене
no_votes = Овде немаш оцена. Нема шта да се обрише.
votes_deleted = Обрисао сам твоје оцене: { $votes ->
        [one] { $votes } одговор
        [few] { $votes } одговора
       *[other] { $votes } одговора
    }.
votes_not_deleted = Нисам могао да обришем твоје оцене. Покушај поново за минут.


## Questions and votes

message_has_no_text = Ова порука нема текст који могу да потражим.
no_question = Овде не видим питање. Напиши га или употреби `/ask`. `/topics` приказује на шта могу да одговорим.
hidden_original = Discord ми не показује поруку на коју одговараш. Отвори њен мени, изабери *Apps*, па *{ $find_answer }*.
hidden_text = Discord ми показује само поруке које помињу мене, а не моју улогу. Помени мене или употреби `/ask`.
hello = Здраво! Постави ми питање. `/topics` показује на шта могу да одговорим.
you_are_welcome = Нема на чему!
thanks = Хвала! Забележио сам да је овај одговор помогао.
votes_are_not_stored = Оцене се овде не чувају.
vote_failed = Нисам могао да сачувам твоју оцену. Покушај поново за минут.


## Posts in forums

no_answer_here = На ово немам одговор. Ако га нема ни нико други, притисни *Још ми треба помоћ* и обавестићу људе који овде помажу.
solved = Решено
still_need_help = Још ми треба помоћ
not_your_post = То може само аутор ове објаве или члан који сме да управља нитима.
no_helpers = Овде нема никога кога бих могао да обавестим.
not_called = Нисам могао да обавестим људе који овде помажу. Помени их ти.
not_marked = Нисам могао да означим ову објаву као решену: овде ми треба дозвола *Manage Threads*.
solved_by = ✅ { $member } је ово означио као решено.
call_helpers = { $role } { $author } овде још треба помоћ.


## /gaps

gaps_need_a_server = Питања без одговора приказујем за један по један сервер. Употреби ову команду на серверу.
gaps_need_the_journal = Не чувам питања јер је мој дневник искључен. Онај ко води бота може да га укључи помоћу `journal.enabled = true` у config.toml.
journal_is_unreadable = Тренутно не могу да читам свој дневник. Покушај поново за минут.


## /suggestions and /stats, for moderators

needs_a_server = Ово приказујем за један по један сервер. Употреби ову команду на серверу.
suggestions_title = Питања и уноси које су чланови изабрали
no_suggestions_title = Нема предлога
no_suggestions = На овом серверу чланови нису бирали уносе за питања или су сви решени.
suggestions_file = { $file } их има као формулације за твоје датотеке тема
accept_suggestion = Прихвати као формулацију…
suggestion_for_another = Додај другом уносу…
reject = Одбиј…
chosen = { $times ->
        [1] изабрано једном
       *[other] изабрано { $times } пута
    }
narrowly_answered = { $times ->
        [1] једва одговорено једном
       *[other] једва одговорено { $times } пута
    }
did_not_help = { $times ->
        [1] није помогло једном
       *[other] није помогло { $times } пута
    }
stats_title = Како су ме користили
nothing_counted = На овом серверу нико ме ништа није питао у последњих { $weeks } недеља.
stats_legend = 🟩 одговорено · 🟦 најближи унос · 🟨 понуђен избор · 🟥 без одговора
stats_week = Недеља од { $week }: питања { $asked }, 🟩 { $answered } 🟦 { $closest } 🟨 { $suggested } 🟥 { $unknown }
stats_again = Поново питано у року од десет минута: { $again }. Питања означена као решена: { $closed }.
stats_entries = Најчешће приказано
stats_shown = { $times ->
        [1] приказано једном
       *[other] приказано { $times } пута
    }
stats_helpful = помогло { $helpful } од { $votes } ({ $low }–{ $high } %)
stats_stale = Уноси и извори које треба проверити, { $count }: { $names }
digest_title = Недељни преглед
digest_since = Од { $time }
digest_gaps = Нова питања без одговора: { $count } (`/gaps`)
digest_votes = Уноси који нису помогли: { $count } (`/stats`)
digest_drafts = Нацрти који чекају одобрење: { $count } (`/drafts`)


## /check and /reload, for owners

only_for_owners = То могу само власници ове апликације.
owners_are_unknown = Још не знам ко је власник ове апликације. Покушај поново за минут.
other_work_is_running = Учитавање или провера већ траје. Покушај поново кад се заврши.
check_goes_on = Провера траје дуже него што Discord чека. Уместо тога покрени `footnote check` на рачунару на ком је бот.
check_crashed = Провера се срушила; погледај дневник рада.
no_problems_title = Нема проблема
problems = { $errors ->
        [one] { $errors } грешка
        [few] { $errors } грешке
       *[other] { $errors } грешака
    }, { $warnings ->
        [one] { $warnings } упозорење
        [few] { $warnings } упозорења
       *[other] { $warnings } упозорења
    }
base_and_problems = { $entries ->
        [one] { $entries } унос
        [few] { $entries } уноса
       *[other] { $entries } уноса
    }, { $phrasings ->
        [one] { $phrasings } формулација
        [few] { $phrasings } формулације
       *[other] { $phrasings } формулација
    }, { $sources ->
        [one] { $sources } извор
        [few] { $sources } извора
       *[other] { $sources } извора
    }: { $problems }
reload_goes_on = Још учитавам. `/about` приказује кад је нова база у употреби. Ако има грешку, задржавам садашњу базу, а `footnote check` приказује шта није у реду.
reload_crashed = Учитавање се срушило; погледај дневник рада. И даље користим претходну базу.
reloaded_title = База знања је поново учитана
reloaded = { $entries ->
        [one] { $entries } унос
        [few] { $entries } уноса
       *[other] { $entries } уноса
    }, { $sources ->
        [one] { $sources } извор
        [few] { $sources } извора
       *[other] { $sources } извора
    } (пре: { $entries_before }, { $sources_before }). Трајало је { $milliseconds } ms.
no_warnings = Нема упозорења.
warnings = { $count ->
        [one] { $count } упозорење
        [few] { $count } упозорења
       *[other] { $count } упозорења
    }: `/check` приказује шта треба поправити.
not_reloaded_title = Није учитано: { $problems }
base_stays = Ништа се није променило: и даље користим претходну базу.


## What can be done with an answer, and entries that are not in the base yet

delete = Обриши
only_yours_to_delete = Ово може да обрише само особа којој сам одговорио или неко ко овде сме да управља порукама.
related = Повезана питања
near = То је то
not_near = Нисам то мислио
ask_people = Питај човека
asking_people = Прослеђујем…
people_were_asked = Питали смо човека
ask_people_again = Није успело. Питај поново
only_asker_passes_on = Само особа која је поставила ово питање може да га проследи.
nobody_to_ask = Овде нема никога коме бих могао да проследим питање.
question_for_people = Питање на које не могу да одговорим
member_asks = { $member } пита:
where_it_was_asked = Иди тамо где је постављено
preview_title = Преглед уноса
entry_in_toml = Унос у TOML-у
nothing_is_saved = Као у датотеци теме. Ништа се не чува.
preview_goes_on = Провера траје дуже него што Discord чека. Упиши унос у копију базе и покрени `footnote check` на њој.
preview_is_sound = Преглед: нема проблема
preview_has_problems = Преглед: { $problems }
no_entry_in_draft = У овом тексту нисам могао да прочитам ниједан унос.


## Нацрти промена

curation_is_off = База се одавде не може мењати. Онај ко води бота може то да укључи помоћу `curation.enabled = true` у config.toml.
teach_title = Научи ме још један начин да се то пита
teach_choose = Који унос одговара на ово? Ако ниједан, напиши нови. Док не потврдиш, нико други не види овај нацрт.
teach_found_nothing = За ове речи нисам нашао ниједан унос. Тражи другим речима или напиши нови унос.
teach_pick = Унос који на то одговара…
teach_search = Потражи унос
teach_reword = Промени израз
teach_other_entry = Други унос
teach_gap = Додај уносу…
search_words = Речи из његовог питања
wording = Други начин да се то пита
discard = Одбаци
confirm = Потврди
approve = Одобри
refuse = Одбиј
withdraw = Повуци
why_refused = Зашто? Аутор ће то прочитати.
draft_phrasing = Нови израз: „{ $phrasing }“
draft_has_changed = База се променила откад је овај нацрт приказан. Сада би урадио ово:
draft_needs_another = Неко други мора да одобри твој нацрт.
draft_title = „{ $text }“ за „{ $entry }“
draft_is_yours = твој
draft_was_refused = Одбијено: { $reason }
draft_submitted = Послато. Неко други мора да одобри нацрт помоћу `/drafts`.
draft_made = Готово: то је у бази и одговарам из ње.
draft_not_committed = Commit у git није успео; дневник програма каже зашто.
draft_withdrawn = Нацрта више нема.
draft_refused = Одбијено. Аутор види разлог у `/drafts`.
draft_is_gone = Овог нацрта више нема или је неко већ одлучио о њему.
draft_failed = То није успело: { $reason }
draft_needs_a_sound_base = Ништа није промењено: база има грешке. Онај ко је одржава мора прво да их исправи.
draft_goes_on = Ово траје дуже него што Discord чека. Покушај поново за неколико секунди или погледај у `/drafts`.
draft_crashed = То се срушило; види дневник програма. Ништа није напола урађено: покушај поново.
only_for_reviewers = То могу само рецензенти.
drafts_title = Нацрти
no_drafts = Ниједан нацрт не чека одобрење.
choose_draft = Погледај нацрт…
effect_none = Ниједно питање чланова и ниједан постојећи израз нису погођени.
effect_answered = { $count ->
        [one] { $count } питање чланова добило би одговор
        [few] { $count } питања чланова добила би одговор
       *[other] { $count } питања чланова добило би одговор
    }
effect_redirected = { $count ->
        [one] { $count } питање чланова нашло би други унос
        [few] { $count } питања чланова нашла би други унос
       *[other] { $count } питања чланова нашло би други унос
    }
effect_unanswered = { $count ->
        [one] { $count } питање чланова више не би добило одговор
        [few] { $count } питања чланова више не би добила одговор
       *[other] { $count } питања чланова више не би добило одговор
    }
effect_taken = { $count ->
        [one] { $count } постојећи израз сада би нашао овај унос
        [few] { $count } постојећа израза сада би нашла овај унос
       *[other] { $count } постојећих израза сада би нашло овај унос
    }
effect_lost = { $count ->
        [one] { $count } постојећи израз више не би добио одговор
        [few] { $count } постојећа израза више не би добила одговор
       *[other] { $count } постојећих израза више не би добило одговор
    }
new_entry = Нови унос
new_entry_topic = Којој теми припада нови унос?
new_entry_preview = Нови унос у „{ $topic }“, како би га видели чланови
new_topic_preview = Нови унос у новој теми „{ $topic }“, како би га видели чланови
new_topic = Нова тема
other_topic = Друга тема
topic_name = Назив теме
topic_name_how = На пример tea, или rooms/tea за тему tea у групи rooms
topic_title = Наслов
topic_title_how = Како је чланови зову. Ако остане празан, настаје из назива.
new_topic_begun = Унос ће започети нову тему „{ $topic }“. Ништа се не записује пре него што потврдиш. Сада напиши унос.
topic_is_known = Тема „{ $topic }“ већ постоји и унос ће бити у њој. Сада напиши унос.
entry_question = Питање
entry_answer = Одговор, у Discord-овом Markdown-у
entry_source = Извор
entry_source_how = Наслов или ознака извора који база има
entry_place = Пасус и докази
entry_place_how = Његов број, двотачка, кратки изрази из њега: 3: 3 crowns; a head
entry_claimant = Тврди
entry_claimant_how = Само ако то каже једна страна. Одговор мора да је именује.
edit = Уреди
place_is_odd = Задржао сам шта си написао, али не могу да прочитам место у извору. Напиши број пасуса, двотачку и кратке изразе из њега: `3: 3 crowns; a head`.
draft_new_entry = Нови унос: „{ $question }“
draft_is_open = видиш га само ти: није предат
now_answered = Питао си ово кад нисам имао одговор. Сада га имам.

## What those who manage a server can change there

settings_title = Подешавања овог сервера
settings_how = Промени их опцијама команде `/settings`. Уз `reset` за једно опет важи оно што је одредио мој оператер.
setting_changed = `{ $name }`: { $value } (промењено овде)
setting_as_configured = `{ $name }`: { $value }
setting_is_on = укључено
setting_is_off = искључено
settings_need_a_server = Подешавања важе за сервер. Употреби ову команду на серверу.
settings_need_the_journal = Не могу да чувам подешавања јер је мој дневник искључен. Оператер може да га укључи са `journal.enabled = true` у config.toml.
only_for_managers = Подешавања могу да мењају само чланови који смеју да управљају овим сервером.
setting_is_not_yours = Мој оператер не допушта да се то овде мења.
threshold_is_out_of_range = `{ $name }` овде може бити од { $lowest } до 1. Ништа нисам променио.
thresholds_do_not_rise = `{ $name }` би био { $value } јер `suggest_at`, `closest_at`, `answer_at` и `watch_at` морају да расту тим редом. Ништа нисам променио.
channel_is_elsewhere = Овај канал није на овом серверу. Ништа нисам променио.
channel_has_no_messages = У { $channel } нико не пише поруке. Изабери текстуални канал или форум. Ништа нисам променио.
channel_is_hidden = Не видим { $channel }. Дај ми тамо дозволе *View Channel*, *Send Messages* и *Read Message History*. Ништа нисам променио.
channel_is_unknown = Discord ми не каже шта је { $channel }. Покушај поново за тренутак. Ништа нисам променио.
too_many_channels = Могу да пратим највише { $most } канала за вас. Ништа нисам променио.
