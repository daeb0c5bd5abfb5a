"""Speaks the wire to a real worker from a blank page, with nothing of the page in between."""

import itertools
import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Worker

from localm.protocol import PROTOCOL_VERSION
from tests.browser.support.faulty_server import FaultyServer

START = """async (url) => {
  const policy = trustedTypes.createPolicy("app-worker", { createScriptURL: (text) => text });
  const worker = new Worker(policy.createScriptURL(url), { type: "module" });
  const log = [];
  worker.onmessage = (event) => log.push({ ...JSON.parse(event.data), at_ms: performance.now() });
  worker.onerror = (event) => log.push({ type: "crash", message: event.message });
  globalThis.wire = { worker, log };
}"""
POST = "(text) => { wire.worker.postMessage(text); return performance.now(); }"
SEEN = "([id, kinds]) => wire.log.some((m) => m.id === id && kinds.includes(m.type))"
READY = "() => wire.log.find((m) => m.type === 'ready' || (m.type === 'error' && m.id === ''))"
WAIT_MS = 180_000  # far above what a loaded machine needs; only a hang reaches it


@dataclass
class Exchange:
    """All messages of one request, in order."""

    id: str
    messages: list[dict[str, Any]]

    @property
    def end(self) -> dict[str, Any]:
        """The `done` or `error` that closed it."""
        ends = [m for m in self.messages if m["type"] in ("done", "error")]
        assert len(ends) == 1, f"an id must end exactly once, got {ends}"
        return ends[0]

    @property
    def result(self) -> dict[str, Any]:
        """The result of a request that went well."""
        assert self.end["type"] == "done", self.end
        return dict(self.end["result"])

    @property
    def text(self) -> str:
        """The answer: what came after the last restart."""
        kinds = [m["type"] for m in self.messages]
        start = len(kinds) - kinds[::-1].index("restart") if "restart" in kinds else 0
        return "".join(m["delta"] for m in self.messages[start:] if m["type"] == "chunk")

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The messages of one type."""
        return [m for m in self.messages if m["type"] == kind]


class Wire:
    """One worker under test. Requests can overlap: `post` now, `finish` later."""

    def __init__(self, page: Page, server: FaultyServer, query: str = "") -> None:
        self.page = page
        self.server = server
        self.console: list[str] = []
        page.on("console", lambda message: self.console.append(message.text))
        self._ids = (f"t{n}" for n in itertools.count(1))
        page.goto(server.url + "blank.html")
        page.evaluate(START, f"{server.url}{app_folder(server)}/worker/worker.js{query}")

    def hello(self, version: int = PROTOCOL_VERSION, hub: str = "") -> dict[str, Any]:
        """Greet the worker; returns its `ready` or its `error`."""
        self.post_raw(json.dumps({"type": "hello", "version": version, "hub": hub}))
        self.page.wait_for_function(READY, timeout=WAIT_MS)
        return dict(self.page.evaluate(READY))

    def post_raw(self, text: str) -> float:
        """Send any text; returns the page's clock in milliseconds."""
        return float(self.page.evaluate(POST, text))

    def post(self, kind: str, **fields: Any) -> str:
        """Send a request with a new id, and return the id."""
        request_id = next(self._ids)
        self.post_raw(json.dumps({"type": kind, "id": request_id, **fields}))
        return request_id

    def post_chat(
        self, messages: list[dict[str, str]] | str, model: str = "guide", **options: Any
    ) -> str:
        """Ask for an answer; a text stands for one message of the user."""
        if isinstance(messages, str):
            messages = [{"role": "user", "content": messages}]
        return self.post("chat", model=model, messages=messages, options=options)

    def wait_for(self, request_id: str, *kinds: str) -> None:
        """Until a message of one of the kinds has come for the request."""
        arg = [request_id, list(kinds)]
        self.page.wait_for_function(SEEN, arg=arg, timeout=WAIT_MS)

    def messages(self, request_id: str) -> list[dict[str, Any]]:
        """What has come for the request so far."""
        find = "(id) => wire.log.filter((m) => m.id === id)"
        return list(self.page.evaluate(find, request_id))

    def finish(self, request_id: str) -> Exchange:
        """Wait for the request's end."""
        self.wait_for(request_id, "done", "error")
        return Exchange(request_id, self.messages(request_id))

    def chat(
        self, messages: list[dict[str, str]] | str, model: str = "guide", **options: Any
    ) -> Exchange:
        """Ask and wait for the end."""
        return self.finish(self.post_chat(messages, model, **options))

    def load(self, model: str = "guide") -> Exchange:
        """Load and wait for the end."""
        return self.request("load", model=model)

    def request(self, kind: str, **fields: Any) -> Exchange:
        """Send any request and wait for its end."""
        return self.finish(self.post(kind, **fields))

    def models(self) -> dict[str, dict[str, Any]]:
        """The list of models, by id."""
        return {one["id"]: one for one in self.request("models").result["models"]}

    def cancel(self, target: str) -> str:
        """Ask for a stop; returns the id of the cancel request itself."""
        return self.post("cancel", target=target)

    @property
    def worker(self) -> Worker:
        """The worker itself, for a look inside."""
        return next(w for w in self.page.workers if "worker/worker.js" in w.url)

    def log_lines(self, start: str) -> list[str]:
        """Console lines of localm that contain `start`."""
        return [line for line in self.console if start in line]


def app_folder(server: FaultyServer) -> str:
    """`app-<hash>`, as the built page names it."""
    found = re.search(r"app-[0-9a-f]+", (server.site / "index.html").read_text())
    assert found, "index.html names no app folder"
    return found.group()
