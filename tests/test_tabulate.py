"""Tables of functions of one's own, against mpmath and MPFR."""

import ctypes
import json
import math
import pickle
import re
import shutil
import subprocess
import sys
import types
import weakref

import mpmath
import numpy as np
import onnxruntime
import pytest

import edgeact as ea
import edgeact.onnx
from edgeact import _registry, reference
from edgeact._registry import ffi, lib
from edgeact._tabulate import check as checking
from edgeact._tabulate import fit
from edgeact._tabulate.table import MAX_DEGREE, Table

QUICK = 1 << 17
BETA = 1.3


def swish(x):
    """As a network may have learned it."""
    return x / (1 + np.exp(-BETA * x))


def hardswish(x):
    return x * np.clip(x + 3, 0, 6) / 6


def relu(x):
    return np.maximum(x, 0)


def bent(x):
    """Kinks where no seam is of its own accord."""
    return np.maximum(x - 0.3, 0)


def exact_swish(x):
    return mpmath.mpf(x) / (1 + mpmath.exp(-mpmath.mpf(float(BETA)) * x))


TRUTH = {
    "tanh": (np.tanh, lambda x: float(reference.exact("tanh", x))),
    "swish": (swish, lambda x: float(exact_swish(x))),
    "hardswish": (hardswish, lambda x: float(reference.exact("hardswish", x))),
    "relu": (relu, lambda x: max(x, 0.0)),
    "bent": (bent, lambda x: max(x - 0.3, 0.0)),
}
FUNCTIONS = pytest.mark.parametrize("name", TRUTH)


@pytest.fixture(scope="module")
def made():
    """Each function's table, made once."""
    tables = {}

    def get(name, max_abs=1e-4):
        key = name, max_abs
        if key not in tables:
            tables[key] = ea.tabulate(TRUTH[name][0], max_abs=max_abs, check=QUICK)
        return tables[key]

    return get


def inputs(f, count=3000):
    """Random ones, and both sides of each seam."""
    domain = f.certificate.domain
    rng = np.random.default_rng(3)
    near_0 = rng.normal(0, 1e-3, count // 4)
    x = np.concatenate([rng.uniform(*domain, count), near_0, [0.0, -0.0, 1e-40, -1e-40, *domain]])
    seams = checking.near_seams(f.table.grid, domain)
    x = np.append(x.astype(np.float32), seams[:: max(1, len(seams) // 500)])
    return x[(x >= domain[0]) & (x <= domain[1])]


@FUNCTIONS
@pytest.mark.parametrize("max_abs", [1e-3, 1e-4, 2e-6])
def test_the_bound_holds_on_every_isa(made, name, max_abs):
    f = made(name, max_abs)
    assert f.bound <= max_abs
    x = inputs(f)
    truth = np.array([TRUTH[name][1](float(v)) for v in x])
    for isa in _registry.isas():
        error = np.abs(f.table.evaluate(isa, x) - truth)
        assert error.max() <= f.bound, (isa, x[np.argmax(error)])
    assert np.abs(f(x) - truth).max() <= f.bound
    assert np.abs(f.table.in_c(x) - truth).max() <= f.bound
    assert np.abs(f(x.astype(np.float64)) - truth).max() <= f.bound


def test_smooth_functions_take_tables_in_registers(made):
    for name in ("tanh", "swish"):
        assert made(name, 2e-6).table.grid.segments <= 32


@pytest.mark.parametrize("segments", [8, 16, 32, 64, 1024])
@pytest.mark.parametrize("degree", range(1, MAX_DEGREE + 1))
def test_every_kernel_evaluates_its_table(segments, degree):
    """Against the polynomials in float64; isas with FMA give the same bits."""
    rng = np.random.default_rng(degree)
    grid = fit.grid((-3.0, 5.0), segments, 0.0, False, False)
    coefficients = rng.normal(size=(degree + 1, segments)).astype(np.float32)
    table = Table(grid, (0.25, -0.5), (1.0, 0.0), coefficients)
    x = np.append(rng.uniform(-5, 7, 999), [np.inf, -np.inf, np.nan]).astype(np.float32)
    u = np.clip(x, grid.lo, grid.hi).astype(float) * float(grid.scale) + float(grid.offset)
    away = ~(np.abs(u - np.rint(u)) > 0.499)
    number = np.rint(np.nan_to_num(u)).astype(int)
    expected = np.polynomial.polynomial.polyval(
        u - number, coefficients[:, number % segments].astype(float), tensor=False
    )
    expected = np.where(x < grid.lo, 0.25 - 0.5 * x, np.where(x > grid.hi, 1.0, expected))
    bits = set()
    for isa in _registry.isas():
        y = table.evaluate(isa, x)
        np.testing.assert_allclose(y[away], expected[away], rtol=3e-5, atol=3e-5)
        if _registry.find_isa(isa).fma:
            bits.add(y.tobytes())
    assert len(bits) == 1
    # Between seams the C header computes as an isa without FMA does.
    for isa in _registry.isas():
        if not _registry.find_isa(isa).fma:
            finite = away & np.isfinite(x)
            np.testing.assert_array_equal(table.in_c(x[finite]), table.evaluate(isa, x[finite]))


def test_every_float32_is_tried():
    tried = []
    f = ea.tabulate(np.tanh, domain=(1, 1.5), max_abs=1e-5, progress=tried.append)
    places = np.float32([1, 1.5]).view(np.int32)
    count = int(places[1] - places[0]) + 1
    assert f.certificate.exhaustive
    assert sum(tried) == count
    assert all(f.certificate.tried[isa] == count for isa in checking.distinct_isas())
    x = np.arange(places[0], places[1] + 1, dtype=np.int32).view(np.float32)
    found = np.abs(f(x) - np.tanh(x.astype(float))).max()
    assert found <= f.bound == f.certificate.error <= 1e-5


@pytest.mark.parametrize("domain", [(-2e-38, 1e-38), (0.0, 1e-43), (-1e-43, -0.0), (-3e-45, 4e-45)])
def test_inputs_are_all_floats_in_order(domain):
    held = checking.Inputs(domain)
    x = np.concatenate(list(held.all()))[: 1 << 20]
    assert np.float32(domain[0]) == x[0]
    assert (np.diff(x[:1000]) >= 0).all()
    everything = np.concatenate([x.view(np.uint32)])
    assert len(np.unique(everything)) == len(x)
    if held.count < 1000:
        lo, hi = np.float32(domain[0]), np.float32(domain[1])
        bits = np.concatenate([np.arange(0, 200), 0x80000000 + np.arange(0, 200)])
        wanted = bits.astype(np.uint32).view(np.float32)
        inside = wanted[(wanted >= lo) & (wanted <= hi)]
        missing = set(inside.view(np.uint32)) - set(x.view(np.uint32))
        assert missing <= {0, 0x80000000}, "only the zero beyond an end that is a zero"


def test_an_error_of_one_input_is_found(made):
    """A fn that is wrong at one float32 of 2^22 fails the check."""
    f = made("tanh")
    at = float(np.float32(1.2345))

    def wrong(x):
        return np.where(x == at, 2.0, np.tanh(x))

    arguments = (f.table, wrong, (1.0, 1.5), None, 60.0, lambda _: None, 10.0)
    found, exhaustive = checking.check(*arguments)
    assert exhaustive
    assert found.at == at
    assert found.error > 1


def test_slow_functions_are_sampled_and_the_certificate_says_so():
    f = ea.tabulate(mpmath.tanh, seconds=0.1)
    assert not f.certificate.exhaustive
    assert f.bound == 1e-4
    assert "sampled" in str(f.certificate)
    assert max(f.certificate.tried.values()) < 1 << 24
    assert np.abs(f(np.float32([0.5, -2])) - np.tanh([0.5, -2])).max() <= 1e-4


def test_functions_of_one_float():
    f = ea.tabulate(lambda x: math.erf(x) if x > 0 else -math.erf(-x), check=QUICK)
    x = np.float32([-1, 0.5, 3])
    np.testing.assert_allclose(f(x), [math.erf(v) for v in x], atol=1e-4, rtol=0)


def test_torch_modules(monkeypatch):
    """A stand-in for torch: what its modules are asked for."""

    class Module:
        beta = 0.5

        def double(self):
            return self

        eval = double

        def __call__(self, x):
            assert isinstance(x, Tensor)
            return Tensor(np.tanh(self.beta * x.values))

    class Tensor:
        def __init__(self, values):
            self.values = values

        def numpy(self):
            return self.values

    class NoGrad:
        def __enter__(self):
            pass

        def __exit__(self, *_):
            pass

    torch = types.SimpleNamespace(
        nn=types.SimpleNamespace(Module=Module), from_numpy=Tensor, no_grad=NoGrad
    )
    monkeypatch.setitem(sys.modules, "torch", torch)
    module = Module()
    f = ea.tabulate(module, check=QUICK)
    module.beta = 5  # trained on: the table is of what was
    assert f.certificate.function == "Module"
    np.testing.assert_allclose(f(np.float32([1, -2])), np.tanh([0.5, -1]), atol=1e-4, rtol=0)
    np.testing.assert_allclose(f.grad(np.float32(1)), 0.5 / np.cosh(0.5) ** 2, atol=1e-4, rtol=0)


def test_real_torch_modules():
    torch = pytest.importorskip("torch")
    f = ea.tabulate(torch.nn.Hardswish(), check=QUICK)
    x = np.float32([-4, -1, 2])
    np.testing.assert_allclose(f(x), hardswish(x), atol=1e-4, rtol=0)


@FUNCTIONS
def test_nan_stays_and_beyond_the_domain_goes_on(made, name):
    f, fn = made(name), TRUTH[name][0]
    with np.errstate(all="raise", under="ignore"):
        y = f(np.float32([np.nan, np.inf, -np.inf, 1e38, -1e38, 12, -12]))
    assert np.isnan(y[0])
    if name == "tanh":
        np.testing.assert_array_equal(y[1:], [1, -1, 1, -1, 1, -1])
    else:
        assert y[1] == np.inf
        assert -3e-4 < y[2] == y[4] == y[6] <= 0
        np.testing.assert_allclose(y[3], 1e38)
        np.testing.assert_allclose(y[5], fn(12.0), rtol=1e-4)
    wide = f(np.float64([np.nan, np.inf, -np.inf, 1e38, -1e38, 12, -12]))
    np.testing.assert_allclose(wide, y, rtol=1e-6)


def test_outside_linear_and_constant():
    line = ea.tabulate(np.exp, domain=(-1, 1), check=QUICK)
    np.testing.assert_allclose(line(np.float32([2, 3])), math.e * np.array([2, 3]), rtol=1e-4)
    np.testing.assert_allclose(line(np.float32(-2)), 0, atol=1e-4)  # the tangent at -1 meets it
    level = ea.tabulate(np.exp, domain=(-1, 1), check=QUICK, outside="constant")
    y = level(np.float32([-np.inf, -2, 2, np.inf]))
    np.testing.assert_allclose(y, [1 / math.e, 1 / math.e, math.e, math.e], atol=1e-4)
    for isa in _registry.isas():
        x = np.float32([-np.inf, -2, 2, np.inf, np.nan])
        np.testing.assert_array_equal(level.table.evaluate(isa, x), level(x))


def test_outside_tangent_keeps_a_slope_that_is_nearly_whole():
    def bent(x):
        return np.where(x > 0, 1.0005 * x, 3e-4 * x)

    x = np.float32([-1e6, -9, 9, 1e6])
    f = ea.tabulate(bent, check=QUICK, outside="tangent")
    np.testing.assert_allclose(f(x), bent(x), rtol=1e-6, atol=1e-4)
    assert f.certificate.outside == "tangent"
    whole = ea.tabulate(bent, check=QUICK)
    np.testing.assert_allclose(whole(x[[0, 3]]), [0, 1e6], atol=1)
    relu = ea.tabulate(np.vectorize(lambda v: max(v, 0.0)), check=QUICK, outside="tangent")
    np.testing.assert_array_equal(relu(np.float32([-np.inf, 1e30])), np.float32([0, 1e30]))


@pytest.mark.parametrize("name", ["tanh", "swish", "relu", "hardswish"])
def test_zero_is_exact(made, name):
    f = made(name)
    for isa in _registry.isas():
        np.testing.assert_array_equal(f.table.evaluate(isa, np.float32([0, -0.0])), 0)
    assert np.abs(f(np.float64([0, -0.0]))).max() < 1e-7
    assert (f.table.in_c(np.float32([0, -0.0])) == 0).all()


def test_near_zero_the_error_is_relative_where_a_segment_is_centred_there():
    f = ea.tabulate(np.tanh, max_abs=1e-3, check=QUICK)
    assert f.table.grid.offset == 0
    x = np.float32([1e-30, -1e-10, 1e-5])
    np.testing.assert_allclose(f(x), x, rtol=1e-2)
    assert np.signbit(f(np.float32(-0.0)))


def test_what_a_ufunc_does(made):
    f = made("tanh")
    assert isinstance(f.ufunc, np.ufunc)
    assert f.ufunc.__name__ == "tanh"
    assert set(f.ufunc.types) >= {"e->e", "f->f", "d->d"}
    x = np.random.default_rng(1).normal(0, 3, (300, 41)).astype(np.float32)
    y = f(x)
    out = np.zeros_like(x)
    assert f(x, out=out) is out
    np.testing.assert_array_equal(out, y)
    masked = f(x, where=x > 0, out=np.full_like(x, 7))
    np.testing.assert_array_equal(masked, np.where(x > 0, y, 7))
    for view in (np.s_[::3, ::2], np.s_[::-1], np.s_[:, 5], np.s_[4], np.s_[:0], np.s_[3, 4]):
        np.testing.assert_array_equal(f(x[view]), y[view])
    for n in range(1, 70):
        np.testing.assert_array_equal(f(x.ravel()[:n]), y.ravel()[:n])
        np.testing.assert_array_equal(f(x.ravel()[: 3 * n : 3]), y.ravel()[: 3 * n : 3])
    strided = np.zeros((41, 600), np.float32)[:, ::2].T
    f(x, out=strided)
    np.testing.assert_array_equal(strided, y)
    in_place = x.copy()
    f(in_place, out=in_place)
    np.testing.assert_array_equal(in_place, y)
    assert f(np.float32(1)).shape == ()
    assert f(1.0).dtype == np.float64
    with pytest.raises(TypeError, match="tanh has no loop for dtype complex64"):
        f(np.complex64(1))


def test_half_types_round_once_more(made):
    f = made("swish")
    x = np.random.default_rng(2).normal(0, 4, 2000).astype(np.float16)
    x[:5] = [0, np.inf, -np.inf, np.nan, 6e-8]
    for step in (1, 3):
        y = f(x[::step])
        assert y.dtype == np.float16
        np.testing.assert_array_equal(y, f(x[::step].astype(np.float32)).astype(np.float16))
    bfloat16 = pytest.importorskip("ml_dtypes").bfloat16
    wide = x.astype(bfloat16)
    y = f(wide)
    assert y.dtype == bfloat16
    np.testing.assert_array_equal(
        y.astype(np.float32), f(wide.astype(np.float32)).astype(bfloat16).astype(np.float32)
    )


def test_a_table_lives_as_long_as_its_ufunc(made):
    f = made("swish")
    x, y = np.linspace(-9, 9, 100, dtype=np.float32), None
    ufuncs = [f.table.ufunc(f"f{i}", "doc") for i in range(50)]
    y = f(x)
    for ufunc in ufuncs[::2]:
        np.testing.assert_array_equal(ufunc(x), y)
    copy = pickle.loads(pickle.dumps(f))
    held, gone = copy.ufunc, weakref.ref(copy)
    del copy
    assert gone() is None
    np.testing.assert_array_equal(held(x), y)
    assert held.__doc__.endswith(str(f.certificate))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_dropped_tables_give_their_memory_back():
    grid = fit.grid((-8.0, 8.0), 65536, 0.0, False, False)
    table = Table(grid, (0.0, 0.0), (0.0, 0.0), np.ones((4, 65536), np.float32))  # 1 MiB

    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    for _ in range(10):
        table.ufunc("f", "")
    before = resident()
    for _ in range(200):
        table.ufunc("f", "")
    assert resident() - before < 50 << 20


@pytest.mark.parametrize("name", ["tanh", "swish"])
def test_the_derivative_of_smooth_functions(made, name):
    grad = made(name).grad
    assert made(name).grad is grad
    x = inputs(grad, 1000).astype(float)
    sigmoid = 1 / (1 + np.exp(-BETA * x))
    truth = {"tanh": 1 / np.cosh(x) ** 2, "swish": sigmoid * (1 + BETA * x * (1 - sigmoid))}[name]
    assert np.abs(grad(x.astype(np.float32)) - truth).max() <= grad.bound == 1e-4
    assert grad(np.float32(np.inf)) == (name == "swish")
    second = grad.grad(np.float32([0.5, -1]))
    if name == "tanh":
        h = np.float64([0.5, -1])
        np.testing.assert_allclose(second, -2 * np.tanh(h) / np.cosh(h) ** 2, atol=1e-4, rtol=0)


@pytest.mark.parametrize("name", ["relu", "hardswish", "bent"])
def test_the_derivative_beside_kinks(made, name):
    grad = made(name).grad
    x = np.float32([-7, -3.01, -2.99, -1e-3, 1e-3, 0.2999, 0.3001, 2.99, 3.01, 7, -np.inf, np.inf])
    step = 1e-6
    fn = TRUTH[name][0]
    inner = x[:-2].astype(float)
    truth = (fn(inner + step) - fn(inner - step)) / (2 * step)
    np.testing.assert_allclose(grad(x), [*truth, 0, 1], atol=2e-4, rtol=0)


def test_a_function_without_a_derivative_says_where():
    f = ea.tabulate(lambda x: np.abs(x - 0.3) + np.abs(x + 1.1), max_abs=3e-3, check=QUICK)
    with pytest.raises(ValueError, match=r"fn has no derivative .* near x = (0\.3|-1\.1):"):
        _ = f.grad


def test_save_and_load(made, tmp_path):
    for name in ("swish", "bent"):
        f = made(name)
        f.save(tmp_path / "table.json")
        loaded = ea.Tabulated.load(tmp_path / "table.json")
        x = np.append(np.linspace(-20, 20, 5000), [np.nan, np.inf, -np.inf]).astype(np.float32)
        assert loaded(x).tobytes() == f(x).tobytes()
        assert loaded.certificate == f.certificate
        assert loaded.bound == f.bound
    assert sorted(path.name for path in tmp_path.iterdir()) == ["table.json"]
    assert (tmp_path / "table.json").stat().st_size < 4096


def test_the_derivative_is_saved_once_it_is_there(tmp_path):
    f = ea.tabulate(np.tanh, check=QUICK)
    f.save(tmp_path / "without")
    with pytest.raises(ValueError, match="tanh was saved without its derivative"):
        _ = ea.Tabulated.load(tmp_path / "without").grad
    expected = f.grad(np.float32(1))
    f.save(tmp_path / "with")
    assert ea.Tabulated.load(tmp_path / "with").grad(np.float32(1)) == expected


DAMAGES = {
    "cut off": (lambda text: text[: len(text) // 2], "no JSON"),
    "one digit": (lambda text: re.sub(r'"lo": "-0x1', '"lo": "-0x2', text), "checksum"),
    "binary": (lambda text: "\0" + text, "no JSON"),
    "empty": (lambda text: "", "no JSON"),
    "foreign": (lambda text: '{"format": "another"}', "is no table of edgeact"),
    "a list": (lambda text: "[1, 2]", "is no table of edgeact"),
    "newer": (lambda text: text.replace('"version": 1', '"version": 2', 1), "version 2"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_and_foreign_files_are_refused(made, tmp_path, damage):
    path = tmp_path / "table.json"
    made("swish").save(path)
    change, message = DAMAGES[damage]
    path.write_text(change(path.read_text()))
    with pytest.raises(ValueError, match=message) as raised:
        ea.Tabulated.load(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    "change",
    [
        {"segments": 24},
        {"segments": 1 << 40},
        {"last": 1 << 20},
        {"scale": "0x1p+100"},
        {"lo": "nan"},
        {"coefficients": []},
        {"coefficients": [["0x0p+0"] * 8] * 9},
        {"coefficients": [["0x0p+0"] * 7] * 3},
        {"above": ["inf", "0x0p+0"]},
        {"certificate": {}},
        {"below": None},
    ],
    ids=str,
)
def test_no_file_can_make_a_kernel_read_beyond_its_table(made, tmp_path, change):
    """A right checksum over wrong numbers."""
    from edgeact._tabulate.tabulated import _hash

    fields = made("swish")._fields() | change
    path = tmp_path / "table.json"
    path.write_text(json.dumps(fields | {"sha256": _hash(fields)}))
    with pytest.raises(ValueError, match="no table that can be evaluated"):
        ea.Tabulated.load(path)


def test_bytes_of_a_file_changed_one_by_one(made, tmp_path):
    path = tmp_path / "table.json"
    made("relu").save(path)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] ^= 0x10
        path.write_bytes(changed)
        try:
            loaded = ea.Tabulated.load(path)
        except ValueError:
            continue
        assert loaded._fields() == made("relu")._fields()  # white space


REFUSED = [
    (np.tanh, {"domain": (1, 1)}, ValueError, r"domain \(1, 1\) is empty"),
    (np.tanh, {"domain": (0, np.inf)}, ValueError, "not finite"),
    (np.tanh, {"domain": (1, 2, 3)}, ValueError, "two ends"),
    (np.tanh, {"domain": (-1e-40, 1e-40)}, ValueError, "can be numbered"),
    (np.tanh, {"max_abs": 0}, ValueError, "max_abs 0"),
    (np.tanh, {"max_abs": math.nan}, ValueError, "max_abs nan"),
    (np.tanh, {"outside": "flat"}, ValueError, "'flat'"),
    (np.tanh, {"check": 0}, ValueError, "not 0"),
    (np.tanh, {"max_segments": 33}, ValueError, "max_segments 33"),
    (3, {}, TypeError, "not 3"),
    (lambda x: x[:2], {}, ValueError, r"shape \(2,\)"),
    (lambda x: x + 1j, {}, TypeError, "complex"),
    (lambda x: ["a"] * len(x), {}, TypeError, "no numbers: .*'a'"),
    (np.log, {}, ValueError, r"log is nan at x = -8\.0"),
    (lambda x: 1 / x, {}, ValueError, r"fn is inf at x = 0\.0"),
    (
        lambda x: np.where(np.abs(x - 1.5) < 1e-3, np.nan, x),
        {},
        ValueError,
        r"nan at x = 1\.(49|5)",
    ),
    (lambda x: (x > 0.3) * 1.0, {}, ValueError, r"fn jumps by 1 at x = 0\.3:"),
    (lambda x: np.where(x < -1.25, x, x + 0.5), {}, ValueError, r"jumps by 0\.5 at x = -1\.25"),
    (np.tanh, {"max_abs": 1e-9}, ValueError, "tanh cannot be tabulated to 1e-09 .* an error of"),
    (np.sqrt, {"domain": (0, 4), "max_segments": 64}, ValueError, "with 64 segments: .* of degree"),
]


@pytest.mark.parametrize(("fn", "arguments", "error", "message"), REFUSED)
def test_refused_with_the_reason(fn, arguments, error, message):
    with pytest.raises(error, match=message):
        ea.tabulate(fn, **{"check": QUICK, "max_segments": 1024} | arguments)


def test_the_error_reached_is_told():
    with pytest.raises(ValueError, match="with 8 segments: 8 of degree 6") as refused:
        ea.tabulate(np.tanh, max_segments=8, check=QUICK)
    reached = float(re.search(r"error of (\S+)", str(refused.value))[1])
    assert 1e-4 < reached < 1e-2
    f = ea.tabulate(np.tanh, max_segments=8, max_abs=1.02 * reached, check=QUICK)
    assert f.certificate.segments == 8


def c_function(source, folder, *flags):
    header, library = folder / "f.h", folder / "f.so"
    header.write_text(source)
    main = folder / "f.c"
    main.write_text(
        '#include "f.h"\nvoid run(const float *x, float *y, long n) '
        "{ for (long i = 0; i < n; i++) y[i] = f(x[i]); }\n"
    )
    warnings = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
    command = ["gcc", "-O2", *warnings, *flags, "-shared", "-fPIC", "-nostdlib"]
    subprocess.run([*command, str(main), "-o", str(library)], check=True)
    run = ctypes.CDLL(str(library)).run

    def call(x):
        y = np.empty_like(x)
        run(ctypes.c_void_p(x.ctypes.data), ctypes.c_void_p(y.ctypes.data), ctypes.c_long(x.size))
        return y

    return call


@pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc")
@pytest.mark.parametrize("contract", ["off", "fast"])
@FUNCTIONS
def test_the_c_header(made, tmp_path, name, contract):
    f = made(name)
    source = f.to_c("f")
    assert str(f.certificate) in source.replace("\n * ", " ")
    target = ["-march=haswell"] if contract == "fast" and "avx2" in _registry.isas() else []
    run = c_function(source, tmp_path, f"-ffp-contract={contract}", *target)
    x = inputs(f, 200_000)
    y = run(x)
    assert np.abs(y - TRUTH[name][0](x.astype(float))).max() <= f.bound
    if contract == "off":
        assert y.tobytes() == f.table.in_c(x).tobytes()
    outside = np.float32([np.inf, -np.inf, 100, -100, np.nan])
    np.testing.assert_array_equal(run(outside), f(outside))


def test_the_c_header_of_a_table_in_memory(tmp_path):
    f = ea.tabulate(lambda x: np.sin(20 * x), max_abs=1e-3, check=QUICK)
    assert f.table.grid.segments > 32
    if not shutil.which("gcc"):
        pytest.skip("needs gcc")
    x = inputs(f, 100_000)
    y = c_function(f.to_c("f"), tmp_path)(x)
    assert np.abs(y - np.sin(20 * x.astype(float))).max() <= f.bound


@pytest.mark.parametrize("name", ["", "1f", "a b", "f;", "é", 'f"'])
def test_names_that_c_does_not_take(made, name):
    with pytest.raises(ValueError, match="no name for a function in C"):
        made("relu").to_c(name)


def onnx_session(proto, registered):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    if registered:
        edgeact.onnx.register(options)
    return onnxruntime.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


@pytest.mark.parametrize("shape", [(), (7,), (3, 0), (40, 1000), (1, 200_000)], ids=str)
@FUNCTIONS
def test_onnx_native_and_body(made, name, shape):
    f = made(name)
    x = np.random.default_rng(7).uniform(*f.certificate.domain, shape).astype(np.float32)
    proto = f.to_onnx(["a", "b"][: len(shape)])
    (native,) = onnx_session(proto, True).run(None, {"x": x})
    np.testing.assert_array_equal(native, f(x))
    (plain,) = onnx_session(proto, False).run(None, {"x": x})
    assert plain.shape == x.shape
    if x.size:
        assert np.abs(plain - TRUTH[name][0](x.astype(float))).max() <= 1e-4 + 1e-6


@FUNCTIONS
def test_onnx_beyond_the_domain(made, name):
    f = made(name)
    x = np.float32([np.nan, np.inf, -np.inf, 9, -9, 0, 1e30, -1e30])
    for registered in (True, False):
        (y,) = onnx_session(f.to_onnx(), registered).run(None, {"x": x})
        np.testing.assert_allclose(y, f(x), rtol=1e-6, atol=1e-6)


def test_onnx_table_in_memory():
    f = ea.tabulate(lambda x: np.sin(20 * x), max_abs=1e-3, check=QUICK)
    x = inputs(f)
    for registered in (True, False):
        (y,) = onnx_session(f.to_onnx(), registered).run(None, {"x": x})
        assert np.abs(y - np.sin(20 * x.astype(float))).max() <= 1e-3


@pytest.mark.parametrize(
    ("attribute", "value", "message"),
    [
        ("segments", 12, "12 segments"),
        ("segments", -8, "-8 segments"),
        ("segments", 1 << 20, "1048576 segments"),
        ("segments", 16, "coefficients has"),
        ("coefficients", [1.0], "coefficients has 1 values"),
        ("below", [1.0, 2.0, 3.0], "below has 3 values, not 2"),
        ("above", [math.inf, 0.0], "above is not finite"),
        ("lo", 9.0, "lo = 9"),
        ("scale", 1e30, "scale = 1e"),
        ("scale", None, "scale"),
    ],
)
def test_onnx_nodes_that_are_no_tables(made, attribute, value, message):
    proto = made("bent").to_onnx()
    node = proto.graph.node[0]
    held = next(a for a in node.attribute if a.name == attribute)
    node.attribute.remove(held)
    if value is not None:
        from onnx import helper

        node.attribute.append(helper.make_attribute(attribute, value))
    with pytest.raises(Exception, match=message):
        onnx_session(proto, True)


def test_from_c(made):
    """edgeact_tabulated_run_f32, as a program calls it."""
    f = made("swish")
    x = np.linspace(-9, 9, 1001, dtype=np.float32)
    y = np.empty_like(x)
    source, target = (ffi.cast("float *", a.ctypes.data) for a in (x, y))
    assert lib.edgeact_tabulated_run_f32(f.table.native(), x.size, source, target) == 0
    np.testing.assert_array_equal(y, f(x))


def test_no_flag_is_raised_where_the_result_is_finite(made):
    x = np.float32([np.nan, np.inf, -np.inf, 3e38, -3e38, 0, 1e-45, 8, -8])
    for name in TRUTH:
        with np.errstate(all="raise", under="ignore"):
            made(name)(x)
            made(name)(x[::2])
