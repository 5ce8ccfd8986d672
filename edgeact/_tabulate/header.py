"""A table as a header of C99."""

from __future__ import annotations

import re
from string import Template

import numpy as np

from edgeact._tabulate.table import Line, Table

_HEADER = Template("""\
/* $name(x): $about
 *
 * Made by edgeact $version. Float arithmetic only, fused or not: no library, no allocation, no
 * state. $segments segments of degree $degree, $bytes bytes.
 * Below $lo_text: $below. Above $hi_text: $above. NaN gives NaN. */
#ifndef ${guard}
#define ${guard}

static inline float $name(float x) {
    /* on a segment, the coefficients of 1, t, t^2 ... for t from -1/2 to 1/2 */
    static const float table[$segments][$columns] = {
$rows
    };
    float u, t;
    const float *c;
    int i;
    if (x != x) return x;
    if (x < $lo) return $below_c;
    if (x > $hi) return $above_c;
    u = x * $scale + $offset;
    i = (int)(u - $bias);
    if (i > $last) i = $last;
    t = u - (float)(i + $first);
    c = table[i];
    return $polynomial;
}

#endif
""")


def header(table: Table, name: str, about: str, version: str) -> str:
    """One static inline function, with its table within it.

    Raises:
        ValueError: name is no identifier of C.
    """
    if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
        raise ValueError(f"{name!r} is no name for a function in C")
    grid = table.grid
    columns = table.coefficients[:, grid.numbers % grid.segments].T
    polynomial = f"c[{table.degree}]"
    for k in range(table.degree - 1, -1, -1):
        polynomial = f"({polynomial} * t + c[{k}])" if k else f"{polynomial} * t + c[0]"
    return _HEADER.substitute(
        name=name,
        guard=f"{name.upper()}_TABULATED_H",
        about=about.replace("*/", "* /"),
        version=version,
        segments=len(columns),
        degree=table.degree,
        columns=table.degree + 1,
        bytes=columns.nbytes,
        lo=_literal(grid.lo),
        hi=_literal(grid.hi),
        lo_text=f"{grid.lo:.9g}",
        hi_text=f"{grid.hi:.9g}",
        below=_line_text(table.below),
        above=_line_text(table.above),
        below_c=_line(table.below),
        above_c=_line(table.above),
        scale=_literal(grid.scale),
        offset=_literal(grid.offset),
        bias=_literal(grid.first - 0.5),
        first=f"({grid.first})" if grid.first < 0 else grid.first,
        last=grid.last - grid.first,
        polynomial=polynomial,
        rows="\n".join(f"        {{{', '.join(map(_literal, row))}}}," for row in columns),
    )


def _literal(value: float | np.float32) -> str:
    text = f"{np.float32(value):.9g}"  # nine digits tell every float
    return f"{text}f" if "." in text or "e" in text else f"{text}.0f"


def _line(line: Line) -> str:
    a, b = line
    return _literal(a) if b == 0 else f"{_literal(a)} + {_literal(b)} * x"


def _line_text(line: Line) -> str:
    a, b = line
    return f"{a:.9g}" if b == 0 else f"{a:.9g} + {b:.9g} x"
