"""`localm serve` as a model hub: what was pulled, with a hub's addresses, and nothing else."""

from __future__ import annotations

import hashlib
import http.client
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from localm.builds import candidates, library_in
from localm.hub_address import parse_hub_address
from localm_host.policies import SCRIPT_POLICY
from localm_host.pull import Wish, pull
from tests.hub import LocalHub
from tests.hub.machine import Machine

MLC = "localm-tests/guide-mlc"
ONNX = "localm-tests/guide-onnx"
SMOLLM = "mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC"
LIBRARY = "SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm"
SHARD = f"/hub/{MLC}/resolve/main/params_shard_0.bin"
SECRET = b"nobody else's business"


@pytest.fixture(scope="module")
def hub() -> Iterator[LocalHub]:
    with LocalHub() as running:
        yield running


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory, hub: LocalHub) -> Machine:
    """It has pulled three models, and other tools have used its cache."""
    machine = Machine(tmp_path_factory.mktemp("home"), hub)
    for repo in (MLC, ONNX, SMOLLM):
        pull(repo, Wish(), parse_hub_address(hub.address), machine.store)
    snapshot = machine.models.snapshot(MLC, "main")
    assert snapshot
    blobs = machine.models.repo_folder(MLC) / "blobs"
    secret = machine.models.folder / "secret"
    secret.write_bytes(SECRET)
    (snapshot.folder / "params_shard_7.bin").symlink_to(secret)
    (snapshot.folder / "params_shard_8.bin").write_bytes(SECRET)
    (snapshot.folder / "letter.txt").symlink_to(blob_of(blobs, SECRET))
    (blobs / f"{'0' * 64}.localm.incomplete").write_bytes(SECRET)
    (snapshot.folder / "params_shard_9.bin").symlink_to(blobs / f"{'0' * 64}.localm.incomplete")
    return machine


def blob_of(blobs: Path, data: bytes) -> Path:
    """A complete file that no engine reads."""
    blob = blobs / hashlib.sha256(data).hexdigest()
    blob.write_bytes(data)
    return blob


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text("<!doctype html><title>localm</title>")
    (site / "hub.json").write_text("{}")
    worker = site / "app-0123456789ab" / "worker" / "download_worker.js"
    worker.parent.mkdir(parents=True)
    worker.write_text("export {};")
    return site


@contextmanager
def serving(machine: Machine, site: Path, *options: str, **environment: str) -> Iterator[str]:
    """The address of `localm serve`, without a slash at its end."""
    arguments = ("serve", "--no-open", "--port", "0", "--site", str(site), *options)
    with machine.start(*arguments, **environment) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://[^/]+", line)
        try:
            assert found, line
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def served(machine: Machine, site: Path) -> Iterator[str]:
    with serving(machine, site) as address:
        yield address


@pytest.fixture
def client(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served) as client:
        yield client


@pytest.mark.parametrize("repo", [MLC, ONNX, SMOLLM])
def test_tree_lists_what_was_pulled_as_the_hub_does(
    hub: LocalHub, client: httpx.Client, repo: str
) -> None:
    sha = client.get(f"/hub/api/models/{repo}").json()["sha"]
    assert sha == hub.repositories[repo].head
    with httpx.Client(base_url=hub.url) as real:
        listed = real.get(f"/api/models/{repo}/tree/{sha}?recursive=true").json()
    theirs = {entry["path"]: entry for entry in listed}
    ours = client.get(f"/hub/api/models/{repo}/tree/{sha}?recursive=true").json()
    assert ours
    assert all(theirs[entry["path"]] == entry for entry in ours)
    assert {entry["path"] for entry in ours}.isdisjoint({"README.md", "onnx/model.onnx"})


def test_info_is_the_same_by_name_and_by_commit(client: httpx.Client) -> None:
    info = client.get(f"/hub/api/models/{MLC}").json()
    assert info == {
        "id": MLC,
        "sha": info["sha"],
        "gated": False,
        "private": False,
        "cardData": {"license": "apache-2.0"},
    }
    for revision in ("main", info["sha"]):
        assert client.get(f"/hub/api/models/{MLC}/revision/{revision}").json() == info


def test_files_come_with_hash_range_and_condition(hub: LocalHub, client: httpx.Client) -> None:
    content = hub.file(MLC, "params_shard_0.bin").content
    whole = client.get(SHARD)
    assert whole.content == content.read()
    assert whole.headers["etag"] == f'"{content.sha256}"'
    assert whole.headers["cache-control"] == "no-store"
    assert whole.headers["x-repo-commit"] == hub.repositories[MLC].head
    part = client.get(SHARD, headers={"range": "bytes=1000-", "if-range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[1000:])
    stale = client.get(SHARD, headers={"range": "bytes=1000-", "if-range": '"another"'})
    assert (stale.status_code, len(stale.content)) == (200, content.size)
    known = client.get(SHARD, headers={"if-none-match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    head = client.head(SHARD)
    assert (head.headers["content-length"], head.content) == (str(content.size), b"")
    assert client.get(SHARD, headers={"range": f"bytes={content.size}-"}).status_code == 416
    assert client.get(SHARD, headers={"range": "bytes=0-1,3-4"}).status_code == 416


def test_small_files_are_named_by_gits_hash(hub: LocalHub, client: httpx.Client) -> None:
    answer = client.get(f"/hub/{MLC}/resolve/main/mlc-chat-config.json")
    assert answer.headers["etag"] == f'"{hub.file(MLC, "mlc-chat-config.json").content.blob_id}"'
    assert answer.headers["content-type"] == "application/json"


def test_libraries_are_served_by_their_names(hub: LocalHub, client: httpx.Client) -> None:
    answer = client.get(f"/hub/libraries/{LIBRARY}")
    assert answer.content == hub.libraries[LIBRARY].read()
    assert answer.headers["content-type"] == "application/wasm"
    assert client.get(f"/hub/libraries/v0/base/{LIBRARY}").status_code == 200
    assert client.get("/hub/libraries/unknown.wasm").status_code == 404
    assert client.get("/hub/libraries/notes.json").status_code == 404


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/hub/api/models/nobody/nothing", "RepoNotFound"),
        (f"/hub/api/models/{MLC}/revision/elsewhere", "RevisionNotFound"),
        (f"/hub/api/models/{MLC}/tree/{'0' * 40}", "RevisionNotFound"),
        (f"/hub/{MLC}/resolve/main/nothing.bin", "EntryNotFound"),
    ],
)
def test_what_is_not_here_says_what_is_missing(client: httpx.Client, path: str, code: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["x-error-code"]) == (404, code)


@pytest.mark.parametrize("name", [*(f"params_shard_{i}.bin" for i in (7, 8, 9)), "letter.txt"])
def test_nothing_is_offered_but_complete_files_that_engines_read(
    client: httpx.Client, name: str
) -> None:
    """Links out of the repository, files of others, unknown kinds, half-done ones."""
    listed = client.get(f"/hub/api/models/{MLC}/tree/main").json()
    assert name not in [entry["path"] for entry in listed]
    assert client.get(f"/hub/{MLC}/resolve/main/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/hub/{MLC}/resolve/main/../../../secret",
        f"/hub/{MLC}/resolve/main/..%2f..%2f..%2fsecret",
        f"/hub/{MLC}/resolve/main/%2e%2e/%2e%2e/%2e%2e/secret",
        f"/hub/{MLC}/resolve/main//etc/passwd",
        f"/hub/{MLC}/resolve/main/..%5c..%5csecret",
        f"/hub/{MLC}/resolve/main/mlc-chat-config.json%00",
        f"/hub/{MLC}/resolve/../params_shard_0.bin",
        f"/hub/{MLC}/resolve/..%2f..%2frefs/main",
        "/hub/../secret",
        "/hub/..%2fsecret",
        "/hub/./secret/resolve/main/x",
        "/hub/%2e%2e/secret/resolve/main/x",
        "/hub/api/models/../secret",
        f"/hub/api/models/{MLC}/tree/..%2f..%2f..",
        f"/hub/api/models/{MLC}/revision/%2fetc%2fpasswd",
        "/hub/libraries/../notes.json",
        "/hub/libraries/..%2fnotes.json",
        f"/hub/libraries/{LIBRARY}%00",
    ],
)
def test_no_path_leaves_what_is_offered(served: str, path: str) -> None:
    """Sent as it stands: httpx would tidy it up."""
    connection = http.client.HTTPConnection(served.removeprefix("http://"))
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status in (400, 404)
    assert SECRET not in body


def test_a_library_that_was_named_lies_beside_the_weights(
    hub: LocalHub, machine: Machine, client: httpx.Client
) -> None:
    """So the page can run what was pulled with --library."""
    files = hub.repositories[SMOLLM].commits[hub.repositories[SMOLLM].head]
    hub.add("somebody/own-MLC", {path: file.content for path, file in files.items()})
    wish = Wish(library=f"{hub.url}/libraries/{LIBRARY}")
    pull("somebody/own-MLC", wish, parse_hub_address(hub.address), machine.store)
    listed = client.get("/hub/api/models/somebody/own-MLC/tree/main").json()
    (found,) = candidates("somebody/own-MLC", {one["path"]: one["size"] for one in listed})
    assert (found.reason, library_in(found.paths)) == ("", LIBRARY)
    answer = client.get(f"/hub/somebody/own-MLC/resolve/main/{LIBRARY}")
    assert answer.content == hub.libraries[LIBRARY].read()
    (entry,) = [one for one in listed if one["path"] == LIBRARY]
    assert entry["lfs"]["oid"] == hashlib.sha256(answer.content).hexdigest()


def test_other_sites_may_not_read_the_mirror(client: httpx.Client) -> None:
    assert client.get(SHARD, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.get(SHARD, headers={"host": "rebound.example"}).status_code == 400
    answer = client.get(SHARD)
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_another_computer_can_pull_from_the_mirror(
    served: str, hub: LocalHub, tmp_path: Path
) -> None:
    """A mirror of the mirror, with the hub gone from sight."""
    other = Machine(tmp_path, hub)
    hub.mend()
    address = parse_hub_address(f"{served}/hub")
    for repo in (SMOLLM, ONNX):
        pull(repo, Wish(), address, other.store)
        snapshot = other.models.snapshot(repo, "main")
        assert snapshot
        assert snapshot.builds
        assert all(file.is_intact() for file in snapshot.files.values())
    assert other.store.libraries.is_intact(LIBRARY)
    assert hub.requests == []


def test_the_page_learns_of_the_mirror_and_of_its_hub(
    machine: Machine, site: Path, served: str
) -> None:
    default = httpx.get(f"{served}/hub.json")
    assert default.headers["content-type"] == "application/json"
    assert default.headers["cache-control"] == "no-cache"
    assert default.json()["mirror"] is True
    assert default.json()["address"] == "https://huggingface.co"
    own = {
        "address": "https://hub.example.org",
        "file_hosts": ["https://cdn.example.org"],
        "libraries": "https://hub.example.org/libraries/",
        "mirror": True,
    }
    text = "https://hub.example.org https://cdn.example.org"
    with serving(machine, site, "--hub", text) as address:
        assert httpx.get(f"{address}/hub.json").json() == own
    with serving(machine, site, LOCALM_HUB=text) as address:
        assert httpx.get(f"{address}/hub.json").json() == own


def test_a_bad_hub_is_one_sentence(machine: Machine, site: Path) -> None:
    done = machine.localm("serve", "--no-open", "--site", str(site), "--hub", "hub.example.org")
    assert done.returncode == 1
    assert done.stderr.startswith("localm: hub.example.org is no hub address. Write it like")
    assert done.stderr.count("\n") == 1


def test_a_model_is_offered_as_soon_as_it_is_pulled(
    machine: Machine, hub: LocalHub, client: httpx.Client
) -> None:
    repo = "onnx-community/Qwen3-0.6B-ONNX"
    assert client.get(f"/hub/api/models/{repo}").status_code == 404
    pull(repo, Wish(), parse_hub_address(hub.address), machine.store)
    listed = client.get(f"/hub/api/models/{repo}/tree/main").json()
    assert "onnx/model_quantized.onnx" in [entry["path"] for entry in listed]


WORKER = "/app-0123456789ab/worker/download_worker.js"


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("", "'self'"),
        ("?connect=https://huggingface.co", "'self' https://huggingface.co"),
        (
            "?connect=https%3A%2F%2F*.hf.co&connect=http://127.0.0.1:8080&connect=http://[::1]:9",
            "'self' https://*.hf.co http://127.0.0.1:8080 http://[::1]:9",
        ),
        ("?connect=https://a.example&connect=https://a.example", "'self' https://a.example"),
        ("?connect=*", "'self'"),
        ("?connect=https://*", "'self'"),
        ("?connect=https:", "'self'"),
        ("?connect=data:", "'self'"),
        ("?connect='unsafe-eval'", "'self'"),
        ("?connect=https://a.example;script-src%20*", "'self'"),
        ("?connect=https://a.example%20https://b.example", "'self'"),
        ("?connect=https://a.example%0d%0aX-Evil:%201", "'self'"),
        ("?connect=https://a.example%0a", "'self'"),
        ("?connect=https://a.example/path", "'self'"),
        ("?connect=https://%C3%A9.example", "'self'"),
        ("?connect=https://a.example,https://b.example", "'self'"),
        ("?connect=ws://a.example", "'self'"),
        ("?connect=https://a..&other=https://b.example", "'self'"),
    ],
)
def test_only_two_workers_may_reach_the_hosts_in_their_address(
    client: httpx.Client, query: str, sources: str
) -> None:
    for worker in (WORKER, WORKER.replace("download", "image")):
        policy = client.get(f"{worker}{query}").headers["content-security-policy"]
        assert policy == SCRIPT_POLICY.replace("connect-src 'self'", f"connect-src {sources}")
    for other in ("/", "/app-0123456789ab/worker/worker.js", "/x/not_download_worker.js"):
        elsewhere = client.get(f"{other}?connect=https://a.example").headers
        assert "connect-src 'self';" in elsewhere["content-security-policy"] + ";"
