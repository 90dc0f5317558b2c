#include "tests/server/http/head_vectors.h"

namespace valv::http::testing {
namespace {

std::string get(const std::string& fields) {
    return "GET /text HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}
std::string post(const std::string& fields) {
    return "POST /count HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::vector<HeadVector> lengths() {
    std::vector<HeadVector> vectors;
    const auto add = [&](const std::string& name, const std::string& value) {
        vectors.push_back(
            {"length_" + name, post("Content-Length:" + value + "\r\n") + "hello", 400});
    };
    add("plus", " +5");
    add("minus", " -5");
    add("list", " 5, 5");
    add("list_of_thousands", " 1,0");
    add("words", " 5 x");
    add("underscore", " 5_0");
    add("hex", " 0x5");
    add("empty", "");
    add("two_to_53", " 9007199254740992");
    add("two_to_63", " 9223372036854775808");
    add("two_to_64", " 18446744073709551616");
    add("tab", " 5\t");
    vectors.push_back(
        {"length_twice_same", post("Content-Length: 5\r\nContent-Length: 5\r\n") + "hello", 400});
    vectors.push_back({"length_twice_different",
                       post("Content-Length: 5\r\nContent-Length: 6\r\n") + "hello", 400});
    vectors.push_back(
        {"length_with_space_before_colon", post("Content-Length : 5\r\n") + "hello", 400});
    vectors.push_back({"body_on_get", get("Content-Length: 5\r\n") + "hello", 400});
    return vectors;
}

std::vector<HeadVector> encodings() {
    std::vector<HeadVector> vectors;
    const std::string chunks = "5\r\nhello\r\n0\r\n\r\n";
    for (const char* value : {"xchunked", "gzip, chunked", "chunked, chunked", "chunked;q=1",
                              "\tchunked", "chunked\x0b", "identity", ""}) {
        vectors.push_back({"encoding_" + std::to_string(vectors.size()),
                           post(std::string("Transfer-Encoding: ") + value + "\r\n") + chunks,
                           400});
    }
    vectors.push_back(
        {"encoding_twice",
         post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + chunks, 400});
    vectors.push_back({"encoding_and_length",
                       post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + chunks, 400});
    vectors.push_back({"length_and_encoding",
                       post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + chunks, 400});
    vectors.push_back(
        {"encoding_on_1_0",
         "POST /count HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, 400});
    vectors.push_back({"encoding_on_get", get("Transfer-Encoding: chunked\r\n") + chunks, 400});
    return vectors;
}

std::vector<HeadVector> lines() {
    return {
        {"bare_lf", "GET /text HTTP/1.1\nHost: a\n\n", 400},
        {"bare_lf_in_fields", "GET /text HTTP/1.1\r\nHost: a\r\na\nGET /smuggled HTTP/1.1\r\n\r\n",
         400},
        {"bare_cr", get("X: a\rb\r\n"), 400},
        {"folded", get("X: a\r\n b\r\n"), 400},
        {"space_before_colon", get("X : a\r\n"), 400},
        {"no_colon", get("X\r\n"), 400},
        {"empty_name", get(": a\r\n"), 400},
        {"bracket_in_name", get("X[]: a\r\n"), 400},
        {"octet_ff_in_name", get("X\xff: a\r\n"), 400},
        {"nul_in_value", get(std::string("X: a\0b\r\n", 8)), 400},
        {"control_in_value", get("X: a\x01\r\n"), 400},
        {"delete_in_value", get("X: a\x7f\r\n"), 400},
        {"tab_in_value", get("X: a\tb\r\n"), 400},
        {"line_of_4092", get("X: " + std::string(4089, 'x') + "\r\n"), 431},
        {"line_of_8192", get("X: " + std::string(8189, 'x') + "\r\n"), 431},
        {"many_fields", get([] {
             std::string fields;
             for (int i = 0; i < 100; ++i) {
                 fields += "x: y\r\n";
             }
             return fields;
         }()),
         431},
        {"large_header", get([] {
             std::string fields;
             for (int i = 0; i < 6; ++i) {
                 fields += "x: " + std::string(3000, 'y') + "\r\n";
             }
             return fields;
         }()),
         431},
    };
}

std::vector<HeadVector> request_lines() {
    const std::string host = "\r\nHost: a\r\n\r\n";
    return {
        {"two_spaces", "GET  /text HTTP/1.1" + host, 400},
        {"space_in_target", "GET /te xt HTTP/1.1" + host, 400},
        {"tab", "GET\t/text HTTP/1.1" + host, 400},
        {"two_empty_lines_first", "\r\n\r\nGET /text HTTP/1.1" + host, 400},
        {"lower_case_method", "get /text HTTP/1.1" + host, 400},
        {"absolute_form", "GET http://b/text HTTP/1.1" + host, 400},
        {"authority_form", "CONNECT a:80 HTTP/1.1" + host, 400},
        {"asterisk", "OPTIONS * HTTP/1.1" + host, 400},
        {"fragment", "GET /text#a HTTP/1.1" + host, 400},
        {"backslash", "GET /..\\text HTTP/1.1" + host, 400},
        {"not_ascii", "GET /t\xc3\xa9xt HTTP/1.1" + host, 400},
        {"nul", std::string("GET /te\0xt HTTP/1.1", 19) + host, 400},
        {"long_target", "GET /" + std::string(2048, 'a') + " HTTP/1.1" + host, 414},
        {"endless_line", "GET /" + std::string(5000, 'a'), 414},
        {"http_1_2", "GET /text HTTP/1.2" + host, 505},
        {"http_9_9", "GET /text HTTP/9.9" + host, 505},
        {"http_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"http_0_9", "GET /text\r\n\r\n", 400},
        {"no_protocol", "GET /text JUNK/1.1" + host, 400},
        {"no_host", "GET /text HTTP/1.1\r\n\r\n", 400},
        {"two_hosts", "GET /text HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
        {"empty_host", "GET /text HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"host_with_path", "GET /text HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"unknown_expectation", post("Expect: something\r\nContent-Length: 5\r\n") + "hello", 417},
    };
}

}  // namespace

std::vector<HeadVector> refused_heads() {
    std::vector<HeadVector> all;
    for (const auto& part : {lengths(), encodings(), lines(), request_lines()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace valv::http::testing
