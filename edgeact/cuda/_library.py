"""libedgeact_cuda: where it is, whether it works, and its errors as exceptions."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from edgeact import _registry
from edgeact._registry import ffi, lib
from edgeact.cuda import _build

INSTALLED = Path(__file__).with_name("libedgeact_cuda.so")

# What CUDA's runtime says, cudaError_t.
OUT_OF_MEMORY = 2
NO_DRIVER, NO_DEVICE = 35, 100
BAD_DEVICE = 101
FOREIGN = 201, 400, 709  # a context or a handle of another device


class CudaError(RuntimeError):
    """There is no library, driver or device, or CUDA refused a call."""


@dataclass(frozen=True)
class Availability:
    """Whether :mod:`edgeact.cuda` can compute here: true or false, and why, as its text."""

    ok: bool
    reason: str

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return self.reason


def find_library() -> Path | None:
    """The library's file, if there is one: installed, or built later."""
    if INSTALLED.exists():  # first, for the other's name is a hash of all sources
        return INSTALLED
    built = _build.cached()
    return built if built.exists() else None


@lru_cache(1)
def _loaded() -> Any:
    """The library's table of functions; CudaError where there is none."""
    path = find_library()
    if path is None:
        raise CudaError(
            "edgeact was installed without its CUDA library, for there was no nvcc; "
            "`edgeact cuda build` compiles it where there is one"
        )
    try:
        load = ctypes.CDLL(str(path)).edgeact_cuda_load
    except (OSError, AttributeError) as error:
        raise CudaError(f"{path} cannot be loaded: {error}") from None
    load.restype = ctypes.c_void_p
    table = ffi.cast("edgeact_cuda *", load())
    version = ffi.string(table.version).decode()
    if version != _registry.VERSION:
        raise CudaError(f"{path} is of edgeact {version}, this is {_registry.VERSION}")
    return table


def _devices() -> tuple[int, int]:
    """The status and the number of devices."""
    count = ffi.new("int *")
    return _loaded().devices(count), count[0]


def available() -> Availability:
    """Whether there are a library, a driver and a device, and if not, which is missing.

    >>> bool(available()) == str(available()).endswith(("device", "devices"))
    True
    """
    try:
        status, count = _devices()
    except CudaError as error:
        return Availability(False, str(error))
    if status == NO_DRIVER:
        return Availability(False, "there is no CUDA driver, or one that is too old")
    if status or not count:
        return Availability(False, f"there is no CUDA device: {_text(status or NO_DEVICE)}")
    return Availability(True, f"{count} CUDA device{'s' if count > 1 else ''}")


@lru_cache(1)
def library() -> Any:
    """The library's functions, where it can compute.

    Raises:
        CudaError: it cannot; what :func:`available` says.
    """
    found = available()
    if not found:
        raise CudaError(f"edgeact.cuda cannot compute here: {found}")
    return _loaded()


def _text(status: int) -> str:
    return str(ffi.string(_loaded().error(status)).decode())


def check(status: int, doing: str, device: int, stream: int | None = None) -> None:
    """Raise what a status means, unless it is 0."""
    if status == lib.EDGEACT_CUDA_OK:
        return
    text = f"{doing} on CUDA device {device}: {_text(status)}"
    if status == OUT_OF_MEMORY:
        raise MemoryError(text)
    if status in FOREIGN and stream is not None:
        raise ValueError(f"{text}; is stream {stream:#x} one of device {device}?")
    if status in (BAD_DEVICE, lib.EDGEACT_CUDA_BAD_LAYOUT):
        raise ValueError(text)
    if status == lib.EDGEACT_CUDA_NO_KERNEL:
        raise TypeError(text)
    raise CudaError(f"{text} ({status})")


class Memory:
    """Bytes of a device's memory, until this object ends."""

    def __init__(self, device: int, nbytes: int) -> None:
        self.device, self.nbytes = device, nbytes
        self._functions, self.address = library(), 0
        at = ffi.new("void **")
        check(self._functions.allocate(device, nbytes, at), f"{nbytes} bytes of memory", device)
        self.address = int(ffi.cast("uintptr_t", at[0]))

    @property
    def pointer(self) -> Any:
        return ffi.cast("void *", self.address)

    def fill(self, data: Any) -> Memory:
        """Copy a buffer of the host's here."""
        source = ffi.from_buffer(data)
        status = self._functions.to_device(self.device, self.pointer, source, self.nbytes)
        check(status, "a copy", self.device)
        return self

    def read(self, data: Any) -> None:
        """Copy to a buffer of the host's."""
        target = ffi.from_buffer(data, require_writable=True)
        status = self._functions.to_host(self.device, target, self.pointer, self.nbytes)
        check(status, "a copy", self.device)

    def __del__(self) -> None:
        if getattr(self, "address", 0):
            self._functions.release(self.device, self.pointer)
            self.address = 0
