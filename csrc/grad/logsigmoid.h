#pragma once
#include "act/sigmoid.h"

/* logsigmoid'(x) = sigmoid(-x) */
V_INLINE vf logsigmoid_grad_fast(vf x) { return sigmoid_fast(v_neg(x)); }
V_INLINE vd logsigmoid_grad_exact(vd x) { return sigmoid_exact(vd_sub(vd_set(0), x)); }

V_INLINE vd logsigmoid_grad_f64(vd x) { return sigmoid_f64(f64_neg(x)); }
