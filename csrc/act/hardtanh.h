#pragma once

/* hardtanh(x, min_val, max_val) = min(max(x, min_val), max_val) (Collobert 2004) */
V_INLINE vf hardtanh_fast(vf x, vf min_val, vf max_val) {
    return v_at_most(v_at_least(x, min_val), max_val);
}

V_INLINE vd hardtanh_exact(vd x, vd min_val, vd max_val) {
    return vd_at_most(vd_at_least(x, min_val), max_val);
}

V_INLINE vd hardtanh_f64(vd x, vd min_val, vd max_val) {
    return hardtanh_exact(x, min_val, max_val);
}
