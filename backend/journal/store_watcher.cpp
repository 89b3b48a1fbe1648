// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/journal/store_watcher.h"

#include "backend/journal/rows.h"

namespace rc {

namespace {

constexpr Milliseconds Interval{250};

} // namespace

StoreWatcher::StoreWatcher(const QString& home, QObject* parent)
    : QObject(parent)
    , m_path(home + "/store.db")
{
    connect(&m_timer, &QTimer::timeout, this, &StoreWatcher::look);
    m_timer.start(Interval);
    look();
}

StoreWatcher::~StoreWatcher() = default;

void StoreWatcher::look()
{
    const auto identity = fileIdentity(m_path);
    if (!identity) {
        lose();
    } else if (m_sql == nullptr || identity != m_identity || m_sql->isOutdated()) {
        reopen(*identity);
    } else {
        compare();
    }
}

void StoreWatcher::lose()
{
    const bool known = m_identity.has_value() && !m_lost;
    m_sql.reset();
    if (known) {
        m_lost = true;
        Q_EMIT lost();
    }
}

void StoreWatcher::reopen(const FileIdentity& identity)
{
    m_sql.reset();
    auto sql = Sql::open(m_path, SqlMode::ReadOnly);
    const auto first =
        sql ? (*sql)->first("SELECT json_extract(CAST(body AS TEXT), '$.store') FROM journal WHERE sequence = 1")
            : std::unexpected(sql.error());
    const auto version = first ? (*sql)->first("PRAGMA data_version") : std::unexpected(first.error());
    const auto head = version ? readHead(**sql) : std::unexpected(version.error());
    if (!head || first->isEmpty()) {
        return; // being made, or not readable just now: the next look tries again
    }
    const auto uuid = first->first().toString();
    const bool other = m_identity.has_value() && (identity != m_identity || uuid != m_uuid);
    m_sql = std::move(*sql);
    m_identity = identity;
    m_uuid = uuid;
    m_version = version->first().toLongLong();
    const bool cameBack = std::exchange(m_lost, false);
    const bool moved = m_head != head->sequence;
    m_head = head->sequence;
    if (other) {
        Q_EMIT replaced();
    } else if (moved || cameBack) {
        Q_EMIT changed(m_head);
    }
}

void StoreWatcher::compare()
{
    const auto version = m_sql->first("PRAGMA data_version");
    if (version && version->first().toLongLong() == m_version) {
        return;
    }
    const auto head = version ? readHead(*m_sql) : std::unexpected(version.error());
    if (!head) {
        lose();
        return;
    }
    m_version = version->first().toLongLong();
    if (head->sequence != m_head) {
        m_head = head->sequence;
        Q_EMIT changed(m_head);
    }
}

} // namespace rc
