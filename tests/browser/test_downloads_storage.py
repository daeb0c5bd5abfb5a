"""Downloads and the browser's storage: killed tabs, full disks, damaged files, private windows."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.browser.conftest import COMMON, chromium_path
from tests.browser.support.downloads import REPO, Downloads, wanted
from tests.browser.support.faulty_server import FaultyServer, preceded_by
from tests.hub import Generated, LocalHub
from tests.hub.faults import slow, stalls
from tests.hub.repositories import Files

MB = 1024 * 1024
BIG = 24 * MB

NO_STORAGE = """
Object.defineProperty(navigator, "storage", { value: undefined });
Object.defineProperty(globalThis, "caches", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
  configurable: true,
});
"""
SMALL_DISK = "navigator.storage.estimate = async () => ({ quota: %d, usage: 0 });"


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with LocalHub() as running:
        files: Files = {
            "big.bin": Generated(BIG, 1),
            "small.bin": Generated(MB, 2),
            "a.json": b'{"a":1}',
        }
        running.add(REPO, files)
        yield running


@pytest.fixture
def context(cpu_browser: Browser) -> Iterator[BrowserContext]:
    opened = cpu_browser.new_context(service_workers="block")
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext, server: FaultyServer, hub: LocalHub) -> Downloads:
    return Downloads(context, server, hub)


def send_storage(tab: Downloads, server: FaultyServer, method: str, **parameters: Any) -> None:
    session = tab.page.context.new_cdp_session(tab.page)
    session.send(f"Storage.{method}", {"origin": server.url.rstrip("/"), **parameters})


def kill(profile: Path) -> None:
    """SIGKILL for the browser process of this profile."""
    mark = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if mark in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(folder.name), signal.SIGKILL)


def persistent(playwright: Playwright, profile: Path) -> BrowserContext:
    path = chromium_path()
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=path,
        channel=None if path else "chromium",
        args=COMMON,
        service_workers="block",
    )


def test_killed_browser_goes_on_where_it_was(
    playwright: Playwright, server: FaultyServer, hub: LocalHub, tmp_path: Path
) -> None:
    hub.break_path("big.bin", stalls(after_bytes=BIG // 2, for_s=300), times=1)
    files = wanted(hub, "big.bin", "small.bin", "a.json")
    tab = Downloads(persistent(playwright, tmp_path), server, hub)
    call = tab.begin_download(files)
    tab.wait_until(call, "downloading", BIG // 2 + MB)
    tab.wait_for_standing_ticks(call, 8)
    kill(tmp_path)
    with persistent(playwright, tmp_path) as context:
        again = Downloads(context, server, hub)
        states = again.call("stored", json.dumps(files)).result
        assert [state["whole"] for state in states] == [False, True, True]
        assert [state["incoming"] for state in states] == [BIG // 2, 0, 0]
        outcome = again.download(files)
        assert [file["key"] for file in outcome.result] == [files[0]["key"]]
        assert outcome.progress[0][1] >= BIG // 2
        assert again.verify(files) == []
    assert [asked.range for asked in hub.asked("big.bin")] == [None, f"bytes={BIG // 2}-"]
    assert (hub.count("small.bin"), hub.count("a.json")) == (1, 1)


def test_damaged_and_missing_files_are_found_and_only_they_are_fetched(
    tab: Downloads, hub: LocalHub
) -> None:
    files = wanted(hub, "small.bin", "a.json", "big.bin")
    tab.download(files)
    tab.damage(files[0])
    tab.call("deleteKey", files[1]["key"], files[1]["cache"])
    assert tab.verify(files) == [files[0]["key"], files[1]["key"]]
    assert list(tab.stored()) == [files[2]["key"]]
    hub.mend()
    assert len(tab.download(files).result) == 2
    assert hub.count("big.bin") == 0
    assert tab.verify(files) == []


def test_file_without_a_hash_is_verified_by_its_size(tab: Downloads, hub: LocalHub) -> None:
    files = wanted(hub, "small.bin")
    files[0]["sha256"] = ""
    fetched = tab.download(files).result[0]
    assert fetched["sha256"] == hub.file(REPO, "small.bin").content.sha256
    assert tab.verify(files) == []
    files[0]["bytes"] -= 1
    assert tab.verify(files) == [files[0]["key"]]


def test_removed_files_are_gone_half_done_ones_too(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("big.bin", stalls(after_bytes=BIG // 2, for_s=300), times=1)
    files = wanted(hub, "big.bin", "small.bin")
    call = tab.begin_download(files)
    tab.wait_until(call, "downloading", BIG // 2 + MB)
    tab.wait_for_standing_ticks(call, 6)
    tab.abort(call)
    assert tab.finish(call).error == "AbortError"
    assert tab.call("remove", json.dumps(files)).result == BIG // 2 + MB
    assert (tab.stored(), tab.half_done()) == ({}, [])


def test_download_that_cannot_fit_is_refused_before_anything_is_fetched(
    context: BrowserContext, server: FaultyServer, hub: LocalHub
) -> None:
    room = SMALL_DISK % (2 * BIG)  # the large file fits twice, and then nothing else
    tab = Downloads(context, server, hub, prelude=room)
    outcome = tab.download(wanted(hub, "big.bin", "small.bin"))
    assert outcome.error == "QuotaExceededError"
    assert hub.requests == []
    assert tab.download(wanted(hub, "big.bin")).result


def test_full_disk_frees_what_the_job_has_half_done(
    playwright: Playwright, server: FaultyServer, hub: LocalHub, tmp_path: Path
) -> None:
    with persistent(playwright, tmp_path) as context:
        tab = Downloads(context, server, hub)
        send_storage(tab, server, "overrideQuotaForOrigin", quotaSize=BIG // 2)
        outcome = tab.download(wanted(hub, "big.bin"))
        assert outcome.error == "QuotaExceededError"
        assert (tab.stored(), tab.half_done()) == ({}, [])


def test_full_disk_in_a_private_window(tab: Downloads, server: FaultyServer, hub: LocalHub) -> None:
    """There a write over the quota says nothing, and writes less."""
    send_storage(tab, server, "overrideQuotaForOrigin", quotaSize=BIG // 2)
    assert tab.download(wanted(hub, "big.bin")).error == "QuotaExceededError"
    assert (tab.stored(), tab.half_done()) == ({}, [])


def test_disk_too_small_for_the_second_copy(
    playwright: Playwright, server: FaultyServer, hub: LocalHub, tmp_path: Path
) -> None:
    with persistent(playwright, tmp_path) as context:
        tab = Downloads(context, server, hub)
        send_storage(tab, server, "overrideQuotaForOrigin", quotaSize=BIG + BIG // 2)
        assert tab.download(wanted(hub, "big.bin")).error == "QuotaExceededError"
        assert (tab.stored(), tab.half_done()) == ({}, [])


def test_storage_that_is_cleared_between_two_downloads_is_filled_again(
    tab: Downloads, server: FaultyServer, hub: LocalHub
) -> None:
    files = wanted(hub, "small.bin", "a.json")
    tab.download(files)
    send_storage(tab, server, "clearDataForOrigin", storageTypes="all")
    assert tab.stored() == {}
    assert len(tab.download(files).result) == 2
    assert tab.verify(files) == []


@pytest.mark.parametrize("private", [True, False])
def test_storage_that_is_cleared_during_a_download_ends_it_and_a_retry_works(
    playwright: Playwright,
    context: BrowserContext,
    server: FaultyServer,
    hub: LocalHub,
    tmp_path: Path,
    private: bool,
) -> None:
    hub.break_path("big.bin", slow(4 * MB), times=1)
    files = wanted(hub, "big.bin")
    with context if private else persistent(playwright, tmp_path) as opened:
        tab = Downloads(opened, server, hub)
        call = tab.begin_download(files)
        tab.wait_until(call, "downloading", BIG // 4)
        send_storage(tab, server, "clearDataForOrigin", storageTypes="all")
        assert tab.finish(call).error == "NetworkError"
        assert len(tab.download(files).result) == 1
        assert tab.verify(files) == []
        assert list(tab.stored().values()) == [BIG]


def test_without_storage_files_are_kept_in_memory(
    context: BrowserContext, server: FaultyServer, hub: LocalHub
) -> None:
    server.break_path("/worker/download_worker.js", preceded_by(NO_STORAGE))
    tab = Downloads(context, server, hub, prelude=NO_STORAGE)
    assert tab.call("inMemory").result is True
    hub.break_path("big.bin", stalls(after_bytes=BIG // 2, for_s=300), times=1)
    files = wanted(hub, "big.bin", "a.json")
    call = tab.begin_download(files)
    tab.wait_until(call, "downloading", BIG // 2)
    tab.wait_for_standing_ticks(call, 6)
    tab.abort(call)
    assert tab.finish(call).error == "AbortError"
    assert tab.download(files).result
    assert hub.asked("big.bin")[-1].range == f"bytes={BIG // 2}-"
    assert tab.verify(files) == []
    assert tab.call("readText", files[1]["key"], files[1]["cache"]).end["result"] == '{"a":1}'
    assert tab.call("remove", json.dumps(files)).result == BIG + 7
    assert tab.verify(files) == [file["key"] for file in files]


def test_two_tabs_download_once(
    context: BrowserContext, server: FaultyServer, hub: LocalHub
) -> None:
    hub.break_path("big.bin", slow(12 * MB), times=1)
    files = wanted(hub)
    tabs = [Downloads(context, server, hub), Downloads(context, server, hub)]
    first = tabs[0].begin_download(files)
    tabs[0].wait_until(first, "downloading", MB)
    second = tabs[1].begin_download(files)
    tabs[1].wait_until(second, "waiting")
    assert len(tabs[0].finish(first).result) == len(files)
    waited = tabs[1].finish(second)
    assert waited.result == []
    assert waited.progress[0][0] == "waiting"
    assert [hub.count(name) for name in ("big.bin", "small.bin", "a.json")] == [1, 1, 1]


def test_tab_that_waits_can_be_cancelled_and_the_other_goes_on(
    context: BrowserContext, server: FaultyServer, hub: LocalHub
) -> None:
    hub.break_path("big.bin", slow(12 * MB), times=1)
    files = wanted(hub, "big.bin")
    tabs = [Downloads(context, server, hub), Downloads(context, server, hub)]
    first = tabs[0].begin_download(files)
    tabs[0].wait_until(first, "downloading", MB)
    second = tabs[1].begin_download(files)
    tabs[1].wait_until(second, "waiting")
    tabs[1].abort(second)
    assert tabs[1].finish(second).error == "AbortError"
    assert len(tabs[0].finish(first).result) == 1


def test_two_models_that_share_a_file_fetch_it_once(tab: Downloads, hub: LocalHub) -> None:
    files = wanted(hub, "big.bin")
    calls = [tab.begin_download(files, "one"), tab.begin_download(files, "two")]
    assert sorted(len(tab.finish(call).result) for call in calls) == [0, 1]
    assert hub.count("big.bin") == 1


def test_files_come_from_two_hubs(
    context: BrowserContext, server: FaultyServer, hub: LocalHub
) -> None:
    with LocalHub() as other:
        other.add("localm-tests/others", {"other.bin": Generated(MB, 3)})
        files = wanted(hub, "small.bin") + wanted(other, repo="localm-tests/others")
        tab = Downloads(context, server, hub, other)
        assert len(tab.download(files).result) == 2
        assert (hub.count("small.bin"), other.count("other.bin")) == (1, 1)


def test_files_of_this_computer_are_hashed_and_stored(tab: Downloads, hub: LocalHub) -> None:
    content = hub.file(REPO, "small.bin").content
    files = wanted(hub, "small.bin", "a.json")
    for place, file in enumerate(files):
        file["urls"] = [f"file:t1/{place}"]
    tab.stash("t1", [content.read().decode("latin-1"), '{"a":1}'])
    outcome = tab.download(files)
    assert len(outcome.result) == 2
    assert {phase for phase, _, _ in outcome.progress} == {"verifying"}
    assert tab.verify(files) == []
    assert hub.requests == []


def test_wrong_file_of_this_computer_is_refused(tab: Downloads, hub: LocalHub) -> None:
    files = wanted(hub, "a.json")
    files[0]["urls"] = ["file:t1/0"]
    tab.stash("t1", ['{"a":2}'])
    outcome = tab.download(files)
    assert (outcome.error, "a.json" in outcome.message) == ("IntegrityError", True)
    assert tab.stored() == {}
    tab.call("forget", "t1")
    assert tab.download(files).error == "NotFoundError"


def test_texts_are_kept_under_their_keys(tab: Downloads) -> None:
    key, cache = "https://hub.localm.invalid/manifests/one", "localm-models"
    assert tab.call("readText", key, cache).end["result"] == ""
    tab.call("writeText", key, cache, '{"é": 1}')
    assert tab.call("readText", key, cache).end["result"] == '{"é": 1}'
    assert tab.call("listKeys", cache).result == [key]
    tab.call("deleteKey", key, cache)
    assert tab.call("listKeys", cache).result == []
