"""What the build writes: the wheel, the layout, the addresses, the hashes, the compressed files."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import brotli
import pytest

from build_scripts import notices, vendor
from build_scripts.files import ROOT, BuildError, files_under, sha256_of
from build_scripts.models import verify
from build_scripts.precache import rank
from build_scripts.site import Site, add_site_values, build
from build_scripts.wheel import build_wheel
from localm.hub_address import DEFAULT_HUB
from localm_host.hub_address import hub_json
from localm_host.policies import PAGE_POLICY, SCRIPT_POLICY


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder)
    return folder


@pytest.fixture(scope="module")
def app(out: Path) -> Path:
    (folder,) = out.glob("app-*")
    return folder


@pytest.fixture(scope="module")
def site(app: Path) -> dict[str, Any]:
    text = (app / "site.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"//.*\nexport const site = (\{.*\});\n", text, re.S)
    assert found
    values: dict[str, Any] = json.loads(found[1])
    return values


@pytest.fixture(scope="module")
def precache(out: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((out / "precache.json").read_text(encoding="utf-8"))
    return entries


# --- the browser's wheel ---


def test_same_sources_make_the_same_wheel(tmp_path: Path) -> None:
    one, two = build_wheel(tmp_path / "one"), build_wheel(tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()


def test_wheel_is_the_package_alone_and_asks_for_nothing(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path)
    info = wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        metadata = archive.read(f"{info}/METADATA").decode()
    assert tops == {"localm", info}
    assert "Requires-Dist" not in metadata
    assert "Name: localm\n" in metadata


# --- the layout and site.js ---


def test_site_js_has_the_documented_shape(site: dict[str, Any], app: Path) -> None:
    assert site.keys() == {
        *("version", "build", "pyodide", "wheel", "micropip", "lock"),
        *("snapshotKey", "webllm", "transformers", "ort", "hashes", "models"),
    }
    assert app.name == f"app-{site['build']}"


def addresses(site: dict[str, Any]) -> list[str]:
    names = ("pyodide", "wheel", "micropip", "webllm", "transformers", "ort")
    builds = [build for model in site["models"].values() for build in model.values()]
    files = [build["url"] + one["path"] for build in builds for one in build["files"]]
    return [*(site[name] for name in names), *(build["url"] for build in builds), *files]


def test_every_address_of_site_js_is_relative_and_leads_somewhere(
    site: dict[str, Any], app: Path
) -> None:
    for address in addresses(site):
        assert not re.match(r"[a-z]+:|/", address), address
        target = app / address
        assert target.is_dir() if address.endswith("/") else target.is_file(), address


def test_lock_leads_to_the_very_micropip_that_is_served(site: dict[str, Any], app: Path) -> None:
    (entry,) = site["lock"]["packages"].values()
    wheel = app / site["pyodide"] / entry["file_name"]
    assert wheel.resolve() == (app / site["micropip"]).resolve()
    assert sha256_of(wheel) == entry["sha256"]


@pytest.mark.parametrize("name", ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"])
def test_pyodide_is_complete(site: dict[str, Any], app: Path, name: str) -> None:
    assert (app / site["pyodide"] / name).is_file()


@pytest.mark.parametrize("variant", ["", ".asyncify"])
@pytest.mark.parametrize("suffix", [".mjs", ".wasm"])
def test_both_builds_of_onnx_runtime_are_there(
    site: dict[str, Any], app: Path, variant: str, suffix: str
) -> None:
    assert (app / site["ort"] / f"ort-wasm-simd-threaded{variant}{suffix}").is_file()


def test_every_address_of_the_page_is_relative_and_leads_somewhere(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "{{" not in page
    found = re.findall(r'\b(?:src|href)="([^"#]+)"', page)
    assert found
    for address in found:
        assert (out / address).is_file(), address


def test_page_holds_no_inline_script_or_style(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)


def test_every_imported_module_is_there(app: Path) -> None:
    for path in files_under(app):
        if path.suffix == ".js" and path.parent.name != "libraries":
            text = path.read_text(encoding="utf-8")
            for address in re.findall(r'^(?:import|export)[^;]*?\sfrom "([^"]+)";', text, re.M):
                assert (path.parent / address).is_file(), f"{path.name}: {address}"


def test_every_vendored_library_brings_its_licence(out: Path) -> None:
    for folder in (out / "vendor").iterdir():
        assert (folder / "LICENSE").read_text(encoding="utf-8").strip()


def test_notices_are_up_to_date() -> None:
    assert notices.main(["--check"]) == 0


def test_app_is_named_after_its_content(tmp_path: Path) -> None:
    names = {app_name(tmp_path / content, content) for content in ("one", "two")}
    assert len(names) == 2
    assert app_name(tmp_path / "again", "one") in names


def app_name(folder: Path, content: str) -> str:
    site = Site(folder)
    site.app.mkdir(parents=True)
    (site.app / "page.js").write_text(content)
    (folder / "vendor").mkdir()
    add_site_values(site)
    return str(site.values["build"])


# --- precache.json and the service worker ---


def test_the_hub_is_named_where_a_host_can_change_it(
    out: Path, precache: list[dict[str, Any]]
) -> None:
    assert (out / "hub.json").read_text() == hub_json(DEFAULT_HUB, mirror=False)
    assert "hub.json" not in [entry["path"] for entry in precache]
    assert not (out / "hub.json.br").exists()


def test_precache_lists_every_file_with_its_hash(out: Path, precache: list[dict[str, Any]]) -> None:
    unlisted = ("LICENSE", ".md", ".br", ".gz", "hub.json", "precache.json", "service_worker.js")
    paths = {p.relative_to(out).as_posix() for p in files_under(out)}
    assert {e["path"] for e in precache} == {p for p in paths if not p.endswith(unlisted)}
    for entry in precache:
        content = (out / entry["path"]).read_bytes()
        assert len(content) == entry["bytes"]
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_precache_is_in_the_order_of_need(precache: list[dict[str, Any]]) -> None:
    paths = [entry["path"] for entry in precache]
    assert paths[0] == "index.html"
    assert [rank(path) for path in paths] == sorted(rank(path) for path in paths)


def test_service_worker_keeps_that_very_list(out: Path, precache: list[dict[str, Any]]) -> None:
    text = (out / "service_worker.js").read_text(encoding="utf-8")
    assert "{{" not in text
    found = re.search(r"\((\[\n.*?\n\])\)", text, re.S)
    assert found and json.loads(found[1]) == precache


def test_every_script_of_the_service_worker_is_there(out: Path) -> None:
    text = (out / "service_worker.js").read_text(encoding="utf-8")
    addresses = re.findall(r'^  "([^"]+\.js)",$', text, re.M)
    assert len(addresses) == 6
    for address in addresses:
        assert (out / address).is_file(), address


def test_service_worker_has_the_servers_policies() -> None:
    text = (ROOT / "web" / "service_worker" / "policies.js").read_text(encoding="utf-8")
    joined = re.sub(r'" \+\s*"', "", text)
    assert f'"{PAGE_POLICY}"' in joined
    assert f'"{SCRIPT_POLICY}"' in joined


def test_hub_json_names_the_public_hub(out: Path) -> None:
    hub = json.loads((out / "hub.json").read_text(encoding="utf-8"))
    assert hub.keys() == {"address", "file_hosts", "libraries", "mirror"}
    assert hub["address"] == "https://huggingface.co" and not hub["mirror"]


# --- compressed siblings ---


def test_compressed_siblings_hold_the_same_bytes(app: Path) -> None:
    plain = (app / "site.js").read_bytes()
    assert brotli.decompress((app / "site.js.br").read_bytes()) == plain
    assert gzip.decompress((app / "site.js.gz").read_bytes()) == plain


def test_what_is_large_and_compresses_is_compressed(out: Path) -> None:
    for path in files_under(out / "vendor"):
        if path.suffix in (".wasm", ".mjs", ".js"):
            assert path.with_name(path.name + ".br").stat().st_size < path.stat().st_size * 0.5


# --- replacing, refusing ---


def test_building_again_leaves_an_equal_site_in_place(out: Path) -> None:
    before = out.stat().st_ino
    build(out)
    assert out.stat().st_ino == before


@pytest.mark.parametrize("name", ["web", "static/site", "pyapp/localm/site"])
def test_a_folder_among_the_sources_is_refused(name: str) -> None:
    with pytest.raises(BuildError, match="among localm's sources"):
        build(ROOT / name)


def test_a_half_installed_library_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    manifest = tmp_path / "node_modules" / "marked" / "package.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("{}")
    monkeypatch.setattr(vendor, "WEB", tmp_path)
    with pytest.raises(BuildError, match=r"marked lacks lib/marked\.esm\.js"):
        vendor.copy_files(vendor.MARKED, tmp_path / "libraries")


def manifest_of(content: bytes) -> list[dict[str, Any]]:
    digest = hashlib.sha256(content).hexdigest()
    return [{"path": "guide/mlc/params.bin", "bytes": len(content), "sha256": digest}]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    (tmp_path / "guide" / "mlc").mkdir(parents=True)
    (tmp_path / "guide" / "mlc" / "params.bin").write_bytes(b"weights")
    return tmp_path


def test_model_like_its_manifest_is_accepted(models: Path) -> None:
    verify(models, "guide/mlc/", manifest_of(b"weights"))


def test_model_with_a_changed_file_is_refused(models: Path) -> None:
    with pytest.raises(BuildError, match=r"params\.bin"):
        verify(models, "guide/mlc/", manifest_of(b"WEIGHTS"))


def test_model_with_a_file_too_many_is_refused(models: Path) -> None:
    (models / "guide" / "mlc" / "extra.bin").touch()
    with pytest.raises(BuildError, match=r"extra\.bin"):
        verify(models, "guide/mlc/", manifest_of(b"weights"))


# --- the locks ---


@pytest.mark.parametrize("name", ["host", "dev", "browser", "model"])
def test_python_locks_have_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for pin in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.M)):
        assert "--hash=sha256:" in pin, pin


def test_npm_lock_has_hashes_and_names_no_host() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        if name.startswith("node_modules/") and not package.get("link"):
            assert package["integrity"].startswith("sha512-"), name
        assert "://" not in package.get("resolved", ""), name
