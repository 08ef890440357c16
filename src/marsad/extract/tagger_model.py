"""The learned reader's files, checked and loaded once, and what they compute: numbers in, numbers out.

Three graphs, run on one thread so that the same input gives the same output: `encoder.onnx` gives each word a
state and its tags, `claims.onnx` looks at all words from each claim, `pairs.onnx` judges two claims.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import numpy as np
from tokenizers import Tokenizer

from marsad.errors import DataFileError
from marsad.extract.tagger_spans import Floats, distances
from marsad.extract.tagger_windows import Window
from marsad.vocabulary import BASES, HARMS, MEANS, MODALITIES, SCOPES, STATUSES

ROLES = ("victims", "perpetrators", "place", "date_words", "according_to")
CLASSES: Mapping[str, Sequence[str | None]] = {
    "scope": SCOPES,
    "modality": MODALITIES,
    "status": STATUSES,
    "basis": (None, *BASES),
    "means": (None, *MEANS),
}
FOLDER = "data/tagger"
CARD = "tagger.json"


@dataclass(frozen=True, slots=True)
class ClaimNumbers:
    """What the heads say of the K claims of a window of W words.

    `harms` K x 8 log odds; `classes` K x n scores by name; `ends` K x W x 10 (start and end of each role); `seen`
    K x W x d the words seen from each claim; `state` K x n the claims themselves.
    """

    harms: Floats
    classes: Mapping[str, Floats]
    ends: Floats
    seen: Floats
    state: Floats


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds and calibration, fitted on reports that the reader had not seen."""

    out_bias: float
    accept: float
    accept_beside: float
    mention: float
    second_harm: float
    nowhere: Mapping[str, float]
    confidence: Sequence[float]
    beside: Sequence[float]
    link: float


class Model(Protocol):
    """What the reader needs of a network; the shipped one is OnnxModel."""

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts a text into word pieces."""

    @property
    def settings(self) -> Settings:
        """Thresholds and calibration."""

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """Return the words' states (W x width) and tag scores (W x 3)."""

    def read_claims(self, words: Floats, spans: Sequence[tuple[int, int]]) -> ClaimNumbers:
        """Return what the heads say of the claims at `spans` (first and last word)."""

    def tie(self, parts: Sequence[Floats]) -> Floats:
        """Return P x 4 scores for P pairs: no tie, right part of left, left part of right, same."""


@dataclass(frozen=True, slots=True)
class OnnxModel:
    """The shipped network; not to be changed after loading."""

    tokenizer: Tokenizer
    settings: Settings
    encoder: Any
    claims: Any
    pairs: Any

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """Return the words' states (W x width) and tag scores (W x 3)."""
        feed = {"ids": window.ids, "shapes": window.shapes, "breaks": window.breaks, "piece": window.piece}
        words, tags = self.encoder.run(None, {name: value[None] for name, value in feed.items()})
        return words[0], tags[0]

    def read_claims(self, words: Floats, spans: Sequence[tuple[int, int]]) -> ClaimNumbers:
        """Return what the heads say of the claims at `spans` (first and last word)."""
        inside, others, apart = claim_inputs(len(words), spans)
        feed = {"words": words[None], "inside": inside, "others": others, "distance": apart}
        scores, ends, seen, state = self.claims.run(None, feed)
        return claim_numbers(scores, ends, seen, state)

    def tie(self, parts: Sequence[Floats]) -> Floats:
        """Return P x 4 scores for P pairs: no tie, right part of left, left part of right, same."""
        names = ("seen_from_first", "seen_from_second", "first", "second", "features")
        scores: Floats = self.pairs.run(None, dict(zip(names, parts, strict=True)))[0]
        return scores


def claim_inputs(words: int, spans: Sequence[tuple[int, int]]) -> tuple[Floats, Floats, np.ndarray[Any, Any]]:
    """Return for each claim: 1 on its words; 1 on words of any claim; the distance bucket of every word."""
    inside = np.zeros((len(spans), words), np.float32)
    for k, (first, last) in enumerate(spans):
        inside[k, first : last + 1] = 1
    others = np.broadcast_to(inside.max(0), inside.shape).copy()
    return inside, others, np.stack([distances(first, words) for first, _ in spans])


def claim_numbers(scores: Floats, ends: Floats, seen: Floats, state: Floats) -> ClaimNumbers:
    """Part the heads' one row of scores into harms and the classes by name."""
    cuts = np.cumsum([len(HARMS), *(len(values) for values in CLASSES.values())])
    harms, *classes = np.split(scores, cuts[:-1], 1)
    return ClaimNumbers(harms, dict(zip(CLASSES, classes, strict=True)), ends, seen, state)


@cache
def load_model() -> OnnxModel:
    """Load the shipped files once; DataFileError when one is missing or not the one that the card names."""
    return load_from(resources.files("marsad").joinpath(FOLDER))


def load_from(folder: Traversable) -> OnnxModel:
    """Load a reader from a folder that holds its card and the files that the card names."""
    card = json.loads(_read(folder, CARD))
    raw = {name: _checked(folder, name, digest) for name, digest in sorted(card["sha256"].items())}
    return OnnxModel(
        tokenizer=Tokenizer.from_str(raw["tokenizer.json"].decode("utf-8")),
        settings=Settings(**card["settings"]),
        encoder=_session(raw["encoder.onnx"]),
        claims=_session(raw["claims.onnx"]),
        pairs=_session(raw["pairs.onnx"]),
    )


def _runtime() -> Any:
    """Return ONNX Runtime with its telemetry off: 1.31 notes an id of the machine and can report to its maker.

    The variable is read when the library is loaded; the call is for a program that had loaded it before us.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


def _session(raw: bytes) -> Any:
    onnxruntime = _runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])


def _checked(folder: Traversable, name: str, digest: str) -> bytes:
    raw = _read(folder, name)
    if hashlib.sha256(raw).hexdigest() != digest:
        raise DataFileError(
            f"{FOLDER}/{name} is not the file that its card names (sha256 {digest[:12]}…). "
            "Install Marsad anew, or read with --extractor rules."
        )
    return raw


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except FileNotFoundError as missing:
        raise DataFileError(
            f"{FOLDER}/{name} is missing from this installation. Install Marsad anew, or read with --extractor rules."
        ) from missing
