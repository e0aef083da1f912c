"""Settings. What a body decides comes from one `.env` file, twelve names, all in `.env.example`."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()
env.read_env(ROOT / ".env")

DEMO = env.bool("SLOYFE_DEMO", False)
DEBUG = env.bool("SLOYFE_DEBUG", False)
SECRET_KEY = env("SLOYFE_SECRET_KEY", default="only-for-the-demo-" * 3) if DEMO else env("SLOYFE_SECRET_KEY")
ALLOWED_HOSTS = env.list("SLOYFE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("SLOYFE_ORIGINS", default=[])
BEHIND_PROXY = env.bool("SLOYFE_BEHIND_PROXY", False)
DATA_DIR = Path(env("SLOYFE_DATA_DIR", default=str(ROOT / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
SLOYFE_VERSION = "0.1.0"
SLOYFE_BODY_NAME = env("SLOYFE_BODY_NAME", default="Sløyfe")

SLOYFE_VIEWER_FACTORY = "sloyfe.modules.people.viewers.viewer_for"
SLOYFE_VIEWER_FOR_PERSON = "sloyfe.modules.people.viewers.viewer_for_person"
SLOYFE_ORGANISATION = "sloyfe.modules.people.organisation"
SLOYFE_PLACES = "sloyfe.project.places.places_for"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "sloyfe.core.audit",
    "sloyfe.core.jobs",
    "sloyfe.core.search",
    "sloyfe.core.ui",
    "sloyfe.modules.people",
    "sloyfe.modules.people.imports",
    "sloyfe.modules.time",
    "sloyfe.modules.catalogue",
    "sloyfe.modules.statements",
    "sloyfe.modules.assessment",
    "sloyfe.modules.staffing",
    "sloyfe.modules.plans",
    "sloyfe.reporting",
    "sloyfe.reporting.picture",
    "sloyfe.project",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sloyfe.modules.people.snapshot.one_tree",
    "sloyfe.core.access.middleware.set_viewer",
    "sloyfe.core.ui.middleware.words_for_wrong_method",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "sloyfe.project.urls"
WSGI_APPLICATION = "sloyfe.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sloyfe.core.access.why.why_context",
                "sloyfe.core.ui.context.face",
            ],
        },
    }
]
CSRF_FAILURE_VIEW = "sloyfe.core.ui.views.csrf_failure"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def database(url: str) -> dict[str, object]:
    """One database from its URL: SQLite in WAL mode as measured safe, or PostgreSQL. Connections are kept."""
    config: dict[str, object] = {**env.db_url_config(url), "CONN_MAX_AGE": 60}  # a new one reads all anew
    if "sqlite" in str(config["ENGINE"]):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": database(env("SLOYFE_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'sloyfe.sqlite3'}"))}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # the one-time link of a new user
LOGIN_URL = "demo-roles" if DEMO else "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [ROOT / "sloyfe" / "locale"]
LANGUAGE_COOKIE_NAME = "sloyfe_language"
TIME_ZONE = env("SLOYFE_TIME_ZONE", default="Europe/Oslo")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # numbers in addresses stay numbers; the filters group where people read

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # empty until collectstatic; the demo serves from the apps
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "sloyfe_session"
CSRF_COOKIE_NAME = "sloyfe_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO and not DEBUG
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]

vars().update(env.email_url("SLOYFE_MAIL_URL", default="consolemail://"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("SLOYFE_LOG_LEVEL", default="WARNING")},
}
