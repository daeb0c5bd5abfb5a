"""`make bench`: what verifying and storing costs a download (B7), and how much memory it takes.

B7 is the throughput of download + hash + store over that of fetch-and-discard, from the same server
in the same browser, in alternating order. Figures of one machine at one moment: never a test.
"""

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.bench.memory import sampled
from tests.browser.conftest import COMMON, ROOT, chromium_path
from tests.browser.support.downloads import REPO, Downloads, wanted
from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.wire import app_folder
from tests.hub import Generated, LocalHub
from tests.hub.faults import slow

MB = 1024 * 1024
PAIRS = 6
FILES = 9  # three side by side, as large as the shards of most models
FILE_BYTES = 28 * MB
ALL_BYTES = FILES * FILE_BYTES
LARGE_BYTES = 2048 * MB
LIMIT_MB_PER_S = 50
OUT = ROOT / "test-results" / "bench-downloads.json"
DISCARD = (Path(__file__).parent / "discard.js").read_text()

START_DISCARD = """(url) => {
  const policy = trustedTypes.createPolicy("app-worker", { createScriptURL: (text) => text });
  globalThis.discard = new Worker(policy.createScriptURL(url), { type: "module" });
}"""
RUN_DISCARD = """(urls) => new Promise((resolve, reject) => {
  discard.onmessage = ({ data }) => resolve(data);
  discard.onerror = ({ message }) => reject(new Error(message));
  discard.postMessage(urls);
})"""
TIMED = """async ([id, call, args]) => {
  const began_ms = performance.now();
  const ended = new Promise((resolve) => {
    probe.worker.addEventListener("message", function listen({ data }) {
      if (data.id !== id || data.kind !== "end") return;
      probe.worker.removeEventListener("message", listen);
      resolve(data);
    });
  });
  probe.worker.postMessage({ id, call, args });
  const { error, message } = await ended;
  if (error) throw new Error(`${error}: ${message}`);
  return performance.now() - began_ms;
}"""


def opened(playwright: Playwright, profile: Path) -> BrowserContext:
    path = chromium_path()
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=path,
        channel=None if path else "chromium",
        args=COMMON,
        service_workers="block",
    )


def discarding_page(context: BrowserContext, hub: LocalHub, server: FaultyServer) -> Page:
    """A page whose worker may reach the hub, and throws away what it gets."""
    server.break_path("/worker/download_worker.js", replaced_by(DISCARD))
    page = context.new_page()
    page.goto(server.url + "blank.html")
    worker = f"{server.url}{app_folder(server)}/worker/download_worker.js"
    page.evaluate(START_DISCARD, f"{worker}?connect={hub.url}&connect={hub.cdn_url}")
    return page


class Rivals:
    """The two ways of fetching the same files, in one browser."""

    def __init__(self, context: BrowserContext, hub: LocalHub, *servers: FaultyServer) -> None:
        self.tab = Downloads(context, servers[0], hub)
        self.page = discarding_page(context, hub, servers[1])
        self.files = wanted(hub)

    def download_s(self) -> float:
        job = json.dumps({"lock": REPO, "files": self.files})
        took_ms = float(self.tab.page.evaluate(TIMED, ["timed", "download", [job]]))
        self.tab.call("remove", json.dumps(self.files))
        return took_ms / 1000

    def discard_s(self) -> float:
        done = self.page.evaluate(RUN_DISCARD, [file["urls"][0] for file in self.files])
        assert done["bytes"] == ALL_BYTES
        return float(done["took_ms"]) / 1000

    def pair(self, number: int) -> tuple[float, float]:
        """Both, the first one first in even pairs: A B B A. Seconds."""
        if number % 2 == 0:
            ours = self.download_s()
            return ours, self.discard_s()
        theirs = self.discard_s()
        return self.download_s(), theirs


def throughput(rivals: Rivals) -> dict[str, Any]:
    """B7: the share of fetch-and-discard's throughput that a download reaches."""
    rivals.pair(0)
    pairs = [rivals.pair(number) for number in range(PAIRS)]
    ratios = [theirs_s / ours_s for ours_s, theirs_s in pairs]
    return {
        "ratio": statistics.median(ratios),
        "from": min(ratios),
        "to": max(ratios),
        "download_mb_per_s": statistics.median(ALL_BYTES / MB / ours for ours, _ in pairs),
        "discard_mb_per_s": statistics.median(ALL_BYTES / MB / theirs for _, theirs in pairs),
    }


def memory(rivals: Rivals, profile: Path, hub: LocalHub) -> dict[str, Any]:
    """Bytes by kind of process, while a large file is downloaded."""
    hub.add(REPO, {"large.bin": Generated(LARGE_BYTES, 9)})
    rivals.files = wanted(hub)
    with sampled(profile) as peak:
        took_s = rivals.download_s()
    grown = {kind: peak.grown(kind) for kind in peak.peak}
    return {"took_s": took_s, "before": peak.before, "peak": peak.peak, "grown": grown}


def show(results: dict[str, Any]) -> None:
    size = f"{FILES} files of {FILE_BYTES // MB} MB"
    print(f"B7, download + hash + store ÷ fetch-and-discard, {size}, {PAIRS} pairs")
    for name in ("unlimited", "limited"):
        row = results[name]
        spread = f"{row['from']:.2f} to {row['to']:.2f}"
        speeds = f"{row['download_mb_per_s']:.0f} of {row['discard_mb_per_s']:.0f} MB/s"
        print(f"  {name:12} {row['ratio']:.2f}   ({spread})   {speeds}")
    print(
        f"Memory while {LARGE_BYTES // MB} MB are downloaded ({results['memory']['took_s']:.0f} s)"
    )
    for kind, grown in results["memory"]["grown"].items():
        before, peak = (results["memory"][when][kind] // MB for when in ("before", "peak"))
        print(f"  {kind:12} {before:5} MB before, {peak:5} MB at most: {grown // MB} MB more")


def main() -> None:
    site = ROOT / "dist"
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        FaultyServer(site) as server,
        FaultyServer(site) as other_server,
        LocalHub() as hub,
        sync_playwright() as playwright,
    ):
        profile = Path(folder)
        hub.add(REPO, {f"shard_{n}.bin": Generated(FILE_BYTES, n) for n in range(FILES)})
        with opened(playwright, profile) as context:
            rivals = Rivals(context, hub, server, other_server)
            results = {"unlimited": throughput(rivals)}
            hub.break_path(".bin", slow(LIMIT_MB_PER_S * MB / 3))
            results["limited"] = throughput(rivals)
            hub.mend()
            results["memory"] = memory(rivals, profile, hub)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1) + "\n")
    show(results)
    print(f"Written to {OUT.relative_to(ROOT)}.", file=sys.stderr)


if __name__ == "__main__":
    main()
