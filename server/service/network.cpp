#include "server/service/network.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <netinet/in.h>
#include <span>

namespace valv::service {
namespace {

std::string text_of(int family, const void* octets) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return ::inet_ntop(family, octets, text.data(), text.size()) == nullptr ? "unknown"
                                                                            : text.data();
}

std::string ipv4_network(std::array<std::uint8_t, 4> octets) {
    octets[3] = 0;
    return text_of(AF_INET, octets.data()) + "/24";
}

}  // namespace

std::string network_of(std::string_view address) {
    const std::string text(address.substr(0, address.find('%')));  // without a zone index
    std::array<std::uint8_t, 4> four{};
    if (::inet_pton(AF_INET, text.c_str(), four.data()) == 1) {
        return ipv4_network(four);
    }
    std::array<std::uint8_t, 16> sixteen{};
    if (::inet_pton(AF_INET6, text.c_str(), sixteen.data()) != 1) {
        return "unknown";
    }
    constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::ranges::equal(kMapped, std::span(sixteen).first<12>())) {
        std::ranges::copy(std::span(sixteen).last<4>(), four.begin());
        return ipv4_network(four);
    }
    constexpr std::size_t kNetworkOctets = 6;
    std::ranges::fill(std::span(sixteen).subspan<kNetworkOctets>(), std::uint8_t{0});
    return text_of(AF_INET6, sixteen.data()) + "/48";
}

}  // namespace valv::service
