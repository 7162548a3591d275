"""The Django application of the web face; it has no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, API and templates."""

    name = "grappe.web"
    label = "web"
