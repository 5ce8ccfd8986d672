#pragma once
#include "data/log1p.gen.h"

/* c + log(1 + e) - e for 0 <= e <= 1 */
V_INLINE vf log1p_less_e(vf e, vf c) {
    vf p = v_set(LOG1P_11);
    p = v_fma(p, e, v_set(LOG1P_10));
    p = v_fma(p, e, v_set(LOG1P_9));
    p = v_fma(p, e, v_set(LOG1P_8));
    p = v_fma(p, e, v_set(LOG1P_7));
    p = v_fma(p, e, v_set(LOG1P_6));
    p = v_fma(p, e, v_set(LOG1P_5));
    p = v_fma(p, e, v_set(LOG1P_4));
    p = v_fma(p, e, v_set(LOG1P_3));
    vf square = v_mul(e, e);
    return v_fma(square, v_mul(p, e), v_fnma(square, v_set(0.5f), c));
}
