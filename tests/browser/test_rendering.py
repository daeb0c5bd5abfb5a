"""An answer on the page: what it looks like at its end, and what is offered when it breaks off."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenFake


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
