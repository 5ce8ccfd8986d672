"""Times the ufuncs of tiers fast and exact beside their peers, in one process.

    python tools/bench_peers.py [--size 1048576] [--rounds 31] [--dtype float16]

One thread. The candidates of an activation take turns; times are medians in ns an element, ratios
medians of the rounds' ratios. Needs edgeact[onnx] for ONNX Runtime; SciPy and torch have a column
where they are installed; they are not timed in float16.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

import numpy as np
import onnxruntime as ort
from onnx import helper

import edgeact as ea

Array = np.ndarray
Call = Callable[[], object]

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
    "leaky_relu": ("LeakyRelu", 16, {"alpha": 0.01}),
    "thresholded_relu": ("ThresholdedRelu", 10, {}),
    "hardshrink": ("Shrink", 9, {"lambd": 0.5}),
    "softshrink": ("Shrink", 9, {"lambd": 0.5, "bias": 0.5}),
    "softsign": ("Softsign", 14, {}),
    "celu": ("Celu", 12, {}),
    "selu": ("Selu", 14, {}),
    "exp": ("Exp", 13, {}),
    "hardsigmoid": ("HardSigmoid", 14, {"alpha": 1 / 6}),
    "hardsigmoid_affine": ("HardSigmoid", 14, {}),
    "hardswish": ("HardSwish", 14, {}),
    "softmax": ("Softmax", 13, {"axis": -1}),
    "log_softmax": ("LogSoftmax", 13, {"axis": -1}),
}

# ONNX has these for float32 and float64 alone.
ONLY_FLOAT32 = ("celu",)


def ort_call(name: str, x: Array, y: Array) -> Call:
    """A call of ONNX Runtime's operator on fixed buffers."""
    operator, opset, attributes = OPERATORS[name]
    element = helper.np_dtype_to_tensor_dtype(x.dtype)
    shape = list(x.shape)
    graph = helper.make_graph(
        [helper.make_node(operator, ["x"], ["y"], **attributes)],
        name,
        [helper.make_tensor_value_info("x", element, shape)],
        [helper.make_tensor_value_info("y", element, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = min(model.ir_version, 10)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    binding = session.io_binding()
    binding.bind_input("x", "cpu", 0, x.dtype.type, shape, x.ctypes.data)
    binding.bind_output("y", "cpu", 0, x.dtype.type, shape, y.ctypes.data)
    return lambda: session.run_with_iobinding(binding)


def numpy_calls(x: Array, y: Array) -> dict[str, Call]:
    """As people write them in NumPy and SciPy, in float32."""
    one, half = np.float32(1), np.float32(0.5)
    slope, bend = np.float32(np.sqrt(2 / np.pi)), np.float32(0.044715)
    calls: dict[str, Call] = {
        "relu": lambda: np.maximum(x, 0, out=y),
        "tanh": lambda: np.tanh(x, out=y),
        "gelu_tanh": lambda: half * x * (one + np.tanh(slope * (x + bend * x * x * x))),
        "silu": lambda: x / (one + np.exp(-x)),
        "mish": lambda: x * np.tanh(np.logaddexp(x, 0)),
        "softplus": lambda: np.logaddexp(x, 0),
        "elu": lambda: np.where(x > 0, x, np.expm1(x)),
        "relu6": lambda: np.clip(x, 0, 6, out=y),
        "leaky_relu": lambda: np.where(x < 0, np.float32(0.01) * x, x),
        "hardtanh": lambda: np.clip(x, -1, 1, out=y),
        "softsign": lambda: x / (one + np.abs(x)),
        "logsigmoid": lambda: -np.logaddexp(-x, 0),
        "gelu_quick": lambda: x / (one + np.exp(np.float32(-1.702) * x)),
        "swish": lambda: x / (one + np.exp(-x)),
        "celu": lambda: np.where(x > 0, x, np.expm1(x)),
        "exp": lambda: np.exp(x, out=y),
        "expm1": lambda: np.expm1(x, out=y),
        "log1p": lambda: np.log1p(x, out=y),
        "tanhshrink": lambda: x - np.tanh(x),
        "hardsigmoid": lambda: np.clip(x / 6 + half, 0, 1),
        "hardswish": lambda: x * np.clip(x / 6 + half, 0, 1),
    }
    if find_spec("scipy"):
        from scipy import special

        root_half = np.float32(np.sqrt(0.5))
        calls["sigmoid"] = lambda: special.expit(x, out=y)
        calls["erf"] = lambda: special.erf(x, out=y)
        calls["gelu"] = lambda: half * x * (one + special.erf(x * root_half))
    return calls


def torch_calls(x: Array) -> dict[str, Call]:
    """PyTorch's own functions."""
    import torch
    import torch.nn.functional as f

    torch.set_num_threads(1)
    t = torch.from_numpy(x)
    functions: dict[str, Callable[[], object]] = {
        "relu": lambda: f.relu(t),
        "sigmoid": lambda: torch.sigmoid(t),
        "tanh": lambda: torch.tanh(t),
        "erf": lambda: torch.erf(t),
        "gelu": lambda: f.gelu(t),
        "gelu_tanh": lambda: f.gelu(t, approximate="tanh"),
        "silu": lambda: f.silu(t),
        "mish": lambda: f.mish(t),
        "softplus": lambda: f.softplus(t),
        "elu": lambda: f.elu(t),
        "relu6": lambda: f.relu6(t),
        "leaky_relu": lambda: f.leaky_relu(t),
        "thresholded_relu": lambda: f.threshold(t, 1, 0),
        "hardtanh": lambda: f.hardtanh(t),
        "hardshrink": lambda: f.hardshrink(t),
        "softshrink": lambda: f.softshrink(t),
        "softsign": lambda: f.softsign(t),
        "logsigmoid": lambda: f.logsigmoid(t),
        "celu": lambda: f.celu(t),
        "selu": lambda: f.selu(t),
        "exp": lambda: torch.exp(t),
        "expm1": lambda: torch.expm1(t),
        "log1p": lambda: torch.log1p(t),
        "tanhshrink": lambda: f.tanhshrink(t),
        "softplus_beta": lambda: f.softplus(t),
        "hardsigmoid": lambda: f.hardsigmoid(t),
        "hardswish": lambda: f.hardswish(t),
    }

    def without_gradient(function: Callable[[], object]) -> Call:
        def call() -> object:
            with torch.inference_mode():
                return function()

        return call

    return {name: without_gradient(function) for name, function in functions.items()}


def interleaved(calls: dict[str, Call], rounds: int) -> dict[str, list[float]]:
    """Seconds of each call in each round; two rounds to warm up are not counted."""
    seconds: dict[str, list[float]] = {key: [] for key in calls}
    for r in range(rounds + 2):
        for key, call in calls.items():
            start = time.perf_counter()
            call()
            if r >= 2:
                seconds[key].append(time.perf_counter() - start)
    return seconds


def ratio(seconds: dict[str, list[float]], a: str, b: str) -> str:
    """Median and quartiles of the rounds' ratios."""
    ratios = [p / q for p, q in zip(seconds[a], seconds[b], strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return f"{middle:.2f} ({low:.2f}-{high:.2f})"


def bench_rows(size: int, rounds: int) -> None:
    """The row-wise functions along the last axis, for rows of several lengths."""
    print(
        "\n| rows of | ours, ns | ORT, ns | SciPy, ns | torch, ns | ours / ORT |\n"
        + "|---" * 6
        + "|"
    )
    for name in ea.rowwise():
        for n in (64, 1024, 32768):
            x = np.random.default_rng(2).normal(0, 3, (size // n, n)).astype(np.float32)
            y, z = np.empty_like(x), np.empty_like(x)
            calls: dict[str, Call] = {
                "ours": partial(getattr(ea, name), x, out=y),
                "ORT": ort_call(name, x, z),
            }
            if find_spec("scipy"):
                from scipy import special

                calls["SciPy"] = partial(getattr(special, name), x, axis=-1)
            if find_spec("torch"):
                import torch

                calls["torch"] = partial(getattr(torch, name), torch.from_numpy(x), dim=-1)
            seconds = interleaved(calls, rounds)
            cells = [
                f"{statistics.median(seconds[k]) / x.size * 1e9:.3f}" if k in calls else "-"
                for k in ("ours", "ORT", "SciPy", "torch")
            ]
            print(f"| {name}, {n} | " + " | ".join(cells), f"| {ratio(seconds, 'ours', 'ORT')} |")


def main() -> None:
    parser = argparse.ArgumentParser(description="edgeact beside its peers")
    parser.add_argument("--size", type=int, default=1 << 20, help="values")
    parser.add_argument("--dtype", choices=("float32", "float16"), default="float32")
    parser.add_argument("--rounds", type=int, default=31)
    args = parser.parse_args()
    x = np.random.default_rng(0).normal(0, 3, args.size).astype(args.dtype)
    y, z = np.empty_like(x), np.empty_like(x)
    peers = {"NumPy/SciPy": numpy_calls(x, z)} if args.dtype == "float32" else {}
    if peers and find_spec("torch"):
        peers["torch"] = torch_calls(x)
    print(f"isa {ea.info()['isa']}, ONNX Runtime {ort.__version__}, ", end="")
    print(f"{args.size} {args.dtype}, one thread\n")
    columns = ["fast, ns", "exact, ns", "ORT, ns", *(f"{peer}, ns" for peer in peers)]
    print("| activation |", " | ".join([*columns, "fast / ORT", "exact / fast"]), "|")
    print("|---" * (len(columns) + 3) + "|")
    with np.errstate(all="ignore"):  # NumPy's forms overflow
        for name in ea.activations("exact"):
            inputs = [x, *ea.spec(name).params.values()]
            if None in inputs[1:]:  # prelu is leaky_relu
                continue
            calls: dict[str, Call] = {
                "fast": partial(getattr(ea, name), *inputs, y),
                "exact": partial(getattr(ea.exact, name), *inputs, y),
            }
            if name in OPERATORS and (args.dtype == "float32" or name not in ONLY_FLOAT32):
                calls["ORT"] = ort_call(name, x, z)
            calls |= {peer: held[name] for peer, held in peers.items() if name in held}
            seconds = interleaved(calls, args.rounds)
            cells = [
                f"{statistics.median(seconds[k]) / args.size * 1e9:.3f}" if k in calls else "-"
                for k in ("fast", "exact", "ORT", *peers)
            ]
            cells.append(ratio(seconds, "fast", "ORT") if "ORT" in calls else "-")
            cells.append(ratio(seconds, "exact", "fast"))
            print(f"| {name} | " + " | ".join(cells) + " |")
    gate, up = np.random.default_rng(1).normal(0, 3, (2, 1 << 24)).astype(np.float32)
    out = np.empty_like(gate)
    print()
    for name, of_gate in (("swiglu", ea.silu), ("geglu", ea.gelu), ("geglu_tanh", ea.gelu_tanh)):
        calls = {
            "one": partial(getattr(ea, name), gate, up, out),
            "two": lambda f=of_gate: np.multiply(f(gate, out), up, out),  # type: ignore[misc]
        }
        seconds = interleaved(calls, args.rounds)
        print(f"{name} of 2^24, two passes / one: {ratio(seconds, 'two', 'one')}")
    bench_rows(args.size, args.rounds)
    small = x[:16].copy()
    calls = {
        "ours": lambda: [ea.tanh(small) for _ in range(1000)],
        "numpy": lambda: [np.tanh(small) for _ in range(1000)],
    }
    seconds = interleaved(calls, args.rounds)
    ours, theirs = (statistics.median(seconds[k]) * 1e6 for k in ("ours", "numpy"))
    print(f"\ntanh of 16 floats, a call: ours {ours:.0f} ns, np.tanh {theirs:.0f} ns")


if __name__ == "__main__":
    main()
