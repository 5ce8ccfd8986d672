"""The demonstration, on the models that the package rapidocr-onnxruntime ships."""

from importlib import metadata

import numpy as np
import onnx
import pytest

from edgeact import demo
from edgeact.onnx import accelerate

try:
    metadata.distribution(demo.PACKAGE)
except metadata.PackageNotFoundError:
    pytest.skip(f"{demo.PACKAGE} is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def result() -> demo.Result:
    return demo.run(lambda step: None, seconds=0)


def test_reads_the_lines(result: demo.Result) -> None:
    """But for spaces, which the model itself may miss."""
    for line in result.lines:
        assert line.before.replace(" ", "") == line.text.replace(" ", "")


def test_text_is_the_same(result: demo.Result) -> None:
    assert result.same_text
    assert all(line.before == line.after for line in result.lines)


def test_outputs_stay_close(result: demo.Result) -> None:
    """Probabilities: float32 roundings, carried through a whole network."""
    for model in result.models:
        assert model.difference < 2**-10


def test_every_hard_swish_is_found(result: demo.Result) -> None:
    """The counts are those of the Clip operators in the models."""
    for model in result.models:
        proto = onnx.load(demo.model_path(model.file))
        clips = [node for node in proto.graph.node if node.op_type == "Clip"]
        counts = [*model.report.replaced.items(), *model.report.fused.items()]
        assert sum(count for name, count in counts if name.endswith("HardSwish")) == len(clips)


def test_models_stay_valid() -> None:
    for file in demo.MODELS.values():
        accelerated, _ = accelerate(demo.model_path(file))
        onnx.checker.check_model(accelerated, full_check=True)


def test_images_are_normalised() -> None:
    image = demo._line("text")
    assert (image.dtype, image.shape) == (np.float32, (1, 3, 48, 480))
    assert (image.min(), image.max()) == (-1, 1)


def test_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "PACKAGE", "no-such-package")
    with pytest.raises(FileNotFoundError, match="no-such-package"):
        demo.model_path("any.onnx")
