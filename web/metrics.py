"""Counts and times of requests in the text format of Prometheus (exposition format 0.0.4)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

# seconds, upper edges: from an answer of memory to the time limit of a query
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """What was answered since the start, by route; threads may share one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]
            for bucket in BUCKETS:
                if seconds <= bucket:
                    self._buckets[route, bucket] += 1

    def count_error(self, code: str) -> None:
        """Count one error by its code."""
        with self._lock:
            self._errors[code] += 1

    def to_text(self, gauges: Mapping[str, float]) -> str:
        """Return all figures, with `gauges` (name -> value now) among them."""
        with self._lock:
            lines = list(self._lines())
        for name, value in gauges.items():
            lines += [f"# TYPE {name} gauge", f"{name} {value:.15g}"]
        return "\n".join(lines) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# HELP suyuan_requests_total Requests answered."
        yield "# TYPE suyuan_requests_total counter"
        for (route, method, status), count in sorted(self._requests.items()):
            labels = f'route="{_escaped(route)}",method="{method}",status="{status}"'
            yield f"suyuan_requests_total{{{labels}}} {count}"
        yield "# HELP suyuan_request_seconds Time to answer a request."
        yield "# TYPE suyuan_request_seconds histogram"
        for route in sorted(self._seconds):
            name, total = f'route="{_escaped(route)}"', self._total(route)
            for bucket in BUCKETS:
                count = self._buckets[route, bucket]
                yield f'suyuan_request_seconds_bucket{{{name},le="{bucket:g}"}} {count}'
            yield f'suyuan_request_seconds_bucket{{{name},le="+Inf"}} {total}'
            yield f"suyuan_request_seconds_sum{{{name}}} {self._seconds[route]:.6f}"
            yield f"suyuan_request_seconds_count{{{name}}} {total}"
        yield "# HELP suyuan_errors_total Errors answered, by code."
        yield "# TYPE suyuan_errors_total counter"
        for code, count in sorted(self._errors.items()):
            yield f'suyuan_errors_total{{code="{code}"}} {count}'

    def _total(self, route: str) -> int:
        return sum(count for (other, _, _), count in self._requests.items() if other == route)


def resident_bytes() -> int:
    """Return the memory this process holds; 0 where the system doesn't tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
