// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/base/clock.h"
#include "model/base/id.h"
#include "model/base/json.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>

namespace rc {

/// Something that happened and is about to be written. `stream` is the thing it happened to (`plan:PLAN-7`), `kind` a
/// word of the domain in the past tense (`step_succeeded`).
struct NewEvent
{
    QString stream;
    QString kind;
    QJsonObject body;
};

/// One row of the journal, as stored.
struct Record
{
    qint64 sequence = 0; ///< 1.. without gaps
    QString stream;
    qint64 revision = 0; ///< 1.. per stream, without gaps
    Timestamp time;
    OperatorId operatorId; ///< empty: the store's device key
    QString kind;
    QJsonObject body;
    QByteArray bodyBytes; ///< what `body` was read from: the bytes that were hashed
    QByteArray previousHash;
    QByteArray hash; ///< SHA-256, 32 bytes
    QString keyId;   ///< the signing key: its public half in lower-case hex
    QByteArray signature;
};

/// One act: events that become durable together or not at all.
struct Append
{
    QList<NewEvent> events;
    /// Stream -> the revision it must have now (0: it must not exist). Streams not named are not checked.
    QHash<QString, qint64> expected = {};
    /// Runs under the write lock when everything was checked and before the commit; a failure rolls all back. For an
    /// effect that must exist once the rows do, such as a key file. Leave it empty otherwise.
    std::function<Status()> beforeCommit = {};
    /// Takes that effect back when beforeCommit, or the commit after it, failed.
    std::function<void()> undo = {};
};

/// The end of the journal. An empty journal has sequence 0 and 32 zero bytes.
struct Head
{
    qint64 sequence = 0;
    QByteArray hash = QByteArray(32, '\0');

    friend bool operator==(const Head&, const Head&) = default;
};

} // namespace rc
