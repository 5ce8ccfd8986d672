/* The kernel of a node that computes rows. */
#include "ort/kernel.h"

#include <inttypes.h>
#include <stdlib.h>

/* A task for ONNX Runtime's threads: some 10 us of work, as in kernel.c, but no less than a row. */
enum { TASK_VALUES = 1 << 15 };

typedef struct row_node {
    const OrtApi *ort;
    uint32_t api;
    const edgeact_rowwise *function;
    edgeact_row_kernel *run;
    ptrdiff_t size; /* bytes an element */
    int64_t axis;
} row_node;

OrtStatus *row_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                      void **out) {
    const op *o = (const op *)self;
    row_node node = {.ort = ort,
                     .api = self->version,
                     .function = edgeact_rowwise_at(o->act),
                     .run = edgeact_rowwise_lookup(edgeact_rowwise_at(o->act), o->dtype, NULL),
                     .size = o->dtype == EDGEACT_F32   ? sizeof(float)
                             : o->dtype == EDGEACT_F64 ? sizeof(double)
                                                       : sizeof(uint16_t),
                     .axis = -1};
    OrtStatus *absent = ort->KernelInfoGetAttribute_int64(info, "axis", &node.axis);
    if (absent) {
        ort->ReleaseStatus(absent);
        float value;
        OrtStatus *no_float = ort->KernelInfoGetAttribute_float(info, "axis", &value);
        if (!no_float) {
            return ort_fail(ort, "%s: attribute axis must be an integer, not the float %g",
                            node.function->onnx, (double)value);
        }
        ort->ReleaseStatus(no_float);
    }
    row_node *kept = malloc(sizeof node);
    if (!kept) return ort_fail(ort, "%s: out of memory", node.function->onnx);
    *kept = node;
    *out = kept;
    return NULL;
}

void row_destroy(void *node) { free(node); }

/* The value (o, i, w) of a tensor lies at (o n + i) inner + w; i counts along the axis. */
typedef struct row_job {
    const row_node *node;
    char *x, *y;
    size_t n, inner, rows, task; /* rows in all, and in a task */
} row_job;

static void run_rows(void *data, size_t t) {
    const row_job *j = data;
    ptrdiff_t size = j->node->size, inner = (ptrdiff_t)j->inner, n = (ptrdiff_t)j->n;
    ptrdiff_t step = inner * size, next = inner == 1 ? n * size : size;
    size_t at = t * j->task, end = at + j->task < j->rows ? at + j->task : j->rows;
    for (size_t rows; at < end; at += rows) {
        size_t o = at / j->inner, w = at % j->inner;
        rows = end - at;
        if (inner > 1 && rows > j->inner - w) rows = j->inner - w;
        size_t first = (o * j->n * j->inner + w) * (size_t)size;
        j->node->run((char *[]){j->x + first, j->y + first}, (ptrdiff_t[]){next, next},
                     (ptrdiff_t[]){step, step}, rows, j->n);
    }
}

OrtStatus *row_compute(void *self, OrtKernelContext *context) {
    const row_node *node = self;
    const OrtApi *ort = node->ort;
    const OrtValue *x;
    OrtValue *y;
    shape s;
    TRY(ort->KernelContext_GetInput(context, 0, &x));
    TRY(read_shape(ort, node->api, x, &s));
    int64_t rank = (int64_t)s.rank, axis = node->axis < 0 ? node->axis + rank : node->axis;
    if (axis < 0 || axis >= rank) {
        return ort_fail(ort, "%s: axis %" PRId64 " of a tensor of %" PRId64 " dimensions",
                        node->function->onnx, node->axis, rank);
    }
    TRY(ort->KernelContext_GetOutput(context, 0, s.dims, s.rank, &y));

    row_job j = {.node = node, .n = (size_t)s.dims[axis], .inner = 1, .rows = 1};
    for (int64_t i = 0; i < rank; i++) {
        if (i != axis) j.rows *= (size_t)s.dims[i];
        if (i > axis) j.inner *= (size_t)s.dims[i];
    }
    if (j.rows == 0 || j.n == 0) return NULL;
    void *in, *out;
    TRY(ort->GetTensorMutableData((OrtValue *)x, &in));
    TRY(ort->GetTensorMutableData(y, &out));
    j.x = in;
    j.y = out;
    j.task = j.n < TASK_VALUES ? TASK_VALUES / j.n : 1;
    return run_in_tasks(ort, node->api, context, run_rows, &j, j.rows, &j.task);
}
