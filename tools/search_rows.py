"""Searches for the largest errors of the row-wise functions, on every isa that runs here.

    python tools/search_rows.py [--elements 10000000] [--seed 20481]

Random rows of many lengths and scales; and rows of few values many times over, chosen for the
errors of their powers: that is where a sum's error adds up with a value's own. NumPy's long double
is the truth, MPFR that of the worst rows. What flows back has random dy; the error that edgeact.h
allows beside the ULP does not count. Exit status 1: a bound broke.
"""

from __future__ import annotations

import argparse
import sys

import ml_dtypes
import numpy as np

import edgeact as ea
from edgeact import _registry, reference

Array = np.ndarray
SEED = 20481
DTYPES = (np.float32, np.float64, np.float16, ml_dtypes.bfloat16)


def truth(name: str, x: Array) -> Array:
    """Row by row in long double, one maximum taken out of the sum."""
    d = x.astype(np.longdouble) - x.max(axis=-1, keepdims=True)
    powers = np.exp(d)
    first = np.expand_dims(powers.argmax(axis=-1), -1)
    rest = powers.copy()
    np.put_along_axis(rest, first, 0, axis=-1)
    sums = rest.sum(axis=-1, keepdims=True)
    return powers / (1 + sums) if name == "softmax" else d - np.log1p(sums)


def ulps(true: Array, y: Array) -> Array:
    """An ULP of the truth in y's dtype."""
    info = ml_dtypes.finfo(y.dtype)
    exponent = np.maximum(np.frexp(true)[1] - info.nmant - 1, info.minexp - info.nmant)
    return np.ldexp(np.longdouble(1), exponent)


def errors(y: Array, true: Array) -> Array:
    """In ULP of the truth."""
    with np.errstate(all="ignore"):
        error = np.abs(y.astype(np.longdouble) - true) / ulps(true, y)
    return np.where(y.astype(np.longdouble) == true, 0, error)


def backward(name: str, dy: Array, y: Array) -> tuple[Array, Array]:
    """What flows back, in long double, and the error of floats allowed beside that in ULP."""
    from_sum = 2.0**-58 * (y.shape[-1] + 256)
    from_power = 2.0**-23
    u, v = dy.astype(np.longdouble), y.astype(np.longdouble)
    terms = u * v if name == "softmax" else u
    total, size = terms.sum(-1, keepdims=True), np.abs(terms).sum(-1, keepdims=True)
    if name == "softmax":
        return v * (u - total), from_sum * np.abs(v) * size
    power, rest = np.exp(v), np.abs(np.expm1(v))
    allowed = from_sum * power * size + from_power * np.minimum(power, rest) * np.abs(total)
    near = (u - total) - np.expm1(v) * total
    return np.where(v > -1, near, u - power * total), allowed


def random_rows(rng: np.random.Generator, elements: int) -> Array:
    n = int(2 ** rng.uniform(1, 13))
    shape = (max(1, elements // n), n)
    scale = float(rng.choice([1e-3, 1, 3, 10, 30, 100]))
    x = rng.uniform(-scale, scale, shape) if rng.random() < 0.5 else rng.normal(0, scale, shape)
    if rng.random() < 0.3:
        x[:, rng.integers(n)] += rng.uniform(0, 100)
    if rng.random() < 0.3:
        x += rng.choice([-1, 1]) * 2 ** rng.uniform(0, 20)
    return x


def tied_rows(rng: np.random.Generator, elements: int, hardest: Array) -> Array:
    """Each a value, and another one many times; scaled apart by a multiple of ln 2 or so."""
    n = int(2 ** rng.uniform(1, 6))
    rows = max(1, elements // n)
    x = np.repeat(rng.choice(hardest, (rows, 1)), n, axis=1)
    x[:, :1] = rng.choice(hardest, (rows, 1))
    return x


def hardest_values(name: str, isa: str, dtype: type, rng: np.random.Generator) -> Array:
    """Values whose powers, as rows of two with 0 show them, are farthest off on either side."""
    x = rng.uniform(-20, 20, 400_000).astype(dtype)
    pairs = np.stack([x, np.zeros_like(x)], axis=1)
    y = _registry.run_rows("softmax", isa, pairs).astype(np.longdouble)
    with np.errstate(all="ignore"):
        off = y[:, 0] / y[:, 1] / np.exp(x.astype(np.longdouble)) - 1
    order = np.argsort(off)
    return np.concatenate([x[order[:200]], x[order[-200:]]])


def random_dy(rng: np.random.Generator, x: Array) -> Array:
    """Of one label a row, or of any value."""
    if rng.random() < 0.3:
        return np.where(np.arange(x.shape[-1]) == rng.integers(x.shape[-1]), -1, 0) + 0 * x
    dy = rng.normal(float(rng.choice([0, 1])), 1, x.shape)
    return dy * float(rng.choice([1e-3, 1, 100]))


def search_backward(name: str, dtype: type, rng: np.random.Generator, elements: int) -> bool:
    """Whether a bound broke."""
    worst: dict[str, tuple[float, Array, Array, int]] = {}
    done = 0
    while done < elements:
        x = np.clip(random_rows(rng, 100_000), -6e4, 6e4)
        with np.errstate(over="ignore"):
            y = getattr(ea, name)(x.astype(dtype))
        dy = random_dy(rng, x).astype(dtype)
        true, allowed = backward(name, dy, y)
        done += x.size
        for isa in _registry.isas():
            dx = _registry.run_rows(name, isa, dy, y)
            error = np.maximum(np.abs(dx - true) - allowed, 0) / ulps(true, dx)
            error[np.abs(true) >= float(ml_dtypes.finfo(dtype).max)] = 0  # or infinite
            row, i = np.unravel_index(error.argmax(), error.shape)
            if isa not in worst or error[row, i] > worst[isa][0]:
                worst[isa] = float(error[row, i]), dy[row].copy(), y[row].copy(), int(i)
    broken = False
    for isa, (_, dy, y, i) in worst.items():
        dx = _registry.run_rows(name, isa, dy[None], y[None])[0, i]
        exact = reference.exact_row_backward(name, dy.tolist(), y.tolist())[i]
        allowed = float(backward(name, dy[None], y[None])[1][0, i])
        ulp = reference.ulp_error(float(dx), exact, np.dtype(dtype).name, allowed)
        print(
            f"backward.{name} {np.dtype(dtype).name} {isa}: {ulp:.3f} ULP (bound 0.51) beside what "
            f"is allowed, {done:,} values; value {i} of {y.size}"
        )
        broken |= ulp > 0.51
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description="worst errors of the row-wise functions")
    parser.add_argument("--elements", type=int, default=10_000_000, help="a function and dtype")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    broken = 0
    for name in ea.rowwise():
        for dtype in DTYPES:
            rng = np.random.default_rng([args.seed, *name.encode()])
            isas = _registry.isas() if dtype is not np.float64 else _registry.isas()[-1:]
            hardest = hardest_values(name, isas[-1], dtype, rng)
            worst: dict[str, tuple[float, Array, int]] = {}
            done = 0
            while done < args.elements:
                x = (
                    random_rows(rng, 100_000)
                    if rng.random() < 0.5
                    else tied_rows(rng, 100_000, hardest)
                )
                x = np.clip(x, -6e4, 6e4).astype(dtype) if dtype is np.float16 else x.astype(dtype)
                true = truth(name, x)
                done += x.size
                for isa in isas:
                    error = errors(_registry.run_rows(name, isa, x), true)
                    row, i = np.unravel_index(error.argmax(), error.shape)
                    if isa not in worst or error[row, i] > worst[isa][0]:
                        worst[isa] = float(error[row, i]), x[row].copy(), int(i)
            bound = ea.spec(name).bounds["fast", np.dtype(dtype).name].ulp
            for isa, (_, x, i) in worst.items():
                y = _registry.run_rows(name, isa, x[None])[0, i]
                exact = reference.exact_row(name, x.tolist())[i]
                ulp = reference.ulp_error(float(y), exact, np.dtype(dtype).name)
                print(
                    f"{name} {np.dtype(dtype).name} {isa}: {ulp:.3f} ULP (bound {bound:g}), "
                    f"{done:,} values; value {i} of {x.size}"
                )
                broken += ulp > bound
            if dtype is not np.float64:  # where long double has too few bits for the sums
                broken += search_backward(name, dtype, rng, args.elements // 4)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
