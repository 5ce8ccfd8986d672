"""What tools write into the docs is what they would write today."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


@pytest.mark.parametrize("tool", ["benchmark_page", "gallery", "onnx_patterns"])
def test_docs_are_current(tool, tmp_path):
    command = [sys.executable, TOOLS / f"{tool}.py", "--check"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
