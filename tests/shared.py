"""Where the reference material beside a checkout lies, and the mark that skips tests without it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DOCUMENTS = ROOT / "data" / "documents"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference material is not beside the checkout")
