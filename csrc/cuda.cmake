# libedgeact_cuda, by nvcc; cuda/nvcc.txt has its options, for edgeact.cuda.build, too. Each file of
# kernels is compiled by itself, to compile them side by side.
set(EDGEACT_CUDA AUTO CACHE STRING "Build libedgeact_cuda: ON, OFF, or AUTO, where nvcc works")
set_property(CACHE EDGEACT_CUDA PROPERTY STRINGS AUTO ON OFF)

set(EDGEACT_CUDA_WORKS FALSE)
if(CMAKE_CROSSCOMPILING)
  set(why "nvcc makes code for this machine, and the build is for another")
elseif(EDGEACT_CUDA)
  if(NOT EDGEACT_NVCC AND NOT "$ENV{CUDACXX}" STREQUAL "")
    set(EDGEACT_NVCC "$ENV{CUDACXX}" CACHE FILEPATH "nvcc" FORCE) # over a NOTFOUND of before
  endif()
  find_program(EDGEACT_NVCC nvcc HINTS ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda
               PATH_SUFFIXES bin)
  if(EDGEACT_NVCC)
    # An nvcc that is there may refuse the host's compiler, or lack a part of its own.
    set(trial ${CMAKE_CURRENT_BINARY_DIR}/cuda_trial.cu)
    file(WRITE ${trial} "#include <cuda_fp16.h>\n__global__ void k(float *y) { *y = 1; }\n")
    execute_process(COMMAND ${EDGEACT_NVCC} -optf ${CMAKE_CURRENT_SOURCE_DIR}/cuda/nvcc.txt -shared
                            -o ${trial}.so ${trial}
                    RESULT_VARIABLE EDGEACT_NVCC_STATUS OUTPUT_VARIABLE why ERROR_VARIABLE why)
    if(EDGEACT_NVCC_STATUS EQUAL 0)
      set(EDGEACT_CUDA_WORKS TRUE)
    endif()
  else()
    set(why "no nvcc was found")
  endif()
endif()
if(EDGEACT_CUDA AND NOT EDGEACT_CUDA_WORKS)
  if(EDGEACT_CUDA STREQUAL AUTO)
    message(STATUS "Without libedgeact_cuda: ${why}")
  else()
    message(FATAL_ERROR "EDGEACT_CUDA=${EDGEACT_CUDA}: ${why}")
  endif()
endif()

file(GLOB EDGEACT_CUDA_SOURCES CONFIGURE_DEPENDS cuda/*.cu)
if(EDGEACT_CUDA_WORKS)
  set(library ${CMAKE_CURRENT_BINARY_DIR}/${CMAKE_SHARED_LIBRARY_PREFIX}edgeact_cuda${CMAKE_SHARED_LIBRARY_SUFFIX})
  set(nvcc ${EDGEACT_NVCC} -optf ${CMAKE_CURRENT_SOURCE_DIR}/cuda/nvcc.txt)
  file(GLOB headers CONFIGURE_DEPENDS arity.h registry.h cuda/*.cuh vec/*.h act/*.h grad/*.h math/*.h
       data/*.h include/*.h *.def)
  foreach(source ${EDGEACT_CUDA_SOURCES})
    get_filename_component(name ${source} NAME_WE)
    set(object ${CMAKE_CURRENT_BINARY_DIR}/cuda_${name}.o)
    add_custom_command(
      OUTPUT ${object}
      COMMAND ${nvcc} -I ${CMAKE_CURRENT_SOURCE_DIR} -I ${CMAKE_CURRENT_SOURCE_DIR}/include -c
              -o ${object} ${source}
      DEPENDS ${source} ${headers} cuda/nvcc.txt
      VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  add_custom_command(
    OUTPUT ${library}
    COMMAND ${nvcc} -shared -o ${library} ${objects}
    DEPENDS ${objects}
    VERBATIM)
  add_custom_target(edgeact_cuda ALL DEPENDS ${library})
  if(SKBUILD)
    install(FILES ${library} DESTINATION edgeact/cuda COMPONENT python)
  else()
    install(FILES ${library} DESTINATION ${CMAKE_INSTALL_LIBDIR})
    install(FILES include/edgeact_cuda.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  endif()
endif()

if(SKBUILD) # what edgeact.cuda.build compiles
  install(DIRECTORY cuda vec act grad math data include DESTINATION edgeact/cuda/csrc COMPONENT python)
  install(FILES acts.def rows.def arity.h registry.h DESTINATION edgeact/cuda/csrc COMPONENT python)
endif()
