/* The kernels of isa avx2. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define EDGEACT_KERNELS edgeact_kernels_avx2
#define EDGEACT_ROWS edgeact_rows_avx2
EDGEACT_TARGET_BEGIN("avx2,fma")
#include "vec/avx2.h"
#include "kernels.inc"
#include "rows.inc"
EDGEACT_TARGET_END
