"""The pictures of the README; the last column says where the real model answers."""

from playwright.sync_api import expect

from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.models_page import ModelsPage
from tests.browser.support.states import State, first_visit, settings_in_arabic
from tests.pictures.studio import Look

DARK = Look("dark", {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"})
WIDE = Look("light", {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"})


def chat(chat: ChatPage) -> None:
    """Three conversations, the last of them open."""
    for prompts in (
        ("Write a haiku about the sea",),
        ("What is WebGPU?",),
        (
            "Does anything I type leave this computer?",
            "Show me a Python function that adds two numbers",
        ),
    ):
        chat.button("New chat").click()
        for prompt in prompts:
            chat.ask(prompt)
    chat.page.mouse.move(0, 0)


def answer(chat: ChatPage) -> None:
    """What Guide cannot do: the scripted worker answers."""
    first_visit(chat)
    chat.ask("formulas for the roots of a quadratic equation, and how to compute them")
    expect(chat.answer().locator(".katex").first).to_be_visible()
    expect(chat.answer().locator("code span").first).to_be_visible()


def models(chat: ChatPage) -> None:
    expect(chat.status).to_contain_text("ready", timeout=WAIT_MS)
    ModelsPage(chat)


README = (
    ("chat", State("chat", chat), WIDE, True),
    ("models", State("models", models), WIDE, True),
    ("answer", State("answer", answer), DARK, False),
    ("arabic", State("arabic", settings_in_arabic, options={"locale": "ar"}), WIDE, False),
)
