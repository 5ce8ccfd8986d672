/* The kernels of functions of rows, for runtime.cu. */
#ifndef EDGEACT_ROWS_CUH
#define EDGEACT_ROWS_CUH

#include "cuda/kernels.cuh"

/* l.n is the number of rows; the call's last dimension is the row. */
struct edgeact_cuda_row_kernels {
    edgeact_kernel_of *by_warp;  /* each warp takes a row */
    edgeact_kernel_of *by_block; /* all warps of a block of threads do: for long ones */
    edgeact_kernel_of *backward; /* each warp */
};
extern const edgeact_cuda_row_kernels edgeact_cuda_rows[ROW_COUNT][EDGEACT_DTYPES];

#endif
