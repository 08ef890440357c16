"""Averages the weights of runs that went on from one start with other orders of the data: steadier than either.

python average.py OUT RUN RUN...
"""

import shutil
import sys
from pathlib import Path

import torch


def main() -> None:
    out, *runs = (Path(name) for name in sys.argv[1:])
    saved = [torch.load(run / "reader.pt", weights_only=True) for run in runs]
    weights = saved[0]["weights"]
    for name, value in weights.items():
        if value.dtype.is_floating_point:
            weights[name] = torch.stack([one["weights"][name] for one in saved]).mean(0)
    out.mkdir(parents=True, exist_ok=True)
    torch.save({**saved[0], "weights": weights}, out / "reader.pt")
    shutil.copy(runs[0] / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    main()
