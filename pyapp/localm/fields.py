"""One JSON object of the wire, read strictly: each key once, and none that is not known."""

from typing import Any

from localm.errors import BadMessage

MAX_SEED = 2**53 - 1  # the integers that JavaScript's numbers hold exactly
MAX_COUNT = 2**31 - 1


class Fields:
    """The keys of one object, taken out one by one; what is left at the end is unknown."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise BadMessage(f"expected an object, got {type(data).__name__}")
        self._data: dict[str, Any] = dict(data)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def take(self, key: str) -> Any:
        """Any value."""
        if key not in self._data:
            raise BadMessage(f"{key} is missing")
        return self._data.pop(key)

    def text(self, key: str) -> str:
        """A string, possibly empty."""
        value = self.take(key)
        if not isinstance(value, str):
            raise BadMessage(f"{key} must be a string")
        return value

    def name(self, key: str) -> str:
        """A string that is not empty."""
        value = self.text(key)
        if not value:
            raise BadMessage(f"{key} must not be empty")
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number from low to high."""
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise BadMessage(f"{key} must be a whole number from {low} to {high}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A number from low to high."""
        value: float = self.take(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not low <= value <= high:
            raise BadMessage(f"{key} must be a number from {low} to {high}")
        return value

    def boolean(self, key: str) -> bool:
        """True or false."""
        value = self.take(key)
        if not isinstance(value, bool):
            raise BadMessage(f"{key} must be true or false")
        return value

    def items(self, key: str) -> list[Any]:
        """A list."""
        value = self.take(key)
        if not isinstance(value, list):
            raise BadMessage(f"{key} must be a list")
        return value

    def clear(self) -> None:
        """Whatever is left does not matter."""
        self._data.clear()

    def end(self) -> None:
        """Nothing else may be there."""
        if self._data:
            raise BadMessage(f"unknown: {', '.join(sorted(self._data))}")
