#pragma once
#include "data/mish_root_f64.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"
#include "math/root.h"

/* mish'(x) = y (4 (x + 1) + y (4 x + 6 + y (4 + y))) / (y (y + 2) + 2)^2, y = e^x (Misra 2019) */
V_INLINE vd mish_grad_exact(vd x) {
    vd b = vd_at_least(vd_at_most(x, vd_set(20)), vd_set(-110)); /* beyond: 1 and -0 */
    vd y = vd_exp_product(vd_exp(b)), four = vd_set(4);
    vd n = vd_fma(y, vd_add(y, four), vd_fma(b, four, vd_set(6)));
    n = vd_mul(y, vd_fma(y, n, vd_fma(b, four, four)));
    vd d = vd_fma(y, vd_add(y, vd_set(2)), vd_set(2));
    return vd_div(n, vd_mul(d, d));
}

/* Its zero at -1.19 takes more than float holds of e^x. */
V_INLINE vf mish_grad_fast(vf x) { return vd_narrow(mish_grad_exact(vd_widen(x))); }

static inline double mish_grad_f64(double x) {
    if (isless(fabs(x - MISH_ROOT_F64_HI), 0.375)) {
        return f64_near_root(x, MISH_ROOT_F64_HI, MISH_ROOT_F64_LO, MISH_ROOT_F64);
    }
    double b = f64_at_least(x, -760); /* beyond: -0 */
    if (isgreater(b, 40)) b = 40;
    double y = exp(b), d = y * (y + 2) + 2;
    return f64_times_exp((4 * (b + 1) + y * (4 * b + 6 + y * (4 + y))) / (d * d), b);
}
