"""Writes the table: arrays that the program reads in place, one value a word in the words' order."""

from __future__ import annotations

import collections
import hashlib
import pathlib
import subprocess
import tempfile

import numpy as np

from pairs import Pairs

# A Zipf value takes a byte, in steps of a 32nd.
ZIPF_STEPS = 32
# A link's last byte: its kind above, its strength in 63rds below.
KINDS = ("family", "opposite", "related")
STRENGTH_STEPS = 63


def write_words(path: pathlib.Path, words: list[str]) -> None:
    """Writes the sorted words as an fst map to their places, by the tool of the fst's own library."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as csv:
        csv.writelines(f"{word},{place}\n" for place, word in enumerate(words))
        csv.flush()
        subprocess.run(["fst", "map", "--sorted", "--force", csv.name, path], check=True)


def zipf_bytes(commonness: list[float]) -> np.ndarray:
    """Commonness on the Zipf scale as bytes."""
    return np.rint(np.clip(np.array(commonness) * ZIPF_STEPS, 0, 255)).astype("u1")


def link_bytes(words: list[str], relations: dict[str, Pairs]) -> tuple[np.ndarray, bytes]:
    """Where each word's links begin, with an end for the last, and all links of three bytes each."""
    places = {word: place for place, word in enumerate(words)}
    links: dict[str, list[tuple[int, float, int]]] = collections.defaultdict(list)
    for kind, name in enumerate(KINDS):
        for (one, other), strength in relations[name].items():
            links[one].append((kind, -strength, places[other]))
            links[other].append((kind, -strength, places[one]))
    starts, encoded = [0], bytearray()
    for word in words:
        for kind, strength, place in sorted(links[word]):
            steps = round(min(max(-strength, 0), 1) * STRENGTH_STEPS)
            encoded += place.to_bytes(2, "little") + bytes([kind << 6 | steps])
        starts.append(len(encoded) // 3)
    return np.array(starts, dtype="<u4"), bytes(encoded)


def checksums(folder: pathlib.Path) -> str:
    """The table's files with sizes and SHA-256 sums, in the format that `sha256sum --check` reads."""
    files = sorted(folder.glob("*.bin")) + sorted(folder.glob("*.fst"))
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
