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
from localm.browser_files import BrowserFiles
from localm.catalog import ModelRecord, catalogue, embedded_record
from localm.engines.contract import Engine
from localm.engines.transformers_js import TransformersJs
from localm.engines.webllm import WebLlm
from localm.hub import Hub
from localm.model_store import ModelStore
from localm.probe import Probe
from localm.worker import Worker


class Config(TypedDict):
    """What the worker's JavaScript knows and Python does not: absolute URLs."""

    base: str  # the folder of index.html
    bridge: str  # the folder web/bridge
    webllm: str
    transformers: str
    ort: str
    guide: dict[str, Any]  # as `embedded_record` takes it


def start(config_json: str, js_import: Callable[[str], Awaitable[Any]]) -> Callable[[str], None]:
    """Start the worker's brain. What is returned takes every message of the page, as JSON text."""
    config: Config = json.loads(config_json)
    random.seed()  # a memory snapshot holds the state of the day it was taken
    interop.use_importer(js_import)
    _log_to_console()
    store = _store(config)
    engines = _engines(config, store)
    worker = Worker(engines, _records(config), _look_with(config), interop.post_message, store)
    localm.use(worker.session)
    return worker.handle


def _log_to_console() -> None:
    log = logging.getLogger("localm")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers[:] = [interop.ConsoleHandler()]


def _store(config: Config) -> ModelStore:
    files = BrowserFiles(config["bridge"])
    return ModelStore(files, Hub(files, config["base"]))


def _engines(config: Config, store: ModelStore) -> list[Engine]:
    """In the order of fall-back."""
    bridge, transformers, ort = config["bridge"], config["transformers"], config["ort"]
    return [
        WebLlm(bridge, config["webllm"], store),
        TransformersJs("webgpu", bridge, transformers, ort, store),
        TransformersJs("wasm", bridge, transformers, ort, store),
    ]


def _records(config: Config) -> list[ModelRecord]:
    return [embedded_record(config["guide"]), *catalogue()]


def _look_with(config: Config) -> Callable[[], Awaitable[Probe]]:
    async def look() -> Probe:
        js_gpu = await interop.import_module(config["bridge"] + "gpu.js")
        seen = json.loads(await js_gpu.look())
        return Probe(**seen | {"features": tuple(seen["features"])})

    return look
