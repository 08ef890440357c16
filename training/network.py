"""The learned reader as a torch network: one encoder pass a window, then small heads on the claims that it finds."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as f
from transformers import BertConfig, BertModel

from labels import CLASSES, ROLES
from marsad.extract.tagger_pairs import NUMBER_OF_FEATURES
from marsad.extract.tagger_spans import FAR
from marsad.extract.tagger_windows import BREAKS, SHAPES
from marsad.vocabulary import HARMS

HARM_COUNT = len(HARMS)
CLASS_SIZES = [len(values) for values in CLASSES.values()]
ROLE_COUNT = len(ROLES)


@dataclass
class Shape:
    width: int = 384
    inner: int = 128
    layers: int = 2
    heads: int = 4
    dropout: float = 0.1


class PooledDropout(nn.Module):
    """Dropout that slices its masks from one random pool: drawing fresh ones takes a tenth of a CPU's training time."""

    pool: Tensor | None = None

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return x
        kind = PooledDropout
        if kind.pool is None or kind.pool.numel() < 2 * x.numel():
            size = max(1 << 23, 4 * x.numel())
            kind.pool = ((torch.rand(size) >= self.p).float() / (1 - self.p)).to(torch.bfloat16)
        at = int(torch.randint(0, kind.pool.numel() - x.numel(), ()))
        return x * kind.pool[at : at + x.numel()].view(x.shape)


def pool_dropout(module: nn.Module) -> None:
    """Put PooledDropout in the place of every Dropout (all of one rate)."""
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout):
            setattr(module, name, PooledDropout(child.p))
        else:
            pool_dropout(child)


class Encoder(nn.Module):
    """Word pieces to one state a word, and the tags outside, begin, inside of each word."""

    def __init__(self, bert: BertModel, shape: Shape) -> None:
        super().__init__()
        self.bert = bert
        self.shape_table = nn.Embedding(SHAPES, shape.width)
        self.break_table = nn.Embedding(BREAKS, shape.width)
        nn.init.zeros_(self.shape_table.weight)
        nn.init.zeros_(self.break_table.weight)
        self.tags = nn.Sequential(
            nn.Dropout(shape.dropout),
            nn.Linear(shape.width, 256),
            nn.GELU(),
            nn.Dropout(shape.dropout),
            nn.Linear(256, 3),
        )

    def forward(
        self, ids: Tensor, shapes: Tensor, breaks: Tensor, piece: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        added = self.bert.embeddings.word_embeddings(ids) + self.shape_table(shapes) + self.break_table(breaks)
        hidden = self.bert(inputs_embeds=added, attention_mask=mask).last_hidden_state
        words = torch.gather(hidden, 1, piece.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        return words, self.tags(words)


class Layer(nn.Module):
    """A transformer layer, normalised first, written out so that it exports plainly."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm_1, self.norm_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.feed = nn.Sequential(nn.Linear(width, 3 * width), nn.GELU(), nn.Linear(3 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        k, w, d = x.shape
        q, key, v = (
            self.qkv(self.norm_1(x)).reshape(k, w, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        )
        mixed = f.scaled_dot_product_attention(q, key, v, attn_mask=bias.to(q.dtype)).transpose(1, 2).reshape(k, w, d)
        x = x + self.drop(self.out(mixed))
        return x + self.drop(self.feed(self.norm_2(x)))


class ClaimHeads(nn.Module):
    """All words seen from one claim: its harms and classes, and where each of its roles starts and ends."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.inner
        self.project = nn.Sequential(nn.Dropout(shape.dropout), nn.Linear(shape.width, d))
        self.of_claim = nn.Linear(2 * shape.width, d)
        self.inside = nn.Embedding(3, d)
        self.distance = nn.Embedding(2 * FAR + 1, d)
        self.layers = nn.ModuleList([Layer(d, shape.heads, shape.dropout) for _ in range(shape.layers)])
        self.norm = nn.LayerNorm(d)
        self.ends = nn.Linear(d, 2 * ROLE_COUNT)
        self.state = nn.Sequential(nn.Linear(2 * d + 2 * shape.width, d * 2), nn.GELU(), nn.Dropout(shape.dropout))
        self.classes = nn.Linear(2 * d, HARM_COUNT + sum(CLASS_SIZES))

    def forward(
        self, words: Tensor, pad: Tensor, inside: Tensor, others: Tensor, distance: Tensor
    ) -> tuple[Tensor, ...]:
        """Read K claims on W words: `inside` is 1 on the claim, `others` on any claim, `pad` where no word is."""
        weight = (inside / inside.sum(1, keepdim=True)).unsqueeze(1)
        mean = torch.matmul(weight, words).squeeze(1)
        first = torch.matmul((inside * (distance == FAR)).unsqueeze(1), words).squeeze(1)
        first = first / torch.clamp((inside * (distance == FAR)).sum(1, keepdim=True), min=1)
        claim = torch.cat([mean, first], -1)
        marks = (inside * 2 + others * (1 - inside)).long()
        x = self.project(words) + self.of_claim(claim).unsqueeze(1) + self.inside(marks) + self.distance(distance)
        bias = (pad * -1e4).unsqueeze(1).unsqueeze(1)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.norm(x)
        state = self.state(torch.cat([torch.matmul(weight, x).squeeze(1), x[:, 0], claim], -1))
        ends = self.ends(x) - (pad * 1e4).unsqueeze(-1)
        return self.classes(state), ends, x, state


class PairHead(nn.Module):
    """Two claims of a report: no tie, the second part of the first, the first part of the second, the same."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.inner
        self.mix = nn.Sequential(
            nn.Linear(2 * d + 6 * d + NUMBER_OF_FEATURES, 128), nn.ReLU(), nn.Dropout(shape.dropout), nn.Linear(128, 4)
        )

    def forward(
        self, seen_from_first: Tensor, seen_from_second: Tensor, first: Tensor, second: Tensor, features: Tensor
    ) -> Tensor:
        return self.mix(torch.cat([seen_from_first, seen_from_second, first, second, first * second, features], -1))


class Reader(nn.Module):
    def __init__(self, bert: BertModel, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(bert, shape)
        self.claims = ClaimHeads(shape)
        self.pairs = PairHead(shape)


def make_reader(config: dict[str, object], weights: dict[str, Tensor] | None, shape: Shape | None = None) -> Reader:
    """Build the network; `weights` are those of the base model, None when a trained state is loaded afterwards."""
    settings = BertConfig(**{**config, "attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.1})
    settings._attn_implementation = "eager"
    bert = BertModel(settings, add_pooling_layer=False)
    if weights is not None:
        missing, _ = bert.load_state_dict(
            {k: v for k, v in weights.items() if not k.startswith("pooler")}, strict=False
        )
        assert not [m for m in missing if "position_ids" not in m], missing
    reader = Reader(bert, shape or Shape())
    pool_dropout(reader)
    return reader
