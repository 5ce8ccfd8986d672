/* Hashes of what the CUDA kernels give on the emulated device of cuda_runtime.h: "cuda tier
 * activation hash", a line each, as ../bits/bits.c has them of other isas. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vector>

#include "edgeact_cuda.h"
extern "C" {
#include "native.h"
}

static const edgeact_cuda *cuda;
static int act, function;
static edgeact_tier tier;
static edgeact_dtype dtype;

static void must(int status, const char *name) {
    if (status == EDGEACT_CUDA_OK) return;
    fprintf(stderr, "%s: %s\n", name, cuda->error(status));
    exit(1);
}

/* Every second call goes by the kernel of strided arrays. */
static void run(char *const args[], const ptrdiff_t steps[], size_t n) {
    static unsigned calls;
    const edgeact_activation *row = edgeact_at((size_t)act);
    const ptrdiff_t size = steps[0];
    std::vector<char> tensor;
    edgeact_cuda_call call = {};
    call.dims = 1;
    call.size[0] = (int64_t)n;
    call.x = {args[0], {steps[0]}};
    call.y = {args[row->nparams + 1], {steps[row->nparams + 1]}};
    for (size_t k = 0; k < row->nparams; k++) {
        if (k >= row->tensors) {
            call.number[k] = dtype == EDGEACT_F64 ? *(double *)args[k + 1] : *(float *)args[k + 1];
            continue;
        }
        for (size_t i = 0; i < n; i++)
            tensor.insert(tensor.end(), args[k + 1], args[k + 1] + size);
        call.tensor = {tensor.data(), {size}};
    }
    if (calls++ % 2) { /* from the end to the beginning */
        edgeact_cuda_array *arrays[] = {&call.x, &call.y, &call.tensor};
        for (edgeact_cuda_array *a : arrays) {
            if (!a->data) continue;
            a->data = (char *)a->data + (ptrdiff_t)(n - 1) * a->step[0];
            a->step[0] = -a->step[0];
        }
    }
    must(cuda->run(act, tier, dtype, &call), row->name);
}

static void run_rows(char *const args[], const ptrdiff_t row_steps[], const ptrdiff_t steps[],
                     size_t rows, size_t n, int backward) {
    edgeact_cuda_call call = {};
    call.dims = 2;
    call.size[0] = (int64_t)rows;
    call.size[1] = (int64_t)n;
    if (backward) call.tensor = {args[0], {row_steps[0], steps[0]}};
    call.x = {args[backward], {row_steps[backward], steps[backward]}};
    call.y = {args[backward + 1], {row_steps[backward + 1], steps[backward + 1]}};
    must(cuda->run_rows(function, backward, dtype, &call),
         edgeact_rowwise_at((size_t)function)->name);
}

extern "C" {
/* What bits.c finds kernels by. */
edgeact_kernel *edgeact_lookup(const edgeact_activation *, edgeact_tier, edgeact_dtype,
                               const edgeact_isa *) {
    return run;
}
edgeact_row_kernel *edgeact_rowwise_lookup(const edgeact_rowwise *, edgeact_dtype,
                                           const edgeact_isa *) {
    return [](char *const args[], const ptrdiff_t row_steps[], const ptrdiff_t steps[], size_t rows,
              size_t n) { run_rows(args, row_steps, steps, rows, n, 0); };
}
edgeact_row_kernel *edgeact_rowwise_backward_lookup(const edgeact_rowwise *, edgeact_dtype,
                                                    const edgeact_isa *) {
    return [](char *const args[], const ptrdiff_t row_steps[], const ptrdiff_t steps[], size_t rows,
              size_t n) { run_rows(args, row_steps, steps, rows, n, 1); };
}
}

static void print(const char *kind, const char *name, const char *after, uint64_t hash) {
    printf("cuda %s %s%s %016" PRIx64 "\n", kind, name, after, hash);
}

int main() {
    cuda = edgeact_cuda_load();
    for (act = 0; act < (int)edgeact_count(); act++) {
        const edgeact_activation *row = edgeact_at((size_t)act);
        if (cuda->find(row->name) != act) return 1;
        for (int t = EDGEACT_EXACT; t <= EDGEACT_FAST; t++) {
            tier = (edgeact_tier)t, dtype = EDGEACT_F32;
            if (!row->bound[tier][dtype].evidence) continue;
            const uint32_t stride = EDGEACT_HASH_STRIDE;
            const uint64_t count = (((uint64_t)1 << 32) + stride - 1) / stride;
            print(edgeact_tier_name(tier), row->name, "",
                  edgeact_hash_bits(row, run, dtype, 0, stride, count));
        }
        for (int d = EDGEACT_F16; d <= EDGEACT_BF16; d++) {
            dtype = (edgeact_dtype)d;
            print(edgeact_dtype_name(dtype), row->name, "",
                  edgeact_hash_bits(row, run, dtype, 0, 1, 1 << 16));
        }
        dtype = EDGEACT_F64;
        print("fast.float64", row->name, "",
              edgeact_hash_bits_f64(row, tier, NULL, EDGEACT_HASH_COUNT_F64));
    }
    for (function = 0; function < (int)edgeact_rowwise_count(); function++) {
        const edgeact_rowwise *row = edgeact_rowwise_at((size_t)function);
        if (cuda->find_rowwise(row->name) != function) return 1;
        for (int d = 0; d < EDGEACT_DTYPES; d++) {
            dtype = (edgeact_dtype)d;
            if (dtype == EDGEACT_F64) continue;
            for (int back = 0; back < 2; back++) {
                print(dtype == EDGEACT_F32 ? "fast" : edgeact_dtype_name(dtype), row->name,
                      back ? "_backward" : "", edgeact_hash_rows(row, back, dtype, NULL));
            }
        }
    }
    return 0;
}
