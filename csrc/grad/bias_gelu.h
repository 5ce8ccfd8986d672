#pragma once
#include "grad/gelu.h"

/* The derivative of bias_gelu(x, b) by x, and by b as well: gelu' of the rounded sum. */
V_INLINE vf bias_gelu_grad_fast(vf x, vf b) { return gelu_grad_fast(v_add(x, b)); }
V_INLINE vd bias_gelu_grad_exact(vd x, vd b) { return gelu_grad_exact(vd_to_float(vd_add(x, b))); }
V_INLINE vd bias_gelu_grad_f64(vd x, vd b) { return gelu_grad_f64(vd_add(x, b)); }
