#pragma once
/* A tabulated function in double: the polynomials of the floats. */
V_PLAIN double tabulated_f64(const edgeact_tabulated *f, double x) {
    if (isless(x, f->lo)) {
        return f->below[1] == 0 ? (double)f->below[0] : f->below[0] + f->below[1] * x;
    }
    if (isgreater(x, f->hi)) {
        return f->above[1] == 0 ? (double)f->above[0] : f->above[0] + f->above[1] * x;
    }
    double u = x * f->scale + f->offset, nearest = u + 0x1.8p52, t = u - (nearest - 0x1.8p52);
    uint64_t m; /* in the low bits */
    memcpy(&m, &nearest, sizeof m);
    const float *c = f->coefficients + (m & (f->segments - 1));
    double y = c[f->degree * f->segments];
    for (size_t k = f->degree; k-- > 0;)
        y = y * t + c[k * f->segments];
    return y;
}
