"""What the server answers to a browser: types, encodings, validators, ranges, caching, policies."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest

from localm_host.guard import LOOPBACK_NAMES
from localm_host.policies import PAGE_POLICY, SCRIPT_POLICY
from localm_host.server import create_app

WORKER = "/app-0123456789ab/worker/boot.js"
WASM = "/vendor/pyodide-1.2.3/pyodide.asm.wasm"
WEIGHTS = "/models/guide/mlc/resolve/0123456789ab/params_shard_0.bin"
SCRIPT = b"export const answer = 42;\n" * 40
FILES = {
    "index.html": b"<!doctype html><title>localm</title>",
    "service_worker.js": b"// worker",
    "precache.json": b"[]",
    WORKER[1:]: SCRIPT,
    WASM[1:]: bytes(range(256)) * 40,
    WEIGHTS[1:]: b"\x00\x01" * 4096,
    "app-0123456789ab/manifest.webmanifest": b"{}",
    "app-0123456789ab/python/localm-0.1.0-py3-none-any.whl": b"PK",
    "app-0123456789ab/libraries/purify.es.mjs": b"export {};",
    "vendor/pyodide-1.2.3/LICENSE": b"free",
    "vendor/unnamed/file.unknown": b"?",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in miniature, its script with compressed siblings."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    script = tmp_path / WORKER[1:]
    script.with_name("boot.js.br").write_bytes(brotli.compress(SCRIPT))
    script.with_name("boot.js.gz").write_bytes(gzip.compress(SCRIPT))
    return tmp_path


@pytest.fixture
async def client(site: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(site, allowed_hosts=LOOPBACK_NAMES)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8765") as client:
        yield client


async def test_root_is_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert answer.content == FILES["index.html"]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        (WORKER, "text/javascript; charset=utf-8"),
        ("/app-0123456789ab/libraries/purify.es.mjs", "text/javascript; charset=utf-8"),
        (WASM, "application/wasm"),
        ("/app-0123456789ab/manifest.webmanifest", "application/manifest+json"),
        ("/app-0123456789ab/python/localm-0.1.0-py3-none-any.whl", "application/zip"),
        ("/precache.json", "application/json"),
        ("/vendor/pyodide-1.2.3/LICENSE", "text/plain; charset=utf-8"),
        ("/vendor/unnamed/file.unknown", "application/octet-stream"),
        (WEIGHTS, "application/octet-stream"),
    ],
)
async def test_media_type_is_what_browsers_insist_on(
    client: httpx.AsyncClient, path: str, media_type: str
) -> None:
    assert (await client.get(path)).headers["content-type"] == media_type


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip; q=0", None),
        ("identity", None),
        ("", None),
    ],
)
async def test_encoding_is_the_best_one_that_the_client_takes(
    client: httpx.AsyncClient, accept: str, encoding: str | None
) -> None:
    answer = await client.get(WORKER, headers={"accept-encoding": accept})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == SCRIPT


async def test_each_encoding_has_a_strong_etag_of_its_own(client: httpx.AsyncClient) -> None:
    accepts = ("br", "gzip", "identity")
    answers = [await client.get(WORKER, headers={"accept-encoding": a}) for a in accepts]
    etags = {answer.headers["etag"] for answer in answers}
    assert len(etags) == 3
    assert not any(etag.startswith("W/") for etag in etags)


async def test_known_etag_is_not_modified_with_the_same_policy(client: httpx.AsyncClient) -> None:
    first = await client.get(WORKER, headers={"accept-encoding": "br"})
    known = {"accept-encoding": "br", "if-none-match": first.headers["etag"]}
    second = await client.get(WORKER, headers=known)
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == first.headers["etag"]
    assert second.headers["content-security-policy"] == SCRIPT_POLICY


async def test_etag_of_another_encoding_is_modified(client: httpx.AsyncClient) -> None:
    first = await client.get(WORKER, headers={"accept-encoding": "br"})
    known = {"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    assert (await client.get(WORKER, headers=known)).status_code == 200


async def test_changed_file_of_the_same_size_has_another_etag(
    client: httpx.AsyncClient, site: Path
) -> None:
    before = (await client.get("/")).headers["etag"]
    page = site / "index.html"
    page.write_bytes(FILES["index.html"].replace(b"localm", b"mlacol"))
    assert (await client.get("/")).headers["etag"] != before


@pytest.mark.parametrize(
    ("header", "content_range", "content"),
    [
        ("bytes=0-9", "bytes 0-9/10240", bytes(range(10))),
        ("bytes=250-", "bytes 250-10239/10240", FILES[WASM[1:]][250:]),
        ("bytes=-6", "bytes 10234-10239/10240", bytes(range(250, 256))),
        ("bytes=0-999999", "bytes 0-10239/10240", FILES[WASM[1:]]),
    ],
)
async def test_range_is_that_part(
    client: httpx.AsyncClient, header: str, content_range: str, content: bytes
) -> None:
    answer = await client.get(WASM, headers={"range": header})
    assert answer.status_code == 206
    assert answer.headers["content-range"] == content_range
    assert answer.content == content


async def test_range_is_of_the_plain_file(client: httpx.AsyncClient) -> None:
    answer = await client.get(WORKER, headers={"range": "bytes=0-5", "accept-encoding": "br"})
    assert "content-encoding" not in answer.headers
    assert answer.content == SCRIPT[:6]


async def test_resuming_an_encoded_file_starts_again(client: httpx.AsyncClient) -> None:
    encoded = await client.get(WORKER, headers={"accept-encoding": "br"})
    resume = {"range": "bytes=6-", "if-range": encoded.headers["etag"]}
    answer = await client.get(WORKER, headers=resume)
    assert (answer.status_code, answer.content) == (200, SCRIPT)


@pytest.mark.parametrize("header", ["bytes=10240-", "bytes=0-1,3-4", "bytes=0-," * 300])
async def test_range_that_cannot_be_served_is_416(client: httpx.AsyncClient, header: str) -> None:
    answer = await client.get(WASM, headers={"range": header})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == "bytes */10240"


@pytest.mark.parametrize("header", ["bytes=9-2", "bytes=--5", "bytes=a-b", "lines=1-2", "bytes"])
async def test_nonsense_range_is_4xx(client: httpx.AsyncClient, header: str) -> None:
    assert (await client.get(WASM, headers={"range": header})).status_code in (400, 416)


async def test_head_is_get_without_the_body(client: httpx.AsyncClient) -> None:
    got = await client.get(WASM)
    head = await client.head(WASM, headers={"range": "bytes=0-9"})
    assert (head.status_code, head.content) == (200, b"")
    volatile = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in volatile} == {
        k: v for k, v in got.headers.items() if k not in volatile
    }


@pytest.mark.parametrize("path", [WORKER, WASM, WEIGHTS])
async def test_content_named_addresses_are_kept_for_ever(
    client: httpx.AsyncClient, path: str
) -> None:
    assert "immutable" in (await client.get(path)).headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/", "/index.html", "/service_worker.js", "/precache.json", "/vendor/unnamed/file.unknown"],
)
async def test_other_addresses_are_asked_for_again(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/nothing", "/app-0123456789ab/nothing.js"])
async def test_what_is_missing_is_asked_for_again(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-cache")


@pytest.mark.parametrize("path", ["/", WORKER, WASM, "/nothing", "/nothing.js"])
async def test_isolation_headers_are_on_every_answer(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize(
    ("path", "policy"),
    [("/", PAGE_POLICY), ("/index.html", PAGE_POLICY), (WORKER, SCRIPT_POLICY)],
)
async def test_page_and_scripts_have_their_policies(
    client: httpx.AsyncClient, path: str, policy: str
) -> None:
    assert (await client.get(path)).headers["content-security-policy"] == policy


def test_no_policy_opens_eval_or_inline_code() -> None:
    for policy in (PAGE_POLICY, SCRIPT_POLICY):
        assert policy.startswith("default-src 'none'; ")
        assert "'unsafe-eval'" not in policy
        assert "'unsafe-inline'" not in policy
        assert "require-trusted-types-for 'script'" in policy
