#!/usr/bin/env bash
# threads.sh [DIRECTORY]: the pool of threads under ThreadSanitizer, built there.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=${1:-$(mktemp -d)}
gcc -std=c11 -O1 -g -fsanitize=thread -Wall -Wextra -Werror -Icsrc -Icsrc/include \
    tests/c/threads.c csrc/threads.c -pthread -lm -o "$work/threads"
# The sanitizer wants the address space where it has been tested.
TSAN_OPTIONS=halt_on_error=1 setarch -R "$work/threads"
