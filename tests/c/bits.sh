#!/usr/bin/env bash
# bits.sh WORK: builds bits.c for AVX-512 over SIMDe and for AArch64 under qemu, and compares the bits
# of both with tests/bits.txt. The isas of this machine are compared by tests/test_bits.py.
set -euo pipefail
cd "$(dirname "$0")/../../csrc"
work=$1
flags=(-std=c11 -O2 -ffp-contract=off -fno-math-errno -Iinclude -I. ../tests/c/bits.c bits.c
       registry.c dispatch.c rows_f64.c isa/scalar.c)
gcc -mavx2 -mfma -Wno-psabi -DEMULATED='"avx512"' "${flags[@]}" isa/sse41.c isa/avx2.c \
    ../tests/c/avx512_emulated.c -lm -o "$work/bits-emulated"
aarch64-linux-gnu-gcc -static "${flags[@]}" isa/neon.c -lm -o "$work/bits-aarch64"
qemu-aarch64 "$work/bits-aarch64" neon >"$work/found.txt" &
if grep -qw avx2 /proc/cpuinfo; then
    "$work/bits-emulated" avx512 >"$work/emulated.txt"
fi
wait %1
cat "$work"/emulated.txt >>"$work/found.txt" 2>/dev/null || true
awk '
    /^#/ { next }
    FNR == NR { pin[$1, $2, $3] = $4; next }
    { isas = ($2, $1, $3) in pin ? $1 : $2 == "exact" ? "all" : "fma"
      if (pin[$2, isas, $3] != $4) { print "differs:", $0; bad = 1 }
      seen[$1]++ }
    END { for (i in seen) print i, "agrees on", seen[i], "kernels"; exit bad || !("neon" in seen) }
' ../tests/bits.txt "$work/found.txt"
