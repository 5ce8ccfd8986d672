/* Functions that look up: of bytes by a table of all 256 results, of int16 by lines between knots,
 * as csrc/lut.inc has them; and tabulated ones, as csrc/tabulated.inc. */
#include "cuda/kernels.cuh"

/* Of bytes: the call's tensor is the table, or by its steps each channel's. */
static __global__ void __launch_bounds__(THREADS) map_flat(const edgeact_launch l) {
    typedef chunk<uint8_t> part;
    __shared__ uint8_t table[256];
    for (int i = (int)threadIdx.x; i < 256; i += THREADS)
        table[i] = ((const uint8_t *)l.call.tensor.data)[i];
    __syncthreads();
    const uint8_t *x = (const uint8_t *)l.call.x.data;
    uint8_t *y = (uint8_t *)l.call.y.data;
    const int64_t step = (int64_t)gridDim.x * THREADS * part::SIZE;
    int64_t i = ((int64_t)blockIdx.x * THREADS + threadIdx.x) * part::SIZE;
    for (; i < l.n; i += step) {
        const int left = l.n - i < part::SIZE ? (int)(l.n - i) : (int)part::SIZE;
        part in, out;
        take(&in, x + i, left);
        V_UNROLL(16)
        for (int k = 0; k < part::SIZE; k++)
            out.at[k] = table[in.at[k]];
        give(out, y + i, left);
    }
}
static __global__ void __launch_bounds__(THREADS) map_strided(const edgeact_launch l) {
    const int64_t step = (int64_t)gridDim.x * THREADS;
    for (int64_t i = (int64_t)blockIdx.x * THREADS + threadIdx.x; i < l.n; i += step) {
        const uint8_t *table = at<uint8_t>(l.call, l.call.tensor, (uint32_t)i);
        *at<uint8_t>(l.call, l.call.y, (uint32_t)i) =
            table[*at<uint8_t>(l.call, l.call.x, (uint32_t)i)];
    }
}

/* Of int16: the table begins with edgeact_knots' first and shift. */
static __device__ __forceinline__ int16_t interpolate(const uint32_t *table, int16_t q) {
    uint32_t u = (uint32_t)q - table[0], shift = table[1], i = u >> shift;
    const uint32_t *knot = table + 2;
    uint32_t part = u & ((1u << shift) - 1);
    uint32_t sum = (knot[i] << shift) + (knot[i + 1] - knot[i]) * part;
    uint32_t y = (sum + (1 << 14)) >> 15;
    y = y < 0x8000 ? 0x8000 : y;
    y = y > 0x17fff ? 0x17fff : y;
    return (int16_t)((int32_t)y - 0x10000);
}
static __global__ void __launch_bounds__(THREADS) lines_flat(const edgeact_launch l) {
    typedef chunk<int16_t> part;
    const uint32_t *table = (const uint32_t *)l.call.tensor.data;
    const int16_t *x = (const int16_t *)l.call.x.data;
    int16_t *y = (int16_t *)l.call.y.data;
    const int64_t step = (int64_t)gridDim.x * THREADS * part::SIZE;
    int64_t i = ((int64_t)blockIdx.x * THREADS + threadIdx.x) * part::SIZE;
    for (; i < l.n; i += step) {
        const int left = l.n - i < part::SIZE ? (int)(l.n - i) : (int)part::SIZE;
        part in, out;
        take(&in, x + i, left);
        V_UNROLL(8)
        for (int k = 0; k < part::SIZE; k++)
            out.at[k] = k < left ? interpolate(table, in.at[k]) : (int16_t)0;
        give(out, y + i, left);
    }
}
static __global__ void __launch_bounds__(THREADS) lines_strided(const edgeact_launch l) {
    const int64_t step = (int64_t)gridDim.x * THREADS;
    for (int64_t i = (int64_t)blockIdx.x * THREADS + threadIdx.x; i < l.n; i += step) {
        const uint32_t *table = at<uint32_t>(l.call, l.call.tensor, (uint32_t)i);
        *at<int16_t>(l.call, l.call.y, (uint32_t)i) =
            interpolate(table, *at<int16_t>(l.call, l.call.x, (uint32_t)i));
    }
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
V_INLINE vd tabulated_at(const edgeact_tabulated &f, vd x) {
    if (x < f.lo) return f.below[1] == 0 ? (vd)f.below[0] : f.below[0] + f.below[1] * x;
    if (x > f.hi) return f.above[1] == 0 ? (vd)f.above[0] : f.above[0] + f.above[1] * x;
    vd u = x * f.scale + f.offset, nearest = u + 0x1.8p52, t = u - (nearest - 0x1.8p52);
    const float *c = f.coefficients + ((uint32_t)vd_bits(nearest) & (f.segments - 1));
    vd y = c[f.degree * f.segments];
    for (int k = (int)f.degree - 1; k >= 0; k--)
        y = y * t + c[(uint32_t)k * f.segments];
    return y;
}
template <typename T>
static __global__ void __launch_bounds__(THREADS) tabulated_flat(const edgeact_launch l) {
    typedef typename T::element element;
    typedef chunk<element> part;
    const element *x = (const element *)l.call.x.data;
    element *y = (element *)l.call.y.data;
    const int64_t step = (int64_t)gridDim.x * THREADS * part::SIZE;
    int64_t i = ((int64_t)blockIdx.x * THREADS + threadIdx.x) * part::SIZE;
    for (; i < l.n; i += step) {
        const int left = l.n - i < part::SIZE ? (int)(l.n - i) : (int)part::SIZE;
        part in, out;
        take(&in, x + i, left);
        V_UNROLL(8)
        for (int k = 0; k < part::SIZE; k++)
            out.at[k] = T::round(tabulated_at(l.table, T::from(in.at[k])));
        give(out, y + i, left);
    }
}
template <typename T>
static __global__ void __launch_bounds__(THREADS) tabulated_strided(const edgeact_launch l) {
    typedef typename T::element element;
    const int64_t step = (int64_t)gridDim.x * THREADS;
    for (int64_t i = (int64_t)blockIdx.x * THREADS + threadIdx.x; i < l.n; i += step) {
        typename T::value x = T::from(*at<element>(l.call, l.call.x, (uint32_t)i));
        *at<element>(l.call, l.call.y, (uint32_t)i) = T::round(tabulated_at(l.table, x));
    }
}
#define TABULATED(T) \
    { tabulated_flat<T>, tabulated_strided<T> }
const edgeact_cuda_kernels edgeact_cuda_tabulated[EDGEACT_DTYPES] = {
    TABULATED(f32), TABULATED(f64), TABULATED(f16), TABULATED(bf16)};
