"""The web application: services, guard and one blueprint a kind of view."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from kg.settings import Settings

BLUEPRINTS = (
    ("web.views.health", "health"),
    ("web.views.api", "api"),
    ("web.views.sparql", "sparql"),
    ("web.views.entity", "entity"),
    ("web.views.pages", "pages"),
    ("web.views.evidence", "evidence"),
    ("web.views.sources", "sources"),
    ("web.views.console", "console"),
)


def create_app(settings: Settings) -> Flask:
    """Return the application over the home folder of `settings`, which may still be empty.

    It opens nothing yet; `app.extensions["suyuan"]` are its services (web.services), whose `warm`
    opens what the first request would have to wait for, and whose `close` ends the workers.
    """
    from web import guard, i18n
    from web.metrics import Metrics
    from web.services import Services, release

    app = Flask("web")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.config["BASE_IRI"] = settings.base_iri
    app.extensions["suyuan"] = Services(settings)
    app.extensions["suyuan.metrics"] = metrics = Metrics()
    guard.install(app, metrics)
    i18n.install(app, settings.language)
    app.teardown_appcontext(release)
    for module, name in BLUEPRINTS:
        if find_spec(module) is not None:
            app.register_blueprint(getattr(import_module(module), name))
    return app
