"""Where what is compiled after the install is kept."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """The user's, which need not be there yet.

    >>> folder().name
    'edgeact'
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "edgeact"
