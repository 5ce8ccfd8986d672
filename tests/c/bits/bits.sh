#!/usr/bin/env bash
# bits.sh WORK: builds bits.c for AVX-512 over SIMDe and for AArch64 under qemu, and the CUDA kernels
# for an emulated device, and compares the bits of all with tests/bits.txt. The isas of this machine are
# compared by tests/test_bits.py.
set -euo pipefail
cd "$(dirname "$0")"
work=$1
build() { # NAME FLAGS CMAKE_ARGUMENT...
    cmake -S . -B "$work/$1" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$2" "${@:3}" >/dev/null
    cmake --build "$work/$1" >/dev/null
}
build bits-aarch64 -O2 -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 \
    -DCMAKE_C_COMPILER=aarch64-linux-gnu-gcc -DCMAKE_EXE_LINKER_FLAGS=-static
qemu-aarch64 "$work/bits-aarch64/bits" neon >"$work/found.txt" &
build bits-emulated "-O1 -mavx2 -mfma -mf16c -Wno-psabi" -DEMULATE_AVX512=ON
if grep -qw avx2 /proc/cpuinfo; then
    "$work/bits-emulated/bits" avx512 >"$work/emulated.txt"
fi
if grep -qw fma /proc/cpuinfo; then fma=-mfma; else fma=; fi # else fma is a slow call
cmake -S ../cuda -B "$work/bits-cuda" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS=-O1 \
    -DCMAKE_CXX_FLAGS="-O1 $fma" >/dev/null
cmake --build "$work/bits-cuda" >/dev/null
"$work/bits-cuda/bits" >"$work/cuda.txt"
wait %1
cat "$work/cuda.txt" >>"$work/found.txt"
cat "$work"/emulated.txt >>"$work/found.txt" 2>/dev/null || true
awk '
    /^#/ { next }
    FNR == NR { pin[$1, $2, $3] = $4; next }
    { isas = ($2, $1, $3) in pin ? $1 : ($2, "all", $3) in pin ? "all" : "fma"
      if ($1 == "neon" && ($2, "table8", $3) in pin) isas = "table8"
      if (pin[$2, isas, $3] != $4) { print "differs:", $0; bad = 1 }
      seen[$1]++ }
    END { for (i in seen) print i, "agrees on", seen[i], "kernels"; exit bad || !("neon" in seen) || !("cuda" in seen) }
' ../../bits.txt "$work/found.txt"
