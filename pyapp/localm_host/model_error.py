"""The one error of the commands for models."""


class ModelError(Exception):
    """A model cannot be pulled, listed, removed or verified; the message says what to do next."""
