"""The command line: results on stdout, errors on stderr, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from click.testing import CliRunner, Result
from onnx import parser

import edgeact
import edgeact.cuda
from edgeact import demo
from edgeact.cli import main
from edgeact.onnx import Report

MODEL = parser.parse_model(
    '<ir_version: 8, opset_import: ["": 20]> g (float[N] x) => (float[N] y)'
    " { a = Mish(x) b = Gelu(a) y = Elu(b) }"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.onnx"
    onnx.save(MODEL, path)
    return path


class TestInspect:
    def test_table(self, source: Path) -> None:
        result = run("onnx", "inspect", source, "--dim", "N=4096")
        assert result.exit_code == 0
        for text in ("Mish", "Gelu", "Elu", "%", "ms in ONNX Runtime's operators"):
            assert text in " ".join(result.stdout.split())

    def test_reasons(self, source: Path) -> None:
        result = run("onnx", "inspect", source, "--dim", "N=4096")
        assert "1: ONNX Runtime fuses it" in " ".join(result.stdout.replace("│", "").split())

    def test_json(self, source: Path) -> None:
        found = json.loads(run("onnx", "inspect", source, "--dim", "N=4096", "--json").stdout)
        assert {kind["operator"] for kind in found["activations"]} == {"Mish", "Gelu", "Elu"}
        assert 0.9 < sum(kind["share"] for kind in found["activations"]) <= 1

    def test_refused(self, source: Path) -> None:
        result = run("onnx", "inspect", source.parent / "nothing.onnx")
        assert result.exit_code == 2
        assert "nothing.onnx" in result.stderr


class TestAccelerate:
    def test_writes_the_model(self, source: Path) -> None:
        output = source.with_name("out.onnx")
        result = run("accelerate", source, "-o", output)
        assert result.exit_code == 0
        operators = [node.op_type for node in onnx.load(output).graph.node]
        assert operators == ["Mish", "Gelu", "Elu"]
        for text in ("Mish", "Elu", "replaced by edgeact's operator", "ONNX Runtime fuses it"):
            assert text in result.stdout

    def test_json(self, source: Path) -> None:
        result = run("accelerate", source, "--dry-run", "--json")
        assert json.loads(result.stdout) == {
            "replaced": {"Elu": 1, "Mish": 1},
            "fused": {},
            "left_alone": [{"operator": "Gelu", "node": "b", "reason": "ONNX Runtime fuses it"}],
            "target": "portable",
            "choices": {},
            "before_ms": None,
            "after_ms": None,
            "note": None,
            "differences": [],
        }

    def test_dry_run_writes_nothing(self, source: Path) -> None:
        output = source.with_name("out.onnx")
        assert run("accelerate", source, "-o", output, "--dry-run").exit_code == 0
        assert not output.exists()

    def test_host(self, source: Path) -> None:
        output = source.with_name("out.onnx")
        result = run("accelerate", source, "--for", "host", "-o", output, "--no-measure")
        assert result.exit_code == 0
        (tied,) = onnx.load(output).metadata_props
        assert tied.key == "edgeact.host"

    def test_host_says_what_it_measured(self, source: Path) -> None:
        result = run("accelerate", source, "--for", "host", "--dim", "N=4096", "--dry-run")
        assert result.exit_code == 0
        assert "ms before" in " ".join(result.stdout.split())

    def test_compare(self, source: Path, tmp_path: Path) -> None:
        data = tmp_path / "data.npz"
        np.savez(data, x=np.linspace(-5, 5, 99, dtype=np.float32))
        result = run("accelerate", source, "--dry-run", "--inputs", data, "--json")
        (held,) = json.loads(result.stdout)["differences"]
        assert held["output"] == "y"
        assert 0 < held["max_abs"] < 1e-5
        table = run("accelerate", source, "--dry-run", "--inputs", data, "--tier", "exact")
        assert "nearer to float64" in " ".join(table.stdout.split())

    def test_budget(self, source: Path) -> None:
        output = source.with_name("out.onnx")
        arguments = ("accelerate", source, "-o", output, "--dim", "N=1000")
        result = run(*arguments, "--max-abs", "1e-12")
        assert result.exit_code == 1
        assert "more than 1e-12" in " ".join(result.stderr.split())
        assert not output.exists()
        assert run(*arguments, "--max-abs", "1e-4").exit_code == 0
        assert output.exists()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("--dim", "N"), "--dim 'N': not NAME=SIZE"),
            (("--inputs", "nowhere.npz"), "nowhere.npz"),
            (("--for", "moon"), "'moon' is not one of 'portable', 'host'"),
        ],
    )
    def test_bad_options(self, source: Path, arguments: tuple[str, ...], message: str) -> None:
        result = run("accelerate", source, "--dry-run", *arguments)
        assert result.exit_code == 2
        assert message in result.stderr

    def test_output_is_required(self, source: Path) -> None:
        result = run("accelerate", source)
        assert result.exit_code == 2
        assert "Missing option '-o'" in result.stderr

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["nothing.onnx"], "nothing.onnx"),
            ([""], "the path of the model is empty"),
            (["."], ". is a directory"),
            ([__file__], "is not an ONNX model"),
        ],
    )
    def test_bad_input(self, tmp_path: Path, arguments: list[str], message: str) -> None:
        output = tmp_path / "out.onnx"
        result = run("accelerate", *arguments, "-o", output)
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stdout == ""
        assert not output.exists()

    def test_bad_tier(self, source: Path) -> None:
        result = run("accelerate", source, "--dry-run", "--tier", "sloppy")
        assert result.exit_code == 2
        assert "'sloppy'" in result.stderr

    def test_bad_output(self, source: Path) -> None:
        result = run("accelerate", source, "-o", source.parent / "nowhere" / "out.onnx")
        assert result.exit_code == 2
        assert "nowhere" in result.stderr


class TestInfoAndList:
    def test_info(self) -> None:
        assert edgeact.info()["isa"] in run("info").stdout
        facts = edgeact.info() | {"cuda": str(edgeact.cuda.available())}
        assert json.loads(run("info", "--json").stdout) == facts

    def test_list(self) -> None:
        result = run("list")
        assert result.exit_code == 0
        for name in edgeact.activations() + edgeact.rowwise():
            assert name in result.stdout

    def test_list_json(self) -> None:
        rows = json.loads(run("list", "--json").stdout)
        assert [row["name"] for row in rows] == edgeact.activations() + edgeact.rowwise()
        (elu,) = [row for row in rows if row["name"] == "elu"]
        assert elu["params"] == {"alpha": 1.0}
        assert elu["range"] == [-1.0, "inf"]
        kinds = [(bound["tier"], bound["dtype"]) for bound in elu["bounds"]]
        halves = ["float16", "bfloat16"]
        assert kinds == [
            *(("exact", dtype) for dtype in ("float32", *halves)),
            *(("fast", dtype) for dtype in ("float32", "float64", *halves)),
            *(("coarse", dtype) for dtype in ("float32", *halves)),
        ]


def result(read: str) -> demo.Result:
    timing = demo.Timing(2.0, 1.5, 2.5)
    model = demo.Model("name", "name.onnx", Report({"Mish": 3}), timing, timing, 1.0, 1e-6)
    line = demo.Line("text", "text", read)
    return demo.Result([model], [line], line.before == line.after)


class TestDemo:
    @pytest.mark.parametrize(("read", "code"), [("text", 0), ("test", 1)])
    def test_exit_code(self, monkeypatch: pytest.MonkeyPatch, read: str, code: int) -> None:
        monkeypatch.setattr(demo, "run", lambda progress: result(read))
        assert run("demo").exit_code == code
        assert json.loads(run("demo", "--json").stdout)["lines"][0]["after"] == read

    def test_missing_models(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(demo, "PACKAGE", "no-such-package")
        result = run("demo")
        assert result.exit_code == 2
        assert 'pip install "edgeact[demo]"' in result.stderr


def test_without_click() -> None:
    program = "import sys; sys.modules['click'] = None; import edgeact.cli"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 2
    assert 'pip install "edgeact[cli]"' in result.stderr


class TestCudaBuild:
    def test_prints_where_it_is(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(edgeact.cuda, "build", lambda nvcc, advance: tmp_path / "lib.so")
        assert run("cuda", "build").stdout.strip().endswith("lib.so")

    def test_refused(self, tmp_path: Path) -> None:
        nvcc = tmp_path / "nvcc"
        nvcc.write_text("#!/bin/sh\necho 'no such architecture' >&2; exit 1\n")
        nvcc.chmod(0o755)
        result = run("cuda", "build", "--nvcc", nvcc)
        assert result.exit_code == 2
        assert "no such architecture" in result.stderr
