"""The head for statements as a torch network: words and the candidates among them, to what is said of each."""

import torch
from torch import Tensor, nn

from marsad.extract.statements.candidates import SORTS
from marsad.extract.statements.learned import DEAL_KINDS, PAIRS, STANCES, STATUSES

ALONE = len(STANCES) + len(DEAL_KINDS) + len(STATUSES)
TOGETHER = len(PAIRS) + 1
"""Scores of a pair: one for each relation, and one for "is a party of this agreement"."""
STEPS = torch.tensor([1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 24])
FAR = len(STEPS)


class StatementHead(nn.Module):
    """Upper layers of the encoder, and scores of candidates: alone (stance, agreement, status) and two by two."""

    def __init__(self, upper: nn.ModuleList, width: int = 384, inner: int = 256, dropout: float = 0.3) -> None:
        super().__init__()
        self.upper = upper
        self.drop = nn.Dropout(dropout)
        self.sort, self.stance = nn.Embedding(len(SORTS), 32), nn.Embedding(len(STANCES), 32)
        self.deal, self.status = nn.Embedding(len(DEAL_KINDS), 32), nn.Linear(len(STATUSES), 32, bias=False)
        self.candidate = nn.Sequential(nn.Linear(3 * width + 4 * 32, inner), nn.GELU(), nn.Dropout(dropout))
        self.left, self.right, self.between = nn.Linear(inner, 256), nn.Linear(inner, 256), nn.Linear(width, 256)
        self.apart, self.advised = nn.Embedding(2 * FAR + 1, 256), nn.Embedding(TOGETHER, 256)
        self.of_left, self.of_right, self.both = nn.Linear(inner, 64), nn.Linear(inner, 64), nn.Linear(64, 256)
        self.pair = nn.Sequential(nn.GELU(), nn.Dropout(dropout), nn.Linear(256, TOGETHER))
        self.alone = nn.Sequential(nn.Linear(inner, 128), nn.GELU(), nn.Dropout(dropout), nn.Linear(128, ALONE))
        # The wordings' word has a way of its own to every score, at first without weight.
        self.advised_scores, self.stance_scores = nn.Embedding(TOGETHER, TOGETHER), nn.Embedding(len(STANCES), ALONE)
        self.deal_scores = nn.Embedding(len(DEAL_KINDS), ALONE)
        self.status_scores = nn.Linear(len(STATUSES), ALONE, bias=False)
        self._begin()

    def _begin(self) -> None:
        """Most candidates tell of nothing: begin with that, or the first epoch is spent on learning it."""
        own = (self.advised_scores, self.stance_scores, self.deal_scores, self.status_scores)
        for table in own:
            nn.init.zeros_(table.weight)
        with torch.no_grad():
            self.pair[2].bias[0], self.pair[2].bias[-1] = 4.0, -2.0
            self.alone[3].bias[0], self.alone[3].bias[len(STANCES)] = 3.0, 2.0

    def forward(self, halfway: Tensor, piece: Tensor, asked: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Read C candidates and P pairs of them in a window, 1 x pieces x width: P x 15 and C x 18 scores."""
        first, last, left, right = (asked[name] for name in ("first", "last", "left", "right"))
        sort, stance, deal, status = (asked[name] for name in ("sort", "stance", "deal", "status"))
        states = halfway
        for layer in self.upper:
            states = layer(states)
        words = torch.gather(states, 1, piece.unsqueeze(-1).expand(-1, -1, states.shape[-1]))
        x = self.drop(words)[0].float()
        sums = running(x)
        mean = (sums[last + 1] - sums[first]) / (last - first + 1).unsqueeze(1)
        told = [self.sort(sort), self.stance(stance), self.deal(deal), self.status(status)]
        one = self.candidate(torch.cat([x[first], x[last], mean, *told], 1))
        alone = self.alone(one) + self.stance_scores(stance) + self.deal_scores(deal) + self.status_scores(status)
        low = torch.minimum(last[left], last[right]) + 1
        gap = torch.clamp(torch.maximum(first[left], first[right]) - low, min=0)
        between = running(self.between(x))
        mid = (between[low + gap] - between[low]) / torch.clamp(gap, min=1).unsqueeze(1)
        mixed = self.both(self.of_left(one)[left] * self.of_right(one)[right])
        far = self.apart(buckets(first[right] - first[left]))
        hidden = self.left(one)[left] + self.right(one)[right] + mid + far + self.advised(asked["advised"]) + mixed
        return self.pair(hidden) + self.advised_scores(asked["advised"]), alone


def running(rows: Tensor) -> Tensor:
    """Return the sums of the first 0, 1, 2 … rows."""
    return torch.cat([torch.zeros(1, rows.shape[1]), rows.float().cumsum(0)], 0)


def buckets(steps: Tensor) -> Tensor:
    """Return the bucket of each signed distance in words; FAR is none."""
    size = (steps.abs().unsqueeze(1) >= STEPS).sum(1)
    return FAR + torch.sign(steps) * size
