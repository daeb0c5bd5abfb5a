"""A repository as a hub lists it; the mirror first, then the hub."""

import pytest

from localm.engines.contract import CancelToken
from localm.errors import DownloadFailed, NeedsAccess, NoRepository
from localm.hub import Hub, Repository
from tests.unit.fake_files import BASE, COMMIT, HUB, ONNX, FakeFiles

WEIGHTS = "onnx/model_q4.onnx"


async def read(files: FakeFiles, id: str = "org/name", wanted: str = WEIGHTS) -> Repository:
    hub = Hub(files, BASE)
    return await hub.repository(id, "main", lambda one: wanted in one.sizes, CancelToken())


async def test_repository_is_read_at_a_pinned_commit_with_its_hashes() -> None:
    files = FakeFiles()
    files.repository("org/name", [*ONNX, WEIGHTS], license="apache-2.0")
    found = await read(files)
    assert (found.revision, found.license) == (COMMIT, "Apache-2.0")
    by_path = {one.path: one for one in found.files}
    assert by_path[WEIGHTS].sha256 and not by_path[WEIGHTS].git_sha1
    assert by_path["config.json"].git_sha1 and not by_path["config.json"].sha256
    assert files.allowed == [HUB, "https://cdn.test"]


async def test_tree_of_several_pages_is_read_to_its_end() -> None:
    files = FakeFiles()
    files.repository("org/name", ONNX)
    files.next_pages[f"{HUB}/api/models/org/name/tree/{COMMIT}?recursive=true"] = f"{HUB}/page2"
    files.put_json(f"{HUB}/page2", [{"type": "file", "path": WEIGHTS, "size": 1, "oid": "0"}])
    assert (await read(files)).sizes[WEIGHTS] == 1


async def test_mirror_comes_first_and_the_hub_is_not_asked() -> None:
    files = FakeFiles(mirror=True)
    for at in (f"{BASE}hub", HUB):
        files.repository("org/name", [*ONNX, WEIGHTS], at=at)
    await read(files)
    assert not [url for url in files.asked if url.startswith(HUB)]


async def test_hub_is_asked_for_what_the_mirror_lacks() -> None:
    files = FakeFiles(mirror=True)
    files.repository("org/name", ONNX, at=f"{BASE}hub")
    files.repository("org/name", [*ONNX, WEIGHTS])
    assert WEIGHTS in (await read(files)).sizes


async def test_missing_gated_and_broken_answers_are_told_apart() -> None:
    files = FakeFiles()
    url = f"{HUB}/api/models/org/name/revision/main"
    with pytest.raises(NoRepository):
        await read(files)
    files.statuses[url] = 401
    files.web[url] = b'{"error": "Repository not found"}'
    with pytest.raises(NoRepository):
        await read(files)
    files.web[url] = b'{"error": "Access to model org/name is restricted"}'
    with pytest.raises(NeedsAccess) as caught:
        await read(files)
    assert caught.value.detail == f"{HUB}/org/name"
    files.statuses[url] = 200
    files.web[url] = b"<!doctype html>"
    with pytest.raises(DownloadFailed):
        await read(files)


async def test_chosen_hub_replaces_the_sites_own() -> None:
    files = FakeFiles()
    files.repository("org/name", [*ONNX, WEIGHTS], at="https://other.test")
    hub = Hub(files, BASE)
    hub.choose("https://other.test https://files.other.test")
    found = await hub.repository("org/name", "main", lambda _: True, CancelToken())
    assert found.revision == COMMIT
    assert files.allowed == ["https://other.test", "https://files.other.test"]
    assert hub.page_url("org/name") == "https://other.test/org/name"


async def test_site_without_its_server_falls_back_to_the_default_hub() -> None:
    files = FakeFiles()
    files.web.clear()
    hub, mirror = await Hub(files, BASE).current(CancelToken())
    assert (hub.address, mirror) == ("https://huggingface.co", False)
