#pragma once
#include "math/f64.h"

/* relu'(x) = 1 where x > 0, else 0: at the corner, like every derivative here, what PyTorch has. */
V_INLINE vf relu_grad_fast(vf x) { return v_sel(v_gt(x, v_set(0.0f)), v_set(1.0f), v_nan_or_0(x)); }

V_INLINE vd relu_grad_exact(vd x) { return vd_sel(vd_gt(x, vd_set(0)), vd_set(1), vd_nan_or_0(x)); }

V_INLINE vd relu_grad_f64(vd x) { return relu_grad_exact(x); }
