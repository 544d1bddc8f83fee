"""Parts of speech of a word, and which of them it mostly is."""

from __future__ import annotations

from inflection import PART, SHARE, Inflection
from lexicon import Lexicon

# Bits of the table, in this order; the number of the usual one stands in the upper three bits. A
# name has no bit: it is a noun or an adjective too.
PARTS = "nvar"
FUNCTION = 4
NAME = 5


def part_bits(word: str, lexicon: Lexicon, inflection: Inflection, function_words: set[str]) -> int:
    """The byte of a word: a bit for each part of speech that it can be, and the usual one above."""
    weights = dict.fromkeys(PARTS, 0.0)
    for part in lexicon.wordnet.parts(word):
        weights[part] += lexicon.wordnet.tags(word, part)
    lemma = lexicon.lemmas[word]
    for reading in inflection.readings(word):
        if lemma != word and lexicon.lemmas[reading.base] == lemma:
            part = PART[reading.kind]
            counted = lexicon.wordnet.tags(reading.base, part) if lexicon.wordnet.parts(reading.base) else 1
            weights[part] += SHARE[reading.kind] * counted
    if lemma != word and not any(weights.values()):
        for part in lexicon.wordnet.parts(lemma):
            weights[part] += lexicon.wordnet.tags(lemma, part)
    if not any(weights.values()) and word not in function_words:
        weights["r" if word.endswith("ly") else "n"] = 1
    bits = sum(1 << PARTS.index(part) for part, weight in weights.items() if weight)
    usual = max(range(len(PARTS)), key=lambda at: (weights[PARTS[at]], -at))
    if lexicon.wordnet.is_name(word):
        usual = NAME
    if word in function_words:
        bits, usual = bits | 1 << FUNCTION, FUNCTION
    return usual << 5 | bits
