"""edgeact.onnx.export: PyTorch modules with their activations as edgeact's operators."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from edgeact.onnx import export, register

torch = pytest.importorskip("torch")
nn = torch.nn


@pytest.mark.parametrize(
    ("activation", "operator"),
    [
        (nn.Mish(), "Mish"),
        (nn.SiLU(), "Silu"),
        (nn.GELU(), "Gelu"),
        (nn.GELU(approximate="tanh"), "GeluTanh"),
        (nn.ELU(), "Elu"),
        (nn.SELU(), "Selu"),
        (nn.CELU(2.0), "Celu"),
        (nn.Softplus(), "SoftplusBeta"),  # with its threshold
        (nn.Hardswish(), "HardSwish"),
        (nn.GLU(), "Glu"),
    ],
)
def test_activation(tmp_path: Path, activation: object, operator: str) -> None:
    module = nn.Sequential(nn.Linear(8, 8), activation).eval()
    path = tmp_path / "model.onnx"
    batch = torch.export.Dim("batch")
    report = export(module, (torch.ones(2, 8),), path, dynamic_shapes=({0: batch},))
    assert report.replaced == {operator: 1}
    onnx.checker.check_model(onnx.load(path), full_check=True)
    x = np.random.default_rng(0).standard_normal((5, 8)).astype(np.float32)
    with torch.no_grad():
        expected = module.double()(torch.from_numpy(x).double()).numpy()
    for registered in (True, False):
        options = onnxruntime.SessionOptions()
        if registered:
            register(options)
        ort = onnxruntime.InferenceSession(str(path), options)
        (y,) = ort.run(None, {ort.get_inputs()[0].name: x})
        assert np.abs(y - expected).max() < 3e-6


class Gated(nn.Module):
    """A gated unit of a transformer: the gate and what it opens are halves of one product, or two
    products."""

    def __init__(self, gate: object, halves: bool) -> None:
        super().__init__()
        self.gate, self.halves = gate, halves
        self.products = nn.ModuleList(
            [nn.Linear(8, 16)] if halves else [nn.Linear(8, 8), nn.Linear(8, 8)]
        )

    def forward(self, x: object) -> object:
        both = [product(x) for product in self.products]
        a, b = both[0].chunk(2, -1) if self.halves else both
        return self.gate(a) * b


@pytest.mark.parametrize("halves", [True, False])
@pytest.mark.parametrize(
    ("gate", "operator"),
    [
        (nn.SiLU(), "SwiGlu"),
        (nn.GELU(), "GeGlu"),
        (nn.GELU(approximate="tanh"), "GeGluTanh"),
        (nn.ReLU(), "ReGlu"),
    ],
)
def test_gated(tmp_path: Path, gate: object, operator: str, halves: bool) -> None:
    module = Gated(gate, halves).eval()
    path, shapes = tmp_path / "model.onnx", ({0: torch.export.Dim("batch")},)
    report = export(module, (torch.ones(2, 8),), path, dynamic_shapes=shapes)
    assert report.replaced == {operator: 1}
    x = np.random.default_rng(0).standard_normal((5, 8)).astype(np.float32)
    with torch.no_grad():
        expected = module.double()(torch.from_numpy(x).double()).numpy()
    for registered in (True, False):
        options = onnxruntime.SessionOptions()
        if registered:
            register(options)
        ort = onnxruntime.InferenceSession(str(path), options)
        (y,) = ort.run(None, {ort.get_inputs()[0].name: x})
        assert np.abs(y - expected).max() < 3e-6


def test_modules_of_edgeact_torch(tmp_path: Path) -> None:
    from edgeact.torch import replace

    module = nn.Sequential(nn.Linear(8, 8), nn.Mish(), nn.Linear(8, 8), nn.ELU(0.5), nn.GLU())
    expected = export(module.eval(), (torch.ones(2, 8),), tmp_path / "torchs.onnx").replaced
    replace(module)
    path, shapes = tmp_path / "ours.onnx", ({0: torch.export.Dim("batch")},)
    report = export(module, (torch.ones(2, 8),), path, dynamic_shapes=shapes)
    assert report.replaced == expected
    assert {"Mish", "Elu"} <= set(expected)
    options = onnxruntime.SessionOptions()
    register(options)
    ort = onnxruntime.InferenceSession(str(path), options)
    x = np.random.default_rng(0).standard_normal((5, 8)).astype(np.float32)
    (y,) = ort.run(None, {ort.get_inputs()[0].name: x})
    with torch.no_grad():
        assert np.abs(y - module(torch.from_numpy(x)).numpy()).max() < 3e-6


def test_what_torch_onnx_takes(tmp_path: Path) -> None:
    """A tensor alone, and a program that is exported already, edgeact.torch imported."""
    import edgeact.torch  # noqa: F401

    module, x = nn.Mish(), torch.ones(2, 8)
    programs = module, torch.export.export(module, (x,))
    for program in programs:
        assert export(program, x, tmp_path / "one.onnx").replaced == {"Mish": 1}
    with pytest.raises(TypeError, match=r"dynamic_axes .*: give dynamic_shapes"):
        export(module, x, tmp_path / "one.onnx", dynamic_axes={"x": {0: "batch"}})
