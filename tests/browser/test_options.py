"""What can be set for an answer does on the real engines what it says, and reloads nothing."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Contexts
from tests.browser.support.faulty_server import FaultyServer
from tests.browser.support.reference import max_tokens, named
from tests.browser.support.wire import Exchange, Wire

ENTRY = named("starter, Python")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"good": {"type": "boolean"}, "size": {"enum": ["small", "large"]}},
    "required": ["good", "size"],
    "additionalProperties": False,
}
FORMAT = {"type": "json_schema", "schema": json.dumps(SCHEMA)}
SEEN: dict[str, str] = {}  # prompt -> what the other engine has answered
OBJECT = """() => pyodide.runPython(`
from localm import api
id(api._registered[0].cache._slots["guide"])
`)"""

UNTHINKING = """() => pyodide.runPythonAsync(`
import json
from localm import api
from localm.engines.contract import CompletionRequest
from localm.routing import engine_for

session = api._registered[0]
model = session.cache.object_of("guide")
engine = engine_for(session.engines, model)
said = [{"role": "user", "content": "Hello"}]
text = []
asked = CompletionRequest(said, 0, 1, max_tokens=5, seed=None, reasoning=False)
ended = await engine.generate(model, asked, text.append)
counted = await engine.count_prompt(model, said, False)
json.dumps(["".join(text), ended.completion_tokens, ended.prompt_tokens, counted])
`)"""


@pytest.fixture(scope="module", params=["webgpu", "wasm"])
def device(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def wire(
    request: pytest.FixtureRequest,
    device: str,
    module_contexts: Contexts,
    shared_server: FaultyServer,
) -> Wire:
    name = {"webgpu": "gpu_browser", "wasm": "cpu_browser"}[device]
    browser: Browser = request.getfixturevalue(name)
    wire = Wire(module_contexts.new(browser, shared_server.url).new_page(), shared_server)
    assert wire.hello()["type"] == "ready"
    wire.load()
    return wire


def ask(wire: Wire, **options: Any) -> Exchange:
    """The same prompt, greedy unless the options say otherwise."""
    return wire.chat(ENTRY["messages"], **({"temperature": 0, "max_tokens": 40} | options))


def count(wire: Wire, messages: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    """What `count` says."""
    fields = {"messages": messages, "attachments": [], "options": options}
    return wire.finish(wire.post("count", model="guide", **fields)).result


def test_what_is_off_changes_no_token(wire: Wire) -> None:
    off = {"presence_penalty": 0, "frequency_penalty": 0, "stop": [], "reasoning": True}
    answer = ask(wire, max_tokens=max_tokens(), **off)
    assert answer.text == ENTRY["text"]
    assert answer.result["finish_reason"] == ENTRY["finish_reason"]


def test_an_answer_ends_before_a_stop_text_and_shows_nothing_of_it(wire: Wire) -> None:
    text = ENTRY["text"]
    stop = text[20:32]  # over several tokens
    answer = ask(wire, max_tokens=max_tokens(), stop=["never said", stop])
    assert answer.text == text[: text.index(stop)]
    assert answer.result["finish_reason"] == "stop"
    assert ask(wire, max_tokens=max_tokens()).text == text  # nothing is left of it in a KV cache


@pytest.mark.parametrize(
    ("penalty", "text"),
    [
        (2, "the the the the"),
        (-2, "why why why why"),
    ],
)
def test_penalties_change_a_greedy_answer_alike_on_both_engines(
    wire: Wire, penalty: int, text: str
) -> None:
    """Guide is so sure of what it says that only such prompts leave a choice."""
    system = {"role": "system", "content": "la la la blue la la seven la"}
    said = [system, {"role": "user", "content": text}]
    plain, penalised = (
        wire.chat(
            said, temperature=0, max_tokens=40, presence_penalty=one, frequency_penalty=one
        ).text
        for one in (0, penalty)
    )
    assert penalised != plain
    assert SEEN.setdefault(text, penalised) == penalised


def test_a_seed_gives_the_same_answer_again(wire: Wire) -> None:
    drawn = {"temperature": 2, "top_p": 1, "max_tokens": 24}
    first, again, other = (ask(wire, seed=seed, **drawn).text for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_the_likeliest_token_alone_is_the_greedy_answer(wire: Wire, device: str) -> None:
    """WebLLM has no top_k: there the option changes nothing."""
    answer = ask(wire, temperature=1, top_k=1, seed=3).text
    greedy = ask(wire).text
    unlimited = ask(wire, temperature=1, seed=3).text
    assert answer == (greedy if device == "wasm" else unlimited)


def test_a_schema_is_kept_to_or_the_answer_is_refused(wire: Wire, device: str) -> None:
    answer = ask(wire, response_format=FORMAT, max_tokens=120)
    if device == "webgpu":
        value = json.loads(answer.text)
        assert sorted(value) == ["good", "size"]
        assert answer.of("restart") == []
        assert answer.result["engine"] == "webllm"
    else:
        assert answer.end["code"] == "bad-json"
        (restart,) = answer.of("restart")
        assert "not the JSON" in restart["reason"]


def test_a_schema_that_is_none_is_refused_before_anything_is_generated(wire: Wire) -> None:
    answer = ask(wire, response_format={"type": "json_schema", "schema": '{"type": "strnig"}'})
    assert answer.end["code"] == "bad-schema"
    assert "/type" in answer.end["message"]
    assert answer.of("chunk") == []


def test_count_equals_what_the_answer_then_says(wire: Wire) -> None:
    files = [{"name": "tides.csv", "text": "place,range\nSaint-Malo,12\n"}]
    messages: list[dict[str, Any]] = [
        {"role": "user", "content": "What is Python?"},
        {"role": "assistant", "content": "<think>Hm.</think>A language. $$ $& `x`"},
        {"role": "user", "content": "Hello", "attachments": files},
    ]
    for said in (messages, ENTRY["messages"], [{"role": "system", "content": "Short."}, *messages]):
        counted = count(wire, said)
        answer = wire.chat(said, temperature=0, max_tokens=2)
        assert not counted["is_estimate"]
        assert sum(counted["message_tokens"]) == answer.result["usage"]["prompt_tokens"]


def test_a_count_is_answered_while_an_answer_is_under_way(wire: Wire) -> None:
    running = wire.post_chat(ENTRY["messages"], temperature=0, max_tokens=max_tokens())
    wire.wait_for(running, "chunk")
    counted = count(wire, ENTRY["messages"])
    assert not counted["is_estimate"]
    assert wire.finish(running).text == ENTRY["text"]


def test_a_model_that_must_not_think_shows_no_empty_thought(wire: Wire) -> None:
    """Guide does not think, so its engine is asked past the check for that."""
    text, completed, prompt, counted = json.loads(wire.worker.evaluate(UNTHINKING))
    assert text
    assert "think" not in text
    assert completed == 5
    assert prompt == counted


def test_no_option_reloads_the_model(wire: Wire) -> None:
    """The last test: whatever the others have set, the one object has answered."""
    before = wire.worker.evaluate(OBJECT)
    ask(wire, max_tokens=2, temperature=1, top_k=5, top_p=0.5, seed=1, stop=["."], reasoning=False)
    assert wire.worker.evaluate(OBJECT) == before
    assert len(wire.log_lines("load start")) == 1
    assert len(wire.log_lines("load success")) == 1
