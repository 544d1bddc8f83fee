"""Static word vectors of wordllama: a word's vector is the sum of its tokens' vectors."""

from __future__ import annotations

import pathlib

import numpy as np
import wordllama
from safetensors.numpy import load_file
from tokenizers import Tokenizer

# The model was trained so that its first dimensions serve alone (Matryoshka).
DIMENSIONS = 64


class Vectors:
    """Vectors of words, in full to compare words here, and cut to DIMENSIONS for the table."""

    def __init__(self):
        folder = pathlib.Path(wordllama.__file__).parent
        (self.tokens,) = load_file(folder / "weights/l2_supercat_256.safetensors").values()
        self.tokens = self.tokens.astype(np.float32)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizers/l2_supercat_tokenizer_config.json"))
        self._ids: dict[str, list[int]] = {}

    def ids(self, word: str) -> list[int]:
        """The word's tokens."""
        if word not in self._ids:
            self._ids[word] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return self._ids[word]

    def is_single(self, word: str) -> bool:
        """Whether the word is one token: only then was its vector learned from its own uses."""
        return len(self.ids(word)) == 1

    def full(self, word: str) -> np.ndarray:
        """The word's vector with all dimensions."""
        return self.tokens[self.ids(word)].sum(axis=0)

    def cosine(self, one: str, other: str) -> float | None:
        """How close two words are, or None where shared pieces of words would tell it."""
        if not (self.is_single(one) and self.is_single(other)):
            return None
        a, b = self.full(one), self.full(other)
        return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))

    def quantized(self, words: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Vectors as int8, and for each word the upper half of the float32 that scales them."""
        cut = np.stack([self.tokens[self.ids(word)][:, :DIMENSIONS].sum(axis=0) for word in words])
        scales = np.abs(cut).max(axis=1) / 127
        # Rounded up, so that no value leaves int8.
        halves = ((scales.astype("<f4").view("<u4") + 0xFFFF) >> 16).astype("<u2")
        rounded = (halves.astype("<u4") << 16).view("<f4")
        return np.rint(cut / rounded[:, None]).astype("i1"), halves
