"""A real Chromium on a real server: both started once for this folder, on a free port of this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.actions.stored import shipped_census

FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE_MS = 20_000
HARMLESS = ("Failed to load resource", "GPU stall", "GL Driver Message")
"""Chromium's words for a refused page (the tests look at that page), and for a machine without graphics."""
MAP_SCRIPT = re.compile(r"/static/grappe/assets/map-[^/]+\.js$")

Open = Callable[..., Page]
Made = TypeVar("Made")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that one option leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def apart(job: Callable[[], Made]) -> Made:
    """Do what asks a database in a thread of its own: a browser keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(job).result()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """Data folder of the atlas that is served: commands on it change what the browser sees."""
    data = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock():
        census = apart(lambda: shipped_census(tmp_path_factory.getbasetemp()))
    shutil.copy(census, data / "grappe.sqlite3")
    return data


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Address of an atlas served, for a while, by the command a user runs, on the store of a folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-c", "from grappe.cli.main import main; main()", "serve", "--port", str(port)],
        env={**os.environ, "GRAPPE_DATA": str(data), "PYTHONPATH": "src"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=15)


@pytest.fixture(scope="package")
def site(served: Path) -> Iterator[str]:
    """Address of the atlas that all tests of this folder look at."""
    with serving(served) as address:
        yield address


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    pause = Event()
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped: {server.communicate()[1]}")
        try:
            with urllib.request.urlopen(f"{address}/api/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            pause.wait(0.1)
    raise RuntimeError(f"nothing answers at {address}")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser: ``CHROMIUM`` names it, else Debian's."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        pytest.skip("no Chromium here: name one by CHROMIUM=/path/to/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class Watch:
    """What a page asked for and complained of."""

    def __init__(self) -> None:
        self.outside: list[str] = []
        self.complaints: list[str] = []

    def follow(self, page: Page, site: str) -> None:
        """Note every request outside the server, every failed one, every error of a script."""

        def asked(request: Any) -> None:
            if not request.url.startswith((f"{site}/", "data:", "blob:")):
                self.outside.append(request.url)

        def answered(response: Any) -> None:
            if response.status >= 400 and not response.request.is_navigation_request():
                self.complaints.append(f"{response.status} {response.url}")

        def said(message: Any) -> None:
            harmless = any(words in message.text for words in HARMLESS)
            if message.type in ("error", "warning") and not harmless:
                self.complaints.append(f"{message.type}: {message.text}")

        page.on("request", asked)
        page.on("response", answered)
        page.on("console", said)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))


@pytest.fixture
def visit(site: str, chromium: Browser) -> Iterator[Open]:
    """Opens a page: ``visit("/fr/", dark=True, width=390, script=False)``.

    At the end no page may have asked anything outside the server, or complained of anything. Drawing a map
    without a graphics card takes seconds, so a page gets its map only with ``maps=True``.
    """
    watch, contexts = Watch(), list[BrowserContext]()

    def open_page(
        path: str,
        *,
        dark: bool = False,
        width: int = 1280,
        script: bool = True,
        maps: bool = False,
        language: str = "fr",
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 860},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale=language,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        watch.follow(page, site)
        if not maps:
            context.route(MAP_SCRIPT, lambda route: route.fulfill(content_type="text/javascript", body=""))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.outside == []
    assert watch.complaints == []
