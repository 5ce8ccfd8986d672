/* The kernels of isa scalar. */
#include "kernels.h"
#include "target.h"

#define EDGEACT_KERNELS edgeact_kernels_scalar
#define EDGEACT_ROWS edgeact_rows_scalar
#include "vec/scalar.h"
#include "kernels.inc"
#include "rows.inc"
