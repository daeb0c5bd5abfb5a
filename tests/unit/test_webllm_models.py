"""WebLLM's own list, as the build reads it from the pinned package."""

from __future__ import annotations

import json

from build_scripts.webllm_models import TARGET, models_json


def test_webllms_list_is_the_one_that_is_pinned() -> None:
    assert TARGET.read_text(encoding="utf-8") == models_json()


def test_webllms_list_tells_f16_by_the_id_alone() -> None:
    records = {record["model_id"]: record for record in json.loads(TARGET.read_text())}
    assert records["Qwen3-0.6B-q4f16_1-MLC"]["needs_f16"]
    assert not records["Qwen3-0.6B-q4f32_1-MLC"]["needs_f16"]
    assert not any("embed" in model_id for model_id in records)
    assert all(record["memory_mb"] > 0 for record in records.values())
    # Qwen3.5 keeps a state that WebLLM must be told about.
    assert records["Qwen3.5-0.8B-q4f32_1-MLC"]["overrides"]["max_history_size"] == 1
