"""The trained network behind the reader's own interface, so that training is measured through the shipped code."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from marsad.extract.tagger_model import ClaimNumbers, Settings, claim_inputs, claim_numbers
from marsad.extract.tagger_spans import Floats
from marsad.extract.tagger_windows import Window
from network import Shape, make_reader

PLAIN = Settings(
    out_bias=-1.5,
    accept=0.5,
    accept_beside=0.5,
    mention=0.2,
    second_harm=0.5,
    nowhere={"victims": 0.5, "perpetrators": 0.5, "place": 0.5, "date_words": 0.5, "according_to": 0.5},
    confidence=(1.0, 2.0, 0.7),
    beside=(1.0, 2.0, 0.7, 1.0),
    link=0.2,
)


class TorchModel:
    """A reader.pt of train.py, in full precision."""

    def __init__(self, folder: Path, settings: Settings = PLAIN) -> None:
        saved = torch.load(folder / "reader.pt", weights_only=True)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.settings = settings
        self.held = set(saved["held"])
        self.reader = make_reader(saved["config"], None, Shape(layers=saved["layers"]))
        self.reader.load_state_dict(saved["weights"])
        self.reader.eval()

    @torch.inference_mode()
    def encode(self, window: Window) -> tuple[Floats, Floats]:
        feed = [torch.tensor(x)[None] for x in (window.ids, window.shapes, window.breaks, window.piece)]
        words, tags = self.reader.encoder(*feed, None)
        return words[0].numpy(), tags[0].numpy()

    @torch.inference_mode()
    def read_claims(self, words: Floats, spans: Sequence[tuple[int, int]]) -> ClaimNumbers:
        inside, others, apart = (torch.tensor(x) for x in claim_inputs(len(words), spans))
        feed = torch.tensor(words)[None].expand(len(spans), -1, -1)
        scores, ends, seen, state = self.reader.claims(feed, torch.zeros_like(inside), inside, others, apart)
        return claim_numbers(scores.numpy(), ends.numpy(), seen.numpy(), state.numpy())

    @torch.inference_mode()
    def tie(self, parts: Sequence[Floats]) -> Floats:
        return np.asarray(self.reader.pairs(*(torch.tensor(p) for p in parts)).numpy())
