"""Related words: about the same meaning, so that one may stand in a question for the other."""

from __future__ import annotations

import collections
import itertools
import math
import re

import numpy as np

from lexicon import Lexicon
from pairs import Pairs, add, clip, key, strongest

# Weaker relations are left out; rarer words have none.
LEAST = 0.25
# So many, that all pairs of our own thesaurus have room.
MOST_RELATED = 12
COMMON_ENOUGH = 2.0
# A word that only stands in another's definition is as common as this, and so close by glosses.
DEFINING_ENOUGH = 3.3
DEFINING_GLOSS = 0.42
LINKED_GLOSS = 0.34
# Nouns of these WordNet files are kinds of things, of which an answer fits one: animal, body, food,
# location, plant, quantity, substance, time.
KINDS = frozenset((5, 8, 13, 15, 20, 23, 27, 28))
QUANTITY = 23
# A word's meaning counts as usual from this share of its use on.
USUAL_SHARE = 0.1
# What points to a wider or similar meaning: hypernym, similar, verb group, entailment, cause, see also.
WIDER = frozenset("@ & $ * > ^".split())
# From this synonymy on, a word's family is related to the other word too.
SYNONYM = 0.45
# A pair of our own thesaurus: without any evidence, and what full evidence adds.
THESAURUS_LEAST = 0.35
THESAURUS_GAIN = 0.35
# Neighbours by both kinds of vectors, without a link in WordNet.
NEIGHBOUR_COSINE = 0.45
NEIGHBOUR_GLOSS = 0.35


class Glosses:
    """Vectors of meanings, from the words and the definition of each WordNet synset."""

    def __init__(self, lexicon: Lexicon, words: set[str]):
        self.shares = {word: lexicon.shares[word] for word in words}
        keys = sorted({synset for shares in self.shares.values() for synset in shares})
        self.rows = {synset: row for row, synset in enumerate(keys)}
        vectors = np.stack([lexicon.vectors.full(self.text(lexicon, synset)) for synset in keys])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors -= vectors.mean(axis=0)
        self.vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def text(self, lexicon: Lexicon, synset_key: tuple[str, int]) -> str:
        synset = lexicon.wordnet.synsets[synset_key]
        words = ", ".join(word.replace("_", " ") for word in synset.words)
        return f"{words}: {definition(synset.gloss)}"

    def closeness(self, a: str, b: str) -> float | None:
        """The cosine of the two closest meanings, less where they are rare ones; None without any."""
        mine, yours = self.shares.get(a), self.shares.get(b)
        if not mine or not yours:
            return None
        rows = [self.vectors[[self.rows[synset] for synset in shares]] for shares in (mine, yours)]
        usual = np.outer(list(mine.values()), list(yours.values())) ** 0.25
        return float(((rows[0] @ rows[1].T) * usual).max())


class RelatedFinder:
    """Finds related words: synonyms first, and what is close by WordNet and vectors both."""

    def __init__(
        self,
        lexicon: Lexicon,
        opposites: Pairs,
        family: Pairs,
        names: set[str],
        judged: dict,
        thesaurus: list[list[str]],
    ):
        self.lexicon, self.opposites, self.family = lexicon, opposites, family
        self.function_words = set(judged["function_words"].split())
        self.unrelated = {key(*line.split()) for line in judged["unrelated"].strip().splitlines()}
        self.thesaurus = thesaurus
        self.chosen: set[tuple[str, str]] = set()
        self.judged = judged["synonyms"].strip().splitlines()
        self.usual = {
            word
            for word, shares in lexicon.shares.items()
            if shares
            and lexicon.commonness[word] >= COMMON_ENOUGH
            and word not in names
            and word not in lexicon.wordnet.names
            and word not in self.function_words
        }
        self.glosses = Glosses(lexicon, self.usual)

    def find(self) -> Pairs:
        """All pairs of related lemmas."""
        pairs: Pairs = {}
        linked, defining = self.linked_pairs()
        for one, other in sorted(linked | defining | self.neighbours()):
            if self.may_be_related(one, other):
                add(pairs, one, other, self.strength(one, other, (one, other) in linked, (one, other) in defining))
        self.add_families(pairs)
        self.add_thesaurus(pairs)
        for line in self.judged:
            words = [self.lexicon.lemmas[word] for word in line.split() if word in self.lexicon.lemmas]
            for one in words:
                for other in words:
                    if key(one, other) not in self.opposites and key(one, other) not in self.family:
                        add(pairs, one, other, 0.8)
        pairs = {pair: min(strength, 1) for pair, strength in pairs.items() if strength >= LEAST}
        return strongest(pairs, MOST_RELATED, self.usefulness)

    def add_thesaurus(self, pairs: Pairs) -> None:
        """Strengthens the pairs of our own thesaurus, by what else speaks for them."""
        for group in self.thesaurus:
            words = sorted({self.lexicon.lemmas[word] for word in group if word in self.lexicon.lemmas})
            for one, other in itertools.combinations(words, 2):
                if self.may_be_related(one, other):
                    self.chosen.add((one, other))
                    cosine = self.lexicon.vectors.cosine(one, other)
                    evidence = [scaled(self.glosses.closeness(one, other) or 0, 0.1), scaled(cosine or 0, 0.2)]
                    known = pairs.get((one, other), 0)
                    pairs[one, other] = max(known, THESAURUS_LEAST + THESAURUS_GAIN * max(evidence), known * 1.1)

    def usefulness(self, pair: tuple[str, str], strength: float) -> float:
        """Which relations to keep where a word has too many: strong ones between common words."""
        chosen = 0.25 if pair in self.chosen else 0
        return strength + chosen + 0.06 * min(self.lexicon.commonness[word] for word in pair)

    def linked_pairs(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """Pairs where one word has the other's meaning or a wider one; pairs that a definition joins."""
        linked, defining = set(), set()
        for synset_key in sorted(self.lexicon.members):
            members = self.lexicon.members[synset_key] & self.usual
            near = set(members)
            for pointer in self.lexicon.wordnet.synsets[synset_key].pointers:
                if pointer.symbol in WIDER:
                    near |= self.lexicon.members.get(pointer.target, set())
            linked |= {key(a, b) for a in members for b in near & self.usual if a != b}
            chief = {word for word in members if self.lexicon.shares[word][synset_key] >= 0.4}
            defined = {word for word in self.defining_words(synset_key) & self.usual if self.is_common(word)}
            defining |= {key(a, b) for a in chief for b in defined if a != b and self.is_common(a)}
        return linked, defining

    def is_common(self, word: str) -> bool:
        """Whether a word is common enough that its place in a definition means something."""
        return self.lexicon.commonness[word] >= DEFINING_ENOUGH

    def defining_words(self, synset_key: tuple[str, int]) -> set[str]:
        """The lemmas of the words in a meaning's definition."""
        words = re.findall(r"[a-z]+", definition(self.lexicon.wordnet.synsets[synset_key].gloss).lower())
        return {self.lexicon.lemmas[word] for word in words if word in self.lexicon.lemmas}

    def neighbours(self) -> set[tuple[str, str]]:
        """Pairs of words of one token whose vectors are close, whatever WordNet says."""
        words = sorted(word for word in self.usual if self.lexicon.vectors.is_single(word))
        vectors = np.stack([self.lexicon.vectors.full(word) for word in words])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        near = np.triu(vectors @ vectors.T >= NEIGHBOUR_COSINE, k=1)
        return {(words[one], words[other]) for one, other in zip(*near.nonzero(), strict=True)}

    def may_be_related(self, a: str, b: str) -> bool:
        """Whether nothing says that the pair is another relation or none."""
        return not any(key(a, b) in pairs for pairs in (self.opposites, self.family, self.unrelated))

    def strength(self, a: str, b: str, are_linked: bool, is_defining: bool) -> float:
        """How strongly two lemmas are related, from 0 (not, or not to be joined) to about 1."""
        cosine = self.lexicon.vectors.cosine(a, b)
        shared = self.lexicon.synonymy(a, b)
        if shared >= 0.05:
            if cosine is None:
                return 0.15 + 0.7 * shared if shared > 0.12 else 0
            return 0 if cosine < 0.2 else 0.1 + 0.5 * math.sqrt(shared) + 0.5 * scaled(cosine, 0.2)
        if self.are_sisters(a, b):
            return 0
        gloss = self.glosses.closeness(a, b) or 0
        if cosine is None:
            is_close = gloss >= (LINKED_GLOSS if are_linked else DEFINING_GLOSS)
            return 0.1 + 0.45 * scaled(gloss, 0.1) if is_close and (are_linked or is_defining) else 0
        closeness = (scaled(cosine, 0.2) + scaled(gloss, 0.1)) / 2
        if are_linked or is_defining:
            return 0.1 + 0.6 * closeness if cosine >= (0.28 if are_linked else 0.35) else 0
        is_near = cosine >= NEIGHBOUR_COSINE and gloss >= NEIGHBOUR_GLOSS
        return 0.1 + 0.5 * closeness if is_near else 0

    def are_sisters(self, a: str, b: str) -> bool:
        """Whether two words are kinds of one thing, as red and blue are: an answer fits one of them."""
        return bool(self.above(a) & self.above(b))

    def above(self, word: str) -> set[tuple]:
        """The meanings right above a word's usual ones; for kinds of things, their whole file."""
        found: set[tuple] = set()
        for synset, share in self.lexicon.shares.get(word, {}).items():
            file = self.lexicon.wordnet.synsets[synset].lexicographer_file
            if share >= USUAL_SHARE:
                found.update(self.lexicon.wordnet.hypernyms(synset))
            if file in KINDS and share >= USUAL_SHARE or file == QUANTITY:
                found.add(("file", file))
        return found

    def add_families(self, pairs: Pairs) -> None:
        """Relates the families of synonyms: verify is related to corroborate, so verification is."""
        relatives: dict[str, list[tuple[str, float]]] = collections.defaultdict(list)
        for (one, other), strength in sorted(self.family.items()):
            relatives[one].append((other, strength))
            relatives[other].append((one, strength))
        for (one, other), strength in sorted(pairs.items()):
            if strength >= SYNONYM:
                for word, synonym in ((one, other), (other, one)):
                    for relative, closeness in relatives[synonym]:
                        usual = word in self.usual and relative in self.usual
                        if usual and self.may_be_related(word, relative) and not self.are_sisters(word, relative):
                            add(pairs, word, relative, 0.75 * strength * closeness)


def scaled(cosine: float, least: float) -> float:
    """A cosine from least to half a unit more, as 0 to 1."""
    return clip((cosine - least) / 0.5)


def definition(gloss: str) -> str:
    """A gloss without its examples."""
    return gloss.split('; "')[0]
