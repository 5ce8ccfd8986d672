/* The kernels of isa sse41. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define EDGEACT_KERNELS edgeact_kernels_sse41
#define EDGEACT_ROWS edgeact_rows_sse41
EDGEACT_TARGET_BEGIN("sse4.1")
#include "vec/sse41.h"
#include "kernels.inc"
#include "rows.inc"
EDGEACT_TARGET_END
