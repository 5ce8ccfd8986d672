/* Creates, runs and destroys the kernel of a node. */
#include "ort/kernel.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tensor is split for ONNX Runtime's threads into tasks of this many vectors: some 10 us of work
 * each, where handing one over takes about 1. */
enum { TASK_VECTORS = 1024 };

typedef struct kernel {
    const OrtApi *ort;
    uint32_t api;
    edgeact_kernel *run;
    size_t size; /* bytes an element */
    size_t task; /* elements that are never split */
    const edgeact_activation *act;
    union {
        float f32;
        double f64;
    } params[EDGEACT_MAX_PARAMS];
} kernel;

OrtStatus *ort_fail(const OrtApi *ort, const char *format, ...) {
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return ort->CreateStatus(ORT_INVALID_ARGUMENT, text);
}

/* An attribute of another type reads as absent, and its default would silently take its place. An
 * integer is the likely slip: onnx.helper makes one of alpha=1. */
static OrtStatus *no_integer(const OrtApi *ort, const OrtKernelInfo *info, const char *onnx,
                             const char *name, const char *type) {
    int64_t value;
    OrtStatus *absent = ort->KernelInfoGetAttribute_int64(info, name, &value);
    if (!absent) {
        return ort_fail(ort, "%s: attribute %s must be a %s, not the integer %" PRId64, onnx, name,
                        type, value);
    }
    ort->ReleaseStatus(absent);
    return NULL;
}

static OrtStatus *read_param(const OrtApi *ort, const OrtKernelInfo *info, const char *onnx,
                             const edgeact_param *param, float *value) {
    OrtStatus *absent = ort->KernelInfoGetAttribute_float(info, param->name, value);
    if (!absent) return NULL;
    ort->ReleaseStatus(absent);
    TRY(no_integer(ort, info, onnx, param->name, "float"));
    if (isnan(param->value)) return ort_fail(ort, "%s needs the attribute %s", onnx, param->name);
    *value = (float)param->value;
    return NULL;
}

/* *tier keeps its value where the node names none. */
static OrtStatus *read_tier(const OrtApi *ort, const OrtKernelInfo *info, const char *onnx,
                            edgeact_tier *tier) {
    char name[32];
    size_t size = 0;
    OrtStatus *absent = ort->KernelInfoGetAttribute_string(info, "tier", NULL, &size);
    if (absent) {
        ort->ReleaseStatus(absent);
        return no_integer(ort, info, onnx, "tier", "string");
    }
    if (size > sizeof name) {
        return ort_fail(ort, "%s: the tier is exact, fast or coarse, not %zu characters", onnx,
                        size - 1);
    }
    TRY(ort->KernelInfoGetAttribute_string(info, "tier", name, &size));
    for (*tier = 0; *tier < EDGEACT_TIERS; ++*tier) {
        if (strcmp(name, edgeact_tier_name(*tier)) == 0) return NULL;
    }
    return ort_fail(ort, "%s: the tier is exact, fast or coarse, not '%s'", onnx, name);
}

OrtStatus *kernel_create(const OrtCustomOp *self, const OrtApi *ort, const OrtKernelInfo *info,
                         void **out) {
    const op *o = (const op *)self;
    const edgeact_activation *act = edgeact_at(o->act);
    kernel k = {.ort = ort, .api = self->version, .act = act};
    edgeact_tier tier = EDGEACT_FAST;
    TRY(read_tier(ort, info, act->onnx, &tier));
    k.run = edgeact_lookup(act, tier, o->dtype, NULL);
    if (!k.run)
        return ort_fail(ort, "%s has no kernel of tier %s", act->onnx, edgeact_tier_name(tier));
    k.size = o->dtype == EDGEACT_F32 ? sizeof(float) : sizeof(double);
    k.task = TASK_VECTORS * (o->dtype == EDGEACT_F32 ? edgeact_isa_active()->lanes : 1);
    if (k.api < ORT_API_PARALLEL_FOR) k.task = SIZE_MAX;
    for (size_t i = act->tensors; i < act->nparams; i++) {
        float value;
        TRY(read_param(ort, info, act->onnx, &act->params[i], &value));
        if (o->dtype == EDGEACT_F32) {
            k.params[i].f32 = value;
        } else {
            k.params[i].f64 = value;
        }
    }

    kernel *kept = malloc(sizeof k);
    if (!kept) return ort_fail(ort, "%s: out of memory", act->onnx);
    *kept = k;
    *out = kept;
    return NULL;
}

void kernel_destroy(void *k) { free(k); }

/* At most one of the parameters is a tensor, the first. */
typedef struct job {
    const kernel *k;
    char *x, *p, *y;
    size_t count;
    broadcast of_p;
} job;

static void run_task(void *data, size_t i) {
    const job *j = data;
    const kernel *k = j->k;
    size_t size = k->size, tensors = k->act->tensors, nparams = k->act->nparams;
    size_t at = i * k->task, rest = j->count - at, end = at + (rest < k->task ? rest : k->task);
    char *args[EDGEACT_MAX_PARAMS + 2];
    ptrdiff_t steps[EDGEACT_MAX_PARAMS + 2] = {(ptrdiff_t)size};
    for (size_t p = tensors; p < nparams; p++)
        args[p + 1] = (char *)&k->params[p];
    steps[nparams + 1] = (ptrdiff_t)size;
    for (size_t n; at < end; at += n) {
        n = end - at;
        if (tensors) {
            const broadcast *b = &j->of_p;
            size_t within = at % b->run;
            if (n > b->run - within) n = b->run - within;
            args[1] = j->p + (broadcast_offset(b, at / b->run) + within * b->step) * size;
            steps[1] = (ptrdiff_t)(b->step * size);
        }
        args[0] = j->x + at * size;
        args[nparams + 1] = j->y + at * size;
        k->run(args, steps, n);
    }
}

static OrtStatus *copy_dims(const OrtApi *ort, const OrtTensorTypeAndShapeInfo *info, shape *s) {
    TRY(ort->GetDimensionsCount(info, &s->rank));
    if (s->rank > MAX_RANK) {
        return ort_fail(ort, "a tensor of %zu dimensions; at most %d can be", s->rank, MAX_RANK);
    }
    s->dims = s->copy;
    return ort->GetDimensions(info, s->copy, s->rank);
}

OrtStatus *read_shape(const OrtApi *ort, uint32_t api, const OrtValue *value, shape *s) {
    if (api >= ORT_API_SHAPE_REFERENCE) {
        OrtElementType type;
        return ort->GetTensorElementTypeAndShapeDataReference(value, &type, &s->dims, &s->rank);
    }
    OrtTensorTypeAndShapeInfo *info;
    TRY(ort->GetTensorTypeAndShape(value, &info));
    OrtStatus *failed = copy_dims(ort, info, s);
    ort->ReleaseTensorTypeAndShapeInfo(info);
    return failed;
}

/* "(2, 3)", cut off where it is long */
static const char *print_shape(char text[128], const shape *s) {
    size_t used = (size_t)snprintf(text, 128, "(");
    for (size_t i = 0; i < s->rank && used < 100; i++) {
        used += (size_t)snprintf(text + used, 128 - used, "%s%" PRId64, i ? ", " : "", s->dims[i]);
    }
    snprintf(text + used, 128 - used, ")");
    return text;
}

static OrtStatus *read_tensor(const kernel *k, OrtKernelContext *context, const shape *x, job *j) {
    const OrtApi *ort = k->ort;
    const OrtValue *p;
    void *data;
    shape s;
    TRY(ort->KernelContext_GetInput(context, 1, &p));
    TRY(read_shape(ort, k->api, p, &s));
    if (broadcast_init(&j->of_p, x->dims, x->rank, s.dims, s.rank) != 0) {
        char shapes[2][128];
        return ort_fail(ort, "%s: %s of shape %s does not broadcast to x of shape %s", k->act->onnx,
                        k->act->params[0].name, print_shape(shapes[0], &s),
                        print_shape(shapes[1], x));
    }
    TRY(ort->GetTensorMutableData((OrtValue *)p, &data));
    j->p = data;
    return NULL;
}

OrtStatus *kernel_compute(void *self, OrtKernelContext *context) {
    const kernel *k = self;
    const OrtApi *ort = k->ort;
    const OrtValue *x;
    OrtValue *y;
    shape s;
    TRY(ort->KernelContext_GetInput(context, 0, &x));
    TRY(read_shape(ort, k->api, x, &s));
    TRY(ort->KernelContext_GetOutput(context, 0, s.dims, s.rank, &y));

    job j = {.k = k, .count = 1};
    for (size_t i = 0; i < s.rank; i++)
        j.count *= (size_t)s.dims[i];
    if (j.count == 0) return NULL;
    if (k->act->tensors) TRY(read_tensor(k, context, &s, &j));
    void *in, *out;
    TRY(ort->GetTensorMutableData((OrtValue *)x, &in));
    TRY(ort->GetTensorMutableData(y, &out));
    j.x = in;
    j.y = out;
    if (j.count <= k->task) {
        run_task(&j, 0);
        return NULL;
    }
    return ort->KernelContext_ParallelFor(context, run_task, (j.count - 1) / k->task + 1, 0, &j);
}
