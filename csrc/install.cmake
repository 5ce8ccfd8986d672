# The C library by itself: find_package(edgeact) gives edgeact::edgeact; pkg-config knows edgeact.
include(CMakePackageConfigHelpers)

# Static or shared as BUILD_SHARED_LIBS says.
add_library(edgeact)
target_link_libraries(edgeact PRIVATE $<BUILD_INTERFACE:edgeact_kernels>)
set_target_properties(edgeact PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 0)
target_include_directories(edgeact INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
                                             $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(edgeact PUBLIC m)

install(TARGETS edgeact EXPORT edgeact)
install(FILES include/edgeact.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT edgeact NAMESPACE edgeact:: FILE edgeactConfig.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/edgeact)
write_basic_package_version_file(edgeactConfigVersion.cmake COMPATIBILITY SameMajorVersion)
configure_file(cmake/edgeact.pc.in edgeact.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/edgeactConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/edgeact)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/edgeact.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
