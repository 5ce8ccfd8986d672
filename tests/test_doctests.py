"""The examples in the docstrings of the installed package, and in docs/."""

import doctest
import importlib
import pkgutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

import edgeact

MODULES = ["edgeact", *(m.name for m in pkgutil.walk_packages(edgeact.__path__, "edgeact."))]

LIBRARIES = "_native", "_ort", "_cuda"
OPTIONAL = "torch", "sklearn"


def needs(thing, modules):
    missing = ", ".join(module for module in modules if not find_spec(module))
    return pytest.param(thing, marks=pytest.mark.skipif(bool(missing), reason=f"no {missing}"))


@pytest.mark.parametrize(
    "name",
    [
        needs(m, ["torch"] if m.startswith("edgeact.torch") else [])
        for m in MODULES
        if not m.endswith(LIBRARIES)
    ],
)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def imported(path):
    text = path.read_text("utf-8")
    return [m for m in OPTIONAL if f">>> import {m}" in text or f">>> from {m}" in text]


DOCUMENTS = sorted((Path(__file__).parents[1] / "docs").glob("*.md"))


@pytest.mark.parametrize("path", [needs(d, imported(d)) for d in DOCUMENTS], ids=str)
def test_documents(path):
    with np.errstate():
        assert doctest.testfile(str(path), module_relative=False).failed == 0
