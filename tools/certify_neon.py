"""Certify the NEON kernels on an x86-64 machine with AVX2: python tools/certify_neon.py [NAME]...

qemu-aarch64 runs them, some hundred times slower than AVX2: minutes to half an hour a kernel. So
the truth is not computed again: piece by piece the hash of NEON's outputs is compared with that of
AVX2's. Where all agree, NEON's errors are AVX2's, and the certificate in tests/certificates gains a
sweep that says so. A kernel that has one of as many inputs is skipped: an interrupted run goes on
where it stopped.

Needs gcc-aarch64-linux-gnu and qemu-user. Exit status 1: a hash differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from edgeact import _registry, certify
from edgeact._registry import lib

ROOT = Path(__file__).resolve().parent.parent
CERTIFICATES = ROOT / "tests" / "certificates"
PIECE = 1 << 24  # inputs
TWIN = "avx2"  # gives NEON's bits


def build(directory: str) -> str:
    """The hashing program of tests/c/bits for AArch64."""
    settings = {
        "CMAKE_BUILD_TYPE": "None",
        "CMAKE_C_FLAGS": "-O2",
        "CMAKE_SYSTEM_NAME": "Linux",
        "CMAKE_SYSTEM_PROCESSOR": "aarch64",
        "CMAKE_C_COMPILER": "aarch64-linux-gnu-gcc",
        "CMAKE_EXE_LINKER_FLAGS": "-static",
    }
    source = str(ROOT / "tests" / "c" / "bits")
    define = [f"-D{name}={value}" for name, value in settings.items()]
    subprocess.run(["cmake", "-S", source, "-B", directory, *define], check=True)
    subprocess.run(["cmake", "--build", directory, "--parallel"], check=True)
    return str(Path(directory, "bits"))


def differs(program: str, name: str, tier: str, stride: int, start: int) -> bool:
    """Whether a piece's hashes do; start counts inputs tried before."""
    count = min(PIECE, -(-certify.ALL_INPUTS // stride) - start)
    first = start * stride
    command = ["qemu-aarch64", program, "neon", tier, name, str(first), str(stride), str(count)]
    line = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    native = lib.edgeact_hash_bits(
        _registry.find(name),
        _registry.TIERS.index(tier),
        lib.EDGEACT_F32,
        _registry.find_isa(TWIN),
        first,
        stride,
        count,
    )
    return int(line.split()[3], 16) != native


def run(program: str, name: str, tier: str, stride: int) -> bool:
    """Certify one kernel; True if its bits are AVX2's."""
    path = CERTIFICATES / f"{name}.{tier}.json"
    held = certify.Certificate.load(path)
    total = -(-certify.ALL_INPUTS // stride)
    if "neon" in held.sweeps and held.sweeps["neon"].tried >= total:
        return True
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        starts = range(0, total, PIECE)
        bad = list(pool.map(lambda start: differs(program, name, tier, stride, start), starts))
    if any(bad):
        print(f"{name}, tier {tier}: {sum(bad)} of {len(bad)} pieces differ", file=sys.stderr)
        return False
    sampled = certify.certify(name, tier, [TWIN], stride, held=held if stride == 1 else None)
    sweep = replace(sampled.sweeps[TWIN], machine=f"qemu-aarch64; bits equal to {TWIN}'s")
    replace(held, sweeps={"neon": sweep}).save(path)
    print(f"{name}, tier {tier}: {total:,} inputs, bits equal to {TWIN}'s", flush=True)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Certify the NEON kernels under qemu")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all where none is given")
    parser.add_argument("--tier", choices=["exact", "fast"], help="both where none is given")
    parser.add_argument("--stride", type=int, default=1, help="try every N-th float32 only")
    args = parser.parse_args()
    tiers = [args.tier] if args.tier else ["exact", "fast"]
    with tempfile.TemporaryDirectory() as folder:
        program = build(folder)
        kept = [
            run(program, name, tier, args.stride)
            for tier in tiers
            for name in args.names or certify.sweepable()
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
