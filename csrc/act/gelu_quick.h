#pragma once
#include "math/f64.h"
#include "math/gate.h"

/* gelu_quick(x) = x / (1 + e^-1.702x) (Hendrycks and Gimpel 2016) = x / (1 + 2^-z), with
 * z = x 1.702 log2(e) in two pieces. */
#define QUICK_HI 0x1.3a4cbep+1f
#define QUICK_LO -0x1.c08ecap-26f

#define STAGED_gelu_quick_fast gate_begun,
V_INLINE gate_begun gelu_quick_fast_begin(vf x) {
    vf b = x, lo;
    int far = v_seldom_gt(v_abs(x), 40.0f);
    if (far) {
        x = v_at_least(x, v_set(-66.0f)); /* gelu_quick(-66) rounds to -0 */
        b = v_at_most(x, v_set(40.0f));   /* 1 + 2^-z = 1 */
    }
    vf z = v_mul2(b, v_set(QUICK_HI), &lo);
    return gate_begin(x, z, v_fma(b, v_set(QUICK_LO), lo), far, 1);
}

V_INLINE vf gelu_quick_fast_end(gate_begun g) { return gate_end(g, 1); }

V_INLINE vf gelu_quick_fast(vf x) { return gelu_quick_fast_end(gelu_quick_fast_begin(x)); }

/* 1.702 = HI + LO; HI has 29 bits, so that its product with a float is exact in double. */
#define QUICK_F64_HI 0x1.b3b645ap+0
#define QUICK_F64_LO 0x1.cac083126e979p-32

V_INLINE vd gelu_quick_exact(vd x) {
    x = vd_at_least(x, vd_set(-66));
    vd b = vd_at_most(x, vd_set(40));
    vd y = vd_times_sigmoid2(x, vd_mul(b, vd_set(QUICK_F64_HI)), vd_mul(b, vd_set(QUICK_F64_LO)));
    y = vd_except(y, x, 0x1.e2fa4ep-9, 0x1.e47e06p-10);
    y = vd_except(y, x, -0x1.e2fa4ep-9, -0x1.e17696p-10);
    return vd_except(y, x, -0x1.21f914p+0, -0x1.2694fep-3);
}

/* 1.702 = HI + LO to 2^-107 */
#define QUICK2_HI 0x1.b3b645a1cac08p+0
#define QUICK2_LO 0x1.89374bc6a7efap-55

V_INLINE vd gelu_quick_f64(vd x) {
    x = vd_at_least(x, vd_set(-442)); /* gelu_quick(-442) rounds to -0 */
    vd b = vd_at_most(x, vd_set(24)); /* 1 + e^-1.702x = 1 */
    vd2 u = vd2_product(f64_neg(b), vd_set(QUICK2_HI));
    return f64_over_1_plus(x, f64_exp2(u.hi, vd_fnma(b, vd_set(QUICK2_LO), u.lo)));
}
