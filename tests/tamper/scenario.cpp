#include "tests/tamper/scenario.h"

namespace valv::client::test {

Reading reading_of(Object object) noexcept {
    switch (object) {
        case Object::kCaseList:
            return Reading::kCases;
        case Object::kLinkList:
            return Reading::kLinks;
        case Object::kLinkState:
        case Object::kPolicyNote:
        case Object::kOpens:
            return Reading::kLink;
        case Object::kHeaderList:
            return Reading::kRotation;
        case Object::kSubmissions:
            return Reading::kEnrolments;
        case Object::kApproval:
            return Reading::kApproval;
        case Object::kChallenge:
        case Object::kLease:
        case Object::kPackage:
        case Object::kPart:
        case Object::kLinkHeader:
        case Object::kLinkBody:
            return Reading::kRecipient;
        case Object::kDirectoryHead:
        case Object::kDirectoryNote:
        case Object::kNames:
        case Object::kCaseHeads:
        case Object::kKeyringNote:
        case Object::kKeyring:
        case Object::kRecordNote:
        case Object::kRecord:
        case Object::kHeader:
        case Object::kBody:
        case Object::kCheckpoint:
        case Object::kTile:
            break;
    }
    return Reading::kCase;
}

std::vector<Scenario> scenarios_of(Stage& stage, Object object, Change change) {
    switch (object) {
        case Object::kDirectoryHead:
        case Object::kCaseList:
        case Object::kCaseHeads:
            return head_scenarios(stage, object, change);
        case Object::kDirectoryNote:
        case Object::kNames:
        case Object::kKeyringNote:
        case Object::kKeyring:
        case Object::kRecordNote:
        case Object::kRecord:
            return chain_scenarios(stage, object, change);
        case Object::kHeader:
        case Object::kHeaderList:
        case Object::kBody:
            return paper_scenarios(stage, object, change);
        case Object::kLinkList:
        case Object::kLinkState:
        case Object::kPolicyNote:
        case Object::kOpens:
            return link_scenarios(stage, object, change);
        case Object::kCheckpoint:
        case Object::kTile:
            return log_scenarios(stage, object, change);
        case Object::kSubmissions:
        case Object::kApproval:
            return enrolment_scenarios(stage, object, change);
        case Object::kChallenge:
        case Object::kLease:
        case Object::kPackage:
        case Object::kPart:
        case Object::kLinkHeader:
        case Object::kLinkBody:
            break;
    }
    return recipient_scenarios(stage, object, change);
}

void flip_middle(Bytes& octets) {
    octets.at(octets.size() / 2) ^= 1U;
}

void cut_half(Bytes& octets) {
    octets.resize(octets.size() / 2);
}

void add_octets(Bytes& octets) {
    append(octets, as_bytes("extra\n"));
}

std::function<void(Bytes&)> octet_change(Change change) {
    if (change == Change::kFlip) {
        return flip_middle;
    }
    if (change == Change::kTruncate) {
        return cut_half;
    }
    return change == Change::kExtend ? std::function<void(Bytes&)>(add_octets) : nullptr;
}

ChangeResponse broken_json(Change change) {
    if (change == Change::kFlip) {
        return [](Response& response) { response.body.at(0) ^= 1U; };
    }
    const std::function<void(Bytes&)> octets = octet_change(change);
    if (!octets) {
        return nullptr;
    }
    return [octets](Response& response) { octets(response.body); };
}

}  // namespace valv::client::test
