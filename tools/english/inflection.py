"""The lemma of a word: the form that a dictionary lists, by inflection alone."""

from __future__ import annotations

import dataclasses
import math

from vectors import Vectors
from vocabulary import lookups
from wordnet import WordNet

VOWELS = "aeiou"
# From this cosine on, two forms mean the same. Below FAR, they do not.
SAME = 0.75
FAR = {"comparative": 0.2}
# How much of a lemma's use is in each of its forms; about what tagged text has.
SHARE = {"plural": 0.3, "present": 0.12, "past": 0.35, "gerund": 0.15, "comparative": 0.3}
PART = {"plural": "n", "present": "v", "past": "v", "gerund": "v", "comparative": "a"}
EXCEPTIONS = {"noun": "plural", "verb": "past", "adj": "comparative", "adv": "comparative"}


@dataclasses.dataclass(frozen=True)
class Reading:
    """A word read as a form of a lemma."""

    base: str
    kind: str
    irregular: bool = False


def regular_readings(word: str) -> list[Reading]:
    """What the word may be a regular form of, whether or not there is such a word."""
    readings = []
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        bases = [word[:-1]]
        if word.endswith("ies"):
            bases = [word[:-3] + "y", word[:-1]]
        elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            bases = [word[:-2], word[:-1]]
        readings += [Reading(base, kind) for base in bases for kind in ("plural", "present")]
    for ending, kind in (("ed", "past"), ("ing", "gerund"), ("er", "comparative"), ("est", "comparative")):
        if word.endswith(ending):
            readings += [Reading(base, kind) for base in bare_stems(word.removesuffix(ending), ending)]
    return readings


def bare_stems(stem: str, ending: str) -> list[str]:
    """What a stem was before its ending: cod-ing, stop-p-ing, tr-y-ed."""
    stems = [stem + "e"]
    if stem[-1:] == stem[-2:-1] and stem[-1:] not in VOWELS + "sfz":
        stems.append(stem[:-1])
    if stem.endswith("i") and ending != "ing":
        stems.append(stem[:-1] + "y")
    elif not doubles(stem):
        stems.append(stem)
    return [stem for stem in stems if len(stem) > 1]


def doubles(stem: str) -> bool:
    """Whether a word of one syllable doubles its last letter before an ending: stop, but not lock."""
    if len(stem) < 3 or stem[-1] in VOWELS + "wxy" or stem[-2] not in VOWELS:
        return False
    return not any(letter in VOWELS + "y" for letter in stem[:-2].removeprefix("qu"))


def spelling_key(word: str) -> str:
    """A form that British and American spellings of a word share."""
    for british, american in (
        ("isation", "ization"), ("yse", "yze"), ("ise", "ize"), ("ising", "izing"), ("our", "or"), ("ogue", "og"),
        ("ence", "ense"), ("tre", "ter"), ("bre", "ber"), ("ae", "e"), ("oe", "e"), ("ll", "l"), ("mme", "m"),
        ("que", "ck"), ("grey", "gray"), ("ough", "ow"), ("mould", "mold"), ("tyre", "tire"),
    ):  # fmt: skip
        word = word.replace(british, american)
    return word


class Inflection:
    """Finds lemmas by WordNet's parts of speech, rules, exceptions and what words mean."""

    def __init__(self, wordnet: WordNet, vectors: Vectors, commonness: dict[str, float], judged: dict):
        self.wordnet, self.vectors, self.commonness = wordnet, vectors, commonness
        self.judged = judged["forms"]
        self.apart = set(judged["apart"].split())
        self.exceptions: dict[str, list[Reading]] = {}
        for part, table in lookups("en_lemma_exc").items():
            for word, bases in table.items():
                kind = EXCEPTIONS[part]
                if part == "verb" and word.endswith("ing"):
                    kind = "gerund"
                elif part == "verb" and word.endswith("s"):
                    kind = "present"
                found = self.exceptions.setdefault(word, [])
                found += [Reading(base, kind, not word.endswith("ing")) for base in bases if base != word]
        self.variants = self._find_variants()

    def _find_variants(self) -> dict[str, str]:
        """For the rarer of two spellings of a word, the more common one."""
        pairs = list(lookups("en_lexeme_norm").items())
        # The table of spellings has gaps; in long words, -ise and -our are never another word.
        british = [word for word in self.commonness if len(word) > 5]
        for ending, other in (("is", "iz"), ("ys", "yz"), ("our", "or")):
            pairs += [(word, other.join(word.rsplit(ending, 1))) for word in british if ending in word[3:]]
        variants = {}
        for one, other in sorted(set(pairs)):
            if one not in self.commonness or other not in self.commonness or one == other:
                continue
            if one[0] == other[0] and spelling_key(one) == spelling_key(other) and self.may_be_one(one, other):
                rarer, usual = sorted((one, other), key=lambda word: (self.commonness[word], word))
                variants[rarer] = usual
        return variants

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether two spellings share a meaning, as far as WordNet has both."""
        meanings = [{sense.synset for sense in self.wordnet.senses.get(word, ())} for word in (one, other)]
        return not all(meanings) or bool(meanings[0] & meanings[1])

    def readings(self, word: str) -> list[Reading]:
        """The ways to read the word as a form of a word that is in the table."""
        found = self.exceptions.get(word, []) + regular_readings(word)
        return [reading for reading in found if self.is_possible(word, reading)]

    def is_possible(self, word: str, reading: Reading) -> bool:
        """Whether the base is in the table as the part of speech that has such a form."""
        base, part = reading.base, PART[reading.kind]
        if base not in self.commonness or base == word:
            return False
        parts = self.wordnet.parts(base)
        if parts:
            return part in parts or (part == "a" and "r" in parts)
        # A word newer than WordNet: any form of it is likely, but for comparison.
        return part != "a" and not self.wordnet.parts(word) and self.commonness[base] >= self.commonness[word] - 1

    def score(self, word: str, reading: Reading) -> float:
        """How likely a reading is: how much its base is used as such a part of speech, and closeness."""
        base, part = reading.base, PART[reading.kind]
        share = self.wordnet.tags(base, part) / self.wordnet.tags(base) if self.wordnet.parts(base) else 0.5
        cosine = self.vectors.cosine(word, base)
        closeness = 0.4 if cosine is None else cosine
        return self.commonness[base] + math.log10(max(share, 1e-3)) + 4 * closeness + reading.irregular

    def is_form(self, word: str, reading: Reading) -> bool:
        """Whether the word is rather this form of the base than a word of its own."""
        cosine = self.vectors.cosine(word, reading.base)
        if not self.wordnet.parts(word):
            is_short = len(reading.base) < 5 and reading.kind in ("plural", "present") and not reading.irregular
            return not is_short or (cosine is not None and cosine >= 0.35) or (cosine is None and len(reading.base) > 2)
        if word in self.wordnet.names and self.is_rare(reading.base, word):
            return False
        if cosine is not None and cosine < FAR.get(reading.kind, 0.35) and not reading.irregular:
            return False
        if cosine is not None and cosine >= SAME and not self.has_plural(word):
            return True
        if reading.kind == "gerund":
            return self.is_gerund(word, reading)
        if reading.kind == "comparative":
            return self.is_comparison(word, reading)
        return self.is_plain_form(word, reading, cosine)

    def is_rare(self, base: str, word: str) -> bool:
        """Whether a base is too rare, or itself a name, to be what a name with an ending comes from."""
        return base in self.wordnet.names or self.commonness[base] < self.commonness[word] - 0.5

    def has_plural(self, word: str) -> bool:
        """Whether a word in -ing has a plural about as common as itself: building, buildings."""
        return word.endswith("ing") and self.commonness.get(word + "s", 0) > self.commonness[word] - 0.9

    def is_plain_form(self, word: str, reading: Reading, cosine: float | None) -> bool:
        """Of a plural, a present or a past: not one that is far more common in a sense of its own."""
        expected = SHARE[reading.kind] * self.wordnet.tags(reading.base, PART[reading.kind])
        own = self.wordnet.tags(word)
        if reading.kind == "past" and not reading.irregular:
            # Nearly every participle is listed as an adjective too, with the verb's meaning.
            is_close = cosine is not None and cosine >= 0.55
            return self.wordnet.parts(word) <= {"a"} or is_close or own <= 3 * max(expected, 1)
        if reading.kind == "plural":
            is_rare_base = self.commonness[reading.base] < self.commonness[word] - 1
            return own <= max(1, 4 * expected) and not (is_rare_base and own > expected)
        return own <= (max(3, 1.5 * expected) if reading.irregular else max(1, expected))

    def is_gerund(self, word: str, reading: Reading) -> bool:
        """Of a form in -ing: not one that is a noun with a plural, or an adjective, of its own."""
        expected = SHARE["gerund"] * self.wordnet.tags(reading.base, "v")
        nouns = self.wordnet.tags(word, "n")
        adjectives = self.wordnet.tags(word, "a")
        if nouns and (self.has_plural(word) or nouns > max(2, 1.2 * expected)):
            return False
        return adjectives <= max(6, 2 * expected)

    def is_comparison(self, word: str, reading: Reading) -> bool:
        """Of a form in -er or -est: not one that is rather a noun or a verb."""
        if self.commonness[reading.base] < self.commonness[word] - 1.5:
            return False
        compared = self.wordnet.tags(word, "a") + self.wordnet.tags(word, "r")
        rest = self.wordnet.tags(word) - compared
        if compared:
            return compared > rest
        share = self.wordnet.tags(reading.base, "a") / self.wordnet.tags(reading.base)
        return rest <= 0.8 and share > 0.7

    def lemmas(self) -> dict[str, str]:
        """For each word of the table its lemma, itself if it is one."""
        lemmas = {word: self.lemma(word) for word in sorted(self.commonness)}
        for word, lemma in lemmas.items():
            if word == lemma + "s" and lemma.endswith("ing"):
                lemmas[word] = lemmas[lemma]
        # "Founded" is of "found", not of "find": a lemma that is a form itself does not count.
        return {word: lemma if lemmas[lemma] == lemma else word for word, lemma in lemmas.items()}

    def lemma(self, word: str) -> str:
        """The lemma of one word, in its usual spelling."""
        base = word
        if self.judged.get(word) in self.commonness:
            base = self.judged[word]
        elif word not in self.apart:
            fitting = [reading for reading in self.readings(word) if self.is_form(word, reading)]
            if fitting:
                base = max(fitting, key=lambda reading: (self.score(word, reading), reading.base)).base
        return self.variants.get(base, base)
