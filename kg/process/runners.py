"""The registration point of runners: the setting `runner` names one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.registry import Registry
from kg.settings import Settings

if TYPE_CHECKING:
    from kg.process.runner import Runner

RUNNERS: Registry[Callable[[Settings], Runner]] = Registry(
    "runner", {"processes": "kg.process.processes:open_runner", "serial": "kg.process.serial:open_runner"}
)


def open_runner(settings: Settings) -> Runner:
    """Return the runner the settings name, to be closed. Raises BadSetting."""
    return RUNNERS.load(settings.runner)(settings)
