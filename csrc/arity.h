/* What acts.def says of parameters, as numbers: how many there are, and by TENSORS_ how many of
 * them may be arrays. */
#ifndef EDGEACT_ARITY_H
#define EDGEACT_ARITY_H

#define NO_PARAMS 0
#define PARAMS1(...) 1
#define TENSOR1(...) 1
#define FACTOR1(...) 1
#define PARAMS2(...) 2
#define PARAMS4(...) 4
#define TENSORS_NO_PARAMS 0
#define TENSORS_PARAMS1(...) 0
#define TENSORS_TENSOR1(...) 1
#define TENSORS_FACTOR1(...) 1
#define TENSORS_PARAMS2(...) 0
#define TENSORS_PARAMS4(...) 0
#define JOIN(a, b) JOIN_(a, b)
#define JOIN_(a, b) a##b

#endif
