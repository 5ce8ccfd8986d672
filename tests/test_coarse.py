"""Tier coarse: every method of every isa, against MPFR."""

import ctypes
import ctypes.util
import math
import platform
import re
from pathlib import Path

import numpy as np
import pytest

import edgeact as ea
from edgeact import _registry, certify, pieces, reference

ROOT = Path(__file__).resolve().parent.parent
CERTIFICATES = ROOT / "tests" / "certificates"
NAMES = ea.activations("coarse")
UNARY = [name for name in NAMES if name in certify.sweepable()]
KINDS = [(n, k) for n in NAMES for isa in _registry.isas() for k in certify.kinds(n, "coarse", isa)]
UNARY_KINDS = [(n, k) for n, k in KINDS if n in UNARY]
SERIOUS = 1 | 2 | 4 if platform.machine() == "aarch64" else 1 | 4 | 8  # as in test_kernels.py


def defaults(name: str) -> list[float]:
    return [float(np.float32(p)) for p in ea.spec(name).params.values() if p is not None]


def assert_within(name: str, kind: str, x: np.ndarray, *params: float) -> None:
    """Each output within the bound of MPFR's value."""
    y = certify.evaluate(name, "coarse", kind, x, *params)
    bound = ea.spec(name).bounds["coarse", "float32"]
    for u, v in zip(x.tolist(), y.tolist(), strict=True):
        truth = reference.exact(name, u, *params)
        allowed = bound.allowed(*params, x=u, y=float(truth))
        assert reference.ulp_error(v, truth, "float32", allowed) == 0, (u, v, float(truth))


def seams() -> np.ndarray:
    """The floats around the ends of all tables' pieces and of polynomials, of both signs."""
    at = [1e-6, 0.5, 1.0, 4.125, 4.5, 6.0, 9.0, 10.0, 12.0, 17.0, 18.0, 20.0, 30.0, 88.72, 104.0]
    at += [3.2386e38 * (1 + i * 2.0**-23) for i in range(-60, 60)]  # selu overflows there
    for header in sorted((ROOT / "csrc" / "data").glob("*_table.gen.h")):
        for per in re.findall(r"_TABLE8?_PER (\S+)f", header.read_text(encoding="utf-8")):
            at += [(i + 0.5) / float.fromhex(per) for i in range(32)]
    bits = np.unique(np.float32(at)).view(np.uint32)[:, None] + np.arange(5, dtype=np.uint32) - 2
    near = bits.ravel().view(np.float32)
    return np.concatenate([near, -near])


SEAMS = seams()


def test_there_are_seams():
    assert SEAMS.size > 2000


@pytest.mark.parametrize("name", UNARY)
def test_certificate_covers_all_inputs(name):
    held = certify.Certificate.load(CERTIFICATES / f"{name}.coarse.json")
    assert held.bound == ea.spec(name).bounds["coarse", "float32"].abs == 2.0**-11
    methods = _registry.methods(name, "coarse", "scalar")
    assert set(held.sweeps) == {
        f"{isa} {method}"
        for isa in ("scalar", "sse41", "avx2", "avx512", "neon")
        for method in methods
    }
    for kind, sweep in held.sweeps.items():
        # scalar has the bits of avx512, neon those of avx2 (tests/bits.txt): a sample will do.
        assert sweep.tried >= (1 << 25 if kind.split()[0] in ("scalar", "neon") else 1 << 32), kind
    assert held.kept


@pytest.mark.parametrize("name", UNARY)
def test_worst_inputs_replayed(name):
    held = certify.Certificate.load(CERTIFICATES / f"{name}.coarse.json").sweeps
    bits = sorted({at for sweep in held.values() for at in sweep.worst})
    x = np.array([int(at, 16) for at in bits], np.uint32).view(np.float32)
    for isa in _registry.isas():
        for kind in certify.kinds(name, "coarse", isa):
            assert_within(name, kind, x, *defaults(name))


@pytest.mark.parametrize("name", UNARY)
def test_sampled_sweep_keeps_the_promise(name):
    sampled = certify.certify(name, "coarse", stride=1021)
    assert set(sampled.sweeps) == {kind for n, kind in KINDS if n == name}
    assert sampled.kept, sampled.sweeps


@pytest.mark.parametrize(("name", "kind"), UNARY_KINDS)
def test_bound_where_a_piece_ends(name, kind):
    x = SEAMS[:: 3 if "erf" in name or "gelu" in name else 1].copy()
    bound = ea.spec(name).bounds["coarse", "float32"]
    y = certify.evaluate(name, "coarse", kind, x).astype(float)
    truth = pieces.truth(name, x, *defaults(name))
    outside = np.isnan(truth)
    assert (np.isnan(y) == outside).all()
    units = [
        bound.allowed(*defaults(name), x=float(u), y=float(t))
        for u, t in zip(x, truth, strict=True)
    ]
    with np.errstate(invalid="ignore", over="ignore"):
        right = np.abs(y - truth) <= np.array(units) * (1 + 2.0**-40)
        right |= (y == truth.astype(np.float32)) | outside
    assert right.all(), x[~right]


@pytest.mark.parametrize(("name", "kind"), UNARY_KINDS)
def test_bound_against_mpfr(name, kind):
    rng = np.random.default_rng(11)
    x = np.concatenate([rng.uniform(-12, 12, 300), SEAMS[rng.integers(0, SEAMS.size, 200)]])
    assert_within(name, kind, x.astype(np.float32), *defaults(name))


@pytest.mark.parametrize(("name", "kind"), [(n, k) for n, k in KINDS if ea.spec(n).params])
def test_bound_at_other_parameters(name, kind):
    rng = np.random.default_rng(12)
    for _ in range(12):
        params = reference.random_params(name, len(ea.spec(name).params), rng)
        scale = 1 / abs(params[0]) if name in ("swish", "celu", "softplus_beta") else 1.0
        x = rng.uniform(-12, 12, 60) * rng.choice([1, min(scale, 1e6)], 60)
        assert_within(name, kind, x.astype(np.float32), *params)


@pytest.mark.parametrize(("name", "kind"), UNARY_KINDS)
def test_limits_zeros_and_nan(name, kind):
    x = np.float32([np.nan, -np.nan, np.inf, -np.inf, 0.0, -0.0])
    y = certify.evaluate(name, "coarse", kind, x)
    assert np.isnan(y[:2]).all()
    for u, v in zip(x[2:].tolist(), y[2:].tolist(), strict=True):
        truth = reference.round_to(reference.exact(name, u, *defaults(name)), "float32")
        if u != 0 or truth == 0:
            assert v == truth or (math.isnan(v) and math.isnan(truth)), u
            assert math.isnan(v) or math.copysign(1, v) == math.copysign(1, truth), u


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_no_floating_point_flag(name, kind):
    libm = ctypes.CDLL(ctypes.util.find_library("m"))
    largest = 1e30 if name in ("selu", "swiglu", "geglu", "geglu_tanh") else np.finfo("f4").max
    points = [np.nan, 0.0, largest, 1e-45, *np.logspace(-30, 30, 400), *SEAMS[::7]]
    x = np.float32(points)
    x = np.concatenate([x, -x])
    x = x[~(np.abs(x) > largest)]
    if name in ("exp", "expm1"):
        x = x[~(x > 88.7)]
    libm.feclearexcept(SERIOUS)
    certify.evaluate(name, "coarse", kind, x)
    assert libm.fetestexcept(SERIOUS) == 0


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_value_does_not_depend_on_layout(name, kind):
    isa, method = kind.split()
    ufunc = ea.kernel(name, method=method, isa=isa)
    rng = np.random.default_rng(13)
    params = [np.float32(0.7)] * len(ea.spec(name).params)
    for size in (1, 7, 33, 130):
        x = rng.normal(0, 4, size).astype(np.float32)
        wide = np.zeros((size, 3), np.float32)
        wide[:, 1] = x
        expected = np.array([ufunc(x[i : i + 1], *params)[0] for i in range(size)])
        np.testing.assert_array_equal(ufunc(x, *params), expected)
        np.testing.assert_array_equal(ufunc(wide[:, 1], *params), expected)
        np.testing.assert_array_equal(ufunc(x[::-1], *params)[::-1], expected)
        inplace = x.copy()
        ufunc(inplace, *params, out=inplace)
        np.testing.assert_array_equal(inplace, expected)
        np.testing.assert_array_equal(certify.evaluate(name, "coarse", kind, x, *params), expected)


HALVES = [np.dtype(np.float16)] + ([_registry.BFLOAT16] if _registry.BFLOAT16 else [])


@pytest.mark.parametrize("dtype", HALVES, ids=str)
@pytest.mark.parametrize("name", UNARY)
def test_16_bits_round_once_more(name, dtype):
    """All 65,536 inputs: the float32 bound, and half an ULP."""
    x = np.arange(1 << 16).astype(np.uint16).view(dtype)
    wide = x.astype(np.float32)
    truth = pieces.truth(name, wide, *defaults(name))
    bound = ea.spec(name).bounds["coarse", dtype.name]
    assert bound.ulp == 0.5
    bits, lowest, too_large = reference._FORMATS[dtype.name]
    finite = np.where(np.isfinite(truth), truth, 0.0)
    ulp = 2.0 ** np.maximum(np.frexp(finite)[1] - bits, lowest)
    size = np.maximum(1, np.abs(wide.astype(float)))
    if bound.of_result:
        size = np.maximum(size, np.abs(truth))
    allowed = np.where(np.isfinite(size), size, 0.0) * bound.abs + ulp * (0.5 + 2.0**-8)
    for isa in _registry.isas():
        for kind in certify.kinds(name, "coarse", isa):
            y = certify.evaluate(name, "coarse", kind, x).astype(float)
            assert (np.isnan(y) == np.isnan(truth)).all()
            overflown = np.isinf(y) & (np.abs(truth) + allowed >= 2.0**too_large * (1 - 2.0**-bits))
            with np.errstate(invalid="ignore"):
                right = (np.abs(y - truth) <= allowed) | (y == truth) | np.isnan(truth) | overflown
            assert right.all(), (kind, wide[~right][:5], y[~right][:5], truth[~right][:5])


def test_float64_has_no_loop():
    with pytest.raises(TypeError, match="gelu has no loop for dtype float64; it has float16 and"):
        ea.coarse.gelu(np.ones(3))


def test_every_kernel_is_listed():
    """As many as coarse.def has rows, times what runs here."""
    rows = re.findall(r"^METHOD\((\w+), (\w+)", (ROOT / "csrc/coarse.def").read_text("utf-8"), re.M)
    listed = [k for k in ea.kernels() if (k.tier, k.dtype) == ("coarse", "float32")]
    assert sorted((k.activation, k.method, k.isa) for k in listed) == sorted(
        (name, method, isa) for name, method in rows for isa in _registry.isas()
    )
    chosen = [(k.activation, k.isa) for k in listed if k.default]
    assert sorted(chosen) == sorted((name, isa) for name in NAMES for isa in _registry.isas())
    for name in ("sigmoid", "tanh", "gelu", "mish"):
        assert {k.method for k in ea.kernels(name) if k.tier == "coarse"} == {"lut", "poly"}


def test_a_kernel_by_name_is_the_ufunc_of_its_tier():
    x = np.linspace(-9, 9, 1000, dtype=np.float32)
    isa = ea.info()["isa"]
    for k in ea.kernels("gelu"):
        ufunc = ea.kernel("gelu", tier=k.tier, method=k.method, isa=k.isa)
        assert isinstance(ufunc, np.ufunc)
        kind = f"{k.isa} {k.method}"
        if k.dtype == "float32":
            y = certify.evaluate("gelu", k.tier, kind, x)
            np.testing.assert_array_equal(ufunc(x), y)
            if (k.isa, k.default) == (isa, True):
                np.testing.assert_array_equal(ea.apply("gelu", x, tier=k.tier), y)
    assert ea.kernel("gelu") is ea.kernel("gelu", isa=isa)
    assert ea.kernel("clip", tier="fast")(np.float32(3), -1, 1) == 1


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("gelu", {"method": "cordic"}, "gelu has no kernel of tier 'coarse'.*'cordic'; .*coarse "),
        ("relu", {}, "relu has no kernel of tier 'coarse'.*fast scalar poly"),
        ("gelu", {"isa": "mmx"}, "isa 'mmx'"),
        ("gelu", {"tier": "sloppy"}, "tier 'sloppy'"),
        ("softmax", {}, "softmax"),
        ("gelo", {}, "gelo"),
    ],
)
def test_what_does_not_exist(name, options, words):
    with pytest.raises(ValueError, match=words):
        ea.kernel(name, **options)


def test_unknown_names():
    with pytest.raises(AttributeError, match="tier coarse has no 'relu'"):
        _ = ea.coarse.relu
    with pytest.raises(ValueError, match="gelo"):
        ea.kernels("gelo")
    with pytest.raises(ValueError, match="tier 'coarse' by method 'poly'"):
        certify.evaluate("erf", "coarse", "scalar poly", np.float32([1]))


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        (lambda x, y: np.where((x > 20) & (x < 30), 1 - 2.0**-24, y), "leaves its limit"),
        (lambda x, y: np.where(x > 5, 1 + 2.0**-23, y), "leaves its range"),
        (lambda x, y: np.where(np.isnan(x), 1, y), "loses NaN"),
        (lambda x, y: np.where((x > 0) & (x < 1e-3), y + 2.0**-10, y), "breaks the bound"),
        (lambda x, y: np.where(np.isinf(x), 0.5, y), "misses the limit"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_kernel_is_seen(monkeypatch, wrong, at):
    """Sigmoid, but for one mistake."""
    ffi = _registry.ffi

    @ffi.callback("edgeact_kernel")
    def kernel(args, _steps, n):
        x, y = (np.frombuffer(ffi.buffer(args[i], 4 * n), np.float32) for i in (0, 1))
        with np.errstate(all="ignore"):
            right = np.where(x > 17, 1, np.where(x < -90, 0, 1 / (1 + np.exp(-x.astype(float)))))
            y[:] = wrong(x, np.where(np.isnan(x), np.nan, right))

    monkeypatch.setattr(certify, "find_kernel", lambda *_: kernel)
    swept = certify.certify("sigmoid", "coarse", ["scalar"], stride=1 << 16)
    assert not swept.kept, at


def test_from_c():
    """edgeact_run_f32 takes the tier, and says where there is none."""
    ffi, lib = _registry.ffi, _registry.lib
    x = np.linspace(-9, 9, 1001, dtype=np.float32)
    y = np.empty_like(x)
    pointers = [ffi.cast("float *", a.ctypes.data) for a in (x, y)]
    status = lib.edgeact_run_f32(
        _registry.find("elu"), lib.EDGEACT_COARSE, x.size, *pointers, ffi.new("float *", 0.5)
    )
    assert status == lib.EDGEACT_OK
    np.testing.assert_array_equal(y, ea.coarse.elu(x, np.float32(0.5)))
    none = lib.edgeact_run_f32(
        _registry.find("relu"), lib.EDGEACT_COARSE, x.size, *pointers, ffi.NULL
    )
    assert none == lib.EDGEACT_NO_KERNEL
