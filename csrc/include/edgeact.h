/* edgeact: neural-network activations for CPUs, with certified error bounds.
 *
 * The whole C interface. A program finds an activation by name, then runs it:
 *
 *     const edgeact_activation *gelu = edgeact_find("gelu");
 *     edgeact_run_f32(gelu, EDGEACT_FAST, n, x, y, NULL);
 *
 * Every function may be called from any thread. Nothing here allocates.
 */
#ifndef EDGEACT_H
#define EDGEACT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined __GNUC__
#pragma GCC visibility push(default)
#endif

#define EDGEACT_VERSION "0.1.0"
#define EDGEACT_MAX_PARAMS 4

/* A promise about the error, the same for every activation. */
typedef enum edgeact_tier {
    EDGEACT_EXACT,
    EDGEACT_FAST,
    EDGEACT_COARSE,
    EDGEACT_TIERS
} edgeact_tier;

typedef enum edgeact_dtype {
    EDGEACT_F32,
    EDGEACT_F64,
    EDGEACT_F16,  /* IEEE 754 binary16, as uint16_t */
    EDGEACT_BF16, /* bfloat16, the upper half of a float32, as uint16_t */
    EDGEACT_DTYPES
} edgeact_dtype;

typedef enum edgeact_status {
    EDGEACT_OK = 0,
    EDGEACT_NO_KERNEL, /* no kernel for this activation, tier and dtype */
    EDGEACT_BAD_PARAM, /* a parameter without a default was not given */
    EDGEACT_BAD_ISA    /* EDGEACT_ISA is unknown or this CPU lacks it: see edgeact_isa_error() */
} edgeact_status;

typedef struct edgeact_param {
    const char *name;
    double value; /* the default; NAN where the caller must give one */
} edgeact_param;

/* Largest total error, final rounding included. No kernel: evidence is NULL. Tier coarse promises
 * an absolute error, in float32 with no ULP on top of it: abs * max(1, |x|), and for exp and expm1
 * (of_result), whose results grow faster than x, abs * max(1, |x|, |result|). Where the first
 * parameter p scales the result (of_param), that times max(1, |p|^of_param). */
typedef struct edgeact_bound {
    double ulp;
    double floor; /* times |the first parameter|: an absolute error that is allowed on top of it */
    double abs;
    int of_result, of_param;
    const char *evidence; /* "exhaustive": all inputs; "sampled": random and directed ones */
} edgeact_bound;

typedef struct edgeact_activation {
    const char *name;    /* "gelu_tanh" */
    const char *onnx;    /* operator in the ONNX domain ai.edgeact: "GeluTanh" */
    const char *torch;   /* the same function in PyTorch, or "" */
    const char *formula; /* a C expression in x and the parameters */
    double lo, hi;       /* no output leaves [lo, hi] at default parameters */
    size_t nparams;
    size_t tensors; /* so many of the parameters, the first, are tensors in ONNX: no attributes */
    edgeact_param params[EDGEACT_MAX_PARAMS];
    const char
        *own; /* isas whose tier fast has a method, and so bits, of its own: "avx512", or "" */
    edgeact_bound bound[EDGEACT_TIERS][EDGEACT_DTYPES];
} edgeact_activation;

/* One activation x tier x isa x dtype as machine code. args holds x, then each parameter, then y;
 * steps their distances in bytes from element to element (0: the same value for all n). y may be
 * x itself; any other overlap is undefined. No value depends on n, alignment or the steps. All have
 * the kernel's dtype, except that beside a 16-bit x a parameter that is no tensor is a float. */
typedef void edgeact_kernel(char *const args[], const ptrdiff_t steps[], size_t n);

/* A function of a whole row of values: softmax. One tier, whose promise is fast's. */
typedef struct edgeact_rowwise {
    const char *name;           /* "log_softmax" */
    const char *onnx;           /* operator in the ONNX domain ai.edgeact; attribute: axis */
    const char *torch;          /* the same function in PyTorch */
    const char *formula;        /* for people, over a row x */
    const char *backward;       /* so dx, of dy and the output y */
    double lo, hi;              /* no output leaves [lo, hi] */
    double ulp[EDGEACT_DTYPES]; /* largest total error of any output, sampled */
} edgeact_rowwise;

/* Its machine code for one isa and dtype. args holds x and y, or dy, y and dx; row_steps the
 * distances in bytes from row to row, steps those from value to value. The output may be an input
 * itself; any other overlap is undefined. No row's values depend on where it is or on other rows.
 */
typedef void edgeact_row_kernel(char *const args[], const ptrdiff_t row_steps[],
                                const ptrdiff_t steps[], size_t rows, size_t n);

typedef struct edgeact_isa {
    const char *name;
    size_t lanes; /* float32 values a vector holds */
    int fma;      /* kernels of tier fast give the same bits on every isa that has FMA */
    int fma64;    /* so those for float64; and all isas without it have the same bits, too */
    int (*supported)(void);
} edgeact_isa;

const char *edgeact_tier_name(edgeact_tier tier);    /* "fast" */
const char *edgeact_dtype_name(edgeact_dtype dtype); /* "float32" */

size_t edgeact_count(void);
const edgeact_activation *edgeact_at(size_t i);           /* NULL beyond the last */
const edgeact_activation *edgeact_find(const char *name); /* NULL where there is none */

size_t edgeact_isa_count(void);
const edgeact_isa *edgeact_isa_at(size_t i); /* in order of preference, worst first */

/* The isa in use: the best that CPU and OS support, or the one that the environment variable
 * EDGEACT_ISA names; picked once, at the first call. NULL if EDGEACT_ISA cannot be obeyed. */
const edgeact_isa *edgeact_isa_active(void);
const char *edgeact_isa_error(void); /* why edgeact_isa_active() is NULL, else NULL */

/* The kernel, or NULL where there is none. isa NULL: the active one. */
edgeact_kernel *edgeact_lookup(const edgeact_activation *act, edgeact_tier tier,
                               edgeact_dtype dtype, const edgeact_isa *isa);

/* Tier coarse has more than one method for some activations ("lut": a table in registers; "poly"),
 * of which edgeact_lookup() gives what measured fastest on the isa. The i-th of those that an isa
 * has, that one first; NULL beyond the last. isa NULL: the active one. */
const char *edgeact_method_at(const edgeact_activation *act, edgeact_tier tier, edgeact_dtype dtype,
                              const edgeact_isa *isa, size_t i);
/* The kernel by its method, or NULL where there is none. */
edgeact_kernel *edgeact_lookup_method(const edgeact_activation *act, edgeact_tier tier,
                                      edgeact_dtype dtype, const edgeact_isa *isa,
                                      const char *method);

/* y[i] = act(x[i]). params: act->nparams values, or NULL for the defaults. */
edgeact_status edgeact_run_f32(const edgeact_activation *act, edgeact_tier tier, size_t n,
                               const float *x, float *y, const float *params);
edgeact_status edgeact_run_f64(const edgeact_activation *act, edgeact_tier tier, size_t n,
                               const double *x, double *y, const double *params);
/* The parameter that a tensor may be is rounded to x's type, as a tensor would be. */
edgeact_status edgeact_run_f16(const edgeact_activation *act, edgeact_tier tier, size_t n,
                               const uint16_t *x, uint16_t *y, const float *params);
edgeact_status edgeact_run_bf16(const edgeact_activation *act, edgeact_tier tier, size_t n,
                                const uint16_t *x, uint16_t *y, const float *params);

/* dx[i] = dy[i] * derivative(x[i]), which rounds twice. derivative: a row such as that of
 * edgeact_find("gelu_grad"); dx may be x or dy. In 16 bits the derivative is the float of tier and
 * x, and its product with dy rounds once. */
edgeact_status edgeact_backward_f32(const edgeact_activation *derivative, edgeact_tier tier,
                                    size_t n, const float *dy, const float *x, float *dx,
                                    const float *params);
edgeact_status edgeact_backward_f64(const edgeact_activation *derivative, edgeact_tier tier,
                                    size_t n, const double *dy, const double *x, double *dx,
                                    const double *params);
edgeact_status edgeact_backward_f16(const edgeact_activation *derivative, edgeact_tier tier,
                                    size_t n, const uint16_t *dy, const uint16_t *x, uint16_t *dx,
                                    const float *params);
edgeact_status edgeact_backward_bf16(const edgeact_activation *derivative, edgeact_tier tier,
                                     size_t n, const uint16_t *dy, const uint16_t *x, uint16_t *dx,
                                     const float *params);

size_t edgeact_rowwise_count(void);
const edgeact_rowwise *edgeact_rowwise_at(size_t i);           /* NULL beyond the last */
const edgeact_rowwise *edgeact_rowwise_find(const char *name); /* NULL where there is none */
edgeact_row_kernel *edgeact_rowwise_lookup(const edgeact_rowwise *function, edgeact_dtype dtype,
                                           const edgeact_isa *isa);
edgeact_row_kernel *edgeact_rowwise_backward_lookup(const edgeact_rowwise *function,
                                                    edgeact_dtype dtype, const edgeact_isa *isa);

/* Of each row of n values, one after the other. A NaN or +inf in a row, or nothing but -inf, makes
 * all of the row NaN. */
edgeact_status edgeact_rowwise_run_f32(const edgeact_rowwise *function, size_t rows, size_t n,
                                       const float *x, float *y);
edgeact_status edgeact_rowwise_run_f64(const edgeact_rowwise *function, size_t rows, size_t n,
                                       const double *x, double *y);
edgeact_status edgeact_rowwise_run_f16(const edgeact_rowwise *function, size_t rows, size_t n,
                                       const uint16_t *x, uint16_t *y);
edgeact_status edgeact_rowwise_run_bf16(const edgeact_rowwise *function, size_t rows, size_t n,
                                        const uint16_t *x, uint16_t *y);

/* dx of dy and of the output y, which is what softmax or log_softmax gave; dx may be one of them.
 * With S the sum of dy y in softmax, T the sum of |dy y|; in log_softmax of dy and |dy|: dx is off
 * by at most 0.51 ULP (double: 2), and on top of that by what the sum lost,
 *
 *     softmax:      (n + 256) 2^-58 |y| T
 *     log_softmax:  (n + 256) 2^-58 e^y T + 2^-23 min(e^y, |1 - e^y|) |S|
 *
 * in double 2^-94 instead of 2^-58, and 2^-51 instead of 2^-23. Sampled. */
edgeact_status edgeact_rowwise_backward_f32(const edgeact_rowwise *function, size_t rows, size_t n,
                                            const float *dy, const float *y, float *dx);
edgeact_status edgeact_rowwise_backward_f64(const edgeact_rowwise *function, size_t rows, size_t n,
                                            const double *dy, const double *y, double *dx);
edgeact_status edgeact_rowwise_backward_f16(const edgeact_rowwise *function, size_t rows, size_t n,
                                            const uint16_t *dy, const uint16_t *y, uint16_t *dx);
edgeact_status edgeact_rowwise_backward_bf16(const edgeact_rowwise *function, size_t rows, size_t n,
                                             const uint16_t *dy, const uint16_t *y, uint16_t *dx);

/* y[i] = table[x[i]]: a function of 8-bit numbers. y may be x itself. int8, too: a negative number
 * then stands for the byte that it is. */
edgeact_status edgeact_map_u8(const uint8_t table[256], size_t n, const uint8_t *x, uint8_t *y);

#define EDGEACT_TABULATED_DEGREE 6

/* A function of one's own, as polynomials on segments of equal length: edgeact.tabulate makes them.
 * With u = x scale + offset and m the integer nearest to u, x lies on segment m, where the function
 * is c[0] + c[1] t + ... at t = u - m. Below lo and above hi it is a line, a[0] + a[1] x. */
typedef struct edgeact_tabulated {
    float lo, hi; /* between them |u| < 2^21, and there are no more integers m than segments */
    float scale, offset;
    float below[2], above[2];
    uint32_t segments;         /* a power of two from 8 to 2^16 */
    uint32_t degree;           /* from 1 to EDGEACT_TABULATED_DEGREE */
    const float *coefficients; /* c[k] of segment m at k * segments + m mod segments */
} edgeact_tabulated;

/* As edgeact_kernel, for args x and y; in float64 with the coefficients that there are. */
typedef void edgeact_tabulated_kernel(const edgeact_tabulated *table, char *const args[],
                                      const ptrdiff_t steps[], size_t n);
edgeact_tabulated_kernel *edgeact_tabulated_lookup(edgeact_dtype dtype, const edgeact_isa *isa);

/* y[i] = table(x[i]) */
edgeact_status edgeact_tabulated_run_f32(const edgeact_tabulated *table, size_t n, const float *x,
                                         float *y);

#if defined __GNUC__
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif
#endif
