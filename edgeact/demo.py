"""The demonstration: real text-recognition models, before and after `accelerate`.

The models are PP-OCRv4's, which the package rapidocr-onnxruntime ships. They are read from the
installed package, which is never imported: its OpenCV needs libraries that slim systems lack.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from edgeact.onnx import Report, accelerate, register, timing

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PACKAGE = "rapidocr-onnxruntime"
DETECT, RECOGNISE, CLASSIFY = "PP-OCRv4 det", "PP-OCRv4 rec", "PP-OCRv2 cls"
MODELS = {
    DETECT: "ch_PP-OCRv4_det_infer.onnx",
    RECOGNISE: "ch_PP-OCRv4_rec_infer.onnx",
    CLASSIFY: "ch_ppocr_mobile_v2.0_cls_infer.onnx",
}
LINES = (
    "Invoice No. 20481",
    "Payable within 30 days",
    "Total due: 1,397.50 EUR",
    "Thank you for your order!",
)

Array: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True)
class Timing:
    """Milliseconds a run: the median and the quartiles."""

    median: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Model:
    """A model before and after, and the largest difference between the outputs."""

    name: str
    file: str
    report: Report
    before: Timing
    after: Timing
    ratio: float
    difference: float


@dataclass(frozen=True)
class Line:
    """A rendered line of text, and what was read in it before and after."""

    text: str
    before: str
    after: str


@dataclass(frozen=True)
class Result:
    """What `run` measured; same_text: whether every line was read alike before and after."""

    models: list[Model]
    lines: list[Line]
    same_text: bool

    def to_dict(self) -> dict[str, Any]:
        """The same in dicts, lists, strings and numbers, ready for json.dumps."""
        return asdict(self)


def run(progress: Callable[[str], object], seconds: float = 3.0) -> Result:
    """Reads rendered lines, and times each model on one thread, before and after in turns.

    Args:
        progress: is told what comes next.
        seconds: how long each model is timed.

    Raises:
        FileNotFoundError: the models' package is not installed.
        ImportError: the extra is not installed.
    """
    line = _line(LINES[0])
    images = {DETECT: _page(), RECOGNISE: line, CLASSIFY: line[..., :192]}
    models = []
    for name, file in MODELS.items():
        progress(f"accelerating {file}")
        path = model_path(file)
        accelerated, report = accelerate(path)
        sessions = _session(str(path)), _session(accelerated.SerializeToString())
        progress(f"timing {file}")
        before, after = _time_in_turns(sessions, images[name], seconds)
        outputs = [_run(session, images[name]) for session in sessions]
        difference = float(np.abs(outputs[0] - outputs[1]).max())
        ratio = before.median / after.median
        models.append(Model(name, file, report, before, after, ratio, difference))
        if name == RECOGNISE:
            lines = [Line(text, *(_read(s, _line(text)) for s in sessions)) for text in LINES]
    return Result(models, lines, all(line.before == line.after for line in lines))


def model_path(file: str) -> Path:
    """Where the installed package has a model.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        raise FileNotFoundError(
            f"the models are in the package {PACKAGE}, which needs Python 3.12 or older: "
            'pip install "edgeact[demo]"'
        ) from None
    return Path(str(package.locate_file(f"rapidocr_onnxruntime/models/{file}")))


def _session(model: str | bytes) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    register(options)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _run(session: "InferenceSession", image: Array) -> Array:
    output: Array = session.run(None, {session.get_inputs()[0].name: image})[0]
    return output


def _time_in_turns(
    sessions: tuple["InferenceSession", "InferenceSession"], image: Array, seconds: float
) -> list[Timing]:
    feed = {sessions[0].get_inputs()[0].name: image}
    times = timing.in_turns(sessions, feed, seconds)
    quartiles = (quantiles(taken, n=4) for taken in times)
    return [Timing(middle, lower, upper) for lower, middle, upper in quartiles]


def _draw(lines: tuple[str, ...], width: int, height: int) -> Array:
    """Black text on white, each value from -1 to 1, as 1 x 3 x height x width."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (width, height), "white")
    font = ImageFont.load_default(size=32)
    for i, line in enumerate(lines):
        ImageDraw.Draw(image).text((8, 4 + 48 * i), line, fill="black", font=font)
    pixels = np.asarray(image, dtype=np.float32) / 255
    return np.ascontiguousarray((pixels.transpose(2, 0, 1)[None] - 0.5) / 0.5)


def _line(text: str) -> Array:
    return _draw((text,), 480, 48)


def _page() -> Array:
    return _draw(LINES * 3, 640, 640)


def _read(session: "InferenceSession", image: Array) -> str:
    """Greedy CTC decoding: the likeliest character of each column, repeats and blanks dropped."""
    listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    characters = ["", *listed, " "]
    best = _run(session, image)[0].argmax(axis=1)
    changes = np.append(True, best[1:] != best[:-1])
    return "".join(characters[i] for i in best[changes])
