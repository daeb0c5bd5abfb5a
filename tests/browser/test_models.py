"""Models from a hub, downloaded for real and answering on real engines."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenWire
from tests.browser.support.reference import greedy, max_tokens
from tests.browser.support.wire import Exchange, Wire
from tests.hub import LocalHub
from tests.hub.faults import not_found, stalls

ENTRY = greedy()[0]
ONNX = "localm-tests/guide-onnx"
MLC = "localm-tests/guide-mlc"
SMOL = "SmolLM2-360M-Instruct"


def ask(wire: Wire, model: str) -> Exchange:
    """Greedy, as the reference was made."""
    return wire.chat(ENTRY["messages"], model, temperature=0, max_tokens=max_tokens())


def test_a_hub_id_answers_with_each_of_its_builds(
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser, hub=hub)
    found = wire.request("find", text=f"{hub.url}/{ONNX}").result
    assert [one["dtype"] for one in found["builds"]] == ["q4", "q8", "fp32"]
    assert found["explanation"] == ""
    for one in found["builds"]:
        assert one["reason"] == "" and one["download_bytes"] > 1_000_000
        answer = ask(wire, one["model"])
        assert (answer.result["engine"], answer.result["device"]) == ("transformers.js", "wasm")
        assert answer.text
        if one["dtype"] == "fp32":
            assert answer.text == ENTRY["text"]
    states = {id: row["state"] for id, row in wire.models().items() if row["origin"] == "hub"}
    assert states == {one["model"]: "stored" for one in found["builds"]}


def test_a_catalogue_model_takes_the_rung_that_this_computer_can(
    gpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    """SwiftShader has no shader-f16, so it is the f32 build, with its library from the hub."""
    wire = open_wire(gpu_browser, hub=hub)
    done = wire.request("download", model=SMOL)
    assert done.result["stored_bytes"] > 3_000_000
    hub.requests.clear()
    answer = ask(wire, SMOL)
    assert answer.result["engine"] == "webllm"
    assert answer.text == ENTRY["text"]
    assert hub.requests == [], "a load of a model that is here asks for nothing"
    row = wire.models()[SMOL]
    assert (row["state"], row["loaded"]) == ("stored", True)
    assert row["stored_bytes"] == done.result["stored_bytes"]
    assert [one["dtype"] for one in row["builds"]][:2] == ["q4f32_1", "q4"]


def test_the_next_rung_is_announced_with_its_size_and_can_be_cancelled(
    gpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    hub.add_library(f"{SMOL}-q4f32_1_cs1k-webgpu.wasm", b"\0asm is not enough")
    hub.break_path("onnx/model_q4.onnx", stalls(after_bytes=300_000, for_s=60))
    wire = open_wire(gpu_browser, hub=hub)
    request = wire.post_chat(ENTRY["messages"], SMOL)
    wire.wait_for(request, "fallback")
    fallback = wire.messages(request)[-1]
    size = sum(
        hub.file(f"HuggingFaceTB/{SMOL}", path).content.size
        for path in ("onnx/model_q4.onnx", "config.json", "tokenizer.json")
    )
    note = next(m for m in wire.messages(request) if m["type"] == "fallback")
    assert size <= note["download_bytes"] < size + 100_000, fallback
    wire.cancel(request)
    assert wire.finish(request).result["finish_reason"] == "abort"


def test_removing_one_of_two_models_leaves_the_other_answering(
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser, hub=hub)
    wire.request("find", text=ONNX)
    models = (f"{ONNX}:q4", f"{ONNX}:q8")
    for model in models:
        wire.request("download", model=model)
    before = stored_bytes(wire)
    freed = wire.request("evict", model=models[0]).result["freed_bytes"]
    weights = hub.file(ONNX, "onnx/model_q4.onnx").content.size
    assert freed == weights  # the tokenizer is shared, and stays
    after = stored_bytes(wire)
    assert before - after == weights
    hub.requests.clear()
    assert ask(wire, models[1]).text
    assert hub.requests == []
    wire.request("evict", model=models[1])
    assert stored_bytes(wire) == 0


def stored_bytes(wire: Wire) -> int:
    """What the hub's models take in this browser's caches, counted byte for byte."""
    return int(wire.page.evaluate(COUNT))


COUNT = """async () => {
  let bytes = 0;
  for (const name of ["transformers-cache", "webllm/model", "webllm/config", "webllm/wasm"]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      if (request.url.startsWith("https://hub.localm.invalid/"))
        bytes += (await (await cache.match(request)).blob()).size;
  }
  return bytes;
}"""
DAMAGE = """async ([name, end]) => {
  const cache = await caches.open(name);
  const request = (await cache.keys()).find(({ url }) => url.endsWith(end));
  const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(request, new Response(bytes));
}"""


@pytest.mark.parametrize(
    ("device", "model", "cache", "file"),
    [
        ("wasm", f"{ONNX}:fp32", "transformers-cache", "onnx/model.onnx"),
        ("webgpu", MLC, "webllm/model", "params_shard_0.bin"),
    ],
)
def test_damaged_file_is_found_and_repaired_alone(  # fault 11
    browser: Browser,
    open_wire: OpenWire,
    hub: LocalHub,
    model: str,
    cache: str,
    file: str,
) -> None:
    wire = open_wire(browser, hub=hub)
    wire.request("find", text=model.partition(":")[0])
    wire.request("download", model=model)
    wire.page.evaluate(DAMAGE, [cache, file])
    hub.requests.clear()
    assert wire.request("verify", model=model).result["repaired"] == [file]
    assert [asked.path for asked in hub.asked("")] == [hub.asked(file)[0].path]
    assert ask(wire, model).text == ENTRY["text"]


def test_load_that_fails_on_a_damaged_file_repairs_it_by_itself(
    gpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(gpu_browser, hub=hub)
    wire.request("find", text=MLC)
    wire.request("download", model=MLC)
    wire.page.evaluate(DAMAGE, ["webllm/wasm", ".wasm"])
    answer = ask(wire, MLC)
    assert (answer.result["engine"], answer.text) == ("webllm", ENTRY["text"])
    assert answer.of("fallback") == []


def test_storage_cleared_while_running_is_set_up_again(  # fault 17
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser, hub=hub)
    wire.request("find", text=ONNX)
    model = f"{ONNX}:fp32"
    assert ask(wire, model).text == ENTRY["text"]
    session = wire.page.context.new_cdp_session(wire.page)
    session.send(
        "Storage.clearDataForOrigin",
        {"origin": wire.server.url.rstrip("/"), "storageTypes": "all"},
    )
    assert ask(wire, model).text == ENTRY["text"]  # what is in memory goes on
    assert ask(wire, "guide").text == ENTRY["text"]  # and unloads it
    assert ask(wire, model).text == ENTRY["text"]
    assert wire.models()[model]["state"] == "stored"


def test_changing_models_unloads_the_old_one_first(
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser, hub=hub)
    wire.request("find", text=ONNX)
    ask(wire, "guide")
    ask(wire, f"{ONNX}:q8")
    loaded = [id for id, row in wire.models().items() if row["loaded"]]
    assert loaded == [f"{ONNX}:q8"]


def test_gated_model_says_where_to_ask(  # fault 2
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser, hub=hub)
    end = find_and_get(wire, "localm-tests/gated")
    assert end["code"] == "needs-access"
    assert end["detail"] == f"{hub.url}/localm-tests/gated"
    assert len(hub.requests) < 10, "no storm of retries"


def find_and_get(wire: Wire, repository: str) -> dict[str, Any]:
    """The end of the first step that failed."""
    found = wire.request("find", text=repository)
    if found.end["type"] == "error":
        return found.end
    return wire.request("download", model=found.result["builds"][0]["model"]).end


def test_missing_file_is_named_and_a_retry_works(  # fault 1
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    hub.break_path("onnx/model_q4.onnx", not_found)
    wire = open_wire(cpu_browser, hub=hub)
    wire.request("find", text=ONNX)
    end = wire.request("download", model=f"{ONNX}:q4").end
    assert end["code"] == "download-failed"
    assert "model_q4.onnx" in end["message"] + end["detail"]
    hub.mend()
    assert wire.request("download", model=f"{ONNX}:q4").end["type"] == "done"


def test_repository_without_a_build_is_explained(
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser, hub=hub)
    assert "PyTorch" in wire.request("find", text="localm-tests/no-build").result["explanation"]
    assert wire.request("find", text="localm-tests/nothing").end["code"] == "no-repository"


FOLDER = """async ([files, base]) => {
  const given = await Promise.all(files.map(async ([path, url]) =>
    new File([await (await fetch(base + url)).blob()], path)));
  wire.worker.postMessage({ ticket: "t1", files: given });
  return given.map(({ name, size }) => ({ path: name, bytes: size }));
}"""


def test_folder_of_this_computer_answers(
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    wire = open_wire(cpu_browser)
    base = str(
        next(iter(wire.server.site.glob("models/guide/onnx/resolve/*"))).relative_to(
            wire.server.site
        )
    )
    names = ("config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx")
    files = [[name.removeprefix("onnx/"), name] for name in names]
    given = wire.page.evaluate(FOLDER, [files, f"{wire.server.url}{base}/"])
    model = wire.request("import", name="Mine", ticket="t1", files=given).result["model"]
    assert model == "local/Mine"
    answer = ask(wire, model)
    assert answer.text == ENTRY["text"]
    assert wire.models()[model]["origin"] == "files"


GUIDE_ONNX = Path(__file__).parents[2] / "static" / "models" / "guide" / "onnx"


def test_template_in_a_file_of_its_own_is_used(
    cpu_browser: Browser, open_wire: OpenWire, hub: LocalHub
) -> None:
    """As newer repositories have it; transformers.js does not read it."""
    config = json.loads((GUIDE_ONNX / "tokenizer_config.json").read_text())
    template = config.pop("chat_template")
    files = ("config.json", "generation_config.json", "tokenizer.json", "onnx/model.onnx")
    hub.add(
        "localm-tests/template",
        {name: GUIDE_ONNX / name for name in files}
        | {"tokenizer_config.json": json.dumps(config).encode()}
        | {"chat_template.jinja": template.encode()},
    )
    wire = open_wire(cpu_browser, hub=hub)
    wire.request("find", text="localm-tests/template")
    assert ask(wire, "localm-tests/template:fp32").text == ENTRY["text"]
