/* Calls of ufuncs on few values, for which NumPy takes several times as long as a kernel. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "small.h"

#include <float.h>
#if defined __x86_64__
#include <xmmintrin.h>
#endif

/* NumPy's own of a ufunc, which has whatever is not taken here. Python 3.12 names the type. */
typedef PyObject *vectorcall(PyObject *self, PyObject *const *args, size_t count, PyObject *names);
static vectorcall *numpy_call;

/* PyUFunc_GiveFloatingpointErrors(), which NumPy 2 has and 1 has not. */
static int (*report)(const char *name, int exceptions);

static PyObject *out_name; /* "out", interned as names of keywords are */

loop *edgeact_small_loop(loop *l, int number, int tensors) {
    if (number < 0) return NULL;
    l->tensors = tensors;
    l->dtype = PyArray_DescrFromType(number);
    l->of_params = PyArray_DescrFromType(l->split.size == 2 ? NPY_FLOAT : number);
    Py_DECREF(l->dtype); /* NumPy keeps both as long as it lives */
    Py_DECREF(l->of_params);
    return l;
}

static loop *find_loop(const PyUFuncObject *ufunc, const PyArray_Descr *dtype) {
    for (int i = 0; i < EDGEACT_DTYPES; i++) {
        loop *l = ufunc->data[i];
        if (l && l->dtype == dtype) return l;
    }
    return NULL;
}

/* No subclass, which may have its own way, nor a dtype that is one but for metadata. */
static int is_like(PyObject *object, PyArrayObject *x, const PyArray_Descr *dtype) {
    const int flags = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_ALIGNED;
    if (!PyArray_CheckExact(object)) return 0;
    PyArrayObject *array = (PyArrayObject *)object;
    return PyArray_DESCR(array) == dtype && (PyArray_FLAGS(array) & flags) == flags &&
           PyArray_SAMESHAPE(array, x);
}

typedef union number {
    char bytes[8];
    float f;
    double d;
} number;

/* A copy, for the output may lie over what it is read from. */
static int read_number(number *value, PyObject *object, const PyArray_Descr *dtype) {
    if (PyArray_CheckExact(object)) {
        PyArrayObject *array = (PyArrayObject *)object;
        if (PyArray_NDIM(array) > 0 || PyArray_DESCR(array) != dtype) return 0;
        memcpy(value, PyArray_DATA(array), (size_t)PyArray_ITEMSIZE(array));
        return 1;
    }
    if (!PyFloat_CheckExact(object) && !PyLong_CheckExact(object)) return 0;
    double d = PyFloat_AsDouble(object);
    if (d == -1 && PyErr_Occurred()) {
        PyErr_Clear(); /* an int that NumPy has an error for */
        return 0;
    }
    if (dtype->type_num == NPY_DOUBLE) {
        value->d = d;
        return 1;
    }
    if (dtype->type_num != NPY_FLOAT || (isfinite(d) && fabs(d) > FLT_MAX)) return 0;
    value->f = (float)d;
    return 1;
}

static int lie_apart(const char *a, size_t a_size, const char *b, size_t b_size) {
    return (uintptr_t)a + a_size <= (uintptr_t)b || (uintptr_t)b + b_size <= (uintptr_t)a;
}

/* The floating-point exceptions since the last time, in NumPy's numbers. */
static int take_exceptions(void) {
#if defined __x86_64__ /* without the x87's, which no kernel uses: they take 90 ns to clear */
    const unsigned status = _mm_getcsr();
    const int raised = (status & _MM_EXCEPT_DIV_ZERO ? UFUNC_FPE_DIVIDEBYZERO : 0) |
                       (status & _MM_EXCEPT_OVERFLOW ? UFUNC_FPE_OVERFLOW : 0) |
                       (status & _MM_EXCEPT_UNDERFLOW ? UFUNC_FPE_UNDERFLOW : 0) |
                       (status & _MM_EXCEPT_INVALID ? UFUNC_FPE_INVALID : 0);
    if (raised) _mm_setcsr(status & ~(unsigned)_MM_EXCEPT_MASK);
    return raised;
#else
    return PyUFunc_getfperr();
#endif
}

/* Whether it took the call; then *result is what that returns. */
static int run_small(const PyUFuncObject *ufunc, PyObject *const *inputs, PyObject *out,
                     PyObject **result) {
    if (!PyArray_CheckExact(inputs[0])) return 0;
    PyArrayObject *x = (PyArrayObject *)inputs[0];
    loop *l = find_loop(ufunc, PyArray_DESCR(x));
    const npy_intp n = PyArray_SIZE(x);
    /* Of an array without dimensions NumPy makes a scalar. */
    if (!l || n >= RELEASE || (!out && PyArray_NDIM(x) == 0)) return 0;
    const int nin = ufunc->nin;
    const size_t size = l->split.size;
    char *args[EDGEACT_LOOP_ARGS];
    npy_intp steps[EDGEACT_LOOP_ARGS];
    number numbers[EDGEACT_LOOP_ARGS];
    for (int i = 0; i < nin; i++) {
        const PyArray_Descr *dtype = i < l->tensors ? l->dtype : l->of_params;
        if (is_like(inputs[i], x, dtype)) {
            args[i] = PyArray_BYTES((PyArrayObject *)inputs[i]);
            steps[i] = PyArray_ITEMSIZE((PyArrayObject *)inputs[i]);
        } else if (i > 0 && read_number(&numbers[i], inputs[i], dtype)) {
            args[i] = numbers[i].bytes;
            steps[i] = 0;
        } else {
            return 0;
        }
    }
    if (out) {
        if (!is_like(out, x, l->dtype) || !PyArray_ISWRITEABLE((PyArrayObject *)out)) return 0;
        args[nin] = PyArray_BYTES((PyArrayObject *)out);
        for (int i = 0; i < nin; i++) {
            if (args[i] == args[nin] && steps[i] == (npy_intp)size) continue;
            if (!lie_apart(args[i], (size_t)(n * steps[i]), args[nin], (size_t)n * size)) return 0;
        }
        Py_INCREF(out);
    } else {
        Py_INCREF(l->dtype);
        out = PyArray_NewFromDescr(&PyArray_Type, l->dtype, PyArray_NDIM(x), PyArray_DIMS(x), NULL,
                                   NULL, 0, NULL);
        if (!out) return 1;
        args[nin] = PyArray_BYTES((PyArrayObject *)out);
    }
    steps[nin] = (npy_intp)size;
    take_exceptions();
    l->split.loop(args, &n, steps, l);
    const int exceptions = take_exceptions();
    if (exceptions && report(ufunc->name, exceptions) < 0) Py_CLEAR(out);
    *result = out;
    return 1;
}

static PyObject *call(PyObject *self, PyObject *const *args, size_t count, PyObject *names) {
    const size_t offset = (size_t)1 << (8 * sizeof offset - 1); /* PY_VECTORCALL_ARGUMENTS_OFFSET */
    const PyUFuncObject *ufunc = (const PyUFuncObject *)self;
    const size_t nin = (size_t)ufunc->nin, unnamed = count & ~offset;
    const size_t named = names ? (size_t)PyTuple_Size(names) : 0, given = unnamed + named;
    PyObject *result = NULL;
    if (unnamed >= nin && given <= nin + 1 &&
        (named == 0 || PyTuple_GetItem(names, 0) == out_name) &&
        run_small(ufunc, args, given > nin ? args[nin] : NULL, &result))
        return result;
    return numpy_call(self, args, count, names);
}

void edgeact_small_calls(PyUFuncObject *ufunc) {
    enum { NUMPY_2 = 0x12, GIVE_FLOATINGPOINT_ERRORS = 46 };
    if (ufunc->nout > 1 || ufunc->core_enabled) return;
    if (PyArray_GetNDArrayCFeatureVersion() < NUMPY_2) return;
    if (!out_name && !(out_name = PyUnicode_InternFromString("out"))) {
        PyErr_Clear();
        return;
    }
    /* In C a pointer to a function is none to an object. */
    vectorcall *own = call;
    memcpy(&report, &PyUFunc_API[GIVE_FLOATINGPOINT_ERRORS], sizeof report);
    memcpy(&numpy_call, &ufunc->vectorcall, sizeof numpy_call);
    memcpy(&ufunc->vectorcall, &own, sizeof own);
}
