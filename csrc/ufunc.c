/* NumPy ufuncs over the kernels. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

#include "backward.h"
#include "kernels.h"
#include "native.h"

static void run(char **args, const npy_intp *count, const npy_intp *steps, void *kernel) {
    (*(edgeact_kernel *const *)kernel)(args, steps, (size_t)count[0]);
}

_Static_assert(sizeof(npy_intp) == sizeof(ptrdiff_t), "steps are passed on as they are");

/* One line of help, which must live as long as the ufunc. */
static char docs[EDGEACT_TIERS][ACT_COUNT][512];

/* NumPy's own dtypes in the order of the loops, as its functions have them: the first that takes
 * the operands is used. */
static const struct {
    edgeact_dtype dtype;
    char number;
} loops[] = {{EDGEACT_F16, NPY_HALF}, {EDGEACT_F32, NPY_FLOAT}, {EDGEACT_F64, NPY_DOUBLE}};
enum { LOOPS = sizeof loops / sizeof loops[0], OPERANDS = EDGEACT_MAX_PARAMS + 2 };

/* NumPy's own resolver, and one that names the dtype where that finds no loop. */
static PyUFunc_TypeResolutionFunc *numpy_resolver;

static int resolve(PyUFuncObject *ufunc, NPY_CASTING casting, PyArrayObject **operands,
                   PyObject *type_tup, PyArray_Descr **dtypes) {
    int status = numpy_resolver(ufunc, casting, operands, type_tup, dtypes);
    if (status == 0 || !PyErr_ExceptionMatches(PyExc_TypeError)) return status;
    char has[64] = "";
    for (int i = 0; i < ufunc->ntypes; i++) {
        strcat(has, i == 0 ? "" : i + 1 < ufunc->ntypes ? ", " : " and ");
        for (size_t k = 0; k < LOOPS; k++) {
            if (ufunc->types[i * ufunc->nargs] == loops[k].number)
                strcat(has, edgeact_dtype_name(loops[k].dtype));
        }
    }
    int widest = ufunc->types[ufunc->ntypes * ufunc->nargs - 1];
    for (int i = 0; i < ufunc->nin; i++) {
        PyArray_Descr *dtype = PyArray_DESCR(operands[i]);
        if (PyArray_CanCastSafely(dtype->type_num, widest)) continue;
        PyErr_Format(PyExc_TypeError, "%s has no loop for dtype %S; it has %s", ufunc->name,
                     (PyObject *)dtype, has);
        break;
    }
    return status;
}

/* The types of a loop's operands: x, then the parameters, then y. Those beside a 16-bit x are
 * float32, but for tensors. */
static void fill_types(const edgeact_activation *act, edgeact_dtype dtype, int number, int *types) {
    int half = dtype == EDGEACT_F16 || dtype == EDGEACT_BF16;
    for (size_t i = 0; i < act->nparams + 2; i++)
        types[i] = half && i > act->tensors && i <= act->nparams ? NPY_FLOAT : number;
}

static PyObject *make(const edgeact_activation *act, edgeact_tier tier, int bfloat16) {
    /* NumPy keeps pointers to all of these. */
    static edgeact_kernel *kernels[EDGEACT_TIERS][ACT_COUNT][EDGEACT_DTYPES];
    static PyUFuncGenericFunction functions[LOOPS] = {run, run, run};
    static void *data[EDGEACT_TIERS][ACT_COUNT][LOOPS];
    static char dtypes[EDGEACT_TIERS][ACT_COUNT][LOOPS * OPERANDS];

    size_t a = (size_t)(act - edgeact_at(0));
    int nin = 1 + (int)act->nparams;
    char *doc = docs[tier][a];
    snprintf(doc, sizeof docs[tier][a], "%s, tier %s: %s\n\n", act->name, edgeact_tier_name(tier),
             act->formula);
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        const edgeact_bound *bound = &act->bound[tier][d];
        if (!bound->evidence) continue;
        size_t used = strlen(doc);
        snprintf(doc + used, sizeof docs[tier][a] - used, "%s: at most %g ULP (%s). ",
                 edgeact_dtype_name((edgeact_dtype)d), bound->ulp, bound->evidence);
        kernels[tier][a][d] = edgeact_lookup(act, tier, (edgeact_dtype)d, NULL);
    }
    int count = 0, types[OPERANDS];
    for (size_t i = 0; i < LOOPS; i++) {
        edgeact_dtype d = loops[i].dtype;
        if (!kernels[tier][a][d]) continue;
        fill_types(act, d, loops[i].number, types);
        for (int k = 0; k <= nin; k++)
            dtypes[tier][a][count * (nin + 1) + k] = (char)types[k];
        data[tier][a][count++] = &kernels[tier][a][d];
    }
    PyObject *ufunc = PyUFunc_FromFuncAndData(functions, data[tier][a], dtypes[tier][a], count, nin,
                                              1, PyUFunc_None, act->name, doc, 0);
    if (ufunc) {
        numpy_resolver = ((PyUFuncObject *)ufunc)->type_resolver;
        ((PyUFuncObject *)ufunc)->type_resolver = resolve;
    }
    if (ufunc && bfloat16 >= 0) {
        fill_types(act, EDGEACT_BF16, bfloat16, types);
        if (PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16, run, types,
                                        &kernels[tier][a][EDGEACT_BF16]) != 0) {
            Py_CLEAR(ufunc);
        }
    }
    return ufunc;
}

static void run_rows(char **args, const npy_intp *dims, const npy_intp *steps, void *kernel) {
    (*(edgeact_row_kernel *const *)kernel)(args, steps, steps + 2, (size_t)dims[0],
                                           (size_t)dims[1]);
}

static PyObject *make_rowwise(const edgeact_rowwise *function) {
    static edgeact_row_kernel *kernels[ROW_COUNT][EDGEACT_DTYPES];
    static PyUFuncGenericFunction functions[] = {run_rows, run_rows};
    static void *data[ROW_COUNT][EDGEACT_DTYPES];
    static char dtypes[] = {NPY_FLOAT, NPY_FLOAT, NPY_DOUBLE, NPY_DOUBLE};
    static char text[ROW_COUNT][512];

    size_t f = (size_t)(function - edgeact_rowwise_at(0));
    static const edgeact_dtype with_kernels[] = {EDGEACT_F32, EDGEACT_F64};
    enum { LOOPS = sizeof with_kernels / sizeof with_kernels[0] };
    for (int i = 0; i < LOOPS; i++) {
        kernels[f][i] = edgeact_rowwise_lookup(function, with_kernels[i], NULL);
        data[f][i] = &kernels[f][i];
    }
    snprintf(text[f], sizeof text[f],
             "%s along axis (the last by default): %s\n\nfloat32: at most %g ULP (sampled). "
             "float64: at most %g ULP (sampled). ",
             function->name, function->formula, function->ulp[EDGEACT_F32],
             function->ulp[EDGEACT_F64]);
    PyObject *ufunc =
        PyUFunc_FromFuncAndDataAndSignature(functions, data[f], dtypes, LOOPS, 1, 1, PyUFunc_None,
                                            function->name, text[f], 0, "(n)->(n)");
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

static void run_backward(char **args, const npy_intp *count, const npy_intp *steps,
                         void *partials) {
    edgeact_backward(partials, args, steps, (size_t)count[0]);
}

/* dy times derivatives has loops for float32 and float64. */
enum { PRODUCTS = 2 };

static PyObject *make_backward(const edgeact_activation *act, edgeact_tier tier,
                               const edgeact_activation *const *derivatives, size_t count) {
    /* NumPy keeps pointers to all of these. */
    static struct {
        edgeact_partials partials[PRODUCTS];
        void *data[PRODUCTS];
        char dtypes[PRODUCTS * (OPERANDS + EDGEACT_MAX_PARTIALS)];
        char doc[256];
    } held[EDGEACT_TIERS][ACT_COUNT];
    static PyUFuncGenericFunction functions[PRODUCTS] = {run_backward, run_backward};

    const edgeact_activation *first = derivatives[0];
    const size_t a = (size_t)(first - edgeact_at(0));
    const int nin = 2 + (int)first->nparams, nargs = nin + (int)count;
    int count_loops = 0;
    for (size_t i = LOOPS - PRODUCTS; i < LOOPS; i++) {
        edgeact_partials *p = &held[tier][a].partials[count_loops];
        *p = (edgeact_partials){.count = count, .nparams = first->nparams, .dtype = loops[i].dtype};
        for (size_t j = 0; j < count; j++)
            p->partial[j] = edgeact_lookup(derivatives[j], tier, p->dtype, NULL);
        if (!p->partial[0]) continue;
        memset(&held[tier][a].dtypes[count_loops * nargs], loops[i].number, (size_t)nargs);
        held[tier][a].data[count_loops++] = p;
    }
    snprintf(held[tier][a].doc, sizeof held[tier][a].doc,
             "dy times the derivative of %s by x%s%s, tier %s; it rounds, and so does the product.",
             act->name, count > 1 ? ", and by " : "", count > 1 ? first->params[0].name : "",
             edgeact_tier_name(tier));
    PyObject *ufunc =
        PyUFunc_FromFuncAndData(functions, held[tier][a].data, held[tier][a].dtypes, count_loops,
                                nin, (int)count, PyUFunc_None, act->name, held[tier][a].doc, 0);
    if (ufunc) ((PyUFuncObject *)ufunc)->type_resolver = resolve;
    return ufunc;
}

static int set_backward(const char *module, const edgeact_activation *act, edgeact_tier tier,
                        const edgeact_activation *const *derivatives, size_t count) {
    if (_import_array() < 0 || _import_umath() < 0) return -1;
    PyObject *target = PyImport_ImportModule(module);
    PyObject *ufunc = target ? make_backward(act, tier, derivatives, count) : NULL;
    int status = ufunc ? PyObject_SetAttrString(target, act->name, ufunc) : -1;
    Py_XDECREF(ufunc);
    Py_XDECREF(target);
    return status;
}

static int make_all(const char *module, edgeact_tier tier, int bfloat16) {
    if (_import_array() < 0 || _import_umath() < 0) return -1;
    PyObject *target = PyImport_ImportModule(module);
    if (!target) return -1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < edgeact_count(); i++) {
        const edgeact_activation *act = edgeact_at(i);
        if (!act->bound[tier][EDGEACT_F32].evidence) continue;
        PyObject *ufunc = make(act, tier, bfloat16);
        status = ufunc ? PyObject_SetAttrString(target, act->name, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    Py_DECREF(target);
    return status;
}

int edgeact_make_ufuncs(const char *module, edgeact_tier tier, int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = make_all(module, tier, bfloat16);
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

int edgeact_make_backward(const char *module, const edgeact_activation *act, edgeact_tier tier,
                          const edgeact_activation *const *derivatives, size_t count) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = set_backward(module, act, tier, derivatives, count);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}

/* What a ufunc of a table needs, in one piece of memory that lives as long as the ufunc. */
typedef struct tabulated {
    struct {
        const edgeact_tabulated *table;
        edgeact_tabulated_kernel *run;
    } loop[EDGEACT_DTYPES];
    void *data[LOOPS];
    char dtypes[2 * LOOPS];
    edgeact_tabulated table;
    float coefficients[]; /* then name and doc */
} tabulated;

static void run_tabulated(char **args, const npy_intp *count, const npy_intp *steps, void *data) {
    const __typeof__(((tabulated *)0)->loop[0]) *loop = data;
    loop->run(loop->table, args, steps, (size_t)count[0]);
}

static void free_tabulated(PyObject *capsule) { free(PyCapsule_GetPointer(capsule, NULL)); }

static PyObject *make_tabulated(const edgeact_tabulated *table, const char *name, const char *doc,
                                int bfloat16) {
    static PyUFuncGenericFunction functions[LOOPS] = {run_tabulated, run_tabulated, run_tabulated};
    const size_t count = (table->degree + 1) * (size_t)table->segments;
    const size_t texts = sizeof(tabulated) + count * sizeof(float), name_size = strlen(name) + 1;
    tabulated *held = malloc(texts + name_size + strlen(doc) + 1);
    if (!held) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(held, NULL, free_tabulated);
    if (!capsule) {
        free(held);
        return NULL;
    }
    char *own_name = (char *)held + texts, *own_doc = own_name + name_size;
    strcpy(own_name, name);
    strcpy(own_doc, doc);
    held->table = *table;
    held->table.coefficients =
        memcpy(held->coefficients, table->coefficients, count * sizeof(float));
    for (int d = 0; d < EDGEACT_DTYPES; d++) {
        held->loop[d].table = &held->table;
        held->loop[d].run = edgeact_tabulated_lookup((edgeact_dtype)d, NULL);
    }
    for (int i = 0; i < LOOPS; i++) {
        held->data[i] = &held->loop[loops[i].dtype];
        held->dtypes[2 * i] = held->dtypes[2 * i + 1] = loops[i].number;
    }
    PyObject *ufunc = PyUFunc_FromFuncAndData(functions, held->data, held->dtypes, LOOPS, 1, 1,
                                              PyUFunc_None, own_name, own_doc, 0);
    if (!ufunc) {
        Py_DECREF(capsule);
        return NULL;
    }
    ((PyUFuncObject *)ufunc)->obj = capsule; /* the ufunc's own reference */
    ((PyUFuncObject *)ufunc)->type_resolver = resolve;
    int types[] = {bfloat16, bfloat16};
    if (bfloat16 >= 0 &&
        PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16, run_tabulated, types,
                                    &held->loop[EDGEACT_BF16]) != 0) {
        Py_CLEAR(ufunc);
    }
    return ufunc;
}

int edgeact_make_tabulated(void *list, const edgeact_tabulated *table, const char *name,
                           const char *doc, int bfloat16) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    int status = -1;
    if (_import_array() >= 0 && _import_umath() >= 0) {
        PyObject *ufunc = make_tabulated(table, name, doc, bfloat16);
        status = ufunc ? PyList_Append(list, ufunc) : -1;
        Py_XDECREF(ufunc);
    }
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}
