"""The claims' heads as they are exported: the same weights and numbers, a quarter faster on one CPU core.

Attention is one fused node (ONNX Runtime's MultiHeadAttention, which never writes the scores down), and there is no
mask to add and no copy of the words for each claim. The same done to the encoder spared a twentieth of its time and
moved the rounding of its 8-bit numbers, which turned one claim in twenty, for the better as often as for the worse.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as f

from marsad.extract.tagger_spans import FAR


class FusedAttention(torch.autograd.Function):
    """Attention without a mask; exports as one node."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        parted = [x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2) for x in (query, key, value)]
        return f.scaled_dot_product_attention(*parted).transpose(1, 2).reshape(query.shape)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads).setType(query.type())


class ClaimsOfOneWindow(nn.Module):
    """The heads on the K claims of a window, without a mask."""

    def __init__(self, heads: Any) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, words: Tensor, inside: Tensor, others: Tensor, distance: Tensor) -> tuple[Tensor, ...]:
        h = self.heads
        begins = inside * (distance == FAR)
        weight = inside / inside.sum(1, keepdim=True)
        mean = torch.matmul(weight, words[0])
        claim = torch.cat([mean, torch.matmul(begins, words[0])], -1)
        marks = (inside * 2 + others * (1 - inside)).long()
        x = h.project(words) + h.of_claim(claim).unsqueeze(1) + h.inside(marks) + h.distance(distance)
        for layer in h.layers:
            query, key, value = layer.qkv(layer.norm_1(x)).split(x.shape[-1], -1)
            x = x + layer.out(FusedAttention.apply(query, key, value, layer.heads))
            x = x + layer.feed(layer.norm_2(x))
        x = h.norm(x)
        own = torch.matmul(weight.unsqueeze(1), x).squeeze(1)
        state = h.state(torch.cat([own, x[:, 0], claim], -1))
        return h.classes(state), h.ends(x), x, state
