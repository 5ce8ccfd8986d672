"""No kernel reads or writes a byte outside its arrays, which lie between two forbidden pages."""

import ctypes
import mmap
import sys

import ml_dtypes
import numpy as np
import pytest

import edgeact as ea
from edgeact import _registry
from edgeact._registry import ffi, lib

PAGE = mmap.PAGESIZE
LENGTHS = [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65]


@pytest.fixture(scope="module")
def pages():
    """Addresses of three pages, each between two that may not be touched."""
    libc = ctypes.CDLL(None, use_errno=True)
    held = mmap.mmap(-1, 7 * PAGE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(held))
    for i in range(0, 7, 2):
        assert libc.mprotect(ctypes.c_void_p(start + i * PAGE), PAGE, 0) == 0
    yield [start + i * PAGE for i in (1, 3, 5)]
    for i in range(0, 7, 2):
        libc.mprotect(ctypes.c_void_p(start + i * PAGE), PAGE, mmap.PROT_READ | mmap.PROT_WRITE)


def array(page: int, n: int, at_end: bool, dtype: type) -> np.ndarray:
    """n elements at one end of a page."""
    size = n * np.dtype(dtype).itemsize
    first = page + (PAGE - size if at_end else 0)
    return np.frombuffer((ctypes.c_char * size).from_address(first), dtype)


def run(
    name: str, tier: str, isa: str, arrays: list[np.ndarray], steps: list[int] | None = None
) -> None:
    act, dtype = _registry.find(name), _registry.DTYPES.index(arrays[0].dtype.name)
    kernel = lib.edgeact_lookup(act, _registry.TIERS.index(tier), dtype, _registry.find_isa(isa))
    args = ffi.new("char *[]", [ffi.cast("char *", a.ctypes.data) for a in arrays])
    kernel(args, steps or [a.itemsize for a in arrays], arrays[0].size)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for guard pages")
@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize(
    ("tier", "name"), [(t, n) for t in ("exact", "fast", "coarse") for n in ea.activations(t)]
)
def test_nothing_outside_is_touched(pages, tier, name, isa):
    """Parameters are arrays as long as x, so that they are loaded as x is."""
    rng = np.random.default_rng(3)
    spec = ea.spec(name)
    for dtype in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16):
        if (tier, np.dtype(dtype).name) not in spec.bounds:
            continue
        if dtype == np.float64 and isa != "scalar":
            continue
        of_param = np.float32 if np.dtype(dtype).itemsize == 2 and not spec.tensors else dtype
        for n in LENGTHS:
            for at_end in (False, True):
                kinds = zip(pages, (dtype, of_param, dtype), strict=True)
                x, param, y = (array(page, n, at_end, kind) for page, kind in kinds)
                x[:], param[:] = rng.normal(0, 8, n), 1
                run(name, tier, isa, [x, *[param] * len(spec.params), y])
                expected = ea.apply(name, x, *[of_param(1)] * len(spec.params), tier=tier)
                if isa == ea.info()["isa"]:
                    np.testing.assert_array_equal(*(np.asarray(v, float) for v in (y, expected)))


@pytest.mark.parametrize("isa", _registry.isas()[1:])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.float16, ml_dtypes.bfloat16])
@pytest.mark.parametrize("name", ["hardtanh", "reglu"])
def test_large_arrays(name, dtype, isa):
    """From 32 MB on kernels write past the caches, in whole cache lines: wherever the array begins
    and ends within a line, it has the values of its pieces, and nothing beside it changes."""
    size = (1 << 25) // np.dtype(dtype).itemsize
    limits = np.array([-0.5, 0.25], np.float32 if np.dtype(dtype).itemsize == 2 else dtype)
    held = np.resize(np.arange(-1, 1, 2 / 4096).astype(dtype), size + 200)
    result = np.empty_like(held)
    for start, n in ((0, size), (13, size + 5), (3, size + 130), (13, 5000)):
        x, up, y = held[64 - start :][:n].copy(), held[:n], result[start:][:n]
        params = [up] if name == "reglu" else [limits[:1], limits[1:]]
        steps = [x.itemsize, *([up.itemsize] if name == "reglu" else [0, 0]), y.itemsize]
        result[:] = 7
        run(name, "fast", isa, [x, *params, y], steps)
        wide = x.astype(np.float32)  # exact: the values have 11 bits
        if name == "reglu":
            expected = (np.maximum(wide, 0) * up.astype(np.float32)).astype(dtype)
        else:
            expected = np.clip(wide, -0.5, 0.25).astype(dtype)
        assert np.array_equal(y, expected)
        assert (result[:start] == 7).all()
        assert (result[start + n :] == 7).all()
        run(name, "fast", isa, [x, *params, x], steps)  # in place
        assert np.array_equal(x, expected)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for guard pages")
@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize("name", ea.rowwise())
def test_no_row_touches_what_is_outside(pages, name, isa):
    rng = np.random.default_rng(3)
    for dtype in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16):
        for n in LENGTHS:
            for rows in (1, 3):
                for at_end in (False, True):
                    x, y = (array(page, rows * n, at_end, dtype) for page in pages[:2])
                    x[:] = rng.normal(0, 8, rows * n)
                    _registry.run_rows(name, isa, x.reshape(rows, n), out=y.reshape(rows, n))
                    for i in range(rows):
                        row = _registry.run_rows(name, isa, x[i * n : (i + 1) * n].copy()[None])
                        np.testing.assert_array_equal(y[i * n : (i + 1) * n], row[0])
                    dx = array(pages[2], rows * n, at_end, dtype)
                    arrays = [a.reshape(rows, n) for a in (x, y, dx)]
                    _registry.run_rows(name, isa, *arrays[:2], out=arrays[2])
                    apart = _registry.run_rows(name, isa, *(a.copy() for a in arrays[:2]))
                    np.testing.assert_array_equal(arrays[2], apart)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for guard pages")
@pytest.mark.parametrize("isa", _registry.isas())
@pytest.mark.parametrize("vbmi", [True, False])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16])
def test_no_lookup_touches_what_is_outside(pages, dtype, isa, vbmi):
    made = ea.quantized("mish", (0.01, 0), (0.01, 0), np.int8 if dtype == np.uint8 else dtype)
    held = made._tables.ravel()
    table = array(pages[2], held.size, True, held.dtype)
    table[:] = held
    kernel = lib.edgeact_lut_lookup(np.dtype(dtype).itemsize, _registry.find_isa(isa), vbmi)
    address = np.array([table.ctypes.data], np.uintp)
    limits = np.iinfo(dtype)
    for n in [*LENGTHS, 127, 128, 129]:
        for at_end in (False, True):
            x, y = (array(page, n, at_end, dtype) for page in pages[:2])
            x[:] = np.resize([limits.max, limits.min, 5], n)
            args = [ffi.cast("char *", a.ctypes.data) for a in (x, address, y)]
            kernel(ffi.new("char *[]", args), [x.itemsize, 0, x.itemsize], n)
            expected = made(x.view(made.input.dtype)).view(dtype)
            np.testing.assert_array_equal(y, expected)
