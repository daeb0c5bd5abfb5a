"""The page's types are those of protocol.py and of what it carries."""

from build_scripts import protocol_types
from localm import protocol


def test_written_types_are_up_to_date() -> None:
    assert protocol_types.TARGET.read_text(encoding="utf-8") == protocol_types.typescript()


def test_every_public_name_of_the_protocol_is_in_the_types() -> None:
    names = [
        name
        for module in protocol_types.MODULES
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__
    ]
    text = protocol_types.typescript()
    for name in [*names, "Role", "Device", "FinishReason", "Phase", "PROTOCOL_VERSION"]:
        assert f" {name} " in text, name


def test_messages_are_told_apart_by_their_type() -> None:
    text = protocol_types.typescript()
    for member in protocol.PageMessage.__args__ + protocol.WorkerMessage.__args__:
        assert f'readonly type: "{member.__name__.lower()}";' in text


def test_docstrings_and_comments_go_along() -> None:
    text = protocol_types.typescript()
    assert "/** Answer the last message. Ends in `done` with a ChatResult. */" in text
    assert "/** in (0, 1] */\n  readonly top_p?: number;" in text
