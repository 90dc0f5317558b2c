#pragma once

#include "server/service/cases.h"
#include "server/service/documents.h"
#include "server/service/enrolments.h"
#include "server/service/environment.h"
#include "server/service/erasures.h"
#include "server/service/gate.h"
#include "server/service/leases.h"
#include "server/service/links.h"
#include "server/service/log.h"
#include "server/service/vaults.h"

namespace valv::service {

// All services over one environment.
struct Services {
    explicit Services(Environment& environment)
        : gate(environment),
          vaults(environment),
          cases(environment),
          documents(environment),
          links(environment),
          leases(environment),
          enrolments(environment),
          erasures(environment),
          log(environment) {}
    Gate gate;
    Vaults vaults;
    Cases cases;
    Documents documents;
    Links links;
    Leases leases;
    Enrolments enrolments;
    Erasures erasures;
    Log log;
};

}  // namespace valv::service
