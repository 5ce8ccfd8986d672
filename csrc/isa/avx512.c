/* The kernels of isa avx512. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define EDGEACT_KERNELS edgeact_kernels_avx512
#define EDGEACT_ROWS edgeact_rows_avx512
EDGEACT_TARGET_BEGIN("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma")
#include "vec/avx512.h"
#include "kernels.inc"
#include "rows.inc"
EDGEACT_TARGET_END
