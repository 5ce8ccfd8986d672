#!/usr/bin/env bash
# bits.sh WORK: builds bits.c for this machine, for AVX-512 over SIMDe and for AArch64, and compares.
set -euo pipefail
cd "$(dirname "$0")/../../csrc"
work=$1
flags=(-std=c11 -O2 -ffp-contract=off -fno-math-errno -Iinclude -I. ../tests/c/bits.c registry.c dispatch.c float64.c isa/scalar.c)
gcc "${flags[@]}" isa/sse41.c isa/avx2.c isa/avx512.c -lm -o "$work/bits"
gcc -mavx2 -mfma -Wno-psabi -DEMULATED='"avx512"' "${flags[@]}" isa/sse41.c isa/avx2.c ../tests/c/avx512_emulated.c -lm -o "$work/bits-emulated"
aarch64-linux-gnu-gcc -static "${flags[@]}" isa/neon.c -lm -o "$work/bits-aarch64"
"$work/bits" >"$work/native.txt" &
qemu-aarch64 "$work/bits-aarch64" neon | grep ^neon >"$work/neon.txt"
wait %1
if grep -qw avx2 /proc/cpuinfo; then
    "$work/bits-emulated" avx512 >"$work/emulated.txt"
    cat "$work/emulated.txt" >>"$work/native.txt"
fi
cat "$work/native.txt" "$work/neon.txt" | awk '
    $2 == 1 { isas[$1]; if (!($3 in hash)) hash[$3] = $4; else if (hash[$3] != $4) { print "differs:", $0; bad = 1 } }
    END { for (i in isas) printf "%s ", i; print "agree on", length(hash), "activations"; exit bad || length(hash) == 0 }'
