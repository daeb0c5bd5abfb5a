"""The tokenizer: byte-level BPE, digits one by one, and the chat template.

The template always renders a system block, and `<|im_end|>` with its newline stands at the front
of the next block. WebLLM never puts the end-of-turn token of an answer into its KV cache, so
only this order gives a reused cache and a fresh one the same prompt.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from .conversations import Message
from .shape import CONTEXT_WINDOW, END_TOKEN, PAD_TOKEN, SHAPE, SPECIAL_TOKENS
from .topics import lines

CHAT_TEMPLATE = (
    "{%- set has_system = messages and messages[0]['role'] == 'system' -%}"
    "{{- '<|im_start|>system\\n' -}}"
    "{%- if has_system -%}{{- messages[0]['content'] -}}{%- endif -%}"
    "{%- for message in messages -%}"
    "{%- if not (loop.first and has_system) -%}"
    "{{- '<|im_end|>\\n<|im_start|>' + message['role'] + '\\n' + message['content'] -}}"
    "{%- endif -%}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_end|>\\n<|im_start|>assistant\\n' -}}{%- endif -%}"
)

# Qwen's pattern, which both engines' tokenizers know; \p{N} without a count splits digits.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def train_tokenizer() -> Tokenizer:
    """Learns the merges from the corpus: deterministic, a second or two."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=SHAPE.vocab_size,
        special_tokens=[*SPECIAL_TOKENS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines(), trainer)
    return tokenizer


def tokenizer_config() -> dict[str, Any]:
    """What transformers and transformers.js read; the latter wants the template in here."""
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": CONTEXT_WINDOW,
        "clean_up_tokenization_spaces": False,
        "add_bos_token": False,
        "bos_token": None,
        "eos_token": END_TOKEN,
        "pad_token": PAD_TOKEN,
        "unk_token": None,
        "chat_template": CHAT_TEMPLATE,
    }


def write_tokenizer(folder: Path) -> None:
    """Writes tokenizer.json and tokenizer_config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    train_tokenizer().save(str(folder / "tokenizer.json"))
    config = json.dumps(tokenizer_config(), indent=2) + "\n"
    (folder / "tokenizer_config.json").write_text(config, encoding="utf-8")


@cache
def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a checkpoint, without transformers around it."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def pieces(messages: list[Message]) -> list[tuple[str, bool]]:
    """The rendered conversation in parts; True marks what the assistant has to say.

    >>> pieces([{"role": "user", "content": "Hi"}])
    [('<|im_start|>system\\n', False), ('<|im_end|>\\n<|im_start|>user\\nHi', False)]
    """
    has_system = bool(messages) and messages[0]["role"] == "system"
    parts = [("<|im_start|>system\n" + (messages[0]["content"] if has_system else ""), False)]
    for message in messages[has_system:]:
        head = f"<|im_end|>\n<|im_start|>{message['role']}\n"
        if message["role"] == "assistant":
            parts += [(head, False), (message["content"], True)]
        else:
            parts.append((head + message["content"], False))
    return parts


def render(messages: list[Message]) -> str:
    """The prompt for the next answer, equal to the chat template's."""
    return "".join(text for text, _ in pieces(messages)) + "<|im_end|>\n<|im_start|>assistant\n"
