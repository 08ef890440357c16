"""Writes the trained reader as the files that ship: three graphs, the tokenizer and the card that names them.

    python export.py RUN OUT [--settings FILE]

RUN is train.py's folder. The encoder becomes 8-bit (dynamic quantisation of its matrix products; word tables too);
the small heads stay in full precision. Parity of the full-precision graphs with torch is asserted.
"""

import argparse
import dataclasses
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from marsad.extract.tagger_spans import distances
from marsad.extract.tagger_windows import windows
from torch_model import PLAIN, TorchModel

OPSET = 17
SHIPPED = ("encoder.onnx", "claims.onnx", "pairs.onnx", "tokenizer.json")
SAMPLE = "Gunmen killed 12 villagers and wounded 5 others near the river, a police officer said on Monday."


class OneWindow(nn.Module):
    """The encoder without a mask: windows are run one by one, so that nothing depends on their company."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, shapes: Tensor, breaks: Tensor, piece: Tensor) -> tuple[Tensor, Tensor]:
        return self.encoder(ids, shapes, breaks, piece, None)


class ClaimsOfOneWindow(nn.Module):
    def __init__(self, heads: nn.Module) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, words: Tensor, inside: Tensor, others: Tensor, distance: Tensor) -> tuple[Tensor, ...]:
        return self.heads(words, torch.zeros_like(inside), inside, others, distance)


def export(
    module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], axes: dict[str, dict[int, str]], to: Path
) -> None:
    module.eval()
    with torch.inference_mode():
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(to),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    module.eval()
    session = onnxruntime.InferenceSession(str(to), providers=["CPUExecutionProvider"])
    ours = session.run(None, {k: v.numpy() for k, v in inputs.items()})
    with torch.inference_mode():
        theirs = module(*inputs.values())
    theirs = theirs if isinstance(theirs, tuple) else (theirs,)
    for one, other in zip(ours, theirs, strict=True):
        gap = float(np.abs(one - other.numpy()).max())
        assert gap < 1e-3, f"{to.name}: the graph differs from the network by {gap}"


def export_all(model: TorchModel, folder: Path) -> None:
    window = next(iter(windows(SAMPLE, model.tokenizer)))
    feed = {
        "ids": torch.tensor(window.ids)[None],
        "shapes": torch.tensor(window.shapes)[None],
        "breaks": torch.tensor(window.breaks)[None],
        "piece": torch.tensor(window.piece)[None],
    }
    pieces = {1: "pieces"}
    axes = {
        "ids": pieces,
        "shapes": pieces,
        "breaks": pieces,
        "piece": {1: "words"},
        "states": {1: "words"},
        "tags": {1: "words"},
    }
    reader = model.reader
    export(OneWindow(reader.encoder), feed, ["states", "tags"], axes, folder / "plain.onnx")
    words, _ = model.encode(window)
    inside = torch.zeros(2, len(words))
    inside[0, 3:5] = inside[1, 7:9] = 1
    others = inside.max(0).values.expand(2, -1).contiguous()
    apart = torch.tensor(np.stack([distances(3, len(words)), distances(7, len(words))]))
    claims = {"words": torch.tensor(words)[None], "inside": inside, "others": others, "distance": apart}
    both = {0: "claims", 1: "words"}
    axes = {
        "words": {1: "words"},
        "inside": both,
        "others": both,
        "distance": both,
        "scores": {0: "claims"},
        "ends": both,
        "seen": both,
        "state": {0: "claims"},
    }
    export(
        ClaimsOfOneWindow(reader.claims),
        claims,
        ["scores", "ends", "seen", "state"],
        axes,
        folder / "plain_claims.onnx",
    )
    _, _, seen, state = reader.claims(
        claims["words"].expand(2, -1, -1), torch.zeros_like(inside), inside, others, apart
    )
    d = seen.shape[-1]
    features = reader.pairs.mix[0].in_features - 2 * d - 3 * state.shape[-1]
    pairs = {
        "seen_from_first": torch.randn(3, d),
        "seen_from_second": torch.randn(3, d),
        "first": torch.randn(3, state.shape[-1]),
        "second": torch.randn(3, state.shape[-1]),
        "features": torch.randn(3, features),
    }
    export(reader.pairs, pairs, ["scores"], {k: {0: "pairs"} for k in (*pairs, "scores")}, folder / "pairs.onnx")


def quantise(plain: Path, to: Path) -> None:
    with tempfile.TemporaryDirectory() as room:
        prepared = Path(room) / "prepared.onnx"
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(to),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
    plain.unlink()
    onnx.checker.check_model(str(to))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("run", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--settings", type=Path)
    o = a.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    model = TorchModel(o.run)
    export_all(model, o.out)
    quantise(o.out / "plain.onnx", o.out / "encoder.onnx")
    quantise(o.out / "plain_claims.onnx", o.out / "claims.onnx")
    (o.out / "tokenizer.json").write_bytes((o.run / "tokenizer.json").read_bytes())
    settings = json.loads(o.settings.read_text("utf-8")) if o.settings else dataclasses.asdict(PLAIN)
    write_card(o.out, settings)


def write_card(folder: Path, settings: dict[str, object]) -> None:
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SHIPPED}
    (folder / "tagger.json").write_text(json.dumps({"sha256": digests, "settings": settings}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
