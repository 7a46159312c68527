"""The two languages of the pages: Chinese first, English beside it.

A catalogue is a flat JSON file of web/translations, message key -> text. The language of a
request is `?lang=`, else the cookie of an earlier choice, else the setting.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request

LANGUAGES = ("zh", "en")
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600


@cache
def load_catalogue(language: str) -> dict[str, str]:
    """Return the messages of one language."""
    text = (files("web") / "translations" / f"{language}.json").read_text("utf-8")
    return dict(json.loads(text))


def request_language() -> str:
    """Return the language this request is answered in."""
    wanted = request.args.get("lang") or request.cookies.get(COOKIE) or current_app.config["LANGUAGE"]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def translate(key: str, **values: object) -> str:
    """Return the message `key` in the request's language, `{name}` filled from `values`.

    An unknown key is an error of the templates and raises KeyError.
    """
    return load_catalogue(g.language)[key].format(**values)


def code_label(group: str, code: str) -> str:
    """Return the label of a code of the data (a passage kind, a finding kind …), the code if it has none."""
    return load_catalogue(g.language).get(f"{group}.{code}", code)


def switch_address() -> str:
    """Return the address of this page in the other language."""
    other = next(language for language in LANGUAGES if language != g.language)
    values = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{request.path}?{urlencode([*values, ('lang', other)])}"


def install(app: Flask, language: str) -> None:
    """Give every page of `app` its language and the functions the templates use."""
    app.config["LANGUAGE"] = language

    @app.before_request
    def choose() -> None:
        g.language = request_language()

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in LANGUAGES:
            response.set_cookie(COOKIE, g.language, max_age=A_YEAR, samesite="Lax")
        return response

    app.jinja_env.globals.update(t=translate, label=code_label, switch_address=switch_address)
