# SPDX-License-Identifier: GPL-3.0-or-later
# How every target of the project is made: one place for the language level, the warnings and the house's conventions.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(rc_options INTERFACE)
target_include_directories(rc_options INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
target_compile_definitions(rc_options INTERFACE
  QT_NO_CAST_TO_ASCII QT_RESTRICTED_CAST_FROM_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS
  QT_MESSAGELOGCONTEXT RC_VERSION="${PROJECT_VERSION}" $<$<BOOL:${RC_FAILPOINTS}>:RC_FAILPOINTS>)
if(MSVC)
  target_compile_options(rc_options INTERFACE /W4 /WX /permissive- /utf-8)
else()
  target_compile_options(rc_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wextra-semi -Werror
    # ccache can then keep what was compiled with a precompiled header
    $<$<AND:$<BOOL:${RC_PCH}>,$<CXX_COMPILER_ID:GNU>>:-fpch-preprocess>)
endif()
if(RC_SANITIZE)
  # GCC warns without cause where it also sanitizes; its manual says so of this warning.
  target_compile_options(rc_options INTERFACE -fsanitize=${RC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(rc_options INTERFACE -fsanitize=${RC_SANITIZE})
endif()

# Two precompiled headers serve the whole tree: one for libraries and programs, one for tests (which all take QtTest).
set(RC_PCH_HEADERS <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QObject> <QString> <QDateTime>
  <algorithm> <chrono> <expected> <functional> <memory> <optional> <variant> <vector>)
function(rc_pch_library name)
  if(NOT RC_PCH)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "LINKS;HEADERS" ${ARGN})
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/pch/${name}.cpp" CONTENT "// Carries a precompiled header and nothing else.\n")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/pch/${name}.cpp")
  target_link_libraries(${name} PRIVATE rc_options ${ARG_LINKS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
  set_target_properties(${name} PROPERTIES AUTOMOC OFF POSITION_INDEPENDENT_CODE ON)
endfunction()
# What QtTest's header would make of a target's folder (for QFINDTESTDATA) and of its other Qt modules (printing their
# types) is unused here, and would need a precompiled header for each.
add_library(rc_qttest INTERFACE)
target_link_libraries(rc_qttest INTERFACE Qt6::Test)
if(NOT MSVC)
  target_compile_options(rc_qttest INTERFACE
    -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR -UQT_NETWORK_LIB -UQT_GUI_LIB -UQT_WIDGETS_LIB)
endif()
rc_pch_library(rc_pch LINKS Qt6::Core HEADERS ${RC_PCH_HEADERS})
rc_pch_library(rc_pch_test LINKS rc_qttest HEADERS ${RC_PCH_HEADERS} <QtTest>)

# rc_use_pch(TARGET PCH_LIBRARY): where precompiled headers are wanted.
function(rc_use_pch target from)
  if(RC_PCH)
    target_precompile_headers(${target} REUSE_FROM ${from})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
endfunction()

# rc_library(NAME SOURCES ... LINKS ...): a static library; LINKS are public, so an include direction is a link direction.
function(rc_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC rc_options ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  rc_use_pch(${name} rc_pch)
endfunction()

# rc_executable(NAME SOURCES ... LINKS ...)
function(rc_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE rc_options ${ARG_LINKS})
  rc_use_pch(${name} rc_pch)
endfunction()

# rc_test(NAME LABEL SOURCES ... LINKS ... [NEEDS TARGET...] [SERIAL] [TIMEOUT S]): one QtTest program, one CTest test.
# NEEDS names programs that must be built before it runs.
function(rc_test name label)
  cmake_parse_arguments(ARG "SERIAL" "TIMEOUT" "SOURCES;LINKS;NEEDS" ${ARGN})
  if(NOT ARG_SOURCES)
    set(ARG_SOURCES ${name}.cpp)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE rc_options rc_qttest ${ARG_LINKS})
  rc_use_pch(${name} rc_pch_test)
  # A test includes its own .moc: this is empty, and reading the header would be all there is to compile.
  set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp" TARGET_DIRECTORY ${name}
    PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  target_compile_definitions(${name} PRIVATE
    RC_SOURCE_DIR="${CMAKE_SOURCE_DIR}" RC_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(ARG_NEEDS)
    add_dependencies(${name} ${ARG_NEEDS})
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(RC_SANITIZE)
    math(EXPR ARG_TIMEOUT "${ARG_TIMEOUT} * 4")
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${label}" TIMEOUT ${ARG_TIMEOUT} RUN_SERIAL "${ARG_SERIAL}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()

# rc_fonts(TARGET PREFIX [PACKAGE FOLDER "FILE..."]...): compiles fonts of Debian packages in, each package's licence with
# them, below PREFIX. FOLDER is below /usr/share/fonts.
function(rc_fonts target prefix)
  set(files)
  while(ARGN)
    list(POP_FRONT ARGN package folder names)
    separate_arguments(names)
    foreach(name ${names})
      find_file(RC_FONT_${name} ${name} PATHS /usr/share/fonts PATH_SUFFIXES ${folder} NO_DEFAULT_PATH)
      if(NOT RC_FONT_${name})
        message(FATAL_ERROR "The font ${name} is missing; it is in the Debian package ${package}.")
      endif()
      set_source_files_properties("${RC_FONT_${name}}" PROPERTIES QT_RESOURCE_ALIAS ${name})
      list(APPEND files "${RC_FONT_${name}}")
    endforeach()
    find_file(RC_LICENCE_${package} copyright PATHS /usr/share/doc/${package} NO_DEFAULT_PATH)
    if(NOT RC_LICENCE_${package})
      message(FATAL_ERROR "The licence of the Debian package ${package} is missing: /usr/share/doc/${package}/copyright.")
    endif()
    set_source_files_properties("${RC_LICENCE_${package}}" PROPERTIES QT_RESOURCE_ALIAS ${package}-licence.txt)
    list(APPEND files "${RC_LICENCE_${package}}")
  endwhile()
  qt_add_resources(${target} ${target}_fonts PREFIX ${prefix} FILES ${files})
endfunction()
