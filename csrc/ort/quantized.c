/* The kernel of a function of 8-bit numbers: x, tables of all 256 results, one after the other, and
 * which table an element of x has, broadcast to x. */
#include "ort/kernel.h"

#include <inttypes.h>
#include <stdlib.h>

/* A task for ONNX Runtime's threads: some 10 us of work, as in kernel.c. */
enum { TASK_BYTES = 1 << 18, TABLE = 256 };

typedef struct quantized_node {
    const OrtApi *ort;
    uint32_t api;
} quantized_node;

OrtStatus *quantized_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                            void **out) {
    (void)info;
    quantized_node *node = malloc(sizeof *node);
    if (!node) return ort_fail(ort, QUANTIZED ": out of memory");
    *node = (quantized_node){.ort = ort, .api = self->version};
    *out = node;
    return NULL;
}

void quantized_destroy(void *node) { free(node); }

typedef struct quantized_job {
    const uint8_t *x, *tables;
    uint8_t *y;
    const int64_t *row;
    size_t count, task;
    broadcast of_row;
} quantized_job;

static void run_bytes(void *data, size_t i) {
    const quantized_job *j = data;
    const broadcast *b = &j->of_row;
    size_t at = i * j->task, rest = j->count - at, end = at + (rest < j->task ? rest : j->task);
    for (size_t n; at < end; at += n) {
        size_t within = at % b->run;
        n = end - at;
        if (n > b->run - within) n = b->run - within;
        const int64_t *row = j->row + broadcast_offset(b, at / b->run) + within * b->step;
        if (b->step == 0) {
            edgeact_map_u8(j->tables + *row * TABLE, n, j->x + at, j->y + at);
            continue;
        }
        for (size_t k = 0; k < n; k++)
            j->y[at + k] = j->tables[row[k] * TABLE + j->x[at + k]];
    }
}

static OrtStatus *read_input(const quantized_node *node, OrtKernelContext *context, size_t i,
                             shape *s, size_t *count, void **data) {
    const OrtValue *value;
    TRY(node->ort->KernelContext_GetInput(context, i, &value));
    TRY(read_shape(node->ort, node->api, value, s));
    *count = 1;
    for (size_t d = 0; d < s->rank; d++)
        *count *= (size_t)s->dims[d];
    return node->ort->GetTensorMutableData((OrtValue *)value, data);
}

OrtStatus *quantized_compute(void *self, OrtKernelContext *context) {
    const quantized_node *node = self;
    const OrtApi *ort = node->ort;
    quantized_job j = {.task = TASK_BYTES};
    shape of_x, of_tables, of_row;
    void *x, *tables, *row, *out;
    size_t bytes, rows;
    OrtValue *y;
    TRY(read_input(node, context, 0, &of_x, &j.count, &x));
    TRY(read_input(node, context, 1, &of_tables, &bytes, &tables));
    TRY(read_input(node, context, 2, &of_row, &rows, &row));
    TRY(ort->KernelContext_GetOutput(context, 0, of_x.dims, of_x.rank, &y));
    j.row = row;
    for (size_t i = 0; i < rows; i++) {
        if (j.row[i] < 0 || (uint64_t)j.row[i] >= bytes / TABLE) {
            return ort_fail(ort, QUANTIZED ": row %" PRId64 " of %zu tables", j.row[i],
                            bytes / TABLE);
        }
    }
    if (j.count == 0) return NULL;
    if (broadcast_init(&j.of_row, of_x.dims, of_x.rank, of_row.dims, of_row.rank) != 0)
        return ort_fail(ort, QUANTIZED ": the rows do not broadcast to x");
    TRY(ort->GetTensorMutableData(y, &out));
    j.x = x;
    j.tables = tables;
    j.y = out;
    return run_in_tasks(ort, node->api, context, run_bytes, &j, j.count, &j.task);
}
