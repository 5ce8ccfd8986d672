#pragma once
#include "act/silu.h"

/* bias_silu(x, b) = silu(x + b), as in two passes: the sum rounds first. */
V_INLINE vf bias_silu_fast(vf x, vf b) { return silu_fast(v_add(x, b)); }
V_INLINE vd bias_silu_exact(vd x, vd b) { return silu_exact(vd_to_float(vd_add(x, b))); }
V_INLINE vd bias_silu_f64(vd x, vd b) { return silu_f64(vd_add(x, b)); }
