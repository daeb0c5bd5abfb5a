"""`localm pull` against the test hub: what is fetched, what goes on, what is refused."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from localm.hub_address import HubAddress, parse_hub_address
from localm_host.hub_client import explain
from localm_host.model_error import ModelError
from localm_host.pull import Wish, pull, require_space
from localm_host.pulled import Snapshot
from tests.hub import GOOD_TOKEN, Content, Generated, LocalHub, faults
from tests.hub.machine import Machine

MLC = "localm-tests/guide-mlc"
ONNX = "localm-tests/guide-onnx"
SMOLLM = "mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC"
LIBRARY = "SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm"
SHARD = "params_shard_0.bin"


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with LocalHub() as running:
        yield running


@pytest.fixture
def address(hub: LocalHub) -> HubAddress:
    return parse_hub_address(hub.address)


@pytest.fixture
def machine(tmp_path: Path, hub: LocalHub) -> Machine:
    return Machine(tmp_path, hub)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once: how long the library and we wait is no behaviour to test."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


def pulled(machine: Machine, repo: str) -> Snapshot:
    snapshot = machine.models.snapshot(repo, "main")
    assert snapshot
    return snapshot


def contents(hub: LocalHub, repo: str) -> dict[str, Content]:
    repository = hub.repositories[repo]
    return {path: file.content for path, file in repository.commits[repository.head].items()}


def test_only_what_engines_read_is_fetched(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    pull(MLC, Wish(), address, machine.store)
    files = pulled(machine, MLC).files
    assert {"README.md", ".gitattributes"}.isdisjoint(files)
    assert hub.count("README.md") == 0
    for path, file in files.items():
        assert file.blob.read_bytes() == hub.file(MLC, path).content.read()
        assert file.hash == hub.file(MLC, path).etag


@pytest.mark.parametrize(
    ("wish", "dtypes"),
    [
        (Wish(), ["q4", "q8"]),
        (Wish("onnx"), ["q4", "q8"]),
        (Wish(dtypes=("fp32", "q4")), ["q4", "fp32"]),
    ],
)
def test_dtypes_are_the_usual_ones_or_those_that_were_asked_for(
    address: HubAddress, machine: Machine, wish: Wish, dtypes: list[str]
) -> None:
    pull(ONNX, wish, address, machine.store)
    assert list(pulled(machine, ONNX).builds.onnx) == dtypes


def test_both_builds_come_from_a_repository_that_has_both(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    hub.add("localm-tests/both", {**contents(hub, MLC), **contents(hub, ONNX)})
    pull("localm-tests/both", Wish("onnx", ("q4",)), address, machine.store)
    assert str(pulled(machine, "localm-tests/both").builds) == "ONNX q4"
    pull("localm-tests/both", Wish(), address, machine.store)
    assert str(pulled(machine, "localm-tests/both").builds) == "WebLLM · ONNX q4, q8"


def test_pulling_again_fetches_no_file(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    pull(SMOLLM, Wish(), address, machine.store)
    hub.mend()
    pull(SMOLLM, Wish(), address, machine.store)
    assert [asked.path for asked in hub.requests if "/api/" not in asked.path] == []


def test_an_address_on_the_hub_names_model_and_revision(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    old = hub.repositories[ONNX].head
    hub.add(ONNX, {"README.md": b"nothing any more"})
    pull(f"{hub.url}/{ONNX}/tree/{old}", Wish(), address, machine.store)
    assert pulled(machine, ONNX).commit == old


def test_a_new_commit_is_pulled_and_shares_what_did_not_change(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    pull(MLC, Wish(), address, machine.store)
    new = hub.add(MLC, {**contents(hub, MLC), "mlc-chat-config.json": b"{}"})
    hub.mend()
    pull(MLC, Wish(), address, machine.store)
    assert pulled(machine, MLC).commit == new
    assert hub.count(SHARD) == 0
    assert hub.count("mlc-chat-config.json") == 1


def test_the_library_comes_along_and_is_pinned(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    pull(SMOLLM, Wish(), address, machine.store)
    content = hub.libraries[LIBRARY]
    assert machine.store.libraries.file(LIBRARY).read_bytes() == content.read()
    machine.store.libraries.drop_file(LIBRARY)
    hub.add_library(LIBRARY, b"\0asm, but another one")
    with pytest.raises(ModelError, match="is not the file that it was when it was first pulled"):
        pull(SMOLLM, Wish(), address, machine.store)
    assert not machine.store.libraries.file(LIBRARY).exists()


def test_weights_without_a_known_library_need_one_by_name(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    hub.add("somebody/own-MLC", contents(hub, SMOLLM))
    with pytest.raises(ModelError, match="No model library is known"):
        pull("somebody/own-MLC", Wish(), address, machine.store)
    assert hub.count(SHARD) == 0
    wish = Wish(library=f"{hub.url}/libraries/{LIBRARY}")
    pull("somebody/own-MLC", wish, address, machine.store)
    assert machine.store.libraries.names_for("somebody/own-MLC") == [LIBRARY]


@pytest.mark.parametrize("bad", [b"<!doctype html>", None])
def test_what_is_no_library_is_refused(
    hub: LocalHub, address: HubAddress, machine: Machine, bad: bytes | None
) -> None:
    if bad:
        hub.add_library(LIBRARY, bad)
    else:
        del hub.libraries[LIBRARY]
    with pytest.raises(ModelError, match="model library"):
        pull(SMOLLM, Wish(), address, machine.store)
    assert hub.count(SHARD) == 0


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        (faults.statuses(503, 503), 2),
        (faults.too_many(retry_after_s=0), 1),
        (faults.cut_off(1_000_000), 1),
        (faults.cut_off(1_000_000, content_length=False), 1),
        (faults.flipped_bit, 1),
        (faults.html_instead, 1),
    ],
    ids=["503", "429", "cut", "cut-chunked", "flipped", "html"],
)
def test_what_passes_is_waited_for_and_the_file_is_right_in_the_end(
    hub: LocalHub, address: HubAddress, machine: Machine, fault: faults.Fault, times: int
) -> None:
    hub.break_path(SHARD, fault, times=times)
    pull(MLC, Wish(), address, machine.store)
    assert hub.count(SHARD) == times + 1
    assert pulled(machine, MLC).files[SHARD].is_intact()


def test_a_file_that_stays_damaged_is_refused(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    hub.break_path(SHARD, faults.flipped_bit)
    with pytest.raises(ModelError, match=f"{SHARD} arrived damaged twice"):
        pull(MLC, Wish(), address, machine.store)
    assert hub.count(SHARD) == 2
    assert machine.models.snapshots(MLC) == []
    hub.mend()
    pull(MLC, Wish(), address, machine.store)


@pytest.mark.parametrize(
    "fault",
    [faults.ignores_range, faults.range_refused, faults.new_etag(), faults.changed_content()],
    ids=["ignored", "refused", "new-etag", "changed"],
)
def test_a_partial_file_is_never_joined_to_what_does_not_fit(
    hub: LocalHub, address: HubAddress, machine: Machine, fault: faults.Fault
) -> None:
    content = hub.file(MLC, SHARD).content
    blobs = machine.models.repo_folder(MLC) / "blobs"
    blobs.mkdir(parents=True)
    half = blobs / f"{content.sha256}.localm.incomplete"
    half.write_bytes(content.read()[: content.size // 2])
    hub.break_path(SHARD, fault, times=1)
    pull(MLC, Wish(), address, machine.store)
    assert hub.asked(SHARD)[0].range == f"bytes={content.size // 2}-"
    assert pulled(machine, MLC).files[SHARD].blob.read_bytes() == content.read()


def test_a_pull_that_was_killed_at_half_goes_on_from_there(hub: LocalHub, machine: Machine) -> None:
    """The library writes 10 MB at a time, so half of the file must be more than that."""
    big = Generated(40_000_000)
    hub.add(MLC, {**contents(hub, MLC), SHARD: big})
    hub.break_path(SHARD, faults.slow(bytes_per_s=20_000_000))
    with machine.start("pull", MLC) as process:
        wait_until(lambda: [asked for asked in hub.asked(SHARD) if asked.sent_bytes > big.size / 2])
        process.send_signal(signal.SIGKILL)
    assert machine.models.snapshots(MLC) == []
    hub.mend()
    assert machine.localm("pull", MLC).returncode == 0
    (second,) = hub.asked(SHARD)
    assert second.range in ("bytes=10485760-", "bytes=20971520-")
    assert second.sent_bytes < big.size
    assert hub.count("tokenizer.json") == 0
    assert pulled(machine, MLC).files[SHARD].is_intact()


def test_ctrl_c_says_that_it_goes_on(hub: LocalHub, machine: Machine) -> None:
    hub.break_path(SHARD, faults.slow(bytes_per_s=50_000))
    with machine.start("pull", MLC) as process:
        wait_until(lambda: hub.asked(SHARD))
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "What has arrived is kept" in stdout
    assert "Traceback" not in stderr


def wait_until(true: Callable[[], object]) -> None:
    """Up to 20 s; not by `time.sleep`, which does not wait in these tests."""
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def test_two_pulls_at_once_fetch_each_file_once(hub: LocalHub, machine: Machine) -> None:
    hub.break_path(SHARD, faults.slow(bytes_per_s=4_000_000))
    with machine.start("pull", MLC) as one, machine.start("pull", MLC) as other:
        assert (one.wait(30), other.wait(30)) == (0, 0)
        for process in (one, other):
            process.communicate()
    assert {hub.count(path) for path in pulled(machine, MLC).files} == {1}


def test_a_disk_without_links_is_one_sentence(machine: Machine) -> None:
    done = machine.localm("pull", ONNX, HF_HUB_DISABLE_SYMLINKS="1")
    assert done.returncode == 1
    assert "has no symbolic links, which `localm serve` needs: set HF_HOME" in done.stderr


def test_gated_models_need_a_token_that_goes_to_the_hub_alone(
    hub: LocalHub, machine: Machine
) -> None:
    for token in ({}, {"HF_TOKEN": "hf_bad"}):
        refused = machine.localm("pull", "localm-tests/gated", **token)
        assert refused.returncode == 1
        assert "localm-tests/gated needs access: ask for it at" in refused.stderr
        assert "hf auth login" in refused.stderr
        assert refused.stderr.count("\n") == 1
    assert len(hub.asked(".onnx")) == 0
    assert machine.localm("pull", "localm-tests/gated", HF_TOKEN=GOOD_TOKEN).returncode == 0
    assert {asked.token for asked in hub.asked(".onnx")} == {None}


def test_a_token_is_not_told_to_another_hub(hub: LocalHub, machine: Machine) -> None:
    elsewhere = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_TOKEN": GOOD_TOKEN}
    done = machine.localm("pull", "localm-tests/gated", "--hub", hub.url, **elsewhere)
    assert f"set HF_ENDPOINT={hub.url}" in done.stderr
    assert {asked.token for asked in hub.requests} == {None}


@pytest.mark.parametrize(
    ("text", "wish", "sentence"),
    [
        ("nobody/nothing", Wish(), "has no model nobody/nothing"),
        (MLC, Wish(revision="elsewhere"), "no such revision"),
        ("localm-tests/no-build", Wish(), "holds PyTorch weights"),
        (MLC, Wish("onnx"), "no build for onnx, but: WebLLM"),
        (ONNX, Wish("webllm"), "no build for webllm, but: ONNX"),
        (ONNX, Wish(dtypes=("fp16",)), "no ONNX build in fp16, but: ONNX q4, q8, fp32"),
        ("guide", Wish(), "Write it like org/name"),
        ("https://elsewhere.example/a/b", Wish(), "is no address on http"),
    ],
)
def test_what_cannot_be_pulled_is_one_sentence(
    address: HubAddress, machine: Machine, text: str, wish: Wish, sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence) as caught:
        pull(text, wish, address, machine.store)
    assert "\n" not in str(caught.value)
    assert not machine.models.folder.exists()


def test_no_network_is_one_sentence(hub: LocalHub, address: HubAddress, machine: Machine) -> None:
    hub.stop()
    with pytest.raises(ModelError, match="cannot be reached: check the network"):
        pull(MLC, Wish(), address, machine.store)


def test_what_is_no_hub_is_one_sentence(
    hub: LocalHub, address: HubAddress, machine: Machine
) -> None:
    hub.break_path(MLC, faults.html_instead)
    with pytest.raises(ModelError, match="does not answer like a model hub"):
        pull(MLC, Wish(), address, machine.store)


def test_too_small_a_disk_is_known_before_the_first_byte(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"1000000000 GB are needed in .* set HF_HOME"):
        require_space(tmp_path / "not" / "there", 10**18)


def test_a_full_disk_is_one_sentence(address: HubAddress) -> None:
    with pytest.raises(OSError, match="No space") as caught:
        Path("/dev/full").write_bytes(b"x")
    assert explain(caught.value, MLC, address).startswith("The disk is full: make room")
