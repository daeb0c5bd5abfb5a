"""The error tree: each error is a stable code and a sentence that says what to do next.

    LocalmError                     code
    ├─ BadMessage                   bad-message
    ├─ VersionMismatch              version-mismatch
    ├─ UnknownModel                 unknown-model
    ├─ BadHub                       bad-hub
    ├─ BadModelId                   bad-model-id
    ├─ BadFolder                    bad-folder
    ├─ BadArchive                   bad-archive        (detail: which conversation, which field)
    │  ├─ UnknownArchive            unknown-archive
    │  └─ NewerArchive              newer-archive
    ├─ PromptTooLong                prompt-too-long
    ├─ BadSchema                    bad-schema         (detail: which place of the JSON schema)
    ├─ BadJson                      bad-json
    ├─ Cancelled                    cancelled
    ├─ NoEngineLeft                 no-engine          (every engine was tried; detail lists why)
    ├─ InternalError                internal
    └─ EngineError                  one engine failed; the next one takes over
       ├─ LoadFailed                load-failed
       │  ├─ WebGpuUnavailable      webgpu-unavailable
       │  ├─ DownloadFailed         download-failed
       │  │  ├─ NeedsAccess         needs-access       (detail: the page where to ask)
       │  │  ├─ NoRepository        no-repository
       │  │  ├─ HostBlocked         host-blocked
       │  │  └─ NoRoom              no-room
       │  ├─ LibraryBroken          library-broken
       │  └─ UnsupportedModel       unsupported-model
       ├─ OutOfMemory               out-of-memory
       ├─ DeviceLost                device-lost
       └─ GenerationFailed          generation-failed

JavaScript's errors get their place in this tree by `js_errors.from_js`.
"""

from typing import ClassVar


class LocalmError(Exception):
    """What reaches the page. `detail` is for whoever looks closer; it may be empty."""

    code: ClassVar[str]
    sentence: ClassVar[str]  # the message, where whoever raises it has no better one

    def __init__(self, detail: str = "", *, message: str = "", offer: str = "") -> None:
        self.message = message or self.sentence
        self.detail = detail
        self.offer = offer  # the id of a smaller model to try instead
        super().__init__(self.message)

    @property
    def one_line(self) -> str:
        """The code and the most telling line, for a log."""
        lines = (self.detail or self.message).strip().splitlines()
        return f"{self.code}: {lines[0][:300] if lines else self.message}"


class BadMessage(LocalmError):
    """The page sent something that is not in the protocol. `id` is "" where it was unreadable."""

    code = "bad-message"
    sentence = "The app sent a request that this version does not understand. Reload the page."

    def __init__(self, detail: str = "", *, message: str = "", id: str = "") -> None:
        super().__init__(detail, message=message)
        self.id = id


class VersionMismatch(LocalmError):
    """Page and worker are of different builds."""

    code = "version-mismatch"
    sentence = "The app was updated while it was open. Reload the page to use the new version."


class UnknownModel(LocalmError):
    """No model record has this id."""

    code = "unknown-model"
    sentence = "This model is not in the list any more. Choose another model."


class BadHub(LocalmError):
    """What was typed is no address of a hub."""

    code = "bad-hub"
    sentence = (
        "This is no hub address. Write it like https://huggingface.co; other hosts that it sends "
        "files from may follow, separated by spaces."
    )


class BadModelId(LocalmError):
    """What was typed names no model."""

    code = "bad-model-id"
    sentence = (
        "This is no model id. Write it like org/name, or paste the address of the model's page."
    )


class BadFolder(LocalmError):
    """The chosen folder holds no model that can run."""

    code = "bad-folder"
    sentence = "This folder holds no ONNX model. Choose one with config.json and *.onnx files."


class BadArchive(LocalmError):
    """A file to import is damaged. Nothing of it is imported."""

    code = "bad-archive"
    sentence = "This export is damaged, and nothing was imported. Choose another file."


class UnknownArchive(BadArchive):
    """The file is of no format that is read here."""

    code = "unknown-archive"
    sentence = (
        "This file holds no conversations that can be read here. Choose an export of localm, "
        "ChatGPT’s conversations.json, or an export of WebLLM Chat."
    )


class NewerArchive(BadArchive):
    """A later version of localm wrote the file."""

    code = "newer-archive"
    sentence = (
        "A newer version of localm wrote this file, and nothing was imported. Reload the page to "
        "get the newest version, then import it again."
    )


class PromptTooLong(LocalmError):
    """The last message alone does not fit the context window."""

    code = "prompt-too-long"
    sentence = "The message is too long for this model. Shorten it, or split it in several parts."
    tokens = 0  # of the message; 0: not known
    fits = 0  # how many there is room for

    @classmethod
    def counted(cls, tokens: int, fits: int, *, has_files: bool = False) -> "PromptTooLong":
        """Say how many tokens the message has, and by how many that is too much."""
        what = "The message with its files" if has_files else "The message"
        advice = "Remove a file, or take a part of it." if has_files else "Shorten it, or split it."
        error = cls(
            f"{tokens} tokens; {fits} fit",
            message=f"{what} has {tokens} tokens, {tokens - fits} more than fit. {advice}",
        )
        error.tokens, error.fits = tokens, fits
        return error


class BadSchema(LocalmError):
    """The JSON schema for the answer is none, or not one that is understood here."""

    code = "bad-schema"
    sentence = "The JSON schema cannot be used. Simplify it, or ask for any JSON object."

    @classmethod
    def at(cls, place: str, complaint: str) -> "BadSchema":
        """Name the place, as a JSON pointer; "" is the whole schema."""
        what = f"“{place}”" if place else "it"
        return cls(
            f"#{place} {complaint}",
            message=f"The JSON schema cannot be used: {what} {complaint}. Change it.",
        )


class BadJson(LocalmError):
    """The answer should have been JSON, and was not, twice. Its text has gone out."""

    code = "bad-json"
    sentence = (
        "The model did not manage to answer with the JSON that was asked for. Simplify the schema, "
        "say in the message what is wanted, or choose a bigger model."
    )
    cut_off = (
        "The answer was cut off before its JSON was complete. Allow a longer answer, or ask for "
        "less."
    )


class Cancelled(LocalmError):
    """Whoever asked for it does not want it any more."""

    code = "cancelled"
    sentence = "Stopped. Send the message again to start over."


class NoEngineLeft(LocalmError):
    """Every engine was tried. The detail has one line for each, with its reason."""

    code = "no-engine"
    sentence = (
        "No engine could run this model here. Try again; if it stays, close other tabs and reload "
        "the page. The details say what each engine reported."
    )


class InternalError(LocalmError):
    """A defect of localm itself."""

    code = "internal"
    sentence = "Something went wrong inside the app. Try again; if it stays, reload the page."


class EngineError(LocalmError):
    """One engine failed; the next one takes over."""

    code = "engine-failed"
    sentence = "This way of running the model failed. Try again."


class LoadFailed(EngineError):
    """The engine could not load the model."""

    code = "load-failed"
    sentence = "The model could not be loaded. Try again."


class WebGpuUnavailable(LoadFailed):
    """No usable GPU."""

    code = "webgpu-unavailable"
    sentence = "This browser offers no WebGPU. Update it, or turn on hardware acceleration."


class DownloadFailed(LoadFailed):
    """A file could not be fetched, stored, or is not what it should be."""

    code = "download-failed"
    sentence = "A file of the model could not be downloaded. Check the connection and try again."


class NeedsAccess(DownloadFailed):
    """The model is gated. The detail is the page where access is asked for."""

    code = "needs-access"
    sentence = (
        "This model needs access. Ask for it on the model's page; then fetch it with `localm pull` "
        "and your token, or choose another model."
    )


class NoRepository(DownloadFailed):
    """The hub has nothing under this id."""

    code = "no-repository"
    sentence = "The hub has no model under this id. Check the spelling."


class HostBlocked(DownloadFailed):
    """The hub sends its files from a host that nobody allowed."""

    code = "host-blocked"
    sentence = (
        "The hub sends this file from another host, which is not allowed. Add that host behind the "
        "hub address in Settings."
    )


class NoRoom(DownloadFailed):
    """The browser's storage is full."""

    code = "no-room"
    sentence = "There is no room left to store the model. Remove another model, then try again."


class LibraryBroken(LoadFailed):
    """The engine's own code, or the library compiled for the model, does not work."""

    code = "library-broken"
    sentence = "The program that runs this model is damaged or does not match. Reload the page."


class UnsupportedModel(LoadFailed):
    """The model needs something that the engine or this computer lacks."""

    code = "unsupported-model"
    sentence = "This computer cannot run this model in this way. Choose another model."


class OutOfMemory(EngineError):
    """The model does not fit in memory."""

    code = "out-of-memory"
    sentence = "Not enough memory for this model. Close other tabs or choose a smaller model."


class DeviceLost(EngineError):
    """The GPU went away under the engine."""

    code = "device-lost"
    sentence = "The graphics device was reset. Send the message again."


class GenerationFailed(EngineError):
    """The engine failed in the middle of an answer."""

    code = "generation-failed"
    sentence = "The answer broke off. Send the message again."
