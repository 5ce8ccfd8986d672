/* Inside the library: the tables of kernels that every isa file fills, each compiled as a part of
 * its own, which EDGEACT_PART names: "float32.inc", "coarse.inc", "float64.inc", "half.inc",
 * "rows.inc", "backward.inc", "lut.inc", "tabulated.inc". */
#ifndef EDGEACT_KERNELS_H
#define EDGEACT_KERNELS_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "edgeact.h"
#include "registry.h"

/* For functions of vectors: gcc leaves a long one that two kernels use out of line, and then passes
 * AVX-512's pairs of registers through memory. */
#define V_INLINE static inline __attribute__((always_inline))
/* For functions of single numbers, tables of them, and a loop over one: vec/cuda.h has its own. */
#define V_PLAIN static inline
#define V_CONST static const
#define V_PRAGMA(text) _Pragma(#text)
#define V_UNROLL(most) V_PRAGMA(GCC unroll most)

/* Where threads share an array, each sees pieces of it. How many values it has, set while such a
 * piece is computed; else 0. No piece but perhaps the last is shorter than 2^EDGEACT_LOG_PIECE. */
extern _Thread_local size_t edgeact_whole;
enum { EDGEACT_LOG_PIECE = 12 };

typedef edgeact_kernel *edgeact_table[ACT_COUNT][EDGEACT_TIERS];

/* A method's place in coarse.def. */
enum {
#define COARSE(...)
#define METHOD(name, method, ...) METHOD_##name##_##method,
#include "coarse.def"
#undef METHOD
#undef COARSE
    METHOD_COUNT
};

typedef edgeact_kernel *edgeact_method_table[METHOD_COUNT][EDGEACT_DTYPES];

typedef edgeact_row_kernel *edgeact_row_table[ROW_COUNT][EDGEACT_DTYPES];

/* For what flows back: n products of derivatives, in their own type, or in float for the 16-bit
 * ones, with dy, rounded once. widen: n 16-bit values as floats; NULL for the other types. whole:
 * for float32 of tier fast, by activation, kernels of x, dy, parameters and the product, or NULL.
 */
typedef struct edgeact_flow {
    void (*widen)(const char *from, ptrdiff_t step, size_t n, float *to);
    void (*product)(const void *f, const char *dy, ptrdiff_t dy_step, size_t n, char *to,
                    ptrdiff_t step);
    edgeact_kernel *const *whole;
} edgeact_flow;

typedef edgeact_flow edgeact_flow_table[EDGEACT_DTYPES];

/* Of the active isa. */
const edgeact_flow *edgeact_flow_lookup(edgeact_dtype dtype);

/* Kernels of x, the address of a table, y. */
typedef struct edgeact_lut_kernels {
    edgeact_kernel *u8;  /* bytes, of whatever sign; the table has 256 */
    edgeact_kernel *i16; /* int16; the table is math/knots.h's */
} edgeact_lut_kernels;

#define ISA(name, ...)                                                                \
    extern const edgeact_table edgeact_float32_##name, edgeact_float64_##name,        \
        edgeact_float16_##name, edgeact_bfloat16_##name;                              \
    extern const edgeact_method_table edgeact_coarse_##name;                          \
    extern const edgeact_row_table edgeact_rows_##name, edgeact_rows_backward_##name; \
    extern const edgeact_flow_table edgeact_flows_##name;                             \
    extern const edgeact_lut_kernels edgeact_lut_##name;                              \
    extern edgeact_tabulated_kernel *const edgeact_tabulated_##name[EDGEACT_DTYPES];
#include "isa.def"
#undef ISA

extern const edgeact_row_table edgeact_rows_f64, edgeact_rows_backward_f64;
extern const edgeact_lut_kernels edgeact_lut_avx512vbmi;

extern edgeact_tabulated_kernel edgeact_tabulated_f64;

#endif
