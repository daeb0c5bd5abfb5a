"""The requests about models, through the worker: list, find, download, verify, import, remove."""

from typing import Any

import pytest

from localm.catalog import Build, ModelRecord, catalogue
from localm.errors import LoadFailed, NoRoom, OutOfMemory
from localm.probe import Probe
from tests.unit.fake_engine import FakeEngine, FakePage, Memory, record, two_engines, webgpu
from tests.unit.fake_files import COMMIT, HUB, ONNX, FakeFiles

MEDIUM = ModelRecord(
    "medium", "Medium", 600, "MIT", 4096, (Build("onnx", "q8", "org/medium", ("webgpu", "wasm")),)
)


def page_with(files: FakeFiles, *records: ModelRecord, look: Any = webgpu) -> FakePage:
    return FakePage(two_engines(), records or (record(),), look, files=files)


async def models(page: FakePage, id: str) -> dict[str, Any]:
    page.send("models", id=id)
    return {one["id"]: one for one in (await page.result(id))["models"]}


async def test_found_build_can_be_downloaded_listed_verified_and_removed() -> None:
    files = FakeFiles()
    files.repository("org/name", [*ONNX, "onnx/model_q4.onnx", "onnx/model.onnx"], license="mit")
    page = page_with(files)
    page.send("find", id="1", text=f"{HUB}/org/name")
    found = await page.result("1")
    assert [one["model"] for one in found["builds"]] == ["org/name:q4", "org/name:fp32"]
    assert (found["revision"], found["explanation"]) == (COMMIT, "")
    assert "org/name:q4" not in await models(page, "2")

    page.send("download", id="3", model="org/name:q4")
    size = (await page.result("3"))["stored_bytes"]
    assert page.of("3", "progress")[-1]["phase"] == "downloading"
    row = (await models(page, "4"))["org/name:q4"]
    assert (row["state"], row["origin"], row["license"]) == ("stored", "hub", "MIT")
    assert row["stored_bytes"] == row["download_bytes"] == size
    assert row["page_url"] == f"{HUB}/org/name"

    page.send("verify", id="5", model="org/name:q4")
    assert await page.result("5") == {"model": "org/name:q4", "files": 5, "repaired": []}

    other = page_with(files)  # after a reload
    other.send("evict", id="1", model="org/name:q4")
    assert (await other.result("1"))["model"] == "org/name:q4"
    assert "org/name:q4" not in await models(other, "2")


async def test_revision_in_an_address_is_the_one_that_is_fetched() -> None:
    files = FakeFiles()
    files.repository("org/name", [*ONNX, "onnx/model_q4.onnx"])
    info = {"id": "org/name", "sha": COMMIT}
    files.web.pop(f"{HUB}/api/models/org/name/revision/main")
    files.put_json(f"{HUB}/api/models/org/name/revision/v1.2", info)
    page = page_with(files)
    page.send("find", id="1", text=f"{HUB}/org/name/tree/v1.2")
    (found,) = (await page.result("1"))["builds"]
    assert found["model"] == "org/name@v1.2:q4"
    page.send("download", id="2", model=found["model"])
    assert (await page.result("2"))["model"] == "org/name@v1.2:q4"
    assert (await models(page_with(files), "3"))["org/name@v1.2:q4"]["state"] == "stored"


async def test_download_without_a_build_for_this_computer_says_why() -> None:
    files = FakeFiles()
    only_gpu = Build("onnx", "q4f16", "org/medium", ("webgpu",))
    page = page_with(files, ModelRecord("x", "X", 1, "MIT", 4096, (only_gpu,)), look=no_webgpu)
    page.send("download", id="1", model="x")
    error = await page.error("1")
    assert (error["code"], error["message"]) == ("unsupported-model", "No WebGPU here.")


async def no_webgpu() -> Probe:
    return Probe(webgpu=False, reason="No WebGPU here.")


async def test_full_storage_offers_a_smaller_model() -> None:
    files = FakeFiles()
    files.repository("org/medium", [*ONNX, "onnx/model_quantized.onnx"])
    files.errors.append(NoRoom("QuotaExceededError"))
    page = page_with(files, record(), MEDIUM)
    page.send("download", id="1", model="medium")
    error = await page.error("1")
    assert (error["code"], error["offer"]) == ("no-room", "guide")


async def test_repository_without_a_build_is_explained() -> None:
    files = FakeFiles()
    files.repository("org/torch", ["model.safetensors"])
    page = page_with(files)
    page.send("find", id="1", text="org/torch")
    found = await page.result("1")
    assert found["builds"] == []
    assert "PyTorch weights" in found["explanation"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nonsense", "bad-model-id"),
        ("https://example.com/a/b", "bad-model-id"),
        ("a/b", "no-repository"),
    ],
)
async def test_find_says_what_is_wrong(text: str, code: str) -> None:
    page = page_with(FakeFiles())
    page.send("find", id="1", text=text)
    assert (await page.error("1"))["code"] == code


async def test_find_takes_an_address_on_the_hub_that_was_chosen() -> None:
    files = FakeFiles()
    elsewhere = "http://127.0.0.1:2/hub"
    files.repository("org/name", [*ONNX, "onnx/model_q4.onnx"], at=elsewhere)
    page = page_with(files)
    page.send("find", id="1", text=f"{elsewhere}/org/name")
    assert f"{HUB} or https://huggingface.co" in (await page.error("1"))["message"]
    page.send("hub", id="2", address=elsewhere)
    await page.result("2")
    page.send("find", id="3", text=f"{elsewhere}/org/name")
    assert (await page.result("3"))["repository"] == "org/name"


async def test_hub_can_be_changed_and_a_bad_address_changes_nothing() -> None:
    files = FakeFiles()
    page = page_with(files)
    page.send("hub", id="1", address="https://other.test")
    assert await page.result("1") == {"address": "https://other.test", "mirror": False}
    page.send("hub", id="2", address="javascript:x")
    assert (await page.error("2"))["code"] == "bad-hub"
    page.send("hub", id="3", address="")
    assert (await page.result("3"))["address"] == HUB


async def test_folder_becomes_a_model_that_stays() -> None:
    files = FakeFiles()
    page = page_with(files)
    given = [{"path": path, "bytes": 3} for path in (*ONNX, "model_q4.onnx", "notes.txt")]
    for id in ("1", "2"):
        page.send("import", id=id, name="My model", ticket="t", files=given)
    assert [(await page.result(id))["model"] for id in ("1", "2")] == [
        "local/My-model",
        "local/My-model-2",
    ]
    assert files.forgotten == ["t", "t"]
    rows = await models(page_with(files), "3")
    assert (rows["local/My-model"]["origin"], rows["local/My-model"]["state"]) == (
        "files",
        "stored",
    )


async def test_folder_without_a_model_is_refused_and_leaves_nothing() -> None:
    files = FakeFiles()
    page = page_with(files)
    page.send("import", id="1", name="x", ticket="t", files=[{"path": "a.txt", "bytes": 1}])
    error = await page.error("1")
    assert error["code"] == "bad-folder"
    assert files.caches == {}


@pytest.mark.parametrize(
    ("adapter", "memory_gb", "name"),
    [
        ("apple", 4, "SmolLM2 1.7B"),
        ("nvidia / ada", 32, "Qwen3 4B"),  # what its own memory holds, nobody tells
        ("", 0, "SmolLM2 1.7B"),
        ("google / swiftshader", 32, "SmolLM2 360M"),
    ],
)
async def test_list_recommends_what_this_computer_is_comfortable_with(
    adapter: str, memory_gb: float, name: str
) -> None:
    async def look() -> Probe:
        return Probe(True, adapter, ("shader-f16",), 1 << 31, memory_gb=memory_gb)

    engines = [FakeEngine(), FakeEngine("transformers.js", "wasm", Memory())]
    page = FakePage(engines, catalogue(), look, files=FakeFiles())
    rows = await models(page, "1")
    assert [one["name"] for one in rows.values() if one["recommended"]] == [name]
    row = rows["Qwen3-0.6B"]
    assert row["download_is_estimated"] and 2e8 < row["download_bytes"] < 6e8
    assert row["memory_mb"] == pytest.approx(1403.34)


async def test_model_without_room_for_it_is_greyed_with_the_figures() -> None:
    files = FakeFiles()
    files.quota, files.usage = 1e8, 5e7
    rows = await models(FakePage(two_engines(), catalogue(), webgpu, files=files), "1")
    assert "GB of storage" in rows["Qwen3-8B"]["unfit"]


async def test_fall_back_tells_what_must_be_fetched_first() -> None:
    first, second = two_engines()
    first.load_errors.append(LoadFailed("no"))
    second.missing = 640e6
    page = FakePage((first, second))
    page.chat("1")
    await page.result("1")
    assert page.of("1", "fallback")[0]["download_bytes"] == 640e6


async def test_memory_that_is_too_small_offers_the_next_smaller_model_and_no_other_engine() -> None:
    first, second = two_engines()
    first.load_errors.append(OutOfMemory("bad_alloc"))
    big = ModelRecord("big", "Big", 900, "MIT", 4096)
    page = FakePage((first, second), (record(), MEDIUM, big))
    page.load("1", "big")
    error = await page.error("1")
    assert (error["code"], error["offer"]) == ("out-of-memory", "medium")
    assert "Medium needs less" in error["message"]
    assert second.calls == []


async def test_memory_that_ends_in_an_answer_frees_the_model_and_offers_a_smaller_one() -> None:
    first, second = two_engines()
    first.scripts.append(["text", OutOfMemory("oom")])
    page = FakePage((first, second), (record(), MEDIUM))
    page.chat("1", model="medium")
    assert (await page.error("1"))["offer"] == "guide"
    assert first.memory.held == []
