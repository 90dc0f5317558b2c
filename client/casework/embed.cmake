# cmake -DINPUT=file -DOUTPUT=file.cpp -DFUNCTION=name [-DFOLDER=lib -DNAMESPACE=client] -P embed.cmake: a text file as the result of a function
# that client/FOLDER/embedded.h declares.
# In pieces: one literal is best kept under 60 kB.
if(NOT DEFINED FOLDER)
    set(FOLDER casework)
    set(NAMESPACE casework)
endif()
file(READ "${INPUT}" text)
string(LENGTH "${text}" length)
set(pieces "")
set(start 0)
while(start LESS length)
    string(SUBSTRING "${text}" ${start} 15000 piece)
    string(APPEND pieces "    R\"EMBED(${piece})EMBED\"\n")
    math(EXPR start "${start} + 15000")
endwhile()
file(WRITE "${OUTPUT}" "// Made by embed.cmake.
#include \"client/${FOLDER}/embedded.h\"

namespace valv::${NAMESPACE} {

std::string_view ${FUNCTION}() {
    static constexpr char kText[] =
${pieces};
    return {kText, sizeof(kText) - 1};
}

}  // namespace valv::${NAMESPACE}
")
