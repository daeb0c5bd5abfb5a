"""How full the model's window is, beside the message that is being written."""

from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Contexts, OpenFake
from tests.browser.support.answers_page import AnswersPage
from tests.browser.support.attaching import attach, text_file
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.faulty_server import FaultyServer

# The scripted worker counts a token for four characters, and eight for each message; Guide's window
# is 2,048 tokens, of which 512 are the answer's.
A_TOKEN = "four"
COUNTS = """() => received.filter(({ type }) => type === "count").length"""
PASTE = """(text) => {
  const field = document.querySelector("#message");
  field.focus();
  field.setRangeText(text);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}"""


def ready(chat: ChatPage) -> ChatPage:
    expect(chat.status).to_contain_text("ready")
    return chat


def meter(chat: ChatPage) -> Locator:
    return chat.page.get_by_role("meter", name="Context window")


def line(chat: ChatPage) -> Locator:
    return chat.page.locator("#context")


def test_meter_is_quiet_until_half_of_the_window_is_full(open_fake: OpenFake) -> None:
    chat = ready(open_fake())
    chat.composer.fill(A_TOKEN * 1015)
    chat.page.wait_for_function("() => document.querySelector('#message').value.length > 4000")
    expect(line(chat)).to_be_hidden()
    chat.composer.fill(A_TOKEN * 1016)
    expect(line(chat)).to_contain_text("1,024 of 2,048 tokens")
    expect(meter(chat)).to_have_attribute("aria-valuenow", "1024")
    expect(meter(chat)).to_have_attribute("aria-valuemax", "2048")
    expect(meter(chat)).to_have_attribute("aria-valuetext", "1,024 of 2,048 tokens")
    chat.composer.fill("")
    expect(line(chat)).to_be_hidden()


def test_meter_is_shown_as_soon_as_a_file_is_attached(open_fake: OpenFake) -> None:
    chat = ready(open_fake())
    attach(chat, text_file("a.txt", A_TOKEN * 10))
    expect(line(chat)).to_contain_text("18 of 2,048 tokens")
    chat.button("Remove a.txt").click()
    expect(line(chat)).to_be_hidden()


def test_what_will_not_be_read_is_said(open_fake: OpenFake) -> None:
    chat = ready(open_fake())
    chat.ask(A_TOKEN * 300)
    chat.ask(A_TOKEN * 300)
    expect(line(chat)).to_contain_text("of 2,048 tokens")
    chat.composer.fill(A_TOKEN * 900)
    expect(line(chat)).to_contain_text("The oldest 2 messages will not be read.")
    chat.composer.fill(A_TOKEN * 1600)
    expect(line(chat)).to_contain_text("This message is too long: 1,536 tokens fit.")
    chat.composer.fill("short")
    expect(line(chat)).not_to_contain_text("not be read")


def test_system_prompt_and_another_model_count_too(open_fake: OpenFake) -> None:
    chat = ready(open_fake())
    answers = AnswersPage(chat)
    answers.system.fill(A_TOKEN * 1100)
    answers.close()
    expect(line(chat)).to_contain_text("1,108 of 2,048 tokens")
    chat.button("Models").click()
    row = chat.page.get_by_role("listitem", name="Llama 3.2 1B", exact=True)
    row.get_by_role("button", name="Use", exact=True).click()
    chat.page.keyboard.press("Escape")
    expect(line(chat)).to_be_hidden()
    chat.composer.fill(A_TOKEN * 1100)
    expect(line(chat)).to_contain_text("2,216 of 4,096 tokens")


def test_typing_is_counted_once_it_rests(open_fake: OpenFake) -> None:
    chat = ready(open_fake())
    before = chat.worker.evaluate(COUNTS)
    chat.composer.press_sequentially("a message of some words")
    chat.composer.fill(A_TOKEN * 1100)
    expect(line(chat)).to_contain_text("1,108 of")
    assert chat.worker.evaluate(COUNTS) - before < 8


def test_a_message_written_before_python_has_started_is_counted_then(open_fake: OpenFake) -> None:
    chat = open_fake("slow")
    chat.composer.fill(A_TOKEN * 1100)
    expect(line(chat)).to_be_hidden()
    expect(line(chat)).to_contain_text("1,108 of", timeout=WAIT_MS)


def test_a_megabyte_that_is_pasted_can_be_typed_on_at_once(open_fake: OpenFake) -> None:
    chat = ready(open_fake())
    chat.page.evaluate(PASTE, "word " * 200_000)
    chat.page.keyboard.press("Control+End")
    chat.page.keyboard.type("more")
    end = "() => document.querySelector('#message').value.endsWith('more')"
    assert chat.page.evaluate(end)
    expect(line(chat)).to_contain_text("This message is too long")


def test_real_tokenizer_counts_once_the_model_is_there(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    chat = ChatPage(contexts.new(cpu_browser, server.url).new_page(), server.url)
    expect(chat.status).to_contain_text("ready", timeout=WAIT_MS)
    chat.composer.fill("the sea and the ship " * 400)
    expect(line(chat)).to_contain_text("tokens", timeout=WAIT_MS)
    chat.composer.fill("")
    chat.ask("What is localm?")
    chat.composer.fill("the sea and the ship " * 400)
    expect(meter(chat)).to_be_visible(timeout=WAIT_MS)
    expect(line(chat)).not_to_contain_text("About", timeout=WAIT_MS)
    assert chat.errors == []
