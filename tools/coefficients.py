"""Write csrc/data/*.gen.h, the polynomial coefficients, from tools/minimax/*.sollya.

Each script names a function, an interval and the monomials whose coefficients are to be found as
float32 numbers, or float64 where it says `format = D;` (an array then); Sollya's fpminimax finds
them and its supnorm certifies the error.

    python tools/coefficients.py           # write
    python tools/coefficients.py --check   # compare; exit 1 where a file differs
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import re
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "tools" / "minimax"
HEADERS = ROOT / "csrc" / "data"

# Newton's method; ten steps double the digits to more than 400 bits.
ZERO = """
procedure zero(f, near) {
    var root, slope, i;
    root = near;
    slope = diff(f);
    for i from 1 to 10 do { root = round(root - f(root) / slope(root), 400, RN); };
    return root;
};
"""

# supnorm certifies the error, in 16 pieces because it is slow on a wide interval, or in those
# between the numbers in `cuts`, where a script sets them. A script may set `weight`, a function
# that falls over the interval: then the error is |p - f| * weight, certified with the weight at
# each piece's left end. A script may set `root`, where about f has a zero: the polynomial is one
# in the distance from it. There relative supnorm fails, so `cuts` leave out a sliver around 0, in
# which the polynomial's first coefficient is what counts.
SOLVE = """
if (root != 0) then {
    root = zero(f, root);
    high = round(root, format, RN);
    low = round(root - high, format, RN);
    print("root", high, low, round(root - high - low, format, RN));
    f = f(root + x);
};
formats = [||];
for i from 1 to length(monomials) do formats = formats :. format;
if (weight == 1) then {
    p = fpminimax(f, monomials, formats, interval, mode, floating, base);
} else {
    minimax = remez(f * weight, monomials, interval, weight);
    p = fpminimax(f, monomials, formats, interval, absolute, floating, base, minimax);
};
if (cuts == [||]) then {
    width = (sup(interval) - inf(interval)) / 16;
    for i from 0 to 16 do cuts = cuts :. (inf(interval) + i * width);
};
largest = 0;
for i from 0 to length(cuts) - 2 do {
    left = cuts[i];
    piece = [left; cuts[i + 1]];
    if (root != 0 && left < 0 && cuts[i + 1] > 0) then {
        bound = abs(coeff(p, 1) / evaluate(diff(f), 0) - 1) + 1b-60;
    } else if (weight == 1) then {
        bound = sup(supnorm(p, f, piece, mode, 1b-4));
    } else {
        bound = sup(supnorm(p, f, piece, absolute, 1b-4)) * sup(evaluate(weight, [left]));
    };
    largest = max(largest, bound);
};
for i in monomials do { print("coefficient", i, coeff(p - base, i)); };
print("bounds", inf(interval), sup(interval));
print("error", largest);
quit;
"""

# Pieces: where a script sets `orders`, f from 0 to `most` has polynomials, 16 of the first order in
# one header and, where there is a second, 8 of that in another, or as many as the script sets
# `count` to, each in powers of the distance from a center where f is within 2^-31 of a float32
# number, relative, so that the constant term has no error to speak of. They have the edges of
# v_octave_piece, or, where a script sets `uniform`, piece i is where x times `per` rounds to i: a
# little less, lest the last end in the middle; so many as it sets `negative` to are of negative x.
# Where it sets `steep`, that is where x (per + steep x) does. With one of those two the center is
# the end where f is nearer to 0. If f(0) is a float, or a script says `from_0`, the first piece has
# its center there, and where f(0) is 0, its polynomial begins with `base`, or the entries are what
# is added to `aside` where a script sets that; it begins at `least`, below which f cancels. Pieces
# that begin below `near` are of `f_near` instead. A script may set `root`, about where that has a
# zero: pieces within 2^-6 of it have their centers at the float next to it, and the error is that
# of the rise from there, for f's own has no limit at a zero. Where a script says `two_sided`, half
# of the pieces are of f, and half of `f_left`, a function of -x for negative x; `near` and `root`
# are then of that. Near its center a function's Taylor polynomial stands for it: that is much
# quicker to compute. Of the last `upper` coefficients a table has the upper 16 bits, and the lower
# half of each is the first piece's upper one. Those have 8 bits of the significand, from 128 to 255
# units: fpminimax finds them, but in the first piece, and within 4 units of either end, where its
# result might have another exponent, the coefficient is cut off to them before.
PIECES = """
if (root != 0) then root = zero(f_near, root);
order = orders[0];
if (count == 8) then order = orders[1];
side = count;
if (two_sided) then side = count / 2;
monomials = [||];
for j from 1 to order do monomials = monomials :. j;
lower = 0 .: monomials;
if (upper > 0) then print("upper", upper);
edges = [||];
if (steep != 0) then {
    first = 0;
    for i from 0 to side do {
        edges = edges :. ((sqrt(per^2 + 4 * steep * (i - 1/2)) - per) / (2 * steep));
    };
    most = round(edges[side], SG, RD);
    edges[side] = most;
    print("per", per);
    print("steep", steep);
} else if (uniform) then {
    first = side - negative;
    per = (first - 0.51) / most;
    for i from -negative to first - 1 do edges = edges :. ((i - 1/2) / per);
    if (negative > 0) then least = round(edges[0], SG, RU);
    print("per", round(per, SG, RN));
} else {
    parts = side / 4;
    first = side - parts;
    for i from 0 to side - 1 do {
        edges = edges :. (2^floor(i / parts) * (1 + i / parts - floor(i / parts)) - 1);
    };
};
if (steep == 0) then edges = edges :. most;
edges[0] = least;
largest = 0;
for piece from 0 to count - 1 do {
    i = piece - side * floor(piece / side);
    on_left = (two_sided && i != piece);
    g = f;
    if (on_left) then g = f_left;
    close = (on_left == two_sided && edges[i] < near);
    if (close) then g = f_near;
    exponents = monomials;
    rooted = (close && root != 0 && edges[i] - 1b-6 < root && root < edges[i + 1] + 1b-6);
    if (i == 0 && (from_0 || g(0) == round(g(0), SG, RN))) then {
        center = 0;
        lead = round(g(0), SG, RN);
        if (lead == 0) then {
            if (aside == 0) then { lead = base; exponents = tail(monomials); }
            else { lead = aside; };
        };
        interval = [1b-30; edges[1]];
    } else {
        center = round((edges[i] + edges[i + 1]) / 2, SG, RN);
        if (steep != 0 || negative > 0) then {
            center = round(edges[i + 1], SG, RN);
            if (abs(g(edges[i])) < abs(g(center))) then center = round(edges[i], SG, RN);
        };
        if (rooted) then center = round(root, SG, RN);
        while (!rooted && abs(g(center) / round(g(center), SG, RN) - 1) > 1b-31) do {
            center = round(center * (1 + 1b-20), SG, RN);
        };
        lead = round(g(center), SG, RN);
        interval = [edges[i] - center; edges[i + 1] - center];
    };
    series = taylorform(g(center + x), 24, 0, interval, absolute)[0];
    if (rooted) then {
        at_root = lead;
        lead = 0;
        rise = 0;
        for j from 1 to degree(series) do rise = rise + coeff(series, j) * x^(j - 1);
        series = horner(rise);
        exponents = [||];
        for j in monomials do exponents = exponents :. (j - 1);
    };
    formats = [||];
    for j in exponents do formats = formats :. SG;
    p = fpminimax(series, exponents, formats, interval, relative, floating, lead);
    if (upper > 0) then {
        held = lead;
        free = [||];
        formats = [||];
        for j in exponents do {
            row = j;
            if (rooted) then row = j + 1;
            c = coeff(p, j);
            power = floor(log2(abs(c)));
            unit = 2^(power - 7);
            if (c < 0) then unit = -unit;
            kept = floor(c / unit);
            if (row <= order - upper) then {
                free = free :. j;
                formats = formats :. SG;
            } else {
                if (piece == 0) then {
                    lower[row] = 2^7 * (power + 126) + kept;
                    if (c < 0) then lower[row] = lower[row] + 2^15;
                };
                if (piece == 0 || kept < 132 || kept > 251) then {
                    held = held + kept * unit * x^j;
                } else {
                    free = free :. j;
                    formats = formats :. 8;
                };
                held = held + lower[row] / 2^16 * unit * x^j;
            };
        };
        p = fpminimax(series, free, formats, interval, relative, floating, held);
    };
    largest = max(largest, sup(supnorm(p, series, interval, relative, 1b-4)));
    if (rooted) then p = horner(at_root + x * p);
    print("center", center);
    if (i == 0) then p = p - aside;
    for j from 0 to monomials[length(monomials) - 1] do print("piece", j, coeff(p, j));
};
print("bounds", least, most);
print("error", largest);
print("first", first, side);
quit;
"""

# A coarse table: where a script sets `per`, f has `entries` polynomials of degree 2 in x, not in
# the distance from a center: what cancels in them is far below the error that is allowed. Piece i
# is where x times `per` rounds to i, from piece `lowest` on; the outermost are constants, f's
# limits (`at_lowest`, `at_most`), or the first begins at 0, where its polynomial is 0 if f is. It
# is entry i modulo `entries`. Where `per_8` is set, there is a table of 8 entries of degree 3,
# too.
STEPS = """
procedure steps(suffix, entries, order, per) {
    var exponents, formats, i, j, interval, p, fitted, worst;
    exponents = [||]; formats = [||];
    for j from 0 to order do { exponents = exponents :. j; formats = formats :. SG; };
    worst = 0;
    for i from lowest to lowest + entries - 1 do {
        interval = [max(min(lowest, 0) / per, (i - 1/2) / per); (i + 1/2) / per];
        fitted = false;
        if (i == lowest + entries - 1) then {
            p = at_most;
        } else {
            if (i == lowest && lowest < 0) then {
                p = at_lowest;
            } else {
                fitted = true;
                if (i == 0 && lowest == 0 && f(0) == 0) then {
                    interval = [1b-30; sup(interval)];
                    p = fpminimax(f, tail(exponents), tail(formats), interval, absolute, floating);
                } else {
                    p = fpminimax(f, exponents, formats, interval, absolute, floating);
                };
            };
        };
        if (fitted) then worst = max(worst, sup(supnorm(p, f, interval, absolute, 1b-4)));
        for j from 0 to order do print("entry" @ suffix, i, j, coeff(p, j));
    };
    print("per" @ suffix, per);
    return worst;
};
largest = steps("", entries, 2, per);
if (per_8 != 0) then largest = max(largest, steps("8", 8, 3, per_8));
interval = [max(min(lowest, 0) / per, (lowest - 1/2) / per); (lowest + entries - 3/2) / per];
print("bounds", inf(interval), sup(interval));
print("error", largest);
print("first", round(lowest - entries * floor(lowest / entries), D, RN));
quit;
"""

# Powers: where a script sets `octave`, e^x is cut into so many pieces to the octave. All share the
# polynomial. Entry j of a table is 2^(j / octave) over `lead`, the polynomial's first coefficient;
# its bits are given less j in the leading bits of the significand, where the integer from which its
# power of two is made still has j. Where a script sets no lead, it is 2^(j / octave - 1 / 2) - 1.
POWERS = """
formats = [||];
for i from 1 to length(monomials) do formats = formats :. SG;
p = fpminimax(lead * f, monomials, formats, interval, relative, floating, base);
if (lead != 1) then print("coefficient", 0, lead);
for i in monomials do { print("coefficient", i, coeff(p, i)); };
for j from 0 to octave - 1 do {
    if (lead == 1) then {
        print("power", "LESS_1", round(2^(j / octave - 1 / 2) - 1, SG, RN));
    } else {
        print("power", "BITS", j, octave, round(2^(j / octave) / lead, SG, RN));
    };
};
print("bounds", inf(interval), sup(interval));
print("error", sup(supnorm(p, lead * f, interval, relative, 1b-4)));
print("first", 0);
quit;
"""
OCTAVE = 8


@cache
def powers() -> str:
    """What scripts of powers, or of what a power is to multiply, begin with.

    power_0 is the float for which all entries of the table, 2^(j / octave) over it, are nearest to
    floats: to 2^-27.5.
    """
    lead = np.arange(2**23, 2**24) / 2**24
    worst = np.zeros(len(lead))
    for j in range(OCTAVE):
        entry = 2 ** (j / OCTAVE) / lead
        worst = np.maximum(worst, np.abs(entry.astype(np.float32) / entry - 1))
    return f"power_octave = {OCTAVE}; power_0 = {float(lead[np.argmin(worst)])!r};\n"


HEADER = """\
/* Written by tools/coefficients.py from tools/minimax/{script} (sha256 {digest}).
 * {comment}
 * On [{lo}, {hi}] its {kind} error is at most 2^{error:.2f}. */
#pragma once
"""


def literal(value: float, suffix: str) -> str:
    """A constant of C."""
    mantissa, exponent = value.hex().split("p")
    return f"{mantissa.rstrip('0').removesuffix('.')}p{exponent}{suffix}"


def array(declaration: str, entries: list[str]) -> list[str]:
    """The lines of an array of constants."""
    rows = [entries[i : i + 4] for i in range(0, len(entries), 4)]
    return [f"{declaration} = {{", *(f"    {', '.join(row)}," for row in rows), "};"]


def table(declaration: str, rows: list[list[str]]) -> list[str]:
    """The lines of an array of arrays of constants."""
    lines = [f"V_CONST {declaration}[{len(rows)}][{len(rows[0])}] = {{"]
    for row in rows:
        lines += ["    {", *(f"    {line}" for line in array("", row)[1:-1]), "    },"]
    return [*lines, "};"]


def upper_halves(values: list[float]) -> list[str]:
    """The upper 16 bits of floats whose lower 16 bits are the upper ones of the first."""
    bits = np.array(values, np.float32).view(np.uint32)
    if np.any(bits & 0xFFFF != bits[0] >> 16):
        raise SystemExit(f"{[hex(b) for b in bits]}: the lower halves differ")
    return [f"{half:#06x}" for half in bits >> 16]


def solve(script: Path, count: int) -> str:
    """The text of the header that a script asks for; count: of pieces."""
    source = script.read_text(encoding="utf-8")
    prelude = "verbosity = 0!; prec = 200!; display = decimal!;\n"
    prelude += "weight = 1; format = SG; cuts = [||]; root = 0; aside = 0; mode = relative;\n"
    prelude += "entries = 16; lowest = 0; at_lowest = 0; per_8 = 0; lead = 1;\n"
    prelude += f"count = {count}; uniform = false; least = 0; near = 0; f_near = 0;\n"
    prelude += "two_sided = false; f_left = 0; from_0 = false; negative = 0;\n"
    prelude += "steep = 0; upper = 0;\n"
    prelude += ZERO
    if "power_0" in source:
        prelude += powers()
    kinds = {"orders": PIECES, "per =": STEPS, "octave =": POWERS}
    solve_it = next((solver for mark, solver in kinds.items() if mark in source), SOLVE)
    run = subprocess.run(
        ["sollya"], input=prelude + source + solve_it, capture_output=True, text=True, check=True
    )
    name = source.split('"')[1]
    suffix = "" if "format = D;" in source else "f"
    comment = source.splitlines()[0].removeprefix("// ")
    defines = []
    polynomial: list[str] = []
    columns: dict[str, list[float]] = {}
    pieces: dict[str, list[float]] = {}
    numbers: dict[str, list[float]] = {}
    upper = 0
    for line in run.stdout.splitlines():
        key, *values = line.split()
        if key == "coefficient":
            value = float(values[1])
            if suffix and struct.unpack("f", struct.pack("f", value))[0] != value:
                raise SystemExit(f"{script.name}: {values[1]} is no float32")
            if suffix:
                defines.append(f"#define {name}_{values[0]} {literal(value, suffix)}")
            else:
                polynomial.append(literal(value, suffix))
        elif key == "root":
            parts = (literal(float(value), suffix) for value in values)
            pairs = zip(("HI", "LO", "REST"), parts, strict=True)
            defines += [f"#define {name}_{piece} {value}" for piece, value in pairs]
        elif key == "center":
            columns.setdefault(f"{name}_CENTER", []).append(float(values[-1]))
        elif key == "piece":
            pieces.setdefault(values[0], []).append(float(values[-1]))
        elif key in ("entry", "entry8"):
            prefix = name + key.removeprefix("entry")
            columns.setdefault(f"{prefix}_{values[1]}", []).append(float(values[-1]))
        elif key == "power":
            column, *places, entry = values
            bits = struct.unpack("i", struct.pack("f", float(entry)))[0]
            if places:
                bits -= int(places[0]) * 2**23 // int(places[1])
            held = struct.unpack("f", struct.pack("i", bits))[0]
            columns.setdefault(f"{name}_{column}", []).append(held)
        elif key == "upper":
            upper = int(values[0])
        elif key == "steep":
            defines.append(f"#define {name}_STEEP {literal(float(values[0]), suffix)}")
        elif key in ("per", "per8"):
            prefix = name + key.removeprefix("per")
            defines.append(f"#define {prefix}_PER {literal(float(values[0]), suffix)}")
        else:
            numbers[key] = [float(value) for value in values]
    if polynomial:
        defines += array(f"V_CONST double {name}[{len(polynomial)}]", polynomial)

    def rotated(values: list[float]) -> list[str]:
        first, side = (int(number) for number in (*numbers["first"], len(values))[:2])
        sides = [values[i : i + side] for i in range(0, len(values), side)]
        return [literal(v, suffix) for of in sides for v in of[-first:] + of[:-first]]

    for column, values in columns.items():
        defines += array(f"V_CONST float {column}[{len(values)}]", rotated(values))
    if pieces:
        rows = list(pieces.values())
        whole = len(rows) - upper
        defines += table(f"float {name}", [rotated(row) for row in rows[:whole]])
        if upper:
            defines += table(f"uint16_t {name}_UPPER", [upper_halves(row) for row in rows[whole:]])
    if len(defines) == 0 or "error" not in numbers:
        raise SystemExit(f"{script.name}: Sollya printed\n{run.stdout}{run.stderr}")
    absolute = solve_it is STEPS or "mode = absolute" in source
    header = HEADER.format(
        script=script.name,
        digest=hashlib.sha256(source.encode()).hexdigest()[:16],
        comment=comment,
        lo=f"{numbers['bounds'][0]:.6g}",
        hi=f"{numbers['bounds'][1]:.6g}",
        kind="weighted" if "weight" in source else "absolute" if absolute else "relative",
        error=math.log2(numbers["error"][0]),
    )
    return header + "\n".join(defines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("scripts", nargs="*", metavar="NAME", help="all where none is given")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    args = parser.parse_args()
    known = {}
    for script in sorted(SCRIPTS.glob("*.sollya")):
        source = script.read_text(encoding="utf-8")
        orders = re.search(r"orders = \[\|(.*)\|\]", source)
        counts = re.findall(r"^count = (\d+);", source, flags=re.M) or (16, 8)
        for count in counts[: len(orders[1].split(","))] if orders else (0,):
            known[f"{script.stem}_{count}" if count else script.stem] = (script, int(count))
    unknown = set(args.scripts) - set(known)
    if unknown:
        parser.error(f"no header {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    names = args.scripts or list(known)
    check, stale = args.check, 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = list(pool.map(lambda name: solve(*known[name]), names))
    for name, text in zip(names, texts, strict=True):
        (script, _), header = known[name], HEADERS / f"{name}.gen.h"
        if check and text != header.read_text(encoding="utf-8"):
            print(f"{header.relative_to(ROOT)} is not what {script.name} gives", file=sys.stderr)
            stale += 1
        elif not check:
            header.write_text(text, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
