"""`localm models`, `rm` and `verify`: what is said to be here, and that nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from localm.hub_address import HubAddress, parse_hub_address
from localm_host.keeping import print_models, remove, verify
from localm_host.model_error import ModelError
from localm_host.notes import localm_cache, read_notes
from localm_host.pull import Store, Wish, pull
from tests.hub import LocalHub
from tests.hub.machine import Machine

MLC = "localm-tests/guide-mlc"
ONNX = "localm-tests/guide-onnx"
SMOLLM = "mlc-ai/SmolLM2-360M-Instruct-q4f32_1-MLC"
LIBRARY = "SmolLM2-360M-Instruct-q4f32_1_cs1k-webgpu.wasm"
MODEL = "onnx/model_q4.onnx"


@pytest.fixture(scope="module")
def hub() -> Iterator[LocalHub]:
    with LocalHub() as running:
        yield running


@pytest.fixture
def address(hub: LocalHub) -> HubAddress:
    hub.mend()
    return parse_hub_address(hub.address)


@pytest.fixture
def machine(tmp_path: Path, hub: LocalHub) -> Machine:
    return Machine(tmp_path, hub)


@pytest.fixture
def store(machine: Machine, address: HubAddress) -> Store:
    """With three models."""
    for repo in (MLC, ONNX, SMOLLM):
        pull(repo, Wish(), address, machine.store)
    return machine.store


def damage(store: Store, repo: str, path: str) -> Path:
    """One bit of a pulled file the other way round."""
    snapshot = store.models.snapshot(repo, "main")
    assert snapshot
    blob = snapshot.files[path].blob
    data = bytearray(blob.read_bytes())
    data[len(data) // 2] ^= 1
    blob.write_bytes(data)
    return blob


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"}


def test_models_is_a_table_of_what_runs(
    hub: LocalHub, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    print_models(store)
    lines = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    revisions = [hub.repositories[repo].head[:12] for repo in (MLC, ONNX, SMOLLM)]
    assert rows == [
        ["model", "builds", "size", "revision"],
        [MLC, "WebLLM", "7.0 MB", revisions[0]],
        [ONNX, "ONNX q4, q8", "4.6 MB", revisions[1]],
        [SMOLLM, "WebLLM", "4.1 MB", revisions[2]],
    ]


def test_without_any_model_the_table_says_how_to_get_one(machine: Machine) -> None:
    done = machine.localm("models")
    assert (done.returncode, done.stderr) == (0, "")
    assert "localm pull " in done.stdout


def test_a_model_with_a_missing_shard_is_not_said_to_be_here(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = store.models.snapshot(MLC, "main")
    assert snapshot
    (snapshot.folder / "params_shard_0.bin").unlink()
    capsys.readouterr()
    print_models(store)
    assert MLC not in capsys.readouterr().out


def test_rm_removes_that_model_and_leaves_the_others(
    machine: Machine, address: HubAddress, store: Store
) -> None:
    done = machine.localm("rm", MLC, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{MLC} is removed: 7.0 MB are free again.\n"
    assert files_below(store.models.repo_folder(MLC)) == set()
    assert store.models.repos() == [ONNX, SMOLLM]
    for repo in (ONNX, SMOLLM):
        assert verify(repo, address, store, repairing=False)


def test_rm_takes_the_library_along_that_nobody_else_needs(
    address: HubAddress, store: Store
) -> None:
    pull(MLC, Wish(), address, store)
    store.libraries.claim(LIBRARY, MLC)
    remove(SMOLLM, address, store, sure=True)
    assert store.libraries.file(LIBRARY).exists()
    remove(MLC, address, store, sure=True)
    assert not store.libraries.file(LIBRARY).exists()
    assert read_notes(store.libraries.cache).libraries == {}


@pytest.mark.parametrize(("answer", "left"), [("y", False), ("", True), ("n", True)])
def test_rm_asks_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, address: HubAddress, store: Store, answer: str, left: bool
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    remove(ONNX, address, store, sure=False)
    assert store.models.has(ONNX) is left


def test_rm_without_a_terminal_needs_yes(machine: Machine, store: Store) -> None:
    done = machine.localm("rm", ONNX)
    assert done.returncode == 1
    assert done.stderr.endswith("nothing was removed: say --yes.\n")
    assert store.models.has(ONNX)


@pytest.mark.parametrize("command", ["rm", "verify"])
def test_what_is_not_here_is_one_sentence(machine: Machine, command: str) -> None:
    done = machine.localm(command, "nobody/nothing")
    assert done.returncode == 1
    assert done.stderr == (
        "localm: nobody/nothing is not on this computer. See what is: localm models\n"
    )


def test_verify_deletes_a_damaged_file_and_says_how_to_get_it_again(
    machine: Machine, store: Store
) -> None:
    blob = damage(store, ONNX, MODEL)
    done = machine.localm("verify", ONNX)
    assert done.returncode == 1
    assert f"damaged, and deleted: {MODEL}." in done.stdout
    assert f"localm verify {ONNX} --repair" in done.stdout
    assert not blob.exists()
    assert machine.localm("verify", ONNX).returncode == 0
    assert machine.localm("pull", ONNX).returncode == 0
    assert blob.exists()


def test_verify_repairs_what_is_damaged_and_fetches_nothing_else(
    hub: LocalHub, address: HubAddress, store: Store
) -> None:
    damage(store, ONNX, MODEL)
    damage(store, ONNX, "config.json")
    hub.mend()
    assert verify(ONNX, address, store, repairing=True)
    files = [asked for asked in hub.asked("") if "/api/" not in asked.path]
    assert len(files) == 2
    assert verify(ONNX, address, store, repairing=False)


def test_verify_says_when_a_model_is_not_complete(
    address: HubAddress, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(store, MLC, "params_shard_0.bin")
    assert not verify(MLC, address, store, repairing=False)
    assert not verify(MLC, address, store, repairing=False)
    assert f"not complete: localm pull {MLC}" in capsys.readouterr().out


def test_verify_looks_after_the_library_too(
    hub: LocalHub, address: HubAddress, store: Store
) -> None:
    library = store.libraries.file(LIBRARY)
    library.write_bytes(b"\0asm")
    assert not verify(SMOLLM, address, store, repairing=False)
    assert not library.exists()
    assert verify(SMOLLM, address, store, repairing=True)
    assert library.read_bytes() == hub.libraries[LIBRARY].read()


def test_models_of_other_tools_are_let_alone(address: HubAddress, store: Store) -> None:
    """The hub's cache belongs to all: what no engine reads is not ours to list or to refuse."""
    foreign = store.models.folder / "models--gpt2" / "snapshots"
    foreign.mkdir(parents=True)
    assert "gpt2" not in store.models.repos()
    with pytest.raises(ModelError, match="Write it like org/name"):
        remove("gpt2", address, store, sure=True)


def test_our_own_folder_is_where_caches_are() -> None:
    assert localm_cache({"LOCALM_CACHE": "/a/b", "XDG_CACHE_HOME": "/c"}) == Path("/a/b")
    assert localm_cache({"XDG_CACHE_HOME": "/c"}) == Path("/c/localm")
    assert localm_cache({}) == Path.home() / ".cache" / "localm"
