/* Functions that look up: of bytes by a table of all 256 results, of int16 by lines between knots,
 * as csrc/lut.inc has them; and tabulated ones, as csrc/tabulated.inc. */
#include "cuda/kernels.cuh"
#include "math/knots.h"
#include "math/tabulated_f64.h"

/* Of bytes: the call's tensor is the table, or by its steps each channel's. */
static __global__ void __launch_bounds__(THREADS) map_flat(const edgeact_launch l) {
    typedef chunk<uint8_t> part;
    __shared__ uint8_t table[256];
    for (int i = (int)threadIdx.x; i < 256; i += THREADS)
        table[i] = ((const uint8_t *)l.call.tensor.data)[i];
    __syncthreads();
    each_flat<uint8_t>(l, [&](const part &in, part *out, int64_t, int) {
        V_UNROLL(16)
        for (int k = 0; k < part::SIZE; k++)
            out->at[k] = table[in.at[k]];
    });
}
static __global__ void __launch_bounds__(THREADS) map_strided(const edgeact_launch l) {
    each_strided<uint8_t>(
        l, [&](uint8_t q, uint32_t i) { return at<uint8_t>(l.call, l.call.tensor, i)[q]; });
}

/* Of int16. */
static __global__ void __launch_bounds__(THREADS) lines_flat(const edgeact_launch l) {
    typedef chunk<int16_t> part;
    const edgeact_knots *knots = (const edgeact_knots *)l.call.tensor.data;
    each_flat<int16_t>(l, [&](const part &in, part *out, int64_t, int) {
        V_UNROLL(8)
        for (int k = 0; k < part::SIZE; k++)
            out->at[k] = interpolate(knots, in.at[k]);
    });
}
static __global__ void __launch_bounds__(THREADS) lines_strided(const edgeact_launch l) {
    each_strided<int16_t>(l, [&](int16_t q, uint32_t i) {
        return interpolate(at<edgeact_knots>(l.call, l.call.tensor, i), q);
    });
}
const edgeact_cuda_kernels edgeact_cuda_look_up[3] = {
    {NULL, NULL}, {map_flat, map_strided}, {lines_flat, lines_strided}};

/* Where x lies below or above the table: a line, or its value at the table's end where it is level,
 * for 0 times infinity is NaN. */
V_INLINE vf tabulated_at(const edgeact_tabulated &f, vf x) {
    vf inside = v_at_most(v_at_least(x, f.lo), f.hi), u = v_fma(inside, f.scale, f.offset);
    vf nearest = v_add(u, v_set(ROUND_MAGIC)), t = v_sub(u, v_sub(nearest, v_set(ROUND_MAGIC)));
    const float *c = f.coefficients + ((uint32_t)v_bits(nearest) & (f.segments - 1));
    vf y = c[f.degree * f.segments];
    for (int k = (int)f.degree - 1; k >= 0; k--)
        y = v_fma(y, t, c[(uint32_t)k * f.segments]);
    if (x < f.lo) y = v_fma(f.below[1] == 0 ? f.lo : x, f.below[1], f.below[0]);
    if (x > f.hi) y = v_fma(f.above[1] == 0 ? f.hi : x, f.above[1], f.above[0]);
    return y;
}
V_INLINE vd tabulated_at(const edgeact_tabulated &f, vd x) { return tabulated_f64(&f, x); }
template <typename T>
static __global__ void __launch_bounds__(THREADS) tabulated_flat(const edgeact_launch l) {
    typedef chunk<typename T::element> part;
    each_flat<typename T::element>(l, [&](const part &in, part *out, int64_t, int) {
        V_UNROLL(8)
        for (int k = 0; k < part::SIZE; k++)
            out->at[k] = T::round(tabulated_at(l.table, T::from(in.at[k])));
    });
}
template <typename T>
static __global__ void __launch_bounds__(THREADS) tabulated_strided(const edgeact_launch l) {
    each_strided<typename T::element>(l, [&](typename T::element x, uint32_t) {
        return T::round(tabulated_at(l.table, T::from(x)));
    });
}
#define TABULATED(T) \
    { tabulated_flat<T>, tabulated_strided<T> }
const edgeact_cuda_kernels edgeact_cuda_tabulated[EDGEACT_DTYPES] = {
    TABULATED(f32), TABULATED(f64), TABULATED(f16), TABULATED(bf16)};
