"""What a model writes is text: whatever it tries, nothing runs and nobody hears of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog

from tests.browser.conftest import ROOT, fake_worker
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer, replaced_by
from tests.browser.support.listener import Listener
from tests.browser.support.rendering import Rendering

VECTORS = (ROOT / "tests" / "data" / "vectors.md").read_text()
HOSTILE = (ROOT / "tests" / "data" / "hostile.md").read_text()
WATCH = """() => {
  globalThis.violations = [];
  document.addEventListener("securitypolicyviolation",
    ({ violatedDirective, blockedURI }) => violations.push([violatedDirective, blockedURI]));
}"""
# What may stand in an answer, and the attributes that may hold an address or run.
FOUND = """() => {
  const all = [...document.querySelectorAll("#conversation *")];
  const ADDRESSES =
    /^(?:src|srcset|href|xlink:href|action|formaction|data|poster|background|ping|cite)$/;
  const attributes = all.flatMap((one) => [...one.attributes].map((a) => [a.name, a.value]));
  return {
    names: [...new Set(all.map((one) => one.localName))],
    handlers: attributes.filter(([name]) => name.startsWith("on")),
    addresses: attributes.filter(([name]) => ADDRESSES.test(name)),
    ids: all.filter((one) => one.id && one.closest(".answer-text")).map((one) => one.id),
    urls: attributes.filter(([name, value]) => name === "style" && /url|import/i.test(value)),
  };
}"""
ALLOWED_TEXT = """
a abbr annotation b blockquote br button code del details div em h3 h4 h5 h6 hr i ins kbd li line
mark math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub
msubsup msup mtable mtd mtext mtr munder munderover ol p path pre q s semantics small span strong
sub summary sup svg table tbody td th thead tr u ul use var
"""
FORMULAS = [
    r"\frac{a}{b}",
    r"\sqrt[3]{x}",
    r"\overbrace{a+b}^{n}",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
    r"\color{red}{x}",
    r"\boxed{x}",
    r"\cancel{x}",
    r"\xrightarrow{f}",
    r"\vec{v}\hat{x}",
    r"\begin{array}{c|c}a&b\\\hline c&d\end{array}",
    r"\left(\frac12\right)",
    r"\Huge x",
    r"\underline{x}\overline{y}",
    r"\begin{cases}a\\b\end{cases}",
    r"\text{für}",
    r"\rule{1em}{1em}",
    r"\lim_{x\to 0}\int_0^1",
    r"\tag{1} x",
    r"\colorbox{yellow}{x}",
    r"\phase{-78^\circ}",
    r"\pmb{x}",
    r"\fcolorbox{red}{yellow}{x}",
    r"\overrightarrow{AB}",
    r"\begin{CD}A@>a>>B\end{CD}",
]
ALLOWED = frozenset(ALLOWED_TEXT.split())


@pytest.fixture
def other() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture
def chat(cpu_browser: Browser, server: FaultyServer) -> Iterator[ChatPage]:
    server.break_path("/worker/worker.js", replaced_by(fake_worker()))
    context = cpu_browser.new_context(service_workers="block")
    yield ChatPage(context.new_page(), server.url)
    context.close()


def test_known_vectors_are_inert_and_no_origin_hears_of_them(
    chat: ChatPage, server: FaultyServer, other: Listener
) -> None:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    chat.page.on("dialog", refuse)
    chat.page.evaluate(WATCH)
    rendering = Rendering(chat, server)
    rendering.load(with_thoughts=True)
    vectors = (VECTORS + HOSTILE).replace("{origin}", other.url)
    vectors = vectors.replace("https://elsewhere.example", other.url)
    for text in [vectors, *vectors.splitlines()]:
        rendering.call("attached", text)
    chat.page.wait_for_timeout(500)
    found = chat.page.evaluate(FOUND)
    assert set(found["names"]) <= ALLOWED
    assert found["handlers"] == found["ids"] == found["urls"] == []
    starts = ("http://", "https://", "mailto:", "#icon-")
    assert [one for one in found["addresses"] if not one[1].startswith(starts)] == []
    assert {name for name, _ in found["addresses"]} <= {"href"}
    assert (dialogs, chat.errors, chat.page.evaluate("() => violations")) == ([], [], [])
    assert other.requests == []


def test_formulas_and_colours_break_no_policy(chat: ChatPage, server: FaultyServer) -> None:
    """KaTeX places its parts with styles, which a page may not have in parsed HTML."""
    chat.page.evaluate(WATCH)
    rendering = Rendering(chat, server)
    rendering.load(with_thoughts=False)
    text = "\n\n".join(f"$${formula}$$" for formula in FORMULAS)
    rendering.call("attached", text + "\n\n```html\n<b class='x'>1</b>\n```")
    typeset = chat.page.locator(".math .katex-html").count()
    assert typeset == len(FORMULAS)
    assert chat.page.locator(".hljs-tag").count() > 0
    assert (chat.errors, chat.page.evaluate("() => violations")) == ([], [])
    # Its fonts and its styles have come, from here.
    assert chat.page.evaluate("() => document.fonts.check('16px KaTeX_Main')")
