# SPDX-License-Identifier: BSL-1.0
# Compiles a Subject, SOURCE, to OBJECT; if that fails, OBJECT lists SUBJECT with what the compiler said. OUTCOME, a
# file, keeps it.
#
# cmake -D OBJECT=… -D OUTCOME=… -D SUBJECT=… -D SOURCE=… -P compile_subject.cmake -- COMPILER FLAG...
set(ENV{LC_ALL} C)  # its words are read below
set(command)
set(after_dashes FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
    if(after_dashes AND NOT CMAKE_ARGV${i} STREQUAL "")
        list(APPEND command "${CMAKE_ARGV${i}}")
    elseif(CMAKE_ARGV${i} STREQUAL "--")
        set(after_dashes TRUE)
    endif()
endforeach()
set(dependencies -MD -MT ${OBJECT} -MF ${OBJECT}.d)

execute_process(
    COMMAND ${command} ${dependencies} -c ${SOURCE} -o ${OBJECT}
    RESULT_VARIABLE failed
    OUTPUT_VARIABLE said
    ERROR_VARIABLE said)
if(NOT failed)
    file(WRITE ${OUTCOME} "compiles\n${said}")
    if(said)
        message("${said}")
    endif()
    return()
endif()

# The first error; if one is a static_assert's, that one: it was written to be read.
set(obstacle "${said}")
if(said MATCHES "static assertion failed( due to requirement '[^\n]*')?: \"?([^\n]*)")
    set(obstacle "${CMAKE_MATCH_2}")
    string(REGEX REPLACE "\"$" "" obstacle "${obstacle}")
elseif(said MATCHES "([^\n]*error: [^\n]*)")
    set(obstacle "${CMAKE_MATCH_1}")
endif()
string(REGEX REPLACE "\n.*" "" obstacle "${obstacle}")
set(stub ${OBJECT}.stub.cpp)
if(said MATCHES "bimap kit: not applicable")
    file(WRITE ${stub} "extern int bimap_nothing;\n")
    file(WRITE ${OUTCOME} "not applicable\n")
else()
    file(WRITE ${OUTCOME} "does not compile\n${said}")
    string(REGEX REPLACE "([\\\"])" "\\\\\\1" obstacle "${obstacle}")
    file(WRITE ${stub} "#include \"properties/subject.hpp\"
static const bimap::properties::Registration added{[](std::vector<bimap::properties::Subject>& list) {
    bimap::properties::add_obstacle(list, \"${SUBJECT}\", \"${obstacle}\");
}};
")
endif()
execute_process(COMMAND ${command} -M -MT ${OBJECT} -MF ${OBJECT}.d ${SOURCE} OUTPUT_QUIET ERROR_QUIET)
if(NOT EXISTS ${OBJECT}.d)
    file(WRITE ${OBJECT}.d "${OBJECT}: ${SOURCE}\n")
endif()
execute_process(COMMAND ${command} -c ${stub} -o ${OBJECT} COMMAND_ERROR_IS_FATAL ANY)
