/* The kernels of isa avx2: those that EDGEACT_PART names. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define TABLE(part) edgeact_##part##_avx2
EDGEACT_TARGET_BEGIN("avx2,fma,f16c")
#include "vec/avx2.h"
#include EDGEACT_PART
EDGEACT_TARGET_END
