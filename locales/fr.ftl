# What the bot says in French, with "tu". See docs/TRANSLATING.md.


## What commands do, and what their options are for. At most 100 characters each.

command_ask = Pose une question et reçois une réponse avec ses sources
    .question = Que veux-tu savoir ?
    .private = Ne montrer la réponse qu’à toi
    .for = Adresser la réponse à un membre, qui en est averti
# Its name in the menu of messages: at most 32 characters.
command_find_an_answer = Chercher une réponse
command_topics = Vois ce que je connais, thème par thème
command_sources = Vois sur quels documents reposent mes réponses
command_help = Vois ce que tu peux faire avec moi
command_about = Vois ce que je suis, ce que je sais et ce que je conserve
command_gaps = Vois à quoi je n’ai pas pu répondre sur ce serveur
command_settings = Voir et changer ce que je fais sur ce serveur
    .for = Si une réponse peut être adressée à un autre membre
    .language = Ce que lisent les membres dont je n’ai pas la langue
    .helper_role = Le rôle des personnes qui aident les membres
    .reviewers_role = Le rôle des membres qui approuvent les brouillons
    .cooldown = Si les membres qui m’utilisent trop souvent doivent attendre
    .watch_channel = Un salon ou forum où je réponds aussi aux simples messages, si je suis sûr
    .unwatch_channel = Un salon ou forum où je ne réponds plus aux simples messages
    .answer_at = À quel point je dois être sûr pour répondre, de 0 à 1
    .closest_at = À quel point je dois être sûr pour montrer l’entrée la plus proche, de 0 à 1
    .suggest_at = À quel point je dois être sûr pour proposer des entrées, de 0 à 1
    .watch_at = À quel point je dois être sûr pour répondre aux simples messages, de 0 à 1
    .reset = Remettre un réglage comme mon exploitant l’a choisi
command_teach_footnote = Apprendre à Footnote
command_drafts = Vois les brouillons qui attendent une approbation
command_suggestions = Vois ce que les choix des membres suggèrent pour ma base
command_stats = Vois comment j’ai été utilisé sur ce serveur
command_reload = Recharge ma base de connaissances (pour les propriétaires de l’application)
command_check = Vois ce qui ne va pas dans ma base de connaissances (pour les propriétaires de l’application)
command_preview = Voir à quoi ressemblerait une entrée avant de l'ajouter (pour les propriétaires)


## What can happen with any command, button or menu

too_soon = Pas si vite ! Réessaie dans { $seconds ->
        [one] { $seconds } seconde
       *[other] { $seconds } secondes
    }.
entry_is_gone = Cette entrée n’est plus dans ma base de connaissances. Pose ta question à nouveau.
unsupported = Cette commande n’existe plus. Discord affiche peut-être encore une ancienne liste : réessaie dans une minute.
base_is_loading = Je suis encore en train de lire ce que je sais sur ce serveur. Réessaie dans un instant.
base_is_broken = Ce que je sais sur ce serveur contient une erreur, je ne peux donc pas répondre ici. La personne qui m’héberge voit dans mon journal laquelle.


## Lists with several pages

page = Page { $number } sur { $count }
previous_page = Page précédente
next_page = Page suivante


## Answers

unknown = Je ne sais pas. Rien dans mes sources ne répond à cette question.
ask_in_other_language = Mes sources sont en { $language ->
        [en] anglais
        [de] allemand
        [fr] français
        [hr] croate
        [sq] albanais
       *[sr] serbe
    }, je ne peux donc pas y chercher cette question. Pose-la-moi dans cette langue, s’il te plaît.
closest = Je ne suis pas sûr de bien comprendre cette question. Ce que je connais de plus proche :
suggest = Voulais-tu dire l’une de ces questions ?
suggest_others = Est-ce que l’une de celles-ci t’aide davantage ?
choose_question = Choisis une question
all_topics = Tous les thèmes
show_sources = Montrer les sources
sources_quoted = Ce sur quoi repose la réponse, dans les mots des sources :
and_more = … et { $count ->
        [one] { $count } autre
       *[other] { $count } autres
    }


## How an answer stands, and where it comes from

claim_by = Affirmation de { $name } — { $kinds }
disputed = Contesté — les sources se contredisent
disputed_within_source = Contesté — la source se contredit elle-même
kind_overview = synthèse
kind_news = article d’actualité
kind_analysis = analyse
kind_opinion = tribune
kind_rules = règlement
kind_documentation = documentation
kind_announcement = annonce
kind_wiki = wiki
kind_staff = équipe
paragraphs = { $count ->
        [1] paragraphe { $numbers }
       *[other] paragraphes { $numbers }
    }
as_of = À la date suivante : { $date }
year = { $year }
month = { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    } { $year }
day = { $day ->
        [1] 1er
       *[other] { $day }
    } { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    } { $year }


## Topics and sources

topics_title = Thèmes
sources_title = Sources
choose_topic = Choisis un thème
choose_source = Choisis une source
cited_by = { $entries ->
        [one] { $entries } entrée la cite
       *[other] { $entries } entrées la citent
    }
back_to_list = Retour à la liste
back = Retour


## Unanswered questions, for moderators

gaps_title = Questions sans réponse
no_gaps_title = Aucune question sans réponse
no_gaps = Chaque question posée sur ce serveur a reçu une réponse ou est marquée comme traitée.
gaps_file = { $file } contient une entrée à compléter pour chaque question
mark_as_done = Marquer comme traitée…
delete_for_good = Supprimer définitivement…
asked = { $times ->
        [1] posée une fois
       *[other] posée { $times } fois
    }
last_asked = dernière fois { $time }
also_asked_as = aussi { $questions }
quoted = « { $text } »


## /help

help_title = Ce que tu peux faire
help_ask = Pose-moi une question avec `/ask`. Je réponds à partir de mes sources et je les montre ; ce qu’elles ne disent pas, je ne le sais pas.
for_example = Par exemple :
help_others = `/topics` montre tout ce à quoi je peux répondre, et `/sources` les documents sur lesquels reposent mes réponses. **{ $find_answer }**, dans le menu *Applications* d’un message, répond à ce que quelqu’un a écrit. `/about` dit ce que je suis et ce que je conserve.


## /about

about_title = À propos de Footnote
about_itself = Je réponds aux questions à partir d’une base de connaissances rédigée avec soin et je montre les sources de chaque réponse. Ce qu’elles ne disent pas, je ne le sais pas.
about_base = Version { $version } · { $entries ->
        [one] { $entries } question
       *[other] { $entries } questions
    } dans { $topics ->
        [one] { $topics } thème
       *[other] { $topics } thèmes
    }, tirées de { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } · chargée { $loaded }
stores = Je conserve les questions sans réponse, les entrées que des membres ont choisies pour une question, et les votes. Au lieu des identifiants des membres, je conserve des empreintes calculées avec une clé.
stores_nothing = Je ne conserve ni questions ni votes.
reads = Je ne lis que les messages qui me sont adressés.
reads_watched_channels = Je ne lis que les messages qui me sont adressés, et tous les messages des salons que je suis. De ceux qui ne me sont pas adressés, je ne conserve rien.
source_code = Code source : { $address }
no_source_code = Je suis un logiciel libre sous licence MIT ; demande le code source à l’exploitant du bot.
privacy_policy = Confidentialité
terms_of_service = Conditions d’utilisation
support = Assistance
delete_my_votes = Supprimer mes votes
no_votes = Tu n’as aucun vote ici. Il n’y a rien à supprimer.
votes_deleted = J’ai supprimé tes votes : { $votes ->
        [one] { $votes } réponse
       *[other] { $votes } réponses
    }.
votes_not_deleted = Je n’ai pas pu supprimer tes votes. Réessaie dans une minute.


## Questions and votes

message_has_no_text = Ce message n’a pas de texte que je puisse chercher.
no_question = Je ne vois pas de question ici. Écris-en une ou utilise `/ask`. `/topics` montre ce à quoi je peux répondre.
hidden_original = Discord ne me montre pas le message auquel tu réponds. Ouvre son menu, choisis *Applications*, puis *{ $find_answer }*.
hidden_text = Discord ne me montre que les messages qui me mentionnent, pas ceux qui mentionnent mon rôle. Mentionne-moi ou utilise `/ask`.
hello = Bonjour ! Pose-moi une question. `/topics` montre à quoi je peux répondre.
you_are_welcome = Avec plaisir !
thanks = Merci ! J’ai noté que cette réponse t’a aidé.
votes_are_not_stored = Les votes ne sont pas conservés ici.
vote_failed = Je n’ai pas pu enregistrer ton vote. Réessaie dans une minute.


## Posts in forums

no_answer_here = Je n’ai pas de réponse à cela. Si personne d’autre n’en a, appuie sur *J’ai encore besoin d’aide* et je préviens les personnes qui aident ici.
solved = Résolu
still_need_help = J’ai encore besoin d’aide
not_your_post = Seul l’auteur de ce post peut le faire, ou un membre qui peut gérer les fils.
no_helpers = Il n’y a personne que je pourrais prévenir ici.
not_called = Je n’ai pas pu prévenir les personnes qui aident ici. Mentionne-les toi-même.
not_marked = Je n’ai pas pu marquer ce post comme résolu : il me faut ici la permission *Gérer les fils*.
solved_by = ✅ Marqué comme résolu par { $member }.
call_helpers = { $role } { $author } a encore besoin d’aide ici.


## /gaps

gaps_need_a_server = Je montre les questions sans réponse d’un serveur à la fois. Utilise cette commande sur un serveur.
gaps_need_the_journal = Je ne conserve aucune question, car mon journal est désactivé. L’exploitant du bot peut l’activer avec `journal.enabled = true` dans config.toml.
journal_is_unreadable = Je ne peux pas lire mon journal pour l’instant. Réessaie dans une minute.


## /suggestions and /stats, for moderators

needs_a_server = Je montre cela pour un serveur à la fois. Utilise cette commande sur un serveur.
suggestions_title = Questions et entrées choisies par les membres
no_suggestions_title = Aucune suggestion
no_suggestions = Aucun membre n’a choisi d’entrée pour une question sur ce serveur, ou toutes sont traitées.
suggestions_file = { $file } les contient comme formulations pour tes fichiers de thèmes
accept_suggestion = Accepter comme formulation…
suggestion_for_another = Ajouter à une autre entrée…
reject = Rejeter…
chosen = { $times ->
        [1] choisie une fois
       *[other] choisie { $times } fois
    }
narrowly_answered = { $times ->
        [1] réponse de justesse une fois
       *[other] réponse de justesse { $times } fois
    }
did_not_help = { $times ->
        [1] n’a pas aidé une fois
       *[other] n’a pas aidé { $times } fois
    }
stats_title = Comment j’ai été utilisé
nothing_counted = Personne ne m’a rien demandé sur ce serveur ces { $weeks } dernières semaines.
stats_legend = 🟩 réponse · 🟦 entrée la plus proche · 🟨 choix proposé · 🟥 sans réponse
stats_week = Semaine du { $week } : { $asked ->
        [1] 1 question
       *[other] { $asked } questions
    }, 🟩 { $answered } 🟦 { $closest } 🟨 { $suggested } 🟥 { $unknown }
stats_again = Posées de nouveau en dix minutes : { $again }. Questions marquées comme traitées : { $closed }.
stats_entries = Les plus montrées
stats_shown = { $times ->
        [1] montrée une fois
       *[other] montrée { $times } fois
    }
stats_helpful = a aidé { $helpful } sur { $votes } ({ $low }–{ $high } %)
stats_stale = { $count ->
        [1] 1 entrée ou source est à revoir
       *[other] { $count } entrées et sources sont à revoir
    } : { $names }
digest_title = Résumé de la semaine
digest_since = Depuis le { $time }
digest_gaps = Nouvelles questions sans réponse : { $count } (`/gaps`)
digest_votes = Entrées qui n’ont pas aidé : { $count } (`/stats`)
digest_drafts = Brouillons à valider : { $count } (`/drafts`)


## /check and /reload, for owners

only_for_owners = Seuls les propriétaires de cette application peuvent faire cela.
owners_are_unknown = Je ne sais pas encore à qui appartient cette application. Réessaie dans une minute.
other_work_is_running = Un rechargement ou une vérification est déjà en cours. Réessaie quand ce sera terminé.
check_goes_on = La vérification dure plus longtemps que Discord n’attend. Lance plutôt `footnote check` sur la machine du bot.
check_crashed = La vérification a planté ; regarde le journal d’exécution.
no_problems_title = Aucun problème trouvé
problems = { $errors ->
        [one] { $errors } erreur
       *[other] { $errors } erreurs
    }, { $warnings ->
        [one] { $warnings } avertissement
       *[other] { $warnings } avertissements
    }
base_and_problems = { $entries ->
        [one] { $entries } entrée
       *[other] { $entries } entrées
    } avec { $phrasings ->
        [one] { $phrasings } formulation
       *[other] { $phrasings } formulations
    }, tirées de { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } : { $problems }
reload_goes_on = Chargement en cours. `/about` montre quand la nouvelle base est utilisée. Si elle a une erreur, je garde la base actuelle, et `footnote check` montre ce qui ne va pas.
reload_crashed = Le rechargement a planté ; regarde le journal d’exécution. J’utilise toujours la base précédente.
reloaded_title = Base de connaissances rechargée
reloaded = { $entries ->
        [one] { $entries } entrée
       *[other] { $entries } entrées
    }, tirées de { $sources ->
        [one] { $sources } source
       *[other] { $sources } sources
    } (avant : { $entries_before }, tirées de { $sources_before }). Cela a pris { $milliseconds } ms.
no_warnings = Aucun avertissement.
warnings = { $count ->
        [one] { $count } avertissement
       *[other] { $count } avertissements
    } : `/check` montre ce qu’il faut corriger.
not_reloaded_title = Non rechargée : { $problems }
base_stays = Rien n’a changé : j’utilise toujours la base précédente.


## What can be done with an answer, and entries that are not in the base yet

delete = Supprimer
only_yours_to_delete = Seule la personne à qui j'ai répondu, ou quelqu'un qui peut gérer les messages ici, peut supprimer ceci.
related = Questions liées
near = C'est ça
not_near = Pas ce que je voulais dire
ask_people = Demander à une personne
asking_people = Transmission…
people_were_asked = Une personne a été sollicitée
ask_people_again = Échec. Demander à nouveau
only_asker_passes_on = Seule la personne qui a posé cette question peut la transmettre.
nobody_to_ask = Il n'y a personne ici à qui je pourrais transmettre la question.
question_for_people = Une question à laquelle je ne peux pas répondre
member_asks = { $member } demande :
where_it_was_asked = Aller là où elle a été posée
preview_title = Aperçu d'une entrée
entry_in_toml = Entrée en TOML
nothing_is_saved = Comme dans un fichier de thème. Rien n'est enregistré.
preview_goes_on = La vérification dure plus longtemps que Discord n’attend. Écris l’entrée dans une copie de la base et lance `footnote check` dessus.
preview_is_sound = Aperçu : aucun problème trouvé
preview_has_problems = Aperçu : { $problems }
no_entry_in_draft = Je n'ai pu lire aucune entrée dans ce texte.


## Brouillons de modifications

curation_is_off = La base ne peut pas être modifiée d’ici. L’exploitant du bot peut l’autoriser avec `curation.enabled = true` dans config.toml.
teach_title = Apprends-moi une autre formulation
teach_choose = Quelle entrée répond à cela ? Si aucune ne le fait, écris-en une nouvelle. Personne d’autre ne voit ce brouillon avant que tu confirmes.
teach_found_nothing = Je n’ai trouvé aucune entrée pour ces mots. Cherche avec d’autres ou écris une nouvelle entrée.
teach_pick = L’entrée qui y répond…
teach_search = Chercher une entrée
teach_reword = Changer la formulation
teach_other_entry = Une autre entrée
teach_gap = Ajouter à une entrée…
search_words = Des mots de sa question
wording = Une autre façon de la poser
discard = Jeter
confirm = Confirmer
approve = Approuver
refuse = Refuser
withdraw = Retirer
why_refused = Pourquoi ? L’auteur lira ceci.
draft_phrasing = Nouvelle formulation : « { $phrasing } »
draft_has_changed = La base a changé depuis que tu as vu ce brouillon. Voici ce qu’il ferait maintenant :
draft_needs_another = Quelqu’un d’autre doit approuver ton brouillon.
draft_title = « { $text } » pour « { $entry } »
draft_is_yours = de toi
draft_was_refused = Refusé : { $reason }
draft_submitted = Soumis. Quelqu’un d’autre doit l’approuver avec `/drafts`.
draft_made = C’est fait : c’est dans la base, et je réponds avec.
draft_not_committed = Le commit dans git a échoué ; le journal du programme dit pourquoi.
draft_withdrawn = Le brouillon est supprimé.
draft_refused = Refusé. L’auteur voit la raison dans `/drafts`.
draft_is_gone = Ce brouillon n’existe plus, ou quelqu’un en a déjà décidé.
draft_failed = Cela n’a pas marché : { $reason }
draft_needs_a_sound_base = Rien n’a été changé : la base contient des erreurs. La personne qui la tient doit d’abord les corriger.
draft_goes_on = Cela prend plus de temps que Discord n’en laisse. Réessaie dans quelques secondes, ou regarde dans `/drafts`.
draft_crashed = Cela a planté ; vois le journal du programme. Rien n’est fait à moitié : réessaie.
only_for_reviewers = Seuls les relecteurs peuvent le faire.
drafts_title = Brouillons
no_drafts = Aucun brouillon n’attend d’approbation.
choose_draft = Voir un brouillon…
effect_none = Aucune question de membres et aucune formulation existante n’est touchée.
effect_answered = { $count ->
        [one] { $count } question de membres recevrait une réponse
       *[other] { $count } questions de membres recevraient une réponse
    }
effect_redirected = { $count ->
        [one] { $count } question de membres trouverait une autre entrée
       *[other] { $count } questions de membres trouveraient une autre entrée
    }
effect_unanswered = { $count ->
        [one] { $count } question de membres n’aurait plus de réponse
       *[other] { $count } questions de membres n’auraient plus de réponse
    }
effect_taken = { $count ->
        [one] { $count } formulation existante trouverait désormais cette entrée
       *[other] { $count } formulations existantes trouveraient désormais cette entrée
    }
effect_lost = { $count ->
        [one] { $count } formulation existante n’aurait plus de réponse
       *[other] { $count } formulations existantes n’auraient plus de réponse
    }
new_entry = Nouvelle entrée
new_entry_topic = À quel thème appartient la nouvelle entrée ?
new_entry_preview = Nouvelle entrée dans « { $topic } », telle que les membres la verraient
new_topic_preview = Nouvelle entrée dans le nouveau thème « { $topic } », telle que les membres la verraient
new_topic = Nouveau thème
other_topic = Autre thème
topic_name = Nom du thème
topic_name_how = Par exemple tea, ou rooms/tea pour le thème tea dans le groupe rooms
topic_title = Titre
topic_title_how = Ce que les membres lisent. Laissé vide, il est formé à partir du nom.
new_topic_begun = L’entrée ouvrira le nouveau thème « { $topic } ». Rien n’est écrit avant que tu le confirmes. Écris maintenant l’entrée.
topic_is_known = Le thème « { $topic } » existe déjà, et l’entrée y sera. Écris maintenant l’entrée.
entry_question = Question
entry_answer = Réponse, en Markdown de Discord
entry_source = Source
entry_source_how = Le titre ou l’identifiant d’une source de la base
entry_place = Paragraphe et preuves
entry_place_how = Son numéro, deux-points, de courts extraits : 3: 3 crowns; a head
entry_claimant = Affirmé par
entry_claimant_how = Seulement si une seule partie le dit. La réponse doit la nommer.
edit = Modifier
place_is_odd = J’ai gardé ce que tu as écrit, mais je ne peux pas lire l’endroit dans la source. Écris le numéro du paragraphe, deux-points et de courts extraits : `3: 3 crowns; a head`.
draft_new_entry = Nouvelle entrée : « { $question } »
draft_is_open = visible de toi seul : pas encore soumis
now_answered = Tu as posé cette question quand je n’avais pas de réponse. Maintenant, j’en ai une.

## What those who manage a server can change there

settings_title = Réglages de ce serveur
settings_how = Change-les avec les options de `/settings`. Avec `reset`, un réglage redevient ce que mon exploitant a choisi.
setting_changed = `{ $name }` : { $value } (changé ici)
setting_as_configured = `{ $name }` : { $value }
setting_is_on = activé
setting_is_off = désactivé
settings_need_a_server = Les réglages sont ceux d’un serveur. Utilise cette commande sur un serveur.
settings_need_the_journal = Je ne peux pas garder de réglages, car mon journal est désactivé. La personne qui m’héberge peut l’activer avec `journal.enabled = true` dans config.toml.
only_for_managers = Seuls les membres qui peuvent gérer ce serveur peuvent changer ses réglages.
setting_is_not_yours = Mon exploitant ne permet pas de changer cela ici.
threshold_is_out_of_range = `{ $name }` peut aller de { $lowest } à 1 ici. Je n’ai rien changé.
thresholds_do_not_rise = `{ $name }` vaudrait { $value }, car `suggest_at`, `closest_at`, `answer_at` et `watch_at` doivent croître dans cet ordre. Je n’ai rien changé.
channel_is_elsewhere = Ce salon n’est pas sur ce serveur. Je n’ai rien changé.
channel_has_no_messages = Personne n’écrit de messages dans { $channel }. Choisis un salon textuel ou un forum. Je n’ai rien changé.
channel_is_hidden = Je ne vois pas { $channel }. Donne-moi là-bas les permissions *Voir le salon*, *Envoyer des messages* et *Voir les anciens messages*. Je n’ai rien changé.
channel_is_unknown = Discord ne me dit pas ce qu’est { $channel }. Réessaie dans un instant. Je n’ai rien changé.
too_many_channels = Je peux surveiller au plus { $most } salons pour vous. Je n’ai rien changé.
