"""Times quantized activations beside ONNX Runtime's QLinearSigmoid and numpy.take.

    python tools/bench_quantized.py [--size 1048576] [--rounds 101]
    EDGEACT_ISA=avx2 python tools/bench_quantized.py

One thread; the candidates take turns, each called twice and timed the second time; medians in ns an
element. The kernels of every isa that runs
here are called directly, the ufunc is that of the active isa. Needs onnxruntime.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnx import parser

import edgeact as ea
from edgeact import _registry
from edgeact._registry import ffi, lib

QDQ = """<ir_version: 8, opset_import: ["": 20, "com.microsoft": 1]>
g (int8[N] x) => (int8[N] y) <float s = {0.05}, int8 z = {0}, float t = {0.01}, int8 u = {-3}>"""
SIGMOID = "{ y = com.microsoft.QLinearSigmoid(x, s, z, t, u) }"
MISH = "{ a = DequantizeLinear(x, s, z) b = Mish(a) y = QuantizeLinear(b, t, u) }"


def kernel(isa: str, vbmi: bool, table: Any, x: Any, y: Any) -> Callable[[], object]:
    """A call of one isa's kernel on contiguous arrays."""
    code = lib.edgeact_lut_lookup(x.itemsize, _registry.find_isa(isa), vbmi)
    address = np.array([table.ctypes.data], np.uintp)
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in (x, address, y)])
    steps = ffi.new("ptrdiff_t[]", [x.itemsize, 0, y.itemsize])

    def call(held: object = address) -> None:
        code(args, steps, x.size)

    return call


def ort_call(body: str, x: Any) -> Callable[[], object]:
    """A call of ONNX Runtime with its output where it was the last time."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    model = parser.parse_model(QDQ + body)
    onnx.checker.check_model(model)
    session = ort.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
    binding = session.io_binding()
    binding.bind_cpu_input("x", x)
    binding.bind_ortvalue_output("y", ort.OrtValue.ortvalue_from_numpy(np.empty_like(x)))
    return partial(session.run_with_iobinding, binding)


def main() -> None:
    parser_ = argparse.ArgumentParser(description="quantized activations beside ONNX Runtime's")
    parser_.add_argument("--size", type=int, default=1 << 20, help="elements")
    parser_.add_argument("--rounds", type=int, default=101)
    args = parser_.parse_args()
    rng = np.random.default_rng(0)
    x = rng.integers(-128, 128, args.size).astype(np.int8)
    wide = rng.normal(0, 8000, args.size).astype(np.int16)
    y, wide_y = np.empty_like(x), np.empty_like(wide)
    table = ea.quantized("mish", (0.05, 0), (0.01, -3))
    lines = ea.quantized("mish", (2**-12, 0), (2**-12, 0), np.int16)
    channels = ea.quantized("mish", (np.linspace(0.01, 0.05, 64), 0), (0.01, -3), axis=1)
    images = x[: args.size // (64 * 784) * 64 * 784].reshape(-1, 64, 28, 28)
    images_y = np.empty_like(images)
    bits, unsigned = x.view(np.uint8), table.table.view(np.uint8)
    wanted: dict[str, Callable[[], object]] = {}
    for isa in _registry.isas():
        for vbmi in (False, True) if isa == "avx512" else (True,):
            name = f"{isa}{'' if isa != 'avx512' else ' with VBMI' if vbmi else ' without VBMI'}"
            wanted[f"int8, kernel, {name}"] = kernel(isa, vbmi, table._tables, x, y)
    active = ea.info()["isa"]
    wanted |= {
        f"int8, table(x, out=y), {active}": lambda: table(x, out=y),
        f"int8, 64 channels of 28 x 28, {active}": lambda: channels(images, out=images_y),
        "int8, numpy.take": lambda: np.take(unsigned, bits, out=y.view(np.uint8), mode="clip"),
        "int8, ONNX Runtime, QLinearSigmoid": ort_call(SIGMOID, x),
        "int8, ONNX Runtime, DequantizeLinear, Mish, QuantizeLinear": ort_call(MISH, x),
    }
    for isa in _registry.isas():
        wanted[f"int16, kernel, {isa}"] = kernel(isa, True, lines._tables, wide, wide_y)
    seconds: dict[str, list[float]] = {name: [] for name in wanted}
    for r in range(args.rounds + 2):  # two to warm up
        for name, call in wanted.items():
            if "Mish" in name and r % 10:
                continue  # it takes hundreds of times as long
            call()
            start = time.perf_counter()
            call()
            if r >= 2:
                seconds[name].append(time.perf_counter() - start)
    print(
        f"{args.size} elements, one thread, ONNX Runtime {ort.__version__}, NumPy {np.__version__}"
    )
    print("\n| candidate | ns an element |\n|---|---|")
    for name, held in seconds.items():
        size = images.size if "channels" in name else args.size
        print(f"| {name} | {statistics.median(held) / size * 1e9:.4f} |")


if __name__ == "__main__":
    main()
