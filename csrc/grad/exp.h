#pragma once
#include "act/exp.h"

/* exp'(x) = e^x */
V_INLINE vf exp_grad_fast(vf x) { return exp_fast(x); }
V_INLINE vd exp_grad_exact(vd x) { return exp_exact(x); }

V_INLINE vd exp_grad_f64(vd x) { return exp_f64(x); }
