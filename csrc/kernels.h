/* Inside the library: the tables of kernels that every isa file fills, each compiled as a part of
 * its own, which EDGEACT_PART names: "float32.inc", "float64.inc", "half.inc", "rows.inc",
 * "tabulated.inc". */
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

typedef edgeact_kernel *edgeact_table[ACT_COUNT][EDGEACT_TIERS];

/* As for activations, from rows.def. */
enum {
#define ROW(name, ...) ROW_##name,
#include "rows.def"
#undef ROW
    ROW_COUNT
};

typedef edgeact_row_kernel *edgeact_row_table[ROW_COUNT][EDGEACT_DTYPES];

#define ISA(name, ...)                                                         \
    extern const edgeact_table edgeact_float32_##name, edgeact_float64_##name, \
        edgeact_float16_##name, edgeact_bfloat16_##name;                       \
    extern const edgeact_row_table edgeact_rows_##name;                        \
    extern edgeact_tabulated_kernel *const edgeact_tabulated_##name[EDGEACT_DTYPES];
#include "isa.def"
#undef ISA

extern const edgeact_row_table edgeact_rows_f64;

extern edgeact_tabulated_kernel edgeact_tabulated_f64;

#endif
