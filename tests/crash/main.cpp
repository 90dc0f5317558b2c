// The recorded program: `valv_crash_workload run FOLDER FAULT ROUNDS` or `valv_crash_workload
// recover FOLDER`. Acks go to the recorder when it is loaded, else as lines to standard output.

#include <dlfcn.h>
#include <iostream>
#include <string>

#include "tests/crash/workload.h"

namespace {

using Hook = void(const char*);

valv::crash::Ack make_ack() {
    auto* const hook = reinterpret_cast<Hook*>(::dlsym(RTLD_DEFAULT, "valv_record_ack"));
    if (hook != nullptr) {
        return [hook](const std::string& text) { hook(text.c_str()); };
    }
    return [](const std::string& text) { std::cout << text << std::endl; };
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv, argv + argc);
    if (words.size() == 3 && words[1] == "recover") {
        valv::crash::run_recovery(words[2]);
        return 0;
    }
    if (words.size() != 5 || words[1] != "run") {
        return 2;
    }
    const auto fault = static_cast<valv::crash::OrderFault>(std::stoi(words[3]));
    valv::crash::run_workload(words[2], fault, std::stoi(words[4]), make_ack());
    return 0;
}
