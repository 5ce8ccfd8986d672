"""Calls on few values: those that csrc/small.c takes are in every detail what NumPy makes of them.

NumPy is the truth here, and takes each call that has a casting=; values have tests of their own.
"""

import gc
import pickle
import sys
import timeit
import tracemalloc
import warnings
from functools import partial

import ml_dtypes
import numpy as np
import pytest

import edgeact as ea
from edgeact import backward

DTYPES = [np.dtype(t) for t in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16)]
MODULES = {"fast": ea, "exact": ea.exact, "coarse": ea.coarse}
NUMPY_2 = int(np.__version__.split(".")[0]) >= 2
by_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=str)


class Marked(np.ndarray):
    pass


class Overriding:
    """Says what it was called with."""

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return ufunc.__name__, method, len(inputs), sorted(kwargs)


def seen(value):
    """All that tells one result from another."""
    if isinstance(value, np.ma.MaskedArray):
        return type(value), value.filled(7).tobytes(), value.mask.tolist()
    if isinstance(value, np.ndarray):
        layout = value.shape, value.strides, value.flags.writeable, value.dtype.metadata
        held = value.tolist() if value.dtype.hasobject else value.tobytes()
        return type(value), value.dtype, *layout, str(held)
    return type(value), value.tobytes() if isinstance(value, np.generic) else str(value)


def outcome(call):
    """What it returns or raises, and warns of."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            result = seen(call())
        except Exception as error:
            result = type(error), str(error)
    return result, [(w.category, str(w.message)) for w in warned]


def unaligned(m):
    made = np.empty(m.nbytes + 1, np.uint8)[1:].view(m.dtype)
    made[:] = m
    return made


def readonly(m):
    made = m.view()
    made.flags.writeable = False
    return made


# Operands that lie in m, 64 values in one piece, or hold what is in it.
ARRAYS = {
    "plain": lambda m: m[:16],
    "again": lambda m: m[:16].view(),
    "shifted": lambda m: m[1:17],
    "apart": lambda m: m[32:48],
    "two dimensions": lambda m: m[:16].reshape(4, 4),
    "fortran": lambda m: m[:16].reshape(4, 4).T,
    "row": lambda m: m[:16].reshape(1, 16),
    "column": lambda m: m[:4].reshape(4, 1),
    "strided": lambda m: m[:32:2],
    "backward": lambda m: m[15::-1],
    "repeated": lambda m: np.broadcast_to(m[:1], 16),
    "one": lambda m: m[:1],
    "empty": lambda m: m[:0],
    "within": lambda m: m[5:6].reshape(()),
    "unaligned": lambda m: unaligned(m)[:16],
    "readonly": lambda m: readonly(m[:16]),
    "swapped": lambda m: m[:16].astype(m.dtype if m.dtype == DTYPES[3] else m.dtype.newbyteorder()),
    "metadata": lambda m: m[:16].view(np.dtype(m.dtype, metadata={"unit": "V"})),
    "unpickled": lambda m: pickle.loads(pickle.dumps(m[:16])),
    "double": lambda m: m[:16].astype(np.float64),
    "single": lambda m: m[:16].astype(np.float32),
    "marked": lambda m: m[:16].view(Marked),
    "masked": lambda m: np.ma.masked_array(m[:16], np.arange(16) % 3 == 0),
    "object": lambda m: m[:16].astype(object),
    "none": lambda m: None,
    "text": lambda m: "text",
}
INPUTS = ARRAYS | {
    "scalar": lambda m: m[5],
    "integers": lambda m: np.arange(16),
    "seen as single": lambda m: m.view(np.float32)[:16],
    "list": lambda m: m[:16].tolist(),
}
NUMBERS = [0.5, 2, 0, -1, -0.0, np.nan, -np.inf, True, 1e-300, 1e300, 10**40, 10**400, 2**24 + 1]
NUMBERS += [3.4028235e38, 3.4028235677973366e38, 0.5j, np.float32(0.5), np.float64(2), np.int8(2)]
NUMBERS += [np.array(0.5, np.float32), np.array(2.0), np.float16(0.5), [0.5], np.float32([0.5])]
PARAMS = {repr(v): lambda m, v=v: v for v in NUMBERS} | INPUTS
OUTPUTS = ARRAYS | {
    "tuple": lambda m: (m[32:48],),
    "two arrays": lambda m: (m[32:48], m[32:48]),
    "ellipsis": lambda m: ...,
}


def some(rng, *kinds):
    """One unusual operand at a time, and combinations by chance."""
    usual = [next(iter(k)) for k in kinds]
    for i, kind in enumerate(kinds):
        for one in kind:
            yield [*usual[:i], one, *usual[i + 1 :]]
    for _ in range(200):
        yield [str(rng.choice(list(k))) for k in kinds]


@pytest.fixture(scope="module")
def cubic():
    return ea.tabulate(lambda x: x**3 - x, (-4, 4), max_abs=1e-3, check=1000)


FUNCTIONS = {
    "relu": (ea.relu, 0),
    "exact.exp": (ea.exact.exp, 0),
    "coarse.gelu": (ea.coarse.gelu, 0),
    "elu": (ea.elu, 1),
    "exact.softplus_beta": (ea.exact.softplus_beta, 2),
    "prelu": (ea.prelu, 1),
    "swiglu": (ea.swiglu, 1),
    "scale_shift_hardswish": (ea.scale_shift_hardswish, 4),
    "backward.gelu": (backward.gelu, 1),
    "backward.elu": (backward.elu, 2),
    "backward.leaky_relu": (backward.leaky_relu, 2),
    "kernel": (ea.kernel("hardtanh", tier="fast", isa="scalar"), 2),
    "tabulated": (None, 0),
}


@by_dtype
@pytest.mark.parametrize("name", FUNCTIONS)
def test_is_what_numpy_gives(name, dtype, cubic):
    """Results, errors, warnings and what is left in memory, whatever the operands are."""
    function, others = FUNCTIONS[name]
    function = function or cubic.ufunc
    rng = np.random.default_rng(1)
    values = rng.normal(0, 4, 64)
    values[3], values[7], values[9] = np.nan, np.inf, -200
    values = values.astype(dtype)
    for chosen in some(rng, INPUTS, *[PARAMS] * others, OUTPUTS):
        for keyword in (False, True):
            results = []
            for given in ({}, {"casting": "same_kind"}):
                m = values.copy()
                x, *params, out = chosen
                operands = [INPUTS[x](m), *(PARAMS[p](m) for p in params)]
                last = OUTPUTS[out](m)
                if keyword:
                    given = given | {"out": last}
                else:
                    operands.append(last)
                with np.errstate(under="warn"):
                    result = outcome(partial(function, *operands, **given))
                results.append((result, m.tobytes(), seen(last)))
            assert results[0] == results[1], (chosen, keyword)


@pytest.mark.parametrize("tier", MODULES)
@by_dtype
def test_every_activation_is_what_numpy_gives(tier, dtype):
    """With a vector in part and whole ones, and one value more than is taken."""
    rng = np.random.default_rng(2)
    for name in ea.activations(tier):
        spec = ea.spec(name)
        if (tier, dtype.name) not in spec.bounds:
            continue
        function = getattr(MODULES[tier], name)
        numbers = [0.5 if v is None else v for v in spec.params.values()]
        for n in (1, 5, 16, 33, 2047, 2048):
            x, tensor, out = (rng.normal(0, 4, n).astype(dtype) for _ in range(3))
            params = [tensor] * spec.tensors + numbers[spec.tensors :]
            with np.errstate(over="ignore"):
                expected = function(x, *params, casting="same_kind")
                made = function(x, *params)
                assert seen(made) == seen(expected)
                assert function(x, *params, out) is out
                assert seen(out) == seen(expected)
                assert function(x, *params, out=x) is x
                assert seen(x) == seen(expected)


@pytest.mark.parametrize("state", ["ignore", "warn", "raise", "call"])
@by_dtype
def test_floating_point_exceptions_are_reported(dtype, state):
    """Those of the call, once each, by the activation's name; none that was there before."""
    most = ml_dtypes.finfo(dtype).max
    x = np.array([1, -most, -most / 8, 0.5], dtype)
    told = []
    for given in ({}, {"casting": "same_kind"}):
        with np.errstate(all=state, call=lambda *a: told.append(a)):
            for function, operands in (
                (ea.leaky_relu, (x, 4)),
                (ea.elu, (x, 1e-300)),
                (ea.exp, (x,)),
                (ea.gelu, (x,)),
            ):
                held = x.copy()
                told.append(outcome(partial(function, *operands, **given)))
                told.append(outcome(partial(function, *operands, held, **given)))
                told.append(held.tobytes())
    assert told[: len(told) // 2] == told[len(told) // 2 :]
    kinds = {"warn": RuntimeWarning, "raise": FloatingPointError, "call": ("overflow", 2)}
    assert state == "ignore" or str(kinds[state]) in str(told)
    for raised in (ea.leaky_relu, np.multiply):
        with np.errstate(all="ignore"):
            raised(x, 4)
    with np.errstate(all="raise"):
        ea.relu(x)


def test_what_asks_for_more_is_left_to_numpy():
    x, out = np.float32([-1, 2]), np.zeros(2, np.float32)
    assert ea.relu(Overriding()) == ("relu", "__call__", 1, [])
    assert ea.elu(x, Overriding()) == ("elu", "__call__", 2, [])
    assert ea.relu(x, Overriding()) == ("relu", "__call__", 1, ["out"])
    assert ea.relu(x, out=Overriding()) == ("relu", "__call__", 1, ["out"])
    assert ea.relu(x, out, where=[True, False]).tolist() == [0, 0]
    assert ea.relu(x, where=[False, True], out=out).tolist() == [0, 2]
    assert ea.relu(x, dtype=np.float64).dtype == np.float64
    assert ea.elu(x, np.float64([1])).dtype == np.float64
    assert ea.leaky_relu(x[:, None], np.float32([0.5, 0.25])).tolist() == [[-0.5, -0.25], [2, 2]]
    assert type(ea.relu(x.view(Marked))) is Marked
    assert type(ea.relu(np.array(1.0))) is np.float64
    assert isinstance(ea.relu, np.ufunc)
    assert ea.relu.__call__(x, out) is out
    for call in (
        lambda: ea.relu(),
        lambda: ea.relu(x, out, out),
        lambda: ea.relu(x, out, out=out),
        lambda: ea.relu(x, ou=out),
        lambda: ea.elu(x),
        lambda: ea.elu(x, alpha=1),
    ):
        with pytest.raises(TypeError):
            call()


@by_dtype
def test_keeps_no_reference(dtype):
    x, alpha, out = np.ones(16, dtype), np.array(0.5, np.float32), np.ones(16, dtype)
    low = np.array([-ml_dtypes.finfo(dtype).max], dtype)
    own, of_all = [x, alpha, out, low], [x.dtype, alpha.dtype]

    def references(kept):
        return [sys.getrefcount(k) for k in kept]

    with np.errstate(all="ignore"):

        def calls():
            for _ in range(1000):
                ea.elu(x, alpha)
                ea.elu(x, alpha, out)
                ea.elu(x, 10**18, out=out)
                ea.prelu(x, x, out=x)
                ea.leaky_relu(low, 4)
            for bad in ((x, x[:3]), (x, readonly(x)), (None,), (x, x, x)):
                with pytest.raises((TypeError, ValueError)):
                    ea.relu(*bad)
            with np.errstate(all="raise"), pytest.raises(FloatingPointError):
                ea.leaky_relu(low, 4)

        calls()
        gc.collect()
        before = references(own), references(of_all)
        tracemalloc.start()
        calls()
        gc.collect()
        left, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert references(own) == before[0]
    for now, then in zip(references(of_all), before[1], strict=True):
        assert now - then < 100  # after 1000 calls; others have these dtypes, too
    assert left < 10_000


@pytest.mark.skipif(not NUMPY_2, reason="NumPy 1 takes every call")
def test_takes_a_part_of_the_time():
    """It is a tenth, about."""
    x, out = np.ones(16, np.float32), np.empty(16, np.float32)
    short = timeit.repeat(lambda: ea.elu(x, 0.5, out), number=200, repeat=50)
    long = timeit.repeat(lambda: ea.elu(x, 0.5, out, casting="same_kind"), number=200, repeat=50)
    assert min(short) < min(long) / 2
