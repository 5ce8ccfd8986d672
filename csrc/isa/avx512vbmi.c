/* The kernels of isa avx512 that are others where the CPU has VBMI, too: those of lut.inc. */
#include "kernels.h"
#include "target.h"
#include <immintrin.h>

#define TABLE(part) edgeact_##part##_avx512vbmi
#define V_VBMI
EDGEACT_TARGET_BEGIN("avx512vbmi,avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c")
#include "vec/avx512.h"
#include EDGEACT_PART
EDGEACT_TARGET_END
