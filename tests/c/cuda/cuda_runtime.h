/* In the place of CUDA's: kernels run on the CPU, "device memory" is the process's own, streams run
 * at once. With it csrc/cuda compiles as C++, and the very kernels that nvcc compiles can be tried
 * where no GPU is: their arithmetic, their indexing, and the library around them. What it cannot
 * show is what the hardware does: races, speed, the driver's errors.
 *
 * Threads of a block run one after the other, until one waits for others: then the block starts
 * again with a stack for each (no kernel stores before it first waits, but to shared memory). */
#pragma once
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define __host__
#define __device__
#define __global__
#define __shared__ static
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)

typedef struct dim3 {
    unsigned x, y, z;
    explicit dim3(unsigned x_) : x(x_), y(1), z(1) {}
} dim3;
struct emulated_index {
    unsigned x;
};
inline emulated_index threadIdx, blockIdx, gridDim;

/* Arithmetic, rounded to nearest. */
inline int __float_as_int(float a) {
    int i;
    memcpy(&i, &a, 4);
    return i;
}
inline float __int_as_float(int i) {
    float a;
    memcpy(&a, &i, 4);
    return a;
}
inline long long __double_as_longlong(double a) {
    long long i;
    memcpy(&i, &a, 8);
    return i;
}
inline double __longlong_as_double(long long i) {
    double a;
    memcpy(&a, &i, 8);
    return a;
}
inline float __int2float_rn(int i) { return (float)i; }
inline float __double2float_rn(double a) { return (float)a; }
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dsub_rn(double a, double b) { return a - b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline double __fma_rn(double a, double b, double c) { return fma(a, b, c); }
inline int __ffs(int a) { return __builtin_ffs(a); }
using std::isfinite;
using std::isnan;

/* Threads that wait for each other. */
namespace emulated {
enum { MOST = 256, STACK = 1 << 16 };
struct needs_stacks {};
struct group {
    int arrived, generation;
};
struct block {
    ucontext_t scheduler, thread[MOST];
    char *stack[MOST];
    int ended[MOST];
    group warp[MOST / 32], all;
    double slot[MOST];
};
inline block held;
inline int with_stacks;
inline void (*body)(void *);
inline void *body_args;

inline void pause() {
    unsigned me = threadIdx.x;
    swapcontext(&held.thread[me], &held.scheduler);
    threadIdx.x = me;
}
inline void wait_for(group &g, int size) {
    if (!with_stacks) throw needs_stacks();
    int generation = g.generation;
    if (++g.arrived == size) {
        g.arrived = 0;
        g.generation++;
    }
    while (g.generation == generation)
        pause();
}
inline void thread_main() {
    body(body_args);
    held.ended[threadIdx.x] = 1;
    swapcontext(&held.thread[threadIdx.x], &held.scheduler);
}
inline void run_with_stacks(unsigned threads) {
    with_stacks = 1;
    held.all = {};
    for (group &g : held.warp)
        g = {};
    for (unsigned t = 0; t < threads; t++) {
        if (!held.stack[t]) held.stack[t] = (char *)malloc(STACK);
        getcontext(&held.thread[t]);
        held.thread[t].uc_stack.ss_sp = held.stack[t];
        held.thread[t].uc_stack.ss_size = STACK;
        held.thread[t].uc_link = NULL;
        makecontext(&held.thread[t], thread_main, 0);
        held.ended[t] = 0;
    }
    for (unsigned left = threads; left > 0;) {
        left = 0;
        for (unsigned t = 0; t < threads; t++) {
            if (held.ended[t]) continue;
            threadIdx.x = t;
            swapcontext(&held.scheduler, &held.thread[t]);
            left += !held.ended[t];
        }
    }
    with_stacks = 0;
}
inline double exchange(double mine, int from) {
    unsigned warp = threadIdx.x / 32;
    held.slot[threadIdx.x] = mine;
    wait_for(held.warp[warp], 32);
    double theirs = held.slot[warp * 32 + (unsigned)from];
    wait_for(held.warp[warp], 32);
    return theirs;
}
} // namespace emulated

inline void __syncthreads() { emulated::wait_for(emulated::held.all, emulated::MOST); }
inline void __syncwarp() { emulated::wait_for(emulated::held.warp[threadIdx.x / 32], 32); }
template <typename T> T __shfl_sync(unsigned, T value, int from) {
    return (T)emulated::exchange((double)value, from);
}
template <typename T> T __shfl_down_sync(unsigned, T value, int by) {
    int lane = (int)(threadIdx.x % 32);
    return (T)emulated::exchange((double)value, lane + by < 32 ? lane + by : lane);
}
inline int __any_sync(unsigned, int value) {
    int any = 0;
    for (int lane = 0; lane < 32; lane++)
        any |= __shfl_sync(0, value, lane);
    return any;
}

/* The runtime: one device, or as many as EMULATED_DEVICES says; EMULATED_MEMORY bytes of memory. */
typedef enum cudaError_t {
    cudaSuccess = 0,
    cudaErrorInvalidValue = 1,
    cudaErrorMemoryAllocation = 2,
    cudaErrorNoDevice = 100,
    cudaErrorInvalidDevice = 101,
    cudaErrorInvalidResourceHandle = 400
} cudaError_t;
enum cudaMemcpyKind { cudaMemcpyHostToDevice, cudaMemcpyDeviceToHost };
enum { cudaStreamNonBlocking = 1, cudaHostAllocDefault = 0, cudaEventDisableTiming = 2 };
enum cudaDeviceAttr { cudaDevAttrMultiProcessorCount };
struct emulated_stream {
    int device;
};
typedef emulated_stream *cudaStream_t;
typedef int *cudaEvent_t;
namespace emulated {
inline int current;
inline size_t used, streams, events;
inline size_t limit(const char *name, size_t otherwise) {
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : otherwise;
}
inline cudaError_t take_memory(void **p, size_t bytes) {
    if (used + bytes > limit("EMULATED_MEMORY", SIZE_MAX / 2)) return cudaErrorMemoryAllocation;
    size_t *at = (size_t *)aligned_alloc(256, (bytes + 511) / 256 * 256);
    if (!at) return cudaErrorMemoryAllocation;
    *at = bytes;
    used += bytes;
    *p = (char *)at + 256;
    return cudaSuccess;
}
inline cudaError_t give_memory(void *p) {
    if (!p) return cudaSuccess;
    size_t *at = (size_t *)((char *)p - 256);
    used -= *at;
    free(at);
    return cudaSuccess;
}
/* 0, 1 and 2 name default streams of the current device. */
inline int foreign(cudaStream_t s) { return (uintptr_t)s > 2 && s->device != current; }
} // namespace emulated
inline cudaError_t cudaGetDeviceCount(int *count) {
    *count = (int)emulated::limit("EMULATED_DEVICES", 1);
    return *count ? cudaSuccess : cudaErrorNoDevice;
}
inline cudaError_t cudaGetDevice(int *device) {
    *device = emulated::current;
    return emulated::limit("EMULATED_DEVICES", 1) ? cudaSuccess : cudaErrorNoDevice;
}
inline cudaError_t cudaSetDevice(int device) {
    if (device < 0 || (size_t)device >= emulated::limit("EMULATED_DEVICES", 1))
        return cudaErrorInvalidDevice;
    emulated::current = device;
    return cudaSuccess;
}
inline const char *cudaGetErrorString(cudaError_t status) {
    switch (status) {
    case cudaErrorMemoryAllocation:
        return "out of memory";
    case cudaErrorNoDevice:
        return "no CUDA-capable device is detected";
    case cudaErrorInvalidDevice:
        return "invalid device ordinal";
    case cudaErrorInvalidResourceHandle:
        return "invalid resource handle";
    default:
        return "invalid argument";
    }
}
inline cudaError_t cudaDeviceGetAttribute(int *value, cudaDeviceAttr, int) {
    *value = 1;
    return cudaSuccess;
}
/* All memory is device 0's. */
enum cudaMemoryType {
    cudaMemoryTypeUnregistered,
    cudaMemoryTypeHost,
    cudaMemoryTypeDevice,
    cudaMemoryTypeManaged
};
struct cudaPointerAttributes {
    cudaMemoryType type;
    int device;
};
inline cudaError_t cudaPointerGetAttributes(cudaPointerAttributes *found, const void *) {
    *found = {cudaMemoryTypeDevice, 0};
    return cudaSuccess;
}
inline cudaError_t cudaMalloc(void **p, size_t bytes) { return emulated::take_memory(p, bytes); }
inline cudaError_t cudaFree(void *p) { return emulated::give_memory(p); }
inline cudaError_t cudaHostAlloc(void **p, size_t bytes, unsigned) {
    return emulated::take_memory(p, bytes);
}
inline cudaError_t cudaFreeHost(void *p) { return emulated::give_memory(p); }
inline cudaError_t cudaMemcpy(void *to, const void *from, size_t bytes, cudaMemcpyKind) {
    memcpy(to, from, bytes);
    return cudaSuccess;
}
inline cudaError_t cudaMemcpyAsync(void *to, const void *from, size_t bytes, cudaMemcpyKind kind,
                                   cudaStream_t stream) {
    if (emulated::foreign(stream)) return cudaErrorInvalidResourceHandle;
    return cudaMemcpy(to, from, bytes, kind);
}
inline cudaError_t cudaStreamCreateWithFlags(cudaStream_t *stream, unsigned) {
    *stream = new emulated_stream{emulated::current};
    return cudaSuccess;
}
inline cudaError_t cudaStreamDestroy(cudaStream_t stream) {
    delete stream;
    return cudaSuccess;
}
inline cudaError_t cudaStreamSynchronize(cudaStream_t) { return cudaSuccess; }
inline cudaError_t cudaEventCreateWithFlags(cudaEvent_t *event, unsigned) {
    *event = new int(0);
    emulated::events++;
    return cudaSuccess;
}
inline cudaError_t cudaEventRecord(cudaEvent_t, cudaStream_t stream) {
    return emulated::foreign(stream) ? cudaErrorInvalidResourceHandle : cudaSuccess;
}
inline cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t, unsigned) {
    return emulated::foreign(stream) ? cudaErrorInvalidResourceHandle : cudaSuccess;
}
inline cudaError_t cudaEventDestroy(cudaEvent_t event) {
    delete event;
    emulated::events--;
    return cudaSuccess;
}

template <typename A>
cudaError_t cudaLaunchKernel(void (*kernel)(A), dim3 grid, dim3 threads, void **args, size_t,
                             cudaStream_t stream) {
    if (emulated::foreign(stream)) return cudaErrorInvalidResourceHandle;
    static thread_local void (*running)(A);
    running = kernel;
    emulated::body = [](void *a) { running(*(A *)a); };
    emulated::body_args = args[0];
    gridDim.x = grid.x;
    for (blockIdx.x = 0; blockIdx.x < grid.x; blockIdx.x++) {
        try {
            for (threadIdx.x = 0; threadIdx.x < threads.x; threadIdx.x++)
                kernel(*(A *)args[0]);
        } catch (emulated::needs_stacks) {
            emulated::run_with_stacks(threads.x);
        }
    }
    return cudaSuccess;
}
