#pragma once
#include "act/gelu.h"

/* bias_gelu(x, b) = gelu(x + b), as in two passes: the sum rounds first. */
V_INLINE vf bias_gelu_fast(vf x, vf b) { return gelu_fast(v_add(x, b)); }
V_INLINE vd bias_gelu_exact(vd x, vd b) { return gelu_exact(vd_to_float(vd_add(x, b))); }
V_INLINE vd bias_gelu_f64(vd x, vd b) { return gelu_f64(vd_add(x, b)); }
