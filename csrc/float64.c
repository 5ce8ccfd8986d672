/* The kernels in double: plain loops over the functions NAME_f64, the same for every isa. */
#include "kernels.h"
#include "target.h"

#include "vec/scalar.h" /* act/ has the kernels in float, too */
#include "vec/common.h"

#define ACT(...)
#include "acts.def"
#undef ACT

#define IN(k) (*(const double *)(args[k] + (ptrdiff_t)i * steps[k]))
#define CALL_0(f) f(IN(0))
#define CALL_1(f) f(IN(0), IN(1))
#define CALL_2(f) f(IN(0), IN(1), IN(2))
#define CALL_4(f) f(IN(0), IN(1), IN(2), IN(3), IN(4))

#define KERNEL(name, f, nparams) KERNEL_(name, f, nparams)
#define KERNEL_(name, f, nparams)                                                   \
    static void name(char *const args[], const ptrdiff_t steps[], size_t n) {       \
        for (size_t i = 0; i < n; i++) {                                            \
            double y = CALL_##nparams(f);                                           \
            *(double *)(args[nparams + 1] + (ptrdiff_t)i * steps[nparams + 1]) = y; \
        }                                                                           \
    }

#define NO_PARAMS 0
#define PARAMS1(...) 1
#define TENSOR1(...) 1
#define FACTOR1(...) 1
#define PARAMS2(...) 2
#define PARAMS4(...) 4
#define ACT(name, onnx, torch, params, ...) KERNEL(name##_kernel, name##_f64, params)
#include "acts.def"
#undef ACT

#define ACT(name, ...) [ACT_##name] = {[EDGEACT_FAST] = {[EDGEACT_F64] = name##_kernel}},
const edgeact_table edgeact_kernels_f64 = {
#include "acts.def"
};
#undef ACT
