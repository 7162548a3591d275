"""Before a command that needs the database: Django set up, tables made, the census loaded once."""

import os
from datetime import UTC, datetime

import click

DEFAULT_DATASET = "maghreb-2019"


def set_up() -> None:
    """Set Django up and bring the tables to their present shape."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grappe.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.DATA.mkdir(parents=True, exist_ok=True)
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def ready() -> None:
    """Set up, and load the shipped census if nothing was ever loaded."""
    set_up()
    from grappe.actions.load_dataset import load_dataset
    from grappe.census.census import find_dataset
    from grappe.domain.actor import LOADER
    from grappe.store.models import Dataset

    if not Dataset.objects.exists():
        click.echo(f"Loading {DEFAULT_DATASET} first.", err=True)
        load_dataset(find_dataset(DEFAULT_DATASET), by=LOADER, at=datetime.now(UTC))
