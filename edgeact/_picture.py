"""Pictures of functions and their slopes, by matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from edgeact._charts import save

if TYPE_CHECKING:
    from edgeact._analyze import Analysis

_PARTS = {"f": "f", "f'": "df", "f''": "d2f"}
# Told apart in print and by the colour-blind (Okabe and Ito 2008).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")


def picture(analyses: Sequence[Analysis], path: str | Path) -> None:
    """Draw f, f' and f'' of each function side by side, corners and steepest places marked.

    Args:
        path: the suffix says which kind of file, such as .png or .svg. Written to a temporary
            name and renamed.

    Raises:
        ImportError: matplotlib is missing: ``pip install "edgeact[report]"``.
        ValueError: a suffix that matplotlib does not know.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(f'{error}: pip install "edgeact[report]"') from error

    figure = Figure(figsize=(12, 3.8), layout="constrained")
    for axes, (title, part) in zip(figure.subplots(1, len(_PARTS)), _PARTS.items(), strict=True):
        for i, found in enumerate(analyses):
            y = np.array(getattr(found, part))
            colour = _COLOURS[i % len(_COLOURS)]
            for corner in found.corners:  # no line across a jump
                after = int(np.searchsorted(found.x, corner.x))
                if (part != "f" or corner.jump) and 0 < after < y.size:
                    y[after] = np.nan
            axes.plot(found.x, y, label=found.name, color=colour, linewidth=1.6)
            if part == "df" and np.isfinite(found.lipschitz):
                near = float(np.interp(found.lipschitz_at, found.x, found.df))
                slope = np.copysign(found.lipschitz, near)
                axes.plot(found.lipschitz_at, slope, "o", color=colour, markersize=4)
        axes.set_title(title)
        axes.axhline(0, color="0.75", linewidth=0.8, zorder=0)
        axes.axvline(0, color="0.75", linewidth=0.8, zorder=0)
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].legend(frameon=False)
    save(figure, path)
