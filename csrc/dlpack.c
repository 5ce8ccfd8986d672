/* Capsules of DLPack. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>

#include "dlpack.h"

/* What a capsule points to: one of the two, and what that points to. */
typedef struct exported {
    dlpack_managed managed;
    dlpack_versioned versioned;
    PyObject *owner;
    int64_t shape[];
} exported;

static void end(exported *e) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* the taker's thread may not have it */
    Py_DECREF(e->owner);
    free(e);
    PyGILState_Release(gil);
}
static void delete_managed(dlpack_managed *self) { end(self->context); }
static void delete_versioned(dlpack_versioned *self) { end(self->context); }

/* A capsule that was taken has another name. */
static void end_capsule(PyObject *capsule) {
    const char *name = PyCapsule_GetName(capsule);
    if (strcmp(name, "dltensor") == 0) {
        dlpack_managed *managed = PyCapsule_GetPointer(capsule, name);
        managed->deleter(managed);
    } else if (strcmp(name, "dltensor_versioned") == 0) {
        dlpack_versioned *managed = PyCapsule_GetPointer(capsule, name);
        managed->deleter(managed);
    }
}

static PyObject *make(PyObject *owner, const dlpack_tensor *tensor, int versioned) {
    exported *e = calloc(1, sizeof *e + (size_t)tensor->ndim * sizeof *e->shape);
    if (!e) return PyErr_NoMemory();
    if (tensor->ndim) memcpy(e->shape, tensor->shape, (size_t)tensor->ndim * sizeof *e->shape);
    e->owner = owner;
    e->managed = (dlpack_managed){*tensor, e, delete_managed};
    e->managed.tensor.shape = e->shape;
    e->versioned = (dlpack_versioned){1, 0, e, delete_versioned, 0, e->managed.tensor};
    PyObject *capsule = versioned ? PyCapsule_New(&e->versioned, "dltensor_versioned", end_capsule)
                                  : PyCapsule_New(&e->managed, "dltensor", end_capsule);
    if (!capsule) {
        free(e);
        return NULL;
    }
    Py_INCREF(owner);
    return capsule;
}

int edgeact_make_dlpack(void *list, void *owner, void *data, int device, int ndim,
                        const int64_t shape[], int code, int bits, int versioned) {
    PyGILState_STATE gil = PyGILState_Ensure(); /* cffi released it */
    const dlpack_tensor tensor = {.data = data,
                                  .device_type = DLPACK_CUDA,
                                  .device_id = device,
                                  .ndim = ndim,
                                  .code = (uint8_t)code,
                                  .bits = (uint8_t)bits,
                                  .lanes = 1,
                                  .shape = (int64_t *)(uintptr_t)shape};
    PyObject *capsule = make(owner, &tensor, versioned);
    int status = capsule ? PyList_Append(list, capsule) : -1;
    Py_XDECREF(capsule);
    if (status != 0) PyErr_Print();
    PyGILState_Release(gil);
    return status;
}
