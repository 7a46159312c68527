"""The web application: services, guard and one blueprint a kind of view."""

from __future__ import annotations

from flask import Flask

from kg.settings import Settings
from web.writing import Curate


def create_app(settings: Settings, curate: Curate | None = None) -> Flask:
    """Return the application over the home folder of `settings`, which may still be empty.

    It opens nothing yet; `app.extensions["suyuan"]` are its services (web.services), whose `warm`
    opens what the first request would have to wait for, and whose `close` ends the workers. `curate`
    changes graphs (web.writing); without it nothing can be written.
    """
    from web import api, caching, evidence, frame, guard, language, packing, pages
    from web.api import strict
    from web.metrics import Metrics
    from web.services import Services, release

    app = Flask("web")
    app.url_map.strict_slashes = False
    app.config["BASE_IRI"] = settings.base_iri
    app.extensions["suyuan"] = Services(settings)
    app.extensions["suyuan.curate"] = curate
    app.extensions["suyuan.metrics"] = metrics = Metrics()
    # What is done to an answer last is installed first.
    guard.install(app, metrics)
    packing.install(app)
    language.install(app, settings.language)
    strict.install(app)
    caching.install(app)
    frame.install(app)
    app.teardown_appcontext(release)
    for views in (*api.load_views(), *pages.load_views(), *evidence.load_views()):
        app.register_blueprint(views)
    return app
