"""What an answer's parts offer: code, formulas, thoughts, links."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenFake
from tests.browser.support.chat_page import ChatPage
from tests.browser.support.faulty_server import FaultyServer

CODE = 'say ```python title="tides/height.py"\nprint("high")\n```\n\n```\nplain\n```'
COPIED = """() => { globalThis.copied = [];
  navigator.clipboard.writeText = async (text) => { copied.push(text); }; }"""
THOUGHTS = "say <think>Hm, **well**.</think>\n\nThe *answer*."


def copied(chat: ChatPage, *buttons: Locator) -> list[str]:
    chat.page.evaluate(COPIED)
    for button in buttons:
        button.click()
    found: list[str] = chat.page.evaluate("() => copied")
    return found


def test_code_is_coloured_labelled_copied_and_downloaded(open_fake: OpenFake) -> None:
    chat = open_fake()
    article = chat.ask(CODE)
    expect(article.locator(".hljs-string")).to_have_text('"high"')
    expect(article.get_by_role("group", name="Python")).to_be_visible()
    assert copied(chat, article.get_by_role("button", name="Copy code").first) == ['print("high")']
    with chat.page.expect_download() as started:
        article.get_by_role("button", name="Download code").first.click()
    assert started.value.suggested_filename == "height.py"
    assert Path(started.value.path()).read_text() == 'print("high")'
    with chat.page.expect_download() as started:
        article.get_by_role("button", name="Download code").last.click()
    assert started.value.suggested_filename == "code.txt"


def test_wrap_is_one_choice_for_all_code_and_remembered(open_fake: OpenFake) -> None:
    chat = open_fake()
    wrap = chat.ask(CODE).get_by_role("button", name="Wrap long lines")
    expect(wrap.first).to_have_attribute("aria-pressed", "false")
    wrap.first.click()
    expect(wrap.last).to_have_attribute("aria-pressed", "true")
    chat.page.reload()
    expect(wrap.first).to_have_attribute("aria-pressed", "true")
    style = "(pre) => getComputedStyle(pre).whiteSpace"
    assert chat.conversation.locator("pre").first.evaluate(style) == "pre-wrap"


def test_libraries_come_when_they_are_needed_and_no_sooner(
    open_fake: OpenFake, server: FaultyServer
) -> None:
    chat = open_fake()
    chat.ask("say Plain *words*, $5 and $6.\n\n```\nno language\n```")
    assert server.count("/katex.mjs") == server.count("/core.min.js") == 0
    article = chat.ask("say $x^2$\n\n```js\n1\n```\n\n```rust\n1\n```")
    expect(article.locator(".katex-html")).to_have_count(1)
    expect(article.locator(".hljs-number")).to_have_count(2)
    for name in ("/katex.mjs", "/katex.min.css", "/core.min.js", "/javascript.min.js"):
        assert server.count(name) == 1, name
    assert server.count("/python.min.js") == 0


def test_code_that_grows_is_not_coloured_before_its_end(open_fake: OpenFake) -> None:
    chat = open_fake()
    lines = "\n".join(f"x{n} = {n}" for n in range(60))
    chat.send(f"say ```python\n{lines}\n```\nslowly")
    expect(chat.answer().locator("code")).to_contain_text("x3 = 3")
    expect(chat.answer().locator("code span")).to_have_count(0)
    chat.button("Stop").click()
    expect(chat.wait_until_answered().locator("code .hljs-number").first).to_be_visible()


def test_formula_that_cannot_be_typeset_shows_its_source(open_fake: OpenFake) -> None:
    article = open_fake().ask(r"say $\frac{1}{$ and $\href{https://example.org}{x}$ and $y$")
    expect(article.locator(".katex-html")).to_have_count(1)
    expect(article.locator(".math.failed").first).to_have_text(r"$\frac{1}{$")
    expect(article.locator(".math.failed").last).to_have_text(r"$\href{https://example.org}{x}$")


def test_thoughts_fold_into_a_line_that_opens(open_fake: OpenFake) -> None:
    chat = open_fake()
    article = chat.ask(THOUGHTS)
    line = article.get_by_text("Thought for a moment")
    expect(line).to_be_visible()
    expect(article.get_by_text("The answer.")).to_be_visible()
    expect(article.get_by_text("Hm, well.")).not_to_be_visible()
    line.click()
    expect(article.locator(".thoughts strong")).to_have_text("well")


def test_thinking_is_said_while_it_goes_on(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.send(f"say <think>{'slowly and well ' * 9}")
    expect(chat.answer().get_by_text("Thinking…")).to_be_visible()
    chat.button("Stop").click()
    expect(chat.wait_until_answered().get_by_text("Thought for")).to_be_visible()


def test_time_of_thinking_survives_a_reload(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask(f"say <think>{'slowly and well ' * 8}</think>Done.")
    words = chat.answer().locator(".thoughts > summary").inner_text()
    assert words.startswith("Thought for ") and words.endswith(" s")
    chat.page.reload()
    expect(chat.answer().locator(".thoughts > summary")).to_have_text(words)


def test_closing_tag_alone_says_that_all_before_it_was_thought(open_fake: OpenFake) -> None:
    article = open_fake().ask("say It *was* thought.\n</think>\n\nThe answer.")
    expect(article.locator(".answer-text > .markdown")).to_have_text("The answer.")
    expect(article.get_by_text("Thought for a moment")).to_be_visible()


def test_empty_thoughts_and_tags_that_are_spoken_of_fold_nothing(open_fake: OpenFake) -> None:
    chat = open_fake()
    empty = chat.ask("say <think>\n\n</think>\n\nThe answer.")
    expect(empty.locator(".markdown")).to_have_text("The answer.")
    named = chat.ask("say The tags `<think>` and `</think>` are text.")
    expect(named.locator(".markdown")).to_have_text("The tags <think> and </think> are text.")
    expect(chat.conversation.locator("details")).to_have_count(0)


def test_thoughts_are_not_copied(open_fake: OpenFake) -> None:
    chat = open_fake()
    article = chat.ask(THOUGHTS)
    buttons = [chat.tool(article, name) for name in ("Copy answer", "Copy as text")]
    assert copied(chat, *buttons) == ["The *answer*.", "The answer."]


def test_link_shows_its_host_unless_its_words_do(open_fake: OpenFake) -> None:
    article = open_fake().ask("say [here](https://www.example.org/a) or https://example.net/b")
    expect(article.locator(".link-host")).to_have_text([" example.org"])
    link = article.get_by_role("link", name="here")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
