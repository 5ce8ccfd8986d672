"""How real exporters write the activations, and what accelerate makes of it.

    python tools/onnx_exporters.py export EXPORTER FOLDER   # where that exporter is installed
    python tools/onnx_exporters.py show FOLDER              # where edgeact is

EXPORTER is torch-dynamo, torch-script, tf2onnx, keras or paddle: it writes a small model of each
activation of its framework, and edgeact isn't needed. `show` prints, of each model, its operators,
what was replaced, why something wasn't, and how far the outputs are apart.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

WIDTH = 64
Export = tuple[str, Callable[[Path], object]]  # a name, and what writes the model

TORCH = """CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid Mish
    PReLU ReLU ReLU6 SELU SiLU Sigmoid Softplus Softshrink Softsign Tanh Tanhshrink"""
KERAS = """celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu
    log_sigmoid mish relu relu6 selu sigmoid silu soft_shrink softplus softsign tanh tanh_shrink"""
TENSORFLOW = "crelu elu gelu leaky_relu relu relu6 selu silu softplus softsign"
PADDLE = """CELU ELU GELU GLU Hardshrink Hardsigmoid Hardswish Hardtanh LeakyReLU LogSigmoid Mish
    PReLU ReLU ReLU6 SELU Sigmoid Silu Softplus Softshrink Softsign Swish Tanh Tanhshrink
    ThresholdedReLU"""


def torch(dynamo: bool) -> Iterator[Export]:
    import torch
    from torch import nn

    modules = {name: getattr(nn, name)() for name in TORCH.split()}
    modules |= {"GELU_tanh": nn.GELU("tanh"), "Threshold": nn.Threshold(0.5, 0.0)}
    for name, module in modules.items():
        for dtype in (torch.float32, torch.float16):
            given: dict[str, Any] = {"input_names": ["x"], "dynamic_axes": {"x": {0: "N"}}}
            if dynamo:
                given = {"dynamic_shapes": ({0: torch.export.Dim("N")},), "external_data": False}
            arguments = module.to(dtype).eval(), (torch.ones(2, WIDTH, dtype=dtype),)
            export = partial(torch.onnx.export, *arguments, dynamo=dynamo, **given)
            yield f"{name}_{str(dtype)[6:]}", lambda path, export=export: export(str(path))


def tf2onnx() -> Iterator[Export]:
    import keras
    import tensorflow
    import tf2onnx

    functions = {name: getattr(keras.activations, name) for name in KERAS.split()}
    functions["gelu_tanh"] = partial(functions["gelu"], approximate=True)
    functions |= {f"tf_nn_{name}": getattr(tensorflow.nn, name) for name in TENSORFLOW.split()}
    for name, function in functions.items():
        for dtype in ("float32", "float16"):
            spec = tensorflow.TensorSpec([None, WIDTH], dtype, "x")
            traced = tensorflow.function(lambda x, function=function: function(x))
            convert = partial(tf2onnx.convert.from_function, traced, [spec], opset=18)
            yield f"{name}_{dtype}", lambda path, c=convert: c(output_path=str(path))


def keras() -> Iterator[Export]:
    import keras
    import numpy as np

    for name in KERAS.split():
        x = keras.Input((WIDTH,))
        dense = keras.layers.Dense(WIDTH)(x)
        activation = keras.layers.Activation(getattr(keras.activations, name))
        model = keras.Model(x, activation(dense))
        model(np.zeros((1, WIDTH), np.float32))
        yield name, partial(model.export, format="onnx", verbose=False)


def paddle() -> Iterator[Export]:
    import paddle
    from paddle import nn

    layers = {name: getattr(nn, name) for name in PADDLE.split()}
    layers["GELU_tanh"] = partial(nn.GELU, approximate=True)
    spec = [paddle.static.InputSpec([None, WIDTH], "float32", "x")]
    for name, layer in layers.items():
        model = nn.Sequential(nn.Linear(WIDTH, WIDTH), layer())
        model.eval()
        export = partial(paddle.onnx.export, model, input_spec=spec, opset_version=15)
        yield name, lambda path, export=export: export(str(path.with_suffix("")))


EXPORTERS: dict[str, Callable[[], Iterator[Export]]] = {
    "torch-dynamo": partial(torch, True),
    "torch-script": partial(torch, False),
    "tf2onnx": tf2onnx,
    "keras": keras,
    "paddle": paddle,
}


def export(exporter: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in EXPORTERS[exporter]():
        path = folder / f"{exporter}_{name}.onnx"
        # In a process of its own: Paddle2ONNX aborts at an operator that it doesn't know.
        child = os.fork()
        if child:
            _, status = os.waitpid(child, 0)
            if status:
                print(f"{path.name}: not exported", flush=True)
            continue
        try:
            write(path)
        except Exception as error:
            print(f"{path.name}: {type(error).__name__}: {str(error)[:200]}", flush=True)
            os._exit(1)
        os._exit(0)


def row(path: Path) -> str:
    import numpy as np
    import onnx

    from edgeact.onnx import accelerate

    model = onnx.load(path)
    written = " ".join(node.op_type for node in model.graph.node if node.op_type != "Constant")
    (x,) = model.graph.input
    dtype = onnx.helper.tensor_dtype_to_np_dtype(x.type.tensor_type.elem_type)
    feed = {x.name: np.linspace(-8, 8, WIDTH).reshape(1, WIDTH).astype(dtype)}
    try:
        _, report = accelerate(path, inputs=feed, compare=True)
        apart = f"{max(held.max_abs for held in report.differences):.1e}"
    except ValueError:  # ONNX Runtime refuses the original
        apart = "not run"
        try:
            _, report = accelerate(path)
        except ValueError as error:
            return f"| {path.stem} | {written} | refused: {error} | |"
    became = [f"{operator}" for operator in (*report.replaced, *report.fused)]
    became += [f"{entry.operator} left alone: {entry.reason}" for entry in report.left_alone]
    return f"| {path.stem} | {written} | {'; '.join(became) or 'not recognised'} | {apart} |"


def main() -> None:
    match sys.argv[1:]:
        case ["export", exporter, folder] if exporter in EXPORTERS:
            export(exporter, Path(folder))
        case ["show", folder]:
            print("| model | written as | what accelerate makes of it | largest difference |")
            print("|---|---|---|---|")
            for path in sorted(Path(folder).glob("*.onnx")):
                print(row(path), flush=True)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
