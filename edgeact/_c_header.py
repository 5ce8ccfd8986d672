"""C99 headers for what :func:`edgeact.quantized` makes: a table and an inline function."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from edgeact import _registry

if TYPE_CHECKING:
    from edgeact._quantized import Scaling, Table, Table8, Table16


def text(table: Table, name: str) -> str:
    """The header; see :meth:`edgeact._quantized.Table.to_c`."""
    from edgeact._quantized import Table8, Table16

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise ValueError(f"{name!r} is not a name for a C function")
    if table.axis is not None:
        raise ValueError(f"{table!r} has channels: make a table for each")
    if isinstance(table, Table8):
        error, body = _ERROR_8, _body_8(table, name)
    else:
        assert isinstance(table, Table16)
        error, body = _error_16(table), _body_16(table, name)
    guard = f"{name.upper()}_H"
    head = _comment(
        [
            f"{name}: {table.name} of quantized numbers, from {_scaling(table.input)} to "
            f"{_scaling(table.output)}, where scales are float32.",
            _formula(table),
            error,
            f"{table.nbytes} bytes of table. Made by edgeact {_registry.VERSION}:",
            _made_by(table, name),
        ]
    )
    return f"{head}#ifndef {guard}\n#define {guard}\n\n#include <stdint.h>\n\n{body}\n#endif\n"


_ERROR_8 = (
    "Error: 0 LSB. Each entry is the exact value rounded once, ties to even, and saturated, as "
    "ONNX's QuantizeLinear does."
)


def _error_16(table: Table16) -> str:
    return (
        f"Error: at most {round_up(table.bound)} LSB from the exact value, reached at "
        f"{table.bound_at}, of which rounding makes 0.5: tried on all 65,536 inputs."
    )


def round_up(bound: float) -> str:
    """A bound with four decimals that still holds."""
    return f"{-(-bound * 1e4 // 1) / 1e4:.4f}"


def _scaling(s: Scaling) -> str:
    return f"{s.dtype} with scale {s.scale[()]!s} and zero point {s.zero_point}"


def _formula(table: Table) -> str:
    if not isinstance(table.function, str):
        return ""
    spec = _registry.spec(table.function)
    values = {**spec.params, **table.params}
    where = "".join(f", {key} = {float(value):.17g}" for key, value in values.items())
    return f"{table.name}(x) = {spec.formula}{where}"


def _made_by(table: Table, name: str) -> str:
    """The command, where there is one."""
    if not isinstance(table.function, str) or table.input.dtype != table.output.dtype:
        return f"edgeact.quantized({table.name}, ...)"
    pairs = [f"{s.scale[()]!s},{s.zero_point}" for s in (table.input, table.output)]
    parts = [table.name, f"--{table.input.dtype}", "--in", pairs[0], "--out", pairs[1]]
    parts += [f"--param {key}={float(value):.17g}" for key, value in table.params.items()]
    if segments := getattr(table, "segments", None):
        parts.append(f"--segments {segments}")
    return " ".join(["edgeact tabulate", *parts, f"--c {name}.h"])


def _comment(paragraphs: list[str]) -> str:
    lines = [line for text in paragraphs if text for line in _wrap(text.split())]
    return "/* " + "\n * ".join(lines) + " */\n"


def _wrap(words: Iterable[str], width: int = 96, between: str = " ") -> list[str]:
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(between) + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += between + word if lines[-1] else word
    return lines


def _numbers(values: Iterable[object]) -> str:
    return ",\n    ".join(_wrap(map(str, values), 94, ", "))


def _body_8(table: Table8, name: str) -> str:
    q, y = (f"{dtype}_t" for dtype in (table.input.dtype, table.output.dtype))
    return f"""\
/* At q as a byte: 0 to 127, then, of int8, -128 to -1. */
static const {y} {name}_table[256] = {{
    {_numbers(table.table)}}};

static inline {y} {name}({q} q) {{ return {name}_table[(uint8_t)q]; }}
"""


def _body_16(table: Table16, name: str) -> str:
    shift = int(table.shift)
    return f"""\
/* (value + 2^16) 2^{15 - shift} at {int(table.first[0])} and every {1 << shift} from there. */
static const uint32_t {name}_knots[{len(table.knots)}] = {{
    {_numbers(f"{knot}u" for knot in table.knots)}}};

static inline int16_t {name}(int16_t q) {{
    uint32_t u = (uint32_t)((int32_t)q + {-int(table.first[0])}), part = u & {(1 << shift) - 1}u;
    const uint32_t *knot = {name}_knots + (u >> {shift});
    /* Modulo 2^32; the sum fits. Halves round up. */
    uint32_t y = ((knot[0] << {shift}) + (knot[1] - knot[0]) * part + 16384u) >> 15;
    if (y < 32768u) y = 32768u;
    if (y > 98303u) y = 98303u;
    return (int16_t)((int32_t)y - 65536);
}}
"""
