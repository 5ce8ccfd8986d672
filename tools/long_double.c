/* The activations in x87's long double, 64 bits of significand: a quick truth for float64 kernels,
 * good to 2^-7 ULP of float64, or NaN where a sum cancels so far that these bits do not suffice:
 * near the zero of a derivative. tools/sample_float64.py compiles this, asks MPFR there, checks it
 * by MPFR on a part of the points, and lets MPFR judge the largest errors. */
#include <float.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#if LDBL_MANT_DIG != 64
#error "long double has not 64 bits"
#endif

typedef long double L;

/* hi + lo, unevaluated */
typedef struct L2 {
    L hi, lo;
} L2;

/* Two pieces each: 2 sqrt(2 / pi), 0.044715 times that, 1.702, sqrt(1 / 2), from MPFR. */
static const L2 U1 = {0x1.9884533d43651p+0L, -0x1.cbc0d30ebfd15p-54L};
static const L2 U3 = {0x1.2444f2a4d8b4bp-4L, -0x1.6c843a29d1c7p-61L};
static const L2 QUICK = {0x1.b3b645a1cac08p+0L, 0x1.89374bc6a7efap-55L};
static const L2 ROOT_HALF = {0x1.6a09e667f3bcdp-1L, -0x1.bdd3413b26456p-55L};
static const L TWO_OVER_ROOT_PI = 1.128379167095512573896158903121545172L;
static const L ONE_OVER_ROOT_TWO_PI = 0.398942280401432677939946059934381868L;
/* Klambauer et al. 2017 */
static const L SELU_SCALE = 1.0507009873554804934193349852946L;
static const L SELU_ALPHA = 1.6732632423543772848170429916717L;

static L most(L x, L high) { return x > high ? high : x; }
static L least(L x, L low) { return x < low ? low : x; }

/* a * b (Dekker 1971) */
static L2 product(L a, L b) {
    const L split = 0x1p32L + 1;
    L hi = a * b, a_hi = a * split - (a * split - a), b_hi = b * split - (b * split - b);
    L a_lo = a - a_hi, b_lo = b - b_hi;
    return (L2){hi, ((a_hi * b_hi - hi) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

static L2 times(L a, L2 b) {
    L2 p = product(a, b.hi);
    return (L2){p.hi, p.lo + a * b.lo};
}

/* x / alpha */
static L2 quotient(L x, L alpha) {
    L2 p = product(x / alpha, alpha);
    return (L2){x / alpha, ((x - p.hi) - p.lo) / alpha};
}

/* e^u within long double's range */
static L power(L2 u) { return expl(least(most(u.hi, 11000), -11000)) * (1 + u.lo); }

static L sigmoid(L2 u) { return 1 / (1 + power((L2){-u.hi, -u.lo})); }

/* sigmoid(u) sigmoid(-u) */
static L bell(L2 u) {
    L e = power((L2){-fabsl(u.hi), u.hi < 0 ? u.lo : -u.lo});
    return e / ((1 + e) * (1 + e));
}

static L2 one(L x) { return (L2){x, 0}; }

static L2 gelu_tanh_u(L x) {
    x = least(most(x, 30), -30);
    L2 square = product(x, x), cubic = product(square.hi, U3.hi);
    L slope = U1.hi + cubic.hi;
    L lo = cubic.hi < U1.hi ? (U1.hi - slope) + cubic.hi : (cubic.hi - slope) + U1.hi;
    lo += cubic.lo + square.lo * U3.hi + square.hi * U3.lo + U1.lo;
    return times(x, (L2){slope, lo});
}

/* Phi(x) = erfc(-x sqrt(1 / 2)) / 2: what the argument's second piece changes is its derivative. */
static L normal_cdf(L x) {
    x = least(most(x, 60), -60);
    L2 u = times(-x, ROOT_HALF);
    return (erfcl(u.hi) - u.lo * TWO_OVER_ROOT_PI * expl(-u.hi * u.hi)) / 2;
}

static L gelu(L x) { return x * normal_cdf(x); }
static L gelu_tanh(L x) { return x * sigmoid(gelu_tanh_u(x)); }
static L silu(L x) { return x * sigmoid(one(x)); }
static L relu(L x) { return least(x, 0); }
static L softplus(L2 u) {
    L2 down = {-fabsl(u.hi), u.hi < 0 ? u.lo : -u.lo};
    return relu(u.hi) + (u.hi > 0 ? u.lo : 0) + log1pl(power(down));
}
static L elu(L x, L alpha) { return x < 0 ? alpha * expm1l(x) : x; }
static L hardsigmoid(L x) { return least(most((x + 3) / 6, 1), 0); }

/* tanh(x) = x / (1 + c), c = x^2 / (3 + x^2 / (5 + ...)) (Lambert), so x - tanh(x) = x c / (1 + c)
 */
static L tanhshrink(L x) {
    if (fabsl(x) > 1) return x - tanhl(x);
    L u = x * x, c = 0;
    for (int k = 25; k >= 3; k -= 2)
        c = u / (k + c);
    return x * c / (1 + c);
}

static L softplus_beta(L x, L beta, L threshold) {
    L2 u = product(x, beta);
    int linear = u.hi > threshold || (u.hi == threshold && u.lo > 0);
    return linear ? x : softplus(u) / beta;
}

static L hardsigmoid_affine(L x, L alpha, L beta) {
    L2 p = product(x, alpha);
    return least(most((p.hi + beta) + p.lo, 1), 0);
}

/* alpha (e^(x / alpha) - 1), e^(q.hi + q.lo) in its own right where that is small */
static L celu(L x, L alpha) {
    L2 q = quotient(x, alpha);
    return x < 0 ? alpha * (expm1l(q.hi) + q.lo * expl(q.hi)) : x;
}

static L clamp(L x, L low, L high) { return most(least(x, low), high); }

/* a + b, NaN where that has less than half of their sizes */
static L sum(L a, L b) { return fabsl(a + b) < (fabsl(a) + fabsl(b)) / 2 ? NAN : a + b; }

static L normal_density(L x) {
    x = least(most(x, 60), -60);
    return ONE_OVER_ROOT_TWO_PI * power(product(-x / 2, x));
}

static L gelu_grad(L x) { return sum(normal_cdf(x), x * normal_density(x)); }
static L silu_grad(L2 u) { return sum(sigmoid(u), (u.hi + u.lo) * bell(u)); }
static L gelu_tanh_grad(L x) {
    L2 u = gelu_tanh_u(x);
    L slope = (U1.hi + U1.lo) + 3 * (U3.hi + U3.lo) * x * x;
    return sum(sigmoid(u), x * slope * bell(u));
}

/* With t = tanh(softplus(x)): t + x (1 - t^2) sigmoid(x) */
static L mish_grad(L x) {
    L t = tanhl(log1pl(power(one(x))));
    return sum(t, x * (1 - t * t) * sigmoid(one(x)));
}

static L2 scaled(L x, L scale) { return product(clamp(x, -0x1p600L, 0x1p600L), scale); }

static L softplus_beta_grad(L x, L beta, L threshold) {
    L2 u = scaled(x, beta);
    return u.hi > threshold || (u.hi == threshold && u.lo > 0) ? 1 : sigmoid(u);
}

static L hardsigmoid_affine_grad(L x, L alpha, L beta) {
    L y = sum(product(x, alpha).hi, beta), from_1 = sum(y, -1);
    return isnan(from_1) ? NAN : y > 0 && from_1 < 0 ? alpha : 0;
}

static L scale_shift_hardswish(L x, const double *p) {
    L z = sum(x * p[0], p[1]), gate = fabsl(z + 3) < 0.5L ? NAN : hardsigmoid(z);
    return sum(p[2] * z * gate, p[3]);
}

static L hardswish_grad(L z) { return z >= 3 ? 1 : z <= -3 ? 0 : sum(2 * z, 3) / 6; }

/* TRUTH(name, value): of x and p[0], p[1], p[2], p[3] */
#define TRUTHS                                                                               \
    TRUTH(relu, relu(x))                                                                     \
    TRUTH(relu6, clamp(x, 0, 6))                                                             \
    TRUTH(leaky_relu, x < 0 ? p[0] * x : x)                                                  \
    TRUTH(prelu, x < 0 ? p[0] * x : x)                                                       \
    TRUTH(thresholded_relu, x > p[0] || x == 0 ? x : 0)                                      \
    TRUTH(squared_relu, relu(x) * relu(x))                                                   \
    TRUTH(hardtanh, clamp(x, p[0], p[1]))                                                    \
    TRUTH(hardshrink, fabsl(x) > p[0] || x == 0 ? x : 0)                                     \
    TRUTH(softshrink, x - clamp(x, -p[0], p[0]))                                             \
    TRUTH(sigmoid, sigmoid(one(x)))                                                          \
    TRUTH(tanh, tanhl(x))                                                                    \
    TRUTH(erf, erfl(x))                                                                      \
    TRUTH(gelu, gelu(x))                                                                     \
    TRUTH(gelu_tanh, gelu_tanh(x))                                                           \
    TRUTH(gelu_quick, x *sigmoid(times(clamp(x, -1e4L, 1e4L), QUICK)))                       \
    TRUTH(silu, silu(x))                                                                     \
    TRUTH(swish, x *sigmoid(scaled(x, p[0])))                                                \
    TRUTH(mish, x *tanhl(log1pl(power(one(x)))))                                             \
    TRUTH(softplus, softplus(one(x)))                                                        \
    TRUTH(softplus_beta, softplus_beta(x, p[0], p[1]))                                       \
    TRUTH(logsigmoid, -softplus(one(-x)))                                                    \
    TRUTH(softsign, x / (1 + fabsl(x)))                                                      \
    TRUTH(elu, elu(x, p[0]))                                                                 \
    TRUTH(celu, celu(x, p[0]))                                                               \
    TRUTH(selu, SELU_SCALE *elu(x, SELU_ALPHA))                                              \
    TRUTH(exp, power(one(x)))                                                                \
    TRUTH(expm1, expm1l(x))                                                                  \
    TRUTH(log1p, log1pl(x))                                                                  \
    TRUTH(tanhshrink, tanhshrink(x))                                                         \
    TRUTH(hardsigmoid, hardsigmoid(x))                                                       \
    TRUTH(hardsigmoid_affine, hardsigmoid_affine(x, p[0], p[1]))                             \
    TRUTH(hardswish, x *hardsigmoid(x))                                                      \
    TRUTH(bias_gelu, gelu((double)x + p[0]))                                                 \
    TRUTH(bias_silu, silu((double)x + p[0]))                                                 \
    TRUTH(glu, x *sigmoid(one(p[0])))                                                        \
    TRUTH(reglu, relu(x) * p[0])                                                             \
    TRUTH(swiglu, silu(x) * p[0])                                                            \
    TRUTH(geglu, gelu(x) * p[0])                                                             \
    TRUTH(geglu_tanh, gelu_tanh(x) * p[0])                                                   \
    TRUTH(scale_shift_hardswish, scale_shift_hardswish(x, p))                                \
    TRUTH(relu_grad, x > 0)                                                                  \
    TRUTH(relu6_grad, x > 0 && x < 6)                                                        \
    TRUTH(leaky_relu_grad, x > 0 ? 1 : p[0])                                                 \
    TRUTH(prelu_grad, x > 0 ? 1 : p[0])                                                      \
    TRUTH(prelu_grad_slope, most(x, 0))                                                      \
    TRUTH(thresholded_relu_grad, x > p[0])                                                   \
    TRUTH(squared_relu_grad, 2 * relu(x))                                                    \
    TRUTH(hardtanh_grad, x > p[0] && x < p[1])                                               \
    TRUTH(hardshrink_grad, fabsl(x) > p[0])                                                  \
    TRUTH(softshrink_grad, fabsl(x) > p[0])                                                  \
    TRUTH(sigmoid_grad, bell(one(x)))                                                        \
    TRUTH(tanh_grad, 4 * bell(one(2 * x)))                                                   \
    TRUTH(erf_grad, TWO_OVER_ROOT_PI *power(product(-clamp(x, -60, 60), clamp(x, -60, 60)))) \
    TRUTH(gelu_grad, gelu_grad(x))                                                           \
    TRUTH(gelu_tanh_grad, gelu_tanh_grad(x))                                                 \
    TRUTH(gelu_quick_grad, silu_grad(times(clamp(x, -1e4L, 1e4L), QUICK)))                   \
    TRUTH(silu_grad, silu_grad(one(clamp(x, -1e4L, 1e4L))))                                  \
    TRUTH(swish_grad, silu_grad(scaled(x, p[0])))                                            \
    TRUTH(swish_grad_beta, x *x *bell(scaled(x, p[0])))                                      \
    TRUTH(mish_grad, mish_grad(clamp(x, -1e4L, 1e4L)))                                       \
    TRUTH(softplus_grad, sigmoid(one(x)))                                                    \
    TRUTH(softplus_beta_grad, softplus_beta_grad(x, p[0], p[1]))                             \
    TRUTH(logsigmoid_grad, sigmoid(one(-x)))                                                 \
    TRUTH(softsign_grad, 1 / ((1 + fabsl(x)) * (1 + fabsl(x))))                              \
    TRUTH(elu_grad, x > 0 ? 1 : p[0] * power(one(x)))                                        \
    TRUTH(elu_grad_alpha, x > 0 ? 0 : expm1l(x))                                             \
    TRUTH(celu_grad, x > 0 ? 1 : power(quotient(x, p[0])))                                   \
    TRUTH(selu_grad, SELU_SCALE *(x > 0 ? 1 : SELU_ALPHA * power(one(x))))                   \
    TRUTH(exp_grad, power(one(x)))                                                           \
    TRUTH(expm1_grad, power(one(x)))                                                         \
    TRUTH(log1p_grad, x < -1 ? NAN : 1 / (1 + x))                                            \
    TRUTH(tanhshrink_grad, tanhl(x) * tanhl(x))                                              \
    TRUTH(hardsigmoid_grad, fabsl(x) < 3 ? 1.0L / 6 : 0)                                     \
    TRUTH(bias_gelu_grad, gelu_grad((double)x + p[0]))                                       \
    TRUTH(bias_silu_grad, silu_grad(one(clamp((double)x + p[0], -1e4L, 1e4L))))              \
    TRUTH(hardsigmoid_affine_grad, hardsigmoid_affine_grad(x, p[0], p[1]))                   \
    TRUTH(hardswish_grad, hardswish_grad(x))                                                 \
    TRUTH(scale_shift_hardswish_grad, p[0] * p[2] * hardswish_grad(sum(x * p[0], p[1])))     \
    TRUTH(glu_grad, sigmoid(one(p[0])))                                                      \
    TRUTH(glu_grad_gate, x *bell(one(p[0])))                                                 \
    TRUTH(reglu_grad, x > 0 ? p[0] : 0)                                                      \
    TRUTH(reglu_grad_up, relu(x))                                                            \
    TRUTH(swiglu_grad, silu_grad(one(clamp(x, -1e4L, 1e4L))) * p[0])                         \
    TRUTH(geglu_grad, gelu_grad(x) * p[0])                                                   \
    TRUTH(geglu_tanh_grad, gelu_tanh_grad(x) * p[0])                                         \
    TRUTH(swiglu_grad_up, silu(x))                                                           \
    TRUTH(geglu_grad_up, gelu(x))                                                            \
    TRUTH(geglu_tanh_grad_up, gelu_tanh(x))

/* What Python sees. truth[i] is the activation at x[i] and parameters p; 0, or -1 where it has no
 * formula. */
int truths(const char *name, size_t n, const double *x, const double *p, L *truth);

/* ulp[i]: by how many ULP of float64 y[i] differs from truth[i], beyond an absolute error that is
 * allowed; the index of the largest absolute error. */
size_t judge(size_t n, const double *y, const L *truth, double allowed, double *ulp);

#define TRUTH(name, value)                        \
    static L name##_truth(L x, const double *p) { \
        (void)x, (void)p;                         \
        return value;                             \
    }
TRUTHS
#undef TRUTH

int truths(const char *name, size_t n, const double *x, const double *p, L *truth) {
    static const struct {
        const char *name;
        L (*value)(L, const double *);
    } all[] = {
#define TRUTH(name, value) {#name, name##_truth},
        TRUTHS
#undef TRUTH
    };
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++) {
        if (strcmp(all[k].name, name) != 0) continue;
        for (size_t i = 0; i < n; i++)
            truth[i] = all[k].value(x[i], p);
        return 0;
    }
    return -1;
}

/* The distance of the float64 numbers around one. */
static double unit(double x) {
    int exponent;
    frexp(x, &exponent);
    return ldexp(1, exponent < -1021 ? -1074 : exponent - 53);
}

size_t judge(size_t n, const double *y, const L *truth, double allowed, double *ulp) {
    size_t farthest = 0;
    L largest = -1;
    for (size_t i = 0; i < n; i++) {
        double nearest = (double)truth[i];
        L error = fabsl(y[i] - truth[i]);
        if (!isfinite(y[i]) || !isfinite(nearest)) {
            ulp[i] = y[i] == nearest || (isnan(y[i]) && isnan(nearest)) ? 0 : INFINITY;
            continue;
        }
        ulp[i] = error > allowed ? (double)(error - allowed) / unit(nearest) : 0;
        if (error > largest) {
            largest = error;
            farthest = i;
        }
    }
    return farthest;
}
