"""What a model writes is text: hostile Markdown is inert, and streaming changes nothing of it."""

from typing import Any

from playwright.sync_api import Dialog, expect

from tests.browser.conftest import ROOT, OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.wire import app_folder

HOSTILE = (ROOT / "tests" / "data" / "hostile.md").read_text()

# Renders in one go and in pieces of several sizes; says what came out, and where they differ.
RENDER = """async ([module, text, sizes]) => {
  const { StreamingMarkdown } = await import(module);
  const rendered = async (size) => {
    const root = document.createElement("div");
    document.getElementById("conversation").append(root);
    const markdown = new StreamingMarkdown(root);
    for (let at = 0; at < text.length; at += size) {
      markdown.append(text.slice(at, at + size));
      if (at % (size * 16) === 0) await new Promise(requestAnimationFrame);
    }
    markdown.finish();
    return root;
  };
  const whole = await rendered(text.length);
  const differing = [];
  for (const size of sizes)
    if ((await rendered(size)).innerHTML !== whole.innerHTML) differing.push(size);
  const all = [...whole.querySelectorAll("*")];
  const attributes = all.flatMap((one) => [...one.attributes].map((a) => [a.name, a.value]));
  return { differing, names: [...new Set(all.map((one) => one.localName))], attributes };
}"""
WATCH_VIOLATIONS = """() => document.addEventListener("securitypolicyviolation",
  (event) => console.error("Content Security Policy", event.violatedDirective))"""

# No img, script, style, svg, math, iframe, object, form, input (task boxes are text), video ...
ALLOWED_NAMES = """
a abbr b blockquote br button cite code del details div em h3 h4 h5 h6 hr i kbd li mark ol p pre q s
small span strong sub summary sup svg table tbody td th thead tr u ul use
"""
ALLOWED = frozenset(ALLOWED_NAMES.split())


def render(chat: ChatPage, server: FaultyServer, text: str) -> dict[str, Any]:
    module = f"./{app_folder(server)}/page/streaming_markdown.js"
    return dict(chat.page.evaluate(RENDER, [module, text, [1, 2, 3, 7, 64]]))


def test_hostile_markdown_is_inert_however_it_is_split(
    open_fake: OpenFake, server: FaultyServer
) -> None:
    chat = open_fake()
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    chat.page.on("dialog", refuse)
    chat.page.evaluate(WATCH_VIOLATIONS)
    for text in [HOSTILE, *HOSTILE.splitlines()]:
        seen = render(chat, server, text)
        assert seen["differing"] == [], text
        assert set(seen["names"]) <= ALLOWED, text
        assert not [name for name, _ in seen["attributes"] if name.startswith("on")], text
        links = [value for name, value in seen["attributes"] if name == "href"]
        assert all(link.startswith(("http://", "https://", "mailto:", "#icon-")) for link in links)
    chat.page.wait_for_timeout(300)
    assert (dialogs, chat.errors) == ([], [])


def test_model_is_told_its_own_answers_byte_for_byte(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("long answer")
    expect(chat.ask("context please")).to_contain_text('"role":"assistant"')


def test_end_of_a_long_answer_stays_in_sight_with_its_figures(open_fake: OpenFake) -> None:
    chat = open_fake()
    article = chat.ask("long")
    expect(article.get_by_role("button", name="Copy answer")).to_be_in_viewport()
    to_go = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight"
    assert chat.conversation.evaluate(to_go) < 2


def test_retry_keeps_the_text_of_the_answer_that_broke_off(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("break")
    chat.button("Retry").click()
    expect(chat.wait_until_answered(0)).to_contain_text("2 / 2")
    chat.button("Retry").click()
    expect(chat.wait_until_answered(0)).to_contain_text("3 / 3")
    expect(chat.composer).to_be_focused()
    chat.tool(chat.answer(0), "Older version").click()
    expect(chat.answer(0).locator(".markdown")).to_have_text("This begins well and then")


def test_worker_that_dies_again_and_again_is_given_up_until_retry(open_fake: OpenFake) -> None:
    chat = open_fake("dies")
    expect(chat.button("Retry")).to_be_visible(timeout=30_000)
    assert chat.composer.is_enabled()


def test_boot_that_fails_is_said_where_the_answer_would_be(open_fake: OpenFake) -> None:
    chat = open_fake("fails")
    expect(chat.ask("Hello").get_by_role("button", name="Retry")).to_be_visible()


def test_page_of_another_version_offers_a_reload(open_fake: OpenFake) -> None:
    chat = open_fake("other-version")
    expect(chat.button("Reload").first).to_be_visible()
