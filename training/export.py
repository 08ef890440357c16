"""Writes the trained reader as the files that ship: three graphs, the tokenizer and the card that names them.

    python export.py RUN OUT [--settings FILE]

RUN is train.py's folder. The encoder becomes 8-bit (dynamic quantisation of its matrix products; word tables too);
the pair head stays in full precision. That the graphs compute what the network computes is asserted before.
"""

import argparse
import dataclasses
import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from fused import ClaimsOfOneWindow
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


def export(
    module: nn.Module,
    inputs: dict[str, Tensor],
    outputs: dict[str, Tensor],
    axes: dict[str, dict[int, str]],
    to: Path,
    fused: bool = False,
) -> None:
    """Write a graph, with ONNX Runtime's own operators where `fused`; assert that it gives the network's `outputs`."""
    module.eval()
    with torch.inference_mode():
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(to),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            custom_opsets={"com.microsoft": 1} if fused else None,
            dynamo=False,
        )
    session = onnxruntime.InferenceSession(str(to), providers=["CPUExecutionProvider"])
    ours = session.run(None, {k: v.numpy() for k, v in inputs.items()})
    for one, other in zip(ours, outputs.values(), strict=True):
        gap = float(np.abs(one - other.numpy()).max())
        assert gap < 1e-3, f"{to.name}: the graph differs from the network by {gap}"


@torch.inference_mode()
def export_all(model: TorchModel, folder: Path) -> None:
    reader = model.reader
    window = next(iter(windows(SAMPLE, model.tokenizer)))
    names = ("ids", "shapes", "breaks", "piece")
    feed = {name: torch.tensor(getattr(window, name))[None] for name in names}
    states, tags = reader.encoder(*feed.values(), None)
    by_piece, by_word = {1: "pieces"}, {1: "words"}
    axes = {"ids": by_piece, "shapes": by_piece, "breaks": by_piece, "piece": by_word}
    axes |= {"states": by_word, "tags": by_word}
    export(OneWindow(reader.encoder), feed, {"states": states, "tags": tags}, axes, folder / "plain.onnx")
    seen, state = export_claims(reader, states, folder / "plain_claims.onnx")
    d = seen.shape[-1]
    features = reader.pairs.mix[0].in_features - 2 * d - 3 * state.shape[-1]
    pairs = {
        "seen_from_first": torch.randn(3, d),
        "seen_from_second": torch.randn(3, d),
        "first": torch.randn(3, state.shape[-1]),
        "second": torch.randn(3, state.shape[-1]),
        "features": torch.randn(3, features),
    }
    axes = {k: {0: "pairs"} for k in (*pairs, "scores")}
    export(reader.pairs, pairs, {"scores": reader.pairs(*pairs.values())}, axes, folder / "pairs.onnx")


def export_claims(reader: nn.Module, states: Tensor, to: Path) -> tuple[Tensor, Tensor]:
    words = states.shape[1]
    inside = torch.zeros(2, words)
    inside[0, 3:5] = inside[1, 7:9] = 1
    others = inside.max(0).values.expand(2, -1).contiguous()
    apart = torch.tensor(np.stack([distances(3, words), distances(7, words)]))
    outputs = reader.claims(states.expand(2, -1, -1), torch.zeros_like(inside), inside, others, apart)
    feed = {"words": states, "inside": inside, "others": others, "distance": apart}
    both = {0: "claims", 1: "words"}
    axes = {"words": {1: "words"}, "inside": both, "others": both, "distance": both}
    axes |= {"scores": {0: "claims"}, "ends": both, "seen": both, "state": {0: "claims"}}
    named = dict(zip(("scores", "ends", "seen", "state"), outputs, strict=True))
    export(ClaimsOfOneWindow(reader.claims), feed, named, axes, to, fused=True)
    return named["seen"], named["state"]


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
    onnxruntime.InferenceSession(str(to), providers=["CPUExecutionProvider"])


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
