/* The kernels of isa neon. */
#include "kernels.h"
#include "target.h"
#include <arm_neon.h>

#define EDGEACT_KERNELS edgeact_kernels_neon
#define EDGEACT_ROWS edgeact_rows_neon
#include "vec/neon.h"
#include "kernels.inc"
#include "rows.inc"
