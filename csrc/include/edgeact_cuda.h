/* edgeact on CUDA devices: the whole interface of libedgeact_cuda.
 *
 * The library exports one function, which returns a table of the others:
 *
 *     const edgeact_cuda *cuda = edgeact_cuda_load();
 *     edgeact_cuda_call call = {.dims = 1, .size = {n}, .stream = stream};
 *     call.x = (edgeact_cuda_array){x, {sizeof(float)}};
 *     call.y = (edgeact_cuda_array){y, {sizeof(float)}};
 *     cuda->run(cuda->find("gelu"), EDGEACT_FAST, EDGEACT_F32, &call);
 *
 * Without a driver it loads all the same, and each call returns why it cannot work. Functions may
 * be called from any thread, and leave the thread's current device as it was.
 */
#ifndef EDGEACT_CUDA_H
#define EDGEACT_CUDA_H

#include "edgeact.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EDGEACT_CUDA_DIMS 8

/* What functions return: 0, one of these, or what CUDA's runtime says (a cudaError_t, above 0). */
typedef enum edgeact_cuda_status {
    EDGEACT_CUDA_OK = 0,
    EDGEACT_CUDA_NO_KERNEL = -1, /* no kernel for this function, tier and dtype */
    /* misaligned values, a negative size, too many dimensions, no dy or no table */
    EDGEACT_CUDA_BAD_LAYOUT = -2
} edgeact_cuda_status;

/* An array in the device's memory: where it begins, and by dimension the bytes from one value to
 * the next, of any sign; 0: the same value. */
typedef struct edgeact_cuda_array {
    void *data;
    int64_t step[EDGEACT_CUDA_DIMS];
} edgeact_cuda_array;

/* y = f(x, parameters), one launch on a stream. Values are aligned to their size. Arrays may lie
 * apart, or y may be an input itself. Beside a 16-bit x a parameter that is no tensor is a float.
 */
typedef struct edgeact_cuda_call {
    int device;
    void *stream; /* a cudaStream_t */
    int dims;
    int64_t size[EDGEACT_CUDA_DIMS]; /* outermost first */
    edgeact_cuda_array x, y;
    edgeact_cuda_array tensor; /* the parameter that may be one; data NULL: it is number[0] */
    double number[EDGEACT_MAX_PARAMS]; /* the parameters, each at its place */
} edgeact_cuda_call;

/* The same from and to the host's memory, contiguous: chunks are copied through pinned buffers
 * while others are computed. tensor: NULL, or as many values as x. Returns when y is there. */
typedef struct edgeact_cuda_host {
    int device;
    size_t n;
    const void *x, *tensor;
    void *y;
    double number[EDGEACT_MAX_PARAMS];
} edgeact_cuda_host;

typedef struct edgeact_cuda {
    const char *version; /* EDGEACT_VERSION of the library */
    int (*devices)(int *count);
    const char *(*error)(int status); /* for people */

    int (*find)(const char *name);         /* an activation's index, or -1 */
    int (*find_rowwise)(const char *name); /* softmax, log_softmax */
    int (*run)(int act, edgeact_tier tier, edgeact_dtype dtype, const edgeact_cuda_call *call);
    /* Along the last dimension; backward: dx, which is y, of dy, which is tensor, and the output x.
     */
    int (*run_rows)(int function, int backward, edgeact_dtype dtype, const edgeact_cuda_call *call);
    int (*run_host)(int act, edgeact_tier tier, edgeact_dtype dtype, const edgeact_cuda_host *call);
    /* y[i] = table[x[i]] of bytes, or lines between knots (edgeact._quantized.Table16) of int16:
     * size is 1 or 2. The table is call->tensor: its steps lead from one channel's table to the
     * next. */
    int (*look_up)(size_t size, const edgeact_cuda_call *call);
    /* The coefficients are in the device's memory. */
    int (*tabulated)(const edgeact_tabulated *table, edgeact_dtype dtype,
                     const edgeact_cuda_call *call);

    /* Whose memory an address is in. */
    int (*device_of)(const void *data, int *device);
    /* Memory of a device. to_device and to_host return when the bytes are there. */
    int (*allocate)(int device, size_t bytes, void **data);
    int (*release)(int device, void *data);
    int (*to_device)(int device, void *to, const void *from, size_t bytes);
    int (*to_host)(int device, void *to, const void *from, size_t bytes);
    /* What comes on stream "later" waits for what is on stream "earlier" now. */
    int (*order)(int device, void *earlier, void *later);
    size_t (*live)(void);         /* allocations, pinned ones too, that have not been released */
    int (*release_buffers)(void); /* those that run_host keeps from call to call */
} edgeact_cuda;

#if defined __GNUC__
#pragma GCC visibility push(default)
#endif

const edgeact_cuda *edgeact_cuda_load(void);

#if defined __GNUC__
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif
#endif
