# How every target of ours is compiled: warnings as errors, hardening, and one way to add a library, program or test.

add_library(valv_flags INTERFACE)
target_compile_options(valv_flags INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wcast-align
    -Wcast-qual -Wformat=2 -Wundef -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi -Wdouble-promotion
    -Wimplicit-fallthrough -Wmissing-declarations -Wzero-as-null-pointer-constant -Wswitch-enum
    -Wno-missing-field-initializers  # from -Wextra: a designated initialiser that leaves a member out means its default
    -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -fno-delete-null-pointer-checks)
target_compile_definitions(valv_flags INTERFACE _GLIBCXX_ASSERTIONS _FILE_OFFSET_BITS=64)
target_include_directories(valv_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_link_options(valv_flags INTERFACE
    -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,nodlopen -Wl,--as-needed)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(valv_flags INTERFACE
        -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wsuggest-override -Wbidi-chars=any -Wtrampolines
        -ftrivial-auto-var-init=zero)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # 12.2 drops a store as dead when a call that may throw would overwrite it, though the handler reads it: a null optional that was assigned
        # within `try` is then whatever the stack held (`vectors.corpus` fails without this in release). With the option it warns of every
        # unordered_map; what is declared is zero anyway.
        target_compile_options(valv_flags INTERFACE -fno-tree-dse -Wno-maybe-uninitialized)
    endif()
    if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
        # At -O2 it takes `std::string(…) + "…"` for a copy beyond the short string's buffer, in libstdc++'s own headers (seen with 14.2).
        target_compile_options(valv_flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:-Wno-error=array-bounds>)
    endif()
else()
    # clang 14 takes the zero that <=> is rewritten with for a null pointer (llvm-project issue 43670); g++ finds the true ones.
    target_compile_options(valv_flags INTERFACE -Wthread-safety -Wno-zero-as-null-pointer-constant)
endif()
if(VALV_FORTIFY)
    target_compile_options(valv_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
endif()
if(VALV_SANITIZE)
    target_compile_options(valv_flags INTERFACE -fsanitize=${VALV_SANITIZE} -fno-sanitize-recover=all
                                                -fno-omit-frame-pointer)
    target_link_options(valv_flags INTERFACE -fsanitize=${VALV_SANITIZE})
endif()

# valv_library(NAME SOURCES … [USES …]): sources beside the calling CMakeLists.txt; USES is public.
function(valv_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC ${ARG_USES} PRIVATE valv_flags)
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

function(valv_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE ${ARG_USES} valv_flags)
endfunction()

# valv_test(NAME LABEL l SOURCES … [USES …] [FILTER f]): one GoogleTest binary, one ctest entry. A process for each single test would triple the
# time of a run; -DVALV_TEST_EACH=ON lists them one by one all the same.
option(VALV_TEST_EACH "One ctest entry for each single test" OFF)
function(valv_test name)
    cmake_parse_arguments(ARG "" "LABEL;FILTER" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE ${ARG_USES} GTest::gmock GTest::gtest GTest::gtest_main valv_flags valv_googletest_flags)
    target_precompile_headers(${name} REUSE_FROM valv_googletest)
    # valv_tests_LABEL builds the binaries of one label: scripts/test builds in each preset what it runs there, and no more.
    if(NOT TARGET valv_tests_${ARG_LABEL})
        add_custom_target(valv_tests_${ARG_LABEL})
    endif()
    add_dependencies(valv_tests_${ARG_LABEL} ${name})
    if(ARG_LABEL MATCHES "^(unit|contract)$")
        set(timeout 300)
    else()
        set(timeout 600)
    endif()
    if(VALV_TEST_EACH)
        set(filter)
        if(ARG_FILTER)
            set(filter TEST_FILTER ${ARG_FILTER})
        endif()
        gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST NO_PRETTY_VALUES ${filter}
            PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${timeout}
            WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
        return()
    endif()
    set(filter)
    if(ARG_FILTER)
        set(filter --gtest_filter=${ARG_FILTER})
    endif()
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1 ${filter} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${timeout})
endfunction()

# Adds the named subfolders that hold a CMakeLists.txt.
function(valv_add_existing)
    foreach(folder IN LISTS ARGN)
        if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
            add_subdirectory(${folder})
        endif()
    endforeach()
endfunction()
