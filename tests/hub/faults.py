"""What may go wrong with a download. Each fault is a function from an answer to a worse one.

hub.break_path("model.onnx", cut_off(after_bytes=1000), times=1)
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from tests.hub.contents import Flipped
from tests.hub.requests import Answer, Asked, refused_range, text

Fault = Callable[[Asked, Answer], Answer]


def not_found(asked: Asked, answer: Answer) -> Answer:
    return text(404, "Entry not found").with_headers(x_error_code="EntryNotFound")


def html_instead(asked: Asked, answer: Answer) -> Answer:
    """A captive portal answers 200 with a page of its own."""
    return text(200, "<!doctype html><title>Sign in</title>", "text/html")


def cut_off(after_bytes: int, *, content_length: bool = True) -> Fault:
    """The connection ends after so many bytes, under a Content-Length or in a chunked body."""
    return lambda asked, answer: replace(answer, cut_after=after_bytes, chunked=not content_length)


def flipped_bit(asked: Asked, answer: Answer) -> Answer:
    """Same size, same ETag, one bit of the middle wrong."""
    return replace(answer, content=Flipped(answer.content, answer.content.size // 2))


def stalls(after_bytes: int, for_s: float) -> Fault:
    """Nothing comes for a while, then the rest."""
    return lambda asked, answer: replace(answer, stall_after=after_bytes, stall_s=for_s)


def slow(bytes_per_s: float) -> Fault:
    return lambda asked, answer: replace(answer, bytes_per_s=bytes_per_s)


def statuses(*numbers: int) -> Fault:
    """These statuses, one for each request; after them all is well."""
    left = iter(numbers)

    def fault(asked: Asked, answer: Answer) -> Answer:
        number = next(left, None)
        return answer if number is None else text(number, f"Status {number}")

    return fault


def too_many(retry_after_s: int) -> Fault:
    return lambda asked, answer: text(429, "Too Many Requests").with_headers(
        retry_after=str(retry_after_s)
    )


def ignores_range(asked: Asked, answer: Answer) -> Answer:
    """200 and all of it, whatever was asked for."""
    return answer.whole() if answer.status == 206 else answer


def range_refused(asked: Asked, answer: Answer) -> Answer:
    return refused_range(answer.content.size) if asked.range else answer


def new_etag() -> Fault:
    """Another ETag on every answer, for the same bytes. If-Range therefore never holds."""
    numbers = itertools.count(1)
    return lambda asked, answer: answer.with_headers(etag=f'"answer-{next(numbers)}"')


def changed_content() -> Fault:
    """Other bytes of the same size under another ETag on every answer, and any Range is served.

    Whoever joins two of these answers has a file that never existed.
    """
    numbers = itertools.count(1)

    def fault(asked: Asked, answer: Answer) -> Answer:
        number = next(numbers)
        middle = answer.content.size // 2
        changed = Flipped(Flipped(answer.content, number % 97), middle + number % 97, number % 8)
        return replace(answer, content=changed).with_headers(etag=f'"answer-{number}"').part(asked)

    return fault


def without_cors(asked: Asked, answer: Answer) -> Answer:
    return replace(answer, cors=False)


def redirects_to(url: str) -> Fault:
    return lambda asked, answer: text(302, "Found").with_headers(location=url)
