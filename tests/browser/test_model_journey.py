"""A model's whole life, as a person lives it: fetched, cut, resumed, used offline, removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import Contexts
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.hosts import HostProcess, PlainHost, ServingMachine
from tests.browser.support.models_page import ModelsPage
from tests.browser.support.versions import KEPT
from tests.hub import LocalHub
from tests.hub.faults import stalls
from tests.hub.machine import Machine

SMOL = "SmolLM2 360M"
WEIGHTS = {"webgpu": "params_shard_0.bin", "wasm": "onnx/model_q4.onnx"}
ANSWERED_BY = {"webgpu": f"{SMOL} · WebLLM · GPU", "wasm": f"{SMOL} · transformers.js · CPU"}
QUESTION = "What is localm?"
STORED = """async () => {
  let bytes = 0;
  for (const name of ["transformers-cache", "webllm/model", "webllm/config", "webllm/wasm"])
    for (const request of await (await caches.open(name)).keys())
      if (request.url.startsWith("https://hub.localm.invalid/"))
        bytes += (await (await (await caches.open(name)).match(request))?.blob())?.size ?? 0;
  return bytes;
}"""


@pytest.fixture
def plain_host(site: Path, tmp_path: Path) -> Iterator[PlainHost]:
    """The built site under /chat/, on a host that knows nothing of localm."""
    (tmp_path / "chat").symlink_to(site)
    with PlainHost(tmp_path) as running:
        yield running


@pytest.fixture
def serving(site: Path, tmp_path: Path, hub: LocalHub) -> Iterator[ServingMachine]:
    """`localm serve`, on a machine that has pulled nothing."""
    with ServingMachine(Machine(tmp_path / "machine", hub), site) as running:
        yield running


@pytest.mark.parametrize("device", ["webgpu", "wasm"])
def test_model_is_fetched_cut_resumed_used_without_any_network_and_removed(
    browser: Browser, contexts: Contexts, serving: ServingMachine, hub: LocalHub, device: str
) -> None:
    context = contexts.new(browser, serving.url, hub, service_workers="allow")
    live(context, serving.url, serving, hub, device)


def test_same_life_on_a_plain_host_below_a_sub_path(
    cpu_browser: Browser, contexts: Contexts, plain_host: PlainHost, hub: LocalHub
) -> None:
    context = contexts.new(cpu_browser, plain_host.url, hub, service_workers="allow")
    live(context, f"{plain_host.url}chat/", plain_host, hub, "wasm")


def live(
    context: BrowserContext,
    url: str,
    host: HostProcess,
    hub: LocalHub,
    device: str,
) -> None:
    """From the first visit to the space that comes back."""
    chat = ChatPage(context.new_page(), url)
    expect(chat.status).to_contain_text("ready", timeout=WAIT_MS)
    set_hub(chat, hub.address)
    start_and_cancel(chat, hub, device)
    chat.page.reload()
    resume(chat, hub, device)
    assert chat.page.evaluate(KEPT)
    host.stop()
    hub.stop()
    chat.page.close()
    again = ChatPage(context.new_page(), url)
    answers(again, device)
    assert not [error for error in again.errors if "hub.json" not in error]
    remove(again)


def set_hub(chat: ChatPage, address: str) -> None:
    """In Settings, as a person does."""
    chat.button("Settings").click()
    field = chat.page.get_by_role("textbox", name="Hub address")
    field.fill(address)
    field.press("Enter")
    expect(chat.page.get_by_role("dialog", name="Settings")).to_contain_text("http")
    chat.page.keyboard.press("Escape")


def start_and_cancel(chat: ChatPage, hub: LocalHub, device: str) -> None:
    hub.break_path(WEIGHTS[device], stalls(after_bytes=1_500_000, for_s=60))
    models = ModelsPage(chat)
    models.button(SMOL, "Download").click()
    bar = models.bar(SMOL)
    expect(bar).to_be_visible()
    # A checkpoint is written once a second.
    expect(models.row(SMOL)).to_contain_text("Downloading", timeout=WAIT_MS)
    chat.page.wait_for_timeout(2500)
    models.button(SMOL, "Cancel").click()
    expect(models.button(SMOL, "Resume")).to_be_visible()


def resume(chat: ChatPage, hub: LocalHub, device: str) -> None:
    """After the reload the row still knows what is here, and only the rest is fetched."""
    hub.mend()
    models = ModelsPage(chat)
    models.button(SMOL, "Resume").click()
    expect(models.button(SMOL, "Verify")).to_be_visible(timeout=WAIT_MS)
    ranges = [asked.headers.get("range") for asked in hub.asked(WEIGHTS[device])]
    assert len(ranges) == 1 and ranges[0] and ranges[0].startswith("bytes=1")
    models.button(SMOL, "Use").click()
    expect(chat.chosen).to_contain_text(SMOL, timeout=WAIT_MS)
    models.close()
    answers(chat, device)


def answers(chat: ChatPage, device: str) -> None:
    chat.send(QUESTION)
    article = chat.answer(model=SMOL)
    expect(article).to_be_visible(timeout=WAIT_MS)
    expect(article).not_to_have_attribute("aria-busy", "true", timeout=WAIT_MS)
    expect(article).to_contain_text("localm")
    expect(chat.chosen).to_contain_text(ANSWERED_BY[device])


def remove(chat: ChatPage) -> None:
    """With time to undo it; then the space is back."""
    assert chat.page.evaluate(STORED) > 1_500_000
    models = ModelsPage(chat)
    models.button(SMOL, "Remove").click()
    expect(models.dialog).to_contain_text(f"Removed {SMOL}")
    models.close()
    chat.page.wait_for_function(f"() => ({STORED})().then((bytes) => bytes === 0)", timeout=WAIT_MS)


def test_pulled_model_reaches_a_browser_that_can_reach_our_server_alone(
    cpu_browser: Browser, contexts: Contexts, site: Path, tmp_path: Path, hub: LocalHub
) -> None:
    """An air-gapped network needs one machine that pulled."""
    machine = Machine(tmp_path / "machine", hub)
    pulled = machine.localm("pull", "HuggingFaceTB/SmolLM2-360M-Instruct", "--dtype", "q4")
    assert pulled.returncode == 0, pulled.stderr
    hub.stop()
    with ServingMachine(machine, site) as serving:
        context = contexts.new(cpu_browser, serving.url, service_workers="allow")
        chat = ChatPage(context.new_page(), serving.url)
        models = ModelsPage(chat)
        models.button(SMOL, "Use").click()
        expect(chat.chosen).to_contain_text(SMOL, timeout=WAIT_MS)
        models.close()
        answers(chat, "wasm")
        assert not chat.errors
