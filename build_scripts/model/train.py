"""Trains the model from scratch: a fixed number of steps, the same for the same seed.

Every batch and every learning rate follow from the step's number, so an interrupted run resumes
where it stopped. The result is not rounded yet (see checkpoint.py).
"""

import math
import time
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy
from transformers import Qwen3Config, Qwen3ForCausalLM

from .batches import IGNORE, Batch, batch
from .paths import SCRATCH
from .shape import SHAPE

SEED = 20_260
STEPS = 2600
WARM_UP_STEPS = 80
DECAY_SHARE = 0.3
LEARNING_RATE = 2.5e-3
SAVE_EVERY = 100
STATE = SCRATCH / "train.pt"


def config() -> Qwen3Config:
    """The shape as transformers writes it."""
    return Qwen3Config(
        **asdict(SHAPE),
        attention_bias=False,
        bos_token_id=None,
        eos_token_id=2,
        pad_token_id=0,
        use_sliding_window=False,
    )


def new_model() -> Qwen3ForCausalLM:
    """Fresh weights from the seed."""
    torch.manual_seed(SEED)
    return Qwen3ForCausalLM(config())


def learning_rate(step: int) -> float:
    """A linear warm-up, a plateau, and a cosine down to a fiftieth.

    Until the last part begins, STEPS can still be changed: a run that was started before is the
    same as one that knew from the start.
    """
    if step < WARM_UP_STEPS:
        return LEARNING_RATE * (step + 1) / WARM_UP_STEPS
    done = max(0.0, 1 - (STEPS - step) / (STEPS * DECAY_SHARE))
    return LEARNING_RATE * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)


def _optimizer(model: Qwen3ForCausalLM) -> torch.optim.AdamW:
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.95), fused=True)


def _loss(model: Qwen3ForCausalLM, one: Batch) -> Tensor:
    """The head is computed only where there is something to learn: at half of the positions."""
    device = model.device
    hidden = model.model(
        input_ids=one.ids.to(device),
        position_ids=one.positions.to(device),
        attention_mask=one.mask.to(device),
        use_cache=False,
    ).last_hidden_state
    labels = one.labels.to(device)
    learnt = labels != IGNORE
    return cross_entropy(model.lm_head(hidden[learnt]), labels[learnt])


def _step(model: Qwen3ForCausalLM, optimizer: torch.optim.AdamW, step: int) -> float:
    for group in optimizer.param_groups:
        group["lr"] = learning_rate(step)
    loss = _loss(model, batch(SEED, step))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _save(path: Path, step: int, model: Qwen3ForCausalLM, optimizer: torch.optim.AdamW) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    state = {"step": step, "model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state, part)
    part.replace(path)


def _resume(path: Path, model: Qwen3ForCausalLM, optimizer: torch.optim.AdamW) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, map_location=model.device)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def train() -> None:
    """Runs or resumes the training; leaves the weights in the scratch folder."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = new_model().to(device).train()
    optimizer = _optimizer(model)
    start = time.monotonic()
    for step in range(_resume(STATE, model, optimizer), STEPS):
        loss = _step(model, optimizer, step)
        if step % 20 == 0:
            print(f"step {step} loss {loss:.3f} {time.monotonic() - start:.0f} s", flush=True)
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == STEPS:
            _save(STATE, step + 1, model, optimizer)


def trained_model() -> Qwen3ForCausalLM:
    """The unrounded model of the last training run, on the CPU in fp32."""
    model = new_model()
    model.load_state_dict(torch.load(STATE, map_location="cpu")["model"])
    return model.eval()
