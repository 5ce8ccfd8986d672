#!/usr/bin/env bash
# baseline.sh BUILD: no object but those of the AVX isas may hold a VEX or EVEX instruction.
set -euo pipefail
objects=$(find "$1" -name '*.o' ! -name 'avx*.c.o')
[ -n "$objects" ] || { echo "no objects under $1"; exit 1; }
for object in $objects; do
    if objdump -d --no-show-raw-insn "$object" | grep -E '%[yz]mm|\sv(mov|add|mul|fm|fnm|xor|and|div|sub|zero)[a-z0-9]*\s' | head -3 | grep .; then
        echo "$object holds AVX instructions"
        exit 1
    fi
done
# The check can see one where there is one.
avx2=$(find "$1" -name avx2.c.o | head -1)
objdump -d "$avx2" | grep -q '%ymm' || { echo "no AVX in $avx2: the check is blind"; exit 1; }
echo "$(wc -w <<<"$objects") objects without AVX"
