"""The application that a server starts by name."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grappe.settings")
application = get_wsgi_application()

# What is loaded by now lives as long as the process: left out of collections, it no longer makes
# one request in a hundred wait while a whole framework is walked through.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
