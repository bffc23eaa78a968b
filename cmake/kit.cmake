# SPDX-License-Identifier: BSL-1.0
# The suite as a kit: bimap_add_subject brings a bimap of one's own under test, whatever project it stands in.
#
# The suite comes as sources, and is built here, with this project's compiler and its flags: sanitizers, and what the
# compiler thinks of an object's layout, are the same on both sides then.
set(BIMAP_KIT_ROOT ${CMAKE_CURRENT_LIST_DIR}/.. CACHE INTERNAL "Where properties/ and fuzz/ of the suite are")
set(bimap_element_kinds
    tracked:Tracking
    ints:Integers
    strings:Strings
    throwing:Throwing
    move_only:MoveOnly
    aligned:OverAligned
    twins:Twins
    colliding:Colliding
    own:Own
    CACHE INTERNAL "The kinds of element: the name, then what elements.hpp calls it")

# The suite and its tool, unless they are there already.
function(bimap_provide_suite)
    if(NOT TARGET bimap_properties)
        file(GLOB sources ${BIMAP_KIT_ROOT}/properties/*.cpp)
        list(FILTER sources EXCLUDE REGEX "allocation_hooks")
        add_library(bimap_properties STATIC EXCLUDE_FROM_ALL ${sources})
        target_include_directories(bimap_properties PUBLIC ${BIMAP_KIT_ROOT})
        target_compile_features(bimap_properties PUBLIC cxx_std_20)
        # An object, so that no linker leaves it out: it replaces operator new and delete.
        add_library(bimap_allocation_hooks OBJECT EXCLUDE_FROM_ALL ${BIMAP_KIT_ROOT}/properties/allocation_hooks.cpp)
        target_include_directories(bimap_allocation_hooks PRIVATE ${BIMAP_KIT_ROOT})
        target_compile_features(bimap_allocation_hooks PRIVATE cxx_std_20)
        target_sources(bimap_properties INTERFACE $<TARGET_OBJECTS:bimap_allocation_hooks>)
    endif()
    if(NOT TARGET bimap-check)
        find_package(CLI11 REQUIRED)
        find_package(nlohmann_json REQUIRED)
        find_package(pugixml REQUIRED)
        file(GLOB tool ${BIMAP_KIT_ROOT}/fuzz/tool/*.cpp)
        add_executable(bimap-check ${tool})
        target_link_libraries(bimap-check PRIVATE bimap_properties CLI11::CLI11 nlohmann_json::nlohmann_json
                                                  pugixml::pugixml)
        set_target_properties(bimap-check PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    endif()
    # What every fuzz target has in common.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND NOT TARGET bimap_fuzz_target)
        add_library(
            bimap_fuzz_target OBJECT EXCLUDE_FROM_ALL ${BIMAP_KIT_ROOT}/fuzz/target.cpp
                                                      ${BIMAP_KIT_ROOT}/fuzz/mutator.cpp
                                                      ${BIMAP_KIT_ROOT}/fuzz/patience.cpp
                                                      ${BIMAP_KIT_ROOT}/fuzz/settings.cpp)
        target_link_libraries(bimap_fuzz_target PRIVATE bimap_properties $<TARGET_NAME_IF_EXISTS:bimap_own_code>)
    endif()
endfunction()

# bimap_add_subject(NAME HEADER HEADER [ADAPTER ADAPTER] [LINK LIBRARY...] [ELEMENTS KIND...] [NO_TESTS])
#
# The adapter is a struct, or a template over the two element types, that HEADER declares. It is called ADAPTER, or, if
# that is not said, NAME in CamelCase and "Subject" after it. It is tried with every kind of element; a kind that it
# does not compile with is listed with what the compiler said, and breaks nothing.
function(bimap_add_subject name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "NO_TESTS" "HEADER;ADAPTER" "LINK;ELEMENTS")
    if(NOT arg_HEADER OR arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "bimap_add_subject(NAME HEADER header [ADAPTER struct] [LINK library…] [ELEMENTS kind…] "
                            "[NO_TESTS]); not understood: '${arg_UNPARSED_ARGUMENTS}'")
    endif()
    get_filename_component(header ${arg_HEADER} ABSOLUTE)
    if(NOT EXISTS ${header})
        message(FATAL_ERROR "bimap_add_subject(${name}): there is no file ${header}")
    endif()
    if(NOT arg_ADAPTER)
        string(REGEX REPLACE "[^A-Za-z0-9]+" ";" words ${name})
        foreach(word IN LISTS words)
            string(SUBSTRING ${word} 0 1 first)
            string(SUBSTRING ${word} 1 -1 rest)
            string(TOUPPER ${first} first)
            string(APPEND arg_ADAPTER ${first}${rest})
        endforeach()
        string(APPEND arg_ADAPTER Subject)
    endif()
    bimap_provide_suite()
    target_link_libraries(bimap-check PRIVATE ${arg_LINK})

    # A target that is never built: it collects what a compilation has to know.
    set(collected bimap_subject_${name})
    add_library(${collected} OBJECT EXCLUDE_FROM_ALL ${BIMAP_KIT_ROOT}/properties/subject.cpp)
    target_link_libraries(${collected} PRIVATE bimap_properties ${arg_LINK})

    set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name}.subject)
    set(outcomes)
    foreach(entry IN LISTS bimap_element_kinds)
        string(REPLACE ":" ";" entry ${entry})
        list(GET entry 0 kind)
        list(GET entry 1 type)
        if(arg_ELEMENTS AND NOT kind IN_LIST arg_ELEMENTS AND NOT kind STREQUAL own)
            continue()
        endif()
        bimap_compile_subject(${name} ${kind} ${type} ${folder} ${header} ${arg_ADAPTER} ${collected})
        list(APPEND outcomes ${folder}/${kind}.outcome)
    endforeach()
    add_custom_command(
        OUTPUT ${folder}/outcome
        COMMAND ${CMAKE_COMMAND} "-DOUTCOMES=${outcomes}" -D NAME=${name} -D OUTPUT=${folder}/outcome -P
                ${BIMAP_KIT_ROOT}/cmake/judge_subject.cmake
        DEPENDS ${outcomes}
        COMMENT "Seeing with which elements ${name} compiles"
        VERBATIM)
    add_custom_target(bimap_subject_${name}_outcome DEPENDS ${folder}/outcome)
    add_dependencies(bimap-check bimap_subject_${name}_outcome)

    if(NOT arg_NO_TESTS)
        enable_testing()
        add_test(NAME ${name}.programs COMMAND bimap-check hunt ${name} --programs 1000 --seconds 60)
        add_test(NAME ${name}.exhaust COMMAND bimap-check exhaust ${name} --length 2)
        add_test(NAME ${name}.watch COMMAND bimap-check watch ${name} --items 1000 --rounds 12)
        set_tests_properties(${name}.programs ${name}.exhaust ${name}.watch PROPERTIES TIMEOUT 600)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        bimap_add_subject_fuzzer(${name} ${folder} ${header} ${arg_ADAPTER} ${arg_LINK})
    endif()
endfunction()

# The source that makes a Subject of an adapter.
function(bimap_write_subject file name header adapter type)
    file(
        CONFIGURE
        OUTPUT ${file}
        CONTENT
            "// Written by bimap_add_subject(@name@ …).
#include \"properties/add_subject.hpp\"
#include \"@header@\"

// If @adapter@ is unknown here: ADAPTER names another one.
BIMAP_ADD_SUBJECT(\"@name@\", @adapter@, @type@)
"
        @ONLY)
endfunction()

# One kind of element: an object in any case, with the Subject, or with what the compiler said.
function(bimap_compile_subject name kind type folder header adapter collected)
    set(source ${folder}/${kind}.cpp)
    set(object ${folder}/${kind}.o)
    set(outcome ${folder}/${kind}.outcome)
    bimap_write_subject(${source} ${name} ${header} ${adapter} ${type})
    string(TOUPPER "${CMAKE_BUILD_TYPE}" configuration)
    separate_arguments(flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${configuration}}")
    set(standard ${CMAKE_CXX_STANDARD})
    if(NOT standard OR standard LESS 20)
        set(standard 20)
    endif()
    foreach(property INCLUDE_DIRECTORIES COMPILE_DEFINITIONS COMPILE_OPTIONS)
        set(${property} $<TARGET_PROPERTY:${collected},${property}>)
    endforeach()
    list(
        APPEND
        flags
        -std=c++${standard}
        "$<$<BOOL:${INCLUDE_DIRECTORIES}>:-I$<JOIN:${INCLUDE_DIRECTORIES},$<SEMICOLON>-I>>"
        "$<$<BOOL:${COMPILE_DEFINITIONS}>:-D$<JOIN:${COMPILE_DEFINITIONS},$<SEMICOLON>-D>>"
        "${COMPILE_OPTIONS}")
    add_custom_command(
        OUTPUT ${object} ${outcome}
        COMMAND
            ${CMAKE_COMMAND} -D OBJECT=${object} -D OUTCOME=${outcome} -D SUBJECT=${name}/${kind} -D SOURCE=${source} -P
            ${BIMAP_KIT_ROOT}/cmake/compile_subject.cmake -- ${CMAKE_CXX_COMPILER_LAUNCHER} ${CMAKE_CXX_COMPILER}
            ${flags} -I${BIMAP_KIT_ROOT}
        DEPENDS ${source} ${header}
        DEPFILE ${object}.d
        COMMENT "Compiling ${name} with the elements ${kind}"
        COMMAND_EXPAND_LISTS VERBATIM)
    set_source_files_properties(${object} TARGET_DIRECTORY bimap-check PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
    target_sources(bimap-check PRIVATE ${object})
endfunction()

# With Clang: the target fuzz_NAME, built when it is asked for, over tracked elements or the adapter's own.
function(bimap_add_subject_fuzzer name folder header adapter)
    bimap_write_subject(${folder}/fuzzed.cpp ${name} ${header} ${adapter} Default)
    add_executable(
        fuzz_${name} EXCLUDE_FROM_ALL ${BIMAP_KIT_ROOT}/fuzz/target_subject.cpp $<TARGET_OBJECTS:bimap_fuzz_target>
                                      ${folder}/fuzzed.cpp)
    set_source_files_properties(
        ${folder}/fuzzed.cpp PROPERTIES COMPILE_OPTIONS
                                        "-fsanitize=fuzzer-no-link;-fno-sanitize-coverage=trace-cmp,indirect-calls")
    target_compile_definitions(fuzz_${name} PRIVATE BIMAP_SUBJECT="${name}")
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(fuzz_${name} PRIVATE bimap_properties $<TARGET_NAME_IF_EXISTS:bimap_own_code> ${ARGN})
endfunction()
