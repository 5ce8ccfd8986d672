"""Runs operators and accelerated models in the ONNX Runtime that is installed.

Every operator of one tensor must give the bits of the ufunc, with edgeact's library; an accelerated
model the same function with the library, without it, and tuned for this machine.
"""

import platform

import numpy as np
import onnx
import onnxruntime
from onnx import helper

import edgeact
from edgeact.onnx import accelerate, register, session

X = np.linspace(-9, 9, 4 * 16 * 16, dtype=np.float32).reshape(1, 4, 16, 16)


def model(domain: str, op_type: str, **attributes: object) -> onnx.ModelProto:
    x, y = (helper.make_tensor_value_info(name, 1, [1, 4, None, None]) for name in "xy")
    node = helper.make_node(op_type, ["x"], ["y"], domain=domain, **attributes)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("ai.edgeact", 1)]
    graph = helper.make_graph([node], "g", [x], [y])
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def run(proto: onnx.ModelProto, registered: bool) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    if registered:
        register(options)
    ort = onnxruntime.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    (y,) = ort.run(None, {"x": X})
    return y


def main() -> None:
    count = 0
    for name in edgeact.activations():
        spec = edgeact.spec(name)
        if spec.tensors or None in spec.params.values():
            continue
        y = run(model("ai.edgeact", spec.onnx), True)
        expected = edgeact.apply(name, X, *map(np.float32, spec.params.values()))
        assert y.tobytes() == expected.tobytes(), name
        count += 1
    mish = model("", "Mish")
    accelerated, report = accelerate(mish)
    assert report.replaced == {"Mish": 1}
    expected = edgeact.mish(X)
    assert run(accelerated, True).tobytes() == expected.tobytes()
    assert np.abs(run(accelerated, False) - expected).max() < 2e-6
    assert session(mish, measure=False).run(None, {"x": X})[0].tobytes() == expected.tobytes()
    versions = f"onnxruntime {onnxruntime.__version__}, Python {platform.python_version()}"
    print(f"{versions}, NumPy {np.__version__}: {count} operators, portable and host models")


if __name__ == "__main__":
    main()
