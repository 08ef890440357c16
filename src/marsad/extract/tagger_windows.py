"""Cuts a report into the windows that the learned reader sees: word pieces with their offsets, shapes and breaks.

A window is a run of whole sentences. The second and later windows of a report carry the report's lead and the
sentences just before as context, so that a place or a speaker named there can be found; a window decides only about
claims that begin in its own sentences. Training and reading cut alike because both call `windows`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from marsad.extract.lexicon import kinds_of
from marsad.extract.sentences import sentence_spans

Ints = NDArray[np.int64]

CLS, SEP = 101, 102
BODY_PIECES = 320
"""Pieces of a window's own sentences: most reports are one window; attention's cost still grows slowly here."""
NEIGHBOURS = 3
"""Sentences read on either side of a word of harm: with one alone, doers that "they" goes back to were lost."""
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that are read in one piece: the first one's index, and the offsets of the whole."""

    sentence: int
    start: int
    end: int


def windows(text: str, tokenizer: Tokenizer, worth: Callable[[int, int], bool] | None = None) -> Iterator[Window]:
    """Yield the windows of `text` in order; every word that is read is owned by exactly one of them.

    `worth` says of a sentence (its offsets) whether it must be read; with it, only such sentences, their neighbours
    and the first sentence of the text are read. Without it, all are.
    """
    sentences = list(sentence_spans(text))
    plain = _plain_words(tokenizer)
    ids: list[int] = []
    words: list[Word] = []
    for stretch in _stretches(text, sentences, worth):
        encoding = tokenizer.encode(text[stretch.start : stretch.end], add_special_tokens=False)
        words += _words(text, sentences, stretch, encoding, len(ids), plain)
        ids += encoding.ids
    at = 0
    for body_end in _cuts(words):
        context = _context(words, at) if at else []
        yield _window(ids, words, [*context, *range(at, body_end)], at)
        at = body_end


def _stretches(
    text: str, sentences: Sequence[tuple[int, int]], worth: Callable[[int, int], bool] | None
) -> Iterator[Stretch]:
    """Yield the runs of sentences that are read; where all are, that is the text as it stands."""
    told = [worth is None or worth(*bounds) for bounds in sentences]
    if not any(told):
        return
    near = [at == 0 or any(told[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]) for at in range(len(told))]
    edges = [at for at in range(len(near) + 1) if (at > 0 and near[at - 1]) != (at < len(near) and near[at])]
    for first, stop in zip(edges[::2], edges[1::2], strict=True):
        start = sentences[first][0] if first else 0
        yield Stretch(first, start, sentences[stop][0] if stop < len(sentences) else len(text))


@cache
def _plain_words(tokenizer: Tokenizer) -> Mapping[str, Sequence[int]]:
    """Return the pieces that are read for words that judge whom they name ("terrorists", "martyrs")."""
    return {word: tokenizer.encode(plain, add_special_tokens=False).ids for word, plain in kinds_of("loaded").items()}


def _words(
    text: str,
    sentences: Sequence[tuple[int, int]],
    stretch: Stretch,
    encoding: Encoding,
    base: int,
    plain: Mapping[str, Sequence[int]],
) -> Iterator[Word]:
    """Yield the words of a stretch; their pieces are counted from `base`."""
    offsets = encoding.offsets  # made anew at every access
    sentence, before = stretch.sentence, sentences[stretch.sentence - 1][1] if stretch.sentence else 0
    for first, last in _runs(encoding.word_ids):
        start, end = stretch.start + offsets[first][0], stretch.start + offsets[last - 1][1]
        while sentence + 1 < len(sentences) and start >= sentences[sentence][1]:
            sentence += 1
        gap = min(text.count("\n", before, start), BREAKS - 1) if before else BREAKS - 1
        word = text[start:end]
        instead = plain.get(word.lower(), ())
        yield Word(base + first, base + last, start, end, sentence, shape_of(word), gap, instead)
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
    lead = list(takewhile(lambda i: words[i].last <= LEAD_PIECES, range(body)))
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
