/* The interface: what edgeact_cuda.h promises, over the tables of kernels. No kernel allocates, and
 * no call does but those that say so. The runtime's last error is left alone: each call returns its
 * own, and the runtime that is linked in here is nobody else's. */
#include <atomic>
#include <mutex>
#include <stdlib.h>

#include "cuda/rows.cuh"

/* The calling thread's device, put back at the end. */
class on_device {
    int before = -1, changed = 0;

  public:
    cudaError_t status;
    explicit on_device(int device) {
        status = cudaGetDevice(&before);
        if (status != cudaSuccess || before == device) return;
        status = cudaSetDevice(device);
        changed = status == cudaSuccess;
    }
    ~on_device() {
        if (changed) (void)cudaSetDevice(before);
    }
};

static int devices(int *count) {
    *count = 0;
    return cudaGetDeviceCount(count);
}

static const char *error_text(int status) {
    switch (status) {
    case EDGEACT_CUDA_NO_KERNEL:
        return "no kernel for this function, tier and dtype";
    case EDGEACT_CUDA_BAD_LAYOUT:
        return "an array's layout is not taken: misaligned values, a negative size, too many "
               "dimensions, or no array at all";
    default:
        return cudaGetErrorString((cudaError_t)status);
    }
}

static int find(const char *name) {
    static const char *const names[] = {
#define ACT(name, ...) #name,
#include "acts.def"
#undef ACT
    };
    for (int i = 0; i < ACT_COUNT; i++) {
        if (strcmp(names[i], name) == 0) return i;
    }
    return -1;
}

static int find_rowwise(const char *name) {
    static const char *const names[] = {
#define ROW(name, ...) #name,
#include "rows.def"
#undef ROW
    };
    for (int i = 0; i < ROW_COUNT; i++) {
        if (strcmp(names[i], name) == 0) return i;
    }
    return -1;
}

/* The arrays of a call: x, y and the tensor, if there is one. */
struct arrays_of {
    edgeact_cuda_array *at[3];
    int count;
    explicit arrays_of(edgeact_cuda_call *call)
        : at{&call->y, &call->x, &call->tensor}, count(call->tensor.data ? 3 : 2) {}
};

static int64_t distance(int64_t step) { return step < 0 ? -step : step; }

/* Drops dimensions of size 1 and merges those that one step describes, the innermost being where y
 * is densest, but for the last "kept" of them. Returns how many values there are, or -1. */
static int64_t merge(edgeact_cuda_call *call, int kept) {
    if (call->dims < kept || call->dims > EDGEACT_CUDA_DIMS) return -1;
    arrays_of arrays(call);
    int64_t n = 1;
    int dims = 0, free = call->dims - kept;
    for (int d = 0; d < call->dims; d++) {
        if (call->size[d] < 0) return -1;
        n *= call->size[d];
    }
    for (int d = 0; d < free; d++) { /* by insertion: outermost where y's step is largest */
        if (call->size[d] == 1) continue;
        int64_t size = call->size[d], step[3];
        for (int a = 0; a < arrays.count; a++)
            step[a] = arrays.at[a]->step[d];
        int to = dims++;
        for (; to > 0 && distance(call->y.step[to - 1]) < distance(step[0]); to--) {
            call->size[to] = call->size[to - 1];
            for (int a = 0; a < arrays.count; a++)
                arrays.at[a]->step[to] = arrays.at[a]->step[to - 1];
        }
        call->size[to] = size;
        for (int a = 0; a < arrays.count; a++)
            arrays.at[a]->step[to] = step[a];
    }
    int merged = 0;
    for (int d = 0; d < dims; d++) {
        int one = merged > 0;
        for (int a = 0; one && a < arrays.count; a++) {
            const int64_t *step = arrays.at[a]->step;
            one = step[merged - 1] == step[d] * call->size[d];
        }
        int to = one ? merged - 1 : merged++;
        call->size[to] = one ? call->size[to] * call->size[d] : call->size[d];
        for (int a = 0; a < arrays.count; a++)
            arrays.at[a]->step[to] = arrays.at[a]->step[d];
    }
    for (int k = 0; k < kept; k++, merged++) {
        call->size[merged] = call->size[free + k];
        for (int a = 0; a < arrays.count; a++)
            arrays.at[a]->step[merged] = arrays.at[a]->step[free + k];
    }
    if (merged == 0) { /* one value */
        call->size[merged++] = 1;
        for (int a = 0; a < arrays.count; a++)
            arrays.at[a]->step[0] = 0;
    }
    call->dims = merged;
    return n;
}

static int aligned(const edgeact_cuda_array *array, int dims, int64_t size) {
    uintptr_t all = (uintptr_t)array->data;
    for (int d = 0; d < dims; d++)
        all |= (uintptr_t)array->step[d];
    return all % (uintptr_t)size == 0;
}

/* How many blocks of threads a launch has: enough to fill the device, or as many as there is work
 * for. A multiprocessor holds 4 to 8 blocks of 256 threads at once: with twice as many, others go
 * on where some end early. */
static int blocks_for(int device, int64_t work, unsigned *blocks) {
    enum { BLOCKS_PER_MULTIPROCESSOR = 16 };
    int count;
    cudaError_t status = cudaDeviceGetAttribute(&count, cudaDevAttrMultiProcessorCount, device);
    if (status != cudaSuccess) return status;
    const int64_t most = (int64_t)count * BLOCKS_PER_MULTIPROCESSOR;
    *blocks = (unsigned)(work < most ? work : most);
    return cudaSuccess;
}

/* per_block: how many of the units of work a block of threads takes at a time. */
static int launch(edgeact_kernel_of *kernel, edgeact_launch *l, int64_t units, int64_t per_block) {
    unsigned blocks = 0;
    int status = blocks_for(l->call.device, (units + per_block - 1) / per_block, &blocks);
    if (status != cudaSuccess) return status;
    void *args[] = {l};
    return cudaLaunchKernel(kernel, dim3(blocks), dim3(THREADS), args, 0,
                            (cudaStream_t)l->call.stream);
}

/* How many values a launch on strided arrays may have, whose indices are of 32 bits. What has more
 * is cut in halves along its longest dimension. */
#ifndef MOST_STRIDED /* tests/c/cuda has fewer */
#define MOST_STRIDED INT32_MAX
#endif
static int launch_strided(edgeact_kernel_of *kernel, const edgeact_launch &l) {
    edgeact_launch half = l;
    if (l.n <= MOST_STRIDED) return launch(kernel, &half, l.n, THREADS);
    const int64_t *size = l.call.size;
    int longest = 0;
    for (int d = 1; d < l.call.dims; d++)
        longest = size[d] > size[longest] ? d : longest;
    const int64_t before = size[longest] / 2;
    half.call.size[longest] = before;
    half.n = l.n / size[longest] * before;
    int status = launch_strided(kernel, half);
    if (status != cudaSuccess) return status;
    half.call.size[longest] = size[longest] - before;
    half.n = l.n - half.n;
    arrays_of arrays(&half.call);
    for (int a = 0; a < arrays.count; a++)
        arrays.at[a]->data = (char *)arrays.at[a]->data + before * arrays.at[a]->step[longest];
    return launch_strided(kernel, half);
}

/* size: of an element. lookup: of a table's entries, where the tensor is no array of elements but a
 * table, and its steps lead from one to the next; else 0. */
static int run_kernels(const edgeact_cuda_kernels &kernels, int64_t size, int64_t lookup,
                       const edgeact_cuda_call *call, const edgeact_tabulated *tabulated) {
    edgeact_launch l = {*call, 0, {}};
    if (tabulated) l.table = *tabulated;
    l.n = merge(&l.call, 0);
    const edgeact_cuda_array &x = l.call.x, &y = l.call.y, &t = l.call.tensor;
    const int dims = l.call.dims;
    if (l.n < 0 || !aligned(&x, dims, size) || !aligned(&y, dims, size) ||
        (t.data && !aligned(&t, dims, lookup ? lookup : size)))
        return EDGEACT_CUDA_BAD_LAYOUT;
    if (l.n == 0) return EDGEACT_CUDA_OK;
    if (lookup && !t.data) return EDGEACT_CUDA_BAD_LAYOUT;
    on_device device(call->device);
    if (device.status != cudaSuccess) return device.status;

    int flat = dims == 1 && ((uintptr_t)x.data | (uintptr_t)y.data) % 16 == 0 &&
               x.step[0] == size && y.step[0] == size;
    if (t.data && lookup)
        flat = flat && t.step[0] == 0;
    else if (t.data)
        flat = flat && t.step[0] == size && (uintptr_t)t.data % 16 == 0;
    if (flat) return launch(kernels.flat, &l, (l.n + 16 / size - 1) / (16 / size), THREADS);
    return launch_strided(kernels.strided, l);
}

static int64_t size_of(edgeact_dtype dtype) {
    return dtype == EDGEACT_F64 ? 8 : dtype == EDGEACT_F32 ? 4 : 2;
}

static const edgeact_cuda_table *table_of(edgeact_tier tier, edgeact_dtype dtype) {
    if (tier != EDGEACT_FAST && tier != EDGEACT_EXACT) return NULL;
    switch (dtype) {
    case EDGEACT_F32:
        return tier == EDGEACT_FAST ? &edgeact_cuda_fast : &edgeact_cuda_exact;
    case EDGEACT_F64:
        return tier == EDGEACT_FAST ? &edgeact_cuda_f64 : NULL;
    case EDGEACT_F16:
        return &edgeact_cuda_f16;
    case EDGEACT_BF16:
        return &edgeact_cuda_bf16;
    default:
        return NULL;
    }
}

static const edgeact_cuda_kernels *kernels_of(int act, edgeact_tier tier, edgeact_dtype dtype) {
    const edgeact_cuda_table *table = table_of(tier, dtype);
    if (!table || act < 0 || act >= ACT_COUNT) return NULL;
    if (tier == EDGEACT_EXACT && !edgeact_cuda_exact[act].flat) return NULL;
    return &(*table)[act];
}

static int run(int act, edgeact_tier tier, edgeact_dtype dtype, const edgeact_cuda_call *call) {
    const edgeact_cuda_kernels *kernels = kernels_of(act, tier, dtype);
    if (!kernels) return EDGEACT_CUDA_NO_KERNEL;
    return run_kernels(*kernels, size_of(dtype), 0, call, NULL);
}

static int look_up(size_t size, const edgeact_cuda_call *call) {
    if (size != 1 && size != 2) return EDGEACT_CUDA_NO_KERNEL;
    return run_kernels(edgeact_cuda_look_up[size], (int64_t)size, size == 1 ? 1 : 4, call, NULL);
}

static int tabulated(const edgeact_tabulated *table, edgeact_dtype dtype,
                     const edgeact_cuda_call *call) {
    if ((unsigned)dtype >= EDGEACT_DTYPES) return EDGEACT_CUDA_NO_KERNEL;
    return run_kernels(edgeact_cuda_tabulated[dtype], size_of(dtype), 0, call, table);
}

static int run_rows(int function, int backward, edgeact_dtype dtype,
                    const edgeact_cuda_call *call) {
    /* From LONG on row_block cuts a row of floats into 8 blocks or more, so that each of the 8
     * warps that share it has work: softmax's 2^14 values into 8 of ROW_STEP * 2^20 / 2^14. */
    enum { WARPS = THREADS / 32, LONG = 1 << 14 };
    if (function < 0 || function >= ROW_COUNT || (unsigned)dtype >= EDGEACT_DTYPES)
        return EDGEACT_CUDA_NO_KERNEL;
    edgeact_launch l = {*call, 0, {}};
    const int64_t values = merge(&l.call, 1), size = size_of(dtype);
    const int dims = l.call.dims;
    if (values < 0 || !aligned(&l.call.x, dims, size) || !aligned(&l.call.y, dims, size) ||
        (l.call.tensor.data && !aligned(&l.call.tensor, dims, size)))
        return EDGEACT_CUDA_BAD_LAYOUT;
    if (values == 0) return EDGEACT_CUDA_OK;
    if (backward && !l.call.tensor.data) return EDGEACT_CUDA_BAD_LAYOUT;
    on_device device(call->device);
    if (device.status != cudaSuccess) return device.status;
    const int64_t n = l.call.size[dims - 1];
    l.n = values / n;
    const edgeact_cuda_row_kernels &kernels = edgeact_cuda_rows[function][dtype];
    if (backward) return launch(kernels.backward, &l, l.n, WARPS);
    if (n >= LONG && dtype == EDGEACT_F32) return launch(kernels.by_block, &l, l.n, 1);
    return launch(kernels.by_warp, &l, l.n, WARPS);
}

static int device_of(const void *data, int *device) {
    cudaPointerAttributes found;
    cudaError_t status = cudaPointerGetAttributes(&found, data);
    *device = status == cudaSuccess ? found.device : -1;
    if (status == cudaSuccess && found.type != cudaMemoryTypeDevice &&
        found.type != cudaMemoryTypeManaged)
        return cudaErrorInvalidValue;
    return status;
}

static std::atomic<size_t> living;

static int allocate(int device, size_t bytes, void **data) {
    *data = NULL;
    on_device on(device);
    if (on.status != cudaSuccess) return on.status;
    cudaError_t status = cudaMalloc(data, bytes ? bytes : 1);
    living += status == cudaSuccess;
    return status;
}

static int release(int device, void *data) {
    on_device on(device);
    if (on.status != cudaSuccess) return on.status;
    cudaError_t status = cudaFree(data);
    if (status == cudaSuccess) living--;
    return status;
}

static int to_device(int device, void *to, const void *from, size_t bytes) {
    on_device on(device);
    if (on.status != cudaSuccess) return on.status;
    cudaError_t status = cudaMemcpy(to, from, bytes, cudaMemcpyHostToDevice);
    /* It may return before the last bytes have left a buffer of the driver's. */
    return status == cudaSuccess ? cudaStreamSynchronize(0) : status;
}

static int to_host(int device, void *to, const void *from, size_t bytes) {
    on_device on(device);
    if (on.status != cudaSuccess) return on.status;
    return cudaMemcpy(to, from, bytes, cudaMemcpyDeviceToHost);
}

static int order(int device, void *earlier, void *later) {
    on_device on(device);
    if (on.status != cudaSuccess) return on.status;
    cudaEvent_t event;
    cudaError_t status = cudaEventCreateWithFlags(&event, cudaEventDisableTiming);
    if (status != cudaSuccess) return status;
    status = cudaEventRecord(event, (cudaStream_t)earlier);
    if (status == cudaSuccess) status = cudaStreamWaitEvent((cudaStream_t)later, event, 0);
    (void)cudaEventDestroy(event); /* its memory goes once it has happened */
    return status;
}

/* What run_host computes in: a chunk of each array, on both sides. One call at a time has them.
 *
 * CHUNK: 4 MiB take PCI Express some 0.2 ms, many times what it takes to start copies and a kernel;
 * larger ones would leave more alone on the way, for the first one's there and the last one's back
 * overlap with nothing. SLOTS: the host fills or empties one, while one is on its way to the device
 * and one on its way back. */
enum { CHUNK = 1 << 22, SLOTS = 3, HELD = 3 };
struct slot {
    cudaStream_t stream;
    void *pinned[HELD], *memory[HELD]; /* of x, the tensor and y */
};
static struct {
    std::mutex mutex;
    int device = -1;
    slot slots[SLOTS];
} buffers;

static int free_buffers() {
    if (buffers.device < 0) return cudaSuccess;
    on_device on(buffers.device);
    for (slot &s : buffers.slots) {
        for (int k = 0; k < HELD; k++) {
            if (s.pinned[k] && cudaFreeHost(s.pinned[k]) == cudaSuccess) living--;
            if (s.memory[k] && cudaFree(s.memory[k]) == cudaSuccess) living--;
        }
        if (s.stream) (void)cudaStreamDestroy(s.stream);
        s = slot();
    }
    buffers.device = -1;
    return on.status;
}

static int make_buffers(int device) {
    if (buffers.device == device) return cudaSuccess;
    int status = free_buffers();
    buffers.device = device;
    for (slot &s : buffers.slots) {
        if (status == cudaSuccess)
            status = cudaStreamCreateWithFlags(&s.stream, cudaStreamNonBlocking);
        for (int k = 0; k < HELD; k++) {
            if (status == cudaSuccess) {
                status = cudaHostAlloc(&s.pinned[k], CHUNK, cudaHostAllocDefault);
                living += status == cudaSuccess;
            }
            if (status == cudaSuccess) {
                status = cudaMalloc(&s.memory[k], CHUNK);
                living += status == cudaSuccess;
            }
        }
    }
    if (status != cudaSuccess) (void)free_buffers();
    return status;
}

static int release_buffers() {
    std::lock_guard<std::mutex> lock(buffers.mutex);
    return free_buffers();
}

/* While the device works on one slot the host fills and empties others. */
static int run_host(int act, edgeact_tier tier, edgeact_dtype dtype,
                    const edgeact_cuda_host *host) {
    const edgeact_cuda_kernels *kernels = kernels_of(act, tier, dtype);
    if (!kernels) return EDGEACT_CUDA_NO_KERNEL;
    if (host->n == 0) return EDGEACT_CUDA_OK;
    on_device on(host->device);
    if (on.status != cudaSuccess) return on.status;
    std::lock_guard<std::mutex> lock(buffers.mutex);
    int status = make_buffers(host->device);
    if (status != cudaSuccess) return status;

    const size_t size = (size_t)size_of(dtype), most = CHUNK / size;
    const size_t chunks = (host->n + most - 1) / most;
    const char *from[] = {(const char *)host->x, (const char *)host->tensor};
    for (size_t c = 0; c < chunks + SLOTS && status == cudaSuccess; c++) {
        slot &s = buffers.slots[c % SLOTS];
        if (c >= SLOTS && c - SLOTS < chunks) { /* what the slot held is done */
            const size_t at = (c - SLOTS) * most, n = host->n - at < most ? host->n - at : most;
            status = cudaStreamSynchronize(s.stream);
            if (status == cudaSuccess) memcpy((char *)host->y + at * size, s.pinned[2], n * size);
        }
        if (c >= chunks || status != cudaSuccess) continue;
        const size_t at = c * most, n = host->n - at < most ? host->n - at : most;
        edgeact_cuda_call call = {};
        call.device = host->device;
        call.stream = s.stream;
        call.dims = 1;
        call.size[0] = (int64_t)n;
        edgeact_cuda_array *to[] = {&call.x, &call.tensor, &call.y};
        memcpy(call.number, host->number, sizeof call.number);
        for (int k = 0; k < 2 && status == cudaSuccess; k++) {
            if (!from[k]) continue;
            memcpy(s.pinned[k], from[k] + at * size, n * size);
            status = cudaMemcpyAsync(s.memory[k], s.pinned[k], n * size, cudaMemcpyHostToDevice,
                                     s.stream);
            to[k]->data = s.memory[k];
            to[k]->step[0] = (int64_t)size;
        }
        call.y.data = s.memory[2];
        call.y.step[0] = (int64_t)size;
        if (status == cudaSuccess) status = run_kernels(*kernels, (int64_t)size, 0, &call, NULL);
        if (status == cudaSuccess)
            status = cudaMemcpyAsync(s.pinned[2], s.memory[2], n * size, cudaMemcpyDeviceToHost,
                                     s.stream);
    }
    for (slot &s : buffers.slots) /* after an error, too: no copy may outlive the call */
        (void)cudaStreamSynchronize(s.stream);
    return status;
}

static size_t live() { return living; }

extern "C" const edgeact_cuda *edgeact_cuda_load(void) {
    static const edgeact_cuda table = {
        EDGEACT_VERSION, devices,   error_text, find,      find_rowwise, run,
        run_rows,        run_host,  look_up,    tabulated, device_of,    allocate,
        release,         to_device, to_host,    order,     live,         release_buffers,
    };
    return &table;
}
