# SPDX-License-Identifier: BSL-1.0
# find_package(bimap): the target bimap::bimap; with COMPONENTS properties the function bimap_add_subject, too.
include(${CMAKE_CURRENT_LIST_DIR}/bimap-targets.cmake)
foreach(component IN LISTS bimap_FIND_COMPONENTS)
    set(bimap_kit ${CMAKE_CURRENT_LIST_DIR}/../../bimap/kit/cmake/kit.cmake)
    if(component STREQUAL "properties" AND EXISTS ${bimap_kit})
        include(${bimap_kit})
        set(bimap_${component}_FOUND TRUE)
    elseif(bimap_FIND_REQUIRED_${component})
        set(bimap_FOUND FALSE)
        set(bimap_NOT_FOUND_MESSAGE
            "this installation has no component '${component}'; `cmake --install` of the sources brings 'properties'")
    endif()
endforeach()
