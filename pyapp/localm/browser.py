"""The start-up in the browser's worker: logging, engines, model records, the look at WebGPU.

It imports every module of the package, so that a memory snapshot taken after the import of this one
holds them all: the file system is not in it.
"""

import json
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypedDict

import localm
from localm import interop
from localm.catalog import ModelRecord, embedded_record
from localm.engines.contract import Engine
from localm.engines.transformers_js import TransformersJs
from localm.engines.webllm import WebLlm
from localm.probe import Probe
from localm.worker import Worker


class ModelUrls(TypedDict):
    """Where the embedded model's builds are: absolute URLs, folders with a slash at the end."""

    mlc: str
    library: str
    onnx: str


class Config(TypedDict):
    """What the worker's JavaScript knows and Python does not: absolute URLs."""

    bridge: str  # the folder web/bridge
    webllm: str
    transformers: str
    ort: str
    models: dict[str, ModelUrls]


def start(config_json: str, js_import: Callable[[str], Awaitable[Any]]) -> Callable[[str], None]:
    """Start the worker's brain. What is returned takes every message of the page, as JSON text."""
    config: Config = json.loads(config_json)
    random.seed()  # a memory snapshot holds the state of the day it was taken
    interop.use_importer(js_import)
    _log_to_console()
    worker = Worker(_engines(config), _records(config), _look_with(config), interop.post_message)
    localm.use(worker.session)
    return worker.handle


def _log_to_console() -> None:
    log = logging.getLogger("localm")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers[:] = [interop.ConsoleHandler()]


def _engines(config: Config) -> list[Engine]:
    """In the order of fall-back."""
    return [
        WebLlm(config["bridge"], config["webllm"]),
        TransformersJs("webgpu", config["bridge"], config["transformers"], config["ort"]),
        TransformersJs("wasm", config["bridge"], config["transformers"], config["ort"]),
    ]


def _records(config: Config) -> list[ModelRecord]:
    return [embedded_record(dict(config["models"]["guide"]))]


def _look_with(config: Config) -> Callable[[], Awaitable[Probe]]:
    async def look() -> Probe:
        js_gpu = await interop.import_module(config["bridge"] + "gpu.js")
        seen = json.loads(await js_gpu.look())
        return Probe(**seen | {"features": tuple(seen["features"])})

    return look
