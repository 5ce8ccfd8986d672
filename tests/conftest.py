"""Fixtures for all tests."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is most likely to break comes first."""
    items.sort(key=lambda item: item.path.name != "test_hard_inputs.py")


@pytest.fixture(autouse=True)
def _outside_the_checkout(tmp_path_factory, monkeypatch):
    """Programs that a test starts must find the installed package, not the source tree."""
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
