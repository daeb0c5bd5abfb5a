"""The browser's FileStore: web/bridge/downloads.js and its worker do the work.

What crosses the border is JSON text about files, never their bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from localm import interop
from localm.engines.contract import CancelToken
from localm.files import Answer, Fetched, Kept, ModelFile, Report, Room


class BrowserFiles:
    """A `localm.files.FileStore`."""

    def __init__(self, bridge_url: str) -> None:
        self._bridge_url = bridge_url  # the folder web/bridge
        self._origins: list[str] = []
        self._js_downloads: Any = None  # loaded when it is needed

    def allow(self, origins: Sequence[str]) -> None:
        """Takes effect with the next call that reaches the network."""
        self._origins = list(origins)

    async def read_json(self, url: str, cancel: CancelToken) -> Answer:
        """A small text, whatever the status."""
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel):
            js_downloads = await self._downloads()
            data = json.loads(await js_downloads.readJson(url, js_signal))
        return Answer(data["status"], data["url"], data["link"], data["text"])

    async def download(
        self, lock: str, files: Sequence[ModelFile], report: Report, cancel: CancelToken
    ) -> list[Fetched]:
        """Fetched, hashed and kept by the download worker."""
        job = json.dumps({"lock": lock, "files": [asdict(one) for one in files]})
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel), interop.callback(report) as js_report:
            js_downloads = await self._downloads()
            fetched = await js_downloads.download(job, js_report, js_signal)
        return [Fetched(one["key"], one["bytes"], one["sha256"]) for one in json.loads(fetched)]

    async def kept(self, files: Sequence[ModelFile]) -> list[Kept]:
        """A look into the caches."""
        with interop.mapped_errors("load"):
            found = json.loads(await (await self._downloads()).stored(_json(files)))
        return [Kept(one["whole"], one["incoming"]) for one in found]

    async def damaged(
        self, files: Sequence[ModelFile], report: Report, cancel: CancelToken
    ) -> list[str]:
        """Hashed by the download worker."""
        js_signal = interop.abort_controller(cancel).signal
        with interop.mapped_errors("load", cancel), interop.callback(report) as js_report:
            js_downloads = await self._downloads()
            keys = await js_downloads.verify(_json(files), js_report, js_signal)
        return [str(key) for key in json.loads(keys)]

    async def remove(self, files: Sequence[ModelFile]) -> float:
        """From the caches, and what is half-done."""
        with interop.mapped_errors("load"):
            return float(await (await self._downloads()).remove(_json(files)))

    async def read_text(self, key: str, cache: str) -> str:
        """A manifest, say."""
        with interop.mapped_errors("load"):
            return str(await (await self._downloads()).readText(key, cache))

    async def write_text(self, key: str, cache: str, text: str) -> None:
        """Raises NoRoom."""
        with interop.mapped_errors("load"):
            await (await self._downloads()).writeText(key, cache, text)

    async def delete(self, key: str, cache: str) -> None:
        """One entry."""
        with interop.mapped_errors("load"):
            await (await self._downloads()).deleteKey(key, cache)

    async def keys(self, cache: str) -> list[str]:
        """As the cache gives them."""
        with interop.mapped_errors("load"):
            return [str(key) for key in json.loads(await (await self._downloads()).listKeys(cache))]

    def forget(self, ticket: str) -> None:
        """Let go of the files that the page handed over."""
        if self._js_downloads is not None:
            self._js_downloads.forget(ticket)

    async def room(self) -> Room:
        """What the browser tells of the origin's storage."""
        with interop.mapped_errors("load"):
            js_storage = await interop.import_module(self._bridge_url + "storage.js")
            data = json.loads(await js_storage.estimate())
        return Room(data["usage"], data["quota"])

    async def _downloads(self) -> Any:
        if self._js_downloads is None:
            self._js_downloads = await interop.import_module(self._bridge_url + "downloads.js")
        self._js_downloads.configure(json.dumps(self._origins))
        return self._js_downloads


def _json(files: Sequence[ModelFile]) -> str:
    return json.dumps([asdict(one) for one in files])
