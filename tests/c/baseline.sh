#!/usr/bin/env bash
# baseline.sh BUILD: no object but those of the AVX isas may hold a VEX or EVEX instruction.
set -euo pipefail

avx_instructions() { objdump -d --no-show-raw-insn "$1" | grep -cE '\sv[a-z0-9]+\s.*%[xyz]mm' || true; }

count=0
while read -r object; do
    if [ "$(avx_instructions "$object")" -ne 0 ]; then
        echo "$object holds AVX instructions"
        exit 1
    fi
    count=$((count + 1))
done < <(find "$1" -name '*.c.o' ! -name 'avx*.c.o')

# The check must be able to see one where there is one.
avx2=$(find "$1" -name avx2.c.o | head -n 1)
if [ "$count" -eq 0 ] || [ "$(avx_instructions "$avx2")" -eq 0 ]; then
    echo "nothing was checked under $1"
    exit 1
fi
echo "$count objects without AVX"
