#pragma once
#include "act/softplus.h"

/* softplus_beta(x, beta, threshold) = log(1 + e^(beta x)) / beta, and x itself where
 * beta x > threshold, as PyTorch has it. beta x is exact in double. */
V_INLINE vd softplus_beta_exact(vd x, vd beta, vd threshold) {
    vd z = vd_mul(beta, x), zero = vd_set(0), one = vd_set(1);
    vd rest = vd_div(vd_log1p_exp(vd_at_most(vd_abs(z), vd_set(300))), beta);
    vd y = vd_add(vd_sel(vd_gt(z, zero), x, zero), rest);
    y = vd_sel(vd_gt(z, threshold), x, y);
    x = vd_sel(vd_eq(beta, one), x, zero); /* what follows is of softplus(x) */
    return vd_except(y, x, 0x1.d483ap-12, 0x1.63017ap-1);
}

/* In float the quotient would double the roundings of the logarithm, which reach 2 ULP. */
V_INLINE vf softplus_beta_fast(vf x, vf beta, vf threshold) {
    return vd_narrow(softplus_beta_exact(vd_widen(x), vd_widen(beta), vd_widen(threshold)));
}

static inline double softplus_beta_f64(double x, double beta, double threshold) {
    double most = 800 / f64_at_least(fabs(beta), 0x1p-1000); /* beyond: 0 and x */
    double b = f64_at_least(isgreater(x, most) ? most : x, -most);
    f64_pair z = f64_product(beta, b);
    if (isgreater((z.hi - threshold) + z.lo, 0) || isgreater(z.hi, 40)) return x;
    if (isless(z.hi, -40)) return f64_times_exp((1 + z.lo) / beta, z.hi); /* log(1 + e) = e */
    double e = exp(-fabs(z.hi));
    e += isgreater(z.hi, 0) ? -e * z.lo : e * z.lo;
    return (isgreater(z.hi, 0) ? x : 0) + log1p(e) / beta;
}
