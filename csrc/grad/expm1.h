#pragma once
#include "act/exp.h"

/* expm1'(x) = e^x */
V_INLINE vf expm1_grad_fast(vf x) { return exp_fast(x); }
V_INLINE vd expm1_grad_exact(vd x) { return exp_exact(x); }

V_INLINE vd expm1_grad_f64(vd x) { return exp_f64(x); }
