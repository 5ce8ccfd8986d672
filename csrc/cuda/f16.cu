/* Float16. */
#define HALF f16
#define HALVES edgeact_cuda_f16
#include "cuda/half.cuh"
