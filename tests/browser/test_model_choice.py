"""Which model answers: kept, said, offered on the welcome screen, and exchanged in an answer."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenFake
from tests.browser.support.models_page import ModelsPage

SMALL, STORED = "SmolLM2 360M", "Llama 3.2 1B"


def test_choice_is_kept_and_one_that_is_known_no_more_is_said(open_fake: OpenFake) -> None:
    chat = open_fake()
    models = ModelsPage(chat)
    models.button(STORED, "Use").click()
    expect(models.row(STORED)).to_contain_text("In use")
    chat.page.reload()
    expect(chat.chosen).to_have_text(STORED)
    gone = """() => localStorage.setItem("localm.model", '{"id": "gone", "name": "Old One"}')"""
    chat.page.evaluate(gone)
    chat.page.reload()
    expect(chat.page.get_by_text("Old One is not known here any more.")).to_be_visible()
    expect(chat.chosen).to_have_text("Guide")


def test_welcome_offers_the_bigger_model_with_its_size(open_fake: OpenFake) -> None:
    chat = open_fake()
    line = chat.button(f"Bigger models answer better: {SMALL}, about 210 MB")
    line.click()
    dialog = chat.page.get_by_role("dialog", name="Models")
    expect(dialog).to_be_visible()
    row = dialog.get_by_role("listitem", name=SMALL, exact=True)
    row.get_by_role("button", name="Download").click()
    expect(row.get_by_role("button", name="Verify")).to_be_visible(timeout=15_000)
    expect(line).to_have_count(0)


def test_fall_back_in_an_answer_says_what_it_downloads_and_can_be_cancelled(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    chat.send("fetch")
    expect(chat.answer()).to_contain_text("(640 MB to download first)")
    expect(chat.answer().get_by_role("progressbar")).to_be_visible()
    chat.answer().get_by_role("button", name="Cancel").click()
    expect(chat.wait_until_answered()).to_contain_text("Stopped before the answer began.")


def test_smaller_model_that_an_answer_offers_answers_instead(open_fake: OpenFake) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    chat.page.wait_for_timeout(200)
    chat.ask("toobig").get_by_role("button", name=f"Use {SMALL}").click()
    expect(chat.answer(model=SMALL)).to_contain_text("A smaller one fits.")
    expect(chat.chosen).to_have_text(f"{SMALL} · WebLLM · GPU")
