"""Cuts a report into the windows that the learned reader sees: word pieces with their offsets, shapes and breaks.

A window is a run of whole sentences. The second and later windows of a report carry the report's lead and the
sentences just before as context, so that a place or a speaker named there can be found; a window decides only about
claims that begin in its own sentences. Training and reading cut alike because both call `windows`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from marsad.extract.lexicon import kinds_of
from marsad.extract.sentences import sentence_spans

Ints = NDArray[np.int64]

CLS, SEP = 101, 102
BODY_PIECES = 320
"""Pieces of a window's own sentences: most reports are one window; attention's cost still grows slowly here."""
LEAD_PIECES = 48
BEFORE_PIECES = 96
SHAPES = 6
BREAKS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces of one window, and its words: word 0 is [CLS] (offsets -1), the others have offsets in the text.

    `ids`, `shapes`, `breaks` have one entry a piece; `piece`, `starts`, `ends`, `owned`, `sentence` one a word.
    """

    ids: Ints
    shapes: Ints
    breaks: Ints
    piece: Ints
    starts: Ints
    ends: Ints
    owned: NDArray[np.bool_]
    sentence: Ints


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the report: its pieces `first` to `last` (exclusive) and its offsets in the text."""

    first: int
    last: int
    start: int
    end: int
    sentence: int
    shape: int
    gap: int
    instead: Sequence[int] = ()
    """The pieces of the plain word that is read in its place."""


def windows(text: str, tokenizer: Tokenizer) -> Iterator[Window]:
    """Yield the windows of `text` in order; every word is owned by exactly one of them."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    words = list(_words(text, encoding, _plain_words(tokenizer)))
    at = 0
    for body_end in _cuts(words):
        context = _context(words, at) if at else []
        yield _window(encoding.ids, words, [*context, *range(at, body_end)], at)
        at = body_end


@cache
def _plain_words(tokenizer: Tokenizer) -> Mapping[str, Sequence[int]]:
    """Return the pieces that are read for words that judge whom they name ("terrorists", "martyrs")."""
    return {word: tokenizer.encode(plain, add_special_tokens=False).ids for word, plain in kinds_of("loaded").items()}


def _words(text: str, encoding: Encoding, plain: Mapping[str, Sequence[int]]) -> Iterator[Word]:
    bounds = [end for _, end in sentence_spans(text)]
    offsets = encoding.offsets  # made anew at every access
    sentence, before = 0, 0
    for first, last in _runs(encoding.word_ids):
        start, end = offsets[first][0], offsets[last - 1][1]
        while sentence + 1 < len(bounds) and start >= bounds[sentence]:
            sentence += 1
        gap = min(text.count("\n", before, start), BREAKS - 1) if before else BREAKS - 1
        word = text[start:end]
        yield Word(first, last, start, end, sentence, shape_of(word), gap, plain.get(word.lower(), ()))
        before = end


def _runs(word_ids: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(word_ids) + 1):
        if at == len(word_ids) or word_ids[at] != word_ids[first]:
            yield first, at
            first = at


def shape_of(word: str) -> int:
    """Return how a word is written: 1 lower, 2 Capitalised, 3 ALL CAPITALS, 4 digits, 5 anything else."""
    if word[:1].isdigit():
        return 4
    if not word[:1].isalpha():
        return 5
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() else 1


def _cuts(words: Sequence[Word]) -> Iterator[int]:
    """Yield the word index at which each window's body ends: at a sentence's end where one fits, else hard."""
    at = 0
    while at < len(words):
        end = sentence_end = at
        while end < len(words) and words[end].last - words[at].first <= BODY_PIECES:
            end += 1
            if end == len(words) or words[end].sentence != words[end - 1].sentence:
                sentence_end = end
        end = end if end > at else at + 1
        at = sentence_end if sentence_end > at else end
        yield at


def _context(words: Sequence[Word], body: int) -> list[int]:
    lead = [i for i in range(body) if words[i].last <= LEAD_PIECES]
    before = body
    while before > len(lead) and words[body].first - words[before - 1].first <= BEFORE_PIECES:
        before -= 1
    return [*lead, *range(before, body)]


def _window(all_ids: Sequence[int], words: Sequence[Word], chosen: Sequence[int], body: int) -> Window:
    ids, shapes, breaks, piece = [CLS], [0], [0], [0]
    for i in chosen:
        word = words[i]
        piece.append(len(ids))
        # A longer word than this is no word (an address, a key); its tail tells nothing and would crowd the window.
        pieces = word.instead or all_ids[word.first : min(word.last, word.first + 16)]
        ids += pieces
        shapes += [word.shape] * len(pieces)
        breaks += [word.gap, *[0] * (len(pieces) - 1)]
    ids.append(SEP)
    shapes.append(0)
    breaks.append(0)
    return Window(
        np.array(ids, np.int64),
        np.array(shapes, np.int64),
        np.array(breaks, np.int64),
        np.array(piece, np.int64),
        np.array([-1, *(words[i].start for i in chosen)], np.int64),
        np.array([-1, *(words[i].end for i in chosen)], np.int64),
        np.array([False, *(i >= body for i in chosen)]),
        np.array([-1, *(words[i].sentence for i in chosen)], np.int64),
    )
