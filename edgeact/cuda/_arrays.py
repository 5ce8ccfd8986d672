"""Arrays of other libraries in a device's memory: seen without a copy, and made like them."""

from __future__ import annotations

import ctypes
import math
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np

from edgeact._registry import ffi, lib
from edgeact.cuda._library import Memory, check, library

DEVICES = lib.DLPACK_CUDA, lib.DLPACK_CUDA_MANAGED
KINDS = {"i": 0, "u": 1, "f": 2}
DTYPES = {
    (2, 16): "float16",
    (2, 32): "float32",
    (2, 64): "float64",
    (4, 16): "bfloat16",
    (0, 8): "int8",
    (1, 8): "uint8",
    (0, 16): "int16",
}
CODES = {name: code for code, name in DTYPES.items()}
LEGACY = 1  # the handle of the default stream, where 0 would be ambiguous

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
_is_valid = ctypes.pythonapi.PyCapsule_IsValid
_is_valid.restype, _is_valid.argtypes = ctypes.c_int, [ctypes.py_object, ctypes.c_char_p]


def itemsize(dtype: str) -> int:
    return CODES[dtype][1] // 8


@dataclass
class Operand:
    """An array of some library, as its protocol describes it.

    Attributes:
        address: of the first value; 0 where there is none.
        strides: in bytes.
        kept: what keeps the memory alive.
    """

    what: str
    device: int
    address: int
    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    readonly: bool
    kept: Any

    def c_array(self, shape: tuple[int, ...]) -> dict[str, Any]:
        """An edgeact_cuda_array, broadcast to a shape; ValueError where that cannot be."""
        missing = len(shape) - len(self.shape)
        fits = missing >= 0 and all(
            own in (1, size) for own, size in zip(self.shape, shape[missing:], strict=False)
        )
        if not fits:
            raise ValueError(f"{self.what} has shape {self.shape}, which does not fit {shape}")
        steps = [
            0 if own == 1 else stride for own, stride in zip(self.shape, self.strides, strict=True)
        ]
        return {"data": ffi.cast("void *", self.address), "step": [0] * missing + steps}


def is_array(value: Any) -> bool:
    """Whether it speaks a protocol of arrays in a device's memory."""
    return hasattr(value, "__dlpack__") or hasattr(value, "__cuda_array_interface__")


def device_of(what: str, array: Any) -> int:
    """The device that an array is on.

    Raises:
        TypeError: it speaks neither protocol, or is on no CUDA device.
    """
    if isinstance(array, np.ndarray):
        raise TypeError(
            f"{what} is a NumPy array, x is on a device: move one to where the other is"
        )
    if hasattr(array, "__dlpack_device__"):
        kind, number = array.__dlpack_device__()
        if int(kind) not in DEVICES:
            raise TypeError(
                f"{what} is a {type(array).__name__} in no CUDA device's memory (DLPack device "
                f"type {int(kind)}): move it there, or give a NumPy array"
            )
        return int(number)
    interface = getattr(array, "__cuda_array_interface__", None)
    if interface is None:
        raise TypeError(
            f"{what} is a {type(array).__name__}, which has neither __dlpack__ nor "
            "__cuda_array_interface__, nor is it a NumPy array"
        )
    address = interface["data"][0]
    if not address:
        return 0
    found = ffi.new("int *")
    status = library().device_of(ffi.cast("void *", address), found)
    check(status, f"{what}, whose memory is at {address:#x},", max(found[0], 0))
    return int(found[0])


def stream_of(stream: Any, array: Any, device: int) -> int:
    """A stream's handle: of what the caller gave, else of what the array's library works on."""
    if stream is None:
        return _current(array, device)
    if hasattr(stream, "__cuda_stream__"):
        stream = stream.__cuda_stream__()[1]
    for attribute in ("cuda_stream", "ptr"):  # PyTorch, CuPy
        stream = getattr(stream, attribute, stream)
    if isinstance(stream, bool) or not hasattr(stream, "__index__") or stream < 0:
        raise TypeError(f"stream {stream!r} is no stream: neither a handle nor one of a library's")
    return int(stream) or LEGACY


def _current(array: Any, device: int) -> int:
    module = _module(array)
    if module is not None and module.__name__ == "torch":
        return int(module.cuda.current_stream(device).cuda_stream) or LEGACY
    if module is not None and module.__name__ == "cupy":
        with module.cuda.Device(device):
            return int(module.cuda.get_current_stream().ptr) or LEGACY
    interface = getattr(array, "__cuda_array_interface__", None)
    return int((interface or {}).get("stream") or LEGACY)


def _module(array: Any) -> Any:
    """The library that an array is of, where it is imported, as it is for its arrays."""
    root = type(array).__module__.partition(".")[0]
    return sys.modules.get("jax.numpy" if root == "jaxlib" else root)


def see(what: str, array: Any, device: int, stream: int) -> Operand:
    """An array on a device, ready for what comes on a stream.

    Raises:
        ValueError: it is on another device.
        TypeError: it is on none, or of a dtype that there is none of here.
    """
    found = device_of(what, array)
    if found != device:
        raise ValueError(f"{what} is on CUDA device {found}, x on {device}")
    if hasattr(array, "__dlpack__"):
        return _by_dlpack(what, array, device, stream)
    return _by_interface(what, array, device, stream)


def _by_dlpack(what: str, array: Any, device: int, stream: int) -> Operand:
    capsule = _capsule(array, device, stream)
    readonly = False
    if _is_valid(capsule, b"dltensor_versioned"):
        managed = ffi.cast("dlpack_versioned *", _pointer(capsule, b"dltensor_versioned"))
        if managed.major > 1:
            raise BufferError(f"{what} speaks DLPack {managed.major}, which is not known here")
        readonly = bool(managed.flags & 1)
    else:
        managed = ffi.cast("dlpack_managed *", _pointer(capsule, b"dltensor"))
    tensor = managed.tensor
    dtype = DTYPES.get((tensor.code, tensor.bits)) if tensor.lanes == 1 else None
    if dtype is None:
        code = f"code {tensor.code}, {tensor.bits} bits, {tensor.lanes} lanes"
        raise TypeError(f"{what} has a dtype that is not taken: in DLPack {code}")
    shape = tuple(tensor.shape[i] for i in range(tensor.ndim))
    if tensor.strides == ffi.NULL:
        strides = contiguous(shape, itemsize(dtype))
    else:
        strides = tuple(tensor.strides[i] * itemsize(dtype) for i in range(tensor.ndim))
    address = int(ffi.cast("uintptr_t", tensor.data)) + tensor.byte_offset
    return Operand(what, device, address, dtype, shape, strides, readonly, capsule)


def _capsule(array: Any, device: int, stream: int) -> Any:
    module, current = _module(array), nullcontext()
    if module is not None and module.__name__ == "torch":
        # PyTorch exports from its current device alone; and it would record an event, and wait for
        # it, where both streams are one.
        current = module.cuda.device(device)
        stream = -1 if stream == _current(array, device) else stream
    with current:
        try:
            return array.__dlpack__(stream=stream, max_version=(1, 0))
        except TypeError:  # of before version 1
            return array.__dlpack__(stream=stream)


def _by_interface(what: str, array: Any, device: int, stream: int) -> Operand:
    interface = array.__cuda_array_interface__
    if interface.get("mask") is not None:
        raise TypeError(f"{what} is masked: compute of its data, and mask the result")
    order, kind, size = interface["typestr"][0], interface["typestr"][1], interface["typestr"][2:]
    dtype = DTYPES.get((KINDS.get(kind, -1), 8 * int(size)))
    if dtype is None or order == ">":
        raise TypeError(f"{what} has a dtype that is not taken: {interface['typestr']}")
    address, readonly = interface["data"]
    shape = tuple(interface["shape"])
    strides = interface.get("strides") or contiguous(shape, itemsize(dtype))
    theirs = interface.get("stream")
    if theirs is not None and theirs != stream:
        order_streams(device, int(theirs), stream)
    return Operand(what, device, address or 0, dtype, shape, tuple(strides), readonly, array)


def keep_until(stream: int, array: Any, device: int) -> None:
    """An array's memory is not given away before a stream has done its work, as PyTorch would do
    that knows only of its current stream. Other libraries have no such thing."""
    module = _module(array)
    if module is None or module.__name__ != "torch" or stream == _current(array, device):
        return
    if stream == LEGACY:
        array.record_stream(module.cuda.default_stream(device))
    else:
        array.record_stream(module.cuda.ExternalStream(stream, device))


def order_streams(device: int, earlier: int, later: int) -> None:
    """What comes on one stream waits for what is on another now."""
    handles = (ffi.cast("void *", earlier), ffi.cast("void *", later))
    check(library().order(device, *handles), "waiting for a stream", device, later)


def contiguous(shape: tuple[int, ...], size: int) -> tuple[int, ...]:
    """Strides in bytes of a C-contiguous array."""
    return tuple(size * math.prod(shape[i + 1 :]) for i in range(len(shape)))


class DeviceArray:
    """A contiguous array in a device's memory, which other libraries take without a copy.

    It is what a call returns where the library of its argument makes no arrays of others; by
    DLPack or ``__cuda_array_interface__`` any of them sees it.

    Attributes:
        shape, dtype, device: the dtype by its name.
    """

    def __init__(self, shape: tuple[int, ...], dtype: str, device: int, stream: int) -> None:
        self.shape, self.dtype, self.device = shape, dtype, device
        self._stream = stream
        self._memory = Memory(device, math.prod(shape) * itemsize(dtype))

    def __repr__(self) -> str:
        return f"<DeviceArray {self.dtype} {self.shape} on CUDA device {self.device}>"

    @property
    def __cuda_array_interface__(self) -> dict[str, Any]:
        code, bits = CODES[self.dtype]
        if self.dtype == "bfloat16":
            raise AttributeError("__cuda_array_interface__ has no bfloat16; DLPack has")
        address = self._memory.address if math.prod(self.shape) else 0
        return {
            "version": 3,
            "shape": self.shape,
            "typestr": f"{'|' if bits == 8 else '<'}{'iuf'[code]}{bits // 8}",
            "data": (address, False),
            "strides": None,
            "stream": self._stream,
        }

    def __dlpack_device__(self) -> tuple[int, int]:
        return DEVICES[0], self.device

    def __dlpack__(
        self,
        *,
        stream: int | None = None,
        max_version: tuple[int, int] | None = None,
        dl_device: tuple[int, int] | None = None,
        copy: bool | None = None,
    ) -> Any:
        """A capsule, for one taker. stream: its own, which is made to wait for the values; None is
        the default stream, -1 asks for no waiting.

        Raises:
            BufferError: a copy, or another device, is asked for.
        """
        if copy or dl_device not in (None, self.__dlpack_device__()):
            raise BufferError(f"{self!r} is exported where it is, and not copied")
        taker = LEGACY if stream is None else stream
        if taker not in (-1, self._stream):
            order_streams(self.device, self._stream, taker or LEGACY)
        made: list[Any] = []
        status = lib.edgeact_make_dlpack(
            ffi.cast("void *", id(made)),
            ffi.cast("void *", id(self)),
            self._memory.pointer,
            self.device,
            len(self.shape),
            list(self.shape),
            *CODES[self.dtype],
            max_version is not None and max_version[0] >= 1,
        )
        if status != 0:
            raise MemoryError("a DLPack capsule could not be made")
        return made[0]


def make_like(array: Any, operand: Operand, dtype: str, stream: int) -> tuple[Any, Operand]:
    """An array for results, of the library that another is of: what the caller gets, and its view.

    PyTorch and CuPy allocate it themselves, which is fast; others take a :class:`DeviceArray`.
    """
    module = _module(array)
    maker = None if module is None or dtype != operand.dtype else module.__name__
    if maker == "torch":
        made = module.empty_like(array)
        return made, see("the result", made, operand.device, stream)
    if maker == "cupy":
        with module.cuda.Device(operand.device):  # else on its current one
            made = module.empty_like(array)
        return made, see("the result", made, operand.device, stream)
    held = DeviceArray(operand.shape, dtype, operand.device, stream)
    address, strides = held._memory.address, contiguous(operand.shape, itemsize(dtype))
    view = Operand(
        "the result", operand.device, address, dtype, operand.shape, strides, False, held
    )
    return held, view


def give(array: Any, made: Any) -> Any:
    """What :func:`make_like` made, whose values are on their way, as the array's library has it."""
    if not isinstance(made, DeviceArray):
        return made
    module = _module(array)
    take = getattr(module, "from_dlpack", None)
    if take is not None:
        return take(made)
    if module is not None and module.__name__ == "numba":
        return module.cuda.as_cuda_array(made)
    return made
