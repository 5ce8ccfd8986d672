/* The custom operators: a row of the registry and an element type each. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "kernels.h"
#include "ort/kernel.h"

/* One ONNX Runtime a process: what it was given must go back to it. */
static struct {
    pthread_mutex_t lock;
    const OrtApi *ort;
    OrtCustomOpDomain *domain;
} library = {.lock = PTHREAD_MUTEX_INITIALIZER};

static const char *get_name(const OrtCustomOp *self) {
    const op *o = (const op *)self;
    if (o->tabulated) return TABULATED;
    if (o->bytes) return QUANTIZED;
    return o->rowwise ? edgeact_rowwise_at(o->act)->onnx : edgeact_at(o->act)->onnx;
}

static const char *get_provider(const OrtCustomOp *self) {
    (void)self;
    return NULL;
}

static OrtElementType get_type(const OrtCustomOp *self, size_t i) {
    const op *o = (const op *)self;
    if (o->bytes) return i == 2 ? ORT_INT64 : o->bytes; /* the last input says which table */
    static const OrtElementType types[EDGEACT_DTYPES] = {
        [EDGEACT_F32] = ORT_FLOAT,
        [EDGEACT_F64] = ORT_DOUBLE,
        [EDGEACT_F16] = ORT_FLOAT16,
        [EDGEACT_BF16] = ORT_BFLOAT16,
    };
    return types[o->dtype];
}

static size_t get_input_count(const OrtCustomOp *self) {
    const op *o = (const op *)self;
    if (o->bytes) return 3;
    return o->rowwise || o->tabulated ? 1 : 1 + edgeact_at(o->act)->tensors;
}

static size_t get_output_count(const OrtCustomOp *self) {
    (void)self;
    return 1;
}

static OrtCharacteristic get_characteristic(const OrtCustomOp *self, size_t i) {
    (void)self, (void)i;
    return ORT_REQUIRED;
}

static OrtMemType get_memory(const OrtCustomOp *self, size_t i) {
    (void)self, (void)i;
    return ORT_MEMORY_DEFAULT;
}

/* The output may take the input's memory. */
static size_t get_inplace(int **inputs, int **outputs) {
    static int first[] = {0};
    *inputs = *outputs = first;
    return 1;
}

static void release_inplace(int *inputs, int *outputs) { (void)inputs, (void)outputs; }

/* The output's element type and shape are those of x, the first input. ONNX Runtime would write a
 * dimension that has neither size nor name as -1, which fits no other size: such a one gets a name
 * that no other dimension has. */
static OrtStatus *copy_type(const OrtApi *ort, const OrtTensorTypeAndShapeInfo *in,
                            OrtTensorTypeAndShapeInfo *out, size_t rank) {
    static atomic_uint unknown;
    int64_t dims[MAX_RANK];
    const char *names[MAX_RANK];
    char fresh[MAX_RANK][32];
    OrtElementType type;
    TRY(ort->GetTensorElementType(in, &type));
    TRY(ort->SetTensorElementType(out, type));
    TRY(ort->GetDimensions(in, dims, rank));
    TRY(ort->GetSymbolicDimensions(in, names, rank));
    for (size_t i = 0; i < rank; i++) {
        if (dims[i] >= 0 || *names[i]) continue;
        snprintf(fresh[i], sizeof fresh[i], "edgeact_unknown_%u", atomic_fetch_add(&unknown, 1));
        names[i] = fresh[i];
    }
    TRY(ort->SetDimensions(out, dims, rank));
    return ort->SetSymbolicDimensions(out, names, rank);
}

/* ONNX Runtime asks the first of the operators of one name for all of them, so self's element type
 * says nothing: the input's does. */
static OrtStatus *infer_shape(const OrtCustomOp *self, OrtShapeInferContext *context) {
    (void)self;
    const OrtApi *ort = library.ort;
    OrtTensorTypeAndShapeInfo *in, *out;
    size_t rank;
    TRY(ort->ShapeInferContext_GetInputTypeShape(context, 0, &in));
    TRY(ort->GetDimensionsCount(in, &rank));
    if (rank == 0 || rank > MAX_RANK) return NULL; /* an unknown rank reads as 0 */
    TRY(ort->CreateTensorTypeAndShapeInfo(&out));
    OrtStatus *failed = copy_type(ort, in, out, rank);
    if (!failed) failed = ort->ShapeInferContext_SetOutputTypeShape(context, 0, out);
    ort->ReleaseTensorTypeAndShapeInfo(out);
    return failed;
}

#define OP(row, element, is_rowwise, kind) {.act = row, .rowwise = is_rowwise, OP_(element, kind)},
#define OP_(element, kind)                                                   \
    .dtype = element, .ort = {.GetName = get_name,                           \
                              .GetExecutionProviderType = get_provider,      \
                              .GetInputType = get_type,                      \
                              .GetInputTypeCount = get_input_count,          \
                              .GetOutputType = get_type,                     \
                              .GetOutputTypeCount = get_output_count,        \
                              .KernelDestroy = kind##_destroy,               \
                              .GetInputCharacteristic = get_characteristic,  \
                              .GetOutputCharacteristic = get_characteristic, \
                              .GetInputMemoryType = get_memory,              \
                              .CreateKernelV2 = kind##_create,               \
                              .KernelComputeV2 = kind##_compute,             \
                              .InferOutputShapeFn = infer_shape,             \
                              .GetMayInplace = get_inplace,                  \
                              .ReleaseMayInplace = release_inplace}
#define ACT(name, ...)                     \
    OP(ACT_##name, EDGEACT_F32, 0, kernel) \
    OP(ACT_##name, EDGEACT_F64, 0, kernel) \
    OP(ACT_##name, EDGEACT_F16, 0, kernel) \
    OP(ACT_##name, EDGEACT_BF16, 0, kernel)
#define ROW(name, ...)                  \
    OP(ROW_##name, EDGEACT_F32, 1, row) \
    OP(ROW_##name, EDGEACT_F64, 1, row) \
    OP(ROW_##name, EDGEACT_F16, 1, row) \
    OP(ROW_##name, EDGEACT_BF16, 1, row)
static op ops[] = {
#include "acts.def"
#include "rows.def"
    {.tabulated = 1, OP_(EDGEACT_F32, tabulated)},
    {.bytes = ORT_INT8, OP_(EDGEACT_F32, quantized)},
    {.bytes = ORT_UINT8, OP_(EDGEACT_F32, quantized)},
};
#undef ACT
#undef ROW

static OrtStatus *fill(const OrtApi *ort, OrtCustomOpDomain *domain, uint32_t version) {
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        ops[i].ort.version = version;
        TRY(ort->CustomOpDomain_Add(domain, &ops[i].ort));
    }
    return NULL;
}

static OrtStatus *open_library(const OrtApi *ort, uint32_t version) {
    if (library.ort == ort) return NULL;
    if (library.ort) return ort_fail(ort, "edgeact serves another ONNX Runtime in this process");
    OrtCustomOpDomain *domain;
    TRY(ort->CreateCustomOpDomain("ai.edgeact", &domain));
    OrtStatus *failed = fill(ort, domain, version);
    if (failed) {
        ort->ReleaseCustomOpDomain(domain);
        return failed;
    }
    library.ort = ort;
    library.domain = domain;
    return NULL;
}

/* Session options keep the domain's address as long as the library is loaded. */
__attribute__((destructor)) static void close_library(void) {
    if (library.ort) library.ort->ReleaseCustomOpDomain(library.domain);
}

/* The library's entry, found by name by SessionOptions.register_custom_ops_library. */
__attribute__((visibility("default"))) OrtStatus *RegisterCustomOps(OrtSessionOptions *options,
                                                                    const OrtApiBase *base) {
    const char *version = base->GetVersionString();
    unsigned api = 0;
    sscanf(version, "1.%u", &api);
    if (api < ORT_API_OLDEST) {
        /* every ONNX Runtime has API 1, and that can make a status */
        return ort_fail(base->GetApi(1), "edgeact needs ONNX Runtime 1.%d or a later 1.x, not %s",
                        ORT_API_OLDEST, version);
    }
    if (api > ORT_API_NEWEST) api = ORT_API_NEWEST;
    const OrtApi *ort = base->GetApi(api);
    const char *isa_error = edgeact_isa_error();
    if (isa_error) return ort_fail(ort, "%s", isa_error);

    pthread_mutex_lock(&library.lock);
    OrtStatus *failed = open_library(ort, api);
    pthread_mutex_unlock(&library.lock);
    TRY(failed);
    return ort->AddCustomOpDomain(options, library.domain);
}
