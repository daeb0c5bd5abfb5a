"""Routing by shape: which engine an object belongs to is asked of the object, when it is needed."""

from collections.abc import Sequence
from typing import Any

from localm.engines.contract import Engine
from localm.errors import InternalError


def engine_for(engines: Sequence[Engine], js_object: Any) -> Engine:
    """The first engine that recognises the object by its shape."""
    for engine in engines:
        if engine.matches(js_object):
            return engine
    raise InternalError(f"no engine recognises {js_object!r}")
