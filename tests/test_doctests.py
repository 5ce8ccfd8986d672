"""The examples in the docstrings of the installed package, and in docs/."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import numpy as np
import pytest

import edgeact

MODULES = ["edgeact", *(m.name for m in pkgutil.walk_packages(edgeact.__path__, "edgeact."))]


LIBRARIES = "_native", "_ort", "_cuda"


@pytest.mark.parametrize("name", [m for m in MODULES if not m.endswith(LIBRARIES)])
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "docs").glob("*.md")), ids=str)
def test_documents(path):
    with np.errstate():
        assert doctest.testfile(str(path), module_relative=False).failed == 0
