/* acts.def as data. */
#include "kernels.h"

#define REQUIRED NAN
#define NO_PARAMS   \
    0, {            \
        { NULL, 0 } \
    }
#define PARAMS1(a, va) \
    1, {               \
        { #a, va }     \
    }
#define PARAMS4(a, va, b, vb, c, vc, d, vd)      \
    4, {                                         \
        {#a, va}, {#b, vb}, {#c, vc}, { #d, vd } \
    }
#define ACT(name, onnx, torch, params, lo, hi, f32, f64, formula) \
    {#name, #onnx, torch,  #formula,                              \
     lo,    hi,    params, {[EDGEACT_FAST] = {{f32, "exhaustive"}, {f64, "sampled"}}}},

static const edgeact_activation activations[ACT_COUNT] = {
#include "acts.def"
};
#undef ACT

const char *edgeact_tier_name(edgeact_tier tier) {
    static const char *const names[EDGEACT_TIERS] = {"exact", "fast", "coarse"};
    return (unsigned)tier < EDGEACT_TIERS ? names[tier] : NULL;
}

size_t edgeact_count(void) { return ACT_COUNT; }

const edgeact_activation *edgeact_at(size_t i) { return i < ACT_COUNT ? &activations[i] : NULL; }

const edgeact_activation *edgeact_find(const char *name) {
    for (size_t i = 0; i < ACT_COUNT; i++) {
        if (strcmp(activations[i].name, name) == 0) return &activations[i];
    }
    return NULL;
}
