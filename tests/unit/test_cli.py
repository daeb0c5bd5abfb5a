"""The command, as a process of its own: what it prints, how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from build_scripts.files import ROOT
from build_scripts.wheel import version
from localm_host.cli import bracketed, main

COMMAND = [sys.executable, "-m", "localm_host"]
PAGE = b"<!doctype html><title>localm</title>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_bytes(PAGE)
    return tmp_path


def localm(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT / "pyapp", timeout=60, check=False
    )


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command and the address that it printed."""
    command = [*COMMAND, "serve", "--no-open", "--port", "0", *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, cwd=ROOT / "pyapp"
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        try:
            assert found, line
            yield process, found[0]
        finally:
            process.kill()


def test_version_is_the_projects() -> None:
    assert localm("--version").stdout == f"localm {version()}\n"


def test_serves_the_named_site_at_the_printed_address(site: Path) -> None:
    with serving("--site", str(site)) as (_, address), urllib.request.urlopen(address) as answer:
        assert answer.read() == PAGE


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2"])
def test_the_given_host_is_served(site: Path, host: str) -> None:
    with (
        serving("--site", str(site), "--host", host) as (_, address),
        urllib.request.urlopen(address) as answer,
    ):
        assert f"//{host}:" in address
        assert answer.status == 200


def test_ctrl_c_stops_in_good_order(site: Path) -> None:
    with serving("--site", str(site)) as (process, address):
        urllib.request.urlopen(address).close()
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=10)
    assert process.returncode in (0, 130)
    assert "stopped" in stdout
    assert stderr == ""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_download_under_way_does_not_keep_the_server(site: Path, sign: signal.Signals) -> None:
    (site / "large.bin").write_bytes(bytes(50_000_000))
    with serving("--site", str(site)) as (process, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.recv(1000)
            process.send_signal(sign)
            _, stderr = process.communicate(timeout=5)
    assert stderr == ""


@pytest.mark.parametrize(
    ("host", "name"), [("0.0.0.0", "127.0.0.1"), ("", "127.0.0.1"), ("::", r"\[::1\]")]
)
def test_listening_everywhere_is_said_and_the_address_is_this_computers(
    site: Path, host: str, name: str
) -> None:
    with serving("--site", str(site), "--host", host) as (process, address):
        assert re.fullmatch(rf"http://{name}:\d+/", address)
        assert urllib.request.urlopen(address).read() == PAGE
        foreign = urllib.request.Request(address, headers={"Host": "0.0.0.0"})
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(foreign)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=10)
    assert "Other computers can reach this address" in stderr
    assert stderr.count("\n") == 1


def test_the_ipv6_loopback_is_served_without_a_warning(site: Path) -> None:
    with serving("--site", str(site), "--host", "::1") as (process, address):
        assert address.startswith("http://[::1]:")
        assert urllib.request.urlopen(address).read() == PAGE
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=10)[1] == ""


def test_requests_leave_no_noise(site: Path) -> None:
    with serving("--site", str(site)) as (process, address):
        urllib.request.urlopen(address).close()
        process.send_signal(signal.SIGINT)
        stdout, _ = process.communicate(timeout=10)
    assert stdout.strip() == "localm has stopped."


def test_taken_port_is_one_sentence_with_a_way_out(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = localm("serve", "--no-open", "--port", str(port), "--site", str(site))
    assert done.returncode == 1
    assert done.stderr.startswith(f"localm: Port {port} is in use")
    assert f"localm serve --port {port + 1}" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--host", "203.0.113.1", "--port", "0"], "203.0.113.1 is no address of this computer"),
        (["--host", "no-such-host.invalid", "--port", "0"], "is no address of this computer"),
    ],
)
def test_wrong_address_is_one_sentence(
    site: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["serve", "--no-open", "--site", str(site), *arguments]) == 1
    stderr = capsys.readouterr().err
    assert sentence in stderr
    assert stderr.count("\n") == 1


def test_folder_without_a_site_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--no-open", "--port", "0", "--site", str(tmp_path)]) == 1
    assert "holds no built site" in capsys.readouterr().err


def test_building_over_somebodys_files_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    done = localm("build", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith(f"localm: {tmp_path} holds something else")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "letter.txt").read_text() == "dear"


@pytest.mark.parametrize(
    "arguments", [["dance"], [], ["serve", "--port", "70000"], ["serve", "--port", "-1"], ["build"]]
)
def test_wrong_command_line_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_an_ipv6_address_is_bracketed_in_a_url() -> None:
    assert (bracketed("::1"), bracketed("localhost")) == ("[::1]", "localhost")
