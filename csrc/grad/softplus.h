#pragma once
#include "act/sigmoid.h"

/* softplus'(x) = sigmoid(x) */
V_INLINE vf softplus_grad_fast(vf x) { return sigmoid_fast(x); }
V_INLINE vd softplus_grad_exact(vd x) { return sigmoid_exact(x); }

V_INLINE vd softplus_grad_f64(vd x) { return sigmoid_f64(x); }
