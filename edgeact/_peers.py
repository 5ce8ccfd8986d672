"""What else computes an activation on this machine, called as its users call it.

Each peer makes, for an activation, a maker of calls: given x and an array to write to, what it
gives is called again and again. A call gives its result, or None where it wrote it to that array.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Call = Callable[[], Any]
Make = Callable[[Array, Array], Call]

# What is set before they are imported: XLA takes no number of threads afterwards.
_XLA = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

_PACKAGES = ("scipy", "onnxruntime", "torch", "openvino", "jax", "numexpr", "numba")


def versions() -> dict[str, str]:
    """The installed packages of the peers."""
    return {
        package: metadata.version(package)
        for package in ("numpy", *_PACKAGES)
        if find_spec(package)
    }


def peers(name: str, threads: int = 1, dtype: str = "float32") -> dict[str, Make]:
    """Every installed peer's ways to compute an activation at its default parameters.

    Args:
        threads: how many each may use.
        dtype: what is not float32, only ONNX Runtime is asked for.
    """
    found: dict[str, Make] = {}
    if dtype == "float32":
        found |= _numpy(name)
    has_dtype = dtype == "float32" or name not in _FLOAT32_ALONE
    if has_dtype and find_spec("onnxruntime") and find_spec("onnx"):
        found |= _onnxruntime(name, threads)
    if dtype != "float32":
        return found
    for package, peer in (
        ("torch", _torch),
        ("openvino", _openvino),
        ("jax", _jax),
        ("numexpr", _numexpr),
        ("numba", _numba),
    ):
        if find_spec(package):
            found |= peer(name, threads)
    return found


def _into(function: Callable[..., Any]) -> Make:
    """A NumPy ufunc, or what takes out as one does."""
    return lambda x, out: partial(function, x, out=out)


def _of(function: Callable[[Array], Any]) -> Make:
    return lambda x, out: partial(function, x)


def _numpy(name: str) -> dict[str, Make]:
    """As people write them in NumPy and SciPy, in float32."""
    one, half, three = np.float32(1), np.float32(0.5), np.float32(3)
    slope, bend = np.float32(np.sqrt(2 / np.pi)), np.float32(0.044715)
    sixth = np.float32(1 / 6)
    makes: dict[str, Make] = {
        "relu": lambda x, out: partial(np.maximum, x, 0, out=out),
        "relu6": lambda x, out: partial(np.clip, x, 0, 6, out=out),
        "hardtanh": lambda x, out: partial(np.clip, x, -1, 1, out=out),
        "leaky_relu": _of(lambda x: np.where(x < 0, np.float32(0.01) * x, x)),
        "squared_relu": _of(lambda x: np.square(np.maximum(x, 0))),
        "tanh": _into(np.tanh),
        "exp": _into(np.exp),
        "expm1": _into(np.expm1),
        "log1p": _into(np.log1p),
        "gelu_tanh": _of(lambda x: half * x * (one + np.tanh(slope * (x + bend * x * x * x)))),
        "gelu_quick": _of(lambda x: x / (one + np.exp(np.float32(-1.702) * x))),
        "silu": _of(lambda x: x / (one + np.exp(-x))),
        "swish": _of(lambda x: x / (one + np.exp(-x))),
        "mish": _of(lambda x: x * np.tanh(np.logaddexp(x, 0))),
        "softplus": _of(lambda x: np.logaddexp(x, 0)),
        "logsigmoid": _of(lambda x: -np.logaddexp(-x, 0)),
        "softsign": _of(lambda x: x / (one + np.abs(x))),
        "elu": _of(lambda x: np.where(x > 0, x, np.expm1(x))),
        "celu": _of(lambda x: np.where(x > 0, x, np.expm1(x))),
        "tanhshrink": _of(lambda x: x - np.tanh(x)),
        "hardsigmoid": _of(lambda x: np.clip((x + three) * sixth, 0, 1)),
        "hardswish": _of(lambda x: x * np.clip((x + three) * sixth, 0, 1)),
    }
    if find_spec("scipy"):
        special = import_module("scipy.special")
        root_half = np.float32(np.sqrt(0.5))
        makes["sigmoid"] = _into(special.expit)
        makes["erf"] = _into(special.erf)
        makes["gelu"] = _of(lambda x: half * x * (one + special.erf(x * root_half)))
        makes["softmax"] = _of(partial(special.softmax, axis=-1))
        makes["log_softmax"] = _of(partial(special.log_softmax, axis=-1))
    return {"NumPy/SciPy": makes[name]} if name in makes else {}


# activation: (operator, opset, attributes), as ONNX has it
_OPERATORS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "relu": ("Relu", 14, {}),
    "leaky_relu": ("LeakyRelu", 16, {"alpha": 0.01}),
    "thresholded_relu": ("ThresholdedRelu", 10, {}),
    "hardshrink": ("Shrink", 9, {"lambd": 0.5}),
    "softshrink": ("Shrink", 9, {"lambd": 0.5, "bias": 0.5}),
    "sigmoid": ("Sigmoid", 14, {}),
    "tanh": ("Tanh", 14, {}),
    "erf": ("Erf", 14, {}),
    "gelu": ("Gelu", 20, {}),
    "gelu_tanh": ("Gelu", 20, {"approximate": "tanh"}),
    "silu": ("Swish", 24, {}),
    "mish": ("Mish", 18, {}),
    "softplus": ("Softplus", 14, {}),
    "softsign": ("Softsign", 14, {}),
    "elu": ("Elu", 14, {}),
    "celu": ("Celu", 12, {}),
    "selu": ("Selu", 14, {}),
    "exp": ("Exp", 13, {}),
    "hardsigmoid": ("HardSigmoid", 14, {"alpha": 1 / 6}),
    "hardsigmoid_affine": ("HardSigmoid", 14, {}),
    "hardswish": ("HardSwish", 14, {}),
    "softmax": ("Softmax", 13, {"axis": -1}),
    "log_softmax": ("LogSoftmax", 13, {"axis": -1}),
}
# What it fuses x * sigmoid(alpha x) to.
_QUICK_GELU = {"silu": 1.0, "gelu_quick": 1.702}
_FLOAT32_ALONE = ("celu",)


def _onnxruntime(name: str, threads: int) -> dict[str, Make]:
    found: dict[str, Make] = {}
    if name in _OPERATORS:
        operator, opset, attributes = _OPERATORS[name]
        found["ONNX Runtime"] = partial(_session, operator, "", opset, attributes, threads)
    if name in _QUICK_GELU:
        attributes = {"alpha": _QUICK_GELU[name]}
        make = partial(_session, "QuickGelu", "com.microsoft", 1, attributes, threads)
        found["ONNX Runtime, QuickGelu"] = make
    return found


def _session(
    operator: str,
    domain: str,
    opset: int,
    attributes: Mapping[str, Any],
    threads: int,
    x: Array,
    out: Array,
) -> Call:
    """One operator on fixed buffers."""
    ort, onnx = import_module("onnxruntime"), import_module("onnx")
    helper = onnx.helper
    element, shape = helper.np_dtype_to_tensor_dtype(x.dtype), list(x.shape)
    graph = helper.make_graph(
        [helper.make_node(operator, ["x"], ["y"], domain=domain, **attributes)],
        operator,
        [helper.make_tensor_value_info("x", element, shape)],
        [helper.make_tensor_value_info("y", element, shape)],
    )
    imports = [helper.make_opsetid(domain, opset)]
    if domain:
        imports.append(helper.make_opsetid("", 14))
    model = helper.make_model(graph, opset_imports=imports)
    model.ir_version = min(model.ir_version, 10)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 4
    providers = ["CPUExecutionProvider"]
    session = ort.InferenceSession(model.SerializeToString(), options, providers=providers)
    binding = session.io_binding()
    binding.bind_input("x", "cpu", 0, x.dtype.type, shape, x.ctypes.data)
    binding.bind_output("y", "cpu", 0, x.dtype.type, shape, out.ctypes.data)

    def call(buffers: tuple[Array, Array] = (x, out)) -> None:  # the binding knows addresses alone
        session.run_with_iobinding(binding)

    return call


_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805


def _torch(name: str, threads: int) -> dict[str, Make]:
    torch = import_module("torch")
    torch.set_num_threads(threads)
    # The functions behind torch.nn.functional, which take out as well.
    f, nn = torch.nn.functional, torch._C._nn
    functions: dict[str, Callable[..., Any]] = {
        "relu": lambda t, out: torch.clamp_min(t, 0, out=out),
        "relu6": lambda t, out: nn.hardtanh(t, 0, 6, out=out),
        "leaky_relu": nn.leaky_relu,
        "thresholded_relu": lambda t, out: torch.threshold(t, 1, 0, out=out),
        "hardtanh": nn.hardtanh,
        "hardshrink": torch.hardshrink,
        "softshrink": nn.softshrink,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "erf": torch.erf,
        "gelu": nn.gelu,
        "gelu_tanh": partial(nn.gelu, approximate="tanh"),
        "silu": nn.silu,
        "swish": nn.silu,
        "mish": nn.mish,
        "softplus": nn.softplus,
        "softplus_beta": nn.softplus,
        "logsigmoid": nn.log_sigmoid,
        "softsign": lambda t, out: f.softsign(t),  # takes none
        "elu": nn.elu,
        "celu": nn.elu,
        "selu": lambda t, out: nn.elu(t, _SELU_ALPHA, _SELU_SCALE, out=out),
        "exp": torch.exp,
        "expm1": torch.expm1,
        "log1p": torch.log1p,
        "tanhshrink": lambda t, out: torch.sub(t, torch.tanh(t, out=out), out=out),
        "hardsigmoid": nn.hardsigmoid,
        "hardswish": nn.hardswish,
        "softmax": lambda t, out: torch.softmax(t, -1, out=out),
        "log_softmax": lambda t, out: torch.log_softmax(t, -1, out=out),
    }
    if name not in functions:
        return {}

    def make(x: Array, out: Array) -> Call:
        return partial(functions[name], torch.from_numpy(x), out=torch.from_numpy(out))

    return {"PyTorch": make}


def _openvino(name: str, threads: int) -> dict[str, Make]:
    ov = import_module("openvino")
    ops = import_module("openvino.opset13")
    operators: dict[str, Callable[[Any], Any]] = {
        "relu": ops.relu,
        "hardtanh": lambda t: ops.clamp(t, -1.0, 1.0),
        "relu6": lambda t: ops.clamp(t, 0.0, 6.0),
        "sigmoid": ops.sigmoid,
        "tanh": ops.tanh,
        "erf": ops.erf,
        "gelu": lambda t: ops.gelu(t, "erf"),
        "gelu_tanh": lambda t: ops.gelu(t, "tanh"),
        "silu": ops.swish,
        "swish": ops.swish,
        "mish": ops.mish,
        "softplus": ops.softplus,
        "softsign": ops.softsign,
        "elu": lambda t: ops.elu(t, 1.0),
        "exp": ops.exp,
        "hardsigmoid": ops.hsigmoid,
        "hardswish": ops.hswish,
        "softmax": lambda t: ops.softmax(t, -1),
        "log_softmax": lambda t: ops.log_softmax(t, -1),
    }
    if name not in operators:
        return {}

    def make(x: Array, out: Array) -> Call:
        parameter = ops.parameter(list(x.shape), np.float32)
        model = ov.Model([operators[name](parameter)], [parameter])
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            "INFERENCE_PRECISION_HINT": "f32",
            "NUM_STREAMS": 1,
        }
        request = _core().compile_model(model, "CPU", settings).create_infer_request()
        request.set_input_tensor(ov.Tensor(x, shared_memory=True))
        request.set_output_tensor(ov.Tensor(out, shared_memory=True))

        def call(buffers: tuple[Array, Array] = (x, out)) -> None:
            request.infer()

        return call

    return {"OpenVINO": make}


@cache
def _core() -> Any:
    return import_module("openvino").Core()


def _jax(name: str, threads: int) -> dict[str, Make]:
    if threads == 1:
        os.environ.setdefault("XLA_FLAGS", _XLA)
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    jax = import_module("jax")
    nn, jnp = jax.nn, jax.numpy
    functions: dict[str, Callable[[Any], Any]] = {
        "relu": nn.relu,
        "relu6": nn.relu6,
        "leaky_relu": nn.leaky_relu,
        "hardtanh": nn.hard_tanh,
        "squared_relu": lambda t: jnp.square(nn.relu(t)),
        "sigmoid": nn.sigmoid,
        "tanh": jnp.tanh,
        "erf": jax.lax.erf,
        "gelu": lambda t: nn.gelu(t, approximate=False),
        "gelu_tanh": lambda t: nn.gelu(t, approximate=True),
        "silu": nn.silu,
        "swish": nn.silu,
        "mish": nn.mish,
        "softplus": nn.softplus,
        "logsigmoid": nn.log_sigmoid,
        "softsign": nn.soft_sign,
        "elu": nn.elu,
        "celu": nn.celu,
        "selu": nn.selu,
        "exp": jnp.exp,
        "expm1": jnp.expm1,
        "log1p": jnp.log1p,
        "tanhshrink": lambda t: t - jnp.tanh(t),
        "hardsigmoid": nn.hard_sigmoid,
        "hardswish": nn.hard_swish,
        "softmax": nn.softmax,
        "log_softmax": nn.log_softmax,
    }
    if name not in functions:
        return {}
    # What is donated is written to: a result of 64 MB in new memory costs more than computing it.
    function = jax.jit(lambda t, old: functions[name](t), donate_argnums=1, keep_unused=True)

    def make(x: Array, out: Array) -> Call:
        held, y = jnp.asarray(x), jnp.zeros_like(x)

        def call() -> Any:
            nonlocal y
            y = function(held, y).block_until_ready()
            return y

        return call

    return {"JAX": make}


# The textbook's forms, which both numexpr and Numba take.
_EXPRESSIONS = {
    "relu": "where(x > 0, x, 0 * x)",
    "sigmoid": "1 / (1 + exp(-x))",
    "tanh": "tanh(x)",
    "silu": "x / (1 + exp(-x))",
    "mish": "x * tanh(log1p(exp(x)))",
    "softplus": "log1p(exp(x))",
    "gelu_tanh": "0.5 * x * (1 + tanh(0.7978846 * (x + 0.044715 * x * x * x)))",
    "elu": "where(x > 0, x, expm1(x))",
    "exp": "exp(x)",
    "expm1": "expm1(x)",
    "log1p": "log1p(x)",
}


def _numexpr(name: str, threads: int) -> dict[str, Make]:
    if name not in _EXPRESSIONS:
        return {}
    numexpr = import_module("numexpr")
    numexpr.set_num_threads(threads)
    # A number in an expression would make it double.
    text, numbers = _named_numbers(_EXPRESSIONS[name])

    def make(x: Array, out: Array) -> Call:
        names = {"x": x, **numbers}
        return partial(numexpr.evaluate, text, local_dict=names, global_dict={}, out=out)

    return {"numexpr": make}


def _named_numbers(expression: str) -> tuple[str, dict[str, np.float32]]:
    numbers: dict[str, np.float32] = {}

    def name(number: re.Match[str]) -> str:
        key = f"c{len(numbers)}"
        numbers[key] = np.float32(number[0])
        return key

    return re.sub(r"\b\d+(?:\.\d+)?\b", name, expression), numbers


def _numba(name: str, threads: int) -> dict[str, Make]:
    if name not in _EXPRESSIONS:
        return {}
    function = _compiled(name, threads > 1)
    return {"Numba": lambda x, out: partial(function, x.ravel(), out.ravel())}


@cache
def _compiled(name: str, parallel: bool) -> Any:
    """The textbook's form in a loop, by LLVM."""
    numba = import_module("numba")
    text, numbers = _named_numbers(_EXPRESSIONS[name])
    lines = (
        "def loop(source, target):",
        "    for i in prange(source.size):",
        "        x = source[i]",
        f"        target[i] = {text}",
    )
    names: dict[str, Any] = {
        "prange": numba.prange,
        "where": numba.njit(lambda condition, a, b: a if condition else b),
        **{key: import_module("math").__dict__[key] for key in ("exp", "expm1", "log1p", "tanh")},
        **numbers,
    }
    exec("\n".join(lines), names)
    return numba.njit(parallel=parallel, error_model="numpy")(names["loop"])
