use std::collections::HashSet;

use super::*;

const MOST_BYTES: usize = 6_000_000;

fn english() -> &'static English {
    English::shared()
}

fn id(word: &str) -> EnglishId {
    english().find(word).unwrap_or_else(|| panic!("{word} is not in the table"))
}

fn lemma(word: &str) -> String {
    english().word(english().lemma(id(word)))
}

/// How strongly two words are of one family; 0 if they are not.
fn family(one: &str, other: &str) -> f32 {
    strength(english().family(id(one)), other)
}

/// How strongly two words are related; 0 if they are not.
fn related(one: &str, other: &str) -> f32 {
    strength(english().related(id(one)), other)
}

fn strength(mut links: impl Iterator<Item = (EnglishId, f32)>, other: &str) -> f32 {
    let other = english().lemma(id(other));
    links.find(|&(lemma, _)| lemma == other).map_or(0.0, |(_, strength)| strength)
}

fn are_opposites(one: &str, other: &str) -> bool {
    let other = english().lemma(id(other));
    english().opposites(id(one)).any(|lemma| lemma == other)
}

fn cosine(one: &str, other: &str) -> f32 {
    let [a, b] = [one, other].map(|word| {
        let mut sum = [0.0; DIMENSIONS];
        english().add_vector(id(word), 1.0, &mut sum);
        sum
    });
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
}

#[test]
fn the_table_is_small_and_whole() {
    let vectors = VECTORS.as_flattened().len();
    let links = LINKS.as_flattened().len() + LINK_STARTS.as_flattened().len();
    let size = WORDS.len() + COMMONNESS.len() + PARTS.len() + LEMMAS.len() * 2 + SCALES.len() * 2 + vectors + links;
    assert!(size < MOST_BYTES, "{size} bytes");
    assert!(english().words.as_fst().verify().is_ok());
    assert_eq!(english().words.len(), COMMONNESS.len());
    assert!((60_000..=65_536).contains(&COMMONNESS.len()));
}

#[test]
fn ids_follow_the_alphabet_and_lead_back_to_their_words() {
    let mut before = String::new();
    for id in english().ids() {
        let word = english().word(id);
        assert!(before < word, "{before} {word}");
        assert_eq!(english().find(&word), Some(id));
        assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        before = word;
    }
}

#[test]
fn lemmas_are_their_own_lemmas() {
    for id in english().ids() {
        let lemma = english().lemma(id);
        assert_eq!(english().lemma(lemma), lemma, "{}", english().word(id));
    }
}

#[test]
fn links_are_between_lemmas_both_ways_and_of_one_kind() {
    for id in english().ids().filter(|&id| english().lemma(id) == id) {
        let mut others = HashSet::new();
        for kind in [LinkKind::Family, LinkKind::Opposite, LinkKind::Related] {
            for (other, strength) in english().links(id, kind) {
                let pair = format!("{} {}", english().word(id), english().word(other));
                assert_eq!(english().lemma(other), other, "{pair}");
                assert!(strength > 0.0 && strength <= 1.0, "{pair}");
                assert!(english().links(other, kind).any(|back| back == (id, strength)), "{pair}");
                assert!(other != id && others.insert(other), "{pair}");
            }
        }
        let [start, end] = [id.index(), id.index() + 1].map(|at| u32::from_le_bytes(LINK_STARTS[at]) as usize);
        assert_eq!(end - start, others.len(), "{}", english().word(id));
    }
}

#[test]
fn a_word_says_how_common_it_is() {
    let words = ["the", "server", "moderator", "parsonage"].map(|word| english().commonness(id(word)));
    assert!(words.is_sorted_by(|a, b| a > b), "{words:?}");
    assert!((7.0..8.0).contains(&words[0]), "{words:?}");
    for word in ["stream", "lotion", "beaker", "market", "option", "nerf", "webhook"] {
        assert!(english().find(word).is_some(), "{word}");
    }
    for error in ["definately", "recieve", "teh", "sevrer", "xqzt", ""] {
        assert_eq!(english().find(error), None, "{error}");
    }
}

#[test]
fn inflections_have_one_lemma() {
    for (base, forms) in [
        ("lock", "locks locked locking"),
        ("go", "goes went gone going"),
        ("be", "is are am was were been being"),
        ("ban", "bans banned banning"),
        ("unban", "unbanned"),
        ("nerf", "nerfed nerfs"),
        ("disable", "disabled disables disabling"),
        ("try", "tries tried trying"),
        ("break", "broke broken breaking"),
        ("leave", "left leaving leaves"),
        ("find", "found"),
        ("see", "saw seen"),
        ("think", "thought"),
        ("write", "wrote written writing"),
        ("mouse", "mice"),
        ("child", "children"),
        ("knife", "knives"),
        ("analysis", "analyses"),
        ("setting", "settings"),
        ("building", "buildings"),
        ("big", "bigger biggest"),
        ("easy", "easier easiest"),
        ("good", "better best"),
        ("color", "colors colour colours coloured"),
        ("organize", "organise organised organizing"),
    ] {
        for form in forms.split(' ') {
            assert_eq!(lemma(form), base, "{form}");
        }
    }
}

#[test]
fn lookalikes_have_lemmas_of_their_own() {
    for words in [
        "animal animation animate",
        "important import importance",
        "past paste pass",
        "setting set",
        "shipping ship",
        "building build",
        "port portal porter",
        "instance install instant",
        "plan plant plane",
        "mode model",
        "star start stare",
        "custom customer customs",
        "founded find",
        "number numb",
        "evening even",
        "united unite",
        "species specie",
        "news new",
        "its it",
        "seed see",
    ] {
        let lemmas: HashSet<_> = words.split(' ').map(lemma).collect();
        assert_eq!(lemmas.len(), words.split(' ').count(), "{words}: {lemmas:?}");
    }
}

#[test]
fn families_join_what_derivation_joins_and_meaning_supports() {
    for (one, other) in [
        ("deploy", "deployment"),
        ("deployed", "deployments"),
        ("recognise", "recognition"),
        ("deter", "deterrence"),
        ("sign", "signature"),
        ("pay", "payment"),
        ("install", "installation"),
        ("verify", "verification"),
        ("moderate", "moderator"),
        ("subscribe", "subscription"),
        ("ship", "shipping"),
        ("active", "activity"),
        ("create", "creation"),
        ("spam", "spammer"),
    ] {
        assert!(family(one, other) > 0.3, "{one} {other}");
    }
    for (one, other) in [
        ("commit", "commitment"),
        ("animal", "animation"),
        ("import", "important"),
        ("port", "portal"),
        ("instance", "install"),
        ("plan", "plant"),
        ("mode", "model"),
        ("star", "start"),
        ("custom", "customer"),
        ("lock", "unlock"),
    ] {
        assert!(family(one, other) == 0.0 && related(one, other) == 0.0, "{one} {other}");
    }
    assert!(family("active", "activity") < family("deploy", "deployment"));
}

#[test]
fn opposites_are_found_by_any_of_their_forms() {
    for pair in [
        "start stop",
        "open close",
        "opened closing",
        "lock unlock",
        "enable disable",
        "enabled disabled",
        "join leave",
        "joined left",
        "buy sell",
        "win lose",
        "in out",
        "on off",
        "before after",
        "with without",
        "always never",
        "can cannot",
        "allow forbid",
        "increase decrease",
        "upload download",
        "import export",
        "ban unban",
        "mute unmute",
        "install uninstall",
        "valid invalid",
        "agree disagree",
        "visible invisible",
        "north south",
        "left right",
    ] {
        let (one, other) = pair.split_once(' ').unwrap();
        assert!(are_opposites(one, other) && are_opposites(other, one), "{pair}");
        assert!(related(one, other) == 0.0, "{pair}");
    }
    for pair in ["different indifferent", "cover recover", "part depart", "press depress", "it unit"] {
        let (one, other) = pair.split_once(' ').unwrap();
        assert!(!are_opposites(one, other), "{pair}");
    }
}

#[test]
fn synonyms_are_related_and_kinds_of_one_thing_are_not() {
    for (one, other) in [
        ("begin", "start"),
        ("buy", "purchase"),
        ("fix", "repair"),
        ("delete", "remove"),
        ("size", "big"),
        ("died", "casualties"),
        ("goal", "objective"),
        ("admin", "administrator"),
        ("quick", "fast"),
        ("price", "cost"),
    ] {
        assert!(related(one, other) > 0.3, "{one} {other}: {}", related(one, other));
    }
    for sisters in [
        "red blue green yellow black white",
        "monday tuesday friday sunday",
        "january july december",
        "one two three seven ten",
        "english french german spanish",
        "france germany italy russia china",
        "north south east west",
        "get post put",
        "dog cat horse",
        "morning evening night",
        "first second third",
        "gold silver iron",
        "mother father brother sister",
    ] {
        for (at, one) in sisters.split(' ').enumerate() {
            for other in sisters.split(' ').skip(at + 1) {
                assert!(related(one, other) == 0.0, "{one} {other}: {}", related(one, other));
            }
        }
    }
}

#[test]
fn a_word_knows_its_parts_of_speech() {
    for (word, usual) in [
        ("join", PartOfSpeech::Verb),
        ("joined", PartOfSpeech::Verb),
        ("town", PartOfSpeech::Noun),
        ("settings", PartOfSpeech::Noun),
        ("blue", PartOfSpeech::Adjective),
        ("quickly", PartOfSpeech::Adverb),
        ("with", PartOfSpeech::Function),
        ("does", PartOfSpeech::Function),
    ] {
        let parts = english().parts_of_speech(id(word));
        assert_eq!(parts.usual(), usual, "{word}");
        assert!(parts.contains(usual), "{word}");
    }
    let lock = english().parts_of_speech(id("lock"));
    assert!(lock.contains(PartOfSpeech::Noun) && lock.contains(PartOfSpeech::Verb));
    assert!(!lock.contains(PartOfSpeech::Adverb));
}

#[test]
fn vectors_of_similar_words_point_the_same_way() {
    assert!(cosine("lock", "locked") > 0.7);
    assert!(cosine("price", "cost") > cosine("price", "animal") + 0.2);
    let [mut once, mut twice] = [[0.0; DIMENSIONS]; 2];
    english().add_vector(id("server"), 2.0, &mut once);
    english().add_vector(id("server"), 1.0, &mut twice);
    english().add_vector(id("server"), 1.0, &mut twice);
    assert!(once.iter().zip(twice).all(|(a, b)| (a - b).abs() < 1e-4), "{once:?} {twice:?}");
}
