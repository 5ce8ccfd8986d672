# libedgeact_ort: the ONNX Runtime custom-op library. It needs nothing of ONNX Runtime to build.
find_package(Threads REQUIRED)

add_library(edgeact_ort SHARED ort/ops.c ort/kernel.c ort/rows.c ort/tabulated.c ort/quantized.c
                                ort/broadcast.c)
target_include_directories(edgeact_ort PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}
                                               ${CMAKE_CURRENT_SOURCE_DIR}/include)
target_link_libraries(edgeact_ort PRIVATE edgeact_kernels Threads::Threads m)

if(SKBUILD)
  install(TARGETS edgeact_ort LIBRARY DESTINATION edgeact COMPONENT python)
else()
  install(TARGETS edgeact_ort LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
endif()
