"""Django settings: one table of environment variables, documented in `docs/settings.md`."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

ENVIRONMENT = {
    "GRAPPE_DATA": ("var", "Folder of the database file and of what users upload."),
    "GRAPPE_SECRET_KEY": ("", "Signing key; when empty, one is made and kept in the data folder."),
    "GRAPPE_HOSTS": ("127.0.0.1,localhost,[::1]", "Host names that the server answers to, parted by commas."),
    "GRAPPE_HTTPS": (
        "",
        "Any text says that a proxy serves the atlas over TLS: cookies then travel over TLS only.",
    ),
    "GRAPPE_SCHEMES": (
        "",
        "Folders of schemes of your own, laid out `country/scheme/*.yml`; several are parted as in `PATH`.",
    ),
    "GRAPPE_LABEL_SCALE": (
        "",
        "File of a point scale for the rehearsal of the excellence label, of the form of `label_scale.yml`.",
    ),
    "GRAPPE_DEBUG": ("", "Any text shows tracebacks in pages: for development only."),
}
"""Every setting a user may change: name, default, meaning."""


def environment(name: str) -> str:
    """Value of one of the settings in `ENVIRONMENT`."""
    return os.environ.get(name, ENVIRONMENT[name][0])


DATA = Path(environment("GRAPPE_DATA")).resolve()
SCHEMES = environment("GRAPPE_SCHEMES")
LABEL_SCALE = environment("GRAPPE_LABEL_SCALE")


def _secret() -> str:
    given = environment("GRAPPE_SECRET_KEY")
    if given:
        return given
    path = DATA / "secret-key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key(), "utf-8")
        path.chmod(0o600)
    return path.read_text("utf-8").strip()


SECRET_KEY = _secret()
DEBUG = bool(environment("GRAPPE_DEBUG"))
ALLOWED_HOSTS = [host.strip() for host in environment("GRAPPE_HOSTS").split(",") if host.strip()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "grappe.store",
    "grappe.web",
]
AUTH_USER_MODEL = "store.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "grappe.web.reader.PersonalPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "grappe.web.errors.ErrorPages",
]

ROOT_URLCONF = "grappe.web.urls"
WSGI_APPLICATION = "grappe.web.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {"environment": "grappe.web.jinja.environment"},
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "grappe.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA secure_delete=ON;",
        },
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "web" / "static"
WHITENOISE_MAX_AGE = 60
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[0-9A-Za-z_-]{8}\.(js|css|woff2|mjs)$"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# Only those who sign in get a cookie: readers have no session.
HTTPS = bool(environment("GRAPPE_HTTPS"))
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "grappe.web.errors.form_expired"
# Behind a proxy the request itself arrives without TLS, yet its forms come from https addresses.
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
