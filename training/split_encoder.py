"""Cuts the encoder's graph in two, so that the statements' own layers can begin from the states of the lower half.

    python split_encoder.py ENCODER OUT

OUT receives lower.onnx (word pieces to states of pieces) and upper.onnx (those to states of words and tags). That both,
one after the other, compute what the whole computes, bit by bit, is asserted.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

LAYERS_BELOW = 3
MIDDLE = f"/encoder/bert/encoder/layer.{LAYERS_BELOW - 1}/output/LayerNorm/LayerNormalization_output_0"
"""The tensor between the halves: what the last lower layer gives."""
HALFWAY = "halfway"


def main() -> None:
    split(Path(sys.argv[1]), Path(sys.argv[2]))


def split(encoder: Path, out: Path) -> None:
    """Write the halves of an encoder into a folder."""
    graph = onnx.load(encoder)
    below = [one.name for one in graph.graph.input if one.name != "piece"]
    given = [one.name for one in graph.graph.output]
    lower, upper = out / "lower.onnx", out / "upper.onnx"
    onnx.utils.extract_model(str(encoder), str(lower), below, [MIDDLE], check_model=False)
    onnx.utils.extract_model(str(encoder), str(upper), [MIDDLE, "piece"], given, check_model=False)
    for path in (lower, upper):
        renamed(path)
    agree(encoder, lower, upper)


def renamed(path: Path) -> None:
    """Call the tensor between the halves by a plain name."""
    model = onnx.load(path)
    for node in model.graph.node:
        node.input[:] = [HALFWAY if name == MIDDLE else name for name in node.input]
        node.output[:] = [HALFWAY if name == MIDDLE else name for name in node.output]
    for one in (*model.graph.input, *model.graph.output):
        one.name = HALFWAY if one.name == MIDDLE else one.name
    onnx.save(model, path)


def agree(encoder: Path, lower: Path, upper: Path) -> None:
    draw = np.random.default_rng(1)
    sessions = [
        onnxruntime.InferenceSession(str(one), providers=["CPUExecutionProvider"]) for one in (encoder, lower, upper)
    ]
    for length in (7, 60, 300):
        ids = draw.integers(1000, 20000, (1, length))
        feed = {"ids": ids, "shapes": ids % 6, "breaks": ids % 3}
        piece = np.arange(0, length, 2)[None]
        whole = sessions[0].run(None, {**feed, "piece": piece})
        (states,) = sessions[1].run(None, feed)
        halves = sessions[2].run(None, {HALFWAY: states, "piece": piece})
        for one, other in zip(whole, halves, strict=True):
            assert np.array_equal(one, other), "the halves compute something else than the whole"


if __name__ == "__main__":
    main()
