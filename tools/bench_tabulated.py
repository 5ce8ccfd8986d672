"""ns an element of tabulated functions by segments and degree, beside tier fast: one thread."""

import time

import numpy as np

import edgeact as ea
from edgeact._tabulate import fit
from edgeact._tabulate.table import MAX_DEGREE, Table

SIZE, ROUNDS = 1 << 20, 15
DOMAIN = (-8.0, 8.0)


def table(segments: int, degree: int) -> tuple[np.ufunc, float]:
    """tanh in this shape, whatever its error, and that error at the nodes."""
    grid = fit.grid(DOMAIN, segments, 0.0, True, False)
    assert grid is not None
    nodes = grid.nodes(DOMAIN)
    coefficients, error = fit.fit(grid, DOMAIN, np.tanh(nodes), degree, True)
    made = Table(grid, (-1.0, 0.0), (1.0, 0.0), coefficients)
    return made.ufunc("tanh", ""), float(error.max())


def main() -> None:
    """Best of interleaved rounds, all in cache or near it."""
    x = np.random.default_rng(0).normal(0, 2, SIZE).astype(np.float32)
    y = np.empty_like(x)
    runs = {name: (getattr(ea, name), 0.0) for name in ("tanh", "gelu", "mish")}
    if "tanh" in ea.activations("coarse"):
        runs |= {f"coarse.{name}": (getattr(ea.coarse, name), 0.0) for name in ("tanh", "gelu")}
    for segments in (8, 16, 32, 64, 1024):
        for degree in range(1, MAX_DEGREE + 1):
            runs[f"{segments} segments, degree {degree}"] = table(segments, degree)
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, (ufunc, _error) in runs.items():
            start = time.perf_counter()
            ufunc(x, out=y)
            best[name] = min(best[name], time.perf_counter() - start)
    print(f"isa {ea.info()['isa']}, {SIZE} elements, ns an element")
    for name, seconds in best.items():
        error = runs[name][1]
        print(f"{name:24} {seconds / SIZE * 1e9:7.3f}  {f'tanh to {error:.1e}' if error else ''}")


if __name__ == "__main__":
    main()
