/* Float64. */
#include "cuda/kernels.cuh"

#define ACT(name, onnx, torch, params, ...)                                    \
    struct name##_in_f64 : operation<f64, TENSORS_##params> {                  \
        V_INLINE int settle(vd x, vd first, const numbers<vd> &p, double *y) { \
            *y = CALL(params, name##_f64, );                                   \
            return 1;                                                          \
        }                                                                      \
    };
#include "acts.def"
#undef ACT

#define ACT(name, ...) {flat<name##_in_f64>, strided<name##_in_f64>},
const edgeact_cuda_table edgeact_cuda_f64 = {
#include "acts.def"
};
#undef ACT
