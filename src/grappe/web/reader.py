"""Who reads a page, without a session for those who never signed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from grappe.store.models import User

Handler = Callable[[HttpRequest], HttpResponse]


def reader(request: HttpRequest) -> User | None:
    """The person who signed in; nothing for everybody else.

    A browser without the cookie of a session is not looked up at all, so that its page neither
    varies with cookies nor asks the database.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


class PersonalPages:
    """Keeps pages that were written for one person out of the caches between that person and us."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an answer to somebody with a session is theirs alone."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response
