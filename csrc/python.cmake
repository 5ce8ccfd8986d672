# edgeact._native: the cffi module, which holds the kernels, the NumPy ufuncs and the sweeper.
find_package(Python 3.10 REQUIRED COMPONENTS Interpreter Development.Module
                                             ${SKBUILD_SABI_COMPONENT})
execute_process(COMMAND ${Python_EXECUTABLE} -c "import numpy; print(numpy.get_include())"
                OUTPUT_VARIABLE NUMPY_INCLUDE OUTPUT_STRIP_TRAILING_WHITESPACE
                COMMAND_ERROR_IS_FATAL ANY)

set(FFI ${CMAKE_CURRENT_SOURCE_DIR}/ffi.py)
set(FFI_HEADERS include/edgeact.h include/edgeact_cuda.h native.h dlpack.h)
list(TRANSFORM FFI_HEADERS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
add_custom_command(
  OUTPUT _native.c
  COMMAND ${Python_EXECUTABLE} ${FFI} ${CMAKE_CURRENT_BINARY_DIR}/_native.c ${FFI_HEADERS}
  DEPENDS ${FFI} ${FFI_HEADERS})

python_add_library(_native MODULE WITH_SOABI USE_SABI ${SKBUILD_SABI_VERSION}
  ${CMAKE_CURRENT_BINARY_DIR}/_native.c ufunc.c small.c threads.c sweep.c bits.c dlpack.c)
target_include_directories(_native PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}
                                           ${CMAKE_CURRENT_SOURCE_DIR}/include ${NUMPY_INCLUDE})
target_compile_definitions(_native PRIVATE NPY_NO_DEPRECATED_API=NPY_1_22_API_VERSION
                                           NPY_TARGET_VERSION=NPY_1_22_API_VERSION)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
target_link_libraries(_native PRIVATE edgeact_kernels Threads::Threads m)
install(TARGETS _native LIBRARY DESTINATION edgeact COMPONENT python)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/../tests/certificates DESTINATION edgeact COMPONENT python
        FILES_MATCHING PATTERN "*.exact.json" PATTERN "*.fast.json" PATTERN "*.coarse.json")
