/* The kernels of isa scalar: those that EDGEACT_PART names. */
#include "kernels.h"
#include "target.h"

#define TABLE(part) edgeact_##part##_scalar
#include "vec/scalar.h"
#include EDGEACT_PART
