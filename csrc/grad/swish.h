#pragma once
#include "grad/silu.h"
#include "math/sech2.h"

/* d swish / dx = silu'(beta x): the product of two floats is exact in double. */
V_INLINE vd swish_grad_exact(vd x, vd beta) { return silu_grad_exact(vd_mul(x, beta)); }

V_INLINE vf swish_grad_fast(vf x, vf beta) {
    return vd_narrow(swish_grad_exact(vd_widen(x), vd_widen(beta)));
}

static inline double swish_grad_f64(double x, double beta) {
    double u = x * beta;
    return f64_silu_grad(isless(fabs(u), 800) ? f64_product(x, beta) : (f64_pair){u, 0});
}

/* d swish / d beta = x^2 sigmoid'(beta x), 0 at an infinite x */
V_INLINE vd swish_grad_beta_exact(vd x, vd beta) {
    vd u = vd_sub(vd_set(0), vd_abs(vd_mul(x, beta)));
    vd slope = vd_mul(vd_mul(x, x), vd_decay_ratio(vd_at_least(u, vd_set(-400))));
    return vd_sel(vd_lt(u, vd_set(-400)), vd_set(0), slope);
}

V_INLINE vf swish_grad_beta_fast(vf x, vf beta) {
    return vd_narrow(swish_grad_beta_exact(vd_widen(x), vd_widen(beta)));
}

static inline double swish_grad_beta_f64(double x, double beta) {
    double u = -fabs(x * beta);
    if (isless(u, -1500)) return 0;
    f64_pair product = f64_product(x, beta);
    double t = exp(u), d = 1 + t, r = x / d;
    r = f64_times_exp(r, 0.5 * u);
    return r * r * (1 - copysign(product.lo, 1));
}
