#pragma once
/* The activations of tier coarse, NAME_coarse_METHOD: by a table in registers (lut), or by a short
 * polynomial or one of e^x (poly). coarse.def lists them. */
#include "act/selu.h"
#include "data/erf_table.gen.h"
#include "data/expm1_table.gen.h"
#include "data/gate_table.gen.h"
#include "data/gelu_quick_table.gen.h"
#include "data/gelu_short.gen.h"
#include "data/gelu_table.gen.h"
#include "data/gelu_tanh_table.gen.h"
#include "data/log1p_short.gen.h"
#include "data/mish_table.gen.h"
#include "data/sigmoid_table.gen.h"
#include "data/silu_table.gen.h"
#include "data/softplus_short.gen.h"
#include "data/softplus_table.gen.h"
#include "data/tanh_table.gen.h"
#include "math/coarse.h"
#include "math/log1p.h"

/* Odd functions, and sigmoid, which is one and 1/2. */
V_INLINE vf tanh_coarse_lut(vf x) { return v_copysign(COARSE_16(x, TANH_TABLE), x); }
V_INLINE vf erf_coarse_lut(vf x) { return v_copysign(COARSE_16(x, ERF_TABLE), x); }
V_INLINE vf sigmoid_coarse_lut(vf x) {
    return v_add(v_set(0.5f), v_copysign(COARSE_16(x, SIGMOID_TABLE), x));
}

V_INLINE vf sigmoid_coarse_poly(vf x) {
    vf a = v_abs_at_most(x, 9.0f);
    vf half = v_sub(v_set(0.5f), coarse_sigmoid_tail(v_sub(v_set(9.0f), a)));
    return v_add(v_set(0.5f), v_copysign(half, x));
}

/* 1 - 2 / (1 + e^2a); a itself near 0, which that would miss */
V_INLINE vf tanh_coarse_poly(vf x) {
    vf a = v_abs_at_most(x, 4.5f);
    vf tail = coarse_sigmoid_tail(v_fnma(v_set(2.0f), a, v_set(9.0f)));
    vf far = v_fnma(v_set(2.0f), tail, v_set(1.0f));
    return v_copysign(v_sel(v_lt(a, v_set(0.0625f)), a, far), x);
}

V_INLINE vf tanhshrink_coarse_lut(vf x) {
    vf y = v_sub(v_abs(x), COARSE_16(x, TANH_TABLE));
    return v_copysign(v_at_least(y, v_set(0.0f)), x);
}

/* max(x, -0) less an even function that is 0 at 0 and far out: x and the sign of 0 stay. */
V_INLINE vf coarse_less(vf x, vf even) { return v_sub(v_at_least(x, v_set(-0.0f)), even); }

V_INLINE vf gelu_coarse_lut(vf x) { return coarse_less(x, COARSE_16(x, GELU_TABLE)); }
V_INLINE vf gelu_tanh_coarse_lut(vf x) { return coarse_less(x, COARSE_16(x, GELU_TANH_TABLE)); }
V_INLINE vf gelu_quick_coarse_lut(vf x) { return coarse_less(x, COARSE_32(x, GELU_QUICK_TABLE)); }
V_INLINE vf silu_coarse_lut(vf x) { return coarse_less(x, COARSE_32(x, SILU_TABLE)); }

V_INLINE vf gelu_coarse_poly(vf x) {
    vf a = v_abs_at_most(x, 4.125f), u = v_sub(v_set(4.125f), a), square = v_mul(u, u);
    vf low = v_fma(v_set(GELU_SHORT_5), u, v_set(GELU_SHORT_4));
    vf middle = v_fma(v_set(GELU_SHORT_7), u, v_set(GELU_SHORT_6));
    vf high = v_fma(v_set(GELU_SHORT_9), u, v_set(GELU_SHORT_8));
    vf p = v_fma(v_fma(high, square, middle), square, low);
    return v_fnma(v_mul(v_mul(square, square), p), a, v_at_least(x, v_set(-0.0f)));
}

/* x / (1 + e^-kx); -0 where that is below 2^-11. */
V_INLINE vf coarse_silu(vf x, float k) {
    if (!v_seldom_gt(v_abs(x), 12.0f)) return coarse_over_1_plus(x, x, k);
    vf b = v_at_least(x, v_set(-12.0f)), c = v_at_most(b, v_set(18.0f));
    return v_sel(v_lt(x, v_set(-12.0f)), v_set(-0.0f), coarse_over_1_plus(b, c, k));
}
V_INLINE vf silu_coarse_poly(vf x) { return coarse_silu(x, 1); }
V_INLINE vf gelu_quick_coarse_poly(vf x) { return coarse_silu(x, 1.702f); }

V_INLINE vf bias_gelu_coarse_lut(vf x, vf b) { return gelu_coarse_lut(v_add(x, b)); }
V_INLINE vf bias_gelu_coarse_poly(vf x, vf b) { return gelu_coarse_poly(v_add(x, b)); }
V_INLINE vf bias_silu_coarse_lut(vf x, vf b) { return silu_coarse_lut(v_add(x, b)); }
V_INLINE vf bias_silu_coarse_poly(vf x, vf b) { return silu_coarse_poly(v_add(x, b)); }
V_INLINE vf swiglu_coarse_poly(vf gate, vf up) { return v_mul(silu_coarse_poly(gate), up); }
V_INLINE vf swiglu_coarse_lut(vf gate, vf up) { return v_mul(silu_coarse_lut(gate), up); }
V_INLINE vf geglu_coarse_lut(vf gate, vf up) { return v_mul(gelu_coarse_lut(gate), up); }
V_INLINE vf geglu_coarse_poly(vf gate, vf up) { return v_mul(gelu_coarse_poly(gate), up); }
V_INLINE vf geglu_tanh_coarse_lut(vf gate, vf up) { return v_mul(gelu_tanh_coarse_lut(gate), up); }

/* max(x, 0) and an even function. */
V_INLINE vf softplus_coarse_lut(vf x) {
    return v_add(v_at_least(x, v_set(0.0f)), COARSE_16(x, SOFTPLUS_TABLE));
}

V_INLINE vf softplus_coarse_poly(vf x) {
    vf u = v_sub(v_set(9.0f), v_abs_at_most(x, 9.0f)), square = v_mul(u, u);
    vf low = v_fma(v_set(SOFTPLUS_SHORT_4), u, v_set(SOFTPLUS_SHORT_3));
    vf middle = v_fma(v_set(SOFTPLUS_SHORT_6), u, v_set(SOFTPLUS_SHORT_5));
    vf high = v_fma(v_set(SOFTPLUS_SHORT_8), u, v_set(SOFTPLUS_SHORT_7));
    vf p = v_fma(v_fma(high, square, middle), square, low);
    return v_fma(v_mul(square, u), p, v_at_least(x, v_set(0.0f)));
}

V_INLINE vf logsigmoid_coarse_lut(vf x) { return v_neg(softplus_coarse_lut(v_neg(x))); }
V_INLINE vf logsigmoid_coarse_poly(vf x) { return v_neg(softplus_coarse_poly(v_neg(x))); }

/* As softplus_beta_fast. */
V_INLINE vf softplus_beta_coarse_lut(vf x, vf beta, vf threshold) {
    vf most = v_div(v_set(180.0f), v_at_least(v_abs(beta), v_set(0x1.69p-121f)));
    vf z_lo, z = v_mul2(v_at_least(v_at_most(x, most), v_neg(most)), beta, &z_lo);
    vm beyond = v_gt(v_add(v_sub(z, v_at_most(threshold, v_set(64.0f))), z_lo), v_set(0.0f));
    vf linear = v_sel(v_gt(z, v_set(0.0f)), x, v_set(0.0f)), r = v_div(v_set(1.0f), beta);
    return v_sel(beyond, x, v_fma(COARSE_16(z, SOFTPLUS_TABLE), r, linear));
}

/* x times a gate, of a bounded x where the gate is shut: it wins over infinity. */
V_INLINE vf mish_coarse_lut(vf x) {
    vf b = v_at_least(x, v_set(-18 / MISH_TABLE_PER));
    vf c = v_at_most(b, v_set(13 / MISH_TABLE_PER));
    vi i = v_bits(v_fma(c, v_set(MISH_TABLE_PER), v_set(ROUND_MAGIC)));
    vf c0 = v_lookup32(MISH_TABLE_0, i), c1 = v_lookup32(MISH_TABLE_1, i);
    return v_mul(b, coarse_quadratic(c, c0, c1, v_lookup32(MISH_TABLE_2, i)));
}

/* x n / (n + 2), n = e^x (e^x + 2) */
V_INLINE vf mish_coarse_poly(vf x) {
    vf b = x, c = x, two = v_set(2.0f);
    int far = v_seldom_gt(v_abs(x), 10.0f);
    if (far) b = v_at_least(x, v_set(-10.0f)), c = v_at_most(b, v_set(20.0f));
    coarse_exp_parts e = coarse_exp(c, v_set(POW2_MAGIC));
    vf power = v_mul(e.p, v_pow2(e.t)), n = v_fma(power, power, v_add(power, power));
    vf y = v_mul(b, v_div(n, v_add(n, two)));
    y = v_sel(v_gt(x, v_set(6.0f)), x, y);
    return far ? v_sel(v_lt(x, v_set(-10.0f)), v_set(-0.0f), y) : y;
}

V_INLINE vf coarse_gate(vf x) {
    return v_add(v_set(0.5f), v_copysign(COARSE_32(x, GATE_TABLE), x));
}

/* Where it is shut it wins over an infinite x. */
V_INLINE vf coarse_finite(vf x) {
    return v_at_least(v_at_most(x, v_set(FLT_MAX)), v_set(-FLT_MAX));
}
V_INLINE vf glu_coarse_lut(vf x, vf gate) {
    vf g = coarse_gate(gate);
    return v_mul(v_sel(v_gt(g, v_set(0.0f)), x, coarse_finite(x)), g);
}
V_INLINE vf glu_coarse_poly(vf x, vf gate) {
    if (!v_seldom_gt(v_abs(gate), 12.0f)) return coarse_over_1_plus(x, gate, 1);
    vf b = v_at_least(v_at_most(gate, v_set(18.0f)), v_set(-12.0f));
    vf shut = v_mul(coarse_finite(x), v_set(0.0f));
    return v_sel(v_lt(gate, v_set(-12.0f)), shut, coarse_over_1_plus(x, b, 1));
}

/* beta x, where x may be huge if beta is small, and no product may overflow */
V_INLINE vf coarse_product(vf x, vf beta) {
    vf most = v_div(v_set(20.0f), v_at_least(v_abs(beta), v_set(0x1p-120f)));
    return v_mul(v_at_least(v_at_most(x, most), v_neg(most)), beta);
}
V_INLINE vf swish_coarse_lut(vf x, vf beta) { return glu_coarse_lut(x, coarse_product(x, beta)); }
V_INLINE vf swish_coarse_poly(vf x, vf beta) { return glu_coarse_poly(x, coarse_product(x, beta)); }

/* x, or below 0 e^x - 1 times a scale. */
V_INLINE vf coarse_elu(vf x, vf expm1, vf scale) {
    return v_sel(v_lt(x, v_set(0.0f)), v_mul(expm1, scale), x);
}
V_INLINE vf elu_coarse_lut(vf x, vf alpha) {
    return coarse_elu(x, COARSE_32(x, EXPM1_TABLE), v_neg(alpha));
}
V_INLINE vf elu_coarse_poly(vf x, vf alpha) { return coarse_elu(x, coarse_expm1(x), alpha); }

/* x / alpha for x < 0, as far as counts */
V_INLINE vf coarse_quotient(vf x, vf alpha) {
    vf least = v_at_least(alpha, v_set(FLT_MIN)), r = v_div(v_set(1.0f), least);
    return v_mul(v_at_least(v_at_most(x, v_set(0.0f)), v_mul(least, v_set(-20.0f))), r);
}
V_INLINE vf celu_coarse_lut(vf x, vf alpha) {
    return coarse_elu(x, COARSE_32(coarse_quotient(x, alpha), EXPM1_TABLE), v_neg(alpha));
}
V_INLINE vf celu_coarse_poly(vf x, vf alpha) {
    return coarse_elu(x, coarse_expm1(coarse_quotient(x, alpha)), alpha);
}

V_INLINE vf coarse_selu(vf x, vf negative) {
    vf zero = v_set(0.0f), b = v_at_least(x, zero);
    /* Rounded once: an error of the scale would decide which is the first x that overflows. */
    vf scaled = v_fma(b, v_set(SELU_HI), v_mul(b, v_set(SELU_LO)));
    return v_sel(v_lt(x, zero), negative, scaled);
}
V_INLINE vf selu_coarse_lut(vf x) {
    return coarse_selu(x, v_mul(COARSE_32(x, EXPM1_TABLE), v_set((float)-SELU_ALPHA)));
}
V_INLINE vf selu_coarse_poly(vf x) {
    return coarse_selu(x, v_mul(coarse_expm1(x), v_set((float)SELU_ALPHA)));
}

/* e^x is 0 below -105. */
V_INLINE vf exp_coarse_poly(vf x) {
    vf b = x;
    int far = v_seldom_gt(v_abs(x), 64.0f);
    if (far) b = v_at_least(v_at_most(x, v_set(COARSE_EXP_MOST)), v_set(-105.0f));
    coarse_exp_parts e = coarse_exp(b, v_set(POW2_MAGIC));
    if (!far) return v_mul(e.p, v_pow2(e.t));
    return v_sel(v_gt(x, v_set(EXP_MOST)), v_set(INFINITY), v_scale(e.p, e.n));
}

/* As expm1_fast. */
V_INLINE vf expm1_coarse_poly(vf x) {
    vf b = x;
    int far = v_seldom_clamps(v_gt(v_abs(x), v_set(80.0f)));
    if (far) b = v_at_least(v_at_most(x, v_set(COARSE_EXP_MOST)), v_set(-30.0f));
    coarse_exp_parts e = coarse_exp(b, v_set(POW2_MAGIC - 1.0f));
    vf half = v_fms(v_pow2(e.t), e.p, v_set(0.5f));
    vf y = v_copysign(v_add(half, half), x);
    return far ? v_sel(v_gt(x, v_set(EXP_MOST)), v_set(INFINITY), y) : y;
}

/* As log1p_fast. */
V_INLINE vf log1p_coarse_poly(vf x) {
    vf b = v_at_least(v_at_most(x, v_set(FLT_MAX)), v_set(-1 + 0x1p-24f));
    log1p_parts e = log1p_reduce(b);
    vf f = v_mul(v_fma(b, e.s, v_sub(e.s, v_set(4.0f))), v_set(0.25f));
    vf p = v_fma(v_set(LOG1P_SHORT_4), f, v_set(LOG1P_SHORT_3));
    p = v_fma(v_fma(p, f, v_set(LOG1P_SHORT_2)), v_mul(f, f), f);
    vf y = v_copysign(v_fma(e.k, v_set(0x1p-23f * LN2), p), x);
    y = v_sel(v_gt(x, v_set(FLT_MAX)), x, y);
    y = v_sel(v_lt(x, v_set(-1 + 0x1p-24f)), v_set(-INFINITY), y);
    return v_sel(v_lt(x, v_set(-1.0f)), v_set(NAN), y);
}
