"""An upload to a running server: when progress first shows, and how fast other pages stay meanwhile.

``python -m tests.bench.upload [ESTABLISHMENTS]`` makes everything in a temporary folder and prints JSON. The
first progress is counted from the moment the last byte of the file is sent.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

ESTABLISHMENTS = 1_000_000
PAGES = ("/fr/clusters/", "/fr/clusters/ma-ce3m/", "/fr/", "/fr/search/?q=olive", "/fr/network/")
PASSWORD = "correct horse battery"


def main(establishments: int) -> None:
    """Serve, upload, follow, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        register = _register(Path(folder) / "firms.csv", establishments)
        environment = os.environ | {"GRAPPE_DATA": str(Path(folder) / "data")}
        _python("-c", _ACCOUNT, environment=environment)
        port = _free_port()
        serve = f"from grappe.cli.serving import serve; serve(['--port', '{port}'])"
        server = subprocess.Popen([sys.executable, "-c", serve], env=environment, stderr=subprocess.DEVNULL)
        try:
            print(json.dumps(_measured(port, register, establishments)))
        finally:
            server.terminate()
            server.wait()


_ACCOUNT = f"""
from datetime import UTC, datetime
from grappe.cli.ready import ready
ready()
from grappe.actions.create_account import create_account
from grappe.domain.actor import Actor
create_account("bench@example.org", name="Bench", password={PASSWORD!r}, language="fr", role=None, scope="",
               by=Actor("bench", "operator"), at=datetime.now(UTC))
"""


def _measured(port: int, register: Path, establishments: int) -> dict[str, Any]:
    client = _Client(port)
    client.wait()
    form = client.get("/fr/accounts/sign-in/")
    client.post("/fr/accounts/sign-in/", {"csrfmiddlewaretoken": _sign(form), "address": "bench@example.org",
                                          "password": PASSWORD})  # fmt: skip
    alone = _pages(client, lambda: False, 100)
    sign = _sign(client.get("/fr/seen/"))
    start = time.perf_counter()
    address = client.upload("/fr/seen/upload/", sign, register)
    sent = time.perf_counter()
    first, told = 0.0, {}
    while not first:
        time.sleep(0.1)
        told = json.loads(client.get(f"{address}progress.json"))
        if told["state"] != "queued":
            first = time.perf_counter() - sent
    last: dict[str, Any] = {}

    def ended() -> bool:
        last.update(json.loads(client.get(f"{address}progress.json")))
        return bool(last["ended"])

    meanwhile = _pages(client, ended, 100_000)
    return {
        "establishments": establishments, "upload_s": round(sent - start, 2),
        "first_progress_s": round(first, 2), "whole_s": round(time.perf_counter() - sent, 1),
        "state": last["state"], "pages_meanwhile": len(meanwhile),
        "p50_alone_ms": _percentile(alone, 0.5), "p99_alone_ms": _percentile(alone, 0.99),
        "p50_meanwhile_ms": _percentile(meanwhile, 0.5), "p99_meanwhile_ms": _percentile(meanwhile, 0.99),
    }  # fmt: skip


def _pages(client: "_Client", enough: Callable[[], bool], most: int) -> list[float]:
    """Milliseconds of other pages, asked one after another by a reader who pauses a little."""
    found: list[float] = []
    while len(found) < most:
        for page in PAGES:
            start = time.perf_counter()
            client.get(page)
            found.append((time.perf_counter() - start) * 1000)
            time.sleep(0.02)
        if enough():
            break
    return found


def _percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(int(share * len(values)), len(values) - 1)], 1)


class _Client:
    """A browser without script: cookies, forms, one connection a request."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}  # type: int, dict[str, str]

    def wait(self) -> None:
        for _ in range(300):
            try:
                self.get("/fr/clusters/")
                return
            except ConnectionError:
                time.sleep(0.2)

    def get(self, address: str) -> str:
        return self._ask("GET", address, b"", {})[1].decode()

    def post(self, address: str, form: dict[str, str]) -> None:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._ask("POST", address, urllib.parse.urlencode(form).encode(), kind)

    def upload(self, address: str, sign: str, file: Path) -> str:
        edge = "edge-of-the-parts"
        fields = {"csrfmiddlewaretoken": sign, "country": "TN", "coverage": "A made-up country.",
                  "nomenclature": "isic"}  # fmt: skip
        head = "".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        head += f'--{edge}\r\nContent-Disposition: form-data; name="register"; filename="firms.csv"\r\n\r\n'
        tail = f'\r\n--{edge}\r\nContent-Disposition: form-data; name="complete"\r\n\r\n1\r\n--{edge}--\r\n'
        body = head.encode() + file.read_bytes() + tail.encode()
        headers, _ = self._ask(
            "POST", address, body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )
        return headers["Location"]

    def _ask(self, verb: str, address: str, body: bytes, more: dict[str, str]) -> tuple[Any, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(verb, address, body, {"Cookie": cookies, **more})
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.casefold() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        read = answer.read()
        connection.close()
        return answer.headers, read


def _register(path: Path, establishments: int) -> Path:
    import pyarrow.csv

    from grappe.agglomeration.made_up_country import made_up_country

    country = made_up_country(establishments, min(500, establishments // 20), seed=1, lonlat=True)
    pyarrow.csv.write_csv(country.points.select(["lon", "lat", "industry", "jobs"]), path)
    return path


def _sign(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None, page[:500]
    return found[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _python(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ESTABLISHMENTS)
