#pragma once
#include "act/elu.h"

/* selu(x) = scale elu(x, alpha), with the constants that keep mean 0 and variance 1 through a deep
 * network (Klambauer et al. 2017): SELU_SCALE, and SELU_ALPHA = scale alpha. HI + LO is the scale
 * to 2^-49; both are positive, so that infinities and zeros keep their sign. */
#define SELU_SCALE 0x1.0cfabd6a91132p+0
#define SELU_HI 0x1.0cfabcp+0f
#define SELU_LO 0x1.6a9114p-24f
#define SELU_ALPHA 0x1.c212cc640f031p+0

#define STAGED_selu_fast exp_begun,
V_INLINE exp_begun selu_fast_begin(vf x) { return (exp_begun){x, elu_negative_begin(x), 0}; }

V_INLINE vf selu_fast_end(exp_begun e) {
    vf zero = v_set(0.0f), b = v_at_least(e.x, zero); /* no overflow where it is not the result */
    vf scaled = v_fma(b, v_set(SELU_HI), v_mul(b, v_set(SELU_LO)));
    vf negative = elu_negative_end(e.e, v_set((float)SELU_ALPHA));
    return v_sel(v_lt(e.x, zero), negative, scaled);
}

V_INLINE vf selu_fast(vf x) { return selu_fast_end(selu_fast_begin(x)); }

V_INLINE vd selu_exact(vd x) {
    vd negative = vd_elu_negative(x, vd_set(SELU_ALPHA));
    return vd_sel(vd_lt(x, vd_set(0)), negative, vd_mul(x, vd_set(SELU_SCALE)));
}

V_INLINE vd selu_f64(vd x) {
    vd zero = vd_set(0), scaled = vd_mul(vd_at_least(x, zero), vd_set(SELU_SCALE));
    return vd_sel(vd_lt(x, zero), f64_elu_negative(x, vd_set(SELU_ALPHA)), scaled);
}
