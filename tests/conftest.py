"""Fixtures for all tests."""

import pytest


@pytest.fixture(autouse=True)
def _outside_the_checkout(tmp_path_factory, monkeypatch):
    """Programs that a test starts must find the installed package, not the source tree."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
