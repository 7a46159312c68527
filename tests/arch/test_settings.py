"""Every setting is documented in both READMEs, and the environment is read in one place only."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kg.settings import PREFIX, BadSetting, Settings
from tests.shared import ROOT


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_setting_stands_in_the_table_with_its_default(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    rows = [f"| `{PREFIX}{entry.name.upper()}` | `{entry.default}` |" for entry in fields(Settings)]
    assert [row for row in rows if row not in text] == []


def test_the_environment_overrides_a_default() -> None:
    environ = {"SUYUAN_QUERY_TIMEOUT": "2.5", "SUYUAN_HOME": "elsewhere", "OTHER": "x"}
    settings = Settings.from_environment(environ)
    assert settings.query_timeout == 2.5
    assert settings.home.name == "elsewhere"


@pytest.mark.parametrize("value", ["soon", "-1"])
def test_a_value_of_the_wrong_kind_is_named(value: str) -> None:
    with pytest.raises(BadSetting, match="SUYUAN_WORKERS"):
        Settings.from_environment({"SUYUAN_WORKERS": value})


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for layer in ("kg", "ontology", "search", "web")
        for path in (ROOT / layer).rglob("*.py")
        if "os.environ" in path.read_text("utf-8") or "getenv" in path.read_text("utf-8")
    }
    assert readers == {"kg/settings.py"}
