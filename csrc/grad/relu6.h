#pragma once
#include "grad/hardtanh.h"

/* relu6'(x) = 1 where 0 < x < 6, else 0 */
V_INLINE vf relu6_grad_fast(vf x) { return hardtanh_grad_fast(x, v_set(0.0f), v_set(6.0f)); }
V_INLINE vd relu6_grad_exact(vd x) { return hardtanh_grad_exact(x, vd_set(0), vd_set(6)); }

V_INLINE vd relu6_grad_f64(vd x) { return relu6_grad_exact(x); }
