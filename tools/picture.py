"""Draw docs/gelu_error.png: the error of float32 GELU over its input, edgeact beside ONNX Runtime.

python tools/picture.py        needs edgeact[certify,onnx] and matplotlib
"""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import onnxruntime as ort
from onnx import TensorProto, helper

import edgeact as ea
from edgeact import reference

OUT = Path(__file__).resolve().parent.parent / "docs" / "gelu_error.png"


def ort_gelu(x: np.ndarray) -> np.ndarray:
    """ONNX Runtime's Gelu operator."""
    value = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [None]) for n in "xy"]
    graph = helper.make_graph(
        [helper.make_node("Gelu", ["x"], ["y"])], "gelu", value[:1], value[1:]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    y: np.ndarray = session.run(None, {"x": x})[0]
    return y


def main() -> None:
    x = np.linspace(-14, 4, 721).astype(np.float32)
    truths = [reference.exact("gelu", float(v)) for v in x]
    figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
    names = {"ONNX Runtime": (ort_gelu, "tab:orange"), "edgeact": (ea.gelu, "tab:blue")}
    for label, (gelu, colour) in names.items():
        errors = [
            reference.ulp_error(float(v), t, "float32")
            for v, t in zip(gelu(x), truths, strict=True)
        ]
        axes.plot(x, np.maximum(errors, 1e-2), ".", markersize=3, color=colour, label=label)
    axes.axhline(ea.spec("gelu").bounds["fast", "float32"].ulp, color="tab:blue", linewidth=0.8)
    axes.set(yscale="log", xlabel="x", ylabel="error of gelu(x), ULP")
    axes.grid(alpha=0.3)
    axes.legend(markerscale=4)
    figure.savefig(OUT, dpi=130)


if __name__ == "__main__":
    main()
