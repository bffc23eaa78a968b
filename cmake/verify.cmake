# SPDX-License-Identifier: BSL-1.0
# What no executable shows: each header compiles alone, and each source without a warning under the other compilers.
# What the fuzz targets are made of, the preset fuzz compiles with Clang 19 and the same warnings; that is not asked
# again.
#
# The target bimap_verify asks, with -fsyntax-only, one stamp for each question, so that a second run asks only what
# changed. It is no part of the default build: the test named verify builds it.
set(bimap_verify_compilers g++ clang++-14 clang++-19)
set(bimap_verify_flags -std=c++20 -fsyntax-only -I${PROJECT_SOURCE_DIR} ${bimap_warnings} -DBIMAP_SUBJECT="")

# bimap_verify_question(STAMP COMPILER FILE ARGUMENT...): one question; FILE is what it is asked about.
function(bimap_verify_question stamp compiler file)
    cmake_path(GET stamp PARENT_PATH folder)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(
        OUTPUT ${stamp}
        COMMAND ${compiler} ${bimap_verify_flags} -MD -MT ${stamp} -MF ${stamp}.d ${ARGN}
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        DEPENDS ${PROJECT_SOURCE_DIR}/${file}
        DEPFILE ${stamp}.d
        COMMENT "Verifying ${file} with ${compiler}"
        VERBATIM)
    set_property(GLOBAL APPEND PROPERTY bimap_verify_stamps ${stamp})
endfunction()

# Each of these headers, alone, with the default compiler.
function(bimap_verify_headers)
    foreach(header IN LISTS ARGN)
        cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE name)
        bimap_verify_question(${PROJECT_BINARY_DIR}/verify/alone/${name} ${CMAKE_CXX_COMPILER} ${name} -include
                              ${header} -x c++ /dev/null)
    endforeach()
endfunction()

# Each of these sources, with every compiler that is here, except the one that builds.
function(bimap_verify_sources)
    foreach(name IN LISTS bimap_verify_compilers)
        find_program(bimap_verify_${name} ${name})
        mark_as_advanced(bimap_verify_${name})
        set(compiler ${bimap_verify_${name}})
        if(NOT compiler OR name STREQUAL bimap_building_compiler)
            continue()
        endif()
        set(sources ${ARGN})
        if(name STREQUAL "clang++-19")
            list(FILTER sources INCLUDE REGEX "/mutants/|/score/|/examples/|/peers/|/wild/")
        endif()
        foreach(source IN LISTS sources)
            cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE file)
            bimap_verify_question(${PROJECT_BINARY_DIR}/verify/${name}/${file} ${compiler} ${file}
                                  ${source})
        endforeach()
    endforeach()
endfunction()

# bimap_verify_everything(): every header of ours, and every source but the tests, which take too long for every run;
# the preset asan compiles those with Clang 19, too.
function(bimap_verify_everything)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        set(bimap_building_compiler g++)
    else()
        string(REGEX MATCH "^[0-9]+" major ${CMAKE_CXX_COMPILER_VERSION})
        set(bimap_building_compiler clang++-${major})
    endif()
    file(
        GLOB_RECURSE
        headers
        CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/bimap/*.hpp
        ${PROJECT_SOURCE_DIR}/properties/*.hpp
        ${PROJECT_SOURCE_DIR}/fuzz/*.hpp)
    file(
        GLOB_RECURSE
        sources
        CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/bimap/examples/*.cpp
        ${PROJECT_SOURCE_DIR}/properties/*.cpp
        ${PROJECT_SOURCE_DIR}/fuzz/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/tests/|_test\\.cpp$")
    bimap_verify_headers(${headers})
    bimap_verify_sources(${sources})
    get_property(stamps GLOBAL PROPERTY bimap_verify_stamps)
    add_custom_target(bimap_verify DEPENDS ${stamps})

    add_test(NAME verify COMMAND ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR} --target bimap_verify)
    set_tests_properties(verify PROPERTIES TIMEOUT 900 PROCESSORS 2)

    # The same questions about planted faults: each must be seen to fail.
    set(planted ${PROJECT_SOURCE_DIR}/ci/planted)
    add_test(NAME verify.sees_a_header_that_needs_another
             COMMAND ${CMAKE_CXX_COMPILER} ${bimap_verify_flags} -include ${planted}/not_self_contained.hpp -x c++
                     /dev/null)
    set_tests_properties(verify.sees_a_header_that_needs_another PROPERTIES PASS_REGULAR_EXPRESSION "error: .*string")
    foreach(name IN LISTS bimap_verify_compilers)
        if(bimap_verify_${name})
            add_test(NAME verify.sees_a_warning_of_${name} COMMAND ${bimap_verify_${name}} ${bimap_verify_flags}
                                                                   ${planted}/narrowing.cpp)
            set_tests_properties(verify.sees_a_warning_of_${name} PROPERTIES PASS_REGULAR_EXPRESSION
                                                                             "error: .*conversion")
        endif()
    endforeach()
endfunction()
