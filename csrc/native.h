/* What the Python module has beyond edgeact.h. */
#ifndef EDGEACT_NATIVE_H
#define EDGEACT_NATIVE_H

#include "edgeact.h"

/* "gcc 12.2.0", what the kernels were compiled by. */
const char *edgeact_compiler(void);

/* Makes a NumPy ufunc of every kernel of this tier and sets it as an attribute of the module of
 * this name, which must have been imported. bfloat16: NumPy's number of that dtype, or -1 where
 * there is none. Returns 0, or -1 having printed the exception. */
int edgeact_make_ufuncs(const char *module, edgeact_tier tier, int bfloat16);

/* Makes a NumPy ufunc of the kernels of one isa and method, in all dtypes that have it, and sets it
 * as that attribute of the module. Once for each: what it keeps pointers to is never freed. Returns
 * 0, or -1 having printed the exception. */
int edgeact_make_kernel(const char *module, const char *attribute, const edgeact_activation *act,
                        edgeact_tier tier, const edgeact_isa *isa, const char *method,
                        int bfloat16);

/* Makes the ufunc (dy, x, parameters) -> dy times each of count derivatives of act, rows of the
 * registry, and sets it as an attribute of the module. Returns 0, or -1 having printed the
 * exception. */
int edgeact_make_backward(const char *module, const edgeact_activation *act, edgeact_tier tier,
                          const edgeact_activation *const *derivatives, size_t count, int bfloat16);

/* What edgeact_backward() runs: dy times each of count derivatives, as above. Made once for each
 * and never freed; NULL where the tier has no such derivatives, or there is no memory. */
struct edgeact_partials;
const struct edgeact_partials *edgeact_make_partials(const edgeact_activation *const *derivatives,
                                                     size_t count, edgeact_tier tier,
                                                     edgeact_dtype dtype);

/* args: dy, x, the parameters, an output for each derivative; steps: theirs, in bytes. An output
 * may be the array of an input, or lie apart from all of them. */
void edgeact_backward(const struct edgeact_partials *p, char *const args[], const ptrdiff_t steps[],
                      size_t n);

/* The same for the row-wise functions, or backward: for what flows back through them. They have no
 * tiers, and are NumPy's generalized ufuncs. */
int edgeact_make_gufuncs(const char *module, int backward, int bfloat16);

/* The kernel of an isa (NULL: the active one) that looks up numbers of this size in bytes, 1 or 2:
 * of x, the address of a table and y. edgeact/_quantized.py makes the tables. vbmi: that isa
 * avx512 may use it where the CPU has it. */
edgeact_kernel *edgeact_lut_lookup(size_t size, const edgeact_isa *isa, int vbmi);

/* Makes NumPy ufuncs (x, address of a table) -> y of the active isa's kernels for both sizes, in
 * unsigned numbers, and sets them as the module's attributes: "lut", whose address is one for all,
 * and "lut_rows", which takes one for each row. Returns 0, or -1 having printed the exception. */
int edgeact_make_lut(const char *module);

/* Makes a ufunc of a copy of the table, loops for every dtype, and appends it to a list: the
 * address of a Python object. bfloat16: as for edgeact_make_ufuncs. Returns 0, or -1 having printed
 * the exception. */
int edgeact_make_tabulated(void *list, const edgeact_tabulated *table, const char *name,
                           const char *doc, int bfloat16);

/* How many threads share a large call: at most so many now, and in a process that is forked from
 * this one. It is 1 before the first call. */
void edgeact_set_threads(int threads, int in_forked);

/* What that is now: no more than the CPUs that the calling thread may run on. */
int edgeact_threads(void);

/* How many CPUs' time the control groups of this process give it, rounded down but no less than 1;
 * 0: no limit. root: what stands before /proc and /sys, "" but in tests. */
int edgeact_cgroup_cpus(const char *root);

/* Makes a callable that runs a kernel on n values of fixed arrays and returns the last of them, and
 * appends it to a list. list, arrays: addresses of Python objects, the second a tuple that it
 * keeps: x, the parameters, out. Returns 0, or -1 having printed the exception. */
int edgeact_make_bound(void *list, const edgeact_activation *act, edgeact_tier tier,
                       edgeact_dtype dtype, void *arrays, char *const args[],
                       const ptrdiff_t steps[], size_t n);

/* The truth on consecutive float32 patterns, from first up to where the next piece begins: at x,
 * value + a[0] + a[1] t + a[2] t^2 + ... with t = (x - center) * inv_half; or value, if inv_half is
 * 0. Pieces come in the order of the patterns and the first begins at 0; at -0, inf and NaN others
 * begin. edgeact/pieces.py makes them. */
typedef struct edgeact_piece {
    uint32_t first;
    double center, inv_half, value, a[10];
} edgeact_piece;

/* truth[i] = the truth at x[i]. */
void edgeact_truth(const edgeact_piece *pieces, size_t count_pieces, size_t n, const float *x,
                   double *truth);

#define EDGEACT_MISROUNDED_KEPT 64

/* What a sweep over float32 inputs measured. Inputs are given as their bits. Where the bound has an
 * abs, max_ulp counts no ULP: it is the largest error over what abs is multiplied by. */
typedef struct edgeact_sweep_result {
    uint64_t tried;
    double max_ulp, max_abs; /* largest error in ULP of the true value, and absolute */
    uint32_t max_ulp_at, max_abs_at;
    uint64_t broken;     /* outputs that break a rule: NaN kept, range, limits, sign of zero */
    uint32_t broken_at;  /* one of them */
    uint64_t misrounded; /* outputs not the float nearest to the truth, where that is decided */
    uint32_t misrounded_at[EDGEACT_MISROUNDED_KEPT]; /* the first of them */
    /* Tier coarse, |x| >= 1, by sign: the least |x| at which the output was the limit (x itself
     * where that is what the function tends to), and the largest at which it was not; as bits. */
    uint32_t saturated_from[2], unsaturated_to[2];
} edgeact_sweep_result;

/* Runs kernels of one activation and tier on the count inputs whose bits are first, first + stride,
 * ... (modulo 2^32) and compares each output with the truth. params: act->nparams values; results:
 * one a kernel. Finite inputs whose truth lies within 2^-48 of a tie between two floats are in
 * doubt: they are counted, and their bits written to doubts unless it is NULL; it has room for
 * count.
 */
void edgeact_sweep(const edgeact_activation *act, edgeact_tier tier, edgeact_kernel *const *kernels,
                   size_t count_kernels, const float *params, const edgeact_piece *pieces,
                   size_t count_pieces, uint32_t first, uint32_t stride, uint64_t count,
                   edgeact_sweep_result *results, uint32_t *doubts, uint64_t *count_doubts);

/* What tests/bits.txt is of: one float32 in so many, and so many float64. */
#define EDGEACT_HASH_STRIDE 1021
#define EDGEACT_HASH_COUNT_F64 100000

/* A hash of a kernel's outputs at the count inputs whose bits are first, first + stride, ...
 * (modulo 2^32; for 16 bits their lower half), NaNs counted as one. Not for float64. Parameters
 * have their defaults, and alternate between 1 and 0 where there is none. */
uint64_t edgeact_hash_bits(const edgeact_activation *act, edgeact_kernel *kernel,
                           edgeact_dtype dtype, uint32_t first, uint32_t stride, uint64_t count);

/* The same in float64, at count inputs over all its patterns. */
uint64_t edgeact_hash_bits_f64(const edgeact_activation *act, edgeact_tier tier,
                               const edgeact_isa *isa, uint64_t count);

/* Runs a kernel over and over: to time it where its arrays are in a cache. */
void edgeact_repeat(edgeact_kernel *kernel, char *const args[], const ptrdiff_t steps[], size_t n,
                    size_t times);

/* A hash of a row-wise kernel's outputs, or backward: of those of what flows back, for rows of many
 * lengths and sizes of values. Not for float64. */
uint64_t edgeact_hash_rows(const edgeact_rowwise *function, int backward, edgeact_dtype dtype,
                           const edgeact_isa *isa);

#endif
