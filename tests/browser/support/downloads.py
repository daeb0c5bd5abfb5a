"""Calls web/bridge/downloads.js in a real worker, as Python would, against the test hub."""

import itertools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.wire import WAIT_MS, app_folder
from tests.hub import LocalHub

PROBE = (Path(__file__).parents[1] / "download_probe.js").read_text()
REPO = "localm-tests/files"
CACHE = "webllm/model"

START = """async (url) => {
  const policy = trustedTypes.createPolicy("app-worker", { createScriptURL: (text) => text });
  const worker = new Worker(policy.createScriptURL(url), { type: "module" });
  const log = [];
  worker.onmessage = ({ data }) => log.push(data);
  worker.onerror = (event) => log.push({ id: "", kind: "crash", message: event.message });
  globalThis.probe = { worker, log };
}"""
CALL = "(message) => probe.worker.postMessage(message)"
ABORT = """(id) => {
  probe.log.push({ id, kind: "abort" });
  probe.worker.postMessage({ id, call: "abort" });
}"""
STASH = """([ticket, contents]) => {
  const files = contents.map((text, n) =>
    new File([Uint8Array.from(text, (character) => character.charCodeAt(0))], `file-${n}`));
  probe.worker.postMessage({ id: ticket, call: "stash", args: [ticket, files] });
}"""
ENDED = "(id) => probe.log.some((m) => m.id === id && m.kind === 'end')"
REACHED = """([id, phase, loaded]) => probe.log.some(
  (m) => m.id === id && m.kind === "progress" && m.phase === phase && m.loaded >= loaded)"""
TICKS = """([id, count]) => {
  const seen = probe.log.filter((m) => m.id === id && m.kind === "progress");
  return seen.length >= count && seen.slice(-3).every((m) => m.loaded === seen.at(-1).loaded);
}"""
LOG = "(id) => probe.log.filter((m) => m.id === id)"
# Of all caches: what a page can see there, with its true size.
STORED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found[request.url] = (await (await cache.match(request)).blob()).size;
  }
  return found;
}"""
DAMAGE = """async ([name, key]) => {
  const cache = await caches.open(name);
  const response = await cache.match(key);
  const bytes = new Uint8Array(await response.arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(key, new Response(bytes, { headers: response.headers }));
}"""
HALF_DONE = """async () => {
  const root = await navigator.storage.getDirectory();
  const found = [];
  try {
    const folder = await root.getDirectoryHandle("localm-incoming");
    for await (const [name, handle] of folder.entries())
      if (name.endsWith(".part")) found.push((await handle.getFile()).size);
  } catch {}
  return found;
}"""


@dataclass
class Outcome:
    """Everything that came of one call, in order."""

    messages: list[dict[str, Any]]

    @property
    def end(self) -> dict[str, Any]:
        ends = [m for m in self.messages if m["kind"] == "end"]
        assert len(ends) == 1, ends
        return ends[0]

    @property
    def result(self) -> Any:
        """What the call returned, out of its JSON."""
        assert "error" not in self.end, self.end
        value = self.end.get("result")
        return json.loads(value) if isinstance(value, str) else value

    @property
    def error(self) -> str:
        """The error's name."""
        assert self.end.get("isError"), self.end
        return str(self.end["error"])

    @property
    def message(self) -> str:
        return str(self.end["message"])

    @property
    def progress(self) -> list[tuple[str, int, int]]:
        steps = [m for m in self.messages if m["kind"] == "progress"]
        return [(m["phase"], m["loaded"], m["total"]) for m in steps]

    @property
    def after_abort(self) -> list[str]:
        """The kinds of the messages that came after the call was aborted."""
        kinds = [m["kind"] for m in self.messages]
        return kinds[kinds.index("abort") + 1 :]


class Downloads:
    """One tab with the downloader under test, allowed to reach the hub's two origins."""

    def __init__(
        self, context: BrowserContext, server: FaultyServer, *hubs: LocalHub, prelude: str = ""
    ) -> None:
        server.break_path("/worker/worker.js", replaced_by(prelude + PROBE))
        self.page: Page = context.new_page()
        self.console: list[str] = []
        self.page.on("console", lambda message: self.console.append(message.text))
        self._ids = (f"d{n}" for n in itertools.count(1))
        self.page.goto(server.url + "blank.html")
        self.page.evaluate(START, f"{server.url}{app_folder(server)}/worker/worker.js")
        self.page.wait_for_function("() => probe.log.length > 0", timeout=WAIT_MS)
        assert self.page.evaluate("() => probe.log[0].kind") == "ready", self.console
        self.allow(*(url for hub in hubs for url in (hub.url, hub.cdn_url)))

    def allow(self, *origins: str) -> None:
        self.call("configure", json.dumps(origins))

    def begin(self, name: str, *args: Any) -> str:
        """Call now, `finish` later; returns the call's id."""
        call_id = next(self._ids)
        self.page.evaluate(CALL, {"id": call_id, "call": name, "args": list(args)})
        return call_id

    def finish(self, call_id: str) -> Outcome:
        self.page.wait_for_function(ENDED, arg=call_id, timeout=WAIT_MS)
        return Outcome(self.page.evaluate(LOG, call_id))

    def call(self, name: str, *args: Any) -> Outcome:
        return self.finish(self.begin(name, *args))

    def begin_download(self, files: list[dict[str, Any]], lock: str = REPO) -> str:
        return self.begin("download", json.dumps({"lock": lock, "files": files}))

    def download(self, files: list[dict[str, Any]], lock: str = REPO) -> Outcome:
        return self.finish(self.begin_download(files, lock))

    def verify(self, files: list[dict[str, Any]]) -> list[str]:
        """The keys of what was missing or damaged."""
        return list(self.call("verify", json.dumps(files)).result)

    def abort(self, call_id: str) -> None:
        self.page.evaluate(ABORT, call_id)

    def wait_until(self, call_id: str, phase: str, loaded: int = 0) -> None:
        """Until the call has told of this phase and of so many bytes."""
        self.page.wait_for_function(REACHED, arg=[call_id, phase, loaded], timeout=WAIT_MS)

    def wait_for_standing_ticks(self, call_id: str, count: int) -> None:
        """Until progress was told so often, and the last three times nothing had come."""
        self.page.wait_for_function(TICKS, arg=[call_id, count], timeout=WAIT_MS)

    def stored(self) -> dict[str, int]:
        """key → size of everything in Cache Storage."""
        return dict(self.page.evaluate(STORED))

    def half_done(self) -> list[int]:
        """The sizes of the half-done files."""
        return list(self.page.evaluate(HALF_DONE))

    def stash(self, ticket: str, contents: list[str]) -> None:
        """Files of this computer, handed over as the page does; one character for each byte."""
        self.page.evaluate(STASH, [ticket, contents])

    def damage(self, file: dict[str, Any]) -> None:
        """Flip a bit of a stored file."""
        self.page.evaluate(DAMAGE, [file["cache"], file["key"]])

    def touched(self) -> list[str]:
        """The ways in which the Python worker's side has looked into files."""
        return list(self.call("touched").result)


def wanted(hub: LocalHub, *paths: str, repo: str = REPO) -> list[dict[str, Any]]:
    """Files of a repository, as a job names them; all of them without `paths`."""
    repository = hub.repositories[repo]
    return [
        wanted_file(hub, repo, path)
        for path in paths or sorted(repository.commits[repository.head])
    ]


def wanted_file(hub: LocalHub, repo: str, path: str) -> dict[str, Any]:
    file = hub.file(repo, path)
    place = f"{repo}/resolve/{hub.repositories[repo].head}/{path}"
    return {
        "urls": [f"{hub.url}/{place}"],
        "key": f"https://hub.localm.invalid/{place}",
        "cache": CACHE,
        "bytes": file.content.size,
        "sha256": file.content.sha256 if file.is_lfs else "",
        "git_sha1": "" if file.is_lfs else file.content.blob_id,
        "type": "application/octet-stream",
    }
