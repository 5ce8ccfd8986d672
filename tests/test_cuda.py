"""edgeact.cuda where no GPU is: without a device at all, and on one that tests/c/cuda emulates.

The emulated library is csrc/cuda compiled for the CPU: these tests see the very kernels, the
library around them and all of the Python. Device memory is the process's own.
"""

import ctypes
import gc
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import cuda_check as check
import numpy as np
import pytest
import test_softmax as forward
import test_softmax_backward as backward

import edgeact as ea
from edgeact import _registry, cuda
from edgeact.cuda import _arrays, _build, _call, _library

ROOT = Path(__file__).parents[1]
FMA, bits, dtype_of = check.FMA, check.bits, check.dtype_of

CALLS = {
    "activation": lambda x: cuda.gelu(x),
    "derivative": lambda x: cuda.grad.gelu(x, tier="exact"),
    "apply": lambda x: cuda.apply("leaky_relu", x, slope=0.5),
    "softmax": lambda x: cuda.softmax(x),
    "backward": lambda x: cuda.backward.log_softmax(x, x),
    "table": lambda x: cuda.apply(ea.quantized("relu", (0.1, 0), (0.1, 0)), x.astype(np.int8)),
    "tabulated": lambda x: cuda.apply(TABULATED, x),
}
TABULATED = ea.tabulate(np.tanh, (-4, 4), 1e-3, check=1000)
# Bits are compared of tanh, for which no isa has a method of its own.
X = np.linspace(-3, 3, 24, dtype=np.float32).reshape(4, 6)


@pytest.fixture
def no_library(library_anew, tmp_path, monkeypatch):
    monkeypatch.setattr(_library, "INSTALLED", tmp_path / "none.so")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


class TestWithoutADevice:
    @pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
    def test_each_call_says_why(self, no_library, call):
        with pytest.raises(cuda.CudaError, match=r"cannot compute here: .*edgeact cuda build"):
            call(X)

    def test_available(self, no_library):
        assert not cuda.available()
        assert "edgeact cuda build" in str(cuda.available())

    @pytest.mark.skipif(not _library.INSTALLED.exists(), reason="installed without nvcc")
    def test_no_driver(self, library_anew):
        if cuda.available():
            pytest.skip("there is a device")
        assert "no CUDA driver" in str(cuda.available()) or "no CUDA device" in str(
            cuda.available()
        )
        with pytest.raises(cuda.CudaError, match="cannot compute here: there is no CUDA"):
            cuda.gelu(X)
        assert _library._loaded().live() == 0

    def test_a_file_that_is_no_library(self, no_library):
        _build.cached().parent.mkdir()
        _build.cached().write_text("no library")
        with pytest.raises(cuda.CudaError, match="cannot be loaded"):
            cuda.gelu(X)

    def test_import_takes_no_other_library(self):
        code = "import sys, edgeact.cuda; sys.exit('torch' in sys.modules or 'cupy' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_what_is_installed_comes_first(self, monkeypatch, tmp_path):
        def hash_all() -> str:
            raise AssertionError("what was built later is not asked for")

        monkeypatch.setattr(_library, "INSTALLED", tmp_path)
        monkeypatch.setattr(_build, "_digest", hash_all)
        assert _library.find_library() == tmp_path

    def test_the_variable_names_nvcc(self, monkeypatch, tmp_path):
        nvcc = tmp_path / "another"
        nvcc.touch()
        monkeypatch.setenv("CUDACXX", str(nvcc))
        assert _build.find_nvcc() == nvcc

    def test_build_without_nvcc(self, monkeypatch, tmp_path):
        monkeypatch.setattr(_build, "_places", lambda: iter([tmp_path / "nvcc"]))
        with pytest.raises(FileNotFoundError, match="pip install nvidia-cuda-nvcc"):
            cuda.build()

    def test_build_tells_what_nvcc_said(self, monkeypatch, tmp_path):
        nvcc = tmp_path / "nvcc"
        nvcc.write_text("#!/bin/sh\necho 'no such architecture' >&2; exit 1\n")
        nvcc.chmod(0o755)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        with pytest.raises(ChildProcessError, match="no such architecture"):
            cuda.build(nvcc)
        assert list((tmp_path / "edgeact").iterdir()) == []


def test_every_row_has_its_function():
    assert set(_registry.activations()) <= set(dir(cuda))
    for name in cuda.grad.__all__:
        assert getattr(cuda.grad, name).__doc__
    assert set(cuda.grad.__all__) == set(ea.grad.__all__)
    with pytest.raises(AttributeError, match="no 'gleu'; activations: relu"):
        cuda.gleu  # noqa: B018


class ByInterface:
    """A NumPy array as if a device held it, by __cuda_array_interface__."""

    def __init__(self, array: Any, stream: Any = None, typestr: str | None = None) -> None:
        self.array = array
        self.__cuda_array_interface__ = {
            "version": 3,
            "shape": array.shape,
            "strides": array.strides,
            "typestr": typestr or array.dtype.str,
            "data": (array.ctypes.data, not array.flags.writeable),
            "stream": stream,
        }


class ByDLPack(_arrays.DeviceArray):
    """The same by DLPack, bfloat16, too; it keeps the streams that were asked for."""

    def __init__(self, array: Any, device: int = 0, old: bool = False) -> None:
        super().__init__(array.shape, array.dtype.name, device, _arrays.LEGACY)
        self.streams: list[int] = []
        self._memory.fill(np.ascontiguousarray(array).reshape(-1).view(np.uint8))
        self.old = old

    def __dlpack__(self, *, stream: int, **others: Any) -> Any:
        if self.old and others:
            raise TypeError("unexpected keyword argument")
        self.streams.append(stream)
        return super().__dlpack__(stream=stream, **others)

    __cuda_array_interface__ = None  # type: ignore[assignment]


def read(made: Any) -> Any:
    """A DeviceArray's values."""
    dtype = _registry.BFLOAT16 if made.dtype == "bfloat16" else np.dtype(made.dtype)
    whole = np.empty(made.shape, dtype)
    made._memory.read(whole.reshape(-1).view(np.uint8))
    return whole


DTYPES = ["float16", "float32", "float64", *(["bfloat16"] if _registry.BFLOAT16 else [])]


def values(dtype: str) -> Any:
    rng = np.random.default_rng(20481)
    edges = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-45, -1e-45, 1e-39, 65504, 3e38]
    with np.errstate(all="ignore"):
        return np.array([*edges, *rng.normal(0, 4, 500), *rng.normal(0, 100, 51)]).astype(
            dtype_of(dtype)
        )


def test_nan_is_no_number_of_bits():
    for dtype in DTYPES:
        y = np.array([np.nan, -np.nan], dtype_of(dtype))
        assert (bits(y) == np.iinfo(bits(y).dtype).max).all()
        assert bits(np.array([1], f"u{y.itemsize}").view(y.dtype)) == 1


KINDS = sorted({(tier, dtype) for _, tier, dtype in check.cases([])})


@pytest.mark.parametrize(("tier", "dtype"), KINDS)
def test_bits_are_the_cpus(device, tier, dtype):
    """Every activation: here a sample; tests/c/cuda/bits.cpp has the pinned hashes."""
    tried = 0
    for name, *kind in check.cases([]):
        if kind != [tier, dtype]:
            continue
        spec = ea.spec(name)
        x = values(dtype)
        params = [0.75 if v is None else v for v in spec.params.values()]
        other = np.float32 if dtype in ("float16", "bfloat16") else x.dtype
        operands = [
            np.full(x.shape, p, x.dtype) if i < spec.tensors else p for i, p in enumerate(params)
        ]
        ufunc = ea.kernel(name, tier=tier, isa=check.truth_isa(name, tier, dtype))
        with np.errstate(all="ignore"):
            given = [p if i < spec.tensors else other(p) if callable(other) else other.type(p)
                     for i, p in enumerate(operands)]  # fmt: skip
            truth = ufunc(x, *given)
        found = getattr(cuda, name)(x, *operands, tier=tier)
        assert found.dtype == x.dtype
        np.testing.assert_array_equal(bits(found), bits(truth), err_msg=f"{name} {tier} {dtype}")
        tried += 1
    assert tried > 60


class TestArrays:
    @pytest.mark.parametrize(
        "view",
        [
            lambda a: a,
            lambda a: a.T,
            lambda a: a[::-1, ::2],
            lambda a: a[1:, 1:],  # begins at no multiple of 16 bytes
            lambda a: a[2],
            lambda a: a[2, 3],
            lambda a: a[:0],
            lambda a: np.broadcast_to(a[:, :1], (3, *a.shape)),
            lambda a: np.swapaxes(a.reshape(2, 2, 1, 3, 2, 1, 1, 1), 0, 4),
        ],
        ids=["all", "T", "strided", "misaligned", "row", "value", "empty", "broadcast", "eight"],
    )
    def test_layouts(self, device, view):
        x = view(X)
        made = cuda.tanh(ByInterface(np.asarray(x)))
        assert made.shape == x.shape
        assert (read(made) == ea.tanh(x)).all()

    def test_too_many_dimensions(self, device):
        with pytest.raises(ValueError, match="9 dimensions; 8 are taken"):
            cuda.relu(ByInterface(X.reshape(4, 6, 1, 1, 1, 1, 1, 1, 1)))

    def test_values_off_their_alignment(self, device):
        x = np.zeros(33, np.uint8)[1:].view(np.float32)
        with pytest.raises(ValueError, match="misaligned"):
            cuda.relu(ByInterface(x))

    def test_out(self, device):
        x, y = X.copy(), np.zeros((6, 4), np.float32).T
        out = ByInterface(y)
        assert cuda.tanh(ByInterface(x), out=out) is out
        assert (y == ea.tanh(X)).all()
        whole = ByInterface(x)
        cuda.tanh(whole, out=whole)
        assert (x == ea.tanh(X)).all()

    def test_wrong_out(self, device):
        x, fixed = ByInterface(X), X.copy()
        fixed.flags.writeable = False
        for out, error, text in [
            (X.astype(np.float16), TypeError, "out has dtype float16, not float32"),
            (X[:2].copy(), ValueError, r"out has shape \(2, 6\), not x's \(4, 6\)"),
            (fixed, ValueError, "out is read-only"),
            (
                np.lib.stride_tricks.as_strided(X.copy(), X.shape, (0, 4)),
                ValueError,
                r"out has several values in one place: its strides are \(0, 4\)",
            ),
        ]:
            with pytest.raises(error, match=text):
                cuda.relu(x, out=ByInterface(out))
        empty = ByInterface(np.zeros((5, 0), np.float32))  # of which no two are in one place
        assert cuda.relu(empty, out=empty) is empty

    def test_tensor_broadcasts(self, device):
        slope = np.float32([0.5, 0.25, 0, 1, 2, -1])
        for s in (slope, slope[:4, None], np.float32([[3]])):
            made = cuda.prelu(ByInterface(X), ByInterface(s))
            assert (read(made) == ea.prelu(X, s)).all()
        assert (read(cuda.prelu(ByInterface(X), 0.5)) == ea.prelu(X, np.float32(0.5))).all()
        with pytest.raises(ValueError, match=r"slope has shape \(5,\), which does not fit"):
            cuda.prelu(ByInterface(X), ByInterface(slope[:5]))
        with pytest.raises(TypeError, match="slope has dtype float64, not x's float32"):
            cuda.prelu(ByInterface(X), ByInterface(slope.astype(float)))

    def test_parameters(self, device):
        made = cuda.leaky_relu(ByInterface(X), slope=np.float64(0.5))
        assert (read(made) == ea.leaky_relu(X, np.float32(0.5))).all()
        with pytest.raises(TypeError, match="slope is an array; on CUDA it is a number"):
            cuda.leaky_relu(ByInterface(X), ByInterface(X))
        for text in ("steep", "0.5", b"0.5"):
            with pytest.raises(TypeError, match=f"slope {text!r} is no number"):
                cuda.leaky_relu(ByInterface(X), text)
        with pytest.raises(ValueError, match=r"tier 'coarse': edgeact\.cuda has fast and exact"):
            cuda.gelu(ByInterface(X), tier="coarse")
        with pytest.raises(TypeError, match="no kernel for dtype float64; tier exact has float32"):
            cuda.gelu(ByInterface(X.astype(float)), tier="exact")

    def test_what_is_no_device_array(self, device):
        class OnTheHost(ByDLPack):
            def __dlpack_device__(self) -> tuple[int, int]:
                return 1, 0

        with pytest.raises(TypeError, match="OnTheHost in no CUDA device's memory"):
            cuda.relu(OnTheHost(X))
        with pytest.raises(TypeError, match="list, which has neither __dlpack__ nor"):
            cuda.relu([1.0])
        with pytest.raises(TypeError, match="slope is a NumPy array, x is on a device"):
            cuda.prelu(ByInterface(X), X)
        with pytest.raises(TypeError, match="out is a NumPy array, x is on a device"):
            cuda.relu(ByInterface(X), out=X.copy())
        with pytest.raises(TypeError, match="dtype that is not taken: <i4"):
            cuda.relu(ByInterface(X.astype(np.int32)))
        with pytest.raises(TypeError, match="dtype that is not taken: >f4"):
            cuda.relu(ByInterface(X.astype(">f4")))
        masked = ByInterface(X)
        masked.__cuda_array_interface__["mask"] = masked
        with pytest.raises(TypeError, match="x is masked"):
            cuda.relu(masked)

    def test_on_two_devices(self, device, monkeypatch):
        monkeypatch.setenv("EMULATED_DEVICES", "2")
        with pytest.raises(ValueError, match="slope is on CUDA device 1, x on 0"):
            cuda.prelu(ByDLPack(X), ByDLPack(X, 1))
        assert cuda.relu(ByDLPack(X, 1)).device == 1

    def test_more_than_the_chunks_of_a_block(self, device):
        x = np.arange(-300_001, 300_002, dtype=np.float32)
        assert (read(cuda.relu(ByInterface(x))) == np.maximum(x, 0)).all()
        assert (read(cuda.relu(ByInterface(x[1:]))) == np.maximum(x[1:], 0)).all()

    def test_more_strided_values_than_a_launch_takes(self, device):
        """Of which tests/c/cuda/CMakeLists.txt makes 65,536: fewer than each of the two parts."""
        rng = np.random.default_rng(20481)
        x = rng.normal(0, 3, (2, 300, 700)).astype(np.float32)[..., ::2]
        for slope in (x[:1, ::-1], x[:, :, 5:6]):
            made = cuda.prelu(ByInterface(x), ByInterface(slope))
            assert (read(made) == ea.prelu(x, slope)).all()
        scales = rng.uniform(0.01, 0.1, 300).astype(np.float32)
        table = ea.quantized("silu", (scales, 0), (0.05, 0), np.int8, axis=1)
        q = rng.integers(-128, 128, (2, 300, 700)).astype(np.int8)[..., ::2]
        assert (read(cuda.apply(table, ByInterface(q))) == table(q)).all()


class TestDLPack:
    @pytest.mark.parametrize("old", [False, True], ids=["versioned", "before versions"])
    @pytest.mark.parametrize("dtype", DTYPES)
    def test_takes(self, device, dtype, old):
        x = X.astype(dtype_of(dtype))
        array = ByDLPack(x, old=old)
        made = cuda.relu(array, stream=2)
        assert (made.dtype, array.streams) == (dtype, [2])
        assert (read(made) == np.maximum(x, 0)).all()

    def test_read_only(self, device):
        class ReadOnly(ByDLPack):
            def __dlpack__(self, *, stream: int, **others: Any) -> Any:
                capsule = super().__dlpack__(stream=stream, **others)
                address = _arrays._pointer(capsule, b"dltensor_versioned")
                _arrays.ffi.cast("dlpack_versioned *", address).flags = 1
                return capsule

        assert (read(cuda.relu(ReadOnly(X))) == np.maximum(X, 0)).all()
        with pytest.raises(ValueError, match="out is read-only"):
            cuda.relu(ByDLPack(X), out=ReadOnly(X))

    def test_a_capsule_that_is_not_taken_frees_its_owner(self, device):
        for version in (None, (1, 0)):
            array = ByDLPack(X)
            count = sys.getrefcount(array)
            capsule = array.__dlpack__(stream=1, max_version=version)
            assert sys.getrefcount(array) == count + 1
            del capsule
            assert sys.getrefcount(array) == count

    def test_a_capsule_that_is_taken(self, device):
        array = ByDLPack(X)
        count = sys.getrefcount(array)
        capsule = array.__dlpack__(stream=1)
        managed = _arrays.ffi.cast("dlpack_managed *", _arrays._pointer(capsule, b"dltensor"))
        assert [managed.tensor.shape[i] for i in range(2)] == [4, 6]
        ctypes.pythonapi.PyCapsule_SetName(ctypes.py_object(capsule), b"used_dltensor")
        del capsule
        assert sys.getrefcount(array) == count + 1
        managed.deleter(managed)
        assert sys.getrefcount(array) == count

    def test_takers_stream_waits(self, device, monkeypatch):
        waits: list[tuple[int, ...]] = []
        monkeypatch.setattr(_arrays, "order_streams", lambda *streams: waits.append(streams))
        made = cuda.relu(ByInterface(X), stream=2)
        for taker in (-1, 2, 1, None, 0x100):
            made.__dlpack__(stream=taker)
        assert waits == [(0, 2, 1), (0, 2, 1), (0, 2, 0x100)]
        with pytest.raises(BufferError, match="not copied"):
            made.__dlpack__(copy=True)
        with pytest.raises(BufferError, match="not copied"):
            made.__dlpack__(dl_device=(1, 0))

    def test_the_result_is_of_the_callers_library(self, device, monkeypatch):
        module = ModuleType("somelib")
        module.from_dlpack = lambda made: ("theirs", made)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "somelib", module)
        theirs = type("Array", (ByInterface,), {"__module__": "somelib.arrays"})
        kind, made = cuda.relu(theirs(X))
        assert kind == "theirs"
        assert (read(made) == np.maximum(X, 0)).all()


class TestOtherLibraries:
    """What is asked of PyTorch and CuPy, by modules in their place."""

    @pytest.fixture
    def torch(self, monkeypatch):
        """A library of one class, Tensor, whose current stream is current_handle. As PyTorch does,
        it exports only from its current device."""

        class Tensor(ByDLPack):
            def __init__(self, array: Any, device: int = 0) -> None:
                super().__init__(array, device)
                self.kept_for: list[tuple[Any, int]] = []

            def __dlpack__(self, **asked: Any) -> Any:
                if self.device != module.current_device:
                    raise BufferError("Can't export tensors on a different CUDA device index")
                return super().__dlpack__(**asked)

            def record_stream(self, stream: tuple[Any, int]) -> None:
                self.kept_for.append(stream)

        Tensor.__module__ = "torch"
        module: Any = ModuleType("torch")
        module.Tensor, module.current_handle = Tensor, 0
        module.empty_like = lambda t: Tensor(np.zeros(t.shape, t.dtype), t.device)
        module.current_device = 0

        @contextmanager
        def on(number: int) -> Iterator[None]:
            module.current_device, before = number, module.current_device
            yield
            module.current_device = before

        module.cuda = SimpleNamespace(
            device=on,
            current_stream=lambda device: SimpleNamespace(cuda_stream=module.current_handle),
            default_stream=lambda device: ("default", device),
            ExternalStream=lambda handle, device: (handle, device),
        )
        monkeypatch.setitem(sys.modules, "torch", module)
        return module

    def test_torch_is_told_of_streams(self, device, torch):
        for current, stream, told in [
            (0, None, []),
            (0, 0, []),
            (0, 1, []),
            (0, 2, [(2, 0)]),
            (2, None, []),
            (2, 2, []),
            (2, 0, [("default", 0)]),
        ]:
            torch.current_handle = current
            x, slope, out = torch.Tensor(X), torch.Tensor(X), torch.Tensor(X)
            made = cuda.prelu(x, slope, stream=stream)
            assert [held.kept_for for held in (x, slope, made)] == [told] * 3
            assert (read(made) == ea.prelu(X, X)).all()
            assert cuda.softmax(x, out=out, stream=stream) is out
            assert [held.kept_for for held in (x, out)] == [2 * told, told]

    def test_torch_exports_from_its_current_device(self, device, torch, monkeypatch):
        monkeypatch.setenv("EMULATED_DEVICES", "2")
        x = torch.Tensor(X, 1)
        made = cuda.relu(x)
        assert (made.device, torch.current_device) == (1, 0)
        assert (read(made) == np.maximum(X, 0)).all()
        assert x.streams == [-1]  # there is nothing to wait for
        cuda.relu(x, stream=2)
        assert x.streams == [-1, 2]

    def test_cupys_current_device_is_not_xs(self, device, monkeypatch):
        monkeypatch.setenv("EMULATED_DEVICES", "2")
        module: Any = ModuleType("cupy")
        module.current = 0

        class Array(ByDLPack):
            pass

        @contextmanager
        def on(number: int) -> Iterator[None]:
            module.current, before = number, module.current
            yield
            module.current = before

        Array.__module__ = "cupy"
        streams = SimpleNamespace(ptr=0), SimpleNamespace(ptr=2)
        module.empty_like = lambda array: Array(np.zeros(array.shape, array.dtype), module.current)
        module.cuda = SimpleNamespace(Device=on, get_current_stream=lambda: streams[module.current])
        monkeypatch.setitem(sys.modules, "cupy", module)
        x = Array(X, 1)
        made = cuda.relu(x)
        assert (made.device, x.streams, module.current) == (1, [2], 0)


class TestStreams:
    def test_handles(self, device):
        x = ByInterface(X)

        class Protocol:
            def __cuda_stream__(self) -> tuple[int, int]:
                return 0, 2

        class Torch:
            cuda_stream = 2

        class Cupy:
            ptr = 0

        found = [_arrays.stream_of(s, x, 0) for s in (None, 0, 1, 2, Protocol(), Torch(), Cupy())]
        assert found == [1, 1, 1, 2, 2, 2, 1]
        for wrong in ("default", True, -1, 1.0, [1]):
            with pytest.raises(TypeError, match="is no stream"):
                cuda.relu(x, stream=wrong)

    def test_the_interfaces_stream(self, device, monkeypatch):
        waits: list[tuple[int, ...]] = []
        monkeypatch.setattr(_arrays, "order_streams", lambda *streams: waits.append(streams))
        x = ByInterface(X, stream=2)
        assert cuda.relu(x)._stream == 2
        assert waits == []
        assert cuda.relu(x, stream=1)._stream == 1
        assert waits == [(0, 2, 1)]

    def test_of_another_device(self, device, monkeypatch):
        monkeypatch.setenv("EMULATED_DEVICES", "2")
        other = ctypes.c_int(1)  # the emulated device's stream: the number of its device
        stream = ctypes.addressof(other)
        before = device.live()
        with pytest.raises(ValueError, match=f"is stream {stream:#x} one of device 0"):
            cuda.relu(ByInterface(X), stream=stream)
        gc.collect()
        assert device.live() == before


class TestMemory:
    def test_out_of_memory(self, device, monkeypatch):
        x = ByInterface(X)
        monkeypatch.setenv("EMULATED_MEMORY", "8")
        with pytest.raises(MemoryError, match="96 bytes of memory on CUDA device 0: out of memory"):
            cuda.relu(x)
        with pytest.raises(MemoryError, match="relu on CUDA device 0: out of memory"):
            cuda.relu(X)
        with pytest.raises(MemoryError):
            cuda.softmax(X)
        gc.collect()
        assert device.live() == 0
        monkeypatch.delenv("EMULATED_MEMORY")
        assert (cuda.relu(X) == np.maximum(X, 0)).all()

    def test_results_are_freed(self, device):
        made = [cuda.relu(ByInterface(X)) for _ in range(5)]
        assert device.live() == 5
        made.clear()
        gc.collect()
        assert device.live() == 0

    def test_no_such_device(self, device):
        class Far(ByDLPack):
            def __dlpack_device__(self) -> tuple[int, int]:
                return 2, 7

        with pytest.raises(ValueError, match="CUDA device 7"):
            cuda.relu(Far(X), out=Far(X))


class TestNumPy:
    def test_more_than_the_buffers_hold(self, device):
        x = np.arange(-2_500_000, 2_500_001, dtype=np.float32)
        y = cuda.prelu(x, x)
        assert (y == np.where(x < 0, x * x, x)).all()

    def test_layouts_and_out(self, device):
        for x in (X.T, X[::-1, ::2], X[0, 0], X[:0], np.asfortranarray(X)):
            x = np.asarray(x)
            assert (cuda.tanh(x) == ea.tanh(x)).all()
        y = np.zeros((6, 4), np.float32).T
        assert cuda.tanh(X, out=y) is y
        assert (y == ea.tanh(X)).all()
        x = X.copy()
        assert (cuda.tanh(x, out=x) == ea.tanh(X)).all()
        x = np.arange(-50, 50, dtype=np.float32)
        truth = ea.tanh(x[:-1])
        assert (cuda.tanh(x[:-1], out=x[1:]) == truth).all()

    def test_tensor(self, device):
        slope = np.float32([0.5, 0.25, 0, 1, 2, -1])
        assert (cuda.prelu(X, slope) == ea.prelu(X, slope)).all()
        with pytest.raises(TypeError, match="slope a ByInterface"):
            cuda.prelu(X, ByInterface(slope))

    def test_refused(self, device):
        with pytest.raises(ValueError, match="streams of its own"):
            cuda.relu(X, stream=1)
        with pytest.raises(TypeError, match="no kernel for dtype int32"):
            cuda.relu(X.astype(np.int32))
        with pytest.raises(TypeError, match="out a ByInterface"):
            cuda.relu(X, out=ByInterface(X))
        with pytest.raises(TypeError, match="out is float64"):
            cuda.relu(X, out=X.astype(float))
        for function in (cuda.relu, cuda.softmax):
            with pytest.raises(TypeError, match="x has a dtype that is not taken: >f4"):
                function(X.astype(">f4"))
            with pytest.raises(TypeError, match="x is masked"):
                function(np.ma.array(X))
        with pytest.raises(TypeError, match="softmax: x has a dtype that is not taken: <i4"):
            cuda.softmax(X.astype(np.int32))
        with pytest.raises(TypeError, match="dy a ByInterface"):
            cuda.backward.softmax(ByInterface(X), X)


class TestRows:
    @pytest.mark.parametrize("name", ["softmax", "log_softmax"])
    @pytest.mark.parametrize("dtype", [dtype for dtype in DTYPES if dtype != "float64"])
    @pytest.mark.parametrize(
        "shape", [(5, 7, 3), (3, 33), (2, 2049), (1, 9000), (1, 16_383), (1, 16_384), (1, 40_000)]
    )
    def test_bits(self, device, name, dtype, shape):
        rng = np.random.default_rng(20481)
        for axis in range(len(shape)):
            x = rng.normal(0, 3, shape).astype(dtype_of(dtype))
            dy = rng.normal(0, 3, shape).astype(dtype_of(dtype))
            moved = np.moveaxis(x, axis, -1)
            flat = np.ascontiguousarray(moved).reshape(-1, moved.shape[-1])
            if flat.shape[0] > 3000:
                continue
            y = np.moveaxis(_registry.run_rows(name, FMA, flat).reshape(moved.shape), -1, axis)
            found = getattr(cuda, name)(x, axis)
            flowing = np.ascontiguousarray(np.moveaxis(dy, axis, -1)).reshape(flat.shape)
            of_y = np.ascontiguousarray(np.moveaxis(y, axis, -1)).reshape(flat.shape)
            dx = _registry.run_rows(name, FMA, flowing, of_y).reshape(moved.shape)
            back = getattr(cuda.backward, name)(dy, y, axis)
            assert (bits(found) == bits(y)).all()
            assert (bits(back) == bits(np.moveaxis(dx, -1, axis))).all()

    @pytest.mark.parametrize("name", ["softmax", "log_softmax"])
    def test_float64_by_mpfr(self, device, name):
        rng = np.random.default_rng(20481)
        held = forward.rows(np.float64) | {"long": rng.normal(0, 3, (1, 5000))}
        for what, x in held.items():
            y = getattr(cuda, name)(x)
            most = forward.bound(name, np.float64)
            assert forward.largest_error(name, x, y) <= most, what
        given = backward.cases(name, np.float64)
        given["long"] = rng.normal(0, 1, (1, 5000)), getattr(ea, name)(held["long"])
        for dy, y in given.values():
            backward.check(name, dy, y, getattr(cuda.backward, name)(dy, y))

    def test_what_is_no_number(self, device):
        x = np.zeros((5, 40), np.float32)
        x[0, 3], x[1, 3], x[2, 3], x[3] = np.nan, np.inf, -np.inf, -np.inf
        for name in ("softmax", "log_softmax"):
            for dtype in DTYPES:
                y = getattr(cuda, name)(x.astype(dtype_of(dtype))).astype(float)
                assert np.isnan(y[[0, 1, 3]]).all()
                assert not np.isnan(y[[2, 4]]).any()

    def test_in_place_and_strided(self, device):
        for shape in ((3, 40), (2, 5000), (2, 20_000)):
            x = np.random.default_rng(1).normal(0, 3, shape).astype(np.float32)
            for name in ("softmax", "log_softmax"):
                truth, own = _registry.run_rows(name, FMA, x), x.copy()
                array = ByInterface(own)
                assert getattr(cuda, name)(array, out=array) is array
                assert (own == truth).all()
                apart = np.zeros((*shape, 2), np.float32)[..., 1]
                getattr(cuda, name)(ByInterface(x), out=ByInterface(apart))
                assert (apart == truth).all()

    def test_refused(self, device):
        with pytest.raises(ValueError, match="axis 2 of an array of 2 dimensions"):
            cuda.softmax(ByInterface(X), 2)
        with pytest.raises(TypeError, match="softmax has no kernel for dtype int8"):
            cuda.softmax(ByInterface(X.astype(np.int8)))
        with pytest.raises(TypeError, match="dy has dtype float64"):
            cuda.backward.softmax(ByInterface(X.astype(float)), ByInterface(X))


class TestTables:
    def test_bytes(self, device):
        q = np.arange(256, dtype=np.uint8).view(np.int8)[np.arange(3 * 256) * 7 % 256]
        q = q.reshape(3, 256)
        table = ea.quantized("mish", (0.05, 0), (0.05, 7), np.int8, np.uint8)
        for x in (q, q[:, ::-3], q.T, q[0, 1:], np.asarray(q[2, 3])):
            assert (cuda.apply(table, x) == table(x)).all()
            made = cuda.apply(table, ByInterface(x))
            assert (read(made) == table(x)).all()

    def test_channels(self, device):
        scales = np.float32([0.05, 0.1, 0.02])
        for dtype in (np.int8, np.int16):
            table = ea.quantized("silu", (scales, 0), (0.05, 0), dtype, axis=1)
            limits = np.iinfo(dtype)
            x = np.linspace(limits.min, limits.max, 2 * 3 * 50).astype(dtype).reshape(2, 3, 50)
            assert (cuda.apply(table, x) == table(x)).all()
            with pytest.raises(ValueError, match="has not 3 channels on axis 1"):
                cuda.apply(table, x[:, :2])

    def test_int16(self, device):
        table = ea.quantized("tanh", (2**-12, 5), (2**-15, 0), np.int16)
        x = np.arange(-32768, 32768).astype(np.int16)
        assert (cuda.apply(table, x) == table(x)).all()
        assert (cuda.apply(table, x[::-2]) == table(x[::-2])).all()
        with pytest.raises(TypeError, match="takes int16, not int8"):
            cuda.apply(table, ByInterface(x.astype(np.int8)))

    @pytest.mark.parametrize("dtype", DTYPES)
    def test_tabulated(self, device, dtype):
        x = values(dtype)
        with np.errstate(all="ignore"):
            truth = TABULATED.table.evaluate(FMA, x)
        assert (bits(cuda.apply(TABULATED, x)) == bits(truth)).all()
        assert (bits(cuda.apply(TABULATED, x[::-2])) == bits(truth[::-2])).all()
        with pytest.raises(TypeError, match="no parameters and no tiers"):
            cuda.apply(TABULATED, x, 0.5)

    def test_two_threads_first_upload(self, device, monkeypatch):
        """Both have the one that came first: it is in use."""
        table, fill = ea.quantized("relu", (0.1, 0), (0.1, 0)), _library.Memory.fill
        data, others = np.zeros(256, np.uint8), []

        def meanwhile(self, source):
            if not others:
                others.append(None)
                others[0] = _call._in_memory(table, 0, data)
            return fill(self, source)

        with monkeypatch.context() as patch:
            patch.setattr(_library.Memory, "fill", meanwhile)
            assert _call._in_memory(table, 0, data) is others[0]

    def test_no_table(self, device):
        """C programs can forget it, or dy."""
        fields = {"dims": 1, "size": [4]}
        for name in ("x", "y"):
            fields[name] = {"data": _arrays.ffi.cast("void *", X.ctypes.data), "step": [4]}
        call = _arrays.ffi.new("edgeact_cuda_call *", fields)
        for status in (
            device.look_up(1, call),
            device.look_up(2, call),
            device.run_rows(0, 1, _registry.DTYPES.index("float32"), call),
        ):
            assert status == _registry.lib.EDGEACT_CUDA_BAD_LAYOUT
            assert "no array at all" in _library._text(status)

    def test_one_upload(self, device):
        table = ea.quantized("relu", (0.1, 0), (0.1, 0))
        x = np.zeros(5, np.int8)
        cuda.apply(table, x)
        cuda.apply(table, x)
        gc.collect()
        assert device.live() == 1
        del table
        gc.collect()
        assert device.live() == 0


class TestCheck:
    """tools/cuda_check.py, as far as it goes without a GPU."""

    def test_sample(self, device):
        tried, wrong = check.verify_sample(["tanhshrink", "swiglu", "leaky_relu"])
        assert tried >= 3 * 4 + 2
        assert wrong == []

    def test_sample_finds_what_differs(self, device, monkeypatch):
        monkeypatch.setattr(cuda, "tanh", cuda.erf)
        tried, wrong = check.verify_sample(["tanh"])
        assert len(wrong) == tried
        assert wrong[0].startswith("tanh exact float32: ")

    def test_no_device(self, device, monkeypatch, capsys):
        monkeypatch.setenv("EMULATED_DEVICES", "0")
        monkeypatch.setattr(sys, "argv", ["cuda_check.py", "--stage", "sample"])
        assert check.main() == 2
        assert "no CUDA device" in capsys.readouterr().err
