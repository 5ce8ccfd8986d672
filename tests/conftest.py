"""Fixtures for all tests."""

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from edgeact.cuda import _call, _library


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is most likely to break comes first."""
    items.sort(key=lambda item: item.path.name != "test_hard_inputs.py")


@pytest.fixture(autouse=True)
def _outside_the_checkout(tmp_path_factory, monkeypatch):
    """Programs that a test starts must find the installed package, not the source tree."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: Any) -> Path:
    """The library of edgeact.cuda for the device that tests/c/cuda emulates."""
    if not shutil.which("cmake") or not shutil.which("c++"):
        pytest.skip("needs cmake and a C++ compiler")
    folder = tmp_path_factory.mktemp("emulated")
    source = Path(__file__).parent / "c" / "cuda"
    configure = ["cmake", "-S", source, "-B", folder, "-DCMAKE_BUILD_TYPE=None"]
    subprocess.run([*configure, "-DCMAKE_CXX_FLAGS=-O1"], check=True, capture_output=True)
    build = ["cmake", "--build", folder, "--target", "edgeact_cuda", "-j", str(os.cpu_count())]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("libedgeact_cuda.*"))


@contextmanager
def _anew() -> Iterator[None]:
    def forget() -> None:
        _library._loaded.cache_clear()
        _library.library.cache_clear()
        _call._tables.clear()

    forget()
    yield
    forget()


@pytest.fixture
def library_anew() -> Iterator[None]:
    """edgeact.cuda looks for its library anew, and afterwards again."""
    with _anew():
        yield


@pytest.fixture(scope="module")
def device_of_module(emulated: Path) -> Iterator[None]:
    """The emulated device in the place of a real one, for a module's tests."""
    with _anew(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(_library, "INSTALLED", emulated)
        yield


@pytest.fixture
def device(emulated: Path, library_anew: None, monkeypatch: Any) -> Iterator[Any]:
    """The same for a test, in which nothing may leak; its functions."""
    monkeypatch.setattr(_library, "INSTALLED", emulated)
    functions = _library.library()
    functions.release_buffers()
    gc.collect()
    before = functions.live()
    yield functions
    functions.release_buffers()
    _call._tables.clear()
    gc.collect()
    assert functions.live() == before
