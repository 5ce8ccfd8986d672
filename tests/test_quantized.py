"""Tables of quantized activations against MPFR, and the kernels that look up in them."""

import copy
import pickle
from fractions import Fraction

import gmpy2
import numpy as np
import pytest

import edgeact as ea
from edgeact import _registry, reference
from edgeact._registry import ffi, lib

DTYPES = (np.int8, np.uint8)
NAMES = ea.activations()


def truth(name, x, params, precision=192):
    """The function in MPFR at every x."""
    if name in reference.BIASED:
        (b,) = params
        f = lambda value: reference.BIASED[name](value + b)  # noqa: E731
    else:
        with reference.CONTEXT:
            f = reference.function(name, *params)
    with gmpy2.context(reference.CONTEXT, precision=precision):
        return [f(gmpy2.mpfr(float(value))) for value in x]


def nearest(values, scale, zero_point, dtype):
    """Each value as a quantized number, rounded once."""
    limits = np.iinfo(dtype)
    with gmpy2.context(reference.CONTEXT, precision=2000):
        steps = [value / float(np.float32(scale)) for value in values]
        rounded = [gmpy2.rint(gmpy2.minnum(gmpy2.maxnum(s, -(2**20)), 2**20)) for s in steps]
        return np.array([min(max(int(r) + zero_point, limits.min), limits.max) for r in rounded])


def inputs(scale, zero_point, dtype):
    """The 256 inputs, exact in float64, as numbers of the dtype's bytes in order."""
    q = np.arange(256, dtype=np.uint8).view(dtype)
    return (q.astype(np.int64) - zero_point) * float(np.float32(scale))


def some_zero_point(rng, dtype):
    limits = np.iinfo(dtype)
    return int(rng.integers(limits.min, limits.max + 1))


class TestEveryEntryIsTheNearest:
    @pytest.mark.parametrize("name", NAMES)
    def test_at_random_scales(self, name):
        rng = np.random.default_rng(NAMES.index(name))
        count = len(ea.spec(name).params)
        for round_ in range(3):
            dtype, scale = rng.choice(DTYPES), 2 ** rng.uniform(-12, 1)
            zero_point = some_zero_point(rng, dtype)
            if name.startswith("log1p"):  # which has no value below -1
                dtype, zero_point = np.uint8, 0
            params = reference.random_params(name, count, rng) if round_ else defaults(name)
            values = truth(name, inputs(scale, zero_point, dtype), params)
            for _ in range(4):
                dtype_out = rng.choice(DTYPES)
                out = 2 ** rng.uniform(-10, 0), some_zero_point(rng, dtype_out)
                named = dict(zip(ea.spec(name).params, params, strict=True))
                table = ea.quantized(name, (scale, zero_point), out, dtype, dtype_out, **named)
                np.testing.assert_array_equal(table.table, nearest(values, *out, dtype_out))

    @pytest.mark.parametrize("name", NAMES)
    def test_where_values_lie_on_ties_or_next_to_them(self, name):
        """Scales that are powers of two: of what is x, or 1, or nearly so, half is on a tie.

        No x is above 20: MPFR then sees how far off it is.
        """
        params = defaults(name)
        named = dict(zip(ea.spec(name).params, params, strict=True))
        for exponent in (-80, -5, -3):
            scale = 2.0**exponent
            pair = (scale, 0) if name.startswith("log1p") else (scale, 100)
            values = truth(name, inputs(*pair, np.uint8), params, 1200)
            for factor in (1.0, 2.0, 4.0):
                out = scale * factor, -3
                table = ea.quantized(name, pair, out, np.uint8, np.int8, **named)
                np.testing.assert_array_equal(table.table, nearest(values, *out, np.int8))

    def test_ties_go_to_even(self):
        half = ea.quantized("relu", (1, 0), (2, 0)).table
        slope = ea.quantized("leaky_relu", (1, 0), (1, 0), slope=0.5).table
        for q in range(-128, 128):
            assert half[q] == round(max(Fraction(q, 2), 0))
            assert slope[q] == (round(Fraction(q, 2)) if q < 0 else q)

    @pytest.mark.parametrize("scale", [1.0, 2.0**20, 2.0**100])
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("relu", 102),
            ("hardswish", 102),
            ("silu", 101),  # below x, where that is 203 by 10^-86
            ("gelu", 101),  # by 10^-8951
            ("gelu_tanh", 101),
            ("mish", 101),
            ("softplus", 102),  # above x
        ],
    )
    def test_closer_to_a_tie_than_any_float(self, scale, name, expected):
        table = ea.quantized(name, (scale, 0), (2 * scale, 0), np.uint8).table
        assert table[203] == expected

    def test_closer_to_a_tie_than_any_float_elsewhere(self):
        assert ea.quantized("softplus", (1, 0), (2, 0), np.uint8).table[201] == 101
        assert ea.quantized("tanhshrink", (1, 0), (2, 0), np.uint8).table[202] == 101
        assert ea.quantized("elu", (1, 72), (2, 0), alpha=3).table[-128] == -1
        tiny = ea.quantized("tanh", (2.0**-80, 0), (2.0**-79, 0)).table
        assert [tiny[q] for q in (-3, -1, 1, 3)] == [-1, 0, 0, 1]


def defaults(name):
    """Each parameter's default, or 0.5."""
    return [0.5 if value is None else value for value in ea.spec(name).params.values()]


class TestLimits:
    def test_saturation(self):
        exp = ea.quantized("exp", (10, 0), (0.01, -100))
        assert exp.table[127] == 127
        assert exp.table[-128] == -100

    def test_infinities_saturate(self):
        log1p = ea.quantized("log1p", (0.5, -126), (0.1, 5))
        assert log1p.table[-128] == -128

    def test_nan_is_refused_by_its_input(self):
        with pytest.raises(ValueError, match="log1p is NaN at q = -128"):
            ea.quantized("log1p", (0.5, 0), (0.1, 0))
        with pytest.raises(ValueError, match="log1p is NaN at q = -32768"):
            ea.quantized("log1p", (0.5, 0), (0.1, 0), np.int16)

    @pytest.mark.parametrize(
        ("arguments", "named", "error", "message"),
        [
            (("mush", (1, 0), (1, 0)), {}, ValueError, "no activation 'mush'"),
            (("softmax", (1, 0), (1, 0)), {}, ValueError, "softmax is a function of rows"),
            (("mish", (0, 0), (1, 0)), {}, ValueError, "input scale 0"),
            (("mish", (1, 0), (-2, 0)), {}, ValueError, "output scale -2"),
            (("mish", (1, 0), (np.nan, 0)), {}, ValueError, "output scale nan"),
            (("mish", (1, 0), (1e39, 0)), {}, ValueError, r"output scale 1e\+39"),
            (("mish", (1, 0), (1e-60, 0)), {}, ValueError, "output scale 1e-60"),
            (("mish", (1, 128), (1, 0)), {}, ValueError, "input zero point 128"),
            (("mish", (1, 0.5), (1, 0)), {}, ValueError, "input zero point 0.5"),
            (("mish", (1, 0), (1, -1), np.uint8), {}, ValueError, "output zero point -1"),
            (("mish", (1, 0, 2), (1, 0)), {}, ValueError, "not a scale and a zero point"),
            (("mish", ([1, 2], 0), (1, 0)), {}, ValueError, r"shape \(2,\), and no axis"),
            (("mish", (1, 0), (1, 0)), {"axis": 0}, ValueError, r"shape \(\), and axis 0"),
            (("elu", (1, 0), (1, 0)), {"beta": 1}, TypeError, "no parameter 'beta'; it has alpha"),
            (("mish", (1, 0), (1, 0)), {"tier": "exact"}, TypeError, "no parameter 'tier'"),
            (("prelu", (1, 0), (1, 0)), {}, TypeError, "prelu needs slope"),
            ((np.tanh, (1, 0), (1, 0)), {"a": 1}, TypeError, "no parameters a"),
            (("mish", (1, 0), (1, 0), np.int8, np.int16), {}, TypeError, "from int8 to int16"),
            (("mish", (1, 0), (1, 0), np.float32), {}, TypeError, "from float32"),
            (("mish", (1, 0), (1, 0), "int16"), {"segments": 100}, ValueError, "100 segments"),
        ],
    )
    def test_bad_input(self, arguments, named, error, message):
        with pytest.raises(error, match=message):
            ea.quantized(*arguments, **named)

    def test_bad_arrays(self):
        table = ea.quantized("mish", (1, 0), (1, 0))
        with pytest.raises(TypeError, match="takes int8, not int64"):
            table(np.zeros(3, np.int64))
        with pytest.raises(TypeError, match=r"gives int8 of shape \(3,\); out is uint8"):
            table(np.zeros(3, np.int8), out=np.zeros(3, np.uint8))
        with pytest.raises(TypeError, match=r"out is int8 of shape \(4,\)"):
            table(np.zeros(3, np.int8), out=np.zeros(4, np.int8))
        channels = ea.quantized("mish", ([1, 2], 0), (1, 0), axis=1)
        with pytest.raises(ValueError, match=r"shape \(2, 3\) has not 2 channels on axis 1"):
            channels(np.zeros((2, 3), np.int8))


# Every kernel: its isa, and whether it may use VBMI.
KERNELS = [(isa, True) for isa in _registry.isas()]
KERNELS += [("avx512", False)] if "avx512" in _registry.isas() else []


def run(kernel, table, x, y):
    """A kernel on one-dimensional arrays of any stride."""
    isa, vbmi = kernel
    code = lib.edgeact_lut_lookup(x.itemsize, _registry.find_isa(isa), vbmi)
    address = np.array([table.ctypes.data], np.uintp)
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in (x, address, y)])
    code(args, [*x.strides, 0, *y.strides], x.size)


@pytest.mark.parametrize("kernel", KERNELS)
class TestKernels:
    def test_of_bytes(self, kernel):
        rng = np.random.default_rng(1)
        table = rng.permutation(256).astype(np.uint8)
        every = np.arange(256, dtype=np.uint8)
        for n in [*range(140), 256, 1000]:
            for at in (0, 1, 13):
                x = np.resize(rng.permutation(every), n)
                y = np.full(n + 200, 77, np.uint8)
                run(kernel, table, x, y[at : at + n])
                np.testing.assert_array_equal(y[at : at + n], table[x])
                assert (y[:at] == 77).all()
                assert (y[at + n :] == 77).all()
        x = np.resize(every, 1000)
        run(kernel, table, x[::-3], y := np.zeros(334, np.uint8))
        np.testing.assert_array_equal(y, table[x[::-3]])
        run(kernel, table, x[:100], (y := np.zeros(300, np.uint8))[::3])
        np.testing.assert_array_equal(y[::3], table[x[:100]])
        run(kernel, table, x, x)
        np.testing.assert_array_equal(x, table[np.resize(every, 1000)])

    def test_of_int16(self, kernel):
        """The same integers as Python's own."""
        rng = np.random.default_rng(2)
        q = np.arange(-32768, 32768, dtype=np.int16)
        for shift in (1, 7, 12):
            first = -32768 - int(rng.integers(0, 1 << shift))
            knots = rng.integers(0, 131072 << (15 - shift), (65536 >> shift) + 2, dtype=np.uint32)
            table = np.array([first & 0xFFFFFFFF, shift, *knots], np.uint32)
            i, part = divmod(q.astype(np.int64) - first, 1 << shift)
            lower, upper = knots[i].astype(np.int64), knots[i + 1].astype(np.int64)
            total = (lower << shift) + (upper - lower) * part
            expected = np.clip(((total + (1 << 14)) >> 15) - 65536, -32768, 32767)
            run(kernel, table, q, y := np.zeros_like(q))
            np.testing.assert_array_equal(y, expected)
            run(kernel, table, q[::-5], y[::-5])
            np.testing.assert_array_equal(y, expected)
            run(kernel, table, copied := q.copy(), copied)
            np.testing.assert_array_equal(copied, expected)


def test_from_c():
    table = np.random.default_rng(3).permutation(256).astype(np.uint8)
    x, y = np.arange(256, dtype=np.uint8)[::-1].copy(), np.zeros(256, np.uint8)
    pointers = [ffi.from_buffer("uint8_t[]", a) for a in (table, x, y)]
    assert lib.edgeact_map_u8(pointers[0], 256, *pointers[1:]) == lib.EDGEACT_OK
    np.testing.assert_array_equal(y, table[x])


class TestInt16:
    @pytest.mark.parametrize(
        ("name", "scale", "zero_point", "out", "segments"),
        [
            ("mish", 8 / 32768, 0, (8 / 32768, 0), 512),
            ("silu", 1 / 1000, -777, (1 / 2000, 12345), 256),  # saturates
            ("exp", 1 / 3000, 5, (1e-3, -32768), 1024),
            ("log1p", 1 / 300, -32768 + 299, (1e-3, -1), 64),  # from just above -1
        ],
    )
    def test_the_bound(self, name, scale, zero_point, out, segments):
        pair = scale, zero_point
        table = ea.quantized(name, pair, out, np.int16, segments=segments)
        q = np.arange(-32768, 32768, dtype=np.int16)
        x = (q.astype(np.int64) - zero_point) * float(np.float32(scale))
        with gmpy2.context(reference.CONTEXT):
            f, step = reference.function(name), float(np.float32(out[0]))
            exact = [f(gmpy2.mpfr(v)) / step + out[1] for v in x.tolist()]
            exact = [min(max(v, -32768), 32767) for v in exact]
            error = [float(abs(int(y) - v)) for y, v in zip(table(q), exact, strict=True)]
        assert max(error) <= table.bound <= max(error) + 1e-7
        assert abs(error[table.bound_at + 32768] - max(error)) < 1e-7

    def test_zero_stays_zero_and_corners_there_are_sharp(self):
        for zero_point in (0, -777, 32767, -32768):
            table = ea.quantized("relu", (0.01, zero_point), (0.01, 99), np.int16)
            q = np.arange(-32768, 32768, dtype=np.int16)
            expected = np.maximum(q.astype(int) - zero_point, 0) + 99
            np.testing.assert_array_equal(table(q), np.minimum(expected, 32767))

    def test_more_segments_are_closer(self):
        bounds = [
            ea.quantized("gelu", (2**-12, 0), (2**-12, 0), np.int16, segments=2**k).bound
            for k in range(4, 16)
        ]
        assert bounds == sorted(bounds, reverse=True)
        assert 0.49 < bounds[-1] < 0.51


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16])
class TestArrays:
    def made(self, dtype, axis=None):
        zero = 3 if axis is None else [1, 2, 3]
        scale = 0.05 if axis is None else np.float32([0.01, 0.02, 0.05])
        return ea.quantized("silu", (scale, zero), (0.03, 7), dtype, axis=axis)

    def some(self, dtype, *shape):
        limits = np.iinfo(dtype)
        return np.random.default_rng(4).integers(limits.min, limits.max, shape).astype(dtype)

    def test_any_shape(self, dtype):
        table, q = self.made(dtype), self.some(dtype, 4, 6, 10)
        expected = np.array([table(v) for v in q.ravel()], dtype).reshape(q.shape)
        np.testing.assert_array_equal(table(q), expected)
        np.testing.assert_array_equal(table(q.T), expected.T)
        np.testing.assert_array_equal(table(q[::-2, ::3, 1::2]), expected[::-2, ::3, 1::2])
        assert table(q).dtype == dtype
        assert table(q[:0]).shape == (0, 6, 10)
        out = np.zeros((10, 6, 4), dtype)
        assert table(q.T, out=out) is out
        np.testing.assert_array_equal(out, expected.T)
        table(q, out=q)
        np.testing.assert_array_equal(q, expected)

    @pytest.mark.parametrize("axis", [0, 1, -1])
    def test_channels(self, dtype, axis):
        table = self.made(dtype, axis)
        single = [
            ea.quantized("silu", (scale, zero), (0.03, 7), dtype)
            for scale, zero in zip(np.float32([0.01, 0.02, 0.05]), [1, 2, 3], strict=True)
        ]
        for q in (
            self.some(dtype, 3, 3, 3),
            self.some(dtype, 3, 3, 50)[:, :, ::17],
            self.some(dtype, 3, 3, 3).T,
            np.moveaxis(self.some(dtype, 2, 5, 3, 7), 2, axis),
            np.moveaxis(self.some(dtype, 2, 5, 3, 7)[:, :, :, ::2], 2, axis),
            self.some(dtype, 3),
        ):
            if q.ndim == 1 and axis == 1:
                continue
            parts = np.moveaxis(q, axis, 0)
            expected = np.stack([one(part) for one, part in zip(single, parts, strict=True)])
            expected = np.moveaxis(expected, 0, axis)
            np.testing.assert_array_equal(table(q), expected)
            np.testing.assert_array_equal(table(q, out=np.zeros_like(q)), expected)
            table(q, out=q)
            np.testing.assert_array_equal(q, expected)

    def test_copies(self, dtype):
        for axis in (None, 0):
            table, q = self.made(dtype, axis), self.some(dtype, 3, 100)
            expected = table(q)
            made = [pickle.loads(pickle.dumps(table)), copy.copy(table), copy.deepcopy(table)]
            del table
            for same in made:
                np.testing.assert_array_equal(same(q), expected)

    def test_a_callable(self, dtype):
        named = ea.quantized("tanh", (0.001, 3), (0.03, 7), dtype)
        given = ea.quantized(np.tanh, (0.001, 3), (0.03, 7), dtype)
        q = self.some(dtype, 1000)
        np.testing.assert_array_equal(given(q), named(q))
        assert repr(given) == repr(named)


def test_a_slope_for_each_channel():
    table = ea.quantized("prelu", (1, 0), (1, 0), axis=0, slope=[0.5, 0.25])
    np.testing.assert_array_equal(table(np.int8([[-8, 8], [-8, 8]])), [[-4, 8], [-2, 8]])


def test_the_table_is_not_to_be_written():
    table = ea.quantized("mish", (0.05, 0), (0.05, 0)).table
    with pytest.raises(ValueError, match="read-only"):
        table[0] = 1
