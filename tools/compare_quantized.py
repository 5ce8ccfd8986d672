"""Counts where float32 arithmetic between DequantizeLinear and QuantizeLinear gives another byte.

    python tools/compare_quantized.py [--tables 300]

ONNX's operators compute scale * (q - zero_point) and the quotient in float32. Between them stands
the activation in tier exact, correctly rounded: what is counted is due to these three roundings
alone. Scales are random, or powers of two, whose values often lie on a tie.
"""

from __future__ import annotations

import argparse

import numpy as np
import numpy.typing as npt

import edgeact as ea

NAMES = ("relu", "sigmoid", "tanh", "gelu", "silu", "mish", "softplus", "elu", "hardswish")


def by_float32(name: str, pair: tuple[float, int], out: tuple[float, int]) -> npt.NDArray[np.int8]:
    """As ONNX's operators have it."""
    q = np.arange(256, dtype=np.uint8).view(np.int8)
    x = (q.astype(np.int32) - pair[1]).astype(np.float32) * np.float32(pair[0])
    y = np.rint(ea.apply(name, x, tier="exact") / np.float32(out[0])) + out[1]
    return np.clip(y, -128, 127).astype(np.int8)


def main() -> None:
    parser = argparse.ArgumentParser(description="float32 between DequantizeLinear, QuantizeLinear")
    parser.add_argument("--tables", type=int, default=300, help="for each activation")
    tables = parser.parse_args().tables
    rng = np.random.default_rng(0)
    print("| activation | random scales: differ, of | powers of two: differ, of | largest |")
    print("|---|---|---|---|")
    for name in NAMES:
        counts, largest = [], 0
        for whole in (False, True):
            count = 0
            for _ in range(tables):
                exponents = rng.uniform(-8, 0, 2)
                scales = 2.0 ** (np.rint(exponents) if whole else exponents)
                zeros = rng.integers(-128, 128, 2)
                pair, out = ((float(s), int(z)) for s, z in zip(scales, zeros, strict=True))
                exact = ea.quantized(name, pair, out).table.astype(int)
                distance = np.abs(exact - by_float32(name, pair, out))
                count += int(np.count_nonzero(distance))
                largest = max(largest, int(distance.max()))
            counts.append(count)
        total = 256 * tables
        print(f"| {name} | {counts[0]}, {total} | {counts[1]}, {total} | {largest} |")


if __name__ == "__main__":
    main()
