"""The examples in the docstrings of the installed package."""

import doctest
import importlib
import pkgutil

import pytest

import edgeact

MODULES = ["edgeact", *(m.name for m in pkgutil.walk_packages(edgeact.__path__, "edgeact."))]


@pytest.mark.parametrize("name", [m for m in MODULES if not m.endswith(("_native", "_ort"))])
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
