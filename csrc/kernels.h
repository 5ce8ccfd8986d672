/* Inside the library: the table of kernels that every isa file fills. */
#ifndef EDGEACT_KERNELS_H
#define EDGEACT_KERNELS_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "edgeact.h"

/* For functions of vectors: gcc leaves a long one that two kernels use out of line, and then passes
 * AVX-512's pairs of registers through memory. */
#define V_INLINE static inline __attribute__((always_inline))

/* An activation's place in the registry. */
enum {
#define ACT(name, ...) ACT_##name,
#include "acts.def"
#undef ACT
    ACT_COUNT
};

typedef edgeact_kernel *edgeact_table[ACT_COUNT][EDGEACT_TIERS][EDGEACT_DTYPES];

/* As for activations, from rows.def. */
enum {
#define ROW(name, ...) ROW_##name,
#include "rows.def"
#undef ROW
    ROW_COUNT
};

typedef edgeact_row_kernel *edgeact_row_table[ROW_COUNT][EDGEACT_DTYPES];

#define ISA(name, ...)                                 \
    extern const edgeact_table edgeact_kernels_##name; \
    extern const edgeact_row_table edgeact_rows_##name;
#include "isa.def"
#undef ISA

extern const edgeact_row_table edgeact_rows_f64;

#endif
