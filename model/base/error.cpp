// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/base/error.h"

namespace rc {

QJsonObject Error::toJson() const
{
    return {{"code", QString(idOf(code))}, {"message", message}, {"details", details}};
}

int exitCode(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::UnsupportedTargetState:
    case ErrorCode::UnsupportedServiceType:
    case ErrorCode::UnsupportedSystemType:
    case ErrorCode::TargetInvalid:
    case ErrorCode::NoKnownGood:
        return 2;
    case ErrorCode::PermissionDenied:
    case ErrorCode::WrongSecret:
    case ErrorCode::NotSignedIn:
    case ErrorCode::NotReviewed:
        return 3;
    case ErrorCode::InvalidStepIndex:
    case ErrorCode::WrongState:
    case ErrorCode::Conflict:
    case ErrorCode::Busy:
        return 4;
    case ErrorCode::Unreachable:
    case ErrorCode::Timeout:
    case ErrorCode::Cancelled:
        return 5;
    case ErrorCode::VerificationFailed:
    case ErrorCode::StoreError:
        return 1;
    }
    return 70;
}

} // namespace rc
