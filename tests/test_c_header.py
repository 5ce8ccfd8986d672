"""The C99 headers of ``edgeact tabulate``, compiled and run over all inputs."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import edgeact as ea
from edgeact import reference
from edgeact.cli import main

FOLDER = Path(__file__).parent / "c" / "cortex_m4"
FLAGS = ["-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
ARM = ["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-ffreestanding", "-nostdlib"]
QEMU = ["qemu-system-arm", "-M", "mps2-an386", "-nodefaults", "-nic", "none", "-display", "none"]
QEMU += ["-chardev", "stdio,id=out", "-semihosting-config"]
QEMU += ["enable=on,target=native,chardev=out", "-kernel"]

CASES = {
    "mish_lut": ("mish", (0.05, 0), (0.05, -3), "int8", "int8", {}),
    "gelu_u8": ("gelu", (0.02, 100), (0.01, 20), "uint8", "uint8", {}),
    "sigmoid_mixed": ("sigmoid", (0.1, -5), (1 / 256, 0), "int8", "uint8", {}),
    "elu_half": ("elu", (0.05, 7), (0.03, -100), "int8", "int8", {"alpha": 0.5}),
    "tanh16": ("tanh", (2**-12, 0), (2**-15, 0), "int16", "int16", {}),
    "exp16": ("exp", (2**-11, -777), (0.001, 12345), "int16", "int16", {"segments": 64}),
    "finest": ("gelu", (0.001, 32767), (0.002, 0), "int16", "int16", {"segments": 32768}),
    "coarsest": ("silu", (0.001, -32768), (0.002, 0), "int16", "int16", {"segments": 16}),
}


def make(name: str) -> ea._quantized.Table8 | ea._quantized.Table16:
    *arguments, params = CASES[name]
    return ea.quantized(*arguments, **params)


def results(compiler: list[str], runner: list[str], folder: Path, name: str) -> np.ndarray:
    """What the compiled header gives for all inputs, in order."""
    table = make(name)
    (folder / f"{name}.h").write_text(table.to_c(name), encoding="utf-8")
    limits = np.iinfo(table.input.dtype)
    defines = {"HEADER": f'"{name}.h"', "FUNCTION": name, "INPUT": f"{table.input.dtype}_t"}
    defines |= {"FIRST": limits.min, "LAST": limits.max}
    program = folder / name
    arguments = [*FLAGS, f"-I{folder}", *(f"-D{key}={value}" for key, value in defines.items())]
    subprocess.run([*compiler, *arguments, str(FOLDER / "main.c"), "-o", program], check=True)
    done = subprocess.run([*runner, program], check=True, capture_output=True, text=True)
    words = np.array([int(line, 16) for line in done.stdout.split()], np.uint16)
    return words.astype(table.output.bits).view(table.output.dtype)


def expected(name: str) -> np.ndarray:
    table = make(name)
    limits = np.iinfo(table.input.dtype)
    return table(np.arange(limits.min, limits.max + 1).astype(table.input.dtype))


@pytest.mark.parametrize("name", CASES)
def test_here(tmp_path, name):
    compiler = next(filter(shutil.which, ("cc", "gcc", "clang")))
    np.testing.assert_array_equal(results([compiler], [], tmp_path, name), expected(name))


@pytest.mark.skipif(not shutil.which(ARM[0]), reason="needs gcc-arm-none-eabi")
@pytest.mark.skipif(not shutil.which(QEMU[0]), reason="needs qemu-system-arm")
@pytest.mark.parametrize("name", CASES)
def test_on_a_cortex_m4(tmp_path, name):
    """With no library at all."""
    compiler = [*ARM, "-T", str(FOLDER / "mps2.ld")]
    np.testing.assert_array_equal(results(compiler, QEMU, tmp_path, name), expected(name))


STEP = 999983  # a prime: 4,296 floats of all sizes


@pytest.fixture(scope="module")
def mish_float() -> ea.Tabulated:
    return ea.tabulate(ea.mish, (-8, 8), 1e-4, check=1 << 16)


def check_floats(
    mish: ea.Tabulated, compiler: list[str], libraries: list[str], runner: list[str], folder: Path
) -> None:
    """The compiled header of the float form: the bits of its own formula, and the bound."""
    (folder / "mish.h").write_text(mish.to_c("mish"), encoding="utf-8")
    program = folder / "mish"
    defines = [f"-DSTEP={STEP}u", '-DHEADER="mish.h"', "-DFUNCTION=mish"]
    arguments = [*FLAGS, "-ffp-contract=off", f"-I{folder}", *defines, str(FOLDER / "main.c")]
    subprocess.run([*compiler, *arguments, *libraries, "-o", program], check=True)
    done = subprocess.run([*runner, program], check=True, capture_output=True, text=True)
    y = np.array([int(line, 16) for line in done.stdout.split()], np.uint32).view(np.float32)
    x = np.arange(0, 1 << 32, STEP, dtype=np.uint32).view(np.float32)
    number = ~np.isnan(x)
    np.testing.assert_array_equal(y[number], mish.table.in_c(x[number]))
    assert np.isnan(y[~number]).all()
    for a, value in zip(x.tolist(), y.tolist(), strict=True):
        if abs(a) <= 8:
            assert abs(value - reference.exact("mish", a)) <= 1e-4


def test_floats_here(tmp_path, mish_float):
    compiler = next(filter(shutil.which, ("cc", "gcc", "clang")))
    check_floats(mish_float, [compiler], [], [], tmp_path)


@pytest.mark.skipif(not shutil.which(ARM[0]), reason="needs gcc-arm-none-eabi")
@pytest.mark.skipif(not shutil.which(QEMU[0]), reason="needs qemu-system-arm")
def test_floats_on_a_cortex_m4(tmp_path, mish_float):
    """Without a floating-point unit: gcc's own arithmetic."""
    compiler = [*ARM, "-T", str(FOLDER / "mps2.ld")]
    check_floats(mish_float, compiler, ["-lgcc"], QEMU, tmp_path)


def test_the_head_says_what_it_is():
    text = make("elu_half").to_c("elu_half")
    for part in ("alpha * expm1(x)", "alpha = 0.5", "int8 with scale 0.05 and zero point 7"):
        assert part in text
    assert "Error: 0 LSB" in text
    table = make("exp16")
    head = " ".join(table.to_c("exp16").split("*/")[0].replace("\n *", "").split())
    assert f"reached at {table.bound_at}," in head
    bound = float(head.split("at most ")[1].split(" LSB")[0])
    assert table.bound <= bound < table.bound + 1e-4


def test_one_header_beside_another(tmp_path):
    for name in CASES:
        (tmp_path / f"{name}.h").write_text(make(name).to_c(name), encoding="utf-8")
    twice = "".join(f'#include "{name}.h"\n' for name in [*CASES, *CASES])
    (tmp_path / "all.c").write_text(twice + "int main(void) { return 0; }\n", encoding="utf-8")
    command = ["cc", *FLAGS, "-c", "all.c", "-o", "all.o"]
    subprocess.run(command, check=True, cwd=tmp_path)


@pytest.mark.parametrize("name", ["1st", "a-b", "", "a b", "é"])
def test_no_name_for_a_function(name):
    with pytest.raises(ValueError, match="is not a name for a C function"):
        make("mish_lut").to_c(name)


def test_channels_have_no_header():
    table = ea.quantized("mish", ([0.1, 0.2], 0), (0.05, -3), axis=0)
    with pytest.raises(ValueError, match="make a table for each"):
        table.to_c("mish")


class TestTabulate:
    def run(self, arguments: str) -> Result:
        return CliRunner().invoke(main, ["tabulate", *arguments.split()])

    def test_int8(self, tmp_path):
        path = tmp_path / "mish_lut.h"
        result = self.run(f"mish --int8 --in 0.05,0 --out 0.05,-3 --c {path}")
        assert (result.exit_code, result.stdout) == (0, "mish: 256 bytes of table, error 0 LSB\n")
        assert path.read_text(encoding="utf-8") == make("mish_lut").to_c("mish_lut")
        assert [p.name for p in tmp_path.iterdir()] == ["mish_lut.h"]

    @pytest.mark.parametrize("name", ["mish_lut", "gelu_u8", "elu_half", "exp16"])
    def test_the_command_in_the_head_makes_the_header_again(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        text = make(name).to_c(name)
        head = " ".join(text.split("*/")[0].replace("\n *", "").split())
        assert self.run(head.split("edgeact tabulate ")[1]).exit_code == 0
        assert Path(f"{name}.h").read_text(encoding="utf-8") == text

    def test_float(self, tmp_path):
        path = tmp_path / "swish.h"
        form = "swish --float --param beta=1.5 --domain -6,6 --max-abs 1e-3 --sample 4096"
        result = self.run(f"{form} --c {path}")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("swish: ")
        assert " bytes of table, error at most 0.001 on [-6, 6]" in result.stdout
        head = path.read_text(encoding="utf-8").split("*/")[0]
        assert "swish(beta=1.5) on [-6, 6]" in " ".join(head.replace("\n *", "").split())

    def test_int16(self):
        result = self.run("gelu --int16 --in 0.001,0 --out 0.001,0 --segments 256")
        bound = ea.quantized("gelu", (0.001, 0), (0.001, 0), "int16", segments=256).bound
        size, error = result.stdout.split(" bytes of table, error at most ")
        assert size == "gelu: 1028"
        assert bound <= float(error.split()[0]) < bound + 1e-4

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ("mish --int8 --in 0.05 --out 0.05,-3", "--in '0.05': not SCALE,ZERO"),
            ("mish --int8 --in 0.05,0 --out 0.05,x", "--out '0.05,x': not SCALE,ZERO"),
            ("mish --int8 --in -1,0 --out 0.05,-3", "input scale -1.0"),
            ("mish --int8 --in 1,0 --out 0.05,-300", "output zero point -300"),
            ("mush --int8 --in 1,0 --out 1,0", "no activation 'mush'"),
            ("elu --int8 --in 1,0 --out 1,0 --param alpha", "--param 'alpha': not KEY=VALUE"),
            ("elu --int8 --in 1,0 --out 1,0 --param beta=1", "no parameter 'beta'"),
            ("elu --int16 --in 1,0 --out 1,0 --segments 5", "5 segments"),
            ("log1p --int8 --in 1,0 --out 1,0", "log1p is NaN at q = -128"),
            ("mish --int8 --in 1,0 --out 1,0 --c 3.h", "'3' is not a name"),
            ("mish --int8 --in 1,0 --out 1,0 --c no/such.h", "no/such.h"),
            ("mish --int8 --in 1,0", "Missing option '--out'"),
            ("mish --in 1,0 --out 1,0", "Missing one of '--int8'"),
        ],
    )
    def test_bad_input(self, tmp_path, monkeypatch, arguments, message):
        monkeypatch.chdir(tmp_path)
        result = self.run(arguments)
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stdout == ""
        assert not list(tmp_path.iterdir())
