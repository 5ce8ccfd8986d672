"""Certify the NEON kernels on an x86-64 machine with AVX2: python tools/certify_neon.py [NAME]...

qemu-aarch64 runs them, some hundred times slower than AVX2: minutes to half an hour a kernel. So
the truth is not computed again: piece by piece the hash of NEON's outputs is compared with that of
AVX2's, or of plain C's where AVX2 has a method of its own. Where all agree, NEON's errors are the
same, and the certificate in tests/certificates gains a sweep that says so. A kernel that has one of
as many inputs is skipped: an interrupted run goes on where it stopped.

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

import edgeact
from edgeact import _registry, certify
from edgeact._registry import lib

ROOT = Path(__file__).resolve().parent.parent
CERTIFICATES = ROOT / "tests" / "certificates"
PIECE = 1 << 24  # inputs
COMPILER = "aarch64-linux-gnu-gcc"


def twin_of(name: str, tier: str) -> str:
    """The isa that gives NEON's bits."""
    return "scalar" if tier == "fast" and "avx2" in _registry.spec(name).own else "avx2"


def build(directory: str) -> str:
    """The hashing program of tests/c/bits for AArch64."""
    settings = {
        "CMAKE_BUILD_TYPE": "None",
        "CMAKE_C_FLAGS": "-O2",
        "CMAKE_SYSTEM_NAME": "Linux",
        "CMAKE_SYSTEM_PROCESSOR": "aarch64",
        "CMAKE_C_COMPILER": COMPILER,
        "CMAKE_EXE_LINKER_FLAGS": "-static",
    }
    source = str(ROOT / "tests" / "c" / "bits")
    define = [f"-D{name}={value}" for name, value in settings.items()]
    subprocess.run(["cmake", "-S", source, "-B", directory, *define], check=True)
    subprocess.run(["cmake", "--build", directory, "--parallel"], check=True)
    return str(Path(directory, "bits"))


def differs(program: str, name: str, tier: str, method: str, stride: int, start: int) -> bool:
    """Whether a piece's hashes do; start counts inputs tried before; method: of tier coarse."""
    count = min(PIECE, -(-certify.ALL_INPUTS // stride) - start)
    first = start * stride
    kind = f"{tier}.{method}" if method else tier
    command = ["qemu-aarch64", program, "neon", kind, name, str(first), str(stride), str(count)]
    line = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    native = lib.edgeact_hash_bits(
        _registry.find(name),
        certify.find_kernel(name, tier, f"{twin_of(name, tier)} {method}", "float32"),
        lib.EDGEACT_F32,
        first,
        stride,
        count,
    )
    return int(line.split()[3], 16) != native


def run(program: str, name: str, tier: str, method: str, stride: int) -> bool:
    """Certify one kernel; True if its bits are its twin's."""
    path = CERTIFICATES / f"{name}.{tier}.json"
    held = certify.Certificate.load(path)
    total = -(-certify.ALL_INPUTS // stride)
    isa = twin_of(name, tier)
    key, twin = f"neon {method}".strip(), f"{isa} {method}".strip()
    if key in held.sweeps and held.sweeps[key].tried >= total:
        return True
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        starts = range(0, total, PIECE)
        bad = list(
            pool.map(lambda start: differs(program, name, tier, method, stride, start), starts)
        )
    if any(bad):
        print(f"{name}, tier {tier}: {sum(bad)} of {len(bad)} pieces differ", file=sys.stderr)
        return False
    sampled = certify.certify(name, tier, [isa], stride, held=held if stride == 1 else None)
    version = subprocess.run(
        [COMPILER, "-dumpfullversion"], check=True, capture_output=True, text=True
    )
    sweep = replace(
        sampled.sweeps[twin],
        machine=f"qemu-aarch64; bits equal to {isa}'s",
        compiler=f"gcc {version.stdout.strip()}",
    )
    replace(held, sweeps={key: sweep}).save(path)
    print(f"{name}, tier {tier}: {total:,} inputs, bits equal to {isa}'s", flush=True)
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Certify the NEON kernels under qemu")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all where none is given")
    parser.add_argument(
        "--tier", choices=["exact", "fast", "coarse"], help="all where none is given"
    )
    parser.add_argument("--stride", type=int, default=1, help="try every N-th float32 only")
    args = parser.parse_args()
    tiers = [args.tier] if args.tier else ["exact", "fast", "coarse"]
    with tempfile.TemporaryDirectory() as folder:
        program = build(folder)
        kept = [
            run(program, name, tier, kind.removeprefix("avx2").strip(), args.stride)
            for tier in tiers
            for name in args.names or certify.sweepable()
            if name in edgeact.activations(tier)
            for kind in certify.kinds(name, tier, "avx2")
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
