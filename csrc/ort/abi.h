/* The part of ONNX Runtime's C ABI that the custom-op library uses, in our own words: no package
 * ships onnxruntime_c_api.h, and the ABI only ever grows at its end. Names are ONNX Runtime's.
 *
 * A function that returns OrtStatus* returns NULL where it succeeds; whoever receives a status
 * releases it or returns it. */
#ifndef EDGEACT_ORT_ABI_H
#define EDGEACT_ORT_ABI_H

#include <stddef.h>
#include <stdint.h>

typedef struct OrtCustomOpDomain OrtCustomOpDomain;
typedef struct OrtKernelContext OrtKernelContext;
typedef struct OrtKernelInfo OrtKernelInfo;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtShapeInferContext OrtShapeInferContext;
typedef struct OrtStatus OrtStatus;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtValue OrtValue;
typedef struct OrtCustomOp OrtCustomOp;

typedef enum { ORT_FAIL = 1, ORT_INVALID_ARGUMENT = 2 } OrtErrorCode;
/* TensorProto.DataType */
typedef enum {
    ORT_FLOAT = 1,
    ORT_UINT8 = 2,
    ORT_INT8 = 3,
    ORT_INT64 = 7,
    ORT_FLOAT16 = 10,
    ORT_DOUBLE = 11,
    ORT_BFLOAT16 = 16
} OrtElementType;
typedef enum { ORT_REQUIRED = 0 } OrtCharacteristic;
typedef enum { ORT_MEMORY_DEFAULT = 0 } OrtMemType;

/* ONNX Runtime 1.N has API N. What came after the oldest that we take is marked with its API. */
enum {
    ORT_API_OLDEST = 16,
    ORT_API_PARALLEL_FOR = 17,
    ORT_API_SHAPE_REFERENCE = 24,
    ORT_API_NEWEST = 24 /* that is declared here */
};

/* One pointer a slot; SLOTS(a, b) are slots a to b - 1, which we don't call. */
#define SLOTS(a, b) void *slots_##a[(b) - (a)]

typedef struct OrtApi {
    OrtStatus *(*CreateStatus)(OrtErrorCode, const char *message);
    SLOTS(1, 26);
    OrtStatus *(*CreateCustomOpDomain)(const char *name, OrtCustomOpDomain **);
    OrtStatus *(*CustomOpDomain_Add)(OrtCustomOpDomain *, const OrtCustomOp *);
    OrtStatus *(*AddCustomOpDomain)(OrtSessionOptions *, OrtCustomOpDomain *);
    SLOTS(29, 51);
    OrtStatus *(*GetTensorMutableData)(OrtValue *, void **);
    SLOTS(52, 57);
    OrtStatus *(*CreateTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo **);
    OrtStatus *(*SetTensorElementType)(OrtTensorTypeAndShapeInfo *, OrtElementType);
    OrtStatus *(*SetDimensions)(OrtTensorTypeAndShapeInfo *, const int64_t *dims, size_t rank);
    OrtStatus *(*GetTensorElementType)(const OrtTensorTypeAndShapeInfo *, OrtElementType *);
    OrtStatus *(*GetDimensionsCount)(const OrtTensorTypeAndShapeInfo *, size_t *rank);
    OrtStatus *(*GetDimensions)(const OrtTensorTypeAndShapeInfo *, int64_t *dims, size_t rank);
    OrtStatus *(*GetSymbolicDimensions)(const OrtTensorTypeAndShapeInfo *, const char **names,
                                        size_t rank);
    SLOTS(64, 65);
    OrtStatus *(*GetTensorTypeAndShape)(const OrtValue *, OrtTensorTypeAndShapeInfo **);
    SLOTS(66, 85);
    OrtStatus *(*KernelInfoGetAttribute_float)(const OrtKernelInfo *, const char *name, float *);
    OrtStatus *(*KernelInfoGetAttribute_int64)(const OrtKernelInfo *, const char *name, int64_t *);
    /* out NULL: sets *size to what the text and its NUL need */
    OrtStatus *(*KernelInfoGetAttribute_string)(const OrtKernelInfo *, const char *name, char *out,
                                                size_t *size);
    SLOTS(88, 90);
    OrtStatus *(*KernelContext_GetInput)(const OrtKernelContext *, size_t, const OrtValue **);
    OrtStatus *(*KernelContext_GetOutput)(OrtKernelContext *, size_t, const int64_t *dims,
                                          size_t rank, OrtValue **);
    SLOTS(92, 93);
    void (*ReleaseStatus)(OrtStatus *);
    SLOTS(94, 99);
    void (*ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo *);
    SLOTS(100, 101);
    void (*ReleaseCustomOpDomain)(OrtCustomOpDomain *);
    SLOTS(102, 162);
    /* out NULL: sets *size to the number of values */
    OrtStatus *(*KernelInfoGetAttributeArray_float)(const OrtKernelInfo *, const char *name,
                                                    float *out, size_t *size);
    SLOTS(163, 268);
    /* API 17; the context owns the info */
    OrtStatus *(*ShapeInferContext_GetInputTypeShape)(const OrtShapeInferContext *, size_t,
                                                      OrtTensorTypeAndShapeInfo **);
    SLOTS(269, 270);
    OrtStatus *(*ShapeInferContext_SetOutputTypeShape)(const OrtShapeInferContext *, size_t,
                                                       const OrtTensorTypeAndShapeInfo *);
    OrtStatus *(*SetSymbolicDimensions)(OrtTensorTypeAndShapeInfo *, const char *names[],
                                        size_t rank);
    SLOTS(272, 274);
    OrtStatus *(*KernelContext_ParallelFor)(const OrtKernelContext *,
                                            void (*task)(void *data, size_t i), size_t tasks,
                                            size_t batches, void *data);
    SLOTS(275, 414);
    /* API 24; dims stay the value's */
    OrtStatus *(*GetTensorElementTypeAndShapeDataReference)(const OrtValue *, OrtElementType *,
                                                            const int64_t **dims, size_t *rank);
} OrtApi;
#undef SLOTS

#define AT(member, slot) \
    _Static_assert(offsetof(OrtApi, member) == (slot) * sizeof(void *), #member)
AT(CreateCustomOpDomain, 26);
AT(GetTensorMutableData, 51);
AT(CreateTensorTypeAndShapeInfo, 57);
AT(SetDimensions, 59);
AT(GetTensorTypeAndShape, 65);
AT(KernelInfoGetAttribute_float, 85);
AT(KernelInfoGetAttribute_string, 87);
AT(KernelContext_GetInput, 90);
AT(ReleaseStatus, 93);
AT(ReleaseTensorTypeAndShapeInfo, 99);
AT(ReleaseCustomOpDomain, 101);
AT(KernelInfoGetAttributeArray_float, 162);
AT(ShapeInferContext_GetInputTypeShape, 268);
AT(SetSymbolicDimensions, 271);
AT(KernelContext_ParallelFor, 274);
AT(GetTensorElementTypeAndShapeDataReference, 414);
#undef AT

typedef struct OrtApiBase {
    const OrtApi *(*GetApi)(uint32_t version);
    const char *(*GetVersionString)(void);
} OrtApiBase;

/* Members that may be NULL for an operator like ours are not spelled out. */
struct OrtCustomOp {
    uint32_t version; /* how much of this struct ONNX Runtime reads */
    void *CreateKernel;
    const char *(*GetName)(const OrtCustomOp *);
    const char *(*GetExecutionProviderType)(const OrtCustomOp *); /* NULL: the CPU */
    OrtElementType (*GetInputType)(const OrtCustomOp *, size_t);
    size_t (*GetInputTypeCount)(const OrtCustomOp *);
    OrtElementType (*GetOutputType)(const OrtCustomOp *, size_t);
    size_t (*GetOutputTypeCount)(const OrtCustomOp *);
    void *KernelCompute;
    void (*KernelDestroy)(void *kernel);
    OrtCharacteristic (*GetInputCharacteristic)(const OrtCustomOp *, size_t);
    OrtCharacteristic (*GetOutputCharacteristic)(const OrtCustomOp *, size_t);
    OrtMemType (*GetInputMemoryType)(const OrtCustomOp *, size_t);
    void *variadic[4];
    OrtStatus *(*CreateKernelV2)(const OrtCustomOp *, const OrtApi *, const OrtKernelInfo *,
                                 void **kernel);
    OrtStatus *(*KernelComputeV2)(void *kernel, OrtKernelContext *);
    OrtStatus *(*InferOutputShapeFn)(const OrtCustomOp *, OrtShapeInferContext *); /* API 17 */
    void *GetStartVersion;
    void *GetEndVersion;
    /* API 18: returns the number of (input, output) pairs that may share memory */
    size_t (*GetMayInplace)(int **inputs, int **outputs);
    void (*ReleaseMayInplace)(int *inputs, int *outputs);
    void *GetAliasMap;
    void *ReleaseAliasMap;
};
_Static_assert(offsetof(OrtCustomOp, KernelDestroy) == 9 * sizeof(void *), "OrtCustomOp");
_Static_assert(offsetof(OrtCustomOp, CreateKernelV2) == 17 * sizeof(void *), "OrtCustomOp");
_Static_assert(sizeof(OrtCustomOp) == 26 * sizeof(void *), "OrtCustomOp");

/* Hands an error on to ONNX Runtime. */
#define TRY(call)                   \
    do {                            \
        OrtStatus *status = (call); \
        if (status) return status;  \
    } while (0)

#endif
