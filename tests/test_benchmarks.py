"""The benchmark page and the README's table follow from the numbers beside them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_is_what_the_numbers_make(tmp_path):
    command = [sys.executable, ROOT / "tools" / "benchmark_page.py", "--check"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
