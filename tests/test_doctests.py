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


def needs_torch(name):
    return pytest.param(
        name, marks=pytest.mark.skipif(not find_spec("torch"), reason="it needs PyTorch")
    )


@pytest.mark.parametrize(
    "name",
    [
        needs_torch(m) if m.startswith("edgeact.torch") else m
        for m in MODULES
        if not m.endswith(("_native", "_ort"))
    ],
)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


DOCUMENTS = sorted((Path(__file__).parents[1] / "docs").glob("*.md"))


@pytest.mark.parametrize(
    "path",
    [needs_torch(d) if "import torch" in d.read_text("utf-8") else d for d in DOCUMENTS],
    ids=str,
)
def test_documents(path):
    with np.errstate():
        assert doctest.testfile(str(path), module_relative=False).failed == 0
