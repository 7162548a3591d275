"""The Django application of the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All models of the project."""

    name = "grappe.store"
    label = "store"
