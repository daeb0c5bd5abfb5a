"""How answers are to be: system prompt, presets and options, for the conversation on screen."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Contexts, OpenFake
from tests.browser.support.answers_page import AnswersPage
from tests.browser.support.chat_page import WAIT_MS, ChatPage
from tests.browser.support.data_page import DataPage, file
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.settings_page import SettingsPage

LAST_CHAT = """() => received.findLast(({ type }) => type === "chat")"""
TYPES = """() => received.map(({ type }) => type)"""
NUMBERS = {
    "Temperature": ("temperature", "0.4", 0.4),
    "Top p": ("top_p", "0.9", 0.9),
    "Top k": ("top_k", "40", 40),
    "Max tokens": ("max_tokens", "256", 256),
    "Seed": ("seed", "-7", -7),
    "Presence penalty": ("presence_penalty", "1.5", 1.5),
    "Frequency penalty": ("frequency_penalty", "-0.5", -0.5),
}


def asked(chat: ChatPage, prompt: str = "Hello") -> dict[str, Any]:
    """What the worker was sent for a prompt."""
    chat.ask(prompt)
    sent: dict[str, Any] = chat.worker.evaluate(LAST_CHAT)
    return sent


def test_system_prompt_and_every_option_reach_the_worker_and_no_model_is_loaded(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    answers.system.fill("You are a pirate.")
    for name, (_, text, _) in NUMBERS.items():
        answers.number(name).fill(text)
    answers.stops.fill("END\n\nSTOP\nEND")
    answers.choice("Answer format").select_option("JSON")
    answers.close()
    sent = asked(chat)
    assert sent["messages"][0] == {"role": "system", "content": "You are a pirate."}
    assert sent["options"] == {key: value for key, _, value in NUMBERS.values()} | {
        "stop": ["END", "STOP"],
        "response_format": {"type": "json_object", "schema": ""},
    }
    assert "load" not in chat.worker.evaluate(TYPES)


def test_nothing_set_is_nothing_sent(open_fake: OpenFake) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    answers.system.fill("   ")
    answers.close()
    sent = asked(chat)
    assert sent["options"] == {}
    assert [message["role"] for message in sent["messages"]] == ["user"]


@pytest.mark.parametrize(
    ("name", "bad", "sentence"),
    [
        ("Temperature", "2.1", "This must be from 0 to 2. Still in use: 0.4."),
        ("Top p", "0", "This must be above 0, and 1 at most. Still in use: 0.9."),
        ("Top k", "1.5", "This must be a whole number. Still in use: 40."),
        ("Max tokens", "0", "This must be 1 or more. Still in use: 256."),
        ("Presence penalty", "-3", "This must be from -2 to 2. Still in use: 1.5."),
    ],
)
def test_bad_number_is_said_at_once_never_sent_and_never_lost(
    open_fake: OpenFake, name: str, bad: str, sentence: str
) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    key, good, value = NUMBERS[name]
    answers.number(name).fill(good)
    answers.number(name).fill(bad)
    expect(answers.number(name)).to_have_attribute("aria-invalid", "true")
    expect(answers.number(name)).to_have_accessible_description(re.compile(re.escape(sentence)))
    answers.close()
    assert asked(chat)["options"] == {key: value}
    answers = AnswersPage(chat)
    expect(answers.number(name)).to_have_value(bad)
    expect(answers.dialog).to_contain_text(sentence)
    answers.number(name).fill("")
    expect(answers.dialog).not_to_contain_text("Still in use")
    answers.close()
    assert asked(chat)["options"] == {}


def test_letters_in_a_number_are_said_as_they_are_typed(open_fake: OpenFake) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    answers.number("Seed").press_sequentially("1e")
    expect(answers.dialog).to_contain_text("This must be a number.")
    answers.number("Seed").press_sequentially("2")
    expect(answers.dialog).not_to_contain_text("This must be a number.")


def test_schema_is_held_until_it_is_json(open_fake: OpenFake) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    answers.choice("Answer format").select_option("JSON schema")
    expect(answers.dialog).to_contain_text("Write a schema")
    answers.schema.fill('{"type": ')
    expect(answers.dialog).to_contain_text("This is not JSON.")
    expect(answers.dialog).to_contain_text("Still in use: Text.")
    answers.schema.fill("[]")
    expect(answers.dialog).to_contain_text("A schema is an object")
    answers.schema.fill('{"not": {}}')
    expect(answers.dialog).to_contain_text("“/not” is not known here.")
    answers.close()
    assert asked(chat)["options"] == {}
    answers = AnswersPage(chat)
    expect(answers.schema).to_have_value('{"not": {}}')
    schema = '{"type": "object"}'
    answers.schema.fill(schema)
    answers.close()
    expected = {"type": "json_schema", "schema": schema}
    assert asked(chat)["options"] == {"response_format": expected}


def test_reasoning_is_offered_for_models_that_can(open_fake: OpenFake) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    expect(answers.choice("Reasoning")).to_be_disabled()
    expect(answers.dialog).to_contain_text("Guide does not reason.")
    answers.close()
    chat.page.evaluate("""() => localStorage.setItem("localm.model",
      JSON.stringify({ id: "qwen3-0.6b", name: "Qwen3 0.6B" }))""")
    chat.page.reload()
    answers = AnswersPage(chat)
    answers.choice("Reasoning").select_option("Off")
    answers.close()
    chat.send("Hello")
    chat.answer(model="Qwen3 0.6B").wait_for()
    assert chat.worker.evaluate(LAST_CHAT)["options"] == {"reasoning": False}


def test_settings_belong_to_their_conversation_and_a_new_one_begins_with_the_last(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    expect(answers.dialog).to_contain_text("For the new conversation.")
    answers.system.fill("First.")
    answers.close()
    chat.ask("one")
    chat.button("New chat").click()
    answers = AnswersPage(chat)
    expect(answers.system).to_have_value("First.")
    answers.system.fill("Second.")
    answers.number("Temperature").fill("1")
    answers.close()
    chat.ask("two")
    chat.side.get_by_role("link", name="one").click()
    answers = AnswersPage(chat)
    expect(answers.dialog).to_contain_text("For the conversation “one”.")
    expect(answers.system).to_have_value("First.")
    expect(answers.number("Temperature")).to_have_value("")
    answers.close()
    chat.page.reload()
    chat.side.get_by_role("link", name="two").click()
    expect(chat.prompt()).to_contain_text("two")
    answers = AnswersPage(chat)
    expect(answers.system).to_have_value("Second.")
    expect(answers.number("Temperature")).to_have_value("1")
    answers.close()
    chat.button("New chat").click()
    assert asked(chat)["options"] == {"temperature": 1}


def test_settings_of_another_version_that_would_be_refused_are_left_out(
    open_fake: OpenFake,
) -> None:
    chat = open_fake()
    kept = {"temperature": 9, "top_p": "x", "top_k": 3, "mirostat": 2, "stop": ["a", 1]}
    kept |= {"response_format": {"type": "json_schema", "schema": "{"}}
    text = json.dumps({"system": 5, "options": kept})
    chat.page.evaluate("(text) => localStorage.setItem('localm.answers', text)", text)
    chat.page.reload()
    expect(chat.status).to_contain_text("ready")
    assert asked(chat)["options"] == {"top_k": 3, "stop": ["a", "1"]}


def test_reset_brings_the_defaults_and_undo_brings_everything_back(open_fake: OpenFake) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    answers.system.fill("Stay.")
    answers.number("Temperature").fill("1")
    answers.number("Top p").fill("7")
    answers.button("Reset to the model’s defaults").click()
    expect(answers.number("Temperature")).to_have_value("")
    expect(answers.number("Top p")).to_have_value("")
    answers.button("Undo").click()
    expect(answers.number("Temperature")).to_have_value("1")
    expect(answers.number("Top p")).to_have_value("7")
    expect(answers.dialog).to_contain_text("This must be above 0, and 1 at most.")
    answers.button("Reset to the model’s defaults").click()
    answers.close()
    sent = asked(chat)
    assert sent["options"] == {}
    assert sent["messages"][0]["content"] == "Stay."


def test_presets_are_saved_used_renamed_deleted_and_brought_back(open_fake: OpenFake) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    expect(answers.button("Save as preset")).to_be_disabled()
    answers.system.fill("Speak like a pirate.")
    answers.save_preset("Pirate")
    expect(answers.dialog).to_contain_text("The preset “Pirate” was saved.")
    built_in = ["Short answers", "Simple words", "Proofreader", "Programmer"]
    assert answers.presets() == [*built_in, "Pirate"]
    expect(answers.button("Pirate")).to_have_attribute("aria-pressed", "true")
    answers.system.fill("My own words.")
    expect(answers.button("Pirate")).to_have_attribute("aria-pressed", "false")
    answers.button("Short answers").click()
    expect(answers.system).to_have_value(re.compile("^Answer in one or two sentences"))
    expect(answers.dialog).to_contain_text("Your own text was replaced.")
    answers.button("Undo").click()
    expect(answers.system).to_have_value("My own words.")
    answers.save_preset("Short answers")
    expect(answers.dialog).to_contain_text("The preset “Short answers” was replaced.")
    assert answers.presets() == [*built_in[1:], "Pirate", "Short answers"]
    answers.button("Undo").click()
    assert answers.presets() == [*built_in, "Pirate"]
    answers.option("Pirate", "Rename")
    field = answers.dialog.get_by_role("textbox", name="Name of the preset")
    field.fill("Proofreader")
    field.press("Enter")
    expect(answers.dialog).to_contain_text("Another preset has this name.")
    answers.option("Pirate", "Rename")
    field.fill("Buccaneer")
    field.press("Enter")
    expect(answers.button("Buccaneer")).to_be_focused()
    answers.option("Programmer", "Delete")
    assert answers.presets() == [*built_in[:3], "Buccaneer"]
    answers.button("Undo").click()
    answers.option("Short answers", "Delete")
    chat.page.reload()
    answers = AnswersPage(chat)
    assert answers.presets() == [*built_in[1:], "Buccaneer"]


def test_presets_are_exported_and_imported_and_not_doubled(
    open_fake: OpenFake, tmp_path: Path
) -> None:
    chat = open_fake()
    answers = AnswersPage(chat)
    answers.system.fill("Speak like a pirate.")
    answers.save_preset("Pirate")
    answers.close()
    data = DataPage(chat)
    _, text = data.export(tmp_path)
    assert json.loads(text)["presets"] == [{"name": "Pirate", "text": "Speak like a pirate."}]
    archive = json.loads(text)
    archive["presets"].append({"name": "Pirate", "text": "Another one."})
    data.choose(file(json.dumps(archive)))
    expect(data.dialog).to_contain_text("1 preset was imported.")
    data.close()
    answers = AnswersPage(chat)
    assert answers.presets()[-2:] == ["Pirate", "Pirate (2)"]
    answers.close()
    data = DataPage(chat)
    data.choose(file(json.dumps(archive)))
    outcome = data.dialog.locator(".data-outcome")
    expect(outcome).to_have_text("No conversations in this export of localm.")
    data.delete_everything()
    data.close()
    answers = AnswersPage(chat)
    assert answers.presets()[-1] == "Programmer"
    expect(answers.system).to_have_value("")


def test_sending_with_ctrl_enter_is_obeyed_and_listed(open_fake: OpenFake) -> None:
    chat = open_fake()
    settings = SettingsPage(chat)
    settings.dialog.get_by_role("radio", name="Ctrl + Enter").check()
    chat.page.keyboard.press("Escape")
    chat.composer.fill("one")
    chat.composer.press("Enter")
    chat.composer.press_sequentially("two")
    expect(chat.composer).to_have_value("one\ntwo")
    chat.composer.press("Control+Enter")
    chat.wait_until_answered(0)
    expect(chat.prompt()).to_contain_text("one\ntwo")
    chat.conversation.focus()
    chat.page.keyboard.press("?")
    shortcuts = chat.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts.locator("dt").nth(0)).to_have_text("CtrlEnter")
    expect(shortcuts.locator("dt").nth(1)).to_have_text("Enter")
    chat.page.keyboard.press("Escape")
    chat.page.reload()
    settings = SettingsPage(chat)
    expect(settings.dialog.get_by_role("radio", name="Ctrl + Enter")).to_be_checked()


def test_answers_are_set_with_the_keyboard_alone(open_fake: OpenFake) -> None:
    chat = open_fake()
    expect(chat.status).to_contain_text("ready")
    keyboard = chat.page.keyboard
    chat.button("Settings").focus()
    keyboard.press("Enter")
    for key in ("Tab", "Tab"):
        keyboard.press(key)
    keyboard.type("Be brief.")
    for key in ("Tab", "Tab", "Enter", "Tab", "Enter"):
        keyboard.press(key)
    dialog = chat.page.get_by_role("dialog", name="Settings")
    expect(dialog.get_by_role("textbox", name="System prompt")).to_have_value(
        re.compile("^Answer in one or two sentences")
    )
    temperature = dialog.get_by_role("spinbutton", name="Temperature")
    temperature.focus()
    keyboard.press("ArrowUp")
    expect(temperature).to_have_value("1.1")
    keyboard.press("ArrowDown")
    expect(temperature).to_have_value("1")
    keyboard.press("Escape")
    assert asked(chat)["options"] == {"temperature": 1}


def test_system_prompt_reaches_the_real_model(
    cpu_browser: Browser, contexts: Contexts, server: FaultyServer
) -> None:
    """Its tokens are part of the prompt that the engine has read."""
    chat = ChatPage(contexts.new(cpu_browser, server.url).new_page(), server.url)
    plain = prompt_tokens(chat)
    chat.button("New chat").click()
    answers = AnswersPage(chat)
    answers.system.fill("Answer in one or two sentences. " * 4)
    answers.number("Max tokens").fill("8")
    answers.close()
    assert prompt_tokens(chat) > plain + 20
    expect(chat.answer(0)).to_contain_text("The answer reached its length limit.")
    assert chat.errors == []


def prompt_tokens(chat: ChatPage) -> int:
    """Of one short question, as the engine has counted them."""
    chat.send("What is localm?")
    expect(chat.answer(0)).to_be_visible(timeout=WAIT_MS)
    chat.wait_until_answered(0)
    usage: int = chat.page.evaluate(USAGE)
    return usage


USAGE = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("localm");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const all = opening.result.transaction("messages").objectStore("messages").getAll();
    all.onsuccess = () => resolve(all.result.sort((a, b) => b.created_ms - a.created_ms)
      .find(({ result }) => result).result.usage.prompt_tokens);
  };
})"""
