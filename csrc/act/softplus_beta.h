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

#if V_FMA
/* z = beta x in two pieces, for the error of z is that of e^z. As in softplus log(1 + e^-|z|) is
 * s + rest, and 1 / beta, r to its last bits, multiplies both: the sum of all rounds once. On the
 * left tail s is scaled by 2^92 and the result by c. Right to the bound for |beta| >= 2^-68. */
V_INLINE vf softplus_beta_fast(vf x, vf beta, vf threshold) {
    vf most = v_div(v_set(180.0f), v_at_least(v_abs(beta), v_set(0x1.69p-121f)));
    vf z_lo, z = v_mul2(v_at_least(v_at_most(x, most), v_neg(most)), beta, &z_lo);
    vm beyond = v_gt(v_add(v_sub(z, v_at_most(threshold, v_set(64.0f))), z_lo), v_set(0.0f));
    vm tail = v_lt(z, v_set(-84.0f)), right = v_gt(z, v_set(0.0f));
    vf c = v_sel(tail, v_set(0x1p-92f), v_set(1.0f));
    vf magic = v_sel(tail, v_set(POW2_MAGIC + 92.0f), v_set(POW2_MAGIC));
    vf b = v_at_least(v_at_most(z, v_set(64.0f)), v_set(-151.0f));
    exp_parts e = exp_reduce(v_neg(v_abs(b)), magic);
    vf s = v_pow2(e.t), w = expm1_poly(v_add(e.r, v_sel(right, v_neg(z_lo), z_lo)));
    vf sum = v_fma(s, w, s), bend = v_fma(log1p_cubic(sum), sum, v_set(-0.5f));
    vf rest = v_fma(v_mul(sum, sum), bend, v_mul(s, w));
    vf r = v_div(v_set(1.0f), beta), r_off = v_fnma(beta, r, v_set(1.0f));
    rest = v_fma(v_add(s, rest), r_off, rest);
    vf y = v_fma(s, r, v_fma(rest, r, v_sel(right, x, v_set(0.0f))));
    return v_sel(beyond, x, v_mul(y, c));
}
#else /* the pieces would round */
V_INLINE vf softplus_beta_fast(vf x, vf beta, vf threshold) {
    return vd_narrow(softplus_beta_exact(vd_widen(x), vd_widen(beta), vd_widen(threshold)));
}
#endif

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
