"""What is kept, pinned, verified, repaired and removed; whichever engine asks for it."""

from dataclasses import replace

import pytest

from localm.catalog import Build, ModelRecord, embedded_record, webllm_build
from localm.engines.contract import CancelToken
from localm.errors import Cancelled, DownloadFailed, NeedsAccess, NoRepository
from localm.manifest import CACHE, KEYS, from_text, manifest_key
from localm.model_store import ModelStore
from localm.protocol import Phase
from tests.unit.fake_engine import a_store
from tests.unit.fake_files import BASE, COMMIT, HUB, MLC, ONNX, FakeFiles, sha256

REPO = "org/name"
Q4 = Build("onnx", "q4", REPO, ("webgpu", "wasm"))
Q8 = Build("onnx", "q8", REPO, ("webgpu", "wasm"))
WEIGHTS = {"q4": "onnx/model_q4.onnx", "q8": "onnx/model_quantized.onnx"}


def record_of(*builds: Build) -> ModelRecord:
    return ModelRecord("org/name", "name", 0, "MIT", 4096, builds, "hub")


def quiet(phase: Phase, loaded: float, total: float) -> None:
    """Nobody looks."""


@pytest.fixture
def files() -> FakeFiles:
    files = FakeFiles()
    files.repository(REPO, [*ONNX, *WEIGHTS.values()])
    return files


async def ensure(store: ModelStore, *builds: Build) -> None:
    for build in builds:
        await store.ensure(build, record_of(build), quiet, CancelToken())


async def test_files_land_in_the_engines_own_cache_under_keys_that_name_no_hub(
    files: FakeFiles,
) -> None:
    await ensure(a_store(files), Q4)
    key = f"{KEYS}{REPO}/resolve/{COMMIT}/{WEIGHTS['q4']}"
    assert files.caches["transformers-cache", key] == WEIGHTS["q4"].encode()
    assert not any(HUB in key for _, key in files.caches)


async def test_webllm_build_fills_its_three_caches_and_brings_its_library(files: FakeFiles) -> None:
    build = webllm_build("Qwen3-0.6B-q4f32_1-MLC")
    files.repository(build.repository, [*MLC, "other.wasm"])
    library = "Qwen3-0.6B-q4f32_1_cs1k-webgpu.wasm"
    files.web[f"{HUB}/libraries/{library}"] = b"\0asm"
    store = a_store(files)
    manifest = await store.ensure(build, record_of(build), quiet, CancelToken())
    places = {key.rpartition("/")[2]: cache for cache, key in files.caches if cache != CACHE}
    assert places == {
        "mlc-chat-config.json": "webllm/config",
        library: "webllm/wasm",
        "tensor-cache.json": "webllm/model",
        "tokenizer.json": "webllm/model",
        "params_shard_0.bin": "webllm/model",
    }
    noted = next(one for one in manifest.files if one.cache == "webllm/wasm")
    assert (noted.bytes, noted.sha256) == (4, sha256(b"\0asm"))


async def test_what_is_here_is_not_asked_for_again(files: FakeFiles) -> None:
    store = a_store(files)
    await ensure(store, Q4)
    files.asked.clear()
    await ensure(store, Q4)
    await ensure(a_store(files), Q4)  # another worker, later
    assert files.asked == []


async def test_half_done_download_goes_on_at_the_commit_it_began_with(files: FakeFiles) -> None:
    files.errors.append(DownloadFailed("the line was cut"))
    with pytest.raises(DownloadFailed):
        await ensure(a_store(files), Q4)
    manifest = from_text(files.caches[CACHE, manifest_key(Q4.key)].decode())
    assert manifest is not None and manifest.revision == COMMIT
    files.statuses[f"{HUB}/api/models/{REPO}/revision/main"] = 503
    await ensure(a_store(files), Q4)
    assert (await a_store(files).stock(Q4)).whole


async def test_cancelled_download_leaves_what_came(files: FakeFiles) -> None:
    cancel = CancelToken()
    cancel.request()
    store = a_store(files)
    with pytest.raises(Cancelled):
        await store.ensure(Q4, record_of(Q4), quiet, cancel)
    assert not (await store.stock(Q4)).whole
    assert [one.id for one in await store.added_records()] == ["org/name"]


async def test_removing_a_build_leaves_what_another_one_needs(files: FakeFiles) -> None:
    store = a_store(files)
    await ensure(store, Q4, Q8)
    freed = await store.remove([Q4])
    assert freed == len(WEIGHTS["q4"])
    assert (await store.stock(Q8)).whole
    await store.remove([Q8])
    assert files.caches == {}


async def test_damaged_file_alone_is_fetched_anew(files: FakeFiles) -> None:
    store = a_store(files)
    await ensure(store, Q4)
    key = f"{KEYS}{REPO}/resolve/{COMMIT}/{WEIGHTS['q4']}"
    files.caches["transformers-cache", key] = b"x" * len(WEIGHTS["q4"])
    files.asked.clear()
    repaired = await store.repair(Q4, record_of(Q4), quiet, CancelToken())
    assert repaired == [WEIGHTS["q4"]]
    assert files.asked == [f"{HUB}/{REPO}/resolve/{COMMIT}/{WEIGHTS['q4']}"]
    assert await store.repair(Q4, record_of(Q4), quiet, CancelToken()) == []


async def test_cleared_storage_is_set_up_again(files: FakeFiles) -> None:
    store = a_store(files)
    await ensure(store, Q4)
    files.caches.clear()
    assert not (await store.stock(Q4)).whole
    await ensure(store, Q4)
    assert (await a_store(files).stock(Q4)).whole


async def test_mirror_is_asked_for_each_file_before_the_hub() -> None:
    files = FakeFiles(mirror=True)
    files.repository(REPO, [*ONNX, WEIGHTS["q4"]], at=f"{BASE}hub")
    await ensure(a_store(files), Q4)
    assert not [url for url in files.asked if url.startswith(HUB)]


async def test_gated_file_names_the_page_where_access_is_asked_for(files: FakeFiles) -> None:
    files.errors.append(NeedsAccess("https://cdn.test/x: HTTP 403"))
    with pytest.raises(NeedsAccess) as caught:
        await ensure(a_store(files), Q4)
    assert caught.value.detail == f"{HUB}/{REPO}"


async def test_build_that_the_hub_does_not_have_any_more(files: FakeFiles) -> None:
    with pytest.raises(NoRepository) as caught:
        await ensure(a_store(files), replace(Q4, dtype="fp16"))
    assert "no fp16 build" in caught.value.message


async def test_size_of_a_download_is_known_before_it_and_0_where_nobody_can_tell(
    files: FakeFiles,
) -> None:
    store = a_store(files)
    expected = sum(len(path) for path in (*ONNX, WEIGHTS["q4"]))
    assert await store.missing_bytes(Q4, record_of(Q4), CancelToken()) == expected
    await ensure(store, Q4)
    assert await store.missing_bytes(Q4, record_of(Q4), CancelToken()) == 0
    gone = replace(Q4, repository="org/gone")
    assert await store.missing_bytes(gone, record_of(gone), CancelToken()) == 0


async def test_embedded_model_is_kept_under_the_sites_addresses_without_a_manifest() -> None:
    files = FakeFiles()
    url = f"{BASE}models/guide/mlc/resolve/1/"
    listed = [{"path": name, "bytes": len(name), "sha256": sha256(name.encode())} for name in MLC]
    record = embedded_record(
        {"mlc": {"url": url, "files": listed}, "onnx": {"url": "", "files": []}}
    )
    files.web |= {url + name: name.encode() for name in MLC}
    await a_store(files).ensure(record.builds[0], record, quiet, CancelToken())
    assert {key for _, key in files.caches} == {url + name for name in MLC}


async def test_record_of_an_added_model_survives_as_it_was() -> None:
    files = FakeFiles()
    build = webllm_build("Qwen3.5-0.8B-q4f32_1-MLC")
    files.repository(build.repository, MLC)
    files.web[f"{HUB}/libraries/{build.library.rpartition('/')[2]}"] = b"\0asm"
    await a_store(files).ensure(build, record_of(build), quiet, CancelToken())
    assert await a_store(files).added_records() == [record_of(build)]


@pytest.mark.parametrize(
    "text", ["", "{}", "null", '{"version": 99}', '{"version": 1, "files": 3}']
)
def test_manifest_of_another_version_or_nobody_is_none(text: str) -> None:
    assert from_text(text) is None
