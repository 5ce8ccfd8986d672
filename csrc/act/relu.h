#pragma once
/* relu(x) = x where x > 0, else 0. NaN stays, and so does -0. */
V_INLINE vf relu_fast(vf x) { return v_sel(v_lt(x, v_set(0.0f)), v_set(0.0f), x); }

V_INLINE vd relu_exact(vd x) { return vd_sel(vd_lt(x, vd_set(0)), vd_set(0), x); }

V_INLINE vd relu_f64(vd x) { return relu_exact(x); }
