"""The web application: services, guard and one blueprint a kind of view."""

from __future__ import annotations

from flask import Flask

from kg.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Return the application over the home folder of `settings`, which may still be empty.

    It opens nothing yet; `app.extensions["suyuan"]` are its services (web.services), whose `warm`
    opens what the first request would have to wait for, and whose `close` ends the workers.
    """
    from web import guard, language
    from web.api.health import health
    from web.api.search import api
    from web.api.sparql import sparql
    from web.evidence.source import sources
    from web.evidence.trace import evidence
    from web.metrics import Metrics
    from web.pages.console import console
    from web.pages.entity import entity
    from web.pages.search import pages
    from web.services import Services, release

    app = Flask("web")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.config["BASE_IRI"] = settings.base_iri
    app.extensions["suyuan"] = Services(settings)
    app.extensions["suyuan.metrics"] = metrics = Metrics()
    guard.install(app, metrics)
    language.install(app, settings.language)
    app.teardown_appcontext(release)
    for view in (health, api, sparql, entity, pages, evidence, sources, console):
        app.register_blueprint(view)
    return app
