/* Bfloat16. */
#define HALF bf16
#define HALVES edgeact_cuda_bf16
#include "cuda/half.cuh"
