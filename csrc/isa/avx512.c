/* The kernels of isa avx512: those that EDGEACT_PART names. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define TABLE(part) edgeact_##part##_avx512
EDGEACT_TARGET_BEGIN("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c")
#include "vec/avx512.h"
#include EDGEACT_PART
EDGEACT_TARGET_END
