/* Tier exact in float32: computed in double, rounded once. */
#include "cuda/kernels.cuh"

#define NO_EXACT(name, nparams, tensors)
#define EXACT(name, nparams, tensors)                                         \
    struct name##_exact_in_f32 : operation<f32, tensors> {                    \
        V_INLINE int settle(vf x, vf first, const numbers<vf> &p, float *y) { \
            *y = vd_narrow(CALL(nparams, name##_exact, vd_widen));            \
            return 1;                                                         \
        }                                                                     \
    };
#define ACT(name, onnx, torch, params, lo, hi, exact, ...) exact(name, params, TENSORS_##params)
#include "acts.def"
#undef ACT
#undef EXACT
#undef NO_EXACT

#define NO_EXACT(name) {NULL, NULL},
#define EXACT(name) {flat<name##_exact_in_f32>, strided<name##_exact_in_f32>},
#define ACT(name, onnx, torch, params, lo, hi, exact, ...) exact(name)
const edgeact_cuda_table edgeact_cuda_exact = {
#include "acts.def"
};
#undef ACT
