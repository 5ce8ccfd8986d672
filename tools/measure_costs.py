"""Measure what every float32 kernel costs on every isa of this machine; write edgeact/costs.json.

    python tools/measure_costs.py

edgeact.pick chooses by it. Each kernel is timed in each of several rounds and keeps its best time;
isas that this machine lacks keep what the file has of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import edgeact
from edgeact import _pick

PATH = Path(__file__).resolve().parent.parent / "edgeact" / _pick.COSTS
ROUNDS = 3


def main() -> None:
    held = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}
    rows = [k for k in edgeact.kernels() if k.dtype == "float32"]
    best: dict[str, dict[str, dict[str, float]]] = {}
    for _ in range(ROUNDS):
        for k in rows:
            of = best.setdefault(k.isa, {}).setdefault(k.activation, {})
            of[_pick.label(k)] = min(round(_pick.cost(k), 4), of.get(_pick.label(k), 1e9))
    table = {
        "generator": "tools/measure_costs.py",
        "machine": held.get("machine", {}) | dict.fromkeys(best, edgeact.info()["cpu"]),
        "unit": "ns an element, 4096 float32 in the first-level cache",
        "ns": held.get("ns", {}) | best,
    }
    partial = PATH.with_suffix(".partial")
    partial.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    partial.replace(PATH)


if __name__ == "__main__":
    main()
