"""Run the C header of a tabulated function on a Cortex-M4 over every float32, in about ten minutes.

    python tools/cortex_m4_floats.py [NAME]

The header of an activation, mish by default, tabulated on [-8, 8] to 1e-4, is compiled by
arm-none-eabi-gcc for a Cortex-M4 with its FPU and run under qemu-system-arm over all 2^32 inputs.
The sum of its results, each times an odd number of its input, is compared with that of what Python
computes. Exit status 1: they differ. Tests run it on a sample.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import edgeact as ea

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "c" / "cortex_m4"
COMPILER = ["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"]
COMPILER += ["-mthumb", "-ffreestanding", "-nostdlib", "-std=c99", "-O2", "-ffp-contract=off"]
QEMU = ["qemu-system-arm", "-M", "mps2-an386", "-nodefaults", "-nic", "none", "-display", "none"]
QEMU += ["-chardev", "stdio,id=out", "-semihosting-config"]
QEMU += ["enable=on,target=native,chardev=out", "-kernel"]
PARTS, CHUNK = 64, 1 << 24


def on_the_board(folder: Path, name: str, part: int) -> int:
    first = part * (2**32 // PARTS)
    last = first + 2**32 // PARTS - 1
    program = folder / f"{name}{part}"
    defines = [f'-DHEADER="{name}.h"', f"-DFUNCTION={name}"]
    defines += [f"-DSUM_FROM={first}u", f"-DSUM_TO={last}u"]
    files = ["-T", str(FOLDER / "mps2.ld"), str(FOLDER / "main.c"), "-o", str(program)]
    subprocess.run([*COMPILER, f"-I{folder}", *defines, *files, "-lgcc"], check=True)
    done = subprocess.run([*QEMU, str(program)], check=True, capture_output=True, text=True)
    return int(done.stdout, 16)


def in_python(f: ea.Tabulated) -> int:
    total = 0
    for first in range(0, 2**32, CHUNK):
        bits = np.arange(first, first + CHUNK, dtype=np.uint32)
        x = bits.view(np.float32)
        number = ~np.isnan(x)
        of_y = np.full(CHUNK, 0x7FC00000, np.uint64)
        of_y[number] = f.table.in_c(x[number]).view(np.uint32)
        total += int((of_y * (2 * bits.astype(np.uint64) + 1)).sum(dtype=np.uint64))
    return total % 2**64


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else "mish"
    f = ea.tabulate(getattr(ea, name), (-8, 8), 1e-4, check=1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, f"{name}.h").write_text(f.to_c(name), encoding="utf-8")
        with ThreadPoolExecutor(2) as pool:
            parts = pool.map(lambda part: on_the_board(Path(folder), name, part), range(PARTS))
            board = sum(parts) % 2**64
    python = in_python(f)
    print(f"{name} over 4,294,967,296 floats: Cortex-M4 {board:016x}, Python {python:016x}")
    return 0 if board == python else 1


if __name__ == "__main__":
    sys.exit(main())
