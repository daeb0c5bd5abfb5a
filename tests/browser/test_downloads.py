"""Downloads over faulty connections: what ends up in the browser is whole and right, or nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.support.downloads import REPO, Downloads, wanted
from tests.browser.support.faulty_server import FaultyServer, patched
from tests.hub import Generated, LocalHub
from tests.hub.faults import (
    changed_content,
    cut_off,
    flipped_bit,
    html_instead,
    ignores_range,
    new_etag,
    not_found,
    range_refused,
    redirects_to,
    stalls,
    statuses,
    too_many,
    without_cors,
)

KB = 1024
BIG = 3 * 1024 * KB  # three blocks
READ = BIG // 2 - 64 * KB


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with LocalHub() as running:
        running.add(
            REPO,
            {
                "big.bin": Generated(BIG, 1),
                "small.bin": Generated(200 * KB, 2),
                "a.json": b'{"a":1}',
            },
        )
        yield running


@pytest.fixture
def context(cpu_browser: Browser) -> Iterator[BrowserContext]:
    opened = cpu_browser.new_context(service_workers="block")
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext, shared_server: FaultyServer, hub: LocalHub) -> Downloads:
    return Downloads(context, shared_server, hub)


def cut_once(hub: LocalHub, *, content_length: bool = True) -> None:
    """The connection breaks at half, when most of what came before it has been read."""
    hub.break_path("big.bin", stalls(after_bytes=READ, for_s=1), times=1)
    hub.break_path("big.bin", cut_off(BIG // 2, content_length=content_length), times=1)


def starts(hub: LocalHub) -> list[int]:
    """The byte from which each request wanted the file."""
    return [int((asked.range or "bytes=0-")[6:-1]) for asked in hub.asked("big.bin")]


def test_files_are_stored_verified_and_told(tab: Downloads, hub: LocalHub) -> None:
    files = wanted(hub)
    outcome = tab.download(files)
    assert {file["key"]: file["bytes"] for file in outcome.result} == tab.stored()
    big = next(file for file in outcome.result if file["key"].endswith("big.bin"))
    assert big["sha256"] == hub.file(REPO, "big.bin").content.sha256
    total = sum(file["bytes"] for file in files)
    assert outcome.progress[-1][1:] == (total, total)
    assert tab.verify(files) == []
    assert tab.half_done() == []


def test_stored_files_are_not_fetched_again(tab: Downloads, hub: LocalHub) -> None:
    assert len(tab.download(wanted(hub, "small.bin")).result) == 1
    assert len(tab.download(wanted(hub)).result) == 2
    assert tab.download(wanted(hub)).result == []
    assert hub.count("small.bin") == 1


def test_requests_carry_no_cookie_no_referrer_and_no_preflight(
    tab: Downloads, hub: LocalHub
) -> None:
    cut_once(hub)
    assert tab.download(wanted(hub, "big.bin")).result
    assert {asked.method for asked in hub.requests} == {"GET"}
    for asked in hub.requests:
        assert not {"cookie", "referer", "authorization"} & set(asked.headers)


def test_python_worker_never_holds_the_bytes(tab: Downloads, hub: LocalHub) -> None:
    files = wanted(hub)
    tab.download(files)
    tab.verify(files)
    assert tab.touched() == []


def test_missing_file_is_named_at_once_and_a_retry_works(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("small.bin", not_found)
    outcome = tab.download(wanted(hub, "small.bin"))
    assert (outcome.error, hub.count("small.bin")) == ("NotFoundError", 1)
    assert "small.bin" in outcome.message
    assert tab.stored() == {}
    hub.mend()
    assert tab.download(wanted(hub, "small.bin")).result


@pytest.mark.parametrize("status", [401, 403])
def test_gated_file_needs_access_and_is_asked_for_once(
    tab: Downloads, hub: LocalHub, status: int
) -> None:
    hub.break_path("small.bin", statuses(*[status] * 9))
    outcome = tab.download(wanted(hub, "small.bin"))
    assert (outcome.error, hub.count("small.bin")) == ("NeedsAccessError", 1)


@pytest.mark.parametrize("has_hash", [True, False])
def test_page_of_html_is_refused(tab: Downloads, hub: LocalHub, has_hash: bool) -> None:
    files = wanted(hub, "big.bin")
    if not has_hash:
        files[0] |= {"sha256": "", "bytes": 0}
    hub.break_path("big.bin", html_instead)
    outcome = tab.download(files)
    assert (outcome.error, hub.count("big.bin")) == ("IntegrityError", 2)
    assert "big.bin" in outcome.message
    assert (tab.stored(), sum(tab.half_done())) == ({}, 0)


@pytest.mark.parametrize("content_length", [True, False])
def test_cut_body_is_resumed(tab: Downloads, hub: LocalHub, content_length: bool) -> None:
    cut_once(hub, content_length=content_length)
    files = wanted(hub, "big.bin")
    assert tab.download(files).result
    first, second = starts(hub)
    assert (first, READ <= second <= BIG // 2) == (0, True)
    assert tab.verify(files) == []


def test_body_that_is_always_cut_ends_in_an_error(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("big.bin", cut_off(after_bytes=0))
    outcome = tab.download(wanted(hub, "big.bin"))
    assert (outcome.error, hub.count("big.bin")) == ("NetworkError", 6)
    assert tab.stored() == {}


def test_flipped_bit_is_fetched_once_more(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("big.bin", flipped_bit, times=1)
    files = wanted(hub, "big.bin")
    assert tab.download(files).result
    assert starts(hub) == [0, 0]
    assert tab.verify(files) == []


@pytest.mark.parametrize("path", ["big.bin", "a.json"])
def test_file_that_stays_wrong_is_refused(tab: Downloads, hub: LocalHub, path: str) -> None:
    hub.break_path(path, flipped_bit)
    outcome = tab.download(wanted(hub, path))
    assert (outcome.error, hub.count(path)) == ("IntegrityError", 2)
    assert path in outcome.message
    assert (tab.stored(), sum(tab.half_done())) == ({}, 0)


def test_stall_is_told_and_cancel_ends_it(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("big.bin", stalls(after_bytes=BIG // 2, for_s=120), times=1)
    call = tab.begin_download(wanted(hub, "big.bin"))
    tab.wait_until(call, "downloading", BIG // 2)
    tab.wait_for_standing_ticks(call, 6)
    tab.abort(call)
    outcome = tab.finish(call)
    assert outcome.error == "AbortError"
    # A tick comes each half second: two of them are a second.
    assert len(outcome.after_abort) <= 2, outcome.after_abort
    assert tab.half_done() == [BIG // 2]
    assert tab.download(wanted(hub, "big.bin")).result
    assert starts(hub) == [0, BIG // 2]


def test_cancel_ends_the_wait_between_two_tries(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("big.bin", too_many(60))
    call = tab.begin_download(wanted(hub, "big.bin"))
    tab.wait_for_standing_ticks(call, 6)
    assert hub.count("big.bin") == 1
    tab.abort(call)
    outcome = tab.finish(call)
    assert outcome.error == "AbortError"
    assert len(outcome.after_abort) <= 2


def test_connection_that_stays_silent_is_given_up_for_a_new_one(
    context: BrowserContext, server: FaultyServer, hub: LocalHub
) -> None:
    server.break_path("/requests.js", patched(b"STALL_LIMIT_S = 75", b"STALL_LIMIT_S = 2 "))
    tab = Downloads(context, server, hub)
    hub.break_path("big.bin", stalls(after_bytes=BIG // 2, for_s=300), times=1)
    assert tab.download(wanted(hub, "big.bin")).result
    assert starts(hub) == [0, BIG // 2]


@pytest.mark.parametrize("fault", [statuses(503, 503), too_many(1)])
def test_busy_host_is_asked_again(tab: Downloads, hub: LocalHub, fault: object) -> None:
    hub.break_path("small.bin", fault, times=2)  # type: ignore[arg-type]
    assert tab.download(wanted(hub, "small.bin")).result
    assert hub.count("small.bin") == 3


@pytest.mark.parametrize(
    ("fault", "resumes"),
    [
        (ignores_range, [False, True]),
        (range_refused, [False, True, False]),
        (new_etag(), [False, True, False]),
    ],
)
def test_file_restarts_where_it_cannot_be_resumed(
    tab: Downloads, hub: LocalHub, fault: object, resumes: list[bool]
) -> None:
    hub.break_path("big.bin", fault)  # type: ignore[arg-type]
    cut_once(hub)
    files = wanted(hub, "big.bin")
    outcome = tab.download(files)
    assert [file["bytes"] for file in outcome.result] == [BIG]
    assert [start > 0 for start in starts(hub)] == resumes
    assert tab.verify(files) == []


def test_two_versions_of_a_file_are_never_joined(tab: Downloads, hub: LocalHub) -> None:
    """Without a hash only the ETag tells them apart."""
    files = wanted(hub, "big.bin")
    files[0]["sha256"] = ""
    hub.break_path("big.bin", changed_content())
    cut_once(hub)
    outcome = tab.download(files)
    assert [start > 0 for start in starts(hub)] == [False, True, False]
    assert [file["bytes"] for file in outcome.result] == [BIG]


def test_host_without_cors_is_explained(tab: Downloads, hub: LocalHub) -> None:
    hub.break_path("small.bin", without_cors)
    outcome = tab.download(wanted(hub, "small.bin"))
    assert outcome.error == "NetworkError"
    assert "CORS" in outcome.message
    assert tab.stored() == {}


def test_redirect_to_another_host_is_blocked(tab: Downloads, hub: LocalHub) -> None:
    with LocalHub() as other:
        hub.break_path("small.bin", redirects_to(f"{other.url}/{REPO}/resolve/main/small.bin"))
        outcome = tab.download(wanted(hub, "small.bin"))
        assert outcome.error == "BlockedHostError"
        assert hub.cdn_url.removeprefix("http://") in outcome.message or (
            hub.url.removeprefix("http://") in outcome.message
        )
        assert other.requests == []


def test_host_that_was_not_named_is_blocked(tab: Downloads, hub: LocalHub) -> None:
    with LocalHub() as other:
        other.add(REPO, {"small.bin": Generated(200 * KB, 2)})
        outcome = tab.download(wanted(other, "small.bin"))
        assert outcome.error == "BlockedHostError"
        assert other.requests == []


def test_second_address_is_asked_where_the_first_lacks_the_file_or_is_gone(
    tab: Downloads, hub: LocalHub
) -> None:
    files = wanted(hub, "small.bin", "a.json")
    files[0]["urls"].insert(0, f"{hub.url}/{REPO}/resolve/main/elsewhere.bin")
    with LocalHub() as gone:
        address = gone.url
    files[1]["urls"].insert(0, f"{address}/a.json")
    tab.allow(hub.url, hub.cdn_url, address)
    assert len(tab.download(files).result) == 2


def test_metadata_is_read_with_its_status_and_next_page(tab: Downloads, hub: LocalHub) -> None:
    hub.page_size = 2
    found = tab.call("readJson", f"{hub.url}/api/models/{REPO}/tree/main").result
    assert (found["status"], len(found["link"]) > 0) == (200, True)
    assert tab.call("readJson", found["link"]).result["link"] == ""
    assert tab.call("readJson", f"{hub.url}/api/models/no/thing").result["status"] in (401, 404)


def test_metadata_of_a_host_that_is_gone_is_a_network_error(tab: Downloads, hub: LocalHub) -> None:
    hub.stop()
    assert tab.call("readJson", f"{hub.url}/api/models/{REPO}").error == "NetworkError"


def test_another_list_of_hosts_leaves_what_is_under_way_alone(
    tab: Downloads, hub: LocalHub
) -> None:
    hub.break_path("big.bin", stalls(after_bytes=BIG // 2, for_s=2), times=1)
    files = wanted(hub, "big.bin")
    call = tab.begin_download(files)
    tab.wait_until(call, "downloading", BIG // 2)
    tab.allow(hub.cdn_url)  # it sends files, but the tree is another's
    assert tab.call("readJson", f"{hub.url}/api/models/{REPO}").error == "BlockedHostError"
    assert [one["key"] for one in tab.finish(call).result] == [files[0]["key"]]
