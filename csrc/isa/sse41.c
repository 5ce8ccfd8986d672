/* The kernels of isa sse41: those that EDGEACT_PART names. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define TABLE(part) edgeact_##part##_sse41
EDGEACT_TARGET_BEGIN("sse4.1")
#include "vec/sse41.h"
#include EDGEACT_PART
EDGEACT_TARGET_END
