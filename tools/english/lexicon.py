"""The lemmas of the table, and how each one's use is spread over WordNet's meanings."""

from __future__ import annotations

import collections
import math

from inflection import Inflection
from vectors import Vectors
from wordnet import WordNet

# The words by which WordNet marks rude usage.
RUDE = frozenset("obscenity smut vulgarism filth dirty_word ethnic_slur disparagement depreciation".split())


class Lexicon:
    """What the searches for relations share."""

    def __init__(self, wordnet: WordNet, vectors: Vectors, inflection: Inflection, lemmas: dict[str, str]):
        self.wordnet, self.vectors, self.inflection, self.lemmas = wordnet, vectors, inflection, lemmas
        self.commonness = inflection.commonness
        self.shares = self._find_shares()
        self.members: dict[tuple[str, int], set[str]] = collections.defaultdict(set)
        for lemma, shares in self.shares.items():
            for synset in shares:
                self.members[synset].add(lemma)

    def _find_shares(self) -> dict[str, dict[tuple[str, int], float]]:
        """How each lemma's use is spread over meanings, its other spellings counted in."""
        shares: dict[str, dict[tuple[str, int], float]] = {}
        for word in sorted(self.lemmas):
            lemma = self.lemmas[word]
            if lemma == word or self.inflection.variants.get(word) == lemma:
                mine = shares.setdefault(lemma, {})
                for synset, share in self.wordnet.shares(word).items():
                    if self.is_rude(synset):
                        continue
                    mine[synset] = max(mine.get(synset, 0), share)
        return shares

    def is_rude(self, synset: tuple[str, int]) -> bool:
        """Whether WordNet marks a meaning as obscene or a slur: nobody is led there from a plain word."""
        usages = [p.target for p in self.wordnet.synsets[synset].pointers if p.symbol == ";u"]
        return any(RUDE & set(self.wordnet.synsets[usage].words) for usage in usages)

    def lemma_of(self, words: tuple[str, ...], number: int) -> str | None:
        """The lemma that stands at a place of a synset, if the table has it as such."""
        word = words[number - 1].lower()
        lemma = self.lemmas.get(word)
        is_lemma = lemma == word or (lemma and self.inflection.variants.get(word) == lemma)
        return lemma if is_lemma else None

    def is_lemma(self, word: str) -> bool:
        """Whether the table has the word as a lemma."""
        return self.lemmas.get(word) == word

    def synonymy(self, a: str, b: str) -> float:
        """How much of the two words' uses have meanings in common, from 0 to 1."""
        mine, yours = self.shares.get(a, {}), self.shares.get(b, {})
        return math.fsum(math.sqrt(mine[key] * yours[key]) for key in mine.keys() & yours.keys())
