"""Is everything in this database invented?"""

from grappe.store.models import FictionalData


def watermark() -> str | None:
    """Title of the demonstration that this database holds, nothing if it holds facts."""
    return FictionalData.objects.values_list("title", flat=True).first()
