/* The exchange of arrays between libraries: the layout that DLPack's specification gives
 * (https://dmlc.github.io/dlpack), versions 0 and 1, and capsules of it. */
#ifndef EDGEACT_DLPACK_H
#define EDGEACT_DLPACK_H

#include <stdint.h>

/* Types of devices: CUDA's memory, and what CUDA moves between host and device. */
#define DLPACK_CUDA 2
#define DLPACK_CUDA_MANAGED 13

typedef struct dlpack_tensor {
    void *data;
    int32_t device_type;
    int32_t device_id;
    int32_t ndim;
    uint8_t code; /* of the dtype: 0 int, 1 uint, 2 float, 4 bfloat */
    uint8_t bits;
    uint16_t lanes;
    int64_t *shape;
    int64_t *strides; /* in elements; NULL: contiguous */
    uint64_t byte_offset;
} dlpack_tensor;

/* In a capsule "dltensor". */
typedef struct dlpack_managed {
    dlpack_tensor tensor;
    void *context;
    void (*deleter)(struct dlpack_managed *self);
} dlpack_managed;

/* In a capsule "dltensor_versioned". */
typedef struct dlpack_versioned {
    uint32_t major, minor;
    void *context;
    void (*deleter)(struct dlpack_versioned *self);
    uint64_t flags; /* bit 0: read-only */
    dlpack_tensor tensor;
} dlpack_versioned;

/* Makes a capsule of a contiguous array in a CUDA device's memory and appends it to a list. list,
 * owner: addresses of Python objects; the owner lives until the array's taker, or the capsule,
 * ends. Returns 0, or -1 having printed the exception. */
int edgeact_make_dlpack(void *list, void *owner, void *data, int device, int ndim,
                        const int64_t shape[], int code, int bits, int versioned);

#endif
