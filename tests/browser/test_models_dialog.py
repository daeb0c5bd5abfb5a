"""What a person sees of models in the dialog, in every state that the worker can bring about."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenFake
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.models_page import ModelsPage

SMALL, HALF, STORED = "SmolLM2 360M", "Qwen3 0.6B", "Llama 3.2 1B"
STALLS, GATED, TOO_BIG, UNFIT = "SmolLM2 1.7B", "Llama 3.2 3B", "Qwen3 4B", "Qwen3 8B"
SHARED = "tiny-chat (q4)"  # another tab downloads it
UNDO_MS = 8_000
NO_STORAGE = """() => { throw new DOMException("none here", "SecurityError"); }"""


@pytest.fixture
def models(open_fake: OpenFake) -> ModelsPage:
    return ModelsPage(open_fake())


def choose_folder(models: ModelsPage, folder: Path) -> None:
    with models.chat.page.expect_file_chooser() as chooser:
        models.chat.button("Choose folder").click()
    chooser.value.set_files(folder)


# --- the list ---------------------------------------------------------------------------------


def test_models_stand_in_groups_and_those_that_do_not_fit_stand_last(models: ModelsPage) -> None:
    assert models.names("On this computer") == ["Guide", HALF, STORED]
    assert models.names("Recommended for this computer") == [SMALL]
    assert models.names("More models") == [STALLS, GATED, TOO_BIG, UNFIT]
    assert models.names("Added by you") == [SHARED]


def test_row_says_what_a_model_is_and_takes(models: ModelsPage) -> None:
    small = models.row(SMALL)
    expect(small).to_contain_text("about 210 MB to download · about 376 MB of memory")
    expect(small).to_contain_text("362M parameters · reads 4,096 tokens · Apache-2.0")
    expect(small).to_contain_text("WebLLM · GPU (q4f16_1), transformers.js · GPU (q4f16), CPU (q8)")
    link = small.get_by_role("link", name="Model page")
    expect(link).to_have_attribute("href", "https://hub.example/smollm2-360m")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(models.row(HALF)).to_contain_text("120 of 480 MB are here")
    expect(models.row(STORED)).to_contain_text("712 MB on disk")
    expect(models.row("Guide")).to_contain_text("comes with the app")


def test_each_state_has_its_buttons(models: ModelsPage) -> None:
    assert models.buttons("Guide") == []
    expect(models.row("Guide")).to_contain_text("In use")
    assert models.buttons(SMALL) == ["Use", "Download"]
    assert models.buttons(HALF) == ["Use", "Resume", "Remove"]
    assert models.buttons(STORED) == ["Use", "Verify", "Remove"]
    assert models.buttons(UNFIT) == ["Use"]


def test_model_that_does_not_fit_says_why_in_words(models: ModelsPage) -> None:
    use = models.button(UNFIT, "Use")
    expect(use).to_be_disabled()
    expect(use).to_have_accessible_description(re.compile("5.7 GB of graphics memory"))
    expect(models.row(UNFIT)).to_contain_text("It needs 5.7 GB of graphics memory")


def test_engines_that_are_not_tried_have_their_reasons(models: ModelsPage) -> None:
    reason = models.row(HALF).get_by_text(
        "WebLLM (GPU), transformers.js (GPU): This browser offers no WebGPU"
    )
    expect(reason).not_to_be_visible()
    models.row(HALF).get_by_text("why only this?").click()
    expect(reason).to_be_visible()


# --- download and use -------------------------------------------------------------------------


def test_use_downloads_in_the_row_then_chooses_and_loads(models: ModelsPage) -> None:
    models.button(SMALL, "Use").click()
    expect(models.bar(SMALL)).to_have_attribute("aria-label", f"Downloading {SMALL}")
    expect(models.row(SMALL)).to_contain_text(re.compile(r"Downloading \d+ of 210 MB"))
    expect(models.row(SMALL)).to_contain_text("In use", timeout=15_000)
    assert models.buttons(SMALL) == ["Verify", "Remove"]
    assert models.button("Guide", "Use").is_visible()
    assert [message["model"] for message in models.sent("load")] == ["smollm2-360m"]
    models.close()
    models.chat.send("Hello")
    expect(models.chat.answer(model=SMALL)).to_contain_text("You wrote: Hello")
    expect(models.chat.status).to_contain_text(f"{SMALL} · WebLLM · GPU")
    expect(models.chat.chosen).to_have_text(f"{SMALL} · WebLLM · GPU")
    assert models.sent("chat")[0]["model"] == "smollm2-360m"


def test_several_rows_are_busy_at_once_and_cancel_leaves_what_has_come(models: ModelsPage) -> None:
    models.button(STALLS, "Download").click()
    models.button(HALF, "Resume").click()
    expect(models.bar(STALLS)).to_be_visible()
    expect(models.bar(HALF)).to_be_visible()
    expect(models.row(STALLS)).to_contain_text("0.42 of 1.01 GB")
    models.button(STALLS, "Cancel").click()
    expect(models.button(STALLS, "Use")).to_be_focused()
    expect(models.button(STALLS, "Resume")).to_be_visible()
    expect(models.row(STALLS)).to_contain_text("about 0.42 of 1.01 GB are here")
    expect(models.button(HALF, "Verify")).to_be_visible(timeout=15_000)


def test_download_that_stalls_says_for_how_long(models: ModelsPage) -> None:
    models.button(STALLS, "Download").click()
    row = models.row(STALLS)
    expect(row).to_contain_text(re.compile(r"no data for [5-9] s"), timeout=15_000)
    expect(row).not_to_contain_text("left")


def test_download_that_another_tab_makes_is_waited_for(models: ModelsPage) -> None:
    models.button(SHARED, "Use").click()
    expect(models.row(SHARED)).to_contain_text("Another tab downloads this model")
    models.button(SHARED, "Cancel").click()
    expect(models.button(SHARED, "Use")).to_be_visible()


def test_error_stands_in_its_row_with_what_to_do_next(models: ModelsPage) -> None:
    models.button(GATED, "Download").click()
    row = models.row(GATED)
    expect(row).to_contain_text("may only be fetched by people whom its makers gave access")
    link = row.get_by_role("link", name="Ask for access")
    expect(link).to_have_attribute("href", "https://hub.example/meta-llama/Llama-3.2-3B")
    row.get_by_text("Details").click()
    expect(row.get_by_text("needs-access")).to_be_visible()
    models.button(GATED, "Retry").click()
    expect(models.bar(GATED)).to_be_visible()
    expect(models.button(GATED, "Retry")).to_be_visible()
    assert len(models.sent("download")) == 2


def test_smaller_model_that_an_error_offers_is_used_in_its_own_row(models: ModelsPage) -> None:
    models.button(TOO_BIG, "Use").click()
    models.button(TOO_BIG, f"Use {SMALL}").click()
    expect(models.bar(SMALL)).to_be_visible()
    expect(models.row(SMALL)).to_contain_text("In use", timeout=15_000)


def test_load_that_falls_back_says_what_it_fetches_first(models: ModelsPage) -> None:
    models.button(HALF, "Use").click()
    expect(models.row(HALF)).to_contain_text("(250 MB to download first)", timeout=15_000)
    expect(models.bar(HALF)).to_be_visible()
    models.button(HALF, "Cancel").click()
    expect(models.button(HALF, "Verify")).to_be_visible()


def test_download_goes_on_behind_a_closed_dialog_and_its_end_is_told(models: ModelsPage) -> None:
    models.button(SMALL, "Download").click()
    expect(models.bar(SMALL)).to_be_visible()
    models.close()
    notice = models.chat.page.get_by_text(f"{SMALL} is on this computer now.")
    expect(notice.last).to_be_visible(timeout=15_000)
    models.open()
    assert SMALL in models.names("On this computer")


def test_verify_names_what_it_mended(models: ModelsPage) -> None:
    models.button(STORED, "Verify").click()
    expect(models.bar(STORED)).to_have_attribute("aria-label", f"Verifying {STORED}")
    text = "1 file was damaged and fetched again: params_shard_3.bin."
    expect(models.row(STORED)).to_contain_text(text)


def test_worker_that_dies_fails_the_download_in_its_row(models: ModelsPage) -> None:
    models.button(STALLS, "Download").click()
    expect(models.bar(STALLS)).to_be_visible()
    models.chat.worker.evaluate("() => { setTimeout(() => { throw new Error('it dies'); }); }")
    expect(models.button(STALLS, "Retry")).to_be_visible()
    expect(models.row(STALLS)).to_contain_text("stopped. Try again.")


# --- remove -----------------------------------------------------------------------------------


def test_removal_can_be_undone_and_nothing_is_sent_until_its_time_is_over(
    models: ModelsPage,
) -> None:
    models.button(STORED, "Remove").click()
    expect(models.row(STORED)).to_contain_text(f"Removed {STORED}.")
    expect(models.button(STORED, "Undo")).to_be_focused()
    models.button(STORED, "Undo").click()
    expect(models.button(STORED, "Remove")).to_be_visible()
    models.chat.page.wait_for_timeout(UNDO_MS + 500)
    assert models.sent("evict") == []


def test_removal_happens_when_its_time_is_over_and_the_space_comes_back(
    models: ModelsPage,
) -> None:
    expect(models.dialog).to_contain_text("Models take 843 MB.")
    models.button(STORED, "Remove").click()
    assert models.sent("evict") == []
    expect(models.row(STORED)).to_contain_text("712 MB are free again.", timeout=UNDO_MS + 5_000)
    expect(models.button(STORED, "Download")).to_be_visible()
    expect(models.dialog).to_contain_text("Models take 131 MB.")


def test_removal_happens_when_the_dialog_closes(models: ModelsPage) -> None:
    models.button(STORED, "Remove").click()
    models.close()
    models.open()
    expect(models.button(STORED, "Download")).to_be_visible(timeout=3_000)


def test_removal_that_a_closed_page_cut_short_is_made_up_for(open_fake: OpenFake) -> None:
    chat = open_fake()
    page = chat.page
    expect(chat.status).to_contain_text("ready", timeout=WAIT_MS)  # this visit makes up for nothing
    page.evaluate("""() => localStorage.setItem("localm.removing", '{"llama-3.2-1b": 1}')""")
    page.reload()
    models = ModelsPage(chat)
    expect(models.button(STORED, "Download")).to_be_visible()
    assert page.evaluate("""() => localStorage.getItem("localm.removing")""") is None


def test_removing_the_model_in_use_hands_over_to_guide_until_undone(models: ModelsPage) -> None:
    models.button(STORED, "Use").click()
    expect(models.row(STORED)).to_contain_text("In use")
    models.button(STORED, "Remove").click()
    expect(models.row(STORED)).to_contain_text(f"Removed {STORED}. Guide answers now.")
    expect(models.chat.chosen).to_have_text("Guide")
    models.button(STORED, "Undo").click()
    expect(models.chat.chosen).to_have_text(STORED)


# --- any other model --------------------------------------------------------------------------


def test_found_builds_can_be_used_or_say_why_not(models: ModelsPage) -> None:
    models.find("https://hub.example/acme/tiny-135M")
    found = models.dialog.get_by_role("list", name="acme/tiny-135M")
    expect(found.get_by_role("listitem")).to_have_count(4)
    mlc = found.get_by_role("listitem", name="WebLLM · q4f16_1")
    expect(mlc).to_contain_text("No program for WebLLM is known that fits these weights.")
    expect(mlc.get_by_role("button")).to_have_count(0)
    q4 = found.get_by_role("listitem", name="transformers.js · q4")
    expect(q4).to_contain_text("210 MB")
    q4.get_by_role("button", name="Use").click()
    expect(q4.get_by_role("progressbar")).to_be_visible()
    expect(models.row("tiny-135M q4")).to_contain_text("In use", timeout=15_000)
    expect(q4).to_contain_text("here already")


def test_repository_that_holds_nothing_to_run_is_explained(models: ModelsPage) -> None:
    models.find("acme/tiny-gguf")
    expect(models.dialog).to_contain_text("It holds GGUF files, which neither engine reads.")


def test_id_that_the_hub_does_not_know_is_said_beside_the_field(models: ModelsPage) -> None:
    models.find("acme/gone")
    field = models.dialog.get_by_role("textbox", name="Model id")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("The hub has no model “acme/gone”"))
    field.fill("acme/tiny-135M")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    field.press("Enter")
    expect(models.dialog.get_by_role("list", name="acme/tiny-135M")).to_be_visible()


def test_search_can_be_cancelled(models: ModelsPage) -> None:
    models.find("acme/slow")
    expect(models.dialog).to_contain_text("Looking at what the hub has")
    models.dialog.get_by_role("button", name="Cancel").click()
    expect(models.dialog.get_by_role("progressbar")).to_have_count(0)


def test_folder_of_this_computer_becomes_a_model(models: ModelsPage, tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model.onnx").write_bytes(b"weights" * 1000)
    choose_folder(models, folder)
    expect(models.dialog).to_contain_text(
        "“my-model” is no model’s folder: config.json is missing."
    )
    (folder / "config.json").write_text("{}")
    choose_folder(models, folder)
    expect(models.button("my-model", "Remove")).to_be_visible()
    sent = models.sent("import")[-1]
    assert sent["name"] == "my-model"
    files = sorted((one["path"], one["bytes"]) for one in sent["files"])
    assert files == [("config.json", 2), ("onnx/model.onnx", 7000)]
    models.chat.button("Use my-model").click()
    expect(models.row("my-model")).to_contain_text("In use")


# --- storage ----------------------------------------------------------------------------------


@pytest.mark.parametrize("agrees", [True, False])
def test_browser_is_asked_to_keep_the_data_and_its_answer_is_said(
    open_fake: OpenFake, agrees: bool
) -> None:
    chat = open_fake()
    answer = f"() => {{ navigator.storage.persist = async () => {str(agrees).lower()}; }}"
    chat.page.evaluate(answer)
    models = ModelsPage(chat)
    chat.button("Keep the data").click()
    expect(models.dialog).to_contain_text("agreed: it keeps" if agrees else "declined for now")
    expect(chat.button("Keep the data")).to_be_visible(visible=not agrees)


def test_storage_that_throws_is_warned_of_and_breaks_nothing(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.page.add_init_script(f"""CacheStorage.prototype.open = async {NO_STORAGE};
      StorageManager.prototype.estimate = async {NO_STORAGE};
      Object.defineProperty(window, "localStorage", {{ get: {NO_STORAGE} }});""")
    chat.page.reload()
    models = ModelsPage(chat)
    expect(models.dialog).to_contain_text("models stay only until the page closes")
    expect(chat.button("Keep the data")).not_to_be_visible()
    models.button(STORED, "Use").click()
    expect(models.row(STORED)).to_contain_text("In use")


# --- for everybody ----------------------------------------------------------------------------


def test_escape_closes_the_dialog_and_does_not_stop_the_answer(open_fake: OpenFake) -> None:
    chat = open_fake()
    chat.ask("Hello")
    chat.send("think")
    chat.button("Models").click()
    dialog = chat.page.get_by_role("dialog", name="Models")
    expect(dialog.get_by_role("heading", name="Models", exact=True)).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(chat.button("Models")).to_be_focused()
    expect(chat.button("Stop")).to_be_visible()


def test_model_is_downloaded_and_removed_with_the_keyboard_alone(open_fake: OpenFake) -> None:
    chat: ChatPage = open_fake()
    expect(chat.status).to_contain_text("ready")
    press = chat.page.keyboard.press
    chat.button("Models").focus()
    press("Enter")
    models = chat.page.get_by_role("dialog", name="Models")
    row = models.get_by_role("listitem", name=SMALL, exact=True)
    download = row.get_by_role("button", name="Download")
    for _ in range(40):
        if download.evaluate("(one) => one === document.activeElement"):
            break
        press("Tab")
    press("Enter")
    expect(row.get_by_role("button", name="Cancel")).to_be_focused()
    expect(row.get_by_role("button", name="Use", exact=True)).to_be_focused(timeout=15_000)
    for _ in range(2):
        press("Tab")
    press("Enter")
    expect(row.get_by_role("button", name="Undo")).to_be_focused()
    press("Enter")
    expect(row.get_by_role("button", name="Use", exact=True)).to_be_focused()
