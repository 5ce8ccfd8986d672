"""Writes the table of docs/onnx.md: the formulas that accelerate recognises.

python tools/onnx_patterns.py [--check]
"""

import argparse
from pathlib import Path

from edgeact.onnx.patterns import RULES

DOC = Path(__file__).parents[1] / "docs" / "onnx.md"
BEGIN, END = "<!-- patterns -->\n", "<!-- end of patterns -->\n"


def table() -> str:
    lines = ["| operator | formula | float32 in tiers other than exact |", "|---|---|---|"]
    for rule in RULES:
        kept = None if any(t.name == "FLOAT" for t in rule.slow) else rule.kept
        formulas = "<br>".join(f"`{formula}`" for formula in rule.formulas)
        lines.append(f"| {rule.operator} | {formulas} | {kept or 'replaced'} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if the table is not the rules'")
    arguments = parser.parse_args()
    text = DOC.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    renewed = f"{before}{BEGIN}{table()}{END}{after}"
    if arguments.check and renewed != text:
        raise SystemExit(f"{DOC} is not what the rules say: run python tools/onnx_patterns.py")
    DOC.write_text(renewed)


if __name__ == "__main__":
    main()
