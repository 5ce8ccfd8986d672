/* The kernels of isa neon: those that EDGEACT_PART names. */
#include "kernels.h"
#include "target.h"
#include <arm_neon.h>

#define TABLE(part) edgeact_##part##_neon
#include "vec/neon.h"
#include EDGEACT_PART
