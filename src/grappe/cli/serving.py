"""The command that serves the atlas."""

import socket
from datetime import UTC, datetime
from typing import Any

import click

from grappe.cli.ready import DEFAULT_DATASET, set_up
from grappe.domain.errors import Refused


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=int, help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=int, help="Server processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Bring the database up to date and serve the atlas."""
    set_up()
    from grappe.actions.load_dataset import load_dataset
    from grappe.census.census import find_dataset
    from grappe.domain.actor import LOADER
    from grappe.queries.fiction import watermark

    _check_port(host, port)
    held = watermark()
    if held is None:
        done = load_dataset(find_dataset(DEFAULT_DATASET), by=LOADER, at=datetime.now(UTC))
        held = f"{done.dataset}: {done.statements:,} statements."
    from django.db import connections

    connections.close_all()
    click.echo(f"{held} Atlas on http://{host}:{port} (Ctrl-C stops it).")
    _Server({"bind": f"{host}:{port}", "workers": workers}).run()


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Refused("port_taken", port=port, other=port + 1) from None


class _Server:
    """Gunicorn told where to find the application by name: the command line does not import pages."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options | {
            "threads": 4,
            "worker_class": "gthread",
            "accesslog": None,
            "loglevel": "warning",
        }

    def run(self) -> None:
        from gunicorn.app.base import BaseApplication
        from gunicorn.util import import_app

        options = self.options

        class Application(BaseApplication):
            def load_config(self) -> None:
                for name, value in options.items():
                    self.cfg.set(name, value)

            def load(self) -> Any:
                return import_app("grappe.web.wsgi:application")

        Application().run()
