#pragma once
#include "grad/silu.h"

/* The derivative of bias_silu(x, b) by x, and by b as well: silu' of the rounded sum. */
V_INLINE vf bias_silu_grad_fast(vf x, vf b) { return silu_grad_fast(v_add(x, b)); }
V_INLINE vd bias_silu_grad_exact(vd x, vd b) { return silu_grad_exact(vd_to_float(vd_add(x, b))); }
V_INLINE vd bias_silu_grad_f64(vd x, vd b) { return silu_grad_f64(vd_add(x, b)); }
