/* NumPy ufuncs over the kernels. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

#include "kernels.h"
#include "native.h"

static void run(char **args, const npy_intp *count, const npy_intp *steps, void *kernel) {
    (*(edgeact_kernel *const *)kernel)(args, steps, (size_t)count[0]);
}

_Static_assert(sizeof(npy_intp) == sizeof(ptrdiff_t), "steps are passed on as they are");

/* One line of help, which must live as long as the ufunc. */
static char docs[EDGEACT_TIERS][ACT_COUNT][512];

/* NumPy's own resolver, and one that names the dtype where that finds no loop. */
static PyUFunc_TypeResolutionFunc *numpy_resolver;

static int resolve(PyUFuncObject *ufunc, NPY_CASTING casting, PyArrayObject **operands,
                   PyObject *type_tup, PyArray_Descr **dtypes) {
    int status = numpy_resolver(ufunc, casting, operands, type_tup, dtypes);
    if (status == 0 || !PyErr_ExceptionMatches(PyExc_TypeError)) return status;
    int widest = ufunc->types[ufunc->ntypes * ufunc->nargs - 1];
    for (int i = 0; i < ufunc->nin; i++) {
        PyArray_Descr *dtype = PyArray_DESCR(operands[i]);
        if (PyArray_CanCastSafely(dtype->type_num, widest)) continue;
        PyErr_Format(PyExc_TypeError, "%s has no loop for dtype %S; it has float32%s", ufunc->name,
                     (PyObject *)dtype, widest == NPY_DOUBLE ? " and float64" : " only");
        break;
    }
    return status;
}

static PyObject *make(const edgeact_activation *act, edgeact_tier tier) {
    /* NumPy keeps pointers to all of these. */
    static edgeact_kernel *kernels[EDGEACT_TIERS][ACT_COUNT][EDGEACT_DTYPES];
    static PyUFuncGenericFunction functions[EDGEACT_DTYPES] = {run, run};
    static void *data[EDGEACT_TIERS][ACT_COUNT][EDGEACT_DTYPES];
    static char dtypes[EDGEACT_TIERS][ACT_COUNT][EDGEACT_DTYPES * (EDGEACT_MAX_PARAMS + 2)];

    size_t a = (size_t)(act - edgeact_at(0));
    int nin = 1 + (int)act->nparams;
    char *doc = docs[tier][a];
    snprintf(doc, sizeof docs[tier][a], "%s, tier %s: %s\n\n", act->name, edgeact_tier_name(tier),
             act->formula);
    int count = 0;
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        const edgeact_bound *bound = &act->bound[tier][d];
        if (!bound->evidence) continue;
        size_t used = strlen(doc);
        snprintf(doc + used, sizeof docs[tier][a] - used, "%s: at most %g ULP (%s). ",
                 d == EDGEACT_F32 ? "float32" : "float64", bound->ulp, bound->evidence);
        kernels[tier][a][count] = edgeact_lookup(act, tier, (edgeact_dtype)d, NULL);
        data[tier][a][count] = &kernels[tier][a][count];
        memset(&dtypes[tier][a][count * (nin + 1)], d == EDGEACT_F32 ? NPY_FLOAT : NPY_DOUBLE,
               (size_t)nin + 1);
        count++;
    }
    PyObject *ufunc = PyUFunc_FromFuncAndData(functions, data[tier][a], dtypes[tier][a], count, nin,
                                              1, PyUFunc_None, act->name, doc, 0);
    if (ufunc) {
        numpy_resolver = ((PyUFuncObject *)ufunc)->type_resolver;
        ((PyUFuncObject *)ufunc)->type_resolver = resolve;
    }
    return ufunc;
}

static void run_rows(char **args, const npy_intp *dims, const npy_intp *steps, void *kernel) {
    (*(edgeact_row_kernel *const *)kernel)(args, steps, steps + 2, (size_t)dims[0],
                                           (size_t)dims[1]);
}

static PyObject *make_rowwise(const edgeact_rowwise *function) {
    static edgeact_row_kernel *kernels[ROW_COUNT][EDGEACT_DTYPES];
    static PyUFuncGenericFunction functions[EDGEACT_DTYPES] = {run_rows, run_rows};
    static void *data[ROW_COUNT][EDGEACT_DTYPES];
    static char dtypes[2 * EDGEACT_DTYPES] = {NPY_FLOAT, NPY_FLOAT, NPY_DOUBLE, NPY_DOUBLE};
    static char text[ROW_COUNT][512];

    size_t f = (size_t)(function - edgeact_rowwise_at(0));
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        kernels[f][d] = edgeact_rowwise_lookup(function, (edgeact_dtype)d, NULL);
        data[f][d] = &kernels[f][d];
    }
    snprintf(text[f], sizeof text[f],
             "%s along axis (the last by default): %s\n\nfloat32: at most %g ULP (sampled). "
             "float64: at most %g ULP (sampled). ",
             function->name, function->formula, function->ulp[EDGEACT_F32],
             function->ulp[EDGEACT_F64]);
    PyObject *ufunc =
        PyUFunc_FromFuncAndDataAndSignature(functions, data[f], dtypes, EDGEACT_DTYPES, 1, 1,
                                            PyUFunc_None, function->name, text[f], 0, "(n)->(n)");
    if (ufunc) ((PyUFuncObject *)ufunc)->type_resolver = resolve;
    return ufunc;
}

static int make_all_rowwise(const char *module) {
    PyObject *target = PyImport_ImportModule(module);
    if (!target) return -1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < edgeact_rowwise_count(); i++) {
        PyObject *ufunc = make_rowwise(edgeact_rowwise_at(i));
        status = ufunc ? PyObject_SetAttrString(target, edgeact_rowwise_at(i)->name, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    Py_DECREF(target);
    return status;
}

static int make_all(const char *module, edgeact_tier tier) {
    if (_import_array() < 0 || _import_umath() < 0) return -1;
    PyObject *target = PyImport_ImportModule(module);
    if (!target) return -1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < edgeact_count(); i++) {
        const edgeact_activation *act = edgeact_at(i);
        if (!act->bound[tier][EDGEACT_F32].evidence) continue;
        PyObject *ufunc = make(act, tier);
        status = ufunc ? PyObject_SetAttrString(target, act->name, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    Py_DECREF(target);
    return status;
}

int edgeact_make_ufuncs(const char *module, edgeact_tier tier) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = make_all(module, tier);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

int edgeact_make_gufuncs(const char *module) {
    PyGILState_STATE gil = PyGILState_Ensure();
    int status = _import_array() < 0 || _import_umath() < 0 ? -1 : make_all_rowwise(module);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}
