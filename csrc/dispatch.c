/* Picks an isa once, from what the CPU and the OS can do, and hands out kernels. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernels.h"
#include "native.h"
#include "vec/scalar.h" /* rounds one float to 16 bits */
#include "vec/common.h"
#include "vec/half.h"

const char *edgeact_compiler(void) {
#if defined __clang__
    return "clang " __clang_version__;
#elif defined __GNUC__
    return "gcc " __VERSION__;
#else
    return "unknown";
#endif
}

_Thread_local size_t edgeact_whole;

static int always(void) { return 1; }

#if defined __x86_64__
#include <cpuid.h>

/* XCR0: which registers the OS saves. A CPU's AVX is of no use under an OS that does not. */
static unsigned xcr0(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 0;
    unsigned lo, hi;
    __asm__("xgetbv" : "=a"(lo), "=d"(hi) : "c"(0));
    return lo;
}

enum { XCR0_AVX = 0x06, XCR0_AVX512 = 0xe6 };

static int cpu_sse41(void) {
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1);
}

static int cpu_avx2(void) {
    unsigned a, b, c, d;
    if ((xcr0() & XCR0_AVX) != XCR0_AVX) return 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_AVX) || !(c & bit_FMA)) return 0;
    if (!(c & bit_F16C)) return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2);
}

static int cpu_avx512(void) {
    unsigned a, b, c, d;
    const unsigned need = bit_AVX512F | bit_AVX512DQ | bit_AVX512BW | bit_AVX512VL;
    if (!cpu_avx2() || (xcr0() & XCR0_AVX512) != XCR0_AVX512) return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & need) == need;
}

static int cpu_vbmi(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (c & bit_AVX512VBMI);
}
#endif

static const struct {
    edgeact_isa isa;
    const edgeact_table *tables[EDGEACT_DTYPES];
    const edgeact_method_table *coarse;
    const edgeact_row_table *rows, *rows_backward;
    const edgeact_flow_table *flows;
    const edgeact_lut_kernels *lut;
    edgeact_tabulated_kernel *const *tabulated;
} isas[] = {
#define ISA(name, lanes, fma, fma64, supported)   \
    {{#name, lanes, fma, fma64, supported},       \
     {[EDGEACT_F32] = &edgeact_float32_##name,    \
      [EDGEACT_F64] = &edgeact_float64_##name,    \
      [EDGEACT_F16] = &edgeact_float16_##name,    \
      [EDGEACT_BF16] = &edgeact_bfloat16_##name}, \
     &edgeact_coarse_##name,                      \
     &edgeact_rows_##name,                        \
     &edgeact_rows_backward_##name,               \
     &edgeact_flows_##name,                       \
     &edgeact_lut_##name,                         \
     edgeact_tabulated_##name},
#include "isa.def"
#undef ISA
};
enum { ISA_COUNT = sizeof isas / sizeof isas[0] };

size_t edgeact_isa_count(void) { return ISA_COUNT; }

const edgeact_isa *edgeact_isa_at(size_t i) { return i < ISA_COUNT ? &isas[i].isa : NULL; }

static const edgeact_isa *pick(void) {
    const char *name = getenv("EDGEACT_ISA");
    for (size_t i = ISA_COUNT; i-- > 0;) {
        const edgeact_isa *isa = &isas[i].isa;
        if (name && *name && strcmp(name, isa->name) != 0) continue;
        if (isa->supported()) return isa;
    }
    return NULL;
}

/* Two threads may both pick; they pick the same. */
static _Atomic(const edgeact_isa *) active;

const edgeact_isa *edgeact_isa_active(void) {
    const edgeact_isa *isa = atomic_load_explicit(&active, memory_order_acquire);
    if (isa) return isa;
    isa = pick();
    atomic_store_explicit(&active, isa, memory_order_release);
    return isa;
}

const char *edgeact_isa_error(void) {
    static _Thread_local char text[256];
    if (edgeact_isa_active()) return NULL;
    size_t used =
        (size_t)snprintf(text, sizeof text, "EDGEACT_ISA=%.40s: not an isa of this machine; it has",
                         getenv("EDGEACT_ISA"));
    for (size_t i = 0; i < ISA_COUNT; i++) {
        if (!isas[i].isa.supported() || used >= sizeof text) continue;
        used += (size_t)snprintf(text + used, sizeof text - used, " %s", isas[i].isa.name);
    }
    return text;
}

/* coarse.def as data. */
static const struct {
    const char *act, *name, *isas;
} methods[METHOD_COUNT] = {
#define COARSE(...)
#define METHOD(act, name, nparams, tensors, isas) {#act, #name, isas},
#include "coarse.def"
#undef METHOD
#undef COARSE
};

/* Whether words, separated by spaces, hold a name. */
static int holds(const char *words, const char *name) {
    size_t n = strlen(name);
    for (const char *at = words; (at = strstr(at, name)) != NULL; at += n) {
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n])) return 1;
    }
    return 0;
}

/* The method of tier coarse that an isa calls; METHOD_COUNT where there is none. */
static size_t best_method(const edgeact_activation *act, const edgeact_isa *isa) {
    size_t first = METHOD_COUNT;
    for (size_t k = METHOD_COUNT; k-- > 0;) {
        if (strcmp(methods[k].act, act->name) != 0) continue;
        if (holds(methods[k].isas, isa->name)) return k;
        first = k;
    }
    return first;
}

/* One of coarse.def, or best_method() where that is NULL; other tiers have one each. */
static edgeact_kernel *look_up(const edgeact_activation *act, edgeact_tier tier,
                               edgeact_dtype dtype, const edgeact_isa *isa, const size_t *method) {
    if (!isa) isa = edgeact_isa_active();
    if (!isa || !act || (unsigned)tier >= EDGEACT_TIERS || (unsigned)dtype >= EDGEACT_DTYPES) {
        return NULL;
    }
    size_t index = (size_t)(act - edgeact_at(0));
    for (size_t i = 0; i < ISA_COUNT; i++) {
        if (&isas[i].isa != isa) continue;
        if (tier != EDGEACT_COARSE) return (*isas[i].tables[dtype])[index][tier];
        size_t k = method ? *method : best_method(act, isa);
        return k < METHOD_COUNT ? (*isas[i].coarse)[k][dtype] : NULL;
    }
    return NULL;
}

edgeact_kernel *edgeact_lookup(const edgeact_activation *act, edgeact_tier tier,
                               edgeact_dtype dtype, const edgeact_isa *isa) {
    return look_up(act, tier, dtype, isa, NULL);
}

const char *edgeact_method_at(const edgeact_activation *act, edgeact_tier tier, edgeact_dtype dtype,
                              const edgeact_isa *isa, size_t i) {
    if (!isa) isa = edgeact_isa_active();
    if (!look_up(act, tier, dtype, isa, NULL)) return NULL;
    if (tier == EDGEACT_COARSE) {
        size_t best = best_method(act, isa);
        if (i == 0) return methods[best].name;
        for (size_t k = 0; k < METHOD_COUNT; k++) {
            if (k == best || strcmp(methods[k].act, act->name) != 0) continue;
            if (--i == 0) return methods[k].name;
        }
        return NULL;
    }
    if (i > 0) return NULL;
    if (tier == EDGEACT_EXACT) return "double";
    return dtype != EDGEACT_F64 && holds(act->own, isa->name) ? "lut" : "poly";
}

edgeact_kernel *edgeact_lookup_method(const edgeact_activation *act, edgeact_tier tier,
                                      edgeact_dtype dtype, const edgeact_isa *isa,
                                      const char *method) {
    const char *name;
    for (size_t i = 0; (name = edgeact_method_at(act, tier, dtype, isa, i)) != NULL; i++) {
        if (strcmp(name, method) != 0) continue;
        if (tier != EDGEACT_COARSE) return look_up(act, tier, dtype, isa, NULL);
        size_t k = 0;
        while (strcmp(methods[k].act, act->name) != 0 || strcmp(methods[k].name, method) != 0)
            k++;
        return look_up(act, tier, dtype, isa, &k);
    }
    return NULL;
}

static edgeact_row_kernel *lookup_rows(const edgeact_rowwise *function, edgeact_dtype dtype,
                                       const edgeact_isa *isa, int backward) {
    if (!isa) isa = edgeact_isa_active();
    if (!isa || !function || (unsigned)dtype >= EDGEACT_DTYPES) return NULL;
    const edgeact_row_table *table = backward ? &edgeact_rows_backward_f64 : &edgeact_rows_f64;
    for (size_t i = 0; dtype != EDGEACT_F64 && i < ISA_COUNT; i++) {
        if (&isas[i].isa == isa) table = backward ? isas[i].rows_backward : isas[i].rows;
    }
    return (*table)[function - edgeact_rowwise_at(0)][dtype];
}

edgeact_row_kernel *edgeact_rowwise_lookup(const edgeact_rowwise *function, edgeact_dtype dtype,
                                           const edgeact_isa *isa) {
    return lookup_rows(function, dtype, isa, 0);
}

edgeact_row_kernel *edgeact_rowwise_backward_lookup(const edgeact_rowwise *function,
                                                    edgeact_dtype dtype, const edgeact_isa *isa) {
    return lookup_rows(function, dtype, isa, 1);
}

const edgeact_flow *edgeact_flow_lookup(edgeact_dtype dtype) {
    const edgeact_isa *isa = edgeact_isa_active();
    for (size_t i = 0; i < ISA_COUNT; i++) {
        if (&isas[i].isa == isa) return &(*isas[i].flows)[dtype];
    }
    return NULL;
}

edgeact_tabulated_kernel *edgeact_tabulated_lookup(edgeact_dtype dtype, const edgeact_isa *isa) {
    if (!isa) isa = edgeact_isa_active();
    if (!isa || (unsigned)dtype >= EDGEACT_DTYPES) return NULL;
    if (dtype == EDGEACT_F64) return edgeact_tabulated_f64;
    for (size_t i = 0; i < ISA_COUNT; i++) {
        if (&isas[i].isa == isa) return isas[i].tabulated[dtype];
    }
    return NULL;
}

edgeact_kernel *edgeact_lut_lookup(size_t size, const edgeact_isa *isa, int vbmi) {
    if (!isa) isa = edgeact_isa_active();
    for (size_t i = 0; i < ISA_COUNT; i++) {
        if (&isas[i].isa != isa) continue;
        const edgeact_lut_kernels *lut = isas[i].lut;
#if defined __x86_64__
        if (lut == &edgeact_lut_avx512 && vbmi && cpu_vbmi()) lut = &edgeact_lut_avx512vbmi;
#else
        (void)vbmi; /* only x86 has it */
#endif
        return size == 1 ? lut->u8 : lut->i16;
    }
    return NULL;
}

edgeact_status edgeact_map_u8(const uint8_t table[256], size_t n, const uint8_t *x, uint8_t *y) {
    edgeact_kernel *kernel = edgeact_lut_lookup(1, NULL, 1);
    if (!kernel) return EDGEACT_BAD_ISA;
    char *args[] = {(char *)(uintptr_t)x, (char *)&table, (char *)y};
    kernel(args, (ptrdiff_t[]){1, 0, 1}, n);
    return EDGEACT_OK;
}

edgeact_status edgeact_tabulated_run_f32(const edgeact_tabulated *table, size_t n, const float *x,
                                         float *y) {
    edgeact_tabulated_kernel *kernel = edgeact_tabulated_lookup(EDGEACT_F32, NULL);
    if (!kernel) return EDGEACT_BAD_ISA;
    kernel(table, (char *[]){(char *)(uintptr_t)x, (char *)y},
           (ptrdiff_t[]){sizeof(float), sizeof(float)}, n);
    return EDGEACT_OK;
}

#define RUN(name, type, number, dtype, narrow)                                                     \
    edgeact_status name(const edgeact_activation *act, edgeact_tier tier, size_t n, const type *x, \
                        type *y, const number *params) {                                           \
        if (!edgeact_isa_active()) return EDGEACT_BAD_ISA;                                         \
        edgeact_kernel *kernel = edgeact_lookup(act, tier, dtype, NULL);                           \
        if (!kernel) return EDGEACT_NO_KERNEL;                                                     \
        number value[EDGEACT_MAX_PARAMS];                                                          \
        type tensor;                                                                               \
        char *args[EDGEACT_MAX_PARAMS + 2] = {(char *)(uintptr_t)x};                               \
        ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {sizeof(type)};                                  \
        for (size_t i = 0; i < act->nparams; i++) {                                                \
            value[i] = params ? params[i] : (number)act->params[i].value;                          \
            if (!params && isnan(act->params[i].value)) return EDGEACT_BAD_PARAM;                  \
            args[i + 1] = (char *)&value[i];                                                       \
        }                                                                                          \
        if (act->tensors) { /* at most one */                                                      \
            tensor = narrow(value[0]);                                                             \
            args[1] = (char *)&tensor;                                                             \
        }                                                                                          \
        args[act->nparams + 1] = (char *)y;                                                        \
        steps[act->nparams + 1] = sizeof(type);                                                    \
        kernel(args, steps, n);                                                                    \
        return EDGEACT_OK;                                                                         \
    }
#define SAME(value) value

RUN(edgeact_run_f32, float, float, EDGEACT_F32, SAME)
RUN(edgeact_run_f64, double, double, EDGEACT_F64, SAME)
RUN(edgeact_run_f16, uint16_t, float, EDGEACT_F16, v_to_f16)
RUN(edgeact_run_bf16, uint16_t, float, EDGEACT_BF16, v_to_bf16)

#define RUN_ROWS(suffix, type, dtype)                                                              \
    edgeact_status edgeact_rowwise_run_##suffix(const edgeact_rowwise *function, size_t rows,      \
                                                size_t n, const type *x, type *y) {                \
        if (!edgeact_isa_active()) return EDGEACT_BAD_ISA;                                         \
        edgeact_row_kernel *kernel = edgeact_rowwise_lookup(function, dtype, NULL);                \
        if (!kernel) return EDGEACT_NO_KERNEL;                                                     \
        char *args[] = {(char *)(uintptr_t)x, (char *)y};                                          \
        ptrdiff_t row = (ptrdiff_t)(n * sizeof(type)), row_steps[] = {row, row};                   \
        kernel(args, row_steps, (ptrdiff_t[]){sizeof(type), sizeof(type)}, rows, n);               \
        return EDGEACT_OK;                                                                         \
    }                                                                                              \
    edgeact_status edgeact_rowwise_backward_##suffix(const edgeact_rowwise *function, size_t rows, \
                                                     size_t n, const type *dy, const type *y,      \
                                                     type *dx) {                                   \
        if (!edgeact_isa_active()) return EDGEACT_BAD_ISA;                                         \
        edgeact_row_kernel *kernel = edgeact_rowwise_backward_lookup(function, dtype, NULL);       \
        if (!kernel) return EDGEACT_NO_KERNEL;                                                     \
        char *args[] = {(char *)(uintptr_t)dy, (char *)(uintptr_t)y, (char *)dx};                  \
        ptrdiff_t row = (ptrdiff_t)(n * sizeof(type)), row_steps[] = {row, row, row};              \
        kernel(args, row_steps, (ptrdiff_t[]){sizeof(type), sizeof(type), sizeof(type)}, rows, n); \
        return EDGEACT_OK;                                                                         \
    }

RUN_ROWS(f32, float, EDGEACT_F32)
RUN_ROWS(f64, double, EDGEACT_F64)
RUN_ROWS(f16, uint16_t, EDGEACT_F16)
RUN_ROWS(bf16, uint16_t, EDGEACT_BF16)
