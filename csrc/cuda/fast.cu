/* Tier fast in float32. */
#include "cuda/kernels.cuh"

#define ACT(name, onnx, torch, params, ...)                                   \
    struct name##_in_f32 : operation<f32, TENSORS_##params> {                 \
        V_INLINE int settle(vf x, vf first, const numbers<vf> &p, float *y) { \
            *y = CALL(params, name##_fast, );                                 \
            return 1;                                                         \
        }                                                                     \
    };
#include "acts.def"
#undef ACT

#define ACT(name, ...) {flat<name##_in_f32>, strided<name##_in_f32>},
const edgeact_cuda_table edgeact_cuda_fast = {
#include "acts.def"
};
#undef ACT
