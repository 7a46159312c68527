"""`python -m suyuan` is the command `suyuan`."""

from __future__ import annotations

from suyuan.cli import main

if __name__ == "__main__":
    main()
