"""The search index is a virtual table, which no model describes."""

from django.db import migrations

from grappe.store.search import create_index


class Migration(migrations.Migration):
    """Create the search index."""

    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(lambda apps, schema_editor: create_index(), migrations.RunPython.noop)]
