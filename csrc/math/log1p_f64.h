#pragma once
#include "data/atanh_f64.gen.h"
#include "math/exp_f64.h"
#include "math/pair_f64.h"

/* a / b to 2^-104 */
V_PLAIN f64_pair f64_quotient(f64_pair a, f64_pair b) {
    double q = a.hi / b.hi;
    f64_pair back = f64_product(q, b.hi);
    return f64_sum(q, (a.hi - back.hi - back.lo + a.lo - q * b.lo) / b.hi);
}

/* log(1 + z) to 2^-57 for z >= 0 of any size, in plain double. With 1 + z = 2^k (1 + f) it is
 * k ln 2 + log((1 + s) / (1 - s)), s = f / (2 + f): nothing cancels. */
V_PLAIN f64_pair f64_log1p(f64_pair z) {
    if (z.hi < 0x1p-60) return z;
    f64_pair f = z;
    double k = 0;
    if (z.hi >= 1) {
        f = f64_add(z, (f64_pair){1, 0});
        int exponent;
        frexp(f.hi, &exponent);
        k = exponent - 1;
        double scale = ldexp(1.0, 1 - exponent);
        f = f64_sum(f.hi * scale - 1, f.lo * scale);
    }
    f64_pair s = f64_quotient(f, f64_add(f, (f64_pair){2, 0}));
    double u = s.hi * s.hi, p = 0;
    for (int i = 9; i >= 0; i--)
        p = p * u + ATANH_F64[i];
    f64_pair k_ln2 = {k * F64_LN2_HI, k * F64_LN2_LO};
    return f64_add(k_ln2, f64_sum(2 * s.hi, s.hi * u * p + 2 * s.lo));
}
