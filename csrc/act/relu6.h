#pragma once
#include "act/relu.h"

/* relu6(x) = min(max(x, 0), 6) (Howard et al. 2017) */
V_INLINE vf relu6_fast(vf x) { return v_at_most(relu_fast(x), v_set(6.0f)); }
V_INLINE vd relu6_exact(vd x) { return vd_at_most(relu_exact(x), vd_set(6)); }

V_INLINE vd relu6_f64(vd x) { return relu6_exact(x); }
