# SPDX-License-Identifier: BSL-1.0
# A Debian package of what is installed, libbimap-dev: `cpack -G DEB` in a build folder makes it.
include(GNUInstallDirs)
set(debian_name libbimap-dev)

# The licence, where Debian looks for it. It is no part of an ordinary installation.
install(
    FILES ${PROJECT_SOURCE_DIR}/LICENSE
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${debian_name}
    RENAME copyright
    COMPONENT debian
    EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME bimap)
set(CPACK_PACKAGE_VENDOR "The BiMap authors")
set(CPACK_PACKAGE_CONTACT "The BiMap authors <bimap@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "bidirectional map for C++20, header-only")
set(CPACK_PACKAGE_DESCRIPTION
    "A one-to-one map that is looked up from either side and keeps each pair once.
Each side is hashed, kept in order, or kept in the order of insertion. What an
insertion does when a side is taken is chosen by name; what it evicts is handed
out. References stay valid until their pair is erased.
.
This package has the headers, a CMake package and a file for pkg-config.
Licence: Boost Software License 1.0.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)

# One package, of the headers and that licence.
set(CPACK_COMPONENTS_ALL Unspecified debian)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_NAME ${debian_name})
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
include(CPack)
