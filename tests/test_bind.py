"""edgeact.bind: calls on fixed buffers give what the ufunc gives, and bad buffers are refused."""

import gc
import sys
import threading
import weakref

import ml_dtypes
import numpy as np
import pytest

import edgeact as ea

MODULES = {"fast": ea, "exact": ea.exact, "coarse": ea.coarse}


@pytest.mark.parametrize(
    ("tier", "name"), [(t, n) for t in MODULES for n in ea.activations(t)] + [("fast", "clip")]
)
def test_is_the_ufunc(tier, name):
    """In every dtype, for parameters that are numbers and, of those that are tensors, arrays; what
    it reads is what the buffers hold at the call."""
    spec = ea.spec(name)
    rng = np.random.default_rng(7)
    for dtype in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16):
        if (tier, np.dtype(dtype).name) not in spec.bounds:
            continue
        for n in (0, 1, 7, 16, 33, 5000):
            x, out, tensor = (rng.normal(0, 4, n).astype(dtype) for _ in range(3))
            numbers = [0.5 if v is None else v for v in spec.params.values()]
            params = [tensor] * spec.tensors + numbers[spec.tensors :]
            run = ea.bind(name, x, *params, out=out, tier=tier)
            x[:], tensor[:] = rng.normal(0, 4, (2, n)).astype(dtype)
            of_param = np.float32 if np.dtype(dtype).itemsize == 2 else dtype
            wide = [p if p is tensor else of_param(p) for p in params]
            with np.errstate(over="ignore"):
                expected = getattr(MODULES[tier], spec.name)(x, *wide)
            assert run() is out
            assert out.dtype == expected.dtype
            np.testing.assert_array_equal(out.astype(float), expected.astype(float))


def test_forms_of_the_arguments():
    x, slope = np.float32([-1, 1]), np.float32([0.5, 0.25])
    out = np.empty_like(x)
    assert ea.bind("relu", x, out)() is out
    assert ea.bind("relu", x, out=out)() is out
    assert ea.bind("relu", x)().tolist() == [0, 1]
    assert ea.bind("leaky_relu", x, 0.5, out)() is out
    assert out.tolist() == [-0.5, 1]
    assert ea.bind("leaky_relu", x, out=out, slope=0.25)().tolist() == [-0.25, 1]
    assert ea.bind("leaky_relu", x)().tolist() == [np.float32(-0.01), 1]
    assert ea.bind("prelu", x, slope, out)().tolist() == [-0.5, 1]
    assert ea.bind("clip", x, [0.5, 0.75])().tolist() == [0.5, 1]
    slope[0] = 2
    assert ea.bind("prelu", x, slope, x)() is x
    assert x.tolist() == [-2, 1]


def test_layouts():
    held = np.random.default_rng(8).normal(0, 4, (4, 6, 8)).astype(np.float32)
    for x in (
        held,
        held.T,
        held[1:3],
        held[:, :, 3].ravel()[::2],
        held[2, 3, ::-2],
        held[0, 0, 0:1],
    ):
        assert np.array_equal(ea.bind("gelu", x)(), ea.gelu(x))
        out = np.empty(x.size * 3, np.float32)[::3]
        if x.ndim == 1:
            assert np.array_equal(ea.bind("gelu", x, out)(), ea.gelu(x))
    scalar = np.array(1.0)
    assert ea.bind("gelu", scalar)() == ea.gelu(1.0)
    assert ea.bind("gelu", held[:0])().shape == (0, 6, 8)
    memory = np.broadcast_to(np.float32(3), 5)
    assert ea.bind("relu", memory, np.empty(5, np.float32))().tolist() == [3] * 5


@pytest.mark.parametrize(
    ("error", "text", "arguments", "named"),
    [
        (ValueError, "no activation 'gleu'", ["gleu", np.ones(2)], {}),
        (ValueError, "no kernel of tier 'best'", ["gelu", np.ones(2)], {"tier": "best"}),
        (ValueError, "function of rows", ["softmax", np.ones(2)], {}),
        (TypeError, "no parameter 'alpha'", ["gelu", np.ones(2)], {"alpha": 1}),
        (TypeError, "3 parameters given", ["elu", np.ones(2), 1, 2, 3], {"out": np.ones(2)}),
        (TypeError, "'alpha' is given twice", ["elu", np.ones(2), 1], {"alpha": 1}),
        (TypeError, "needs slope", ["prelu", np.ones(2)], {}),
        (TypeError, "x must be an array, not list", ["gelu", [1.0, 2.0]], {}),
        (TypeError, "out must be an array, not float", ["gelu", np.ones(2), 1.0], {}),
        (TypeError, "dtype int64; tier fast has float32", ["gelu", np.ones(2, np.int64)], {}),
        (TypeError, "tier exact has", ["gelu", np.ones(2)], {"tier": "exact"}),
        (
            TypeError,
            "out has dtype float32, not float64",
            ["gelu", np.ones(2), np.float32([0, 0])],
            {},
        ),
        (TypeError, "alpha has dtype float64", ["elu", np.float32([1, 2]), np.ones(2)], {}),
        (TypeError, "x is a masked array", ["gelu", np.ma.masked_equal([1.0, 2.0], 2)], {}),
        (ValueError, r"out has shape \(3,\), not \(2,\)", ["gelu", np.ones(2), np.ones(3)], {}),
        (ValueError, r"shape \(3,\), which does not", ["elu", np.ones(2), np.ones(3)], {}),
        (ValueError, "byte order", ["gelu", np.ones(2, ">f8")], {}),
        (ValueError, r"one stride.*\(32, 8\)", ["gelu", np.ones((4, 4))[:, :2]], {}),
        (ValueError, "one stride", ["prelu", np.ones((4, 4)), np.ones(4)], {}),
    ],
)
def test_refused(error, text, arguments, named):
    with pytest.raises(error, match=text):
        ea.bind(*arguments, **named)


def test_refused_outputs():
    held = np.ones(10)
    fixed = np.ones(4)
    fixed.flags.writeable = False
    with pytest.raises(ValueError, match="out is read-only"):
        ea.bind("gelu", np.ones(4), fixed)
    with pytest.raises(ValueError, match="out is read-only"):
        ea.bind("gelu", np.ones(4), np.broadcast_to(1.0, 4))
    with pytest.raises(ValueError, match="out overlaps x"):
        ea.bind("gelu", held[:-1], held[1:])
    with pytest.raises(ValueError, match="out overlaps slope"):
        ea.bind("prelu", np.ones(9), held[:-1], held[1:])
    unaligned = np.zeros(33, np.uint8)[1:].view(np.float64)
    with pytest.raises(ValueError, match="out is not aligned"):
        ea.bind("gelu", np.ones(4), unaligned)


def test_keeps_what_it_needs_and_no_more():
    x, slope, out = (np.ones(4, np.float32) for _ in range(3))
    run = ea.bind("prelu", x, slope, out)
    seen = [weakref.ref(a) for a in (x, slope, out)]
    del x, slope, out
    gc.collect()
    assert all(r() is not None for r in seen)
    run()
    del run
    gc.collect()
    assert all(r() is None for r in seen)


def test_no_reference_is_lost_or_left():
    x, out = np.ones(16, np.float32), np.empty(16, np.float32)
    before = sys.getrefcount(x), sys.getrefcount(out)
    for _ in range(100):
        run = ea.bind("gelu", x, out)
        for _ in range(10):
            run()
    del run
    assert (sys.getrefcount(x), sys.getrefcount(out)) == before


def test_takes_no_arguments_and_has_a_name():
    run = ea.bind("gelu", np.ones(4))
    with pytest.raises(TypeError):
        run(1)
    assert run.__name__ == "gelu"


def test_in_several_python_threads():
    x = np.linspace(-9, 9, 1 << 19, dtype=np.float32)
    runs = [ea.bind("gelu", x) for _ in range(4)]
    threads = [threading.Thread(target=lambda r=r: [r() for _ in range(20)]) for r in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for run in runs:
        assert np.array_equal(run(), ea.gelu(x))
