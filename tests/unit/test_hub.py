"""The test hub itself: the shapes of huggingface.co, and faults that really happen."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.hub import GOOD_TOKEN, Generated, LocalHub, faults

MLC = "localm-tests/guide-mlc"
ONNX = "localm-tests/guide-onnx"
SHARD = f"/{MLC}/resolve/main/params_shard_0.bin"
CONFIG = f"/{MLC}/resolve/main/mlc-chat-config.json"


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with LocalHub() as running:
        yield running


@pytest.fixture
def client(hub: LocalHub) -> Iterator[httpx.Client]:
    """Follows the hub to its CDN, as a browser does."""
    with httpx.Client(base_url=hub.url, follow_redirects=True, timeout=5) as client:
        yield client


def test_tree_names_every_file_with_its_size_and_hash(client: httpx.Client) -> None:
    entries = client.get(f"/api/models/{ONNX}/tree/main?recursive=true").json()
    assert "onnx/model_q4.onnx" in [entry["path"] for entry in entries]
    for entry in entries:
        data = client.get(f"/{ONNX}/resolve/main/{entry['path']}").content
        assert len(data) == entry["size"]
        if "lfs" in entry:
            assert hashlib.sha256(data).hexdigest() == entry["lfs"]["oid"]
        else:
            blob = b"blob %d\0" % len(data) + data
            assert hashlib.sha1(blob).hexdigest() == entry["oid"]


def test_tree_comes_in_pages(hub: LocalHub, client: httpx.Client) -> None:
    hub.page_size = 3
    url: str | None = f"/api/models/{ONNX}/tree/main?recursive=true"
    paths: list[str] = []
    while url:
        answer = client.get(url)
        paths += [entry["path"] for entry in answer.json()]
        url = answer.links.get("next", {}).get("url")
    assert sorted(paths) == sorted(hub.repositories[ONNX].commits[hub.repositories[ONNX].head])


def test_large_files_come_from_the_cdn_and_small_ones_from_the_hub(
    hub: LocalHub, client: httpx.Client
) -> None:
    sha = client.get(f"/api/models/{MLC}").json()["sha"]
    head = client.head(SHARD, follow_redirects=False)
    assert head.headers["location"].startswith(hub.cdn_url)
    assert head.headers["x-linked-etag"] == f'"{hub.file(MLC, "params_shard_0.bin").etag}"'
    assert int(head.headers["x-linked-size"]) == len(client.get(SHARD).content)
    small = client.get(CONFIG)
    assert (head.headers["x-repo-commit"], small.headers["x-repo-commit"]) == (sha, sha)
    origins = [(asked.origin, asked.status) for asked in hub.asked(".json") + hub.asked(".bin")]
    assert origins == [("hub", 200), ("cdn", 200)]


def test_ranges_and_conditions_hold_on_the_cdn(hub: LocalHub, client: httpx.Client) -> None:
    whole = client.get(SHARD)
    part = client.get(SHARD, headers={"range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, whole.content[1000:2000])
    size = len(whole.content)
    assert part.headers["content-range"] == f"bytes 1000-1999/{size}"
    stale = {"range": "bytes=1000-", "if-range": '"another"'}
    assert client.get(SHARD, headers=stale).status_code == 200
    assert client.get(SHARD, headers={"range": f"bytes={size}-"}).status_code == 416
    assert client.get(SHARD, headers={"if-none-match": part.headers["etag"]}).status_code == 304
    assert [asked.range for asked in hub.asked(".bin")][1] == "bytes=1000-1999"


def test_pages_of_other_origins_may_read_all_of_it(client: httpx.Client) -> None:
    for path in (f"/api/models/{MLC}", SHARD, CONFIG):
        answer = client.get(path, headers={"origin": "http://localhost:1"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "ETag" in answer.headers["access-control-expose-headers"]
    wish = {"access-control-request-headers": "authorization,range"}
    preflight = client.options(SHARD, headers=wish)
    assert preflight.headers["access-control-allow-headers"] == "authorization,range"


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("hf_bad", 403), (GOOD_TOKEN, 200)])
def test_gated_files_need_the_right_token(
    client: httpx.Client, token: str | None, status: int
) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    assert client.get("/api/models/localm-tests/gated").json()["gated"] == "manual"
    url = "/localm-tests/gated/resolve/main/onnx/model_quantized.onnx"
    answer = client.get(url, headers=headers)
    assert answer.status_code == status
    assert answer.headers.get("x-error-code") == (None if status == 200 else "GatedRepo")


def test_what_is_unknown_is_refused_as_the_real_hub_does(client: httpx.Client) -> None:
    unknown = client.get("/api/models/nobody/nothing")
    assert (unknown.status_code, unknown.headers["x-error-code"]) == (401, "RepoNotFound")
    no_file = client.get(f"/{MLC}/resolve/main/nothing.bin")
    assert (no_file.status_code, no_file.headers["x-error-code"]) == (404, "EntryNotFound")
    no_revision = client.get(f"/api/models/{MLC}/tree/elsewhere")
    assert no_revision.headers["x-error-code"] == "RevisionNotFound"


def test_an_old_commit_stays_when_a_new_one_is_added(hub: LocalHub, client: httpx.Client) -> None:
    old = hub.add("localm-tests/moving", {"config.json": b"1"})
    new = hub.add("localm-tests/moving", {"config.json": b"2"})
    for revision, content in ((old, b"1"), (new, b"2"), ("main", b"2")):
        url = f"/localm-tests/moving/resolve/{revision}/config.json"
        assert client.get(url).content == content


def test_library_is_found_by_its_name(client: httpx.Client) -> None:
    name = "SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm"
    assert client.get(f"/libraries/{name}").content[:4] == b"\0asm"
    assert client.get(f"/libraries/folder/of/version/{name}").status_code == 200


def test_generated_file_is_the_same_bytes_in_any_piece() -> None:
    content = Generated(1_000_000, seed=7)
    whole = content.read()
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (1_000_000, content.sha256)
    assert b"".join(content.chunks(262_000, 700_001)) == whole[262_000:700_001]


@pytest.mark.parametrize("content_length", [True, False])
def test_cut_off_ends_the_connection(
    hub: LocalHub, client: httpx.Client, content_length: bool
) -> None:
    hub.break_path(".bin", faults.cut_off(70_000, content_length=content_length), times=1)
    with client.stream("GET", SHARD) as answer:
        pieces = answer.iter_raw()
        with pytest.raises(httpx.RemoteProtocolError):
            b"".join(pieces)
    assert hub.asked(".bin")[0].sent_bytes == 70_000
    assert ("content-length" in answer.headers) == content_length
    assert len(client.get(SHARD).content) == hub.file(MLC, "params_shard_0.bin").content.size


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (faults.not_found, 404, None),
        (faults.html_instead, 200, ("content-type", "text/html")),
        (faults.too_many(3), 429, ("retry-after", "3")),
        (faults.ignores_range, 200, None),
        (faults.range_refused, 416, None),
        (faults.redirects_to("http://127.0.0.1:9/elsewhere"), 302, None),
    ],
)
def test_fault_answers_until_it_is_mended(
    hub: LocalHub,
    client: httpx.Client,
    fault: faults.Fault,
    status: int,
    header: tuple[str, str] | None,
) -> None:
    hub.break_path("mlc-chat-config.json", fault)
    ranged = {"range": "bytes=0-9"}
    answer = client.get(CONFIG, headers=ranged, follow_redirects=False)
    assert answer.status_code == status
    if header:
        assert answer.headers[header[0]] == header[1]
    hub.mend()
    assert client.get(CONFIG, headers=ranged).status_code == 206


def test_statuses_come_in_their_order_and_then_all_is_well(
    hub: LocalHub, client: httpx.Client
) -> None:
    hub.break_path(".bin", faults.statuses(503, 503))
    assert [client.get(SHARD).status_code for _ in range(3)] == [503, 503, 200]
    assert hub.count(".bin") == 3


def test_a_flipped_bit_keeps_the_size_and_the_etag(hub: LocalHub, client: httpx.Client) -> None:
    good = client.get(SHARD)
    hub.break_path(".bin", faults.flipped_bit)
    bad = client.get(SHARD)
    assert bad.headers["etag"] == good.headers["etag"]
    assert sum(a != b for a, b in zip(bad.content, good.content, strict=True)) == 1


def test_changed_content_serves_ranges_that_do_not_fit(hub: LocalHub, client: httpx.Client) -> None:
    size = hub.file(MLC, "params_shard_0.bin").content.size
    hub.break_path(".bin", faults.changed_content())
    first = client.get(SHARD, headers={"range": f"bytes=0-{size // 2 - 1}"})
    resume = {"range": f"bytes={size // 2}-", "if-range": first.headers["etag"]}
    second = client.get(SHARD, headers=resume)
    assert second.status_code == 206
    assert second.headers["etag"] != first.headers["etag"]
    joined = hashlib.sha256(first.content + second.content).hexdigest()
    assert joined != hub.file(MLC, "params_shard_0.bin").etag


def test_new_etag_never_lets_a_download_resume(hub: LocalHub, client: httpx.Client) -> None:
    hub.break_path(".bin", faults.new_etag())
    first = client.get(SHARD, headers={"range": "bytes=0-9"})
    resume = {"range": "bytes=10-", "if-range": first.headers["etag"]}
    assert client.get(SHARD, headers=resume).status_code == 200


@pytest.mark.parametrize(
    "fault",
    [faults.stalls(after_bytes=100, for_s=0.4), faults.slow(bytes_per_s=2500)],
    ids=["stalls", "slow"],
)
def test_slow_answers_take_their_time_and_are_whole(
    hub: LocalHub, client: httpx.Client, fault: faults.Fault
) -> None:
    hub.add("localm-tests/small", {"a.bin": b"x" * 1000})
    hub.break_path("a.bin", fault)
    started_s = time.monotonic()
    answer = client.get("/localm-tests/small/resolve/main/a.bin")
    assert time.monotonic() - started_s > 0.3
    assert answer.content == b"x" * 1000


def test_without_cors_no_page_can_read_it(hub: LocalHub, client: httpx.Client) -> None:
    hub.break_path(".bin", faults.without_cors)
    assert "access-control-allow-origin" not in client.get(SHARD).headers
    assert "access-control-allow-origin" not in client.options(SHARD).headers


def test_a_fault_of_one_origin_leaves_the_other_alone(hub: LocalHub, client: httpx.Client) -> None:
    hub.break_path(".bin", faults.not_found, origin="hub")
    assert client.get(SHARD).status_code == 404
    assert hub.requests[-1].origin == "hub"
