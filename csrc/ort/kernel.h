/* The kernel of a node: what ONNX Runtime creates, runs and destroys. */
#ifndef EDGEACT_ORT_KERNEL_H
#define EDGEACT_ORT_KERNEL_H

#include "edgeact.h"
#include "ort/abi.h"
#include "ort/broadcast.h"

/* One activation for one element type. */
typedef struct op {
    OrtCustomOp ort; /* first: ONNX Runtime hands back its address */
    size_t act;      /* place in the registry */
    int rowwise;     /* in the registry of row-wise functions */
    int tabulated;   /* in none: the node's attributes are its table */
    edgeact_dtype dtype;
    OrtElementType bytes; /* not 0: a function of this type, whose tables are an input */
} op;

/* A tensor's shape: ONNX Runtime's own where it lets us see that, else a copy. */
typedef struct shape {
    const int64_t *dims;
    size_t rank;
    int64_t copy[MAX_RANK];
} shape;

OrtStatus *read_shape(const OrtApi *ort, uint32_t api, const OrtValue *value, shape *s);

/* A status with this text, as by printf. */
__attribute__((format(printf, 2, 3))) OrtStatus *ort_fail(const OrtApi *ort, const char *format,
                                                          ...);

/* The node's attributes are its parameters, floats, and the string tier; the first that is missing
 * or bad makes the status. */
OrtStatus *kernel_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                         void **kernel);
OrtStatus *kernel_compute(void *kernel, OrtKernelContext *context);
void kernel_destroy(void *kernel);

/* The same for a row-wise function, whose attribute is the axis, -1 by default. */
OrtStatus *row_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                      void **kernel);
OrtStatus *row_compute(void *kernel, OrtKernelContext *context);
void row_destroy(void *kernel);

/* The same for a tabulated function, whose attributes are its table. */
#define TABULATED "Tabulated"
OrtStatus *tabulated_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                            void **kernel);
OrtStatus *tabulated_compute(void *kernel, OrtKernelContext *context);
void tabulated_destroy(void *kernel);

/* The same for a function of 8-bit numbers. */
#define QUANTIZED "QuantizedLut"
OrtStatus *quantized_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                            void **kernel);
OrtStatus *quantized_compute(void *kernel, OrtKernelContext *context);
void quantized_destroy(void *kernel);

/* Runs a job of count parts: alone where that is one task or the runtime cannot share it, else in
 * tasks of *task parts, which ONNX Runtime's threads take. run computes task i of the job. */
static inline OrtStatus *run_in_tasks(const OrtApi *ort, uint32_t api, OrtKernelContext *context,
                                      void (*run)(void *, size_t), void *job, size_t count,
                                      size_t *task) {
    if (api < ORT_API_PARALLEL_FOR || count <= *task) {
        *task = count;
        run(job, 0);
        return NULL;
    }
    return ort->KernelContext_ParallelFor(context, run, (count - 1) / *task + 1, 0, job);
}

#endif
