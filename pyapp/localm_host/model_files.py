"""Which of a repository's builds `localm pull` chooses; what a build is, `localm.builds` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from localm.builds import Candidate, candidates, explanation

EngineName = Literal["webllm", "onnx", "all"]

PREFERRED_DTYPES = ("q4f16", "q4", "q8")


class NoBuild(Exception):
    """The repository has not what was asked for; the message says what it has."""


@dataclass(frozen=True)
class Builds:
    """Builds of one repository, of each of which every file is there."""

    repo: str
    found: tuple[Candidate, ...]
    explanation: str  # why there is none

    def __bool__(self) -> bool:
        return bool(self.found)

    @property
    def webllm(self) -> Candidate | None:
        return next((one for one in self.found if one.build.format == "mlc"), None)

    @property
    def onnx(self) -> dict[str, Candidate]:
        """By dtype."""
        return {one.build.dtype: one for one in self.found if one.build.format == "onnx"}

    @property
    def paths(self) -> frozenset[str]:
        """Every file of every build."""
        return frozenset(path for one in self.found for path in one.paths)

    def __str__(self) -> str:
        """As a table shows it: `WebLLM · ONNX q4, q8`."""
        parts = ["WebLLM"] if self.webllm else []
        parts += [f"ONNX {', '.join(self.onnx)}"] if self.onnx else []
        return " · ".join(parts) or "none"

    def without_webllm(self) -> Builds:
        return replace(self, found=tuple(self.onnx.values()))

    def chosen(self, engine: EngineName, dtypes: Sequence[str] = ()) -> Builds:
        """The builds of one engine, in these dtypes. Raises NoBuild where there is none."""
        if not self:
            raise NoBuild(self.explanation)
        for_webllm = engine == "webllm" or (engine == "all" and not dtypes)
        webllm = [self.webllm] if self.webllm and for_webllm else []
        onnx = self.onnx_in(dtypes) if engine in ("onnx", "all") else []
        if not webllm and not onnx:
            raise NoBuild(f"{self.repo} has no build for {engine}, but: {self}.")
        return replace(self, found=(*webllm, *onnx))

    def onnx_in(self, dtypes: Sequence[str]) -> list[Candidate]:
        missing = [dtype for dtype in dtypes if dtype not in self.onnx]
        if missing:
            raise NoBuild(f"{self.repo} has no ONNX build in {', '.join(missing)}, but: {self}.")
        wanted = dtypes or [dtype for dtype in PREFERRED_DTYPES if dtype in self.onnx]
        if not wanted and self.onnx:
            # In 32-bit floats it runs everywhere.
            wanted = ["fp32"] if "fp32" in self.onnx else [next(iter(self.onnx))]
        return [one for dtype, one in self.onnx.items() if dtype in wanted]


def builds_in(repo: str, sizes: Mapping[str, int]) -> Builds:
    """What the files of a repository (path: bytes) amount to.

    Weights that lack nothing but a model library are a build: `localm pull` can be told of one.
    """
    found = candidates(repo, dict(sizes))
    whole = tuple(one for one in found if one.paths)
    return Builds(repo, whole, explanation(repo, sizes, found))
