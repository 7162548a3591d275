"""Addresses: pages under a language prefix, the API, permanent addresses without language."""

from django.urls import include, path

from grappe.web.api.urls import api
from grappe.web.pages import permanent

handler404 = "grappe.web.errors.not_found"

urlpatterns = [
    path("", permanent.choose_language, name="start"),
    path("id/<str:entity>", permanent.entity, name="permanent"),
    path("statements/<str:statement>", permanent.statement, name="permanent-statement"),
    path("api/", api.urls),
    path("<lang:lang>/", include("grappe.web.pages.urls")),
]
