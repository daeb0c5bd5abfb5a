"""Hostile requests, over raw sockets: HTTP clients tidy up exactly what matters here."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from localm_host.guard import LOOPBACK_NAMES, same_origin
from localm_host.server import create_app, listen, server_config

SECRET = b"outside the site"
HUNG_UP = 0
PAGE = b"<!doctype html><title>localm</title>"


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes


@contextmanager
def serving(site: Path) -> Iterator[int]:
    """The real server on a free port, in a thread."""
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(server_config(create_app(site, allowed_hosts=LOOPBACK_NAMES)))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield int(listening.getsockname()[1])
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A site beside a secret, and a link from the one to the other."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "secret.txt").write_bytes(SECRET)
    site = folder / "site"
    (site / "vendor").mkdir(parents=True)
    (site / "index.html").write_bytes(PAGE)
    (site / "script.js").write_bytes(b"let script;")
    (site / "link.txt").symlink_to(folder / "secret.txt")
    (site / "up").symlink_to(folder)
    (site / "script.js.br").symlink_to(folder / "secret.txt")
    with serving(site) as port:
        yield port


def ask(port: int, request: bytes) -> Answer:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        received = b""
        # A server that hangs up on the rest of a monstrous request may reset the connection.
        with suppress(ConnectionError):
            connection.sendall(request)
            while part := connection.recv(65536):
                received += part
    if not received:
        return Answer(HUNG_UP, b"", b"")
    head, _, body = received.partition(b"\r\n\r\n")
    return Answer(int(head.split()[1]), head.lower(), body)


def get(port: int, path: str, *headers: str, host: str = "localhost") -> Answer:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", ""]
    return ask(port, "\r\n".join(lines).encode("latin-1"))


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/vendor/../../secret.txt",
        "/vendor/../index.html",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/%5c..%5csecret.txt",
        "/..\\secret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "http://localhost/../secret.txt",
        "/index.html%00.js",
        "/%00",
        "/link.txt",
        "/up/secret.txt",
        "/./index.html",
        "/index.html/",
        "/vendor",
        "/" + "a" * 5000,
        "/%ff%fe",
    ],
)
def test_outside_paths_are_404_without_an_outside_byte(port: int, path: str) -> None:
    answer = get(port, path)
    assert answer.status == 404
    assert SECRET not in answer.body
    assert b"root:" not in answer.body


def test_a_link_in_place_of_a_compressed_file_is_not_followed(port: int) -> None:
    answer = get(port, "/script.js", "Accept-Encoding: br")
    assert answer.body == b"let script;"


STEPS = ("..", ".", "", "%2e%2e", "..%2f", "%2f", "..%5c", "\\", "~", "vendor", "up", "%00")


def test_no_combination_of_steps_leads_to_the_secret(port: int) -> None:
    for steps in itertools.product(STEPS, repeat=2):
        answer = get(port, f"/{'/'.join(steps)}/secret.txt")
        assert answer.status == 404, steps
        assert SECRET not in answer.body


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost:8765", "127.0.0.1", "127.0.0.1:1", "[::1]:8765"]
)
def test_own_names_are_served_at_any_port(port: int, host: str) -> None:
    assert get(port, "/", host=host).body == PAGE


@pytest.mark.parametrize("path", ["/", "/script.js", "/nothing", "/../secret.txt"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "localhost.evil.test",
        "evil.localhost",
        "127.0.0.1.evil.test",
        "localhost@evil.test",
        "evil.test@localhost",
        "localhost.",
        "localhost:port",
        "[::1",
        "[::2]",
        "0.0.0.0",
        "127.1",
        "",
        "localhost, evil.test",
        "localhost/",
    ],
)
def test_foreign_names_are_refused_on_every_route(port: int, path: str, host: str) -> None:
    answer = get(port, path, host=host)
    assert answer.status == 400
    assert PAGE not in answer.body


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\n\r\n",
        b"GET / HTTP/1.0\r\nHost: localhost\r\nHost: evil.test\r\n\r\n",
    ],
)
def test_missing_and_doubled_names_are_refused(port: int, head: bytes) -> None:
    assert ask(port, head).status == 400


@pytest.mark.parametrize(
    "origin", ["null", "http://evil.test", "http://localhost:1", "file://", "http://localhost.", ""]
)
def test_other_origins_are_refused_without_cors(port: int, origin: str) -> None:
    answer = get(port, "/script.js", f"Origin: {origin}")
    assert answer.status == 403
    assert b"access-control" not in answer.head


def test_own_origin_is_served(port: int) -> None:
    assert get(port, "/", "Origin: http://localhost:8765", host="localhost:8765").body == PAGE


def test_a_second_foreign_origin_is_refused(port: int) -> None:
    both = ("Origin: http://localhost", "Origin: http://evil.test")
    assert get(port, "/", *both).status == 403


def test_preflight_of_another_site_is_refused_without_cors(port: int) -> None:
    answer = ask(
        port,
        b"OPTIONS /script.js HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.test\r\n"
        b"Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n",
    )
    assert answer.status == 403
    assert b"access-control" not in answer.head


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_only_reading_is_allowed(port: int, method: str) -> None:
    request = f"{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = ask(port, request.encode())
    assert answer.status == 405
    assert b"allow: get, head" in answer.head


@pytest.mark.filterwarnings("ignore")
def test_websocket_upgrade_for_a_foreign_name_is_refused(port: int) -> None:
    upgrade = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: eHh4eA==")
    assert get(port, "/", *upgrade, host="evil.test").status == 400


def test_too_many_headers_are_refused(port: int) -> None:
    assert get(port, "/", "X-Long: " + "x" * 20_000).status == 431


def test_100_kb_of_headers_are_refused(port: int) -> None:
    assert get(port, "/", "X-Long: " + "x" * 100_000).status in (400, 431, HUNG_UP)


@pytest.mark.parametrize("count", [2, 1_000, 10_000])
def test_many_ranges_are_refused(port: int, count: int) -> None:
    ranges = ",".join(f"{n}-{n}" for n in range(count))
    answer = get(port, "/script.js", f"Range: bytes={ranges}")
    assert answer.status in (400, 416, 431, HUNG_UP)


def test_slow_clients_do_not_keep_others_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert get(port, "/").body == PAGE
    finally:
        for connection in slow:
            connection.close()


def test_same_origin_compares_the_whole_authority() -> None:
    assert same_origin("https://localhost:1", "localhost:1")
    assert not same_origin("http://localhost:1", "localhost:10")
    assert not same_origin("http://localhost:1/", "localhost:1")
