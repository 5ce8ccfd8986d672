/* Tabulated functions in double: the polynomials of the floats, in plain C. */
#include "kernels.h"

#include "math/tabulated_f64.h"

void edgeact_tabulated_f64(const edgeact_tabulated *f, char *const args[], const ptrdiff_t steps[],
                           size_t n) {
    for (size_t i = 0; i < n; i++) {
        double x = *(const double *)(args[0] + (ptrdiff_t)i * steps[0]);
        *(double *)(args[1] + (ptrdiff_t)i * steps[1]) = tabulated_f64(f, x);
    }
}
