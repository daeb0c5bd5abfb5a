"""mlc-chat-config.json: windows, defaults and the chat template, as WebLLM reads them."""

import json
from pathlib import Path
from typing import Any

from .config import ModelConfig

# WebLLM keeps the KV cache between turns but never feeds the token that ended an answer. So the
# end of a turn stands at the front of the next role, not at the end of the turn: only then do a
# reused cache and a fresh prompt hold the same tokens. There are no role_templates on purpose:
# WebLLM fills them with String.replace, which mangles `$` in a user's text.
TEMPLATE: dict[str, Any] = {
    "name": "guide",
    "system_template": "<|im_start|>system\n{system_message}",
    "system_message": "",
    "roles": {
        "user": "<|im_end|>\n<|im_start|>user",
        "assistant": "<|im_end|>\n<|im_start|>assistant",
    },
    "seps": [""],
    "role_content_sep": "\n",
    "role_empty_sep": "\n",
    "stop_str": [],
}
STOP_TOKENS = ("<|im_end|>", "<|endoftext|>")
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def write_chat_config(config: ModelConfig, checkpoint_dir: Path, out_dir: Path) -> None:
    """Write `mlc-chat-config.json`; token ids come from the checkpoint's tokenizer."""
    stop_token_ids = _token_ids(checkpoint_dir / "tokenizer.json", STOP_TOKENS)
    document = {
        "model_type": "qwen3",
        "quantization": "q0f32",
        "vocab_size": config.vocab_size,
        "context_window_size": config.context_window_size,
        "sliding_window_size": -1,
        "attention_sink_size": -1,
        "prefill_chunk_size": config.prefill_chunk_size,
        "temperature": 0.0,
        "top_p": 1.0,
        "repetition_penalty": 1.0,
        "tokenizer_files": list(TOKENIZER_FILES),
        "tokenizer_info": {
            "token_postproc_method": "byte_level",
            "prepend_space_in_encode": False,
            "strip_space_in_decode": False,
        },
        "conv_template": {**TEMPLATE, "stop_token_ids": stop_token_ids},
    }
    text = json.dumps(document, indent=2) + "\n"
    (out_dir / "mlc-chat-config.json").write_text(text)


def _token_ids(tokenizer: Path, tokens: tuple[str, ...]) -> list[int]:
    added = json.loads(tokenizer.read_text())["added_tokens"]
    ids = {entry["content"]: entry["id"] for entry in added}
    return [ids[token] for token in tokens]
