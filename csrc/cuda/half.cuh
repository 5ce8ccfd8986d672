/* Float16 or bfloat16, which HALF is, into the table HALVES: as csrc/half.inc, tier fast's float
 * where that settles the result, else tier exact's double. Two values in one register (half2) would
 * halve the arithmetic, but hold no more than 11 bits of it, where every result is to be rounded
 * correctly. */
#include "cuda/kernels.cuh"

#define IN_HALF(name) JOIN(name##_in_, HALF)

#define NO_EXACT(name, nparams, tensors)                                         \
    struct IN_HALF(name) : operation<HALF, tensors> {                            \
        V_INLINE int settle(vf x, vf first, const numbers<vf> &p, uint16_t *y) { \
            *y = T::round(CALL(nparams, name##_fast, ));                         \
            return 1;                                                            \
        }                                                                        \
    };
#define EXACT(name, nparams, tensors)                                            \
    struct IN_HALF(name) : operation<HALF, tensors> {                            \
        V_INLINE int settle(vf x, vf first, const numbers<vf> &p, uint16_t *y) { \
            vf fast = CALL(nparams, name##_fast, );                              \
            if (name##_bound > 0) return T::settled(fast, name##_bound, y);      \
            *y = T::round(fast);                                                 \
            return 1;                                                            \
        }                                                                        \
        V_INLINE uint16_t doubtful(vf x, vf first, const numbers<vf> &p) {       \
            return T::round_double(CALL(nparams, name##_exact, vd_widen));       \
        }                                                                        \
    };
#define ACT(name, onnx, torch, params, lo, hi, exact, fast_f32, ...) \
    enum { name##_bound = fast_f32 };                                \
    exact(name, params, TENSORS_##params)
#include "acts.def"
#undef ACT

#define ACT(name, ...) {flat<IN_HALF(name)>, strided<IN_HALF(name)>},
const edgeact_cuda_table HALVES = {
#include "acts.def"
};
#undef ACT
