"""Which words the table has, and how common each is."""

from __future__ import annotations

import collections
import gzip
import itertools
import json
import math
import pathlib
import re

import symspellpy

from wordnet import WordNet, is_plain

# Most words that the table holds; ids have 16 bits.
MOST_WORDS = 65_000
# The corpus of the counts that symspellpy ships has this many words.
BOOK_WORDS = 1_024_908_267_229
# From this commonness on, a word that no dictionary has is a word all the same.
COMMON_ENOUGH = 3.0
# What a word is given that is too new to have been counted.
NEW_WORD = 3.0
# What a word of our own thesaurus has at least, so that it is in the table.
THESAURUS_WORD = 2.0
# From this one on, if it is a common word with a common prefix or ending.
DERIVED_ENOUGH = 2.2
COMMON_STEM = 3.0
PREFIXES = ("un", "re", "de", "dis", "mis", "pre", "over")
ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "able")
# A word that only forums know is a typing error of a word so many times as common.
TYPO_RATIO = 8
SWAP_RATIO = 20
TYPO_LETTERS = 6
# A word that has no capital in less than this share of its uses is a name.
NAME_SHARE = 0.35
# Nobody looks up "sooooo".
THREE_ALIKE = re.compile(r"(.)\1\1")
# Pieces that the forums' tokenizer cuts off, as in "do" + "n't".
PIECES = frozenset("nt ll ve re wo ca sha gon wan got na ta em im s t d m".split())
# The only words of one letter.
LETTERS = frozenset("ai")


def lookups(name: str):
    """One of the tables of spacy-lookups-data."""
    import spacy_lookups_data

    path = pathlib.Path(spacy_lookups_data.__file__).parent / "data" / f"{name}.json.gz"
    return json.loads(gzip.decompress(path.read_bytes()))


def book_frequencies() -> dict[str, float]:
    """How often the words of symspellpy's dictionary occur in print, per word of text."""
    path = pathlib.Path(symspellpy.__file__).parent / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return {word: int(count) / BOOK_WORDS for word, count in map(str.split, lines) if is_plain(word)}


def forum_frequencies() -> tuple[dict[str, float], set[str]]:
    """How often words occur in forum posts, per word of text, and which mostly have a capital."""
    frequencies: dict[str, float] = collections.defaultdict(float)
    small: dict[str, float] = collections.defaultdict(float)
    for word, log_probability in sorted(lookups("en_lexeme_prob").items()):
        if is_plain(word.lower()):
            frequencies[word.lower()] += math.exp(log_probability)
            if word.islower():
                small[word] += math.exp(log_probability)
    names = {word for word, frequency in frequencies.items() if small[word] < frequency * NAME_SHARE}
    return frequencies, names


def edits(word: str) -> set[str]:
    """All strings one typing error away."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found |= {left + letter + right[1:] for left, right in halves if right for letter in letters}
    found |= {left + letter + right for left, right in halves for letter in letters}
    return found | swaps(word)


def swaps(word: str) -> set[str]:
    """All strings where two neighbouring letters change places."""
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}


def zipf(frequency: float) -> float:
    """The Zipf scale: log10 of occurrences per billion words."""
    return math.log10(max(frequency, 1e-9) * 1e9)


class Vocabulary:
    """The words that the table may hold, each with its commonness on the Zipf scale."""

    def __init__(self, wordnet: WordNet, new_words: list[str], thesaurus: list[list[str]]):
        books = book_frequencies()
        forums, self.names = forum_frequencies()
        mean = {word: (books.get(word, 0) + forums.get(word, 0)) / 2 for word in books.keys() | forums.keys()}
        dictionary = books.keys() | {word for word in wordnet.senses if word in mean}
        known = {word: mean[word] for word in dictionary}
        slang = {
            word: mean[word]
            for word, frequency in forums.items()
            if word not in dictionary
            and word not in PIECES
            and not THREE_ALIKE.search(word)
            and zipf(frequency) >= (DERIVED_ENOUGH if is_derived(word, known) else COMMON_ENOUGH)
            and not is_typo(word, frequency, known)
        }
        self.commonness = {
            word: zipf(frequency) for word, frequency in {**known, **slang}.items() if len(word) > 1 or word in LETTERS
        }
        for word in new_words:
            self.commonness[word] = max(self.commonness.get(word, 0), NEW_WORD)
        for word in filter(is_plain, itertools.chain.from_iterable(thesaurus)):
            self.commonness[word] = max(self.commonness.get(word, 0), THESAURUS_WORD)

    def words(self) -> list[str]:
        """The most common words, the most common first."""
        return sorted(self.commonness, key=lambda word: (-self.commonness[word], word))[:MOST_WORDS]


def is_typo(word: str, frequency: float, known: dict[str, float]) -> bool:
    """Whether a word that no dictionary has is one error away from a far more common one."""
    if any(known.get(other, 0) > frequency * SWAP_RATIO for other in swaps(word)):
        return True
    if len(word) < TYPO_LETTERS:
        return False
    return any(known.get(other, 0) > frequency * TYPO_RATIO for other in edits(word))


def is_derived(word: str, known: dict[str, float]) -> bool:
    """Whether a word that no dictionary has is a common word with a prefix or an ending."""
    stems = [word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix)]
    stems += [word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending)]
    stems += [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]]
    stems += [stem + "e" for stem in stems if stem + "e" != word]
    return any(len(stem) > 2 and zipf(known.get(stem, 0)) >= COMMON_STEM for stem in stems)
