#!/usr/bin/env bash
# Runs the custom operators and the accelerated models under old and new versions of ONNX Runtime.
#
#     tools/ort_versions.sh [VERSION...]
#
# Each has an environment of its own, of the first Python that has a wheel for it, the newest of the
# last: PYTHONS, such as "python3.10 python3.13". Prints a line for each; fails when one fails that could be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
versions=("$@")
[ ${#versions[@]} -gt 0 ] || versions=(1.16.3 1.18.1 1.20.1 1.23.2 1.26.0 newest)
read -ra pythons <<<"${PYTHONS:-python3.10 python3.11 python3.12 python3.13 python3}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pip wheel -q --no-deps -w "$work" .
failed=0
for version in "${versions[@]}"; do
    requirement=onnxruntime
    [ "$version" = newest ] || requirement="onnxruntime==$version"
    # Older ones were built against NumPy 1.
    numpy=numpy tried=("${pythons[@]}")
    [ "$version" = newest ] && tried=("${pythons[-1]}")
    case $version in 1.16.* | 1.18.*) numpy="numpy<2" ;; esac
    outcome="no wheel for ${tried[*]}"
    for python in "${tried[@]}"; do
        command -v "$python" >/dev/null || continue
        venv="$work/$version-$python"
        "$python" -m venv "$venv"
        "$venv/bin/pip" install -q "$requirement" "$numpy" >"$work/log" 2>&1 || continue
        "$venv/bin/pip" install -q "$numpy" "$requirement" "$(ls "$work"/edgeact-*.whl)[onnx]" \
            "onnx<1.20" >"$work/log" 2>&1 || continue
        if "$venv/bin/python" tools/ort_smoke.py >"$work/log" 2>&1; then
            outcome="$(tail -1 "$work/log")"
        else
            outcome="FAILED: $(tail -1 "$work/log")" failed=1
        fi
        break
    done
    printf '%-8s %s\n' "$version" "$outcome"
done
exit "$failed"
