"""Write docs/gallery.md and its pictures: every activation, from the registry and edgeact.analyze.

    python tools/gallery.py            # write
    python tools/gallery.py --check    # exit 1 where the page or a picture is not current

The numbers of speed are those of benchmarks/one_thread.json. A picture is current where the points
that it says it was drawn from are those of today. Needs edgeact[report].
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

import numpy as np

import edgeact
from edgeact import bench
from edgeact._analyze import Analysis

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "gallery"
SIZE = 2**20
RANGE = (-8.0, 8.0)
WIDE = (-100.0, 100.0)  # beyond it the slopes of all but exp and expm1 change no more
INK = "#808080"  # legible on white and on black

# Who introduced it, or described it as an activation.
PAPERS = {
    "relu": "Nair and Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
    "relu6": "Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10",
    "leaky_relu": "Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural network "
    "acoustic models",
    "thresholded_relu": "Konda, Memisevic and Krueger 2014, arXiv:1402.3337",
    "squared_relu": "So et al. 2021, arXiv:2109.08668",
    "hardtanh": "Collobert 2004, Large scale machine learning",
    "hardshrink": "Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage",
    "softshrink": "Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage",
    "sigmoid": "Verhulst 1845, Recherches mathématiques sur la loi d'accroissement de la "
    "population",
    "tanh": "LeCun et al. 1998, Efficient backprop",
    "erf": "a primitive: NIST Digital Library of Mathematical Functions, 7.2.1",
    "gelu": "Hendrycks and Gimpel 2016, arXiv:1606.08415",
    "gelu_tanh": "Hendrycks and Gimpel 2016, arXiv:1606.08415",
    "gelu_quick": "Hendrycks and Gimpel 2016, arXiv:1606.08415",
    "silu": "Elfwing, Uchibe and Doya 2017, arXiv:1702.03118",
    "swish": "Ramachandran, Zoph and Le 2017, arXiv:1710.05941",
    "mish": "Misra 2019, arXiv:1908.08681",
    "softplus": "Dugas et al. 2000, Incorporating second-order functional knowledge for better "
    "option pricing",
    "softplus_beta": "Dugas et al. 2000; beta and threshold as in PyTorch",
    "logsigmoid": "the logarithm of sigmoid: -softplus(-x)",
    "softsign": "Turian, Bergstra and Bengio 2009, Quadratic features and deep architectures for "
    "chunking",
    "elu": "Clevert, Unterthiner and Hochreiter 2015, arXiv:1511.07289",
    "celu": "Barron 2017, arXiv:1704.07483",
    "selu": "Klambauer et al. 2017, arXiv:1706.02515",
    "exp": "a primitive: NIST Digital Library of Mathematical Functions, 4.2",
    "expm1": "a primitive: exp(x) - 1 without its cancellation",
    "log1p": "a primitive: log(1 + x) without its cancellation",
    "tanhshrink": "x - tanh(x), as in PyTorch",
    "hardsigmoid": "Courbariaux, Bengio and David 2015, arXiv:1511.00363; with PyTorch's slope",
    "hardsigmoid_affine": "Courbariaux, Bengio and David 2015, arXiv:1511.00363; as in ONNX",
    "hardswish": "Howard et al. 2019, arXiv:1905.02244",
}


def page() -> str:
    held = json.loads((ROOT / "benchmarks" / "one_thread.json").read_text(encoding="utf-8"))
    speeds = {
        group["activation"]: {cell["label"]: cell["ns"] for cell in group["cells"]}
        for group in held["groups"]
        if group["size"] == SIZE
    }
    parts = [
        "# Gallery\n",
        "Written by `python tools/gallery.py`. f in blue, f' in orange. Lipschitz constants are "
        "proven by\ninterval arithmetic on [-100, 100] (log1p: [-0.9, 100]), fixed points are "
        "those in [-8, 8], as the corners;\nmean and variance are of f(z), z normal with mean 0 "
        "and variance 1. Bounds are in ULP for every\nfloat32; times are ns a value, 2^20 of them, "
        f"on {held['machine']['CPU']} with {held['machine']['instruction set']} "
        "([benchmarks](../benchmarks/README.md)).\n",
    ]
    parts += [section(name, speeds.get(name, {})) for name in bench.one_variable()]
    return "\n".join(parts)


def analyses(name: str) -> tuple[Analysis, Analysis]:
    """Near 0, and on nearly all of the line."""
    lo = -0.9 if name == "log1p" else None
    near, wide = ((lo or ends[0], ends[1]) for ends in (RANGE, WIDE))
    return edgeact.analyze(name, range=near), edgeact.analyze(name, range=wide)


def section(name: str, ns: dict[str, float]) -> str:
    spec, (near, wide) = edgeact.spec(name), analyses(name)
    lo, hi = spec.range
    slope = "unbounded" if name in ("exp", "expm1") else f"{wide.lipschitz:.6g}"
    rows = near.rows()
    bounds = {
        tier: f"{spec.bounds[tier, 'float32'].ulp:g}"
        for tier in ("fast", "exact")
        if (tier, "float32") in spec.bounds
    }
    tiers = [tier for tier in ("fast", "exact", "coarse") if tier in ns]
    facts = {
        "formula": f"`{spec.formula}`",
        "defaults": ", ".join(f"{k} = {v:g}" for k, v in spec.params.items() if v is not None),
        "range": f"{lo:g} to {hi:g}",
        "Lipschitz constant": slope,
        "corners": rows["corners"],
        "monotone": near.monotone,
        "fixed points": rows["fixed points"],
        "mean, variance": f"{rows['mean of f(z)']}, {rows['variance of f(z)']}",
        "ONNX": f"ai.edgeact::{spec.onnx}",
        "PyTorch": spec.torch,
        "bounds": ", ".join(f"{tier} {ulp}" for tier, ulp in bounds.items()),
        "time": ", ".join(f"{tier} {ns[tier]:.3f}" for tier in tiers),
        "from": PAPERS[name],
    }
    escaped = {key: value.replace("|", r"\|") for key, value in facts.items() if value}
    lines = [f"## {name}\n", f"![{name} and its derivative](gallery/{name}.svg)\n"]
    lines += ["| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in escaped.items())]
    return "\n".join(lines) + "\n"


def points(name: str) -> tuple[Analysis, str]:
    """What the picture shows, and a hash of it."""
    near, _ = analyses(name)
    drawn = np.round(np.concatenate([near.x, near.f, near.df]), 6) + 0.0
    return near, hashlib.sha256(drawn.tobytes()).hexdigest()


def draw(name: str) -> None:
    import matplotlib
    from matplotlib.figure import Figure

    found, held = points(name)
    figure = Figure(figsize=(4.2, 2.6), layout="constrained")
    axes = figure.subplots()
    every = slice(None, None, 10)
    for part, colour in (("f", "#0072b2"), ("df", "#d55e00")):
        y = np.array(getattr(found, part))
        for corner in found.corners:
            if part == "df" or corner.jump:
                y[np.abs(found.x - corner.x) < 0.01] = np.nan
        axes.plot(found.x[every], y[every], color=colour, linewidth=1.6)
    axes.set_ylim(max(-4, found.least - 0.3), min(5, max(found.most, 1) + 0.3))
    for line in (axes.axhline, axes.axvline):
        line(0, color=INK, alpha=0.4, linewidth=0.8)
    axes.tick_params(colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[:].set_color(INK)
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        metadata = {"Date": None, "Description": held}
        figure.savefig(PICTURES / f"{name}.svg", transparent=True, metadata=metadata)


def stale() -> list[str]:
    found = [] if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page() else [PAGE.name]
    for name in bench.one_variable():
        path = PICTURES / f"{name}.svg"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        said = re.search(r"<dc:description>(\w+)</dc:description>", text)
        if said is None or said[1] != points(name)[1]:
            found.append(path.name)
    return found


def main() -> int:
    if "--check" in sys.argv[1:]:
        for file in stale():
            print(f"docs: {file} is not what tools/gallery.py makes", file=sys.stderr)
        return 1 if stale() else 0
    PICTURES.mkdir(exist_ok=True)
    for name in bench.one_variable():
        draw(name)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
