"""The encoder in torch, for learning: `retrieval.reader.network` computes the same without it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from retrieval.reader.network import HEADS, TAUGHT_FROM, Floats
from retrieval.reader.pairs import MARKS, Pair

# Pieces at which an answer starts and ends; None: it does not answer, (−1, −1): somewhere.
Answer = tuple[int, int] | None

_LEAST_VARIANCE = 1e-12
_NEVER = -1e4
_PADDING = 1


class _Layer(nn.Module):
    def __init__(self, arrays: Mapping[str, Floats], number: int) -> None:
        super().__init__()
        self.attention, self.joined, self.wide, self.narrow = (
            _product(arrays, f"{number}.{name}") for name in ("attention", "joined", "wide", "narrow")
        )
        self.first_norm = _norm(arrays[f"{number}.first_norm"])
        self.second_norm = _norm(arrays[f"{number}.second_norm"])

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, length, width = x.shape
        products = self.attention(x).view(rows, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        taken = functional.scaled_dot_product_attention(*products, attn_mask=mask)
        x = self.first_norm(x + self.joined(taken.transpose(1, 2).reshape(rows, length, width)))
        found: torch.Tensor = self.second_norm(x + self.narrow(functional.gelu(self.wide(x))))
        return found


class Learner(nn.Module):
    """Pieces, places and the first layers stay as they were given; the rest, marks and ends are taught: on from those
    given, where they are.
    """

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        super().__init__()
        width = arrays["pieces"].shape[1]
        self.pieces = nn.Embedding.from_pretrained(torch.from_numpy(arrays["pieces"]))
        self.places = nn.Embedding.from_pretrained(torch.from_numpy(arrays["places"]))
        self.norm = _norm(arrays["norm"])
        self.marks = nn.Embedding(MARKS, width)
        self.ends = nn.Linear(width, 2)
        for weights in (self.marks.weight, self.ends.weight):
            nn.init.normal_(weights, std=0.02)
        if "marks" in arrays:
            self.marks.load_state_dict({"weight": _tensor(arrays["marks"])})
            self.ends.load_state_dict({"weight": _tensor(arrays["ends"]), "bias": _tensor(arrays["ends_bias"])})
        count = sum(name.endswith(".attention") for name in arrays)
        self.layers = nn.ModuleList(_Layer(arrays, number) for number in range(count))
        for kept in (self.norm, *self.layers[:TAUGHT_FROM]):
            kept.requires_grad_(requires_grad=False)

    def forward(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """(pairs, longest, 2) for each piece of the sentences, and the first that stands for none, what speaks for it
        as the start and as the end of the answer.
        """
        length = max(len(pair.pieces) for pair in pairs)
        pieces = torch.tensor([[*pair.pieces, *[_PADDING] * (length - len(pair.pieces))] for pair in pairs])
        marks = torch.tensor([[*pair.marks, *[0] * (length - len(pair.marks))] for pair in pairs])
        there = torch.tensor([[at < len(pair.pieces) for at in range(length)] for pair in pairs])
        may = torch.tensor([[not at or 0 <= at - p.first < len(p.sentence) for at in range(length)] for p in pairs])
        x = self.norm(self.pieces(pieces) + self.places.weight[:length])
        for number, layer in enumerate(self.layers):
            if number == TAUGHT_FROM:
                x = x + self.marks(marks)
            x = layer(x, there[:, None, None, :])
        found: torch.Tensor = self.ends(x).float()
        return found.masked_fill(~may[:, :, None], _NEVER)

    def arrays(self) -> dict[str, Floats]:
        """What was learned, by name, as `Network.of` takes it; without the pieces, which stay as they are."""
        state = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        found = {"places": state["places.weight"], "marks": state["marks.weight"], "norm": _pair(state, "norm")}
        found |= {"ends": state["ends.weight"], "ends_bias": state["ends.bias"]}
        for number in range(len(self.layers)):
            for name in ("attention", "joined", "wide", "narrow"):
                found[f"{number}.{name}"] = state[f"layers.{number}.{name}.weight"]
                found[f"{number}.{name}_bias"] = state[f"layers.{number}.{name}.bias"]
            for name in ("first_norm", "second_norm"):
                found[f"{number}.{name}"] = _pair(state, f"layers.{number}.{name}")
        return found


def loss_of(found: torch.Tensor, answers: Sequence[Answer], counts: Sequence[float]) -> torch.Tensor:
    """Of pairs with these answers, each of which counts so much."""
    odds = functional.log_softmax(found, dim=1)
    losses = []
    for of_pair, answer in zip(odds, answers, strict=True):
        if answer == (-1, -1):
            none = of_pair[0].clamp(max=-1e-4)
            losses.append(-torch.log(-torch.expm1(none)).sum())
        else:
            start, end = answer or (0, 0)
            losses.append(-of_pair[start, 0] - of_pair[end, 1])
    weights = torch.tensor(counts)
    return (torch.stack(losses) * weights).sum() / weights.sum()


def loss_of_order(found: torch.Tensor, answers: Sequence[Answer], sizes: Sequence[int]) -> torch.Tensor:
    """Of pairs that stand in lists of these sizes, each of one question: that those which answer come first, as ListNet
    has it (Cao et al. 2007). Lists without one that answers, or with nothing else, count nothing.
    """
    odds = torch.logsumexp(found[:, 1:], dim=1).sum(1) - found[:, 0].sum(1)  # as `Reading.score`
    losses = []
    for of_list, told in zip(odds.split([*sizes]), _split(answers, sizes), strict=True):
        right = torch.tensor([answer is not None for answer in told])
        if right.any() and not right.all():
            losses.append(torch.logsumexp(of_list, dim=0) - torch.logsumexp(of_list[right], dim=0))
    return torch.stack(losses).mean() if losses else found.new_zeros(())


def _split(answers: Sequence[Answer], sizes: Sequence[int]) -> Iterator[Sequence[Answer]]:
    return (answers[end - size : end] for end, size in zip(accumulate(sizes), sizes, strict=True))


def _product(arrays: Mapping[str, Floats], name: str) -> nn.Linear:
    product = nn.Linear(*reversed(arrays[name].shape))
    product.load_state_dict({"weight": _tensor(arrays[name]), "bias": _tensor(arrays[f"{name}_bias"])})
    return product


def _norm(rows: Floats) -> nn.LayerNorm:
    norm = nn.LayerNorm(rows.shape[1], eps=_LEAST_VARIANCE)
    norm.load_state_dict({"weight": _tensor(rows[0]), "bias": _tensor(rows[1])})
    return norm


def _tensor(array: Floats) -> torch.Tensor:
    return torch.from_numpy(np.array(array))


def _pair(state: Mapping[str, Floats], name: str) -> Floats:
    return np.stack([state[f"{name}.weight"], state[f"{name}.bias"]])
