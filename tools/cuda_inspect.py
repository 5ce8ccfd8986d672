"""Compile the CUDA kernels and look at what the compiler made of them: no GPU is needed.

    python tools/cuda_inspect.py [FILE.cu ...]    # by default all kernels; exit 1 on a finding

In PTX every sum, product, quotient and multiply-add of floats must say how it rounds, for the
assembler may fuse what does not (PTX ISA, "add" and "mul"). Nothing is approximate, nothing flushes
subnormals to zero. Kernels of contiguous arrays must load and store 16 bytes at once. No kernel, on
any architecture that the library is built for, may spill registers or have other local memory.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from edgeact.cuda import _build

SOURCES = Path(__file__).resolve().parent.parent / "csrc"
VERBS = "add|sub|mul|fma|mad|div|rcp|sqrt"
ARITHMETIC = re.compile(rf"^\s*(?:@!?%p\d+\s+)?((?:{VERBS})\.[\w.]*f(?:32|64))", re.M)
COMPILED = re.compile(r"Compiling entry function '(\w+)' for '(\w+)'")
STACK = re.compile(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")
REGISTERS = re.compile(r"Used (\d+) registers")
WIDE = r"{}\.global(?:\.nc)?\.(?:v4\.[a-z]32|v2\.[a-z]64)"
WHOLE = re.compile("flat")  # in a kernel's name: of contiguous arrays


def _entries(ptx: str) -> Iterator[tuple[str, str]]:
    """Name and text of each kernel."""
    parts = re.split(r"^\.?(?:visible )?\.?(?:weak )?\.entry (\w+)\(", ptx, flags=re.M)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def inspect(nvcc: Path, source: Path) -> tuple[list[str], str]:
    """What is wrong, a line each; and what was seen."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        command = [str(nvcc), "-optf", str(SOURCES / "cuda" / "nvcc.txt"), "--resource-usage"]
        command += ["-I", str(SOURCES), "-I", str(SOURCES / "include"), "--keep-dir", folder]
        command += ["--keep", "-c", "-o", f"{folder}/kernels.o", str(source)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        (ptx,) = Path(folder).glob("*.ptx")
        entries = dict(_entries(ptx.read_text(encoding="utf-8")))
    rounded, wide = 0, 0
    for name, text in entries.items():
        for operation in ARITHMETIC.findall(text):
            rounded += 1
            parts = set(operation.split("."))
            if not {"rn", "rz", "rm", "rp"} & parts or {"ftz", "approx"} & parts:
                wrong.append(f"{name} has {operation}")
        if ".local" in text:
            wrong.append(f"{name} has local memory")
        if WHOLE.search(name):
            wide += 1
            wrong += [
                f"{name} has no {verb} of 16 bytes"
                for verb in ("ld", "st")
                if not re.search(WIDE.format(verb), text)
            ]
    told = COMPILED.findall(done.stderr)
    stack, registers = STACK.findall(done.stderr), REGISTERS.findall(done.stderr)
    archs = sorted({arch for _, arch in told})
    if len(told) != len(entries) * len(archs) or not len(told) == len(stack) == len(registers):
        wrong.append(f"ptxas told of {len(told)} kernels, {len(stack)} stacks")
    for (name, arch), sizes in zip(told, stack, strict=False):
        if set(sizes) != {"0"}:
            wrong.append(f"{name} on {arch}: stack, stores and loads of {', '.join(sizes)} bytes")
    most = max(map(int, registers), default=0)
    seen = (
        f"{source.name}: {len(entries)} kernels on {', '.join(archs)}, at most {most} registers; "
        f"{rounded} operations on floats, {wide} kernels that take 16 bytes"
    )
    return [f"{source.name}: {line}" for line in wrong], seen


def main() -> int:
    nvcc = _build.find_nvcc()
    given = [Path(path) for path in sys.argv[1:]]
    sources = given or [p for p in sorted((SOURCES / "cuda").glob("*.cu")) if p.stem != "runtime"]
    bad = 0
    with ThreadPoolExecutor(2) as pool:
        for wrong, seen in pool.map(lambda source: inspect(nvcc, source), sources):
            print(seen)
            bad += len(wrong)
            for line in wrong:
                print(line, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
