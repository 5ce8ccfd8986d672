"""Times the float32 ufuncs beside ONNX Runtime's own operators and NumPy, in one process.

    python tools/bench_peers.py [--size 1048576] [--rounds 31]

One thread. The candidates of an activation take turns; each column is the median of its rounds, and
a ratio is ours over the peer's: below 1 we are faster. Needs edgeact[onnx].
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import onnxruntime as ort
from onnx import TensorProto, helper

import edgeact as ea

# activation: (operator, opset, attributes), as ONNX Runtime has it
OPERATORS: dict[str, tuple[str, int, dict[str, object]]] = {
    "relu": ("Relu", 14, {}),
    "sigmoid": ("Sigmoid", 14, {}),
    "tanh": ("Tanh", 14, {}),
    "erf": ("Erf", 14, {}),
    "gelu": ("Gelu", 20, {}),
    "gelu_tanh": ("Gelu", 20, {"approximate": "tanh"}),
    "silu": ("Swish", 24, {}),
    "mish": ("Mish", 18, {}),
    "softplus": ("Softplus", 14, {}),
    "elu": ("Elu", 14, {}),
    "hardsigmoid": ("HardSigmoid", 14, {"alpha": 1 / 6}),
    "hardswish": ("HardSwish", 14, {}),
}


def ort_call(name: str, x: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    """A call of ONNX Runtime's operator on fixed buffers."""
    operator, opset, attributes = OPERATORS[name]
    shape = list(x.shape)
    graph = helper.make_graph(
        [helper.make_node(operator, ["x"], ["y"], **attributes)],
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = min(model.ir_version, 10)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(
        model.SerializeToString(),
        options,
        providers=["CPUExecutionProvider"],
    )
    binding = session.io_binding()
    binding.bind_input("x", "cpu", 0, np.float32, shape, x.ctypes.data)
    binding.bind_output("y", "cpu", 0, np.float32, shape, y.ctypes.data)
    return lambda: session.run_with_iobinding(binding)


def interleaved(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each call in each round; two rounds to warm up are not counted."""
    seconds: dict[str, list[float]] = {key: [] for key in calls}
    for r in range(rounds + 2):
        for key, call in calls.items():
            start = time.perf_counter()
            call()
            if r >= 2:
                seconds[key].append(time.perf_counter() - start)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="edgeact beside ONNX Runtime and NumPy")
    parser.add_argument("--size", type=int, default=1 << 20, help="float32 values")
    parser.add_argument("--rounds", type=int, default=31)
    args = parser.parse_args()
    print(f"isa {ea.info()['isa']}, onnxruntime {ort.__version__}, {args.size} float32, one thread")
    print(f"{'activation':12} {'ours ns':>8} {'ORT ns':>8} {'ratio':>6} {'quartiles':>13}")
    x = np.random.default_rng(0).normal(0, 3, args.size).astype(np.float32)
    y, z = np.empty_like(x), np.empty_like(x)
    for name in OPERATORS:
        ufunc = getattr(ea, name)
        calls = {"ours": lambda f=ufunc: f(x, y), "ort": ort_call(name, x, z)}
        seconds = interleaved(calls, args.rounds)
        ratios = [a / b for a, b in zip(seconds["ours"], seconds["ort"], strict=True)]
        low, _, high = statistics.quantiles(ratios, n=4)
        ours, theirs = (statistics.median(seconds[k]) / args.size * 1e9 for k in ("ours", "ort"))
        ratio = statistics.median(ratios)
        print(f"{name:12} {ours:8.3f} {theirs:8.3f} {ratio:6.2f} {low:6.2f}-{high:.2f}")
    small = x[:16].copy()
    calls = {
        "ours": lambda: [ea.tanh(small) for _ in range(1000)],
        "numpy": lambda: [np.tanh(small) for _ in range(1000)],
    }
    seconds = interleaved(calls, args.rounds)
    ours, theirs = (statistics.median(seconds[k]) * 1e6 for k in ("ours", "numpy"))
    print(f"tanh of 16 floats, a call: ours {ours:.0f} ns, np.tanh {theirs:.0f} ns")


if __name__ == "__main__":
    main()
