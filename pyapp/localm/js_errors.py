"""JavaScript's errors on the tree of `errors.py`: `from_js` is the one place that maps them.

What each library throws was seen in runs or read in its sources: WebLLM 0.2.86, transformers.js
4.3.1.
"""

import re
from dataclasses import dataclass
from typing import Literal

from localm.errors import (
    BadSchema,
    DeviceLost,
    DownloadFailed,
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

Stage = Literal["load", "generate"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One JavaScript error, known by its exact name, by a text in its message, or by both."""

    error: type[LocalmError]
    name: str = ""  # a regular expression for the whole name; "" is any
    text: str = ""  # a regular expression for some part of the message; "" is any
    message: str = ""

    def fits(self, name: str, text: str) -> bool:
        """Whether this rule is about such an error."""
        return (not self.name or re.fullmatch(self.name, name) is not None) and (
            not self.text or re.search(self.text, text, re.IGNORECASE) is not None
        )


# The first rule that fits wins: exact names stand before texts, memory before everything vague.
ALWAYS = (
    Rule(PromptTooLong, "ContextWindowSizeExceededError"),
    Rule(DeviceLost, "DeviceLostError|(WorkerEngine)?ModelNotLoadedError|EngineNotLoadedError"),
    Rule(DeviceLost, "AbortError", "gpu|device|buffer|mapasync"),
    Rule(DeviceLost, text="device (is|was) lost|lost (the )?device|external instance reference"),
    Rule(OutOfMemory, "GPUOutOfMemoryError"),
    Rule(OutOfMemory, "RangeError", "array ?buffer|allocation|invalid typed array length"),
    Rule(
        OutOfMemory,
        text=r"bad_alloc|out[ -]of[ -]memory|array buffer allocation failed|aborted\(oom"
        r"|(failed|could not|cannot|unable) to allocate|not allocate|cannot enlarge memory",
    ),
)
LOADING = (
    Rule(NoRoom, "QuotaExceededError"),
    Rule(NoRoom, text="quota.{0,20}exceed|exceed.{0,20}quota"),
    Rule(NeedsAccess, "NeedsAccessError"),
    Rule(HostBlocked, "BlockedHostError"),
    Rule(WebGpuUnavailable, "WebGPU(NotAvailable|NotFound)Error"),
    Rule(
        WebGpuUnavailable,
        text="unable to find a compatible gpu|cannot find webgpu|failed to get gpu adapter"
        r"|webgpu is not (supported|available)|navigator\.gpu",
    ),
    Rule(UnsupportedModel, "(FeatureSupport|ShaderF16Support|UnsupportedTokenizerFiles)Error"),
    Rule(UnsupportedModel, "(ModelNotFound|MissingModel)Error"),
    Rule(
        UnsupportedModel,
        text="unsupported model type|could not find an implementation|not_implemented"
        "|requires (webgpu )?(feature|extension|limit)",
    ),
    Rule(NeedsAccess, text="(unauthorized|forbidden) access"),
    Rule(
        DownloadFailed,
        "((ModelFile)?NotFound|ArtifactManifest|Integrity|Network|StorageCleared|Timeout|Abort)"
        "Error",
    ),
    Rule(DownloadFailed, "SyntaxError"),  # a page of HTML came instead of a JSON file
    Rule(
        DownloadFailed,
        text="could not locate file|occurred while trying to load file|exceeds shard size"
        r"|cache\.(add|addall|put)\b|'(add|addall|put)' on 'cache'|protobuf parsing failed"
        "|failed to fetch|fetch failed|network ?error|load failed$|network (connection|request)"
        "|unexpected (token|end of json)|is not valid json|dynamically imported module"
        "|importing a module script failed",
    ),
    Rule(LibraryBroken, "(Compile|Link)Error|ExitStatus"),
    Rule(
        LibraryBroken,
        text="cannot find (global )?function|exitstatus|program terminated with exit"
        "|no available backend found",
    ),
    Rule(LibraryBroken, "RuntimeError", r"unreachable|out of bounds|aborted\(|signature"),
    Rule(LoadFailed),
)
GENERATING = (
    # WebGPU rejects its reads with AbortError when the device goes: it is never a user's stop.
    Rule(DeviceLost, "AbortError"),
    # The grammar knows less of schemas than json_schema.py; nothing is wrong with the engine.
    Rule(
        BadSchema,
        "GrammarMatcherInitError",
        message="WebLLM cannot keep to this JSON schema. Simplify it: most often a pattern is why.",
    ),
    Rule(GenerationFailed),
)
RULES: dict[Stage, tuple[Rule, ...]] = {
    "load": ALWAYS + LOADING,
    "generate": ALWAYS + GENERATING,
}


def from_js(name: str, message: str, stage: Stage) -> LocalmError:
    """Map a JavaScript error onto the tree; what nobody knows is LoadFailed or GenerationFailed."""
    rule = next(rule for rule in RULES[stage] if rule.fits(name, message))
    counts = re.search(r"prompt tokens: (\d+).*window size: (\d+)", message)
    if rule.error is PromptTooLong and counts:
        return PromptTooLong.counted(int(counts[1]), int(counts[2]))
    return rule.error(f"{name}: {message}", message=rule.message)
