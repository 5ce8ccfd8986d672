"""Write tests/instructions.txt: instructions a value of the AVX2 kernels of tier fast.

    python tools/pin_instructions.py           # write
    python tools/pin_instructions.py --check   # exit 1 where a kernel needs over 3 % more

Times are too noisy to guard against regressions; counts are not. valgrind's callgrind counts, which
knows AVX2 but not AVX-512. Another compiler makes other code: where its major version is not that
of the file, --check says so and compares nothing. Needs cmake, ninja, gcc and valgrind.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "tests" / "instructions.txt"
COUNT = 4096  # as in tests/c/bits/instructions.c
ALLOWED = 1.03


def compiler() -> str:
    version = subprocess.run(["gcc", "-dumpversion"], capture_output=True, text=True, check=True)
    return f"gcc {version.stdout.strip().split('.')[0]}"


def counts(work: Path) -> dict[str, float]:
    """Instructions a value, by activation."""
    build = work / "build"
    source = ROOT / "tests" / "c" / "bits"
    options = ["-G", "Ninja", "-DCMAKE_C_COMPILER=gcc", "-DCMAKE_BUILD_TYPE=Release"]
    for command in (
        ["cmake", "-S", str(source), "-B", str(build), *options],
        ["cmake", "--build", str(build), "--target", "instructions"],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    profile = work / "callgrind.out"
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", "--quiet",
         str(build / "instructions")],
        check=True,
        env={"EDGEACT_ISA": "avx2"},
    )  # fmt: skip
    listed = subprocess.run(
        ["callgrind_annotate", "--threshold=100", "--inclusive=yes", "--tree=caller", str(profile)],
        capture_output=True,
        text=True,
        check=True,
    )
    # A blank line, the callers with how often each called, the kernel with the sum over all calls:
    # that of exp is exp_grad's as well.
    found, calls = {}, 0
    for line in listed.stdout.splitlines():
        if caller := re.search(r" < .* \(([\d,]+)x\)", line):
            calls += _number(caller[1])
        elif kernel := re.match(r"\s*([\d,]+) .*\*.*:(\w+)_fast_kernel\b", line):
            found[kernel[2]] = _number(kernel[1]) / calls / COUNT
        elif not line.strip():
            calls = 0
    return found


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def main() -> int:
    if not shutil.which("valgrind"):
        print("valgrind is missing", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        found = counts(Path(folder))
    if "--check" not in sys.argv[1:]:
        lines = [f"{name} {count:.2f}\n" for name, count in sorted(found.items())]
        head = f"# Written by tools/pin_instructions.py: {compiler()}, AVX2, tier fast\n"
        PINS.write_text(head + "".join(lines), encoding="utf-8")
        return 0
    head, *lines = PINS.read_text(encoding="utf-8").splitlines()
    if compiler() not in head:
        print(f"tests/instructions.txt is of another compiler than {compiler()}: not compared")
        return 0
    pinned = {name: float(count) for name, count in map(str.split, lines)}
    if set(found) != set(pinned):
        odd = ", ".join(sorted(set(found) ^ set(pinned)))
        print(f"tests/instructions.txt and the kernels differ in {odd}", file=sys.stderr)
        return 1
    worse = [name for name in found if found[name] > pinned[name] * ALLOWED]
    for name in worse:
        more = f"{found[name]:.2f} instructions a value, {pinned[name]:.2f} pinned"
        print(f"{name}: {more}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
