/* Compares kernels with the truth, which comes as polynomials, over ranges of float32 patterns.
 *
 * The hot loops read and write flat arrays without branches, for the compiler to vectorise. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "native.h"

/* The truth is good to 2^-51, far less than this. */
#define WINDOW 0x1p-48

enum { BLOCK = 2048, DEGREE = sizeof(((edgeact_piece *)0)->a) / sizeof(double) - 1 };

static const uint32_t SIGN = 0x80000000, INF = 0x7f800000;

static float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint32_t bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Float32 numbers per unit in the binade of t: 1 / ULP. */
static double per_ulp(double t) {
    uint64_t bits;
    t = fabs(t) > FLT_MIN ? fabs(t) : FLT_MIN;
    memcpy(&bits, &t, sizeof bits);
    bits = ((uint64_t)(2 * 1023 + FLT_MANT_DIG - 1) << 52) - (bits & (uint64_t)0x7ff << 52);
    memcpy(&t, &bits, sizeof t);
    return t;
}

typedef struct piece_list {
    const edgeact_piece *at;
    size_t count;
} piece_list;

/* The piece that holds an input: the last that begins at or before it. */
static size_t find(piece_list pieces, uint32_t bits) {
    size_t low = 0, high = pieces.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (pieces.at[middle].first <= bits)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* How many of bits, bits + stride, ... come before end, at most n. An end of 0 stands for 2^32. */
static size_t until(uint32_t bits, uint32_t stride, uint32_t end, size_t n) {
    uint32_t steps = stride ? (end - bits - 1) / stride : UINT32_MAX;
    return steps < n ? steps + (size_t)1 : n;
}

static void evaluate(const edgeact_piece *p, size_t n, const float *restrict x,
                     double *restrict truth) {
    if (p->inv_half == 0) { /* one value for all inputs: a zero keeps its sign, inf makes no NaN */
        for (size_t i = 0; i < n; i++)
            truth[i] = p->value;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        double t = (x[i] - p->center) * p->inv_half, sum = p->a[DEGREE];
        for (int k = DEGREE; k-- > 0;)
            sum = sum * t + p->a[k];
        truth[i] = p->value + sum;
    }
}

/* Inputs of one sign, all finite or none, and what is known of them before any kernel runs. */
typedef struct block {
    size_t n;
    uint32_t first, stride;
    float x[BLOCK];
    double truth[BLOCK], per_ulp[BLOCK];
    uint32_t rounded[BLOCK]; /* bits of the float nearest to the truth */
    uint32_t decided[BLOCK]; /* all ones, or 0 where the truth is too close to a tie */
} block;

static uint32_t input(const block *b, size_t i) { return b->first + (uint32_t)i * b->stride; }

static void fill(block *b, piece_list pieces) {
    for (size_t i = 0; i < b->n; i++)
        b->x[i] = float_of(input(b, i));
    size_t k = find(pieces, b->first);
    for (size_t i = 0, run; i < b->n; i += run) {
        uint32_t at = input(b, i);
        while (k + 1 < pieces.count && pieces.at[k + 1].first <= at)
            k++;
        uint32_t end = k + 1 < pieces.count ? pieces.at[k + 1].first : 0;
        run = until(at, b->stride, end, b->n - i);
        evaluate(&pieces.at[k], run, b->x + i, b->truth + i);
    }
    for (size_t i = 0; i < b->n; i++)
        b->per_ulp[i] = per_ulp(b->truth[i]);
    for (size_t i = 0; i < b->n; i++) {
        double truth = b->truth[i]; /* products keep the sign of zero where sums do not */
        uint32_t low = bits_of((float)(truth * (1 - WINDOW)));
        uint32_t high = bits_of((float)(truth * (1 + WINDOW)));
        b->rounded[i] = bits_of((float)truth);
        b->decided[i] = low == high ? UINT32_MAX : 0;
    }
}

/* Ends the block where the domain of the activation begins or ends. */
static void trim(block *b) {
    int outside = isnan(b->truth[0]);
    size_t n = 1;
    while (n < b->n && isnan(b->truth[n]) == outside)
        n++;
    b->n = n;
}

/* Counts the inputs in doubt and appends them to doubts, if not NULL. */
static void note_doubts(const block *b, uint32_t *doubts, uint64_t *count) {
    uint32_t undecided = 0;
    for (size_t i = 0; i < b->n; i++)
        undecided += ~b->decided[i] & 1;
    for (size_t i = 0; doubts && undecided && i < b->n; i++) {
        if (!b->decided[i]) doubts[(*count)++] = input(b, i);
    }
    if (!doubts) *count += undecided;
}

static void note_broken(edgeact_sweep_result *result, uint32_t at) {
    if (result->broken++ == 0) result->broken_at = at;
}

static void note_misrounded(const block *b, const float *y, uint32_t count,
                            edgeact_sweep_result *result) {
    size_t listed = (size_t)result->misrounded;
    result->misrounded += count;
    for (size_t i = 0; listed < EDGEACT_MISROUNDED_KEPT && i < b->n; i++) {
        int wrong = ((bits_of(y[i]) ^ b->rounded[i]) & b->decided[i]) != 0;
        if (wrong) result->misrounded_at[listed++] = input(b, i);
    }
}

/* Index of the largest of n numbers, none of them negative; NaN is larger than inf. Their order is
 * that of their bits, whose maximum vectorises where that of floats does not. */
static size_t largest(size_t n, const float *values) {
    int32_t most = -1;
    for (size_t i = 0; i < n; i++) {
        int32_t bits = (int32_t)bits_of(values[i]);
        most = bits > most ? bits : most;
    }
    size_t i = 0;
    while ((int32_t)bits_of(values[i]) != most)
        i++;
    return i;
}

/* The bounds of a range in float32, rounded inward. */
static float float_above(double lo) {
    float x = (float)lo;
    return x < lo ? nextafterf(x, INFINITY) : x;
}

static float float_below(double hi) { return -float_above(-hi); }

/* What is allowed: a range of outputs, known at the default parameters, and an absolute error that
 * does not count. */
typedef struct promise {
    float lo, hi;
    double floor;
    const edgeact_bound *bound;
    double per_param; /* 1 over what of_param gives */
    struct limit {
        int kept;     /* the output must reach the limit, stay there and never pass it */
        double value; /* as x goes to infinity with that sign; NAN: the limit is x */
    } limit[2];
} promise;

static promise promised(const edgeact_activation *act, edgeact_tier tier, const float *params,
                        piece_list pieces) {
    promise p = {.lo = float_above(act->lo), .hi = float_below(act->hi)};
    for (size_t i = 0; i < act->nparams; i++) {
        if (params[i] == (float)act->params[i].value) continue;
        p.lo = -INFINITY;
        p.hi = INFINITY;
    }
    p.bound = &act->bound[tier][EDGEACT_F32];
    p.per_param = 1;
    if (act->nparams) {
        p.floor = p.bound->floor * fabs(params[0]);
        p.per_param = fmin(1, pow(fabs(params[0]), -p.bound->of_param));
    }
    for (int negative = 0; negative < 2; negative++) {
        float far[] = {negative ? -INFINITY : INFINITY, negative ? -0x1p20f : 0x1p20f};
        double truth[2];
        edgeact_truth(pieces.at, pieces.count, 2, far, truth);
        p.limit[negative].value = isfinite(truth[0]) ? truth[0] : NAN;
        p.limit[negative].kept =
            p.bound->abs > 0 && (isfinite(truth[0]) || fabs(truth[1] - far[1]) < 0.5);
    }
    return p;
}

/* In tier coarse: whether the outputs stay at the limit, and none passes it. */
static void compare_saturation(const block *b, const float *y, promise p,
                               edgeact_sweep_result *result) {
    const int negative = b->first >= SIGN;
    if (!p.limit[negative].kept) return;
    for (size_t i = 0; i < b->n; i++) {
        if (fabsf(b->x[i]) < 1) continue;
        double limit = p.limit[negative].value;
        if (isnan(limit)) limit = b->x[i];
        uint32_t size = input(b, i) & ~SIGN;
        if (bits_of(y[i]) == bits_of((float)limit)) {
            if (size < result->saturated_from[negative]) result->saturated_from[negative] = size;
        } else {
            if (size > result->unsaturated_to[negative]) result->unsaturated_to[negative] = size;
            int passed = (y[i] > (float)limit) != (b->truth[i] > limit);
            if (passed) note_broken(result, input(b, i));
        }
    }
}

/* Judges outputs at finite inputs where the truth is a number. */
static void compare(const block *b, const float *restrict y, promise p,
                    edgeact_sweep_result *result) {
    float ulp[BLOCK], absolute[BLOCK];
    const float lo = p.lo, hi = p.hi;
    uint32_t misrounded = 0, outside = 0;
    for (size_t i = 0; i < b->n; i++) {
        double error = fabs(y[i] - b->truth[i]);
        double beyond = error - p.floor; /* NaN stays */
        absolute[i] = (float)error;
        ulp[i] = (float)((beyond < 0 ? 0 : beyond) * b->per_ulp[i]);
    }
    for (size_t i = 0; p.bound->abs > 0 && i < b->n; i++) {
        double unit = fmax(1, fabs((double)b->x[i]));
        if (p.bound->of_result) unit = fmax(unit, fabs(b->truth[i]));
        ulp[i] = (float)(fabs(y[i] - b->truth[i]) / unit * p.per_param);
    }
    compare_saturation(b, y, p, result);
    for (size_t i = 0; i < b->n; i++) {
        misrounded += ((bits_of(y[i]) ^ b->rounded[i]) & b->decided[i]) != 0;
        outside += !(y[i] >= lo) | !(y[i] <= hi);
    }
    if (misrounded) note_misrounded(b, y, misrounded, result);

    int zero = (b->first & ~SIGN) == 0 && b->truth[0] == 0; /* the sign of a zero counts */
    if (zero && bits_of(y[0]) != b->rounded[0]) note_broken(result, b->first);
    for (size_t i = 0; outside && i < b->n; i++) {
        if (!(y[i] >= lo && y[i] <= hi)) note_broken(result, input(b, i));
    }

    if (!isfinite(ulp[largest(b->n, ulp)])) {
        for (size_t i = 0; i < b->n; i++) {
            if (isfinite(y[i])) continue;
            /* What the truth rounds to is right, infinite or not. */
            ulp[i] = absolute[i] = bits_of(y[i]) == b->rounded[i] ? 0 : INFINITY;
        }
    }
    size_t worst = largest(b->n, ulp), farthest = largest(b->n, absolute);
    if (ulp[worst] > result->max_ulp) {
        result->max_ulp = ulp[worst];
        result->max_ulp_at = input(b, worst);
    }
    if (absolute[farthest] > result->max_abs) {
        result->max_abs = absolute[farthest];
        result->max_abs_at = input(b, farthest);
    }
}

/* Judges outputs at infinite inputs, which must be the limit to the bit, and where they must be
 * NaN: at NaN, and at finite inputs outside the domain. */
static void compare_limits(const block *b, const float *y, edgeact_sweep_result *result) {
    for (size_t i = 0; i < b->n; i++) {
        int kept = isnan(b->truth[i]) ? isnan(y[i]) : bits_of(y[i]) == b->rounded[i];
        if (!kept) note_broken(result, input(b, i));
    }
}

void edgeact_sweep(const edgeact_activation *act, edgeact_tier tier, edgeact_kernel *const *kernels,
                   size_t count_kernels, const float *params, const edgeact_piece *pieces,
                   size_t count_pieces, uint32_t first, uint32_t stride, uint64_t count,
                   edgeact_sweep_result *results, uint32_t *doubts, uint64_t *count_doubts) {
    for (size_t k = 0; k < count_kernels; k++) {
        results[k] = (edgeact_sweep_result){.tried = count,
                                            .max_ulp = -1,
                                            .max_abs = -1,
                                            .saturated_from = {UINT32_MAX, UINT32_MAX}};
    }
    *count_doubts = 0;
    const piece_list list = {pieces, count_pieces};
    const promise p = promised(act, tier, params, list);
    float y[BLOCK];
    block b = {.first = first, .stride = stride};
    char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)b.x};
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(float)};
    for (size_t i = 0; i < act->nparams; i++)
        args[i + 1] = (char *)(uintptr_t)&params[i];
    args[act->nparams + 1] = (char *)y;
    steps[act->nparams + 1] = sizeof(float);

    while (count > 0) {
        uint32_t sign = b.first & SIGN;
        int finite = (b.first & ~SIGN) < INF;
        uint32_t end = finite ? sign + INF : sign + SIGN;
        b.n = until(b.first, stride, end, count < BLOCK ? (size_t)count : BLOCK);
        fill(&b, list);
        trim(&b);
        finite &= !isnan(b.truth[0]);
        if (finite) note_doubts(&b, doubts, count_doubts);
        for (size_t k = 0; k < count_kernels; k++) {
            kernels[k](args, steps, b.n);
            if (finite)
                compare(&b, y, p, &results[k]);
            else
                compare_limits(&b, y, &results[k]);
        }
        count -= b.n;
        b.first += (uint32_t)b.n * stride;
    }
}

void edgeact_repeat(edgeact_kernel *kernel, char *const args[], const ptrdiff_t steps[], size_t n,
                    size_t times) {
    while (times-- > 0)
        kernel(args, steps, n);
}

void edgeact_truth(const edgeact_piece *pieces, size_t count_pieces, size_t n, const float *x,
                   double *truth) {
    piece_list list = {pieces, count_pieces};
    for (size_t i = 0; i < n; i++) {
        evaluate(&pieces[find(list, bits_of(x[i]))], 1, x + i, truth + i);
    }
}
