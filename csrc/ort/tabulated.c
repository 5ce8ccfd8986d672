/* The kernel of a node that has its table as attributes, as edgeact_tabulated has it; coefficients
 * has EDGEACT_TABULATED_DEGREE + 1 rows, of which those beyond the degree are 0. */
#include "ort/kernel.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* A task for ONNX Runtime's threads: some 10 us of work, as in kernel.c. */
enum { TASK_VALUES = 1 << 15, ROWS = EDGEACT_TABULATED_DEGREE + 1 };

typedef struct tabulated_node {
    const OrtApi *ort;
    uint32_t api;
    edgeact_tabulated_kernel *run;
    edgeact_tabulated table;
    float coefficients[];
} tabulated_node;

static OrtStatus *read_floats(const OrtApi *ort, const OrtKernelInfo *info, const char *name,
                              float *out, size_t want) {
    size_t size = 0;
    TRY(ort->KernelInfoGetAttributeArray_float(info, name, NULL, &size));
    if (size != want) {
        return ort_fail(ort, TABULATED ": %s has %zu values, not %zu", name, size, want);
    }
    TRY(ort->KernelInfoGetAttributeArray_float(info, name, out, &size));
    for (size_t i = 0; i < size; i++) {
        if (!isfinite(out[i]))
            return ort_fail(ort, TABULATED ": a value of %s is not finite", name);
    }
    return NULL;
}

static OrtStatus *read_table(const OrtApi *ort, const OrtKernelInfo *info, tabulated_node *node) {
    edgeact_tabulated *f = &node->table;
    TRY(ort->KernelInfoGetAttribute_float(info, "lo", &f->lo));
    TRY(ort->KernelInfoGetAttribute_float(info, "hi", &f->hi));
    TRY(ort->KernelInfoGetAttribute_float(info, "scale", &f->scale));
    TRY(ort->KernelInfoGetAttribute_float(info, "offset", &f->offset));
    TRY(read_floats(ort, info, "below", f->below, 2));
    TRY(read_floats(ort, info, "above", f->above, 2));
    TRY(read_floats(ort, info, "coefficients", node->coefficients, ROWS * (size_t)f->segments));
    double most = fmax(fabs((double)f->lo * f->scale + f->offset),
                       fabs((double)f->hi * f->scale + f->offset));
    if (!(f->lo < f->hi) || !(most < 1 << 21)) {
        return ort_fail(ort, TABULATED ": lo = %g, hi = %g and scale = %g make no table",
                        (double)f->lo, (double)f->hi, (double)f->scale);
    }
    f->coefficients = node->coefficients;
    for (f->degree = EDGEACT_TABULATED_DEGREE; f->degree > 1; f->degree--) {
        for (uint32_t i = 0; i < f->segments; i++) {
            if (f->coefficients[f->degree * f->segments + i] != 0) return NULL;
        }
    }
    return NULL;
}

OrtStatus *tabulated_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                            void **out) {
    int64_t segments;
    TRY(ort->KernelInfoGetAttribute_int64(info, "segments", &segments));
    if (segments < 8 || segments > 1 << 16 || (segments & (segments - 1))) {
        return ort_fail(ort, TABULATED ": %" PRId64 " segments are no power of two from 8 to 65536",
                        segments);
    }
    tabulated_node *node = malloc(sizeof *node + ROWS * (size_t)segments * sizeof(float));
    if (!node) return ort_fail(ort, TABULATED ": out of memory");
    node->ort = ort;
    node->api = self->version;
    node->run = edgeact_tabulated_lookup(EDGEACT_F32, NULL);
    node->table.segments = (uint32_t)segments;
    OrtStatus *failed = read_table(ort, info, node);
    if (failed) {
        free(node);
        return failed;
    }
    *out = node;
    return NULL;
}

void tabulated_destroy(void *node) { free(node); }

typedef struct tabulated_job {
    const tabulated_node *node;
    float *x, *y;
    size_t count, task;
} tabulated_job;

static void run_values(void *data, size_t i) {
    const tabulated_job *j = data;
    size_t at = i * j->task, rest = j->count - at;
    j->node->run(&j->node->table, (char *[]){(char *)(j->x + at), (char *)(j->y + at)},
                 (ptrdiff_t[]){sizeof(float), sizeof(float)}, rest < j->task ? rest : j->task);
}

OrtStatus *tabulated_compute(void *self, OrtKernelContext *context) {
    const tabulated_node *node = self;
    const OrtApi *ort = node->ort;
    const OrtValue *x;
    OrtValue *y;
    shape s;
    TRY(ort->KernelContext_GetInput(context, 0, &x));
    TRY(read_shape(ort, node->api, x, &s));
    TRY(ort->KernelContext_GetOutput(context, 0, s.dims, s.rank, &y));
    tabulated_job j = {.node = node, .count = 1, .task = TASK_VALUES};
    for (size_t i = 0; i < s.rank; i++)
        j.count *= (size_t)s.dims[i];
    if (j.count == 0) return NULL;
    void *in, *out;
    TRY(ort->GetTensorMutableData((OrtValue *)x, &in));
    TRY(ort->GetTensorMutableData(y, &out));
    j.x = in;
    j.y = out;
    return run_in_tasks(ort, node->api, context, run_values, &j, j.count, &j.task);
}
