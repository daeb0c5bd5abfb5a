"""What the page is told of models and of their builds: the messages of `protocol.py` carry it."""

from typing import Literal, TypedDict

from localm.records import Device

Origin = Literal["site", "catalogue", "hub", "files"]  # where a model record came from
ModelState = Literal["available", "partial", "stored"]  # nothing, some, a whole rung is here


class BuildInfo(TypedDict):
    """One rung of a model's ladder: one engine on one device, and the files that it needs."""

    engine: str
    device: Device
    dtype: str  # "q4f16_1" (MLC), "q8" (ONNX)
    memory_mb: float  # 0: not known
    download_bytes: float  # of all files; 0 until the hub has been asked
    stored_bytes: float  # of these, in this browser
    reason: str  # why it is not tried on this computer, in a sentence; "" when it is


class ModelInfo(TypedDict):
    """What the page may show of one model record."""

    id: str
    name: str
    parameters: int  # 0: not known
    license: str  # "" where the hub did not say
    page_url: str  # where the model is described, on the hub; "" for one without such a page
    context_window: int
    reasoning: bool  # it can think before it answers, and that can be switched
    origin: Origin
    embedded: bool  # comes with the site: no download from elsewhere
    loaded: bool
    state: ModelState
    builds: list[BuildInfo]  # in the order of fall-back
    memory_mb: float  # of the first rung that this computer can take; 0: not known
    download_bytes: float  # likewise; from the hub, or estimated
    download_is_estimated: bool
    stored_bytes: float  # all of it in this browser, half-done downloads too
    unfit: str  # why this computer cannot run it, in a sentence; "" when it can
    recommended: bool  # the one to try first on this computer


class FoundBuild(TypedDict):
    """A build that a repository on the hub holds. `model` is its id in further messages."""

    model: str
    engine: str
    dtype: str
    download_bytes: float
    reason: str  # why it cannot run here, in a sentence; "" when it can
