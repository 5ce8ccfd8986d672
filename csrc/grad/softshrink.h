#pragma once
#include "grad/hardshrink.h"

/* softshrink'(x, lambd) = hardshrink'(x, lambd) */
V_INLINE vf softshrink_grad_fast(vf x, vf lambd) { return hardshrink_grad_fast(x, lambd); }
V_INLINE vd softshrink_grad_exact(vd x, vd lambd) { return hardshrink_grad_exact(x, lambd); }

V_INLINE vd softshrink_grad_f64(vd x, vd lambd) { return softshrink_grad_exact(x, lambd); }
