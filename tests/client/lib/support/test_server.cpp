#include "tests/client/lib/support/test_server.h"

#include "common/base/encoding.h"

namespace valv::client::test {
namespace {

constexpr std::size_t kTokenBytes = 16;

}  // namespace

TestServer::TestServer(Clock& clock, RandomSource& random)
    : clock_(clock),
      random_(random),
      ca_pin_(crypto::sha256(as_bytes("the server's CA"))),
      logger_(
          clock, [](std::string_view /*line*/) {}, LogLevel::kError),
      blobs_(clock),
      time_(clock, store_),
      environment_{.store = store_,
                   .blobs = blobs_,
                   .erasure_keys = erasure_keys_,
                   .log_keys = log_keys_,
                   .tokens = tokens_,
                   .time = time_,
                   .random = random,
                   .quotas = {}},
      services_(environment_),
      application_(http::make_application({.services = services_,
                                           .store = store_,
                                           .page = {},
                                           .clock = clock,
                                           .logger = logger_})) {}

crypto::SecretBytes TestServer::make_token() {
    Bytes secret(kTokenBytes);
    random_.fill(secret);
    tokens_.tokens.push_back({.sha256 = crypto::sha256(secret),
                              .expires_at = clock_.now() + limits::kVaultTokenLifetime});
    return crypto::SecretBytes::from(as_bytes(to_base64url(concat({secret, ca_pin_}))));
}

}  // namespace valv::client::test
