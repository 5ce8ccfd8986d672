#pragma once
#include "data/atanh_f64.gen.h"
#include "data/log.gen.h"
#include "data/log1p.gen.h"
#include "math/exp.h"
#include "math/exp_f64.h"

/* (log(1 + e) - e + e^2 / 2) / e^3 for 0 <= e <= 1 */
V_INLINE vf log1p_cubic(vf e) {
    vf p = v_set(LOG1P_11);
    p = v_fma(p, e, v_set(LOG1P_10));
    p = v_fma(p, e, v_set(LOG1P_9));
    p = v_fma(p, e, v_set(LOG1P_8));
    p = v_fma(p, e, v_set(LOG1P_7));
    p = v_fma(p, e, v_set(LOG1P_6));
    p = v_fma(p, e, v_set(LOG1P_5));
    p = v_fma(p, e, v_set(LOG1P_4));
    return v_fma(p, e, v_set(LOG1P_3));
}

/* c + log(1 + e) - e for 0 <= e <= 1 */
V_INLINE vf log1p_less_e(vf e, vf c) {
    vf square = v_mul(e, e);
    return v_fma(square, v_mul(log1p_cubic(e), e), v_fnma(square, v_set(0.5f), c));
}

/* log(1 + x) = k ln 2 + log(1 + f): k an integer, 1 + f = (1 + x) 2^-k between sqrt(1/2) and
 * sqrt(2). */
typedef struct log1p_parts {
    vf k; /* times 2^23 */
    vf s; /* 4 * 2^-k, for 2^-128 is no normal number */
} log1p_parts;

/* -1 < x < inf. The bits of 1 + x less those of sqrt(1/2) have k above the significand. */
V_INLINE log1p_parts log1p_reduce(vf x) {
    vi from_root = vi_sub(v_bits(v_add(x, v_set(1.0f))), vi_set(0x3f3504f3));
    vi k = vi_and(from_root, vi_set(-0x800000));
    return (log1p_parts){v_from_int(k), v_float(vi_sub(vi_set(0x40800000), k))};
}

/* log(1 + f) - f */
V_INLINE vf log1p_less_f(vf f) {
    vf square = v_mul(f, f);
    vf low = v_fma(v_set(LOG_4), f, v_set(LOG_3));
    vf middle = v_fma(v_set(LOG_6), f, v_set(LOG_5));
    vf high = v_fma(v_set(LOG_8), f, v_set(LOG_7));
    high = v_fma(v_fma(v_set(LOG_10), f, v_set(LOG_9)), square, high);
    vf p = v_fma(v_fma(high, square, middle), square, low);
    return v_fma(square, v_mul(p, f), v_mul(square, v_set(-0.5f)));
}
