"""Every error of the JavaScript libraries that was seen has its place in the tree."""

import pytest

from localm import js_errors
from localm.errors import (
    BadSchema,
    DeviceLost,
    DownloadFailed,
    EngineError,
    GenerationFailed,
    HostBlocked,
    LibraryBroken,
    LoadFailed,
    LocalmError,
    NeedsAccess,
    NoRoom,
    OutOfMemory,
    PromptTooLong,
    UnsupportedModel,
    WebGpuUnavailable,
)
from localm.js_errors import Stage, from_js

LOADING = [
    # WebLLM
    ("ModelNotFoundError", "Cannot find model record in appConfig for x.", UnsupportedModel),
    ("MissingModelError", "Missing `model_lib` for the model", UnsupportedModel),
    ("FeatureSupportError", "This model requires feature shader-f16", UnsupportedModel),
    ("ShaderF16SupportError", "This model requires WebGPU extension", UnsupportedModel),
    ("UnsupportedTokenizerFilesError", "Cannot handle tokenizer files", UnsupportedModel),
    ("CompileError", "WebAssembly.instantiate(): expected magic word", LibraryBroken),
    ("LinkError", "WebAssembly.instantiate(): Import #0", LibraryBroken),
    ("Error", "Cannot find global function mlc.create", LibraryBroken),
    ("Error", "Cannot find function prefill", LibraryBroken),
    ("ExitStatus", "Program terminated with exit(1)", LibraryBroken),
    ("Error", "ExitStatus: Program terminated with exit(1)", LibraryBroken),
    ("RuntimeError", "memory access out of bounds", LibraryBroken),
    ("RuntimeError", "unreachable", LibraryBroken),
    ("TypeError", "Failed to execute 'add' on 'Cache': Request failed", DownloadFailed),
    ("TypeError", "Cache.add: Request failed with status 404", DownloadFailed),
    ("NetworkError", "Cache.add() encountered a network error", DownloadFailed),
    ("SyntaxError", "Unexpected token '<', \"<!doctype\" is not valid JSON", DownloadFailed),
    ("Error", "ArtifactIndexedDBCache: shard exceeds shard size", DownloadFailed),
    ("IntegrityError", "hash mismatch", DownloadFailed),
    ("ArtifactManifestError", "no such file", DownloadFailed),
    ("WebGPUNotAvailableError", "WebGPU is not supported", WebGpuUnavailable),
    ("WebGPUNotFoundError", "Cannot find WebGPU in the environment", WebGpuUnavailable),
    ("Error", "Unable to find a compatible GPU.", WebGpuUnavailable),
    ("DeviceLostError", "lost, often due to running out of memory (OOM)", DeviceLost),
    ("ModelNotLoadedError", "Model not loaded before calling", DeviceLost),
    ("AbortError", "Buffer was unmapped before mapping was resolved", DeviceLost),
    # our own downloader
    ("NeedsAccessError", "https://x/a.bin: HTTP 403", NeedsAccess),
    ("BlockedHostError", "https://x/a.bin is sent from another host", HostBlocked),
    ("NotFoundError", "https://x/a.bin: HTTP 404", DownloadFailed),
    ("StorageClearedError", "a.bin", DownloadFailed),
    # transformers.js and ONNX Runtime
    ("ModelFileNotFoundError", "model_q4.onnx", DownloadFailed),
    ("Error", 'Could not locate file: "https://x/config.json".', DownloadFailed),
    ("Error", 'Unauthorized access to file: "https://x/config.json".', NeedsAccess),
    ("Error", 'Forbidden access to file: "https://x/config.json".', NeedsAccess),
    ("Error", "Error (429) occurred while trying to load file", DownloadFailed),
    (
        "Error",
        "Can't create a session. ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because "
        "protobuf parsing failed.",
        DownloadFailed,
    ),
    ("Error", "Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc", OutOfMemory),
    (
        "Error",
        "Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: Could not find an implementation",
        UnsupportedModel,
    ),
    ("Error", "Can't create a session. ERROR_CODE: 1, ERROR_MESSAGE: something", LoadFailed),
    ("Error", "Unsupported model type: x", UnsupportedModel),
    ("Error", "no available backend found. ERR: [wasm] Error: x", LibraryBroken),
    (
        "Error",
        "no available backend found. ERR: [webgpu] Error: Failed to get GPU adapter.",
        WebGpuUnavailable,
    ),
    # the browser
    ("TypeError", "Failed to fetch", DownloadFailed),
    ("TypeError", "NetworkError when attempting to fetch resource.", DownloadFailed),
    ("TypeError", "Load failed", DownloadFailed),
    ("TypeError", "Failed to fetch dynamically imported module: https://x", DownloadFailed),
    ("TypeError", "error loading dynamically imported module: https://x", DownloadFailed),
    ("TypeError", "Importing a module script failed.", DownloadFailed),
    ("TypeError", "network error", DownloadFailed),
    ("AbortError", "The user aborted a request.", DownloadFailed),
    ("TimeoutError", "signal timed out", DownloadFailed),
    ("QuotaExceededError", "The current transaction exceeded its quota", NoRoom),
    ("Error", "Quota exceeded.", NoRoom),
    ("RangeError", "Array buffer allocation failed", OutOfMemory),
    ("RangeError", "Invalid array buffer length", OutOfMemory),
    ("RangeError", "WebAssembly.Memory(): could not allocate memory", OutOfMemory),
    ("RuntimeError", "Aborted(OOM). Build with -sASSERTIONS for more info.", OutOfMemory),
    ("GPUOutOfMemoryError", "", OutOfMemory),
    ("Error", "Out of memory", OutOfMemory),
    ("RangeError", "Maximum call stack size exceeded", LoadFailed),
    ("TypeError", "x is not a function", LoadFailed),
    ("", "", LoadFailed),
]
GENERATING = [
    ("ContextWindowSizeExceededError", "Prompt tokens exceed", PromptTooLong),
    ("AbortError", "The operation was aborted", DeviceLost),
    ("DeviceLostError", "lost", DeviceLost),
    ("ModelNotLoadedError", "Model not loaded before calling", DeviceLost),
    ("Error", "The GPU device was lost", DeviceLost),
    ("OperationError", "A valid external Instance reference no longer exists.", DeviceLost),
    ("Error", "failed to call OrtRun(): Failed to allocate memory", OutOfMemory),
    ("RangeError", "Array buffer allocation failed", OutOfMemory),
    ("Error", "std::bad_alloc", OutOfMemory),
    ("GrammarMatcherInitError", "Failed to initialize the grammar matcher", BadSchema),
    ("SyntaxError", "Unexpected token", GenerationFailed),
    ("Error", "Object has already been disposed", GenerationFailed),
    ("", "", GenerationFailed),
]


@pytest.mark.parametrize(("name", "message", "expected"), LOADING)
def test_error_while_loading_has_its_place(
    name: str, message: str, expected: type[LocalmError]
) -> None:
    assert type(from_js(name, message, "load")) is expected


@pytest.mark.parametrize(("name", "message", "expected"), GENERATING)
def test_error_while_generating_has_its_place(
    name: str, message: str, expected: type[LocalmError]
) -> None:
    assert type(from_js(name, message, "generate")) is expected


@pytest.mark.parametrize("stage", ["load", "generate"])
def test_every_rule_is_reached_by_an_example(stage: Stage) -> None:
    examples = LOADING if stage == "load" else LOADING + GENERATING
    reached = [
        next(rule for rule in js_errors.RULES[stage] if rule.fits(name, message))
        for name, message, _ in examples + GENERATING
    ]
    assert set(js_errors.RULES[stage]) == set(reached)


def test_original_text_is_kept_as_detail() -> None:
    assert from_js("TypeError", "Failed to fetch", "load").detail == "TypeError: Failed to fetch"


def test_missing_room_and_missing_access_say_so() -> None:
    assert "room" in from_js("QuotaExceededError", "", "load").message
    assert "access" in from_js("Error", "Unauthorized access to file", "load").message


def test_prompt_too_long_says_how_long_and_how_much_fits() -> None:
    text = (
        "Prompt tokens exceed context window size: number of prompt tokens: 5000; context window "
        "size: 1024\nConsider shortening the prompt"
    )
    error = from_js("ContextWindowSizeExceededError", text, "generate")
    assert "5000" in error.message
    assert "3976" in error.message


def test_only_engine_errors_let_the_next_engine_take_over() -> None:
    for _, _, error in LOADING:
        assert issubclass(error, EngineError)
