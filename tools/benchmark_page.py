"""Run the benchmark and write benchmarks/: the numbers as JSON, a page, and the README's table.

    python tools/benchmark_page.py            # measure, some minutes on an idle machine
    python tools/benchmark_page.py avx2 large # these runs alone
    python tools/benchmark_page.py --page     # the page alone, from the JSON that is there
    python tools/benchmark_page.py --check    # exit status 1 where the page is not that

Needs edgeact[bench], and PyTorch to be beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from edgeact import bench

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
# file: (title, isa, options of edgeact bench)
RUNS: dict[str, tuple[str, str, list[str]]] = {
    "one_thread": (
        "One thread, the best instruction set",
        "",
        [f"--size={size}" for size in (16, 2**10, 2**16, 2**20)],
    ),
    "avx2": ("One thread, AVX2", "avx2", [f"--size={2**20}"]),
    "float16": ("float16, one thread", "", ["--dtype=float16", f"--size={2**20}"]),
    "derivatives": (
        "Derivatives, one thread",
        "",
        [*bench.derivatives(), "--no-peers", f"--size={2**20}"],
    ),
    "large": (
        "One thread, beyond the caches",
        "",
        ["relu", "sigmoid", "tanh", "erf", "gelu", "gelu_tanh", "silu", "mish", "softplus", "elu",
         "hardswish", "reglu", "swiglu", "geglu", "geglu_tanh", f"--size={2**24}", "--rounds=7"],
    ),
    "all_threads": (
        "All threads",
        "",
        ["relu", "sigmoid", "tanh", "gelu", "silu", "mish", "softplus", "elu",
         "--threads=all", f"--size={2**24}", "--rounds=7"],
    ),
}  # fmt: skip
README = FOLDER.parent / "README.md"
BEGIN = "<!-- speed: written by tools/benchmark_page.py -->\n"
END = "<!-- end of speed -->\n"
OURS = ("fast", "exact", "coarse")
NOT_PACKAGES = ("CPU", "processors", "instruction set", "system", "compiler", "date")


def measure() -> None:
    asked = [argument for argument in sys.argv[1:] if argument in RUNS]
    for name in asked or RUNS:
        _, isa, options = RUNS[name]
        environment = dict(os.environ) | ({"EDGEACT_ISA": isa} if isa else {})
        command = [sys.executable, "-c", "from edgeact.cli import main; main()", "bench", "--json"]
        run = subprocess.run(
            [*command, *options], env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        json.loads(run.stdout)
        partial = FOLDER / f"{name}.json.partial"
        partial.write_text(run.stdout, encoding="utf-8")
        partial.replace(FOLDER / f"{name}.json")


def page() -> str:
    parts = [
        "# Benchmarks\n",
        "Written by `python tools/benchmark_page.py` from the JSON beside it, which is what "
        "`edgeact bench --json`\nprints. Candidates take turns in one process, on the same normal "
        "input of standard deviation 3, and those\nthat take an output write to the same (in the "
        "run of AVX2, which is older, each to its own); ns a value are\nmedians. The last column "
        "is the fastest peer's time over that of tier fast, the median of the rounds' ratios,\n"
        "with their quartiles: above 1 edgeact is faster. Errors are the largest in ULP over "
        "inputs of every exponent,\nfor the peers the best of them; the JSON has every "
        "candidate's. \"two passes\" is edgeact's own ufunc and a\nproduct, not a peer.\n",
    ]
    for name, (title, _, _) in RUNS.items():
        path = FOLDER / f"{name}.json"
        if path.exists():
            parts.append(section(title, json.loads(path.read_text(encoding="utf-8"))))
    return "\n".join(parts)


def readme() -> str:
    """The README with the table of 2^20 values in it."""
    held = json.loads((FOLDER / "one_thread.json").read_text(encoding="utf-8"))
    rows = table([group for group in held["groups"] if group["size"] == 2**20])
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{rows}{END}{after}"


def section(title: str, held: dict[str, Any]) -> str:
    machine = held["machine"]
    packages = ", ".join(f"{k} {v}" for k, v in machine.items() if k not in NOT_PACKAGES)
    lines = [
        f"## {title}\n",
        f"{machine['CPU']}, {machine['processors']} processors, {machine['instruction set']}, "
        f"{machine['compiler']},\n{machine['system']}, {machine['date']}; {held['threads']} "
        f"thread(s), {held['dtype']}.\n{packages}.\n",
    ]
    for size in sorted({group["size"] for group in held["groups"]}):
        lines.append(f"### {size:,} values\n")
        lines.append(table([group for group in held["groups"] if group["size"] == size]))
    return "\n".join(lines)


def table(groups: list[dict[str, Any]]) -> str:
    heads = ("activation", *OURS, "copy", "best peer", "its ns", "its error", "error of fast")
    lines = [f"| {' | '.join(heads)} | best peer / fast |", "|---" * 10 + "|", *map(row, groups)]
    return "\n".join(lines) + "\n"


def row(group: dict[str, Any]) -> str:
    cells = {cell["label"]: cell for cell in group["cells"]}
    ns = [f"{cells[k]['ns']:.3f}" if k in cells else "-" for k in (*OURS, "copy")]
    best = cells.get(group["best_peer"])
    peer = ["-", "-", "-"] if best is None else [best["label"], f"{best['ns']:.3f}", error(best)]
    ratio = "-"
    if best is not None:
        low, high = group["ratio_low"], group["ratio_high"]
        ratio = f"{group['ratio']:.2f} ({low:.2f}-{high:.2f})"
    parts = [group["activation"], *ns, *peer, error(cells["fast"]), ratio]
    return "| " + " | ".join(parts) + " |"


def error(cell: dict[str, Any]) -> str:
    """JSON has "inf" for what is not finite."""
    if cell["ulp"] is None:
        return "-"
    return "not finite" if isinstance(cell["ulp"], str) else f"{cell['ulp']:.3g}"


def main() -> int:
    target = FOLDER / "README.md"
    if "--check" in sys.argv[1:]:
        stale = [
            path.relative_to(README.parent)
            for path, text in ((target, page()), (README, readme()))
            if path.read_text(encoding="utf-8") != text
        ]
        for path in stale:
            print(f"{path} is not what tools/benchmark_page.py makes", file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    if "--page" not in sys.argv[1:]:
        measure()
    target.write_text(page(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
