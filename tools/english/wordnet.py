"""Reads WordNet 3.1: synsets, their words and pointers, and how often each sense was tagged."""

from __future__ import annotations

import collections
import dataclasses
import math
import pathlib

# The lexicographer file of days, months and holidays: written with a capital, but no names.
TIMES = 28

# A sense that nobody tagged still happens; later senses happen less.
UNSEEN_SENSE = 0.5

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
PART_OF_TYPE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


@dataclasses.dataclass(frozen=True)
class Pointer:
    """A pointer between synsets, or between one word of each where the numbers are not 0."""

    symbol: str
    target: tuple[str, int]
    source_word: int
    target_word: int


@dataclasses.dataclass(frozen=True)
class Synset:
    """One meaning: the words that have it, what it points to, and its gloss."""

    key: tuple[str, int]
    lexicographer_file: int
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    gloss: str


@dataclasses.dataclass(frozen=True)
class Sense:
    """One meaning of one word: where it stands in the word's list and how often it was tagged."""

    synset: tuple[str, int]
    number: int
    tags: int


class WordNet:
    """Synsets by key, and the senses of each lowercase word that is written in letters alone."""

    def __init__(self, folder: pathlib.Path):
        self.synsets: dict[tuple[str, int], Synset] = {}
        for name, part in PARTS.items():
            self._read_synsets(folder / f"data.{name}", part)
        self.senses: dict[str, list[Sense]] = collections.defaultdict(list)
        self._read_senses(folder / "index.sense")
        self.names = self._find_names()

    def _read_synsets(self, path: pathlib.Path, part: str) -> None:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            head, _, gloss = line.partition(" | ")
            fields = head.split()
            count = int(fields[3], 16)
            words = tuple(word.split("(")[0] for word in fields[4 : 4 + 2 * count : 2])
            at = 5 + 2 * count
            pointers = []
            for start in range(at, at + 4 * int(fields[at - 1]), 4):
                symbol, offset, target_part, words_of = fields[start : start + 4]
                target = ("a" if target_part == "s" else target_part, int(offset))
                pointers.append(Pointer(symbol, target, int(words_of[:2], 16), int(words_of[2:], 16)))
            key = (part, int(fields[0]))
            self.synsets[key] = Synset(key, int(fields[1]), words, tuple(pointers), gloss)

    def _read_senses(self, path: pathlib.Path) -> None:
        for line in path.read_text(encoding="utf-8").splitlines():
            sense_key, offset, number, tags = line.split()
            word, _, rest = sense_key.partition("%")
            if is_plain(word):
                synset = (PART_OF_TYPE[rest[0]], int(offset))
                self.senses[word].append(Sense(synset, int(number), int(tags)))

    def _find_names(self) -> set[str]:
        """The words that WordNet writes with a capital in every sense."""
        capital, small = set(), set()
        for synset in self.synsets.values():
            for word in synset.words:
                (small if word.islower() else capital).add(word.lower())
        return capital - small

    def parts(self, word: str) -> set[str]:
        """The parts of speech that the word has as a lemma."""
        return {sense.synset[0] for sense in self.senses.get(word, ())}

    def tags(self, word: str, part: str | None = None) -> float:
        """How often the word was tagged, as this part of speech or as any; unseen senses count a little."""
        senses = [sense for sense in self.senses.get(word, ()) if part in (None, sense.synset[0])]
        return math.fsum(weight(sense) for sense in senses)

    def shares(self, word: str) -> dict[tuple[str, int], float]:
        """For each meaning of the word, how much of its use it has; they add up to 1."""
        senses = self.senses.get(word, ())
        total = math.fsum(weight(sense) for sense in senses)
        return {sense.synset: weight(sense) / total for sense in senses}

    def is_name(self, word: str) -> bool:
        """Whether most of the word's use is in meanings that are written with a capital."""
        senses = self.senses.get(word, ())
        named = math.fsum(weight(sense) for sense in senses if self._names(sense.synset, word))
        return named > math.fsum(weight(sense) for sense in senses) / 2

    def _names(self, key: tuple[str, int], word: str) -> bool:
        synset = self.synsets[key]
        written = [other for other in synset.words if other.lower() == word]
        return synset.lexicographer_file != TIMES and all(other[0].isupper() for other in written)

    def hypernyms(self, key: tuple[str, int]) -> list[tuple[str, int]]:
        """The meanings right above this one."""
        return [pointer.target for pointer in self.synsets[key].pointers if pointer.symbol in ("@", "@i")]


def weight(sense: Sense) -> float:
    """How much a sense counts: its tags, and a little that falls with its place in the list."""
    return sense.tags + UNSEEN_SENSE / sense.number


def is_plain(word: str) -> bool:
    """Whether a word is made of the letters a to z alone."""
    return word.isascii() and word.isalpha() and word.islower()
