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
STACK = re.compile(r"properties for (\w+)\s+(\d+) bytes stack.*?(\d+) bytes spill")
WIDE = r"{}\.global(?:\.nc)?\.(?:v4\.[a-z]32|v2\.[a-z]64)"
WHOLE = re.compile("flat")  # in a kernel's name: of contiguous arrays


def _options() -> tuple[list[str], list[str]]:
    """The options without the architectures, and the real architectures."""
    words = (SOURCES / "cuda" / "nvcc.txt").read_text(encoding="utf-8").split()
    chosen = [word for word in words if word.startswith("-gencode")]
    others = [word for word in words if word not in chosen and not word.startswith("-cudart")]
    return others, re.findall(r"sm_(\d+)", " ".join(chosen))


def _entries(ptx: str) -> Iterator[tuple[str, str]]:
    """Name and text of each kernel."""
    parts = re.split(r"^\.?(?:visible )?\.?(?:weak )?\.entry (\w+)\(", ptx, flags=re.M)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def inspect(nvcc: Path, source: Path) -> tuple[list[str], str]:
    """What is wrong, a line each; and what was seen."""
    options, real = _options()
    command = [str(nvcc), *options, "-I", str(SOURCES), "-I", str(SOURCES / "include")]
    wrong, kernels, rounded, wide = [], 0, 0, 0
    registers = []
    with tempfile.TemporaryDirectory() as folder:
        ptx_file = Path(folder) / "kernels.ptx"
        done = [*command, "-arch=compute_75", "-ptx", "-o", str(ptx_file), str(source)]
        subprocess.run(done, check=True, capture_output=True)
        ptx = ptx_file.read_text(encoding="utf-8")
        for name, text in _entries(ptx):
            kernels += 1
            for operation in ARITHMETIC.findall(text):
                parts = operation.split(".")
                rounded += 1
                if not {"rn", "rz", "rm", "rp"} & set(parts) or {"ftz", "approx"} & set(parts):
                    wrong.append(f"{source.name}: {name} has {operation}")
            if ".local" in text:
                wrong.append(f"{source.name}: {name} has local memory")
            if WHOLE.search(name):
                wide += 1
                for verb in ("ld", "st"):
                    if not re.search(WIDE.format(verb), text):
                        wrong.append(f"{source.name}: {name} has no {verb} of 16 bytes")
        for arch in real:
            cubin = str(Path(folder) / "kernels.cubin")
            done = [*command, f"-gencode=arch=compute_75,code=sm_{arch}", "--resource-usage"]
            said = subprocess.run(
                [*done, "-cubin", "-o", cubin, str(source)],
                check=True,
                capture_output=True,
                text=True,
            ).stderr
            found = STACK.findall(said)
            for name, stack, spilled in found:
                if int(stack) or int(spilled):
                    wrong.append(f"{source.name}: sm_{arch}: {name} has {stack} bytes of stack")
            used = [int(count) for count in re.findall(r"Used (\d+) registers", said)]
            if len(used) != kernels or len(found) < kernels:
                wrong.append(f"{source.name}: sm_{arch}: ptxas told of {len(used)} kernels")
            registers += used
    seen = f"{source.name}: {kernels} kernels, {wide} of them by 16 bytes; {rounded} operations of "
    seen += f"floats, each rounded; at most {max(registers, default=0)} registers on "
    return wrong, seen + " ".join(f"sm_{arch}" for arch in real)


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
