/* How a function of one value becomes a kernel: of csrc/act and csrc/grad, over vec/cuda.h.
 *
 * Where all arrays are contiguous a thread takes 16 bytes of each at a time; others go value by
 * value, in a kernel of their own. Both call the same function. */
#ifndef EDGEACT_KERNELS_CUH
#define EDGEACT_KERNELS_CUH

#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "edgeact's bounds do not survive -ffast-math"
#endif

#include "arity.h"
#include "edgeact_cuda.h"
#include "registry.h"
#include "vec/cuda.h"
#include "vec/common.h"
#include "vec/half.h"

#define ACT(...)
#include "acts.def"
#undef ACT

/* What a kernel is given: a call whose dimensions have been merged, n values in all. */
struct edgeact_launch {
    edgeact_cuda_call call;
    int64_t n;
    edgeact_tabulated table; /* of kernels of tabulated functions */
};

typedef void edgeact_kernel_of(edgeact_launch launch);
struct edgeact_cuda_kernels {
    edgeact_kernel_of *flat;    /* contiguous arrays that begin at a multiple of 16 bytes */
    edgeact_kernel_of *strided; /* any, and n < 2^32 */
};
typedef edgeact_cuda_kernels edgeact_cuda_table[ACT_COUNT];
extern const edgeact_cuda_table edgeact_cuda_fast, edgeact_cuda_exact, edgeact_cuda_f64,
    edgeact_cuda_f16, edgeact_cuda_bf16;
extern const edgeact_cuda_kernels edgeact_cuda_tabulated[EDGEACT_DTYPES];
extern const edgeact_cuda_kernels edgeact_cuda_look_up[3]; /* by the size of a number */

enum { THREADS = 256 };

/* The element types: how memory holds them, and what functions take. A parameter is a number, or a
 * tensor's value, which has the type of x. */
struct f32 {
    typedef float element;
    typedef vf value;
    V_INLINE vf from(float a) { return a; }
    V_INLINE vf number(double a) { return (float)a; }
    V_INLINE vf tensor(double a) { return (float)a; }
    V_INLINE float round(vf a) { return a; }
};
struct f64 {
    typedef double element;
    typedef vd value;
    V_INLINE vd from(double a) { return a; }
    V_INLINE vd number(double a) { return a; }
    V_INLINE vd tensor(double a) { return a; }
    V_INLINE double round(vd a) { return a; }
};
struct f16 {
    typedef uint16_t element;
    typedef vf value;
    V_INLINE vf from(vh a) { return v_from_f16(a); }
    V_INLINE vf number(double a) { return (float)a; }
    V_INLINE vf tensor(double a) { return v_from_f16(v_to_f16((float)a)); }
    V_INLINE vh round(vf a) { return v_to_f16(a); }
    V_INLINE vh round_double(vd a) { return vd_to_f16(a); }
    V_INLINE int settled(vf a, int ulp, vh *rounded) { return v_settled_f16(a, ulp, rounded); }
};
struct bf16 {
    typedef uint16_t element;
    typedef vf value;
    V_INLINE vf from(vh a) { return v_from_bf16(a); }
    V_INLINE vf number(double a) { return (float)a; }
    V_INLINE vf tensor(double a) { return v_from_bf16(v_to_bf16((float)a)); }
    V_INLINE vh round(vf a) { return v_to_bf16(a); }
    V_INLINE vh round_double(vd a) { return vd_to_bf16(a); }
    V_INLINE int settled(vf a, int ulp, vh *rounded) { return v_settled_bf16(a, ulp, rounded); }
};

template <typename value> struct numbers { value p, q, r, s; };

/* What a kernel calls: settle() gives the result, or says that it is in doubt; then doubtful() has
 * it, in double. */
template <typename type, int tensors> struct operation {
    typedef type T;
    enum { TENSORS = tensors };
    typedef typename T::element element;
    typedef typename T::value value;
    V_INLINE element doubtful(value, value, const numbers<value> &) { return 0; }
    V_INLINE numbers<value> given(const edgeact_launch &l) {
        const double *a = l.call.number;
        return {TENSORS ? T::tensor(a[0]) : T::number(a[0]), T::number(a[1]), T::number(a[2]),
                T::number(a[3])};
    }
};

/* Takes x, first, which is the first parameter, and p, all of them, through g each. */
#define CALL_0(f, g) f(g(x))
#define CALL_1(f, g) f(g(x), g(first))
#define CALL_2(f, g) f(g(x), g(first), g(p.q))
#define CALL_4(f, g) f(g(x), g(first), g(p.q), g(p.r), g(p.s))
#define CALL(params, f, g) JOIN(CALL_, params)(f, g)

template <typename element> struct alignas(16) chunk {
    enum { SIZE = 16 / sizeof(element) };
    element at[SIZE];
};
template <typename element>
static __device__ __forceinline__ void take(chunk<element> *c, const element *from, int left) {
    if (left == chunk<element>::SIZE) {
        *c = *(const chunk<element> *)from;
        return;
    }
    V_UNROLL(16)
    for (int k = 0; k < chunk<element>::SIZE; k++)
        c->at[k] = k < left ? from[k] : (element)0;
}
template <typename element>
static __device__ __forceinline__ void give(const chunk<element> &c, element *to, int left) {
    if (left == chunk<element>::SIZE) {
        *(chunk<element> *)to = c;
        return;
    }
    V_UNROLL(16)
    for (int k = 0; k < chunk<element>::SIZE; k++) {
        if (k < left) to[k] = c.at[k];
    }
}

/* c.at[k], for a k that is no constant: in registers, where an array's index cannot vary. */
template <typename element>
static __device__ __forceinline__ element pick(const chunk<element> &c, int k) {
    element found = c.at[0];
    V_UNROLL(16)
    for (int j = 1; j < chunk<element>::SIZE; j++)
        found = j == k ? c.at[j] : found;
    return found;
}
template <typename element>
static __device__ __forceinline__ void put(chunk<element> *c, int k, element a) {
    V_UNROLL(16)
    for (int j = 0; j < chunk<element>::SIZE; j++)
        c->at[j] = j == k ? a : c->at[j];
}

/* Contiguous arrays: f takes a chunk of x, which is at value i, and fills that of y; of both only
 * the first left values are the arrays'. */
template <typename element, typename F>
static __device__ __forceinline__ void each_flat(const edgeact_launch &l, F f) {
    typedef chunk<element> part;
    const element *x = (const element *)l.call.x.data;
    element *y = (element *)l.call.y.data;
    const int64_t step = (int64_t)gridDim.x * THREADS * part::SIZE;
    int64_t i = ((int64_t)blockIdx.x * THREADS + threadIdx.x) * part::SIZE;
    for (; i < l.n; i += step) {
        const int left = l.n - i < part::SIZE ? (int)(l.n - i) : (int)part::SIZE;
        part in, out;
        take(&in, x + i, left);
        f(in, &out, i, left);
        give(out, y + i, left);
    }
}

/* Value i of an array. */
template <typename element>
static __device__ __forceinline__ element *at(const edgeact_cuda_call &call,
                                              const edgeact_cuda_array &array, uint32_t i) {
    char *data = (char *)array.data;
    V_UNROLL(1)
    for (int d = call.dims - 1; d > 0; d--) {
        uint32_t size = (uint32_t)call.size[d], next = i / size;
        data += (int64_t)(i - next * size) * array.step[d];
        i = next;
    }
    return (element *)(data + (int64_t)i * array.step[0]);
}

/* Any arrays: y is f of x and of the value's number. */
template <typename element, typename F>
static __device__ __forceinline__ void each_strided(const edgeact_launch &l, F f) {
    const int64_t step = (int64_t)gridDim.x * THREADS;
    for (int64_t n = (int64_t)blockIdx.x * THREADS + threadIdx.x; n < l.n; n += step) {
        const uint32_t i = (uint32_t)n;
        *at<element>(l.call, l.call.y, i) = f(*at<element>(l.call, l.call.x, i), i);
    }
}

template <typename F>
static __global__ void __launch_bounds__(THREADS) flat(const edgeact_launch l) {
    typedef typename F::T T;
    typedef typename F::element element;
    typedef chunk<element> part;
    const element *tensor = F::TENSORS ? (const element *)l.call.tensor.data : NULL;
    const numbers<typename F::value> p = F::given(l);
    each_flat<element>(l, [&](const part &in, part *out, int64_t i, int left) {
        part other;
        if (tensor) take(&other, tensor + i, left);
        unsigned in_doubt = 0;
        V_UNROLL(16)
        for (int k = 0; k < part::SIZE; k++) {
            typename F::value first = tensor ? T::from(other.at[k]) : p.p;
            in_doubt |= (unsigned)!F::settle(T::from(in.at[k]), first, p, &out->at[k]) << k;
        }
        while (in_doubt) {
            int k = __ffs((int)in_doubt) - 1;
            typename F::value first = tensor ? T::from(pick(other, k)) : p.p;
            put(out, k, F::doubtful(T::from(pick(in, k)), first, p));
            in_doubt &= in_doubt - 1;
        }
    });
}

template <typename F>
static __global__ void __launch_bounds__(THREADS) strided(const edgeact_launch l) {
    typedef typename F::T T;
    typedef typename F::element element;
    const int tensor = F::TENSORS && l.call.tensor.data;
    const numbers<typename F::value> p = F::given(l);
    each_strided<element>(l, [&](element a, uint32_t i) {
        typename F::value x = T::from(a), first = p.p;
        if (tensor) first = T::from(*at<element>(l.call, l.call.tensor, i));
        element y;
        if (!F::settle(x, first, p, &y)) y = F::doubtful(x, first, p);
        return y;
    });
}

#endif
