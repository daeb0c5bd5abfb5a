"""Packs conversations into fixed rows; a mask keeps neighbours in one row apart."""

from dataclasses import dataclass

import torch
from torch import Tensor

from .conversations import Message, conversations
from .paths import CHECKPOINT
from .shape import END_TOKEN
from .tokenizer import load_tokenizer, pieces

# Rows and tokens per row. Short rows cost less attention; every third batch has room for long
# conversations.
SHORT_ROWS = (8, 256)
LONG_ROWS = (4, 512)
IGNORE = -100  # torch's cross entropy skips this label


@dataclass(frozen=True)
class Example:
    """Token ids, and for each position the id that should come next or IGNORE."""

    ids: list[int]
    labels: list[int]


@dataclass(frozen=True)
class Batch:
    """ids, labels, positions: int64 [rows, tokens]; mask: bool [rows, 1, tokens, tokens]."""

    ids: Tensor
    labels: Tensor
    positions: Tensor
    mask: Tensor


def example(messages: list[Message]) -> Example:
    """Only answers, each with its end-of-turn token, are learnt."""
    tokenizer = load_tokenizer(CHECKPOINT)
    end = tokenizer.token_to_id(END_TOKEN)
    ids: list[int] = []
    learnt: list[bool] = []
    for text, is_answer in pieces(messages):
        part = tokenizer.encode(text).ids
        # The end of an answer is the first token of the next piece.
        learnt += [bool(learnt) and not is_answer and learnt[-1]] + [False] * (len(part) - 1)
        if is_answer:
            learnt[-len(part) :] = [True] * len(part)
        ids += part
    ids, learnt = [*ids, end], [*learnt, True]
    following = zip(ids[1:], learnt[1:], strict=True)
    return Example(ids[:-1], [token if learn else IGNORE for token, learn in following])


def _pack(examples: list[Example], size: int) -> tuple[list[int], list[int], list[int], list[int]]:
    ids: list[int] = []
    labels: list[int] = []
    positions: list[int] = []
    owners: list[int] = []
    for number, one in enumerate(examples):
        ids += one.ids
        labels += one.labels
        positions += range(len(one.ids))
        owners += [number] * len(one.ids)
    empty = size - len(ids)
    padding = [0] * empty
    return ids + padding, labels + [IGNORE] * empty, positions + padding, owners + [-1] * empty


def _fill(seed: str, count: int, size: int) -> list[list[Example]]:
    rows: list[list[Example]] = [[] for _ in range(count)]
    room = [size] * count
    for one in map(example, conversations(seed)):
        row = next((i for i in range(count) if len(one.ids) <= room[i]), None)
        if row is not None:
            rows[row].append(one)
            room[row] -= len(one.ids)
        elif len(one.ids) <= size:
            return rows
    raise AssertionError("the stream of conversations never ends")


def batch(seed: int, step: int) -> Batch:
    """The batch that belongs to a step of a training run."""
    count, size = SHORT_ROWS if step % 3 else LONG_ROWS
    rows = [_pack(row, size) for row in _fill(f"{seed}:{step}", count, size)]
    ids, labels, positions, owners = zip(*rows, strict=True)
    owner = torch.tensor(owners)
    same = owner[:, :, None] == owner[:, None, :]
    mask = (same & torch.ones(size, size, dtype=torch.bool).tril())[:, None]
    return Batch(torch.tensor(ids), torch.tensor(labels), torch.tensor(positions), mask)
