"""Opposites: antonyms of usual senses, words with a negating prefix, and a list of our own."""

from __future__ import annotations

from lexicon import Lexicon
from pairs import Pairs, add, key, strongest
from wordnet import Pointer, Synset

# The least share of each word's use that an antonym's meaning has: for the two words that WordNet
# opposes, and for other words of the two meanings.
PAIR_SHARE = 0.08
SYNONYM_SHARE = 0.3
PREFIXES = ("un", "dis", "in", "im", "il", "ir", "non", "mis", "de")
# A gloss that has one of these says that something is undone or missing.
UNDOING = frozenset("not remove undo reverse lacking without lack opposite".split())


def find_opposites(lexicon: Lexicon, judged: dict) -> Pairs:
    """All pairs of opposites among the lemmas."""
    pairs: Pairs = {}
    for synset in lexicon.wordnet.synsets.values():
        for pointer in synset.pointers:
            if pointer.symbol == "!":
                add_antonyms(pairs, lexicon, synset, pointer)
    unrelated = {key(*line.split()) for line in judged["unrelated"].strip().splitlines()}
    for word in sorted(lexicon.lemmas):
        for prefix in PREFIXES:
            base = word.removeprefix(prefix)
            if base != word and key(word, base) not in unrelated and is_negation(lexicon, prefix, word):
                add(pairs, word, base, 0.9)
    for line in judged["opposites"].strip().splitlines():
        ones, _, others = line.partition(" / ")
        for one in ones.split():
            for other in others.split():
                if one in lexicon.lemmas and other in lexicon.lemmas:
                    add(pairs, lexicon.lemmas[one], lexicon.lemmas[other], 1)
    return strongest(pairs)


def add_antonyms(pairs: Pairs, lexicon: Lexicon, synset: Synset, pointer: Pointer) -> None:
    """The two words of an antonym pointer, and all words that chiefly have the two meanings."""
    target = lexicon.wordnet.synsets[pointer.target]
    one = lexicon.lemma_of(synset.words, pointer.source_word) if pointer.source_word else None
    other = lexicon.lemma_of(target.words, pointer.target_word) if pointer.target_word else None
    for a in lexicon.members.get(synset.key, ()):
        for b in lexicon.members.get(target.key, ()):
            share = min(lexicon.shares[a][synset.key], lexicon.shares[b][target.key])
            is_pair = (a, b) == (one, other)
            if share >= (PAIR_SHARE if is_pair else SYNONYM_SHARE) and lexicon.synonymy(a, b) <= SYNONYM_SHARE:
                add(pairs, a, b, 0.5 + share / 2 if is_pair else share / 2)


def is_negation(lexicon: Lexicon, prefix: str, word: str) -> bool:
    """Whether a word with a negating prefix means the opposite of the word without."""
    base = word.removeprefix(prefix)
    lemma, base_lemma = lexicon.lemmas.get(word), lexicon.lemmas.get(base)
    if lemma != word or base_lemma != base or len(base) < 3 or lexicon.commonness[base] < 2.5:
        return False
    parts, base_parts = lexicon.wordnet.parts(word), lexicon.wordnet.parts(base)
    if not parts:
        return prefix == "un" and "v" in base_parts
    shared = parts & base_parts & {"v", "a", "r"}
    if not shared:
        return False
    glosses = [lexicon.wordnet.synsets[key].gloss for key in lexicon.shares[word] if key[0] in shared]
    definition = " ".join(gloss.split(";")[0] for gloss in glosses)
    words = definition.replace("(", " ").replace(")", " ").replace(",", " ").split()
    names_base = any(other == base or other.startswith(base[: max(4, len(base) - 2)]) for other in words)
    undoes = not UNDOING.isdisjoint(words)
    if prefix == "un":
        return names_base or undoes
    if prefix in ("in", "im", "il", "ir", "non"):
        return shared <= {"a", "r"} and "not" in words and (names_base or are_close(lexicon, word, base))
    return base in words and undoes


def are_close(lexicon: Lexicon, a: str, b: str) -> bool:
    """Whether nothing says that two words are far apart."""
    cosine = lexicon.vectors.cosine(a, b)
    return cosine is None or cosine >= 0.3
