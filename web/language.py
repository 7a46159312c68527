"""The languages of the pages: those of the catalogue, Chinese first.

The language of a page is `?lang=`, else the cookie of an earlier choice, else what
Accept-Language asks for, else the setting; that of an answer of the
API `?lang=`, else what Accept-Language asks for, else the setting (English for errors: a program reads them).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request

from kg.errors import LOGGED
from kg.messages import FIRST, Catalogue, Message, open_catalogue
from search.facets.facet import Bound, Facet

COOKIE = "lang"
PROGRAMS = ("/api/", "/sparql")
A_YEAR = 365 * 24 * 3600  # seconds a choice of language is remembered


def catalogue() -> Catalogue:
    """Return the catalogue of this application."""
    found = current_app.extensions["suyuan.catalogue"]
    assert isinstance(found, Catalogue)
    return found


def asked_language() -> str | None:
    """Return the language that a request to the API asks for, by `?lang=` or Accept-Language; None if by neither."""
    if (wanted := request.args.get("lang")) in catalogue().languages:
        return wanted
    return request.accept_languages.best_match(catalogue().languages)


def spoken_language() -> str:
    """Return the language of what is told beside an answer: the page's; of the API the one asked for, else English."""
    return (asked_language() or LOGGED) if request.path.startswith(PROGRAMS) else str(g.language)


def request_language() -> str:
    """Return the language this request is answered in."""
    if request.path.startswith(PROGRAMS) and (asked := asked_language()):
        return asked
    chosen = request.args.get("lang") or request.cookies.get(COOKIE)
    if not chosen:
        chosen = request.accept_languages.best_match(catalogue().languages) or current_app.config["LANGUAGE"]
    return chosen if chosen in catalogue().languages else FIRST


def translate(key: str, **values: object) -> str:
    """Return the message `key` in the request's language, `{name}` filled from `values`.

    An unknown key is an error of the templates and raises KeyError.
    """
    return catalogue().render(key, values, g.language)


def tell(said: Message | str) -> str:
    """Return a message of the audit, a trace or an error in the request's language; what is printed as it is."""
    return catalogue().render(said.code, said.arguments, g.language) if isinstance(said, Message) else said


def pattern(key: str) -> str:
    """Return the message `key` in the request's language with its `{name}` left to be filled."""
    return catalogue().texts(g.language)[key]


def code_label(group: str, code: str) -> str:
    """Return the label of a code of the data (a passage kind, a finding kind …), the code if it has none."""
    return catalogue().texts(g.language).get(f"{group}.{code}", code)


def facet_title(facet: Facet | Bound) -> str:
    """Return the heading of a facet: its own, or `facet.<name>` of a catalogue that has one."""
    return catalogue().word(f"facet.{facet.name}", facet.title, g.language)


def facet_label(facet: Facet, value: str) -> str:
    """Return the label of a value of a facet that words its values, the value itself of another."""
    own = facet.labels().get(value)
    if own:
        return catalogue().word(f"facet.{facet.name}.{value}", own, g.language)
    return code_label(facet.group, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Another language: its own name, its tag (BCP 47), and the address of this page in it."""

    name: str
    tag: str
    address: str


def switches() -> tuple[Switch, ...]:
    """Return a switch to every other language."""
    values = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return tuple(
        Switch(
            name=catalogue().texts(other)["language.name"],
            tag=catalogue().texts(other)["language.tag"],
            address=f"{request.path}?{urlencode([*values, ('lang', other)])}",
        )
        for other in catalogue().languages
        if other != g.language
    )


def speak(app: Flask, spoken: Catalogue) -> None:
    """Have `app` say what it says from this catalogue."""
    app.extensions["suyuan.catalogue"] = spoken


def install(app: Flask, language: str) -> None:
    """Give every page of `app` its language and the functions the templates use."""
    app.config["LANGUAGE"] = language
    speak(app, open_catalogue())

    @app.before_request
    def choose() -> None:
        g.language = request_language()

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in catalogue().languages:
            response.set_cookie(COOKIE, g.language, max_age=A_YEAR, samesite="Lax")
        return response

    app.jinja_env.globals.update(t=translate, tell=tell, label=code_label, switches=switches)
