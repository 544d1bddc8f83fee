"""Families: lemmas that derivation joins, as deploy and deployment, with a meaning in common."""

from __future__ import annotations

import collections
import itertools
import math

from inflection import bare_stems
from lexicon import Lexicon
from pairs import Pairs, add, clip, key, stem_length, strongest

# Weaker pairs are left out.
LEAST = 0.35
# What WordNet's derivation counts for words that it does not have.
PRESUMED = 0.6
# The strength of the pairs of our own list.
JUDGED = 0.8
# WordNet's pointers: derived form, pertains to, participle of, attribute.
DERIVATIONS = frozenset(("+", "\\", "<", "="))
# Endings of who does something, and of what it can be done to.
AGENTS = ("er", "or", "able")


class FamilyFinder:
    """Finds families by WordNet's derivational pointers, endings, and how close words are."""

    def __init__(self, lexicon: Lexicon, opposites: Pairs, judged: dict):
        self.lexicon, self.opposites = lexicon, opposites
        self.judged = judged["families"].strip().splitlines()
        self.unrelated = {key(*line.split()) for line in judged["unrelated"].strip().splitlines()}

    def find(self) -> Pairs:
        """Pairs that derivation joins in a share of their meanings that matters."""
        pairs: Pairs = {}
        for (one, other), (senses, others) in sorted(self.linked_senses().items()):
            covered = [self.covered(one, senses), self.covered(other, others)]
            self._add_relatives(pairs, one, other, (max(covered) + math.sqrt(covered[0] * covered[1])) / 2)
        for word in sorted(self.lexicon.lemmas):
            if self.lexicon.is_lemma(word) and word not in self.lexicon.wordnet.names:
                self._add_by_endings(pairs, word)
        for line in self.judged:
            words = [self.lexicon.lemmas[word] for word in line.split()]
            for one, other in itertools.combinations(words, 2):
                add(pairs, one, other, JUDGED)
        return strongest(pairs)

    def linked_senses(self) -> dict[tuple[str, str], tuple[set, set]]:
        """For each pair of lemmas of one stem, the meanings of each that derive from the other's."""
        linked: dict[tuple[str, str], tuple[set, set]] = collections.defaultdict(lambda: (set(), set()))
        for synset in self.lexicon.wordnet.synsets.values():
            for pointer in synset.pointers:
                if pointer.symbol not in DERIVATIONS:
                    continue
                target = self.lexicon.wordnet.synsets[pointer.target]
                named = set()
                if pointer.source_word:
                    one = self.lexicon.lemma_of(synset.words, pointer.source_word)
                    named = {(one, self.lexicon.lemma_of(target.words, pointer.target_word))}
                # WordNet joins "difficult" with "difficultness" alone, a synonym of "difficulty".
                for one in self.lexicon.members.get(synset.key, ()):
                    for other in self.lexicon.members.get(target.key, ()):
                        if one != other and ((one, other) in named or self.have_one_stem(one, other)):
                            sets = linked[key(one, other)]
                            sets[one > other].add(synset.key)
                            sets[one < other].add(target.key)
        return linked

    def have_one_stem(self, one: str, other: str) -> bool:
        """Whether two words look derived from each other, the less the closer they are in meaning."""
        cosine = self.lexicon.vectors.cosine(one, other)
        length = stem_length(one, other)
        if cosine is None:
            return length >= max(4, min(len(one), len(other)) - 2)
        return length >= 2 and cosine >= 0.45 or length >= 1 and cosine >= 0.7

    def _add_by_endings(self, pairs: Pairs, word: str) -> None:
        for reading in self.lexicon.inflection.readings(word):
            if reading.kind in ("gerund", "past") and not reading.irregular and len(reading.base) > 3:
                self._add_relatives(pairs, word, self.lexicon.lemmas[reading.base], PRESUMED)
        for ending in AGENTS:
            for base in bare_stems(word.removesuffix(ending), ending) if word.endswith(ending) else ():
                if self.may_be_agent(word, base):
                    self._add_relatives(pairs, word, base, PRESUMED)

    def covered(self, word: str, senses: set) -> float:
        """How much of a word's use these senses are: of all of it, and of it as that part of speech."""
        shares = self.lexicon.shares[word]
        linked = math.fsum(shares.get(sense, 0) for sense in senses)
        if not linked:
            return 0
        parts = {part for part, _ in senses}
        return (linked + linked / math.fsum(share for (part, _), share in shares.items() if part in parts)) / 2

    def may_be_agent(self, word: str, base: str) -> bool:
        """Whether "coder" or "playable", which WordNet does not link, may come from "code" or "play"."""
        if self.lexicon.lemmas.get(base) != base or len(base) < 3 or self.lexicon.commonness[base] < 3:
            return False
        is_verb = self.lexicon.wordnet.tags(base, "v") > self.lexicon.wordnet.tags(base) / 3
        cosine = self.lexicon.vectors.cosine(word, base)
        return is_verb and (not self.lexicon.wordnet.parts(word) or (cosine is not None and cosine > 0.5))

    def cosine_of_relatives(self, one: str, other: str) -> float | None:
        """How close two lemmas are, by the plural where one is a noun in -ing: settings, not setting."""
        shorter, longer = sorted((one, other), key=len)
        if self.lexicon.inflection.has_plural(longer):
            longer = longer + "s" if self.lexicon.vectors.is_single(longer + "s") else longer
        return self.lexicon.vectors.cosine(shorter, longer)

    def _add_relatives(self, pairs: Pairs, one: str, other: str, covered: float) -> None:
        if one == other or key(one, other) in self.opposites or stem_length(one, other) < 1:
            return
        if key(one, other) in self.unrelated:
            return
        cosine = self.cosine_of_relatives(one, other)
        if cosine is None:
            strength = covered
        else:
            strength = 0.5 * math.sqrt(covered) + 0.5 * clip((cosine - 0.2) / 0.5)
            if cosine < 0.25:
                return
        if strength >= LEAST:
            add(pairs, one, other, min(strength, 1))
