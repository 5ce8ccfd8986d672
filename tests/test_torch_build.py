"""The compiled operators: built, loaded, and the same as those through NumPy."""

import os
import shutil
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch")

from edgeact.torch import _build as build  # noqa: E402

PROGRAM = """
import torch, edgeact.torch, hashlib
from edgeact.torch import ops
print(edgeact.torch.loaded())
digest = hashlib.sha256()
for dtype in ops.DTYPES:
    for op in ops.OPS.values():
        torch.manual_seed(0)
        x = [torch.randn(33, 65).to(dtype).requires_grad_() for _ in op.tensors]
        floats = [1.5 if d is None else d for d in op.floats.values()]
        for used in (x, [t.T[::2] for t in x]):
            y = getattr(torch.ops.edgeact, op.name)(*used, *floats)
            for t in (y, *torch.autograd.grad(y.sum(), x)):
                digest.update(t.detach().nan_to_num().double().numpy().tobytes())
    for name, dim in (("softmax", 0), ("softmax", 1), ("log_softmax", 0), ("log_softmax", 1)):
        x = torch.randn(33, 65).to(dtype).requires_grad_()
        y = getattr(torch.ops.edgeact, name)(x, dim)
        for t in (y, *torch.autograd.grad(y, x, torch.ones_like(y))):
            digest.update(t.detach().double().numpy().tobytes())
print(digest.hexdigest())
"""


def run(cache):
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.skipif(not shutil.which("c++"), reason="no C++ compiler")
def test_build(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built = build.build()
    assert built == build.path()
    assert os.listdir(tmp_path / "edgeact") == [built.name]
    loaded, compiled = run(tmp_path)
    assert loaded == "True"
    assert run(tmp_path / "empty") == ["False", compiled]


def test_no_compiler(monkeypatch):
    monkeypatch.setenv("CXX", "no-such-compiler")
    with pytest.raises(FileNotFoundError, match="no-such-compiler"):
        build.build()


def test_a_compiler_that_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(ChildProcessError, match="false failed on"):
        build.build("false")
    assert os.listdir(tmp_path / "edgeact") == []


def test_command(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from edgeact.cli import main

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(build, "_SOURCE", tmp_path / "kernels.cpp")
    build._SOURCE.write_text("int one() { return 1; }\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["torch", "build"])
    assert result.exit_code == 0
    assert result.stdout.strip() == str(build.path())
    result = CliRunner().invoke(main, ["torch", "build", "--compiler", "false"])
    assert result.exit_code == 2
    assert "false failed on" in result.stderr


def test_importing_edgeact_does_not_import_torch():
    program = "import edgeact, sys; assert not [m for m in sys.modules if 'torch' in m]"
    subprocess.run([sys.executable, "-c", program], check=True)
