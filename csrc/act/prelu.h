#pragma once
#include "act/leaky_relu.h"

/* prelu(x, slope): leaky_relu with slopes that were learned, often one a channel (He et al. 2015).
 */
V_INLINE vf prelu_fast(vf x, vf slope) { return leaky_relu_fast(x, slope); }
V_INLINE vd prelu_exact(vd x, vd slope) { return leaky_relu_exact(x, slope); }

V_INLINE vd prelu_f64(vd x, vd slope) { return prelu_exact(x, slope); }
