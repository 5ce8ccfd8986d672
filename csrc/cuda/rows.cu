/* softmax and log_softmax: a warp takes a row, lane j the values j, j + 32, ... as csrc/rows.inc
 * has them, so that the bits are the CPU's. A long row of floats is cut into blocks, each summed by
 * itself there, too: here warps share them. In double a lane sums in two pieces; the CPU sums value
 * by value, so that last bits may differ. */
#include "cuda/rows.cuh"
#include "act/softmax.h"
#include "act/softmax_f64.h"

enum { WARPS = THREADS / 32 };
#define ALL_LANES 0xffffffffu
/* For softmax_f64_add: that it makes the sum's pieces disjoint at every value, as none but lane 0
 * has a j that is a multiple of the CPU's block. */
enum { EACH_TIME = 0 };

/* Value j of a row. */
template <typename element>
static __device__ __forceinline__ element *in_row(const edgeact_cuda_array &array, char *row,
                                                  int dim, int64_t j) {
    return (element *)(row + j * array.step[dim]);
}
static __device__ __forceinline__ char *row_at(const edgeact_cuda_call &call,
                                               const edgeact_cuda_array &array, int64_t row) {
    char *data = (char *)array.data;
    V_UNROLL(1)
    for (int d = call.dims - 2; d >= 0; d--) {
        int64_t next = row / call.size[d];
        data += (row - next * call.size[d]) * array.step[d];
        row = next;
    }
    return data;
}

/* Lane 0's of a tree as the CPU's, to all lanes. */
V_INLINE double total_of(double sum) {
    for (int half = 16; half > 0; half /= 2)
        sum = vd_add(sum, __shfl_down_sync(ALL_LANES, sum, half));
    return __shfl_sync(ALL_LANES, sum, 0);
}
template <typename value> static __device__ __forceinline__ value most_of(value max) {
    for (int half = 16; half > 0; half /= 2) {
        value other = __shfl_down_sync(ALL_LANES, max, half);
        max = other > max ? other : max;
    }
    return __shfl_sync(ALL_LANES, max, 0);
}
V_INLINE f64_pair total_of(f64_pair sum) {
    for (int half = 16; half > 0; half /= 2) {
        f64_pair other = {__shfl_down_sync(ALL_LANES, sum.hi, half),
                          __shfl_down_sync(ALL_LANES, sum.lo, half)};
        sum = f64_add(sum, other);
    }
    return (f64_pair){__shfl_sync(ALL_LANES, sum.hi, 0), __shfl_sync(ALL_LANES, sum.lo, 0)};
}

/* One row of a call, as one lane sees it. */
template <typename T> struct row_of {
    typedef typename T::element element;
    const edgeact_cuda_call &call;
    char *x, *y, *dy;
    int lane;
    int64_t n;
    __device__ __forceinline__ row_of(const edgeact_cuda_call &c, int64_t row)
        : call(c), x(row_at(c, c.x, row)), y(row_at(c, c.y, row)),
          dy(c.tensor.data ? row_at(c, c.tensor, row) : NULL), lane((int)threadIdx.x % 32),
          n(c.size[c.dims - 1]) {}
    __device__ __forceinline__ typename T::value of(const edgeact_cuda_array &a, char *from,
                                                    int64_t j, typename T::value pad) const {
        return j < n ? T::from(*in_row<element>(a, from, call.dims - 1, j)) : pad;
    }
    __device__ __forceinline__ typename T::value value(int64_t j, typename T::value pad) const {
        return of(call.x, x, j, pad);
    }
    __device__ __forceinline__ typename T::value back(int64_t j) const {
        return of(call.tensor, dy, j, 0);
    }
    __device__ __forceinline__ typename T::value made(int64_t j) const {
        return of(call.y, y, j, 0);
    }
    __device__ __forceinline__ void store(int64_t j, element a) const {
        if (j < n) *in_row<element>(call.y, y, call.dims - 1, j) = a;
    }
    /* Where the row's last step ends: up to there all lanes take as many values, what lies beyond n
     * being padded. */
    __device__ __forceinline__ int64_t end() const {
        return (n + ROW_STEP - 1) / ROW_STEP * ROW_STEP;
    }
};
#define EACH_STEP(j, first, end) for (int64_t j = (first) + row.lane; j < (end); j += ROW_STEP)

/* What the powers from first to end sum to in a lane; softmax writes them. */
template <int LOG>
static __device__ __forceinline__ double block_sum(const row_of<f32> &row, const softmax_row &s,
                                                   int64_t first, int64_t end) {
    vf sum = v_set(ROW_ROOM), lost = v_set(0.0f);
    EACH_STEP (j, first, end) {
        softmax_power e = softmax_power_of(row.value(j, -INFINITY), &s);
        vf power = v_fma(e.s, e.w, e.s);
        if (!LOG) row.store(j, power);
        vf with = v_add(sum, power), added = v_sub(with, sum);
        lost = v_add(lost, softmax_lost(e, power, added));
        sum = with;
    }
    return vd_add(vd_sub(vd_widen(sum), vd_set(ROW_ROOM)), vd_widen(lost));
}

/* The sum of the powers below the maximum's, in a lane, and how many others there are. */
template <typename T>
static __device__ __forceinline__ double sum_below(const row_of<T> &row, const softmax_row &s) {
    double sum = 0;
    EACH_STEP (j, 0, row.end()) {
        vf value = row.value(j, -INFINITY);
        softmax_power e = softmax_power_of(value, &s);
        vf scale = v_sel(v_lt(value, v_set(s.max)), e.s, v_set(0.0f));
        sum = vd_add(sum, vd_widen(v_fma(scale, e.w, scale)));
    }
    return sum;
}

/* What is subtracted or multiplied at the end: a row of floats. */
struct row_end {
    double max, value;
    int both;
};
template <int LOG> static __device__ __forceinline__ vf finished(const row_end &e, vf v) {
    if (isnan(e.value)) return v_set(NAN);
    if (!LOG) return softmax_quotient(v, e.value);
    return e.both ? softmax_difference2(v, e.value) : softmax_difference(v, e.max, e.value);
}
template <int LOG>
static __device__ __forceinline__ row_end end_of(const row_of<f32> &row, const softmax_row &s,
                                                 double sum) {
    row_end e = {s.max, NAN, 0};
    if (!LOG) {
        e.value = vd_div(1, sum);
        return e;
    }
    double rest = sum >= SOFTMAX_MANY ? INFINITY : softmax_rest(sum, &s);
    e.both = rest >= SOFTMAX_REST && !s.far;
    if (sum >= SOFTMAX_MANY) {
        e.value = softmax_log_sum(sum, &s);
    } else if (rest >= SOFTMAX_REST) {
        e.value = softmax_log_of(1 + rest) + (e.both ? s.max : 0);
    } else if (!isnan(sum)) {
        e.value = softmax_log_1p(total_of(sum_below(row, s)) / softmax_largest(&s));
    }
    return e;
}

template <int LOG, int SHARED>
static __global__ void __launch_bounds__(THREADS, 4) rows_f32(const edgeact_launch l) {
    /* SHARED: all warps of a block of threads take one row; else each takes its own. */
    __shared__ double sums[SHARED ? WARPS : 1][32];
    __shared__ float most[SHARED ? WARPS : 1];
    const int warp = (int)threadIdx.x / 32;
    const int64_t first = SHARED ? blockIdx.x : (int64_t)blockIdx.x * WARPS + warp;
    const int64_t step = (int64_t)gridDim.x * (SHARED ? 1 : WARPS);
    for (int64_t r = first; r < l.n; r += step) {
        row_of<f32> row(l.call, r);
        const int64_t longest = (int64_t)row_block(LOG, (size_t)row.n), end = row.end();
        const int64_t mine = SHARED ? warp * longest : 0,
                      stride = SHARED ? WARPS * longest : longest;
        vf max = v_set(-INFINITY);
        for (int64_t b = mine; b < end; b += stride)
            EACH_STEP (j, b, b + longest < end ? b + longest : end)
                max = v_max(max, row.value(j, -INFINITY));
        max = most_of(max);
        if (SHARED) {
            if (row.lane == 0) most[warp] = max;
            __syncthreads();
            for (int w = 0; w < WARPS; w++)
                max = most[w] > max ? most[w] : max;
            __syncthreads();
        }
        row_end e = {max, NAN, 0};
        if (isfinite(max)) {
            const softmax_row s = softmax_row_of(max);
            double sum = 0;
            for (int64_t b = 0; b < end; b += stride) { /* the blocks' sums in their order */
                int64_t at = b + mine;
                double part = 0;
                if (at < end)
                    part = block_sum<LOG>(row, s, at, at + longest < end ? at + longest : end);
                if (SHARED) {
                    sums[warp][row.lane] = part;
                    __syncthreads();
                    for (int w = 0; w < WARPS && b + w * longest < end; w++)
                        sum = vd_add(sum, sums[w][row.lane]);
                    __syncthreads();
                } else {
                    sum = vd_add(sum, part);
                }
            }
            e = end_of<LOG>(row, s, total_of(sum));
        }
        if (SHARED) __syncthreads(); /* y may be x, which end_of reads */
        for (int64_t b = mine; b < end; b += stride)
            EACH_STEP (j, b, b + longest < end ? b + longest : end)
                row.store(j, finished<LOG>(e, LOG ? row.value(j, 0) : row.made(j)));
    }
}

/* 16 bits, as csrc/rows_half.inc. */
template <typename T, int LOG>
static __global__ void __launch_bounds__(THREADS, 4) rows_half(const edgeact_launch l) {
    const int64_t first = (int64_t)blockIdx.x * WARPS + threadIdx.x / 32;
    for (int64_t r = first; r < l.n; r += (int64_t)gridDim.x * WARPS) {
        row_of<T> row(l.call, r);
        vf max = v_set(-INFINITY);
        EACH_STEP (j, 0, row.end())
            max = v_max(max, row.value(j, -INFINITY));
        max = most_of(max);
        softmax_row s = {.max = NAN};
        row_end e = {max, NAN, 0};
        if (isfinite(max)) {
            s = softmax_row_of(max);
            double sum = 0;
            int maxima = 0;
            EACH_STEP (j, 0, row.end()) {
                vf value = row.value(j, -INFINITY), m = v_set(s.max);
                softmax_power p = softmax_power_of(value, &s);
                if (LOG && !v_lt(value, m)) {
                    p.s = v_sub(v_at_least(value, m), m); /* 0 or NaN */
                    maxima++;
                }
                sum = vd_add(sum, vd_widen(v_fma(p.s, p.w, p.s)));
            }
            sum = total_of(sum);
            double count = total_of((double)maxima);
            e.value = !LOG         ? vd_div(1, sum)
                      : isnan(sum) ? sum
                                   : softmax_log_1p(count - 1 + sum / softmax_largest(&s));
        }
        EACH_STEP (j, 0, row.end()) {
            vf v = row.value(j, -INFINITY);
            if (!LOG && !isnan(e.value)) {
                softmax_power p = softmax_power_of(v, &s);
                v = v_fma(p.s, p.w, p.s);
            }
            row.store(j, T::round(finished<LOG>(e, v)));
        }
    }
}

template <int LOG>
static __global__ void __launch_bounds__(THREADS, 4) rows_f64(const edgeact_launch l) {
    const int64_t first = (int64_t)blockIdx.x * WARPS + threadIdx.x / 32;
    for (int64_t r = first; r < l.n; r += (int64_t)gridDim.x * WARPS) {
        row_of<f64> row(l.call, r);
        double max = -INFINITY;
        int nan = 0;
        EACH_STEP (j, 0, row.end()) {
            double v = row.value(j, -INFINITY);
            nan |= isnan(v);
            max = v > max ? v : max;
        }
        max = most_of(max);
        if (__any_sync(ALL_LANES, nan) || !isfinite(max)) {
            EACH_STEP (j, 0, row.end())
                row.store(j, NAN);
            continue;
        }
        softmax_f64_row s = softmax_f64_row_of(max);
        f64_pair sum = {0, 0};
        double count = 0;
        EACH_STEP (j, 0, row.n) {
            double v = row.value(j, 0);
            if (LOG && v == max) {
                count++;
                continue;
            }
            f64_pair power = softmax_f64_power(softmax_f64_near(v, &s), &s);
            if (!LOG) row.store(j, power.hi);
            sum = softmax_f64_add(sum, power, EACH_TIME);
        }
        sum = total_of(sum);
        if (!LOG) {
            f64_pair inverse = softmax_f64_inverse(sum);
            EACH_STEP (j, 0, row.n)
                row.store(j, softmax_f64_quotient(row.made(j), inverse));
            continue;
        }
        f64_pair rest = f64_quotient(sum, softmax_f64_power(s.m, &s));
        f64_pair log = f64_log1p(f64_add((f64_pair){total_of(count) - 1, 0}, rest));
        EACH_STEP (j, 0, row.n)
            row.store(j, softmax_f64_difference(row.value(j, 0), max, log));
    }
}

/* What flows back, as csrc/rows_backward.inc: call.tensor is dy, call.x the output. */
template <typename T, int LOG>
static __global__ void __launch_bounds__(THREADS, 4) back_rows(const edgeact_launch l) {
    const int64_t first = (int64_t)blockIdx.x * WARPS + threadIdx.x / 32;
    for (int64_t r = first; r < l.n; r += (int64_t)gridDim.x * WARPS) {
        row_of<T> row(l.call, r);
        double sum = 0;
        EACH_STEP (j, 0, row.end()) {
            vd term = vd_widen(row.back(j));
            if (!LOG) term = vd_mul(term, vd_widen(row.value(j, 0)));
            sum = vd_add(sum, term);
        }
        sum = total_of(sum);
        EACH_STEP (j, 0, row.n) {
            vf dy = row.back(j), y = row.value(j, 0);
            row.store(j, T::round(LOG ? log_softmax_back(dy, y, sum) : softmax_back(dy, y, sum)));
        }
    }
}

template <int LOG>
static __global__ void __launch_bounds__(THREADS, 4) back_rows_f64(const edgeact_launch l) {
    const int64_t first = (int64_t)blockIdx.x * WARPS + threadIdx.x / 32;
    for (int64_t r = first; r < l.n; r += (int64_t)gridDim.x * WARPS) {
        row_of<f64> row(l.call, r);
        f64_pair sum = {0, 0};
        double plain = 0;
        EACH_STEP (j, 0, row.n) {
            double dy = row.back(j), y = LOG ? 1 : row.value(j, 0);
            sum = softmax_f64_add(sum, f64_product(dy, y), EACH_TIME);
            plain += dy * y;
        }
        sum = total_of(sum);
        plain = total_of(plain);
        if (!isfinite(sum.hi + sum.lo)) sum = (f64_pair){plain, 0};
        EACH_STEP (j, 0, row.n) {
            double dy = row.back(j), y = row.value(j, 0);
            row.store(j, LOG ? log_softmax_f64_back(dy, y, sum) : softmax_f64_back(dy, y, sum));
        }
    }
}

#define ROW_KERNELS(log)                                                       \
    {                                                                          \
        {rows_f32<log, 0>, rows_f32<log, 1>, back_rows<f32, log>},             \
            {rows_f64<log>, rows_f64<log>, back_rows_f64<log>},                \
            {rows_half<f16, log>, rows_half<f16, log>, back_rows<f16, log>}, { \
            rows_half<bf16, log>, rows_half<bf16, log>, back_rows<bf16, log>   \
        }                                                                      \
    }
enum { softmax_is_log = 0, log_softmax_is_log = 1 };
const edgeact_cuda_row_kernels edgeact_cuda_rows[ROW_COUNT][EDGEACT_DTYPES] = {
#define ROW(name, ...) ROW_KERNELS(name##_is_log),
#include "rows.def"
#undef ROW
};
