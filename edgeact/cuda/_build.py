"""Compile libedgeact_cuda where there is an nvcc, for the user that runs this."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from edgeact import _cache

SOURCES = Path(__file__).with_name("csrc")
OPTIONS = SOURCES / "cuda" / "nvcc.txt"


def cached() -> Path:
    """Where the library is, once it has been built: one for each state of the sources."""
    return _cache.folder() / f"libedgeact_cuda-{_digest()}.so"


@lru_cache(1)
def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in SOURCES.rglob("*") if p.is_file()):
        digest.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _places() -> Iterator[Path]:
    """Where an nvcc may be: the variable, the path, a toolkit's place, the wheels' folders."""
    if given := os.environ.get("CUDACXX"):
        yield Path(given)
    if found := shutil.which("nvcc"):
        yield Path(found)
    roots = [os.environ.get("CUDA_HOME"), os.environ.get("CUDA_PATH"), "/usr/local/cuda"]
    yield from (Path(root) / "bin" / "nvcc" for root in roots if root)
    for folder in map(Path, sys.path):  # nvidia-cuda-nvcc
        yield from sorted((folder / "nvidia").glob("*/bin/nvcc"), reverse=True)


def find_nvcc() -> Path:
    """The nvcc of a toolkit, or of the wheels nvidia-cuda-nvcc.

    Raises:
        FileNotFoundError: there is none.
    """
    for path in _places():
        if path.is_file():
            return path
    raise FileNotFoundError(
        "no nvcc: install NVIDIA's CUDA toolkit and set CUDA_HOME, or "
        "pip install nvidia-cuda-nvcc nvidia-cuda-cccl nvidia-cuda-runtime"
    )


def build(nvcc: Path | None = None, advance: Callable[[str], None] = lambda what: None) -> Path:
    """Compile the library into the user's cache and return where it is.

    Args:
        nvcc: by default the one that is found.
        advance: is told each part that is done.

    Raises:
        FileNotFoundError: there is no nvcc.
        ChildProcessError: it failed; its message.
    """
    nvcc = nvcc or find_nvcc()
    command = [str(nvcc), "-optf", str(OPTIONS)]
    target = cached()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:

        def compile_one(source: Path) -> str:
            made = str(Path(folder) / f"{source.stem}.o")
            include = ["-I", str(SOURCES), "-I", str(SOURCES / "include")]
            _run([*command, *include, "-c", "-o", made, str(source)])
            advance(source.stem)
            return made

        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            objects = list(pool.map(compile_one, sorted((SOURCES / "cuda").glob("*.cu"))))
        made = Path(folder) / target.name
        # The wheels have no stub of what the static runtime needs; nvcc finds it beside itself.
        libraries = [f"-L{nvcc.parent.parent / name}" for name in ("lib64", "lib")]
        _run([*command, "-shared", *libraries, "-o", str(made), *objects])
        made.replace(target)
    return target


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise ChildProcessError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
